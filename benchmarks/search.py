#!/usr/bin/python3
"""Searches of a million posts on both databases: a rare, a common and an absent word, and three common words that never
meet; the index's size, how long it takes to make, and what posting costs beside its making.

Words are drawn from 20 000 made ones, the frequent ones often (Zipf), of the 1 000 most usual syllables. Give folders with
10 GB of space by TMPDIR."""

import random
import sqlite3
import threading
import time
from contextlib import closing
from urllib.parse import quote

from measure import arguments, load
from measure.machine import heading, on_server_core, table
from measure.service import UNLIMITED, folder, session_headers

from harness.browser import Browser
from harness.mariadb import MariaDb
from harness.node import Node, run_cli

ACCOUNTS = 1000
CHUNK = 4096
RARE, COMMON, APART = "희귀낱말", "흔한낱말", ("하나갈래", "두갈래말", "세갈래길")
# In the order of their commonness: what is asked, and for how often it is there.
QUERIES = [("common", COMMON), ("rare", RARE), ("absent", "없는낱말"), ("absent, of usual pairs", "한흔낱희"),
           ("three common that never meet", " ".join(APART)), ("two syllables", None), ("a sentence", None)]


class Texts:
    def __init__(self):
        self.random = random.Random(20261127)
        syllables = [chr(0xAC00 + i) for i in self.random.sample(range(11172), 1000)]
        weights = [1 / (i + 20) for i in range(1000)]
        self.words = ["".join(self.random.choices(syllables, weights, k=self.random.choice((2, 2, 3, 3, 4)))) for _ in range(20_000)]
        self.cumulative, total = [], 0
        for i in range(20_000):
            total += 1 / (i + 10)
            self.cumulative.append(total)

    def text(self, number):
        words = self.random.choices(self.words, cum_weights=self.cumulative, k=self.random.randint(4, 20))
        if number % 10 in (0, 3, 7):
            words.append(APART[(0, 3, 7).index(number % 10)])
        if number % 10 < 2:
            words.append(COMMON)
        if number % 50_000 == 17:
            words.append(RARE)
        return " ".join(words) + "."


def rows(texts, posts):
    for number in range(1, posts + 1):
        yield (number, number % ACCOUNTS + 1, "1000만", number % 2, texts.text(number), 1780000000000 + number * 9000)


def fill(file, texts, posts):
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = WAL")
        database.executemany("INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) "
                             "VALUES (?, 1, 0, 10000000, 1000000000, 20777, 1780000000000, 1790000000000)",
                             [(i,) for i in range(1, ACCOUNTS + 1)])
        database.executemany("INSERT INTO posts (id, user_id, author, author_type, content, created_at, updated_at) "
                             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)", rows(texts, posts))
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sqlite_size(file):
    with closing(sqlite3.connect(file)) as database:
        ((size,),) = database.execute("SELECT SUM(pgsize) FROM dbstat WHERE name = 'search_chunks'")
        ((count,),) = database.execute("SELECT COUNT(*) FROM search_chunks")
    return size, count


def mariadb_size(server):
    server.sql("ANALYZE TABLE search_chunks", "search")
    ((size, count),) = server.sql("SELECT data_length + index_length, table_rows FROM information_schema.tables "
                                  "WHERE table_schema = 'search' AND table_name = 'search_chunks'")
    return int(size), int(count)


def seal(given, options):
    began = time.monotonic()
    code, out, errors = run_cli(given.binary, "jobs", "run", "search-seal", *options, timeout=7200)
    assert code == 0, (out, errors)
    return time.monotonic() - began


