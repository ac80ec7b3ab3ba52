#!/usr/bin/python3
"""Exports of a guest's posts: how long, and how much memory over idle, for a reader who takes all at once and one of 1 MB/s."""

import http.client
import time

from measure import arguments
from measure.machine import cpu_seconds, heading, table
from measure.service import folder, service

from harness.exports import EXPORT, write_much

BUDGET = 5  # MB over idle, whatever the length and however slow the reader
PIECE = 64 * 1024
SLOW = 1_000_000  # bytes a second


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        sizes = dict(line.split()[:2] for line in status if line.startswith(("VmRSS", "RssAnon")))
    return {name.rstrip(":"): int(size) / 1024 for name, size in sizes.items()}


def download(topology, guest, rate=None):
    """Bytes, seconds, CPU seconds, and the most of each memory that was seen."""
    node = topology.core
    connection = http.client.HTTPConnection(*node.address, timeout=120)
    began, used, most, total = time.monotonic(), cpu_seconds(node.pid), {}, 0
    connection.request("GET", EXPORT, headers={"Cookie": guest.cookie_header(EXPORT)})
    response = connection.getresponse()
    assert response.status == 200, response.status
    while piece := response.read(PIECE):
        total += len(piece)
        now = resident(node.pid)
        most = {name: max(size, most.get(name, 0)) for name, size in now.items()}
        if rate:
            time.sleep(max(0, began + total / rate - time.monotonic()))
    connection.close()
    return total, time.monotonic() - began, cpu_seconds(node.pid) - used, most


def measure(topology, posts, rate=None):
    guest = topology.guest()
    write_much(topology, guest.me()["userId"], posts)
    topology.sql("PRAGMA wal_checkpoint(TRUNCATE)")  # a log of the whole load would be mapped while it is read
    guest.me()
    before = resident(topology.core.pid)
    total, seconds, cpu, most = download(topology, guest, rate)
    over = {name: most[name] - size for name, size in before.items()}
    reader = f"{rate / 1e6:g} MB/s" if rate else "takes all"
    return [f"{posts:,}", reader, f"{total / 1e6:.1f}", f"{seconds:.1f}", f"{cpu:.1f}", f"{over['VmRSS']:.1f}",
            f"{over['RssAnon']:.1f}"]


def main():
    given = arguments(__doc__, posts=(100_000, "of the largest export"))
    heading("Exports")
    with folder() as place:
        rows = []
        for number, (posts, rate) in enumerate([(0, None), (given.posts // 100, None), (given.posts // 10, None),
                                                (given.posts, None), (given.posts, SLOW)]):
            with service(given.binary, place / str(number)) as topology:
                rows.append(measure(topology, posts, rate))
    table(["posts", "reader", "MB", "seconds", "CPU seconds", "VmRSS over idle, MB", "RssAnon over idle, MB"], rows)
    print(f"The budget is {BUDGET} MB over idle. Each row is a node's first export, so that what the library takes is in it: "
          "that of no posts. Posts are 600 hexadecimal digits, packed to half.")


if __name__ == "__main__":
    main()
