#!/usr/bin/python3
"""What the limits cost a request: with every share looked at and taken of, and with none."""

from pathlib import Path

from measure import arguments, load
from measure.machine import heading, table
from measure.service import COUNTED, UNLIMITED, folder, service, session_headers

SCRIPT = Path(__file__).with_name("writes.lua")
CASES = (("a small read", "/api/v1/users/me", None, 1), ("a small read", "/api/v1/users/me", None, 64),
         ("a post", "/api/v1/feeds", SCRIPT, 32))


def main():
    given = arguments(__doc__)
    heading("What the limits cost a request")
    rows = []
    with folder() as place, service(given.binary, place / "off", core_options=UNLIMITED) as off, \
            service(given.binary, place / "on", core_options=COUNTED) as on:
        people = [(topology.core.url, session_headers(topology.guest())) for topology in (off, on)]
        for what, path, script, connections in CASES:
            without, with_limits = load.compare(given.rounds, [
                lambda url=url, headers=headers: load.run(url + path, connections, given.seconds, headers, script)
                for url, headers in people])
            each = 1e6 / with_limits.per_second - 1e6 / without.per_second
            rows.append([what, connections, f"{without.per_second:.0f}", f"{with_limits.per_second:.0f}",
                         f"{with_limits.per_second / without.per_second:.1%}", f"{each:+.2f}"])
    table(["request", "connections", "requests/s without", "with", "of it", "µs more each"], rows)


if __name__ == "__main__":
    main()
