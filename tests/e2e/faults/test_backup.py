"""A node in one file: made beside a running server, put back on an empty machine, moved between the databases."""

import grp
import hashlib
import json
import os
import pwd
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import time
from contextlib import closing

import pytest

from harness.assets import multiplier, name_of, updated
from harness.mariadb import MariaDb
from harness.node import environment, run_cli
from harness.topology import MULTIPLIER_KEY, SHAPES
from harness.waiting import eventually
from harness.wire import expect_success
from harness.writers import Writers

EVERY_CHARACTER = "가나다 😀 'quote' \"double\" \\ % _ ;-- :name ` \u200d é\u0301 𝔘 \t\nline"


def node_options(topology):
    """What the node was started with, but where it listens."""
    return [option for option in topology.core.options]


def backup(topology, *arguments, data_dir=None, stdin=None, stdout=None, timeout=120):
    command = [str(topology.binary), "backup", *map(str, arguments),
               f"--data-dir={data_dir or topology.core.data_dir}", *node_options(topology)]
    return run_program(command, stdin, stdout, timeout)


def run_program(command, stdin=None, stdout=None, timeout=120, **more):
    done = subprocess.run(command, stdin=stdin or subprocess.DEVNULL, stdout=stdout or subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment(), timeout=timeout, **more)
    return done.returncode, (done.stdout or b"").decode(errors="replace"), done.stderr.decode(errors="replace")


def done(result):
    code, out, err = result
    assert code == 0, (code, out, err)
    return out


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else None


def unpack(archive, folder):
    """By the tools that every system has."""
    folder.mkdir()
    plain = subprocess.run(["zstd", "-dqc", str(archive)], capture_output=True, check=True).stdout
    (folder.parent / "plain.tar").write_bytes(plain)
    with tarfile.open(folder.parent / "plain.tar") as tar:
        tar.extractall(folder)
    return folder


class Lived:
    """A service in which something has happened, and what must still be so after a restore."""

    def __init__(self, topology):
        self.topology = topology
        self.guest = topology.guest()
        self.user = self.guest.me()["userId"]
        self.feed = self.guest.write(EVERY_CHARACTER)["feedId"]
        for n in range(5):
            other = topology.guest()
            expect_success(self.guest.put(f"/api/v1/feedLikes/{other.write(f'글 {n}')['feedId']}"))
        self.last_feed = self.guest.write("지울 글")["feedId"]
        topology.service.token()

    def check_goes_on(self):
        """The same cookies, the same client's secret, the same fortune, no id twice."""
        topology = self.topology
        assert self.guest.me()["userId"] == self.user
        assert self.guest.feed(self.feed)["content"] == EVERY_CHARACTER
        topology.service.token()
        topology.refresh_assets(topology.tomorrow())
        m = multiplier(MULTIPLIER_KEY, self.user, topology.tomorrow())
        assert self.guest.me()["userName"] == name_of(updated(10_000_000, m))
        expect_success(self.guest.post("/api/token"))
        assert self.guest.me()["userId"] == self.user
        assert self.guest.write("복구된 자리에서")["feedId"] > self.last_feed


@pytest.fixture
def lived(launch):
    return Lived(launch(**SHAPES["one_sqlite"]))


@pytest.fixture
def archive(lived, workspace, request):
    """A backup of `lived`, which is stopped."""
    file = workspace / f"{request.node.name}.tar.zst"
    done(backup(lived.topology, "create", file))
    lived.topology.core.stop()
    return file


def test_everything_goes_on_after_a_restore(lived, workspace):
    topology = lived.topology
    file = workspace / "whole.tar.zst"
    done(backup(topology, "create", file))
    assert file.stat().st_mode & 0o777 == 0o600
    topology.core.stop()
    shutil.rmtree(topology.core.data_dir)
    done(backup(topology, "verify", file))
    done(backup(topology, "restore", file))
    for kept in topology.core.data_dir.iterdir():
        assert kept.stat().st_mode & 0o077 == 0, kept
    topology.core.start()
    lived.check_goes_on()


