#!/usr/bin/python3
"""Pages over rows that nobody may see, on MariaDB: the newest posts and a post's newest comments, more and more of them
deleted; each measured when InnoDB has purged what the deletion left in its indexes."""

import time
from pathlib import Path

from measure import arguments, load
from measure.machine import heading, table
from measure.service import UNLIMITED, folder, session_headers

from harness.browser import Browser
from harness.mariadb import MariaDb
from harness.node import Node, run_cli
from harness.waiting import eventually

POST = 1  # whose comments are listed
COUNTS = (0, 16_000, 516_000, 990_000)
SLICE = 20_000  # rows that are deleted in one transaction


def history(server):
    """What InnoDB has still to purge: its history list."""
    (((name, value),),) = [server.sql("SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'")]
    return int(value)


def delete_newest(server, table_name, newest, count):
    for last in range(newest, newest - count, -SLICE):
        first = max(last - SLICE, newest - count)
        server.sql(f"UPDATE {table_name} SET deleted_at = 1 WHERE id > {first} AND id <= {last} AND deleted_at IS NULL",
                   "feed")


def gather_comments(server, newest):
    """All comments below one post, as they would stand in a very long thread."""
    for last in range(newest, 0, -SLICE):
        server.sql(f"UPDATE comments SET post_id = {POST}, parent_id = NULL WHERE id > {last - SLICE} AND id <= {last}",
                   "feed")
    server.sql(f"UPDATE posts SET deleted_at = NULL, hidden = 0 WHERE id = {POST}", "feed")


def main():
    given = arguments(__doc__, backup=("", "a backup of an SQLite feed (`dontgoback backup create`, required)"))
    if not given.backup:
        raise SystemExit("--backup: make one of the data of benchmarks/generate_feed.py, see README.md")
    heading("Pages of ten over deleted rows, MariaDB")
    rows = []
    with folder() as place:
        server = MariaDb(place / "m", "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=256M").start()
        node = None
        try:
            data = place / "data"
            where = [f"--database={server.create_database('feed')}", f"--database-password-file={server.password_file}"]
            code, _, errors = run_cli(given.binary, "backup", "restore", given.backup, f"--data-dir={data}", *where,
                                      timeout=1800)
            assert code == 0, errors
            node = Node(given.binary, "all", data, "--role=all", *where, *UNLIMITED)
            node.start()
            guest = Browser(node)
            guest.sign_in_as_guest()
            for table_name, target in (("posts", "/api/v1/feeds?size=10"), ("comments", f"/api/v1/comments/{POST}?size=10")):
                ((newest,),) = server.sql(f"SELECT MAX(id) FROM {table_name}", "feed")
                if table_name == "comments":
                    gather_comments(server, int(newest))
                for count in COUNTS:
                    delete_newest(server, table_name, int(newest), count)
                    began = time.monotonic()
                    eventually(lambda: history(server) < 1000, "InnoDB has purged", limit=900, step=1)
                    purged = time.monotonic() - began
                    found = load.median([load.run(node.url + target, 1, given.seconds, session_headers(guest), patience=10)
                                         for _ in range(given.rounds)])
                    rows.append([table_name, count, f"{purged:.0f}", f"{found.p50_ms:.2f}", f"{found.p99_ms:.2f}"])
                    print(rows[-1], flush=True)
        finally:
            if node is not None:
                node.stop()
            server.stop()
    table(["list", "rows deleted", "s until purged", "p50 ms", "p99 ms"], rows)


if __name__ == "__main__":
    main()
