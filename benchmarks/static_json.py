#!/usr/bin/python3
"""A small answer from memory, served by the I/O thread itself, against nginx with a file of the same bytes."""

from measure import arguments, load
from measure.machine import heading, table
from measure.nginx import Nginx
from measure.service import folder, service

from harness.wire import call

CANDIDATES = ["/api/jwks.json", "/msa/auth/api/jwks.json", "/"]
GOAL = 2048


def closest_to_goal(node):
    answers = {path: call(node.address, "GET", path) for path in CANDIDATES}
    sizes = {path: len(answer.body) for path, answer in answers.items() if answer.status == 200}
    return min(sizes, key=lambda path: abs(sizes[path] - GOAL))


def main():
    given = arguments(__doc__, path=("", "which answer; default: the built-in one closest to 2 KB"),
                      connections=(64, "of wrk"))
    heading("Small answer from memory")
    with folder() as place, service(given.binary, place / "service") as topology:
        path = given.path or closest_to_goal(topology.core)
        content = call(topology.core.address, "GET", path).body
        with Nginx(place / "nginx", content) as nginx:
            ours, theirs = load.compare(given.rounds, [
                lambda url=url: load.run(url, given.connections, given.seconds)
                for url in (topology.core.url + path, nginx.url)])
    table(["server", "answer", "bytes", "connections", "requests/s", "of nginx", "p50 ms", "p99 ms"], [
        [name, path, len(content), given.connections, f"{found.per_second:.0f}",
         f"{found.per_second / theirs.per_second:.0%}", f"{found.p50_ms:.2f}", f"{found.p99_ms:.2f}"]
        for name, found in (("dontgoback", ours), ("nginx, static file", theirs))])


if __name__ == "__main__":
    main()
