#!/usr/bin/python3
"""What telling costs: a like and a comment whose author is told, beside the same to an author who wants to hear of none; and the
list of what one was told, in a database with a notification for each post that was liked or answered.

With --database (an SQLite feed of generate_feed.py; it is copied) the list is measured among a million posts, with --backup (of
the same, `dontgoback backup create`) on MariaDB, too."""

import shutil
import statistics

from measure import arguments, load
from measure.machine import cpu_nanoseconds, heading, table
from measure.people import People
from measure.service import UNLIMITED, folder, service, session_headers

from harness.browser import Browser
from harness.mariadb import MariaDb
from harness.node import Node, run_cli

GUESTS, POSTS = 50, 30  # who likes and comments, and what, in each round
OFF = {"notifications": {kind: False for kind in ("FEED_LIKE", "COMMENT", "REPLY", "COMMENT_LIKE")}}
OWN = 300  # as many as an account keeps

# Of each liked and each answered post one, numbered for its author.
FILL = """
INSERT INTO notifications (user_id, number, kind, feed_id, about, comment_id, name, people, times, began, seen, created_at)
SELECT p.user_id, ROW_NUMBER() OVER (PARTITION BY p.user_id ORDER BY p.id, k.kind), k.kind, p.id, 0, NULL, p.author, 1, 1, 1,
       p.id % 2, p.created_at
FROM posts p JOIN (SELECT 0 AS kind UNION ALL SELECT 1) k ON (k.kind = 0 AND p.like_count > 0) OR (k.kind = 1 AND p.comment_count > 0)
WHERE p.deleted_at IS NULL"""
COUNTERS = ("INSERT INTO notification_counters (user_id, last_number) SELECT user_id, MAX(number) FROM notifications WHERE "
            "user_id <> {user} GROUP BY user_id")
OF_ONE = ("INSERT INTO notifications (user_id, number, kind, feed_id, about, comment_id, name, people, times, began, seen, "
          "created_at) SELECT {user}, ROW_NUMBER() OVER (ORDER BY id), id % 2, id, 0, NULL, author, 3, 3, 1, id % 2, created_at "
          f"FROM (SELECT * FROM posts WHERE deleted_at IS NULL ORDER BY id DESC LIMIT {OWN}) newest")
OWN_COUNTER = ("DELETE FROM notification_counters WHERE user_id = {user}",
               f"INSERT INTO notification_counters (user_id, last_number) VALUES ({{user}}, {OWN})")


def telling(given, node):
    """µs of the node's processor for each like and comment, told and not, round by round in turn."""
    people = People(node.address)
    told, untold, *others = people.make(GUESTS + 2)
    people.do(untold, "PATCH", "/api/v1/users/me/settings", OFF)
    found = {}
    for _ in range(given.rounds + 1):  # the first warms up
        for name, author in (("told", told), ("not told", untold)):
            posts = [people.do(author, "POST", "/api/v1/feeds", {"content": "좋아요"}, 201)["data"]["feedId"] for _ in range(POSTS)]
            for what in ("like", "comment"):
                began = cpu_nanoseconds(node.pid)
                for post in posts:
                    for other in others:
                        if what == "like":
                            people.do(other, "PUT", f"/api/v1/feedLikes/{post}")
                        else:
                            people.do(other, "POST", "/api/v1/comments", {"feedId": post, "content": "잘 읽었습니다"}, 201)
                each = (cpu_nanoseconds(node.pid) - began) / 1000 / len(posts) / len(others)
                found.setdefault((what, name), []).append(each)
    middle = {key: statistics.median(values[1:]) for key, values in found.items()}
    return [[what, f"{middle[what, 'not told']:.1f}", f"{middle[what, 'told']:.1f}",
             f"{middle[what, 'told'] / middle[what, 'not told'] - 1:+.0%}"] for what in ("like", "comment")]


def fill(run, user):
    run(FILL)
    run(COUNTERS.format(user=user))
    run("DELETE FROM notifications WHERE user_id = {0}".format(user))
    run(OF_ONE.format(user=user))
    for statement in OWN_COUNTER:
        run(statement.format(user=user))


def lists(given, name, node, run, vacuum):
    guest = Browser(node)
    guest.sign_in_as_guest()
    fill(run, guest.me()["userId"])
    vacuum()
    count = run("SELECT COUNT(*) FROM notifications")[0][0]
    headers = session_headers(guest)
    rows = []
    cases = (("newest 20", "/api/v1/notifications?size=20"), ("oldest 20", "/api/v1/notifications?size=20&lastNotificationId=21"),
             ("one, for the number", "/api/v1/notifications?size=1"), ("a feed page of 10, beside it", "/api/v1/feeds?size=10"))
    for connections in (1, 64):
        measured = load.compare(given.rounds, [
            lambda target=target: load.run(node.url + target, connections, given.seconds, headers, patience=10) for _, target in cases])
        rows += [[name, count, what, connections, f"{one.per_second:.0f}", f"{one.p50_ms:.2f}", f"{one.p99_ms:.2f}"]
                 for (what, _), one in zip(cases, measured)]
    return rows


def on_sqlite(given, place):
    def bring_data(topology):
        topology.core.start()
        topology.core.stop()
        shutil.copyfile(given.database, topology.database_file())
        topology.sql("DELETE FROM known_keys")
        topology.sql("DELETE FROM sealed_keys")

    with service(given.binary, place / "sqlite", before_start=bring_data) as topology:
        return lists(given, "SQLite", topology.core, topology.sql, lambda: topology.sql("ANALYZE"))


def on_mariadb(given, place):
    server = MariaDb(place / "m", "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=256M").start()
    node = None
    try:
        data = place / "data"
        where = [f"--database={server.create_database('feed')}", f"--database-password-file={server.password_file}"]
        code, _, errors = run_cli(given.binary, "backup", "restore", given.backup, f"--data-dir={data}", *where, timeout=1800)
        assert code == 0, errors
        node = Node(given.binary, "all", data, "--role=all", *where, *UNLIMITED)
        node.start()
        return lists(given, "MariaDB", node, lambda statement: server.sql(statement, "feed"),
                     lambda: server.sql("ANALYZE TABLE notifications, posts, accounts", "feed"))
    finally:
        if node is not None:
            node.stop()
        server.stop()


def main():
    given = arguments(__doc__, database=("", "an SQLite feed; without it only what telling costs is measured"),
                      backup=("", "a backup of the same, for MariaDB"))
    heading("Notifications")
    with folder() as place:
        with service(given.binary, place / "telling") as topology:
            table(["of the node's processor, µs each", "not told", "told", "more"], telling(given, topology.core))
        rows = (on_sqlite(given, place) if given.database else []) + (on_mariadb(given, place) if given.backup else [])
        if rows:
            table(["database", "notifications", "page", "connections", "pages/s", "p50 ms", "p99 ms"], rows)


if __name__ == "__main__":
    main()
