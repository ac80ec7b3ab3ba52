#!/usr/bin/python3
"""What a feed page costs who blocks and mutes others, hides posts and words, has a stream of notifications open and is counted by
the limits, beside the same page for who does nothing of it, without limits. Each in turn, over and over: of the processor's time the least
counts, which is hardly disturbed by what else the machine does."""

import shutil
from contextlib import ExitStack

from measure import arguments, load
from measure.feed import forget_keys, newest_and_middle
from measure.listeners import listeners
from measure.machine import cpu_nanoseconds, heading, table
from measure.people import People
from measure.service import COUNTED, UNLIMITED, folder, service

from harness.node import run_cli
from harness.waiting import eventually

PATH = "/api/v1/notifications/stream"
OTHERS, POSTS = 20, 20  # whom one blocks, and mutes as many; posts one is not interested in
WORDS = [f"{first}{second}단어" for first in "숨긴다른낱말" for second in "가나다라"][:20]  # in none of the texts
MORE_WORDS = [f"{first}{second}단어" for first in "가나다라마바사아자차" for second in "거너더러머버서어저처"]
MOST = 1000


def turn_away(topology, people, who, others, words, posts):
    """Of the accounts with the lowest ids, every 40th wrote something that lies in any page of 40."""
    me = people.do(who, "GET", "/api/v1/users/me")["data"]["userId"]
    authors = [row[0] for row in topology.sql(f"SELECT DISTINCT user_id FROM posts WHERE id < 900000 LIMIT {2 * others}")]
    for kind, (first, last) in {0: (0, others), 1: (others, 2 * others)}.items():
        for author in authors[first:last]:
            people.do(who, "PUT", f"/api/v1/{('blocks', 'mutes')[kind]}/{author}", status=204)
    if words:
        people.do(who, "PUT", "/api/v1/hidden-words", {"words": words}, 204)
    newest = people.do(who, "GET", "/api/v1/feeds?size=50")["data"]["feeds"]
    for post in newest[10:10 + posts]:
        people.do(who, "PUT", f"/api/v1/feeds/{post['feedId']}/hidden", status=204)
    return me


def measure(given, cases):
    """Pages a second and µs of the node's processor for a page, each in turn."""
    found = [([], []) for _ in cases]
    for _ in range(given.rounds):
        for (seconds, each), (node, who, target) in zip(found, cases):
            before = cpu_nanoseconds(node.pid)
            done = load.run(node.url + target, given.connections, given.seconds, {"Cookie": who})
            each.append((cpu_nanoseconds(node.pid) - before) / 1000 / done.requests)
            seconds.append(done)
    return [(load.median(seconds), min(each)) for seconds, each in found]


def with_index(given, place):
    """The data set with its index of searches: else the nodes make it meanwhile, each at another pace."""
    place.mkdir()
    file = place / "feed.db"
    shutil.copyfile(given.database, file)
    forget_keys(file)
    where = (f"--data-dir={place / 'data'}", f"--database=sqlite:{file}")
    for command in (("db", "migrate"), ("jobs", "run", "search-seal")):
        code, out, errors = run_cli(given.binary, *command, *where, timeout=600)
        assert code == 0, (out, errors)
    return file


def main():
    given = arguments(__doc__, database=("", "an SQLite file filled by generate_feed.py (required); it is copied"),
                      connections=(16, "of the load"))
    if not given.database:
        raise SystemExit("--database: make one with benchmarks/generate_feed.py, see README.md")
    heading("A feed page of ten for who turns away from others")

    rows = []
    with folder() as place, ExitStack() as services:
        made = with_index(given, place / "made")

        def bring_data(topology):
            topology.core.start()
            topology.core.stop()
            shutil.copyfile(made, topology.database_file())
            forget_keys(topology.database_file())

        off, on = (services.enter_context(service(given.binary, place / name, before_start=bring_data, core_options=options))
                   for name, options in (("off", UNLIMITED), ("on", COUNTED)))
        for topology in (off, on):
            eventually(lambda: topology.service.refresh_assets(topology.core).status == 200, "refreshed", limit=120)  # noqa: B023
        nobody = People(off.core.address).make(1)[0]
        people = People(on.core.address)
        counted, blocks, hides, words, all_of_it, most = people.make(6)
        turn_away(on, people, blocks, OTHERS, [], 0)
        turn_away(on, people, hides, 0, [], POSTS)
        turn_away(on, people, words, 0, WORDS, 0)
        turn_away(on, people, all_of_it, OTHERS, WORDS, POSTS)
        turn_away(on, people, most, MOST, MORE_WORDS, 40)
        request = f"GET {PATH} HTTP/1.1\r\nHost: {on.core.url[7:]}\r\nCookie: {all_of_it}\r\n\r\n".encode()
        with listeners(b"event: unread") as them:
            them.open(on.core.address, [request])
            for page, target in newest_and_middle(on.database_file()).items():
                cases = {"nothing, no limits": (off, nobody), "counted by the limits": (on, counted),
                         f"and {OTHERS} blocked, {OTHERS} muted": (on, blocks), f"or {POSTS} posts hidden": (on, hides),
                         f"or {len(WORDS)} words": (on, words), "and all of these, and a stream": (on, all_of_it),
                         f"as much as one may ({MOST} each, {len(MORE_WORDS)} words)": (on, most)}
                found = measure(given, [(topology.core, who, target) for topology, who in cases.values()])
                least = found[0]
                rows += [[page, what, f"{rate.per_second:.0f}", f"{rate.per_second / least[0].per_second - 1:+.0%}", f"{cpu:.1f}",
                          f"{cpu / least[1] - 1:+.0%}"] for what, (rate, cpu) in zip(cases, found)]
    table(["page", "reader", "pages/s", "more or less", "of the node's processor, µs each, least", "more"], rows)


if __name__ == "__main__":
    main()
