"""Backups of odd nodes, and restores into odd places: what cannot be done is told, and nothing is claimed."""

import grp
import json
import os
import pwd
import shutil

import pytest

from harness.backups import Killer, backup, done, files_in, node_options, rewritten, unpack
from harness.node import run_cli
from harness.topology import SHAPES

KEPT = {"session.key": "data/session.key", "auth.key": "data/auth.key", "multiplier.key": "data/multiplier.key",
        "walk.key": "data/walk.key",
        "auth-signing-key.pem": "data/auth-signing-key.pem", "dontgoback.db": "database.sqlite"}


def interrupted(archive, data_dir, moved=()):
    """As a restore leaves it that is killed after it has moved some files."""
    data_dir.mkdir()
    unpack(archive, data_dir / ".restore")
    (data_dir / "plain.tar").unlink()
    moves = [{"from": f".restore/{part}", "to": name} for name, part in KEPT.items()]
    (data_dir / ".restore" / "journal").write_text(
        json.dumps({"backup": "one", "token": "", "mariadb": "", "moves": moves, "elsewhere": []}))
    for name in moved:
        (data_dir / ".restore" / KEPT[name]).rename(data_dir / name)


def test_an_interrupted_restore_whose_files_were_taken_away_is_no_success(archive, lived, workspace):
    topology = lived.topology
    target = workspace / "emptied"
    interrupted(archive, target, moved=["session.key", "auth.key"])
    before = workspace / "before"
    before.mkdir()
    for kept in target.glob("*.key"):
        shutil.move(kept, before)
    staged = files_in(target)
    code, out, err = run_cli(topology.binary, "db", "migrate", f"--data-dir={target}",
                             *node_options(topology))
    assert code != 0 and "session.key is missing" in err and f"remove {target}/.restore" in err, (out, err)
    assert [name for name in files_in(target) if name != "lock"] == staged
    done(backup(topology, "restore", archive, data_dir=target))
    assert set(KEPT) <= set(files_in(target)) and not (target / ".restore").exists()
    done(run_cli(topology.binary, "db", "migrate", f"--data-dir={target}", *node_options(topology)))


def test_an_interrupted_restore_beside_other_files_is_left_alone(archive, lived, workspace):
    target = workspace / "filled"
    interrupted(archive, target)
    (target / "session.key").write_bytes(b"m" * 32)
    staged = files_in(target)
    code, _, err = backup(lived.topology, "restore", archive, data_dir=target)
    assert code == 2 and "session.key" in err, err
    assert [name for name in files_in(target) if name != "lock"] == staged
    assert (target / "session.key").read_bytes() == b"m" * 32


def test_an_interrupted_restore_is_completed_under_another_name(archive, lived, workspace):
    target = workspace / "named"
    killer = Killer([str(lived.topology.binary), "backup", "restore", str(archive), f"--data-dir={target}",
                     *node_options(lived.topology)])
    for n in range(60):
        shutil.rmtree(target, ignore_errors=True)
        killer.run(n / 50)
        renamed = workspace / f"renamed{n}"
        if target.exists():
            target.rename(renamed)
            result = backup(lived.topology, "restore", archive, data_dir=renamed)
            assert result[0] == 0 or (result[0] == 2 and "already" in result[2]), result
            assert set(KEPT) <= set(files_in(renamed))
            shutil.rmtree(renamed)


@pytest.mark.skipif(os.geteuid() != 0, reason="gives files away")
def test_what_root_makes_is_the_owners_at_every_moment(archive, lived, workspace):
    owner = pwd.getpwnam("nobody")
    group = grp.getgrgid(owner.pw_gid).gr_gid
    parent = workspace / "of-nobody"
    parent.mkdir()
    os.chown(parent, owner.pw_uid, group)
    target = parent / "one" / "two" / "data"
    killer = Killer([str(lived.topology.binary), "backup", "restore", str(archive), f"--data-dir={target}",
                     *node_options(lived.topology)])
    for n in range(25):
        # The killed one may have made a name and not given it yet: then it is in a folder of the owner's.
        for made in [path for path in parent.rglob("*") if path.is_dir()]:
            if made.stat().st_uid != owner.pw_uid:
                assert not any(made.iterdir()), made
        journal = target / ".restore" / "journal"
        if journal.exists():
            assert journal.stat().st_uid == owner.pw_uid
        shutil.rmtree(parent / "one", ignore_errors=True)
        killer.run(n / 24)


# Keys that are missed.

def refused(topology, node, folder, word):
    """`create` makes nothing and removes nothing."""
    before = files_in(folder)
    for arguments in ([f"--into={folder}", "--keep=1"], [str(folder.parent / "never.tar.zst")]):
        code, out, err = run_cli(topology.binary, "backup", "create", *arguments, f"--data-dir={node.data_dir}",
                                 *node.options)
        assert code == 1 and word in err, (out, err)
    assert files_in(folder) == before and not (folder.parent / "never.tar.zst").exists()


