"""Keys that are lost, or are others: said plainly, with a way out that works."""

import shutil

import pytest

from harness.backups import done, files_in
from harness.node import run_cli
from harness.topology import MULTIPLIER_KEY, SHAPES


def start_refused(topology, *words):
    """The start, and a command, say it in words and make nothing."""
    node = topology.core
    before = files_in(node.data_dir)
    code, out, err = run_cli(topology.binary, "serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
                             f"--data-dir={node.data_dir}", *node.options)
    assert code == 2 and all(word in err for word in words), err
    assert len([line for line in err.splitlines() if "cannot be used:" not in line]) == 1, err
    assert [name for name in files_in(node.data_dir) if not name.endswith(("-wal", "-shm"))] == \
        [name for name in before if not name.endswith(("-wal", "-shm"))]
    code, out, err = run_cli(topology.binary, "config", "check", f"--data-dir={node.data_dir}", *node.options)
    assert code == 2 and words[0].rpartition("/")[2] in err, err
    assert not [name for name in files_in(node.data_dir) if name.endswith(".draft")]


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_lost_session_key(launch, shape):
    topology = launch(**SHAPES[shape])
    guest = topology.guest()
    node = topology.core
    node.stop()
    key = node.data_dir / "session.key"
    right = key.read_bytes()
    key.unlink()
    start_refused(topology, str(key), "is missing", "sessions reset --yes", "backup create")
    for wrong in (b"short", bytes(32), b"x" * 33):
        key.write_bytes(wrong)
        key.chmod(0o600)
        start_refused(topology, "session.key", "sessions reset --yes")
    key.write_bytes(right)
    node.start()
    guest.me()
    node.stop()
    key.unlink()
    code, _, err = topology.cli("sessions", "reset")
    assert code == 2 and not key.exists()
    code, out, err = topology.cli("sessions", "reset", "--yes")
    assert code == 0, err
    node.start()
    assert guest.get("/api/users/me").status in (401, 404)
    assert guest.post("/api/token").status == 401
    topology.guest().write("from the beginning")


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb", "three_sqlite"])
def test_lost_multiplier_key(launch, shape):
    topology = launch(**SHAPES[shape])
    node = topology.extension
    node.stop()
    key = node.data_dir / "multiplier.key"
    key.unlink()
    refused = lambda *words: start_refused_of(topology, node, *words)  # noqa: E731
    refused(str(key), "is missing", "multipliers reset --yes", "backup create")
    for wrong in (b"short", bytes(32)):
        key.write_bytes(wrong)
        key.chmod(0o600)
        refused("multiplier.key", "multipliers reset --yes")
    key.write_bytes(MULTIPLIER_KEY)
    node.start()
    node.stop()
    key.unlink()
    options = [f"--data-dir={node.data_dir}", *node.options]
    code, _, err = run_cli(topology.binary, "multipliers", "reset", *options)
    assert code == 2 and not key.exists()
    done(run_cli(topology.binary, "multipliers", "reset", "--yes", *options))
    assert key.read_bytes() != MULTIPLIER_KEY
    node.start()


def start_refused_of(topology, node, *words):
    core, topology.core = topology.core, node
    try:
        start_refused(topology, *words)
    finally:
        topology.core = core


def test_config_check_looks_into_the_database(launch):
    """What a start would not take is said without one, and nothing is made for it."""
    topology = launch(**SHAPES["one_sqlite"])
    node = topology.core
    check = lambda: run_cli(topology.binary, "config", "check", f"--data-dir={node.data_dir}",  # noqa: E731
                            *node.options)
    done(check())  # beside the server
    node.stop()
    before = files_in(node.data_dir)
    done(check())
    topology.sql("UPDATE schema_migrations SET checksum = 'another' WHERE module = 'core' AND number = 1")
    code, _, err = check()
    assert code == 2 and "core/1" in err, err
    database = next(node.data_dir.glob("*.db"))
    database.write_bytes(b"SQLite format 3\0" + bytes(8000))
    code, _, err = check()
    assert code == 2 and database.name in err, err
    database.unlink()
    done(check())
    assert set(files_in(node.data_dir)) <= set(before)


def test_a_database_alone_does_not_go_in_circles(lived, workspace):
    """`db backup` holds no keys: what is missing, and every way out, is said; and following it works."""
    topology = lived.topology
    copy = workspace / "alone.db"
    out = done(topology.cli("db", "backup", str(copy)))
    assert "backup create" in out
    assert "backup create" in topology.cli("db", "backup", "--help")[1]
    node = topology.core
    node.stop()
    shutil.rmtree(node.data_dir)
    out = done(topology.cli("db", "restore", str(copy)))
    assert "backup restore" in out
    ways_out = [("keys", "reset"), ("sessions", "reset"), ("multipliers", "reset"), ("walkers", "reset-keys")]
    reached = []
    for _ in range(5):
        code, _, err = run_cli(topology.binary, "serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
                               f"--data-dir={node.data_dir}", *node.options, timeout=5) if len(reached) < 4 else \
            (0, "", "")
        if code == 0:
            break
        way = next(way for way in ways_out if f"{' '.join(way)} --yes" in err)
        assert way not in reached, f"in circles: {reached}, {err}"
        reached.append(way)
        run_cli(topology.binary, *way, "--yes", f"--data-dir={node.data_dir}", *node.options)
    assert [group for group, _ in reached] == ["keys", "multipliers", "sessions", "walkers"]
    node.start()
    topology.guest().write("from the beginning")
