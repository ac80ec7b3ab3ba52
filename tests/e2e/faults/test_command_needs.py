"""What a command needs: the tables of its own module as this program makes them, and no secret or key that it does not use."""

import json
import sqlite3
from contextlib import closing

import pytest

from harness.commands import READS, difference, listing, run
from harness.topology import SHAPES
from harness.waiting import eventually


def edited(data_dir, statement):
    (file,) = data_dir.glob("*.db")
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement)


@pytest.mark.parametrize("statement, said", [
    ("DELETE FROM schema_migrations", "empty"),
    ("DELETE FROM schema_migrations WHERE module = 'core' AND number >= 2", "older than this program"),
    ("INSERT INTO schema_migrations SELECT module, 99, name, checksum, applied_at FROM schema_migrations "
     "WHERE module = 'core' AND number = 1", "newer than this program"),
    ("DELETE FROM schema_migrations WHERE module = 'core'", "no tables of core"),
], ids=["empty", "older", "newer", "another role's"])
def test_a_schema_that_is_not_ours_is_said_and_left(binary, node, statement, said):
    """By reading and by writing commands alike; those of another module go on."""
    data_dir = node.core.data_dir
    node.core.stop()
    edited(data_dir, statement)
    before = listing(data_dir)
    for command in [("users", "list"), ("users", "create"), ("assets", "show"), ("users", "sign-in-link"),
                    ("demo", "seed"), ("assets", "refresh")]:
        code, out, err = run(binary, command, data_dir)
        assert (code, out) == (1, ""), (command, out)
        assert said in err, (command, err)
        assert "db migrate" in err or said.startswith("newer"), (command, err)
        assert difference(before, listing(data_dir)) == {}, command
    if said != "empty":
        code, _, err = run(binary, ("clients", "list"), data_dir)
        assert code == 0, err
    assert difference(before, listing(data_dir)) == {}
    code, out, err = run(binary, ("db", "check"), data_dir)
    assert code == 1 and "core" in out, (out, err)


def test_an_auth_nodes_database_stays_one(launch, binary, reading):
    """Without --role, beside the server: no table of core's, no key file of another role's, and current data."""
    topology = launch(**SHAPES["three_sqlite"])
    data_dir = topology.auth.data_dir
    names = {path.name for path in data_dir.iterdir()}

    def tables():
        return sorted(row[0] for row in topology.sql("SELECT name FROM sqlite_schema WHERE type = 'table'", topology.auth))

    before = tables()
    code, _, err = run(binary, ("clients", "add"), data_dir, "reporter")
    assert code == 0, err
    for command in reading:
        code, out, err = run(binary, command, data_dir)
        of_core = command[0] in ("users", "assets", "moderation", "steps", "walkers")
        if command in READS:
            assert code == (1 if of_core or command == ("db", "check") else 0), (command, out, err)
        assert {path.name for path in data_dir.iterdir()} == names, command
        assert tables() == before, command
    code, out, _ = run(binary, ("clients", "list"), data_dir, "--json")
    assert "reporter" in [row["id"] for row in json.loads(out)]
    code, out, _ = run(binary, ("clients", "disable"), data_dir, "reporter")
    assert code == 0
    code, out, _ = run(binary, ("clients", "list"), data_dir, "--json")
    assert {row["id"]: row["state"] for row in json.loads(out)}["reporter"] == "disabled"


def test_a_stopped_nodes_commands_need_no_secret(launch, binary, reading):
    """What the service manager lent is gone with the unit."""
    topology = launch(**SHAPES["three_sqlite"])
    topology.create_user()
    topology.cli("clients", "add", "reporter", node=topology.auth)
    for node in topology.nodes:
        node.stop()
    secret = topology.folder / "core.secret"
    secret.unlink()
    for command in reading:
        for node in topology.nodes:
            code, out, err = run(binary, command, node.data_dir, *node.options, f"--database-password-file={secret}")
            of_others = code == 2 and ("does not run in role" in err or "keeps no database" in err)
            of_nobody = command == ("assets", "show") and "no account" in err
            if command == ("config", "check"):  # which judges what a start would need
                assert code == 0 or (code == 2 and str(secret) in err), (node.name, out, err)
                continue
            assert code == 0 or of_others or of_nobody or command not in READS, (command, node.name, out, err)
    code, out, err = run(binary, ("assets", "backfill"), topology.core.data_dir, "--lock=x", *topology.core.options)
    assert code == 2 and str(secret) in err and "--client-secret-file" in err, (out, err)


@pytest.mark.parametrize("lost", ["auth.key", "session.key", "multiplier.key", "walk.key"])
def test_a_lost_key_is_missed_by_who_uses_it_alone(binary, node, reading, lost):
    data_dir = node.core.data_dir
    node.core.stop()
    (data_dir / lost).unlink()
    # `config check` judges what a start would need.
    users = {("config", "check")} | {"auth.key": {("keys", "list")}}.get(lost, set())
    for command in reading:
        code, out, err = run(binary, command, data_dir)
        if command in READS:
            assert (code == 0) == (command not in users), (command, out, err)
        if command in users:
            assert lost in err, err
    for command in (("clients", "disable", "reporter"), ("clients", "enable", "reporter"), ("users", "create"),
                    ("users", "sign-in-link")):
        code, out, err = run(binary, command, data_dir)
        assert code == 0, (command, out, err)
    assert not (data_dir / lost).exists(), "nothing but a start makes keys"


def test_jobs_beside_and_without_a_server(binary, node):
    data_dir = node.core.data_dir

    def jobs():
        code, out, err = run(binary, ("jobs", "list"), data_dir, "--json")
        assert code == 0, (out, err)
        return {row["name"]: row for row in json.loads(out)}, err

    eventually(lambda: jobs()[0]["auth-audit-prune"]["lastFinished"], "it has run at the start")
    rows, said = jobs()
    assert {row["knownBy"] for row in rows.values()} == {"server"}
    assert str(node.core.pid) in said
    node.core.stop()
    rows, said = jobs()
    assert "no server runs" in said
    assert rows["auth-audit-prune"] == {"name": "auth-audit-prune", "running": None, "lastStarted": None,
                                        "lastFinished": None, "next": None, "waitsFor": None, "lastResult": None,
                                        "knownBy": None}
    assert rows["asset-refresh"]["knownBy"] == "database" and rows["asset-refresh"]["next"]
