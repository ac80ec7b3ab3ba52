"""Backups of odd nodes, and restores into odd places: what cannot be done is told, and nothing is claimed."""

import grp
import json
import os
import pwd
import shutil

import pytest

from harness.backups import Killer, backup, done, files_in, node_options, unpack
from harness.node import run_cli

KEPT = {"session.key": "data/session.key", "auth.key": "data/auth.key", "multiplier.key": "data/multiplier.key",
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
