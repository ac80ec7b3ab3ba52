#!/usr/bin/python3
"""Resident memory of an idle node, and the time from its start to its ready line, for each role: with nothing configured, with
a Redis, pushes and both; where walk runs, with gRPC served and, in the role `extension`, without walk."""

import os
import signal
import statistics
import subprocess
import time

from measure import arguments
from measure.machine import heading, table
from measure.service import folder

from harness.redis import Redis
from harness.secrets import known_secrets

BUDGETS = {"all": (16, 4), "auth": (11, 2.5), "core": (16, 4), "extension": ("", "")}  # MB, architecture; core's as all's
MS = 30  # the same, on an existing database
GRPC = ["--grpc-listen=127.0.0.1:0"]
PUSH = ["--push-contact=mailto:push@dontgoback.example"]
AUTH, EXTENSION = "--auth-url=http://127.0.0.1:9", "--extension-url=http://127.0.0.1:9"  # nobody is there
SETTLE = 3  # seconds: start-up is over, the first timers have run


def start(binary, role, data_dir, options=()):
    """A node on the data directory, and the milliseconds until it said that it is ready."""
    secret = data_dir.parent / "secret"
    known_secrets.make_file(secret)
    more = {"core": [AUTH, EXTENSION, "--client-id=core", f"--client-secret-file={secret}"],
            "extension": [AUTH]}.get(role, [])
    began = time.monotonic()
    process = subprocess.Popen(
        [str(binary), "serve", f"--role={role}", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
         f"--data-dir={data_dir}", *more, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout.readline().startswith(b"ready "), f"{role} did not start"
    return process, (time.monotonic() - began) * 1000


def stop(process):
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))


def main():
    given = arguments(__doc__)
    heading("Idle memory and start")
    rows = []
    with folder() as place:
        redis = Redis(place / "redis").start()
        shared = {"nothing": [], "`--redis`": redis.node_options, "push": PUSH, "both": [*redis.node_options, *PUSH]}
        cases = {"all": {**shared, "gRPC": GRPC}, "core": shared, "auth": {"nothing": []},
                 "extension": {"`--modules=extension`": ["--modules=extension"], "nothing: with walk": [], "gRPC": GRPC}}
        try:
            for role, configured in cases.items():
                rss_budget, anon_budget = BUDGETS[role]
                stop(start(given.binary, role, place / role)[0])  # the first start makes keys and tables
                for name, options in configured.items():
                    stop(start(given.binary, role, place / role, options)[0])
                    times = []
                    for _ in range(max(5, given.rounds)):
                        process, milliseconds = start(given.binary, role, place / role, options)
                        times.append(milliseconds)
                        stop(process)
                    process, _ = start(given.binary, role, place / role, options)
                    time.sleep(SETTLE)
                    rss, anon = memory(process.pid)
                    stop(process)
                    of = ("", "") if name == "gRPC" else (rss_budget, anon_budget)  # what it costs is looked at, not bounded
                    rows.append([role, name, f"{rss:.1f}", of[0], f"{anon:.1f}", of[1],
                                 f"{statistics.median(times):.0f}", f"{max(times):.0f}", MS])
        finally:
            redis.stop()
    table(["role", "configured", "VmRSS MB", "budget", "RssAnon MB", "budget", "start to ready ms, median", "worst", "budget"], rows)
    print(f"binary: {os.stat(given.binary).st_size / 2**20:.1f} MB as built")


if __name__ == "__main__":
    main()
