#!/usr/bin/python3
"""What a browser that was never here loads: the feed and a profile, compressed bytes by kind and number of requests."""

from measure import arguments
from measure.chromium import Chromium
from measure.machine import heading, table
from measure.service import folder, service
from measure.visits import CHART, POST, loaded, visit, watch_for

KILO = 1000
KINDS = {"Document": "HTML", "Script": "JavaScript", "Stylesheet": "CSS", "Fetch": "API", "Image": "images",
         "Manifest": "other", "Other": "other"}
BUDGETS = {("feed", "JavaScript"): 60, ("feed", "all"): 100, ("profile", "JavaScript"): 120}


def main():
    given = arguments(__doc__)
    heading("Weight of a first visit")
    rows, scripts = [], []
    with folder() as place, service(given.binary, place / "service", pinned=False) as topology:
        seeded = topology.cli("demo", "seed")
        assert seeded[0] == 0, seeded
        guest = topology.guest()
        author = guest.get("/api/v1/feeds").data["feeds"][0]["userId"]
        for name, path, sign in (("feed", "/", POST), ("profile", f"/profile/{author}", CHART)):
            with Chromium(place / name) as browser:
                browser.take_cookies(topology.core.url, guest.jar, guest.get("/api/v1/users/me").data["userId"])
                watch_for(browser, sign)
                visit(browser, topology.core.url + path)
                found = loaded(browser)
            sizes = {}
            for kind, files in found.items():
                sizes.setdefault(KINDS.get(kind, "other"), []).extend(size for _, size in files)
            scripts += [[name, file, size] for file, size in found["Script"]]
            sizes["all"] = [size for found in sizes.values() for size in found]
            for kind, files in sorted(sizes.items(), key=lambda each: (each[0] == "all", each[0])):
                rows.append([name, kind, len(files), f"{sum(files) / KILO:.1f}", BUDGETS.get((name, kind), "")])
    table(["screen", "kind", "requests", "compressed KB", "budget"], rows)
    table(["screen", "script", "compressed bytes"], scripts)


if __name__ == "__main__":
    main()
