#!/usr/bin/python3
"""Pages over rows that nobody may see: the newest posts, and a post's newest comments, deleted or of a suspended author.

SQLite, over HTTP with one connection. Give the program of an older commit (--before) to see what it makes of the same
rows."""

import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from measure import arguments, load
from measure.feed import forget_keys
from measure.machine import heading, table
from measure.service import folder, service, session_headers

from harness.waiting import eventually

SUSPENDED = 7  # who wrote the rows of a suspended author
POST = 1  # whose comments are listed


def has_marks(connection):
    return bool(connection.execute("SELECT COUNT(*) FROM pragma_table_info('posts') WHERE name = 'hidden'").fetchone()[0])


def hide(database, table_name, way, count):
    """The newest `count` rows, as what has happened long ago leaves them."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        if table_name == "comments":
            connection.execute("UPDATE comments SET post_id = ?, parent_id = NULL", (POST,))
            connection.execute("UPDATE posts SET deleted_at = NULL, user_id = 1 WHERE id = ?", (POST,))
        (from_id,) = connection.execute(f"SELECT MAX(id) - ? FROM {table_name}", (count,)).fetchone()
        if way == "deleted":
            connection.execute(f"UPDATE {table_name} SET deleted_at = 1 WHERE id > ?", (from_id,))
        else:
            mark = ", hidden = 1" if has_marks(connection) else ""
            connection.execute(f"UPDATE {table_name} SET user_id = ?{mark} WHERE id > ?", (SUSPENDED, from_id))
            connection.execute("UPDATE accounts SET status = 3 WHERE id = ?", (SUSPENDED,))
        connection.commit()


def page(given, binary, data, way, table_name, count):
    def bring_data(topology):
        topology.core.start()  # makes the keys, and says what the file is called
        topology.core.stop()
        file = topology.database_file()
        shutil.copyfile(data, file)
        forget_keys(file)
        began = time.monotonic()
        topology.core.start()  # migrates
        topology.core.stop()
        print(f"started and migrated in {time.monotonic() - began:.0f} s", flush=True)
        if count:
            hide(file, table_name, way, count)

    with folder() as place, service(binary, place / "service", before_start=bring_data) as topology:
        eventually(lambda: topology.service.refresh_assets(topology.core).status == 200, "refreshed", limit=300)
        guest = topology.guest()
        target = "/api/v1/feeds?size=10" if table_name == "posts" else f"/api/v1/comments/{POST}?size=10"
        return load.median([load.run(topology.core.url + target, 1, given.seconds, session_headers(guest), patience=10)
                            for _ in range(given.rounds)])


def main():
    given = arguments(__doc__, database=("", "an SQLite file filled by generate_feed.py (required); it is copied"),
                      before=("", "the program of an older commit, for a database of its schema"),
                      most=(1_000_000, "rows that are hidden at most"))
    if not given.database:
        raise SystemExit("--database: make one with benchmarks/generate_feed.py, see README.md")
    heading("Pages of ten over rows that nobody may see")
    rows = []
    for table_name in ("posts", "comments"):
        for way in ("deleted", "suspended"):
            for count in (0, 16_000, 516_000, 990_000):
                if count > given.most or (count == 0 and way != "deleted"):
                    continue
                found = [page(given, Path(binary), given.database, way, table_name, count)
                         for binary in [given.before, given.binary] if binary]
                rows.append([table_name, way if count else "none hidden", count] +
                            [cell for one in found for cell in (f"{one.p50_ms:.2f}", f"{one.p99_ms:.2f}")])
                print(rows[-1], flush=True)
    columns = ["p50 ms before", "p99 ms before"] if given.before else []
    table(["list", "hidden", "rows", *columns, "p50 ms", "p99 ms"], rows)


if __name__ == "__main__":
    main()
