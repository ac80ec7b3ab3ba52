#!/usr/bin/python3
"""What clients can make a node hold: its memory over idle while thousands of connections send what they like."""

import resource
import socket
import time

from measure import arguments
from measure.machine import heading, table
from measure.service import folder, service

BUDGET = 64  # MB over idle, architecture
ADDRESSES = 16  # none of which has more connections than one may
HEAD = 16 * 1024
TEXT = "가" * 600


def head(method, path, *fields):
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: a", *fields, "", "")).encode()


def signed_in(guest):
    return f"Cookie: {guest.cookie_header('/api/v1/feeds')}", f"Origin: {guest.node.url}", "Sec-Fetch-Site: same-origin"


def body(path, announced, sent, *fields):
    return head("POST", path, "Content-Type: application/json", f"Content-Length: {announced}", *fields) + b"x" * sent


# What each connection sends, and then nothing more.
SCENARIOS = {
    "say nothing": lambda guest: b"",
    "idle after an answer": lambda guest: head("GET", "/api/jwks.json"),
    "a head that does not end, 100 B": lambda guest: head("GET", "/api/v1/feeds")[:-2] + b"X: " + b"x" * 60,
    "a head that does not end, 16 KiB": lambda guest: (head("GET", "/api/v1/feeds")[:-2] + b"X: ").ljust(HEAD - 1, b"x"),
    "a post without a cookie, 1 MiB announced": lambda guest: body("/api/v1/feeds", 2**20, 8000),
    "a post without a cookie, 15 of 16 KB": lambda guest: body("/api/v1/feeds", 16_000, 15_000),
    "a body that anybody may send, 3.9 of 4 KB": lambda guest: body("/api/token", 4000, 3900),
    "a guest's post, 15 of 16 KB": lambda guest: body("/api/v1/feeds", 16_000, 15_000, *signed_in(guest)),
    "a guest's post in chunks that does not end": lambda guest: head(
        "POST", "/api/v1/feeds", "Transfer-Encoding: chunked", *signed_in(guest)) + b"400\r\n" + b"x" * 1024 + b"\r\n10",
    "100 pages of 50 posts each, none taken": lambda guest: head("GET", "/api/v1/feeds?size=50", *signed_in(guest)) * 100,
}


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def kernel_memory():
    with open("/proc/net/sockstat") as stat:
        return next(int(line.split()[-1]) * 4096 / 2**20 for line in stat if line.startswith("TCP:"))


def connect(address, number, sent):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.bind((f"127.0.2.{1 + number % ADDRESSES}", 0))
    connection.connect(address)
    connection.setblocking(False)
    try:
        connection.send(sent)
    except (BlockingIOError, ConnectionError):
        pass
    return connection


def measure(given, place, scenario):
    with service(given.binary, place) as topology:
        guest = topology.guest()
        for _ in range(50):
            guest.write(TEXT)
        time.sleep(1)
        node = topology.core
        before, kernel_before = resident(node.pid), kernel_memory()
        sent = scenario(guest)
        connections, most, kernel = [], 0.0, 0.0
        for number in range(given.connections):
            connections.append(connect(node.address, number, sent))
            if number % 256 == 255:
                most, kernel = max(most, resident(node.pid)), max(kernel, kernel_memory())
        end = time.monotonic() + given.seconds
        while time.monotonic() < end:
            most, kernel = max(most, resident(node.pid)), max(kernel, kernel_memory())
            time.sleep(0.05)
        began = time.monotonic()
        guest.me()
        answered = time.monotonic() - began
        for connection in connections:
            connection.close()
        return most - before, kernel - kernel_before, answered * 1000


def main():
    given = arguments(__doc__, connections=(4096, "how many"))
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    heading("What strangers make a node hold")
    rows = []
    with folder() as place:
        for number, (name, scenario) in enumerate(SCENARIOS.items()):
            held, kernel, answered = measure(given, place / str(number), scenario)
            rows.append([f"{given.connections} × {name}", f"{held:.1f}", BUDGET, f"{kernel:.0f}", f"{answered:.0f}"])
    table(["connections", "VmRSS over idle, MB", "budget", "kernel's socket buffers, both sides, MB",
           "another's answer, ms"], rows)


if __name__ == "__main__":
    main()
