#!/usr/bin/python3
"""What phones send over gRPC, each answer on disk, bearer tokens judged, among a million walkers: unary RecordSteps, 32
under way over 8 connections, of walkers in their order and of anyone; one at a time; and walk.v1 in messages of ten updates:
64 under way from a thousand walkers with a stream each, 32 from anyone, on a stream of its own each. Beside gRPC's own
health check of the same server in the same minute. Server and load share the two cores, and no limit is lifted that a phone
meets. Give a disk by TMPDIR: on a tmpfs nothing is made durable."""

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


UPDATES = 10  # of a message
STREAMS = 1000
CONNECTIONS = 8


def load(node, tokens, seconds, what, connections=CONNECTIONS, under_way=4, updates=1, streams=0):
    before = cpu_seconds(node.pid)
    done = subprocess.run([PROGRAMS / "record_steps_load", str(node.grpc[1]), tokens, str(connections), str(under_way),
                           str(seconds), what, str(updates), str(streams)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    found["serverMicroseconds"] = (cpu_seconds(node.pid) - before) * 1e6 / max(1, found["calls"])
    found["updates"] = found["perSecond"] * updates
    assert found["failed"] == 0, found
    return found


# What is measured: its name, how, and the limits of updates a second and of milliseconds.
KINDS = (
    ("RecordSteps, 32 under way", {"what": "steps"}, "22 000", "p99 10"),
    ("RecordSteps of anyone, 32 under way", {"what": "steps-random"}, "22 000", "p99 10"),
    ("RecordSteps, one at a time", {"what": "steps", "connections": 1, "under_way": 1}, "", "p50 0.5"),
    ("walk.v1, a thousand streams", {"what": "streams", "under_way": 8, "updates": UPDATES, "streams": STREAMS // CONNECTIONS},
     "100 000", "p99 30"),
    ("walk.v1 of anyone, a stream a message", {"what": "message-random", "updates": UPDATES}, "60 000", "p99 30"),
    ("health check, 32 under way", {"what": "health"}, "", ""),
)


def row(name, rounds, least, most):
    middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
    return [name, f"{middle['perSecond']:.0f}", f"{middle['updates']:.0f}", least, f"{middle['p50']:.2f}", f"{middle['p99']:.2f}",
            most, f"{middle['serverMicroseconds']:.0f}", f"{middle['loadMicroseconds']:.1f}"]


def main():
    given = arguments(__doc__, default_binary=ROOT / "build" / "benchmarks" / "dontgoback", walkers=(1_000_000, "walkers"))
    heading("RecordSteps and walk.v1")
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
            load(node, tokens, 2, "steps")  # opens what is opened once
            measured = {name: [] for name, *_ in KINDS}
            loaded = None
            for _ in range(given.rounds):
                for name, how, *_ in KINDS:
                    measured[name].append(load(node, tokens, given.seconds, **how))
                    loaded = loaded or resident(node)
            after = resident(node)
        finally:
            node.stop()
    table(["call", "a second", "updates a second", "at least", "p50 ms", "p99 ms", "at most", "µs of the server each",
           "µs of the load each (at most 10 a unary call)"],
          [row(name, measured[name], least, most) for name, _, least, most in KINDS])
    table(["resident with gRPC, idle, MB", "after RecordSteps, MB", "at most", "after all, MB"],
          [[f"{idle:.1f}", f"{loaded:.1f}", 25, f"{after:.1f}"]])


if __name__ == "__main__":
    main()
