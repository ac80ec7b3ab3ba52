#!/usr/bin/python3
"""Posts a second, each on disk before it is answered, by the number of clients that write at once."""

from pathlib import Path

from measure import arguments, load
from measure.machine import disk_of, heading, syncs_per_second, table
from measure.service import folder, service, session_headers

SCRIPT = Path(__file__).with_name("writes.lua")


def main():
    given = arguments(__doc__)
    heading("Durable writes")
    rows = []
    with folder() as place:
        syncs = syncs_per_second(place)
        disk = disk_of(place)
        with service(given.binary, place / "service") as topology:
            headers = session_headers(topology.guest())
            for connections in (1, 32, 128):
                found = load.median([load.run(topology.core.url + "/api/v1/feeds", connections, given.seconds, headers,
                                              SCRIPT) for _ in range(given.rounds)])
                rows.append([connections, f"{found.per_second:.0f}", f"{found.per_second / syncs:.1f}",
                             f"{found.p50_ms:.2f}", f"{found.p99_ms:.2f}"])
            ((stored,),) = topology.sql("SELECT COUNT(*) FROM posts")
    print(f"disk: {disk}, {syncs:.0f} synced appends of 4 KB a second by one thread: the limit of writing one by one\n")
    table(["connections", "posts/s", "posts a sync of the disk", "p50 ms", "p99 ms"], rows)
    print(f"{stored} posts stored")


if __name__ == "__main__":
    main()