def searches(given, node, texts):
    guest = Browser(node)
    guest.sign_in_as_guest()
    headers = session_headers(guest)
    found = []
    for name, words in QUERIES:
        if words is None:
            words = texts.words[700] if name == "two syllables" else " ".join(texts.words[i] for i in (5, 40, 300, 1200, 9000))
            words = words[:2] if name == "two syllables" else words
        url = node.url + "/api/v1/search/feeds?size=10&q=" + quote(words)
        answer = guest.get(url[len(node.url):]).data
        measured = [load.run(url, 1, given.seconds, headers, patience=10) for _ in range(given.rounds)]
        best = min(measured, key=lambda one: one.p50_ms)
        middle = load.median(measured)
        found.append([name, len(answer["feeds"]), f"{middle.p50_ms:.2f}", f"{middle.p99_ms:.2f}", f"{best.p50_ms:.2f}"])
        print(found[-1], flush=True)
    return found


def posts_a_second(node, seconds, writers=4):
    counts = [0] * writers
    end = time.monotonic() + seconds

    def write(i):
        guest = Browser(node)
        guest.sign_in_as_guest()
        while time.monotonic() < end:
            guest.write("오늘도 무언가를 쓴다")
            counts[i] += 1

    threads = [threading.Thread(target=write, args=(i,)) for i in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def chunks_sealed(sql):
    values = {name: int(value) for name, value in sql("SELECT name, value FROM search_state")}
    return values["next"] - values["first"]


def beside(node, sql):
    """Posts a second before the job begins, and while it is at work."""
    alone = posts_a_second(node, 8)  # it looks ten seconds after the start
    deadline = time.monotonic() + 120
    before = chunks_sealed(sql)
    while chunks_sealed(sql) == before and time.monotonic() < deadline:
        time.sleep(0.2)
    return alone, posts_a_second(node, 30)


def on_database(given, name, place, texts, filled):
    print(f"## {name}\n", flush=True)
    data = place / name
    server = None
    if name == "MariaDB":
        server = MariaDb(place / "m", "--innodb-buffer-pool-size=512M", "--innodb-log-file-size=256M").start()
        where = [f"--database={server.create_database('search')}", f"--database-password-file={server.password_file}"]
        began = time.monotonic()
        code, _, errors = run_cli(given.binary, "backup", "restore", str(filled), f"--data-dir={data}", *where, timeout=3600)
        assert code == 0, errors
        print(f"restored in {time.monotonic() - began:.0f} s", flush=True)
    else:
        where = []
        code, _, errors = run_cli(given.binary, "db", "migrate", f"--data-dir={data}")
        assert code == 0, errors
        (file,) = [one for one in data.iterdir() if one.is_file() and one.open("rb").read(16) == b"SQLite format 3\0"]
        fill(file, texts, given.posts)
        code, _, errors = run_cli(given.binary, "backup", "create", str(filled), f"--data-dir={data}", timeout=3600)
        assert code == 0, errors

    def sql(statement):
        if server:
            return server.sql(statement, "search")
        with closing(sqlite3.connect(file, timeout=10)) as database:
            return database.execute(statement).fetchall()

    node = Node(given.binary, name, data, "--role=all", *where, *UNLIMITED, limits=on_server_core)
    node.start()
    try:
        alone, during = beside(node, sql) if given.posting else (0, 0)
    finally:
        node.stop()
    sql_options = [f"--data-dir={data}", *where]
    before = chunks_sealed(sql)
    took = seal(given, sql_options)
    chunks = chunks_sealed(sql)
    size, count = mariadb_size(server) if server else sqlite_size(file)
    node.start()
    try:
        measured = searches(given, node, texts)
    finally:
        node.stop()
        if server:
            server.stop()
    table(["search", "posts", "p50 ms", "p99 ms", "least p50 ms"], measured)
    table(["index MB", "rows", "chunks", "s to make them, writer idle", "posts/s alone", "posts/s while it is made"],
          [[f"{size / 1e6:.0f}", count, chunks, f"{took:.0f} ({chunks - before})", f"{alone:.0f}", f"{during:.0f}"]])


def main():
    given = arguments(__doc__, posts=(1_000_000, "posts"), posting=(1, "0: without posting beside the job"))
    heading("Searches of posts")
    with folder() as place:
        for name in ("SQLite", "MariaDB"):
            on_database(given, name, place, Texts(), place / "filled.backup")


if __name__ == "__main__":
    main()
