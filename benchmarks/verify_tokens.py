#!/usr/bin/python3
"""Distinct access tokens that a resource server verifies on one core, against what OpenSSL alone verifies there."""

import re
import statistics
import subprocess

from measure import ROOT, arguments
from measure.machine import heading, on_server_core, table

PEERS = {"RS256": ("rsa2048", r"^rsa 2048 bits\s+\S+\s+\S+\s+\S+\s+(\S+)$"),
         "ES256": ("ecdsap256", r"^ 256 bits ecdsa \(nistp256\)\s+\S+\s+\S+\s+\S+\s+(\S+)$")}


def on_core(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True,
                          preexec_fn=on_server_core).stdout


def ours(program, seconds):
    return {name: float(rate) for name, rate in (line.split() for line in on_core(program, seconds).splitlines())}


def openssls(seconds):
    found = {}
    for algorithm, (name, verifications) in PEERS.items():
        printed = on_core("openssl", "speed", "-seconds", seconds, name)
        found[algorithm] = float(re.search(verifications, printed, re.MULTILINE).group(1))
    return found


def main():
    given = arguments(__doc__, default_binary=ROOT / "build" / "benchmarks" / "benchmarks" / "verify_tokens")
    heading("Tokens verified")
    rounds = [(ours(given.binary, given.seconds), openssls(given.seconds)) for _ in range(given.rounds)]
    rows = []
    for algorithm, (name, _) in PEERS.items():
        mine, theirs = (statistics.median(run[which][algorithm] for run in rounds) for which in (0, 1))
        rows.append([algorithm, f"{mine:.0f}", f"{theirs:.0f}", f"{mine / theirs:.0%}"])
    table(["tokens", "verified/s and core", "OpenSSL's verifications/s and core", "of OpenSSL"], rows)


if __name__ == "__main__":
    main()
