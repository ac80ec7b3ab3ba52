"""A node in one file: made beside a running server, and put back on an empty machine."""

import grp
import json
import os
import pwd
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from harness.assets import multiplier, name_of, updated
from harness.backups import EVERY_CHARACTER, backup, done, files_in, node_options, plain, rewritten, run_program, unpack
from harness.node import run_cli
from harness.topology import MULTIPLIER_KEY, SHAPES, UNLIMITED
from harness.waiting import eventually
from harness.writers import Writers


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
    topology = launch(**SHAPES["one_sqlite"], **UNLIMITED)
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
    for position in (generator.randrange(archive.stat().st_size) for _ in range(20)):
        broken = changed(archive, workspace / "broken.tar.zst", flip(lambda _, at=position: at))
        if plain(broken) == plain(archive):
            continue  # nothing was broken: a bit of a reference can mean other bytes that are the same
        code, out, err = backup(lived.topology, "restore", broken, data_dir=target)
        assert code == 1, (position, out, err)
        assert files_in(target) is None, position


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
    assert set(files_in(topology.core.data_dir)) <= {*before, "auth-used"}  # which a stop leaves for the next start
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
    assert re.search(rf"^note: backup: last good one \d{{4}}-\S+Z {re.escape(str(file))}$", node.probe("/readyz").body.decode(),
                     re.MULTILINE)
    done(run_cli(lived.topology.binary, "jobs", "list", f"--data-dir={node.data_dir}", *node.options))
    node.restart()
    eventually(lambda: last_success(node) >= begun - 1, "the metric knows it")
    noted = last_success(node)
    code, _, _ = backup(lived.topology, "create", file)
    assert code == 2
    node.restart()
    eventually(lambda: last_success(node) == noted, "a failure is no success")


def test_a_database_outside_the_data_directory(launch, workspace):
    place = workspace / "elsewhere"
    place.mkdir()
    topology = launch(**SHAPES["one_sqlite"], start=False)
    topology.core.options.append(f"--database=sqlite:{place / 'mine.db'}")
    topology.start_node(topology.core)
    guest = topology.guest()
    file = workspace / "outside.tar.zst"
    done(backup(topology, "create", file))
    topology.core.stop()
    shutil.rmtree(topology.core.data_dir)
    code, _, err = backup(topology, "restore", file)
    assert code == 2 and str(place / "mine.db") in err, err
    (place / "mine.db").unlink()
    done(backup(topology, "restore", file))
    assert files_in(place) == ["mine.db"]
    topology.core.start()
    assert guest.me()["userId"]
    topology.core.stop()
    # Without options at all it goes where it was; with a data directory alone, where a server would look.
    shutil.rmtree(topology.core.data_dir)
    (place / "mine.db").unlink()
    done(run_cli(topology.binary, "backup", "restore", str(file)))
    assert files_in(place) == ["mine.db"]
    done(run_cli(topology.binary, "backup", "restore", str(file), f"--data-dir={workspace / 'moved'}"))
    assert (workspace / "moved" / "dontgoback.db").exists()
