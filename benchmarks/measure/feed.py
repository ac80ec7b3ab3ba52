"""The data set of generate_feed.py, as a node of a benchmark gets it."""

import sqlite3
from contextlib import closing


def forget_keys(database):
    """The data set knows the key files of the folder it was made in, which the benchmark's node does not have."""
    with closing(sqlite3.connect(database)) as connection:
        for table_of_keys in ("known_keys", "sealed_keys"):
            connection.execute(f"DELETE FROM {table_of_keys}")
        connection.commit()


def newest_and_middle(database):
    """Pages of ten by their names."""
    with closing(sqlite3.connect(database)) as connection:
        (newest,) = connection.execute("SELECT MAX(id) FROM posts").fetchone()
    return {name: f"/api/v1/feeds?lastFeedId={last}&size=10" for name, last in (("newest", 0), ("middle", newest // 2))}
