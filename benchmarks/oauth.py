#!/usr/bin/python3
"""Access tokens a second by client_credentials, beside two known servers and what OpenSSL alone signs on that core."""

import os
import re
import statistics
import subprocess
from contextlib import ExitStack
from pathlib import Path

from measure import arguments, load
from measure.machine import disk_of, heading, on_server_core, table
from measure.service import folder
from measure.token_servers import glewlwyd, oidc_provider, ours

SCRIPT = Path(__file__).with_name("oauth.lua")
CONNECTIONS = (1, 32)
PATIENCE = 30  # seconds: a peer that syncs a row for each token may take long on a slow disk
LIMITS = {"RS256": ("rsa2048", r"^rsa 2048 bits\s+\S+\s+\S+\s+(\S+)"),
          "ES256": ("ecdsap256", r"^ 256 bits ecdsa \(nistp256\)\s+\S+\s+\S+\s+(\S+)")}


def signatures(algorithm):
    """What OpenSSL signs in a second on the server's core."""
    name, signs = LIMITS[algorithm]
    printed = subprocess.run(["openssl", "speed", "-seconds", "2", name], capture_output=True, text=True, check=True,
                             preexec_fn=on_server_core).stdout
    return float(re.search(signs, printed, re.MULTILINE)[1])


class Run:
    def __init__(self, server, connections, seconds):
        before = server.cpu_seconds()
        found = load.run(server.url, connections, seconds, server.headers, SCRIPT,
                         {**os.environ, "TOKEN_FORM": server.form}, PATIENCE)
        self.cpu = server.cpu_seconds() - before
        self.tokens, self.per_second, self.p99_ms = found.requests, found.per_second, found.p99_ms
        self.per_cpu_second = self.tokens / self.cpu


class Median:
    def __init__(self, runs):
        for field in ("per_second", "per_cpu_second", "p99_ms"):
            setattr(self, field, statistics.median(getattr(run, field) for run in runs))
        self.tokens = sum(run.tokens for run in runs)


def megabytes(pair):
    return f"{pair[0]:.1f} ({pair[1]:.1f})"


def sizes(before, after):
    return "none" if before is None else f"{before[0]} → {after[0]} (log {before[1]} → {after[1]})"


def issue_many(server, count, rate):
    """That many tokens, however long it takes: memory and database before and after."""
    before, size = server.memory(), server.database_size()
    issued = 0
    while issued < count:
        seconds = max(1, min(60, round((count - issued) / rate)))
        issued += Run(server, 32, seconds).tokens
    return [server.name, f"{issued:,}".replace(",", " "), megabytes(before), megabytes(server.memory()),
            f"{server.memory()[0] - before[0]:+.1f}", sizes(size, server.database_size())]


def main():
    given = arguments(__doc__, tokens=(1_000_000, "how many our server issues while its memory is watched"))
    heading("Access tokens issued")
    with folder() as place, ExitStack() as stack:
        rs256 = stack.enter_context(ours(given.binary, place, "RS256"))
        es256 = stack.enter_context(ours(given.binary, place, "ES256"))
        oidc = stack.enter_context(oidc_provider())
        glew = stack.enter_context(glewlwyd(place / "glewlwyd"))
        algorithms = {rs256: "RS256", es256: "ES256", oidc: "RS256", glew: "RS256"}
        idle = {server: (server.memory(), server.database_size()) for server in algorithms}
        for server in algorithms:  # a compiler at run time has its chance
            Run(server, 32, min(given.seconds, 5))

        limits = {algorithm: [] for algorithm in LIMITS}
        runs = {(server, connections): [] for server in algorithms for connections in CONNECTIONS}
        for _ in range(given.rounds):
            for algorithm, found in limits.items():
                found.append(signatures(algorithm))
            for (server, connections), found in runs.items():
                found.append(Run(server, connections, given.seconds))
        limit = {algorithm: statistics.median(found) for algorithm, found in limits.items()}
        medians = {key: Median(found) for key, found in runs.items()}

        rows = []
        for (server, connections), found in medians.items():
            bound = 2000 * connections / found.per_second
            rows.append([server.name, connections, f"{found.per_second:.0f}",
                         f"{found.per_second / limit[algorithms[server]]:.0%}", f"{found.per_cpu_second:.0f}",
                         f"{found.p99_ms:.2f}", f"{bound:.2f}"])
        print("\n".join(f"- `openssl speed {LIMITS[algorithm][0]}` on the server's core: {signs:.0f} signatures/s, the limit "
                        f"of {algorithm}" for algorithm, signs in limit.items()))
        print(f"- disk: {disk_of(place)}\n")
        table(["server", "connections", "tokens/s", "of the limit", "tokens per CPU second", "p99 ms",
               "2 × connections ÷ rate, ms"], rows)
        table(["tokens per CPU second, 32 connections", "ours is that many times it", "budget"],
              [[peer.name, f"{medians[rs256, 32].per_cpu_second / medians[peer, 32].per_cpu_second:.2f}", budget]
               for peer, budget in ((oidc, "≥ 1.4"), (glew, "≥ 8"))])

        rows = []
        for server in algorithms:
            (memory, size), issued = idle[server], sum(run.tokens for n in CONNECTIONS for run in runs[server, n])
            rows.append([server.name, f"{issued:,}".replace(",", " "), megabytes(memory), megabytes(server.memory()),
                         f"{server.memory()[0] - memory[0]:+.1f}", sizes(size, server.database_size())])
        rows += [issue_many(server, given.tokens, medians[server, 32].per_second) for server in (es256, rs256)]
        table(["server", "tokens issued", "resident (anonymous) before, MB", "after", "more, MB", "database, KB"], rows)


if __name__ == "__main__":
    main()
