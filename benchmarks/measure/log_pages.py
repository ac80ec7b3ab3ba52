"""What stands in an SQLite database's log: pages, by the table or index that they belong to. Needs an SQLite with dbstat, as Debian's."""

import sqlite3
import struct
from collections import Counter
from contextlib import closing

HEAD = 32  # of the log, https://www.sqlite.org/fileformat2.html#walformat
FRAME = 24  # before each page


def pages(database):
    """Numbers of the pages in the log, in their order, since it began anew."""
    content = database.with_name(database.name + "-wal").read_bytes()
    size, = struct.unpack_from(">I", content, 8)
    salts = content[16:24]
    found = []
    for at in range(HEAD, len(content) - FRAME - size + 1, FRAME + size):
        if content[at + 8:at + 16] != salts:
            break  # of an earlier turn
        found.append(struct.unpack_from(">I", content, at)[0])
    return found


def written_by(database, work):
    """Table or index → pages that `work` wrote into the log; None when the log began anew meanwhile."""
    before = pages(database)
    work()
    after = pages(database)
    if after[:len(before)] != before:
        return None
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        names = dict(connection.execute("SELECT pageno, name FROM dbstat"))
    return Counter(names.get(page, "free") for page in after[len(before):])
