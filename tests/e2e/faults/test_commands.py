"""A command that reads changes nothing on disk: beside a server, after one, after one that was killed, in a directory that
cannot be written. Which commands there are is what --help says."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from harness.commands import OWNERS_ONLY, WITHOUT_DATABASE, check_each, commands, difference, listing, run
from harness.topology import SHAPES

NOBODY = 65534


def test_reading_changes_nothing(binary, node, reading):
    data_dir = node.core.data_dir
    node.core.stop()
    assert not [file for file in data_dir.iterdir() if file.name.endswith(("-wal", "-shm"))]
    check_each(binary, reading, data_dir)
    before = listing(data_dir)
    for command in [(), *commands(binary)]:
        code, out, err = run(binary, (*command, "--help"), data_dir)
        assert code == 0 and "Usage" in out, (command, err)
    assert difference(before, listing(data_dir)) == {}


def test_reading_changes_nothing_in_mariadb(launch, binary, reading):
    topology = launch(**SHAPES["one_mariadb"])
    topology.create_user()
    topology.cli("clients", "add", "reporter")
    topology.core.stop()
    options = [option for option in topology.core.options if option.startswith("--database")]

    def rows():
        tables = [row[0] for row in topology.sql("SHOW TABLES")]
        return {table: topology.sql(f"CHECKSUM TABLE `{table}`") for table in tables}

    before = rows()
    check_each(binary, reading, topology.core.data_dir, *options)
    assert rows() == before
    topology.sql("DELETE FROM schema_migrations WHERE module = 'core' AND number >= 2")
    before = rows()
    for command in (("users", "list"), ("users", "create")):
        code, out, err = run(binary, command, topology.core.data_dir, *options)
        assert (code, out) == (1, "") and "older than this program" in err, (command, out, err)
    assert run(binary, ("clients", "list"), topology.core.data_dir, *options)[0] == 0
    assert rows() == before


def test_reading_after_a_kill_leaves_what_was_left(binary, node, reading):
    data_dir = node.core.data_dir
    user = node.create_user()
    node.core.kill()
    assert list(data_dir.glob("*-wal"))[0].stat().st_size > 0
    check_each(binary, reading, data_dir)
    code, out, err = run(binary, ("users", "list"), data_dir, "--json")
    assert code == 0, err
    assert user in [row["userId"] for row in json.loads(out)], "what is only in the WAL is read"
    node.core.start()


@pytest.fixture
def open_folder():
    """One that everybody may pass through, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o700)


def give(copy, owner, folder_mode, file_mode, key_mode):
    for path in [copy, *copy.rglob("*")]:
        path.chmod(folder_mode if path.is_dir() else key_mode if path.suffix == ".key" else file_mode)
        if os.geteuid() == 0:
            os.chown(path, owner, owner)


@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed"])
def test_reading_a_copy_that_cannot_be_written(binary, node, reading, open_folder, killed):
    node.core.kill() if killed else node.core.stop()
    copy = open_folder / "copy"
    shutil.copytree(node.core.data_dir, copy)
    give(copy, NOBODY, 0o500, 0o400, 0o400)
    check_each(binary, reading, copy)
    if os.geteuid() != 0:
        return
    # Root is held back by no mode; now somebody who may read and not write.
    program = open_folder / "dontgoback"
    shutil.copy(binary, program)
    give(copy, 0, 0o555, 0o444, 0o400)
    check_each(program, reading, copy, user=NOBODY, but=OWNERS_ONLY)


def test_nothing_is_made_where_nothing_is(binary, tmp_path):
    missing = tmp_path / "not" / "here"
    makes = {("serve",), ("db", "migrate"), ("db", "restore"), ("backup", "restore")}
    for command in commands(binary):
        if command in makes:
            continue
        code, out, err = run(binary, command, missing)
        assert list(tmp_path.iterdir()) == [], command
        if command not in WITHOUT_DATABASE:
            assert code != 0, (command, out)


def test_what_a_server_does_is_seen_beside_it(binary, node):
    """Each write is read by a command while the server has it in its WAL."""
    for _ in range(10):
        user = node.create_user()
        assert user in [row["userId"] for row in node.cli_json("users", "list", "--limit=100000")]
    guest = node.guest().me()["userId"]
    assert guest in [row["userId"] for row in node.cli_json("users", "list", "--limit=100000")]
    code, out, err = node.cli("db", "check")
    assert code == 0, (out, err)
