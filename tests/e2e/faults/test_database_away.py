"""The database locked, gone or full: 503 with `Retry-After` or another 5xx, nothing corrupt, and it heals by itself."""

import os
import re
import resource
import signal
import sqlite3
import subprocess
from contextlib import closing

import pytest

from harness.topology import SHAPES, UNLIMITED
from harness.waiting import eventually
from harness.wire import expect_failure, expect_success
from harness.writers import Writers


def expect_busy(answer):
    expect_failure(answer, 503)
    assert int(answer.header("Retry-After")) >= 1


def recovers(guest):
    """Reads and writes work again without anybody's help."""
    eventually(lambda: guest.get("/api/v1/feeds").status == 200, "reads work again", limit=30)
    eventually(lambda: guest.post("/api/v1/feeds", {"content": "다시"}).status == 201, "writes work again", limit=30)


def test_sqlite_locked_by_somebody_else(launch):
    topology = launch(**SHAPES["one_sqlite"])
    guest = topology.guest()
    with closing(sqlite3.connect(topology.database_file(), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        expect_busy(guest.post("/api/v1/feeds", {"content": "잠긴 글"}))
        expect_busy(topology.browser().post("/api/guest"))
        other.execute("ROLLBACK")
    recovers(guest)
    contents = [row[0] for row in topology.sql("SELECT content FROM posts")]
    assert contents == ["다시"], "what was refused is not there"


def test_mariadb_stopped_and_started(launch):
    topology = launch(**SHAPES["three_mariadb"])
    guest = topology.guest()
    guest.write("먼저")
    topology.mariadb.stop()
    expect_busy(guest.get("/api/v1/users/me"))
    expect_busy(guest.get("/api/v1/feeds"))
    expect_busy(guest.post("/api/v1/feeds", {"content": "닿지 않는 글"}))
    expect_busy(topology.browser().post("/api/guest"))
    assert topology.core.probe("/livez").status == 200
    assert topology.core.probe("/readyz").status == 503
    topology.mariadb.start()
    recovers(guest)
    eventually(lambda: topology.core.probe("/readyz").status == 200, "ready again")


def test_mariadb_killed_during_writes(launch):
    topology = launch(**SHAPES["one_mariadb"], **UNLIMITED)
    writers = Writers(topology).start()
    writers.await_accepted(50)
    topology.mariadb.kill()
    eventually(lambda: any(answer.status == 503 for answer in writers.refused), "503 while it is gone")
    topology.mariadb.start()
    writers.await_accepted(50)
    writers.stop()
    assert {answer.status for answer in writers.refused} == {503}
    writers.check_all_there(topology)


STOPPED = re.compile(r'^dontgoback_statement_timeouts_total{statement="(.*)"} (\d+)$', re.M)


def test_statement_held_up(launch):
    """It is stopped, answered 503, and counted by its name."""
    topology = launch(**SHAPES["one_mariadb"])
    guest = topology.guest()
    guest.write("먼저")

    def stopped():
        return {name: int(count) for name, count in STOPPED.findall(topology.core.probe("/metrics").body.decode())}

    assert stopped() == {}
    with topology.mariadb.locked("core", "posts"):
        expect_busy(guest.get("/api/v1/feeds"))
        assert stopped() == {"feed/page": 1}
        assert guest.me()["userRole"] == "GUEST", "others go on"
    recovers(guest)
    assert stopped() == {"feed/page": 1}


def test_mariadb_away_at_start(launch):
    """A node that cannot migrate does not pretend to be ready."""
    topology = launch(**SHAPES["one_mariadb"])
    topology.core.stop()
    topology.mariadb.stop()
    with pytest.raises(AssertionError, match="before it was ready"):
        topology.core.start()
    topology.mariadb.start()
    topology.core.start()
    topology.guest().write("이제 됩니다")


class SmallDisk:
    """A data directory that can be filled: a tmpfs when root, else a limit on the size of files."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        self.mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True).returncode == 0
        self._filler = folder / "filler"

    def fill(self, node):
        if not self.mounted:
            largest = max(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())
            resource.prlimit(node.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
            return
        with open(self._filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 65536)
            except OSError:
                pass

    def free(self, node):
        if self.mounted:
            self._filler.unlink()
        else:
            resource.prlimit(node.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self):
        if self.mounted:
            subprocess.run(["umount", str(self.folder)], check=True)


def test_full_disk(launch, workspace):
    disk = SmallDisk(workspace / "full")
    try:
        # As a failed write, not as a signal: what the program inherits.
        topology = launch(**SHAPES["one_sqlite"], start=False,
                          limits=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
        topology.core.data_dir = disk.folder
        topology.prepare()
        topology.start_node(topology.core)
        guest = topology.guest()
        for n in range(20):
            guest.write(f"{n} " + "가" * 590)
        disk.fill(topology.core)
        accepted = 20
        for _ in range(20_000):
            answer = guest.post("/api/v1/feeds", {"content": "나" * 600})
            if answer.status != 201:
                break
            accepted += 1
        assert answer.status in (500, 503, 507), answer
        expect_failure(answer, answer.status)
        again = guest.post("/api/v1/feeds", {"content": "나" * 600})
        assert again.status >= 500 or again.status == 201, again
        accepted += again.status == 201
        expect_success(guest.get("/api/v1/feeds"))
        disk.free(topology.core)
        recovers(guest)
        assert topology.sql("SELECT COUNT(*) FROM posts") == [[str(accepted + 1)]]
        topology.core.stop()
        code, out, err = topology.cli("db", "check")
        assert code == 0, (out, err)
        topology.core.start()
        guest.write("다 괜찮습니다")
        topology.core.stop()
        topology.core.check_logs()
    finally:
        for node in topology.nodes:
            if node.running():
                node.kill()
        disk.close()
