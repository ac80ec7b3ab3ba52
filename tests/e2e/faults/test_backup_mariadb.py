"""Backups of MariaDB, and the move between the two databases."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from harness.backups import Killer, backup, done, files_in, node_options, run_program, unpack
from harness.mariadb import MariaDb
from harness.node import run_cli
from harness.topology import MULTIPLIER_KEY, SHAPES, UNLIMITED
from harness.writers import Writers


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
    topology = launch(**SHAPES["one_mariadb"], **UNLIMITED)
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
    done(run_cli(topology.binary, "db", "migrate", f"--data-dir={workspace / 'another'}", *topology.core.options))
    code, _, err = backup(topology, "restore", archive, data_dir=target)  # it has keys of its own by now
    assert code == 2 and "_keys" in err and files_in(target) is None, err
    for table in ("known_keys", "sealed_keys", "walk_keys"):
        mariadb.sql(f"DELETE FROM {table}", "core")
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
    killer = Killer(command)
    everything = files_in(target)
    node = topology.core
    node.data_dir = target
    for n in range(10):
        shutil.rmtree(target)
        mariadb.sql(again)
        killer.run(n / 9)
        if n % 2:
            if not set(everything) <= set(files_in(target) or []) or ".restore/journal" in files_in(target):
                done(run_program(command))
            assert [name for name in files_in(target) if name != ".restore"] == everything
        else:
            target.mkdir(exist_ok=True)
            node.start()
            node.stop()
            assert not [name for name in files_in(target) if name.startswith(".restore")]
        rows = mariadb.sql(f"SELECT count(*) FROM posts WHERE id = {lived.feed}", "core")
        same_keys = (target / "multiplier.key").read_bytes() == MULTIPLIER_KEY
        assert rows == [["1" if same_keys else "0"]], "the rows and the keys belong together"
        assert same_keys or n % 2 == 0
    assert killer.killed > 1
