#!/usr/bin/python3
"""When the feed is there to see, from Chromium's trace, with the processor slowed: first contentful paint, first post."""

import statistics
from contextlib import contextmanager

from measure import arguments
from measure.chromium import Chromium
from measure.machine import heading, table
from measure.service import folder, service
from measure.visits import POST, traced, watch_for

# What Chromium's own tools call slow 4G: a cheap phone's usual network.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}


class Visits:
    """Runs of one kind of visit: milliseconds to the paint and to the first post."""

    def __init__(self, name):
        self.name = name
        self.paints, self.posts = [], []

    def add(self, times):
        self.paints.append(times[0])
        self.posts.append(times[1])

    def row(self):
        return [self.name, len(self.paints), *(f"{value:.0f}" for times in (self.paints, self.posts)
                                               for value in (statistics.median(times), min(times), max(times)))]


@contextmanager
def slowed(place, topology, guest, given, sign, network):
    """A browser that was never here, signed in, on a slow processor."""
    with Chromium(place) as browser:
        browser.take_cookies(topology.core.url, guest.jar, guest.get("/api/v1/users/me").data["userId"])
        watch_for(browser, sign)
        browser.call("Emulation.setCPUThrottlingRate", rate=given.slower)
        if network:
            browser.call("Network.emulateNetworkConditions", **network)
        yield browser


def main():
    given = arguments(__doc__, slower=(4, "how many times slower the processor is made"),
                      runs=(9, "visits of each kind"))
    heading("Time to see the feed")
    with folder() as place, service(given.binary, place / "service", pinned=False) as topology:
        seeded = topology.cli("demo", "seed")
        assert seeded[0] == 0, seeded
        guest = topology.guest()
        feed, plain = topology.core.url + "/", topology.core.url + "/api/docs"
        kinds = []
        for network_name, network in (("loopback", None), ("slow 4G", SLOW_4G)):
            first, again = (Visits(f"{which} visit, {network_name}") for which in ("first", "second"))
            floor = Visits(f"a page without script, {network_name}")
            kinds += [first, again, floor]
            for run in range(given.runs):
                profile = place / f"{network_name}-{run}"
                with slowed(profile, topology, guest, given, POST, network) as browser:
                    first.add(traced(browser, feed))
                    again.add(traced(browser, feed))
                with slowed(profile.with_suffix(".plain"), topology, guest, given, "h1", network) as browser:
                    floor.add(traced(browser, plain))
    table(["visit", "runs", "first paint ms", "least", "most", "first post ms", "least", "most"],
          [kind.row() for kind in kinds])


if __name__ == "__main__":
    main()
