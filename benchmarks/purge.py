#!/usr/bin/python3
"""The purge of members who closed their account: ten posts each, a fifth of which somebody answered, comments and likes."""

import os
import subprocess
import time

from measure import arguments
from measure.machine import disk_of, heading, syncs_per_second, table
from measure.service import folder

from harness.topology import Topology

LONG_AGO = 20 * 24 * 3600 * 1000
# 1 … accounts; MariaDB recurses a thousand times at most.
NUMBERS = ("WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 500), "
           "n (i) AS (SELECT (a.i - 1) * 500 + b.i FROM k a, k b WHERE (a.i - 1) * 500 + b.i <= {count}) ")
POSTS, COMMENTS, LIKES, ANSWERED = 10, 3, 5, 2


def fill(topology, count):
    """`count` who have left, with the ids from 1, and as many who stay."""
    now = int(time.time() * 1000)
    then = now - LONG_AGO
    numbers = NUMBERS.format(count=count)

    def insert(into, what):
        topology.sql(f"INSERT INTO {into} {numbers}SELECT {what} FROM n")

    account = "accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at, email)"
    insert(account, f"i, 1, 2, 1, 1, 1, {then}, {then}, i")
    insert(account, f"i + {count}, 1, 0, 1, 1, 1, {then}, {then}, NULL")
    insert("account_history (user_id, status, reason, created_at)", f"i, 2, 'x', {then}")
    insert("closings (user_id, since)", f"i, {then} + i % 1000")
    insert("sessions (user_id, created_at, expires_at, signed_in_at, ended_at)", f"i, {then}, {now}, {then}, {then}")
    for day in range(30):
        insert("asset_snapshots (user_id, day, amount, multiplier, created_at)", f"i, {day}, 1, 1, 1")
    post = "posts (id, user_id, author, author_type, content, comment_count, like_count, created_at, updated_at)"
    for each in range(POSTS):
        answers = 1 if each < ANSWERED else 0
        insert(post, f"i + {each * count}, i, '799만', 1, '오늘도 화이팅', {answers}, 0, {then}, {then}")
    first = POSTS * count
    insert(post, f"i + {first}, i + {count}, '1억', 1, '오늘도 화이팅', {COMMENTS}, {LIKES}, {then}, {then}")
    comment = "comments (post_id, user_id, author, author_type, content, created_at, updated_at)"
    for each in range(ANSWERED):
        insert(comment, f"i + {each * count}, i + {count}, '1억', 1, '좋아요', {then}, {then}")
    for each in range(COMMENTS):
        insert(comment, f"{first} + 1 + (i * 7 + {each * 13}) % {count}, i, '799만', 1, '좋아요', {then}, {then}")
    for each in range(LIKES):
        insert("post_likes (post_id, user_id)", f"{first} + 1 + (i * 11 + {each * 17}) % {count}, i")


def measure(given, place, mariadb):
    topology = Topology(given.binary, place, split=False, mariadb=mariadb, core_options=["--clock-trusted"])
    try:
        topology.start()
        topology.core.stop()
        fill(topology, given.accounts)
        options = [option for option in topology.core.options if option.startswith(("--database", "--timezone"))]
        began = time.monotonic()
        run = subprocess.Popen([given.binary, "jobs", "run", "account-purge", "--clock-trusted",
                                f"--data-dir={topology.core.data_dir}", *options], stdout=subprocess.PIPE, text=True)
        said = run.stdout.read()
        _, code, usage = os.wait4(run.pid, 0)
        seconds = time.monotonic() - began
        assert code == 0 and f"removed {given.accounts} accounts" in said, (code, said)
        (places,) = topology.sql("SELECT COUNT(*) FROM posts WHERE user_id = -1")[0]
        assert int(places) == given.accounts * ANSWERED, places
        (wrong,) = topology.sql("SELECT COUNT(*) FROM posts WHERE user_id > 0 AND (comment_count > 0 OR like_count > 0)")[0]
        assert wrong == "0", wrong
        cpu = usage.ru_utime + usage.ru_stime
        return [f"{seconds:.1f}", f"{given.accounts / seconds:.0f}", f"{cpu:.1f}", f"{usage.ru_maxrss / 1024:.0f}"]
    finally:
        topology.stop()


def main():
    given = arguments(__doc__, accounts=(10_000, "how many leave"))
    heading(f"Purge of {given.accounts} accounts with {POSTS} posts, {COMMENTS} comments, {LIKES} likes and 30 days each")
    with folder() as place:
        print(f"disk: {disk_of(place)}, {syncs_per_second(place):.0f} synced appends of 4 KB a second by one thread: the "
              "limit, one for each account\n")
        rows = [["SQLite", *measure(given, place / "sqlite", False)], ["MariaDB", *measure(given, place / "mariadb", True)]]
    table(["database", "seconds", "accounts/s", "CPU seconds", "peak resident MB"], rows)


if __name__ == "__main__":
    main()
