"""wrk, pinned to the load's core, and what it says."""

import re
import statistics
import subprocess
from dataclasses import dataclass

from measure.machine import on_load_core

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Load:
    per_second: float
    p50_ms: float
    p99_ms: float
    requests: int = 0  # of this one measurement


def run(url, connections, seconds, headers=None, script=None, environment=None, patience=2):
    """One measurement. Anything but 2xx answers within `patience` seconds ends the benchmark."""
    command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s", "--latency",
               f"--timeout={patience}s"]
    for name, value in (headers or {}).items():
        command += ["--header", f"{name}: {value}"]
    if script:
        command += ["--script", str(script)]
    done = subprocess.run([*command, url], capture_output=True, text=True, preexec_fn=on_load_core,
                          env=environment, timeout=seconds + 60)
    if done.returncode != 0 or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(f"{url}:\n{done.stdout}{done.stderr}")
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]), latency(done.stdout, 50),
                latency(done.stdout, 99), int(re.search(r"(\d+) requests in", done.stdout)[1]))


def median(loads):
    return Load(*(statistics.median(getattr(load, field) for load in loads)
                  for field in ("per_second", "p50_ms", "p99_ms")))


def compare(rounds, measurements):
    """Each in turn, over and over, so that a slow minute of the machine meets all of them."""
    results = [[] for _ in measurements]
    for _ in range(rounds):
        for found, measure in zip(results, measurements):
            found.append(measure())
    return [median(found) for found in results]


def latency(text, percent):
    """Milliseconds."""
    number, unit = re.search(rf"\s{percent}%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * UNITS[unit]