def test_what_is_in_it_can_be_taken_apart_without_the_program(archive, lived, workspace):
    folder = unpack(archive, workspace / "apart")
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder).returncode == 0
    assert {"session.key", "auth.key", "multiplier.key", "auth-signing-key.pem"} <= set(files_in(folder / "data"))
    assert (folder / "data" / "multiplier.key").read_bytes() == MULTIPLIER_KEY
    with closing(sqlite3.connect(folder / "database.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT content FROM posts WHERE id = ?", [lived.feed]).fetchall() == \
            [(EVERY_CHARACTER,)]
        assert database.execute("SELECT count(*) FROM leases").fetchall() == [(0,)]
    manifest = json.loads((folder / "manifest.json").read_text())
    names = {file["name"] for file in manifest["files"]}
    assert f"auth-client {lived.topology.service.client_id}" in names, "secrets that options name are in it, too"


def test_a_backup_during_writes_has_all_that_was_accepted(launch, workspace):
    topology = launch(**SHAPES["one_sqlite"])
    writers = Writers(topology).start()
    writers.await_accepted(50)
    before = dict(writers.accepted)
    file = workspace / "busy.tar.zst"
    done(backup(topology, "create", file))
    writers.await_accepted(20)
    writers.stop()
    done(backup(topology, "verify", file))
    folder = unpack(file, workspace / "busy")
    with closing(sqlite3.connect(folder / "database.sqlite")) as database:
        stored = dict(database.execute("SELECT content, id FROM posts"))
    assert before.items() <= stored.items()


def test_through_a_pipe(lived, workspace):
    topology = lived.topology
    file = workspace / "piped.tar.zst"
    with open(file, "wb") as out:
        code, _, err = backup(topology, "create", "-", stdout=out)
        assert code == 0, err
    with open(file, "rb") as source:
        done(backup(topology, "verify", "-", stdin=source))
    topology.core.stop()
    shutil.rmtree(topology.core.data_dir)
    with open(file, "rb") as source:
        done(backup(topology, "restore", "-", stdin=source))
    topology.core.start()
    lived.check_goes_on()
    assert not [name for name in files_in(topology.core.data_dir) if "scratch" in name or name.startswith(".restore")]


def test_it_is_not_written_over_another_nor_to_a_terminal(lived, workspace):
    file = workspace / "there.tar.zst"
    file.write_text("mine")
    code, _, err = backup(lived.topology, "create", file)
    assert code == 2 and "is there already" in err and file.read_text() == "mine"
    done(backup(lived.topology, "create", file, "--replace"))
    done(backup(lived.topology, "verify", file))
    main, terminal = os.openpty()
    with os.fdopen(main, "rb"), os.fdopen(terminal, "wb") as out:
        code, _, err = backup(lived.topology, "create", "-", stdout=out)
    assert code == 2 and "terminal" in err


def changed(archive, target, change):
    content = bytearray(archive.read_bytes())
    result = change(content)
    target.write_bytes(content if result is None else result)
    return target


def flip(position):
    def change(content):
        content[position(len(content))] ^= 0x10
    return change


BROKEN = {
    "cut in half": lambda content: content[:len(content) // 2],
    "without its last byte": lambda content: content[:-1],
    "a byte more": lambda content: content + b"\0",
    "two in one": lambda content: content + content,
    "a bit at a quarter": flip(lambda size: size // 4),
    "a bit in the middle": flip(lambda size: size // 2),
    "a bit near the end": flip(lambda size: size - 10),
    "a bit near the beginning": flip(lambda size: 40),
    "empty": lambda content: b"",
    "another file": lambda content: b"hello, this is no backup at all, though it is long enough" * 20,
}


def test_what_is_not_whole_is_refused_before_anything_is_touched(archive, lived, workspace):
    target = workspace / "untouched"
    for name, change in BROKEN.items():
        broken = changed(archive, workspace / "broken.tar.zst", change)
        for command in ("verify", "restore"):
            code, out, err = backup(lived.topology, command, broken, data_dir=target)
            assert code == 1, (name, command, out, err)
            assert str(broken) in err and len(err) < 400, (name, err)
        assert files_in(target) is None, name
    generator = random.Random(5)
    size = archive.stat().st_size
    for _ in range(20):
        position = generator.randrange(size)
        broken = changed(archive, workspace / "broken.tar.zst", flip(lambda _: position))
        code, out, err = backup(lived.topology, "restore", broken, data_dir=target)
        assert code == 1, (position, out, err)
        assert files_in(target) is None, position


def rewritten(archive, workspace, change):
    """The backup with another manifest, its digests made right again."""
    name = f"rewritten-{random.randrange(10**9)}"
    folder = unpack(archive, workspace / name)
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest, folder)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    parts = [part["name"] for part in manifest["parts"]]
    digest = lambda part: hashlib.sha256((folder / part).read_bytes()).hexdigest()  # noqa: E731
    for part in manifest["parts"]:
        part["sha256"], part["size"] = digest(part["name"]), (folder / part["name"]).stat().st_size
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "SHA256SUMS").write_text("".join(f"{digest(part)}  {part}\n" for part in ["manifest.json", *parts]))
    plain = workspace / f"{name}.tar"
    with tarfile.open(plain, "w", format=tarfile.USTAR_FORMAT) as tar:
        for part in ["manifest.json", *parts, "SHA256SUMS"]:
            tar.add(folder / part, arcname=part)
    content = plain.read_bytes().rstrip(b"\0")
    content += b"\0" * (-len(content) % 512) + b"\0" * 1024
    plain.write_bytes(content)
    target = workspace / f"{name}.tar.zst"
    subprocess.run(["zstd", "-qf", str(plain), "-o", str(target)], check=True)
    return target


def newer_format(manifest, folder):
    manifest["version"] = 2


def newer_schema(manifest, folder):
    manifest["migrations"].append({"module": "core", "number": 99, "name": "later", "checksum": "0" * 16})


def unknown_module(manifest, folder):
    manifest["migrations"].append({"module": "chess", "number": 1, "name": "board", "checksum": "0" * 16})


def another_program(manifest, folder):
    manifest["format"] = "somebody's backup"


def way_out(manifest, folder):
    next(file for file in manifest["files"] if file["name"] == "session-key")["path"] = "../../outside.key"


def fewer_rows(manifest, folder):
    with closing(sqlite3.connect(folder / "database.sqlite")) as database, database:
        database.execute("DELETE FROM post_likes")


def other_rows(manifest, folder):
    with closing(sqlite3.connect(folder / "database.sqlite")) as database, database:
        database.execute("UPDATE posts SET content = 'changed' WHERE id = 1")


def other_key(manifest, folder):
    (folder / "data" / "session.key").write_bytes(os.urandom(32))


def other_auth_key(manifest, folder):
    (folder / "data" / "auth.key").write_bytes(os.urandom(32))


def no_key(manifest, folder):
    manifest["files"] = [file for file in manifest["files"] if file["name"] != "session-key"]
    manifest["parts"] = [part for part in manifest["parts"] if part["name"] != "data/session.key"]


FOREIGN = {newer_format: "newer", newer_schema: "newer", unknown_module: "newer", another_program: "not a backup",
           way_out: "no sense", fewer_rows: "post_likes", other_rows: "posts", other_key: "session.key",
           other_auth_key: "auth.key", no_key: "session.key"}


def test_what_is_newer_or_foreign_is_refused_in_words(archive, lived, workspace):
    same = rewritten(archive, workspace, lambda manifest, folder: None)
    done(backup(lived.topology, "verify", same))
    target = workspace / "not-made"
    for change, word in FOREIGN.items():
        file = rewritten(archive, workspace, change)
        code, out, err = backup(lived.topology, "verify", file)
        assert code == 1 and word in out + err, (change, out, err)
        code, out, err = backup(lived.topology, "restore", file, data_dir=target)
        assert code == 1 and word in err, (change, out, err)
        assert files_in(target) is None, change


def test_counters_that_do_not_agree_are_told(lived, workspace):
    topology = lived.topology
    with closing(sqlite3.connect(topology.database_file())) as database, database:
        database.execute("UPDATE posts SET like_count = like_count + 1 WHERE id = ?", [lived.feed])
        database.execute("UPDATE accounts SET amount = amount + 1 WHERE id = ?", [lived.user])
    file = workspace / "counters.tar.zst"
    done(backup(topology, "create", file))
    code, out, err = backup(topology, "verify", file)
    assert code == 1 and "posts.like_count" in out and "accounts.amount" in out, (out, err)
    topology.core.stop()
    # What was wrong before is no reason to keep the rest from anybody.
    code, out, err = backup(topology, "restore", file, data_dir=workspace / "counters")
    assert code == 0 and "posts.like_count" in err, (out, err)


def test_a_running_server_and_a_place_that_is_taken_are_refused(lived, workspace):
    topology = lived.topology
    file = workspace / "refused.tar.zst"
    done(backup(topology, "create", file))
    before = files_in(topology.core.data_dir)
    code, _, err = backup(topology, "restore", file)
    assert code == 1 and "stop it first" in err
    topology.core.stop()
    code, _, err = backup(topology, "restore", file)
    assert code == 2 and "already" in err
    database = topology.database_file()
    for kept in list(topology.core.data_dir.iterdir()):
        if kept != database and kept.suffix == ".key":
            alone = workspace / f"only-{kept.name}"
            alone.mkdir()
            shutil.copy2(kept, alone)
            code, _, err = backup(topology, "restore", file, data_dir=alone)
            assert code == 2 and kept.name in err, err
            assert files_in(alone) == [kept.name]
    assert set(files_in(topology.core.data_dir)) <= set(before)
    topology.core.start()
    lived.check_goes_on()


class SmallTmpfs:
    def __init__(self, folder, size):
        self.folder = folder
        folder.mkdir(parents=True)
        self.mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True).returncode == 0

    def __enter__(self):
        if not self.mounted:
            pytest.skip("needs to mount a tmpfs")
        return self.folder

    def __exit__(self, *_):
        subprocess.run(["umount", str(self.folder)], check=True)


def limit_files(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_leaves_nothing(archive, lived, workspace):
    topology = lived.topology
    options = [f"--data-dir={topology.core.data_dir}", *node_options(topology)]
    folder = workspace / "limited"
    folder.mkdir()
    for size in (1000, 20_000, 100_000):
        code, out, err = run_program([str(topology.binary), "backup", "create", str(folder / "x.tar.zst"), *options],
                                     preexec_fn=limit_files(size))
        assert code == 1, (size, out, err)
        assert str(folder) in err, err
        assert files_in(folder) == []
        target = workspace / "limited-restore"
        code, out, err = run_program([str(topology.binary), "backup", "restore", str(archive),
                                      f"--data-dir={target}", *node_options(topology)], preexec_fn=limit_files(size))
        assert code == 1, (size, out, err)
        assert files_in(target) is None, err
    with SmallTmpfs(workspace / "small", "200k") as small:
        code, out, err = run_program([str(topology.binary), "backup", "create", str(small / "x.tar.zst"), *options])
        assert code == 1 and ("space" in err or "full" in err), err
        assert files_in(small) == []
        code, out, err = run_program([str(topology.binary), "backup", "restore", str(archive),
                                      f"--data-dir={small / 'data'}", *node_options(topology)])
        assert code == 1 and "not enough space" in err, err
        assert files_in(small) == []


def kill_after(command, delay):
    """True when it was killed before its end."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=environment())
    try:
        process.wait(timeout=delay)
        return False
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True


def duration_of(command):
    begun = time.monotonic()
    assert subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment()).returncode == 0
    return time.monotonic() - begun


def test_killed_in_the_middle_it_is_nothing_or_all(archive, lived, workspace):
    topology = lived.topology
    target = workspace / "killed"
    command = [str(topology.binary), "backup", "restore", str(archive), f"--data-dir={target}",
               *node_options(topology)]
    whole = duration_of(command)
    everything = files_in(target)
    kept = {"session.key", "auth.key", "multiplier.key", "dontgoback.db"}
    assert kept <= set(everything)
    killed = 0
    for n in range(40):
        shutil.rmtree(target)
        killed += kill_after(command, whole * n / 36)
        found = kept & set(files_in(target) or [])
        if found and found != kept:
            assert ".restore/journal" in files_in(target), "half of it, and nobody knows"
            code, _, err = run_cli(topology.binary, "users", "list", f"--data-dir={target}")
            assert code != 0 and "interrupted" in err, err
        if n % 2 or found:
            done(run_program(command)) if found != kept else None
            assert files_in(target) == everything
        else:  # the next start finds an empty directory, or all of it
            node = topology.core
            node.data_dir, old = target, node.data_dir
            node.start()
            node.stop()
            node.data_dir = old
            assert not [name for name in files_in(target) if name.startswith(".restore")]
    assert killed > 5, "the loop must meet it at work"


def test_a_killed_create_leaves_no_file_and_is_cleaned_up(lived, workspace):
    topology = lived.topology
    folder = workspace / "kills"
    folder.mkdir()
    command = [str(topology.binary), "backup", "create", str(folder / "x.tar.zst"),
               f"--data-dir={topology.core.data_dir}", *node_options(topology)]
    whole = duration_of(command)
    (folder / "x.tar.zst").unlink()
    for n in range(15):
        if not kill_after(command, whole * n / 14):
            done(backup(topology, "verify", folder / "x.tar.zst"))
            (folder / "x.tar.zst").unlink()
        assert not (folder / "x.tar.zst").exists()
    done(run_program(command))
    assert files_in(folder) == ["x.tar.zst"]


@pytest.mark.skipif(os.geteuid() != 0, reason="gives files away")
@pytest.mark.parametrize("how", ["a directory", "a link into a private one", "a parent"])
def test_root_restores_for_the_directorys_owner(archive, lived, workspace, how):
    topology = lived.topology
    owner = pwd.getpwnam("nobody")
    group = grp.getgrgid(owner.pw_gid).gr_gid
    real = workspace / f"owned {how}"
    data_dir = real
    if how == "a link into a private one":  # as systemd makes it for DynamicUser
        real = workspace / "private" / "state"
        real.parent.mkdir()
        data_dir = workspace / "state"
        data_dir.symlink_to(real)
    if how == "a parent":
        data_dir = real / "made"
    real.mkdir()
    os.chown(real, owner.pw_uid, group)
    done(backup(topology, "restore", archive, data_dir=data_dir))
    assert data_dir.stat().st_uid == owner.pw_uid
    for file in data_dir.iterdir():
        status = file.stat()
        assert (status.st_uid, status.st_gid) == (owner.pw_uid, group), file
        assert status.st_mode & 0o077 == 0, file
    # `db restore` alike.
    copy = workspace / f"{how}.db"
    done(topology.cli("db", "backup", str(copy)))
    done(run_cli(topology.binary, "db", "restore", str(copy), "--replace", f"--data-dir={data_dir}"))
    for file in data_dir.iterdir():
        assert file.stat().st_uid == owner.pw_uid, file


def test_on_an_empty_machine_it_goes_where_it_came_from(lived, workspace):
    topology = lived.topology
    folder = workspace / "etc"
    folder.mkdir()
    secret = folder / "reporter.secret"
    secret.write_text("s" * 43 + "\n")
    secret.chmod(0o600)
    config = folder / "all.toml"
    config.write_text(f'role = "all"\ndata-dir = "{topology.core.data_dir}"\ntimezone = "{topology.zone}"\n'
                      f'auth-client = ["reporter={secret}"]\n')
    file = workspace / "machine.tar.zst"
    done(run_cli(topology.binary, "backup", "create", str(file), f"--config={config}"))
    topology.core.stop()
    shutil.rmtree(topology.core.data_dir)
    shutil.rmtree(folder)
    code, out, err = run_cli(topology.binary, "backup", "restore", str(file))
    assert code == 0, err
    assert f"{config} is restored" in err and f"{secret} is restored" in err
    assert secret.read_text() == "s" * 43 + "\n" and secret.stat().st_mode & 0o777 == 0o600
    done(run_cli(topology.binary, "clients", "list", f"--config={config}"))

    shutil.rmtree(topology.core.data_dir)
    config.write_text("# another\n" + config.read_text())
    code, out, err = run_cli(topology.binary, "backup", "restore", str(file), f"--config={config}")
    assert code == 0, err
    assert f"{config} is there and stays as it is" in err and f"{secret} is there, and the same" in err
    assert config.read_text().startswith("# another")
    topology.core.start()
    lived.check_goes_on()


def test_each_role_has_its_own(launch, workspace):
    topology = launch(**SHAPES["three_sqlite"])
    guest = topology.guest()
    user = guest.me()["userId"]
    files = {}
    for node in topology.nodes:
        files[node] = workspace / f"role-{node.name}.tar.zst"
        done(run_cli(topology.binary, "backup", "create", str(files[node]), f"--data-dir={node.data_dir}",
                     *node.options))
    for node in topology.nodes:
        node.stop()
        shutil.rmtree(node.data_dir)
        other = next(other for other in topology.nodes if other is not node)
        code, out, err = run_cli(topology.binary, "backup", "restore", str(files[node]),
                                 f"--data-dir={node.data_dir}", *other.options)
        assert code == 2 and f"role {node.name}" in err, err
        done(run_cli(topology.binary, "backup", "restore", str(files[node]), f"--data-dir={node.data_dir}",
                     *node.options))
        node.start()
    topology.refresh_assets(topology.tomorrow())
    m = multiplier(MULTIPLIER_KEY, user, topology.tomorrow())
    assert guest.me()["userName"] == name_of(updated(10_000_000, m))


# The move between the two databases.

@pytest.fixture
def mariadb(workspace, request):
    server = MariaDb(workspace / f"m{abs(hash(request.node.name)) % 10**6}")
    server.start()
    yield server
    server.stop()


def to_mariadb(topology, server, name="core"):
    """The node's options, with a new database of that server."""
    url = server.create_database(name)
    return [f"--database={url}", f"--database-password-file={server.password_file}"]


def test_from_sqlite_to_mariadb_and_back(lived, mariadb, workspace):
    topology = lived.topology
    posts = topology.sql("SELECT id, user_id, author, content, like_count, created_at FROM posts ORDER BY id")
    with closing(sqlite3.connect(topology.database_file())) as database, database:
        database.execute("DELETE FROM posts WHERE id = ?", [lived.last_feed])  # its id is never given again
        nulls = database.execute("SELECT count(*) FROM accounts WHERE email IS NULL").fetchone()[0]
    posts = [row for row in posts if int(row[0]) != lived.last_feed]
    first = workspace / "from-sqlite.tar.zst"
    done(backup(topology, "create", first))
    topology.core.stop()
    shutil.rmtree(topology.core.data_dir)

    options = to_mariadb(topology, mariadb)
    topology.core.options += options
    done(backup(topology, "restore", first))
    assert "dontgoback.db" not in files_in(topology.core.data_dir)
    assert mariadb.sql("SELECT count(*) FROM leases", "core") == [["0"]]
    assert mariadb.sql("SELECT count(*) FROM accounts WHERE email IS NULL", "core") == [[str(nulls)]]
    assert int(mariadb.sql("SELECT count(*) FROM mysql.innodb_table_stats WHERE database_name = 'core' AND "
                           f"table_name = 'posts' AND n_rows >= {len(posts) - 1}")[0][0]) == 1, "statistics are fresh"
    topology.mariadb = mariadb
    topology.core.start()
    assert len(topology.sql("SELECT id FROM posts")) == len(posts)
    lived.check_goes_on()

    second = workspace / "from-mariadb.tar.zst"
    lived.last_feed = lived.guest.write("또 지울 글")["feedId"]
    mariadb.sql(f"DELETE FROM posts WHERE id = {lived.last_feed}", "core")
    done(backup(topology, "create", second))
    topology.core.stop()
    mariadb.stop()  # verify needs no database server
    done(run_cli(topology.binary, "backup", "verify", str(second)))
    topology.mariadb = None
    topology.core.options = [option for option in topology.core.options if option not in options]
    shutil.rmtree(topology.core.data_dir)
    done(backup(topology, "restore", second))
    assert topology.sql("SELECT id, user_id, author, content, like_count, created_at FROM posts ORDER BY id"
                        )[:len(posts)] == posts
    topology.core.start()
    topology.guest().write("SQLite again")
    assert lived.guest.me()["userId"] == lived.user
    assert lived.guest.write("다시")["feedId"] > lived.last_feed + 1
    mariadb.start()


def test_a_backup_of_mariadb_during_writes_is_one_state(launch, workspace):
    topology = launch(**SHAPES["one_mariadb"])
    writers = Writers(topology).start()
    writers.await_accepted(50)
    before = dict(writers.accepted)
    file = workspace / "busy-mariadb.tar.zst"
    done(backup(topology, "create", file))
    writers.await_accepted(20)
    writers.stop()
    done(backup(topology, "verify", file))
    folder = unpack(file, workspace / "busy-mariadb")
    with closing(sqlite3.connect(folder / "database.sqlite")) as database:
        assert before.items() <= dict(database.execute("SELECT content, id FROM posts")).items()
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_mariadb_that_is_not_empty_is_refused(archive, lived, mariadb, workspace):
    topology = lived.topology
    options = to_mariadb(topology, mariadb)
    target = workspace / "no-place"
    mariadb.sql("CREATE TABLE somebodys (id INT PRIMARY KEY)", "core")
    topology.core.options += options
    code, _, err = backup(topology, "restore", archive, data_dir=target)
    assert code == 2 and "somebodys" in err and files_in(target) is None, err
    mariadb.sql("DROP TABLE somebodys", "core")
    done(run_cli(topology.binary, "db", "migrate", f"--data-dir={target}", *topology.core.options))
    mariadb.sql("INSERT INTO backfills (name, created_at) VALUES ('mine', 1)", "core")
    code, _, err = backup(topology, "restore", archive, data_dir=target)
    assert code == 2 and "backfills" in err, err
    mariadb.sql("DELETE FROM backfills", "core")
    done(backup(topology, "restore", archive, data_dir=target))
    code, _, err = backup(topology, "restore", archive, data_dir=workspace / "second")
    assert code == 2 and "not empty" in err, err


def test_killed_on_the_way_into_mariadb_it_is_nothing_or_all(archive, lived, mariadb, workspace):
    topology = lived.topology
    options = to_mariadb(topology, mariadb)
    topology.core.options += options
    target = workspace / "killed-mariadb"
    command = [str(topology.binary), "backup", "restore", str(archive), f"--data-dir={target}",
               *node_options(topology)]
    again = "DROP DATABASE core; CREATE DATABASE core;"
    whole = duration_of(command)
    everything = files_in(target)
    killed = 0
    node = topology.core
    node.data_dir = target
    for n in range(10):
        shutil.rmtree(target)
        mariadb.sql(again)
        killed += kill_after(command, whole * n / 9)
        if n % 2:
            if files_in(target) != everything:
                done(run_program(command))
            assert files_in(target) == everything
        else:
            target.mkdir(exist_ok=True)
            node.start()
            node.stop()
            assert not [name for name in files_in(target) if name.startswith(".restore")]
        rows = mariadb.sql(f"SELECT count(*) FROM posts WHERE id = {lived.feed}", "core")
        same_keys = (target / "multiplier.key").read_bytes() == MULTIPLIER_KEY
        assert rows == [["1" if same_keys else "0"]], "the rows and the keys belong together"
        assert same_keys or n % 2 == 0
    assert killed > 2


# Keys that are lost.

def start_refused(topology, *words):
    """The start, and a command, say it in words and make nothing."""
    node = topology.core
    before = files_in(node.data_dir)
    code, out, err = run_cli(topology.binary, "serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
                             f"--data-dir={node.data_dir}", *node.options)
    assert code == 2 and all(word in err for word in words), err
    assert len(err.splitlines()) == 1, err
    assert [name for name in files_in(node.data_dir) if not name.endswith(("-wal", "-shm"))] == \
        [name for name in before if not name.endswith(("-wal", "-shm"))]


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
        refused("multiplier.key", "32 bytes" if wrong == b"short" else "multipliers reset --yes")
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
    reached = []
    for _ in range(4):
        code, _, err = run_cli(topology.binary, "serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
                               f"--data-dir={node.data_dir}", *node.options, timeout=5) if len(reached) < 3 else \
            (0, "", "")
        if code == 0:
            break
        group = next(group for group in ("keys", "sessions", "multipliers") if f"{group} reset --yes" in err)
        assert group not in reached, f"in circles: {reached}, {err}"
        reached.append(group)
        run_cli(topology.binary, group, "reset", "--yes", f"--data-dir={node.data_dir}", *node.options)
    assert reached == ["keys", "multipliers", "sessions"]
    node.start()
    topology.guest().write("from the beginning")


# A folder of backups.

def test_a_folder_keeps_the_newest_and_nothing_else_is_touched(lived, workspace):
    topology = lived.topology
    folder = workspace / "kept"

    def make(keep=None):
        before = set(files_in(folder) or [])
        done(backup(topology, "create", f"--into={folder}", *([f"--keep={keep}"] if keep else [])))
        (new,) = set(files_in(folder)) - before
        return new

    made = [make() for _ in range(3)]
    assert made == sorted(made) and all(name.startswith("dontgoback-all-00000") for name in made)
    mine = {
        "dontgoback-all-000000-20200101T000000Z.tar.zst": b"not one of ours, whatever its name",
        "dontgoback-core-000001-20200101T000000Z.tar.zst": (folder / made[0]).read_bytes(),
        "dontgoback-all-000001-20200101T000000Z.tar.zst.keep": b"", "notes.txt": b"mine",
        made[0].replace("dontgoback", "copy-of-dontgoback"): (folder / made[0]).read_bytes(),
    }
    for name, content in mine.items():
        (folder / name).write_bytes(content)
    # Files of a clock that was wrong: neither their age nor their date counts.
    for name in made:
        os.utime(folder / name, (10, 10))
    made.append(make(keep=2))
    assert sorted(set(files_in(folder)) - set(mine)) == made[-2:]
    for name, content in mine.items():
        assert (folder / name).read_bytes() == content, name
    made.append(make(keep=1))
    assert sorted(set(files_in(folder)) - set(mine)) == made[-1:]
    assert (folder / made[-1]).stat().st_mode & 0o777 == 0o600

    # One that fails removes nothing.
    (topology.core.data_dir / "session.key").rename(workspace / "aside.key")
    code, _, err = backup(topology, "create", f"--into={folder}", "--keep=1")
    assert code == 1 and "session.key is missing" in err
    assert sorted(set(files_in(folder)) - set(mine)) == made[-1:]
    (workspace / "aside.key").rename(topology.core.data_dir / "session.key")


def last_success(node):
    text = node.probe("/metrics").body.decode()
    return float(re.search(r"^dontgoback_backup_last_success_timestamp_seconds (\S+)$", text, re.MULTILINE)[1])


def test_the_node_tells_of_its_last_good_backup(lived, workspace):
    node = lived.topology.core
    assert last_success(node) == 0 and "backup" not in node.probe("/readyz").body.decode()
    begun = time.time()
    file = workspace / "told.tar.zst"
    done(backup(lived.topology, "create", file))
    assert re.search(rf"^last backup \d{{4}}-\S+Z {re.escape(str(file))}$", node.probe("/readyz").body.decode(),
                     re.MULTILINE)
    done(run_cli(lived.topology.binary, "jobs", "list", f"--data-dir={node.data_dir}", *node.options))
    node.restart()
    eventually(lambda: last_success(node) >= begun - 1, "the metric knows it")
    noted = last_success(node)
    code, _, _ = backup(lived.topology, "create", file)
    assert code == 2
    node.restart()
    eventually(lambda: last_success(node) == noted, "a failure is no success")
