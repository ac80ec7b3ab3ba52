#!/usr/bin/python3
"""What somebody waits for on slow 3G with a slow phone: sign-in, the feed, a second visit, a like; and what moves meanwhile."""

from contextlib import contextmanager

from measure import arguments
from measure.chromium import Chromium
from measure.machine import heading, table
from measure.service import folder, service
from measure.visits import POST, watch_for

# What Chromium's own tools and Lighthouse called slow 3G before they slowed it further: 400 kbit/s, 400 ms a round trip.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 400e3 / 8, "uploadThroughput": 400e3 / 8}
START = "#look-around:not([disabled])"
LIMITS = {"sign-in usable": 3500, "feed after guest": 2500, "second visit": 1300, "like": 200}
SIZES = {"phone": (390, 844, True), "desktop": (1280, 800, False)}

# What moves without having been asked to, as Chromium counts it (Layout Instability API).
SHIFTS = """
self.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const what = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 60) ?? node?.nodeName).join(' ');
    self.shifts.push([entry.value, what]);
  }
}).observe({ type: 'layout-shift', buffered: true });
"""
# Answers the milliseconds from doing something to the frame in which it is seen.
DO = """
new Promise((done) => {
  const began = performance.now();
  const look = () => document.querySelector(%s)
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
    : requestAnimationFrame(look);
  document.querySelector(%s).click();
  look();
})
"""


def done(browser, click, shown):
    answer = browser.call("Runtime.evaluate", expression=DO % (repr(shown), repr(click)), awaitPromise=True,
                          returnByValue=True)
    return answer["result"]["value"]


def arrived(browser, url, quiet=1.0):
    """Goes there; milliseconds from the start of the navigation until what is watched for is seen."""
    browser.visit(url)
    browser.wait(lambda: browser.evaluate("performance.getEntriesByName('shown').length"), f"{url} is shown")
    shown = browser.evaluate("performance.getEntriesByName('shown')[0].startTime")
    browser.settle(quiet)
    return shown


@contextmanager
def slowed(place, slower, size="phone"):
    """A browser that was never here, on a slow processor and network."""
    width, height, mobile = SIZES[size]
    with Chromium(place) as browser:
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        browser.call("Emulation.setCPUThrottlingRate", rate=slower)
        browser.call("Network.emulateNetworkConditions", **SLOW_3G)
        browser.call("Page.addScriptToEvaluateOnNewDocument", source=SHIFTS)
        yield browser


def visits(place, url, slower):
    """One guest's: they come, look around, like, and come again. Name → milliseconds."""
    times = {}
    with slowed(place, slower) as browser:
        watch_for(browser, START)
        times["sign-in usable"] = arrived(browser, url)
        times["feed after guest"] = done(browser, START, POST)
        # What is loaded behind what is seen, the service worker's too.
        browser.settle(3)
        with browser.workers() as workers:
            for worker in workers:
                worker("Network.emulateNetworkConditions", **SLOW_3G)
            times["like"] = done(browser, "article button[aria-pressed=false]", "article button[aria-pressed=true]")
            browser.settle(3)
            watch_for(browser, POST)
            times["second visit"] = arrived(browser, url)
    return times


def screens(topology, guest):
    """Address → what is watched for on it."""
    post = guest.get("/api/v1/feeds").data["feeds"][0]
    feeds = [POST, "/", "/popular", "/search?q=%EC%98%A4%EB%8A%98", f"/profile/{post['userId']}"]
    found = {path: POST for path in feeds[1:]}
    found |= {path: "main h1, main h2, main p" for path in (
        f"/post/{post['feedId']}", "/notifications", "/settings", "/settings/hiding", "/acts", "/today", "/about", "/terms",
        "/privacy", "/login", "/walk", "/nowhere")}
    return found


def main():
    given = arguments(__doc__, slower=(4, "how many times slower the processor is made"), runs=(7, "visits"))
    heading("What somebody waits for on slow 3G")
    with folder() as place, service(given.binary, place / "service", pinned=False) as topology:
        seeded = topology.cli("demo", "seed")
        assert seeded[0] == 0, seeded
        url = topology.core.url
        runs = [visits(place / f"visit-{run}", url + "/", given.slower) for run in range(given.runs)]
        rows = []
        for name, limit in LIMITS.items():
            of = sorted(run[name] for run in runs)
            rows.append([name, len(of), *(f"{value:.0f}" for value in (of[0], of[len(of) // 2], of[-1])), limit])
        table(["until", "runs", "least ms", "median", "most", "limit"], rows)

        guest = topology.guest()
        moved = []
        for size in SIZES:
            with slowed(place / size, given.slower, size) as browser:
                browser.take_cookies(url, guest.jar, guest.get("/api/v1/users/me").data["userId"])
                for path, sign in screens(topology, guest).items():
                    watch_for(browser, sign)
                    arrived(browser, url + path, 2)
                    shifts = browser.evaluate("self.shifts")
                    moved.append([size, path, f"{sum(value for value, _ in shifts):.4f}",
                                  " · ".join(what.replace("|", "") for _, what in shifts) and f"`{shifts[0][1]}`"])
        table(["size", "screen", "layout shift", "what moved"], moved)


if __name__ == "__main__":
    main()
