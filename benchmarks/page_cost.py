#!/usr/bin/python3
"""What the page costs the program: resident memory and size with it, and of a build without it (-DDONTGOBACK_WEB=OFF)."""

import shutil
import statistics
import subprocess
import time
from pathlib import Path

from measure import ROOT, arguments
from measure.machine import heading, table
from measure.service import folder, service

from harness.wire import call
from memory_start import SETTLE, memory

STARTS = 5


def stripped(binary, place):
    copy = place / "stripped"
    shutil.copy(binary, copy)
    subprocess.run(["strip", str(copy)], check=True)
    return copy.stat().st_size


def whole_page(node, topology):
    """Every file of the page and its addresses, in each coding that browsers ask for; how many there are."""
    routes = topology.cli_json("routes", "list")
    files = [route["path"] for route in routes if route["lane"] == "inline" and "{" not in route["path"]
             and not route["path"].startswith("/msa/")]
    for path in files:
        for coding in ("br", "gzip", "identity"):
            call(node.address, "GET", path, headers={"Accept-Encoding": coding})
    return len(files)


def measured(binary, place):
    """Medians over some starts: idle, and after every file was asked for."""
    idle, served, count = [], [], 0
    for start in range(STARTS):
        with service(binary, place / f"{start}", pinned=False) as topology:
            time.sleep(SETTLE)
            idle.append(memory(topology.core.pid))
            count = whole_page(topology.core, topology)
            served.append(memory(topology.core.pid))
    return [[statistics.median(column) for column in zip(*rows)] for rows in (idle, served)], count


def main():
    given = arguments(__doc__, without=(ROOT / "build" / "plain" / "dontgoback", "the build without the page"))
    if not Path(given.without).exists():
        raise SystemExit(f"{given.without} is not there: cmake --preset release -B build/plain -DDONTGOBACK_WEB=OFF "
                         "&& cmake --build build/plain")
    heading("What the page adds")
    rows, numbers = [], []
    with folder() as place:
        for name, binary in (("with the page", given.binary), ("without", given.without)):
            ((rss, anonymous), (rss_after, anonymous_after)), files = measured(binary, place / name)
            size = stripped(binary, place)
            numbers.append((size / 1e6, rss, anonymous, rss_after, anonymous_after))
            rows.append([name, files, *(f"{number:.2f}" for number in numbers[-1])])
    rows.append(["added", "", *(f"{ours - theirs:.2f}" for ours, theirs in zip(*numbers))])
    table(["build", "addresses", "stripped, 10^6 bytes", "VmRSS MB, idle", "RssAnon", "VmRSS, each file served", "RssAnon"],
          rows)


if __name__ == "__main__":
    main()
