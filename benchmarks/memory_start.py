#!/usr/bin/python3
"""Resident memory of an idle node, and the time from its start to its ready line, for each role."""

import os
import signal
import statistics
import subprocess
import time

from measure import arguments
from measure.machine import heading, table
from measure.service import folder

from harness.secrets import known_secrets

BUDGETS = {"all": (20, 8), "auth": (12, 3), "core": ("", ""), "extension": ("", "")}  # MB, architecture
AUTH, EXTENSION = "--auth-url=http://127.0.0.1:9", "--extension-url=http://127.0.0.1:9"  # nobody is there
SETTLE = 3  # seconds: start-up is over, the first timers have run


def start(binary, role, data_dir):
    """A node on the data directory, and the milliseconds until it said that it is ready."""
    secret = data_dir.parent / "secret"
    known_secrets.make_file(secret)
    more = {"core": [AUTH, EXTENSION, "--client-id=core", f"--client-secret-file={secret}"],
            "extension": [AUTH]}.get(role, [])
    began = time.monotonic()
    process = subprocess.Popen(
        [str(binary), "serve", f"--role={role}", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
         f"--data-dir={data_dir}", *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
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
        for role, (rss_budget, anon_budget) in BUDGETS.items():
            stop(start(given.binary, role, place / role)[0])  # the first start makes keys and tables
            times = []
            for _ in range(max(5, given.rounds)):
                process, milliseconds = start(given.binary, role, place / role)
                times.append(milliseconds)
                stop(process)
            process, _ = start(given.binary, role, place / role)
            time.sleep(SETTLE)
            rss, anon = memory(process.pid)
            stop(process)
            rows.append([role, f"{rss:.1f}", rss_budget, f"{anon:.1f}", anon_budget,
                         f"{statistics.median(times):.0f}", f"{max(times):.0f}", 100])
    table(["role", "VmRSS MB", "budget", "RssAnon MB", "budget", "start to ready ms, median", "worst", "budget"], rows)
    print(f"binary: {os.stat(given.binary).st_size / 2**20:.1f} MB as built")


if __name__ == "__main__":
    main()
