#!/usr/bin/python3
"""The daily refresh of many accounts, in one process and over HTTP between three."""

import sqlite3
import time
from contextlib import closing

from measure import arguments
from measure.machine import disk_of, heading, table
from measure.service import folder, service

from harness.waiting import eventually

FIRST, ONE = 10_000_000, 1_000_000_000


def add_accounts(database, count, day):
    """Accounts as they are on the day they are made. Returns the seconds their rows took: a limit for the refresh."""
    now = int(time.time() * 1000)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        with connection:
            connection.executemany(
                "INSERT INTO accounts (id, role, status, amount, multiplier, amount_day, created_at, last_seen_at) "
                "VALUES (?, 1, 0, ?, ?, ?, ?, ?)", ((n, FIRST, ONE, day, now, now) for n in range(1, count + 1)))
        began = time.monotonic()
        with connection:
            connection.executemany(
                "INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at) VALUES (?, ?, ?, ?, ?)",
                ((n, day, FIRST, ONE, now) for n in range(1, count + 1)))
        return time.monotonic() - began


def peak_memory(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def measure(binary, place, split, accounts):
    limit = None

    def bring_data(topology):
        nonlocal limit
        if split:  # core starts alone once, only for its tables
            topology.start_node(topology.auth)
            topology.start_node(topology.extension)
        topology.start_node(topology.core)
        for node in reversed(topology.nodes):
            node.stop()
        day = (topology.today() - type(topology.today())(1970, 1, 1)).days
        limit = add_accounts(topology.database_file(), accounts, day)

    # Not pinned: three processes share both cores, as they would on this machine.
    with service(binary, place, split, bring_data, pinned=False) as topology:
        if split:
            eventually(lambda: topology.service.update_asset(topology.extension, 1, 1, topology.today()).status == 200,
                       "the nodes know each other")
        before = peak_memory(topology.core.pid)
        result = topology.refresh_assets(topology.tomorrow())
        assert (result["success"], result["failed"]) == (accounts, 0), result
        seconds = result["elapsedMs"] / 1000
        again = topology.refresh_assets(topology.tomorrow())
        assert again["failed"] == 0, again
        return [f"{seconds:.2f}", f"{accounts / seconds:.0f}", f"{again['elapsedMs']}", f"{limit:.2f}",
                f"{before:.0f}", f"{peak_memory(topology.core.pid):.0f}"]


def main():
    given = arguments(__doc__, accounts=(100_000, "how many"))
    heading(f"Daily refresh of {given.accounts} accounts")
    with folder() as place:
        print(f"disk: {disk_of(place)}\n")
        rows = [["one process", *measure(given.binary, place / "one", False, given.accounts)],
                ["three processes, HTTP on loopback", *measure(given.binary, place / "three", True, given.accounts)]]
    table(["shape", "seconds", "accounts/s", "second run ms", "limit: inserting the rows only, s",
           "core VmHWM before MB", "after MB"], rows)


if __name__ == "__main__":
    main()