@pytest.mark.parametrize("shape", ["one_sqlite", "three_sqlite", "no_database"])
def test_a_lost_multiplier_key_is_no_backup(launch, workspace, shape):
    topology = launch(start=False, **SHAPES.get(shape, SHAPES["three_sqlite"]))
    node = topology.extension
    if shape == "no_database":
        node.options.append("--modules=extension")
    topology.start()
    folder = workspace / f"kept {shape}"
    done(run_cli(topology.binary, "backup", "create", f"--into={folder}", f"--data-dir={node.data_dir}",
                 *node.options))
    (good,) = folder.iterdir()
    key = node.data_dir / "multiplier.key"
    content = key.read_bytes()
    key.unlink()
    refused(topology, node, folder, "multiplier.key is missing")
    key.write_bytes(bytes(32))
    key.chmod(0o600)
    refused(topology, node, folder, "multiplier.key is not the key")

    unpacked = unpack(good, workspace / f"apart {shape}")
    assert (unpacked / "data" / "known-keys").exists() == (shape == "no_database")
    for change, word in ((other_multiplier_key, "is not the key"), (no_multiplier_key, "is missing")):
        bad = rewritten(good, workspace, change)
        code, out, err = run_cli(topology.binary, "backup", "verify", str(bad))
        assert code == 1 and f"multiplier.key {word}" in out, (out, err)

    # It comes back with what the node remembers of it.
    node.stop()
    shutil.rmtree(node.data_dir)
    done(run_cli(topology.binary, "backup", "restore", str(good), f"--data-dir={node.data_dir}", *node.options))
    assert key.read_bytes() == content
    node.start()


def other_multiplier_key(manifest, folder):
    (folder / "data" / "multiplier.key").write_bytes(os.urandom(32))


def no_multiplier_key(manifest, folder):
    manifest["files"] = [file for file in manifest["files"] if file["name"] != "multiplier-key"]
    manifest["parts"] = [part for part in manifest["parts"] if part["name"] != "data/multiplier.key"]


def test_a_data_directory_that_is_not_there_is_an_error(binary, workspace):
    nowhere = workspace / "nowhere"
    code, _, err = run_cli(binary, "backup", "create", str(workspace / "x.tar.zst"), "--role=extension",
                           "--modules=extension", "--auth-url=http://127.0.0.1:9", f"--data-dir={nowhere}")
    assert code == 2 and f"no data directory at {nowhere}" in err, err
    assert not nowhere.exists() and not (workspace / "x.tar.zst").exists()


# Files that are odd.

def test_a_key_that_is_a_link_comes_back_as_a_file(lived, workspace):
    topology = lived.topology
    data_dir = topology.core.data_dir
    keys = workspace / "keys"
    keys.mkdir()
    for name in ("session.key", "multiplier.key"):
        (data_dir / name).rename(keys / name)
        (data_dir / name).symlink_to(keys / name)
    file = workspace / "linked.tar.zst"
    done(backup(topology, "create", file))
    topology.core.stop()
    shutil.rmtree(data_dir)
    shutil.rmtree(keys)
    done(backup(topology, "restore", file))
    for name in ("session.key", "multiplier.key"):
        assert (data_dir / name).is_file() and not (data_dir / name).is_symlink()
    topology.core.start()
    lived.check_goes_on()


def test_only_a_regular_file_is_replaced(lived, workspace):
    topology = lived.topology
    pipe = workspace / "pipe"
    os.mkfifo(pipe)
    for more in ([], ["--replace"]):
        code, _, err = backup(topology, "create", pipe, *more)
        assert code == 2 and "no regular file" in err and "--replace" not in err, err
        assert pipe.is_fifo()
        code, _, err = backup(topology, "create", workspace, *more)
        assert code == 2 and "is a folder" in err, err


def test_each_file_that_settings_name_is_in_it(lived, workspace):
    """Without one of them the node would not start where it is restored."""
    named = {name: workspace / name for name in ("smtp-password", "smtp-ca", "redis-password", "welcome.txt", "rules.txt", "rules-en.txt")}
    for name, path in named.items():
        path.write_text(f"{name} of this node\n")
        path.chmod(0o600)
    file = workspace / "named.tar.zst"
    code, _, err = backup(lived.topology, "create", file, "--smtp=smtp://mail.example.com", "--smtp-user=kim",
                          "--mail-from=kim@example.com", f"--smtp-password-file={named['smtp-password']}",
                          f"--smtp-ca-file={named['smtp-ca']}", "--redis=rediss://redis.example",
                          f"--redis-password-file={named['redis-password']}", f"--welcome-text=file:{named['welcome.txt']}",
                          f"--rules=file:{named['rules.txt']}", f"--rules-en=file:{named['rules-en.txt']}")
    assert code == 0 and "not in the backup" not in err, err
    kept = [path.read_text() for path in unpack(file, workspace / "named").rglob("*-*") if path.is_file() and path.parent.name == "elsewhere"]
    assert {f"{name} of this node\n" for name in named} <= set(kept), kept


def test_a_secret_that_is_not_there_is_told(lived, workspace):
    secret = workspace / "gone.secret"
    file = workspace / "without.tar.zst"
    code, _, err = backup(lived.topology, "create", file, f"--auth-client=gone={secret}")
    assert code == 0 and f"not in the backup: {secret} (auth-client gone): No such file" in err, err


def test_a_backup_of_a_clock_that_was_ahead_is_not_shown_as_the_last(lived):
    node = lived.topology.core
    note = node.data_dir / "last-backup.json"
    note.write_text(json.dumps({"at": 4_000_000_000_000, "file": "/x"}))
    note.chmod(0o600)
    body = node.probe("/readyz").body.decode()
    assert "note: backup: the last one was noted by a clock that was ahead" in body, body
    node.restart()
    assert "dontgoback_backup_last_success_timestamp_seconds 0" in node.probe("/metrics").body.decode()
