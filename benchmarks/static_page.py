#!/usr/bin/python3
"""The page's own files, gzipped when it was built, against nginx with the same bytes (gzip_static)."""

import re
import statistics
from urllib.parse import urlsplit

from measure import arguments, load
from measure.machine import cpu_seconds, heading, table
from measure.nginx import Nginx
from measure.service import folder, service

from harness.wire import call

GZIP = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}
# What our answer also says. nginx says it too, so that both write a head of about the same length.
FIELDS = """
    gzip_static on; gzip_vary on; etag on;
    add_header Cache-Control "{cache}";
    add_header X-Content-Type-Options nosniff;
    add_header Referrer-Policy same-origin;
    {policy}
"""


def files_of(node):
    """The shell, and what its head names: the largest script, the smallest, the style sheet."""
    shell = call(node.address, "GET", "/", headers=PLAIN).body.decode()
    named = re.findall(r'<link href="([^"]+)" rel="(?:modulepreload|stylesheet)"', shell)
    sizes = {path: len(call(node.address, "GET", path, headers=GZIP).body) for path in named}
    scripts = sorted((path for path in named if path.endswith(".js")), key=sizes.get)
    return ["/", scripts[-1], scripts[0], next(path for path in named if path.endswith(".css"))]


def peer(place, whole, packed):
    policy = packed.header("Content-Security-Policy")
    more = FIELDS.format(cache=packed.header("Cache-Control"),
                         policy=f'add_header Content-Security-Policy "{policy}";' if policy else "")
    unpacked = packed.header("Content-Encoding") is None
    return Nginx(place, whole.body, None if unpacked else packed.body, packed.header("Content-Type"), more)


class Server:
    """One of the two: how many requests it answered a second, and what a request cost it of its processor."""

    def __init__(self, url, pid):
        self._url, self._pid = url, pid
        self.rates, self._costs = [], []

    def measure(self, given):
        before = cpu_seconds(self._pid)
        found = load.run(self._url, given.connections, given.seconds, headers=GZIP)
        used = cpu_seconds(self._pid) - before
        self.rates.append(found.per_second)
        self._costs.append(used * 1e6 / (found.per_second * given.seconds))

    def cost(self):
        """Microseconds."""
        return statistics.median(self._costs)


def main():
    given = arguments(__doc__, connections=(64, "of wrk"))
    heading("Files of the page")
    rows = []
    with folder() as place, service(given.binary, place / "service") as topology:
        for index, path in enumerate(files_of(topology.core)):
            whole, packed = (call(topology.core.address, "GET", path, headers=which) for which in (PLAIN, GZIP))
            with peer(place / f"nginx-{index}", whole, packed) as nginx:
                address = urlsplit(nginx.url)
                same = call((address.hostname, address.port), "GET", address.path, headers=GZIP)
                assert same.body == packed.body, f"{path}: nginx does not serve the same bytes"
                ours, theirs = Server(topology.core.url + path, topology.core.pid), Server(nginx.url, nginx.pid)
                for _ in range(given.rounds):
                    for server in (ours, theirs):
                        server.measure(given)
            ratios = sorted(our / their for our, their in zip(ours.rates, theirs.rates))
            rows.append([path, len(packed.body), f"{statistics.median(ours.rates):.0f}",
                         f"{statistics.median(theirs.rates):.0f}", f"{statistics.median(ratios):.0%}",
                         f"{ratios[0]:.0%} to {ratios[-1]:.0%}", f"{ours.cost():.1f}", f"{theirs.cost():.1f}",
                         f"{theirs.cost() / ours.cost():.0%}"])
    table(["file", "bytes", "requests/s", "nginx", "of nginx", "in a round", "CPU us a request", "nginx",
           "of nginx by CPU"], rows)


if __name__ == "__main__":
    main()
