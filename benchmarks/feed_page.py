#!/usr/bin/python3
"""A feed page of ten over HTTP, newest and deep in the past, against nginx with a file of the same size."""

import shutil
import sqlite3
from contextlib import closing

from measure import arguments, load
from measure.feed import forget_keys
from measure.machine import heading, table
from measure.nginx import Nginx
from measure.service import folder, service, session_headers

from harness.waiting import eventually


def positions(database):
    """`lastFeedId` of the pages to ask for."""
    with closing(sqlite3.connect(database)) as connection:
        (newest,) = connection.execute("SELECT MAX(id) FROM posts").fetchone()
        (count,) = connection.execute("SELECT COUNT(*) FROM posts").fetchone()
    return {"newest": 0, "middle": newest // 2, "oldest": 100}, count


def main():
    given = arguments(__doc__, database=("", "an SQLite file filled by generate_feed.py (required); it is copied"))
    if not given.database:
        raise SystemExit("--database: make one with benchmarks/generate_feed.py, see README.md")
    heading("Feed page of ten")

    def bring_data(topology):
        # A first start makes the keys and says what the file is called; then the data set takes its place.
        topology.core.start()
        topology.core.stop()
        shutil.copyfile(given.database, topology.database_file())
        forget_keys(topology.database_file())

    rows = []
    with folder() as place, service(given.binary, place / "service", before_start=bring_data) as topology:
        # The daily refresh that the data set's accounts have missed must not run beside the measurement.
        eventually(lambda: topology.service.refresh_assets(topology.core).status == 200, "refreshed", limit=120)
        guest = topology.guest()
        pages, count = positions(topology.database_file())
        headers = session_headers(guest)
        for name, last in pages.items():
            target = f"/api/v1/feeds?lastFeedId={last}&size=10"
            content = guest.get(target).body
            with Nginx(place / f"nginx-{name}", content) as nginx:
                for connections in (1, 64):
                    ours, theirs = load.compare(given.rounds, [
                        lambda: load.run(topology.core.url + target, connections, given.seconds, headers),
                        lambda: load.run(nginx.url, connections, given.seconds, headers)])
                    rows.append([name, len(content), connections, f"{ours.per_second:.0f}",
                                 f"{theirs.per_second:.0f}", f"{ours.per_second / theirs.per_second:.0%}",
                                 f"{ours.p50_ms:.2f}", f"{ours.p99_ms:.2f}"])
    print(f"{count} posts\n")
    table(["page", "bytes", "connections", "pages/s", "nginx/s", "of nginx", "p50 ms", "p99 ms"], rows)


if __name__ == "__main__":
    main()
