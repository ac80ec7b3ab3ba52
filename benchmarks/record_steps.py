#!/usr/bin/python3
"""Durable RecordSteps over gRPC, each call another walker of a million, its bearer token judged: 32 under way over 8
connections, and one at a time; beside gRPC's own health check of the same server in the same minute. Server and load share
the two cores. Give a disk by TMPDIR: on a tmpfs nothing is made durable."""

import json
import statistics
import subprocess

from measure import ROOT, arguments
from measure.machine import cpu_seconds, disk_of, heading, syncs_per_second, table
from measure.service import UNLIMITED, folder

from harness.node import Node, run_cli

PROGRAMS = ROOT / "build" / "benchmarks" / "benchmarks"


def resident(node):
    with open(f"/proc/{node.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def load(node, tokens, connections, streams, seconds, what="steps"):
    before = cpu_seconds(node.pid)
    done = subprocess.run([PROGRAMS / "record_steps_load", str(node.grpc[1]), tokens, str(connections), str(streams),
                           str(seconds), what], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    found["serverMicroseconds"] = (cpu_seconds(node.pid) - before) * 1e6 / max(1, found["calls"])
    assert found["failed"] == 0, found
    return found


def row(name, rounds):
    middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
    return [name, f"{middle['perSecond']:.0f}", f"{middle['p50']:.2f}", f"{middle['p99']:.2f}",
            f"{middle['serverMicroseconds']:.0f}", f"{middle['loadMicroseconds']:.1f}"]


def main():
    given = arguments(__doc__, default_binary=ROOT / "build" / "benchmarks" / "dontgoback", walkers=(1_000_000, "walkers"))
    heading("RecordSteps")
    with folder() as place:
        data = place / "all"
        code, _, errors = run_cli(given.binary, "db", "migrate", f"--data-dir={data}")
        assert code == 0, errors
        tokens = place / "tokens"
        with open(tokens, "wb") as file:
            subprocess.run([PROGRAMS / "record_steps_walkers", data, str(given.walkers)], stdout=file, check=True)
        print(f"Disk: {disk_of(place)}, {syncs_per_second(place):.0f} syncs a second. {given.walkers} walkers.\n")
        node = Node(given.binary, "all", data, "--role=all", "--grpc-listen=127.0.0.1:0", *UNLIMITED)
        node.start()
        try:
            idle = resident(node)
            load(node, tokens, 8, 4, 2)  # opens what is opened once
            measured = {name: [] for name in ("steps", "health", "one")}
            for _ in range(given.rounds):
                measured["steps"].append(load(node, tokens, 8, 4, given.seconds))
                measured["health"].append(load(node, tokens, 8, 4, given.seconds, "health"))
                measured["one"].append(load(node, tokens, 1, 1, given.seconds))
            loaded = resident(node)
        finally:
            node.stop()
    table(["call", "a second", "p50 ms", "p99 ms", "µs of the server each", "µs of the load each"],
          [row("RecordSteps, 32 under way", measured["steps"]), row("health check, 32 under way", measured["health"]),
           row("RecordSteps, one at a time", measured["one"])])
    table(["resident with gRPC, idle, MB", "after it, MB"], [[f"{idle:.1f}", f"{loaded:.1f}"]])


if __name__ == "__main__":
    main()
