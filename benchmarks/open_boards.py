#!/usr/bin/python3
"""Open boards of friends. What each holds of the node's memory, over SSE and over gRPC; and over SSE, while a thousand updates
a second come from the walkers on them by `PUT /api/v1/steps/{day}`, how long it takes from the sending of an update until
each friend's board shows it. Each walker has ten friends, all of whom look: an update is ten boards'. The limits are the issue's.
The server has one core, the load and the listeners the other."""

import datetime
import json
import multiprocessing
import random
import socket
import sqlite3
import subprocess
import time
from bisect import bisect_left
from collections import defaultdict

from measure import ROOT, arguments
from measure.listeners import Streams, listeners
from measure.machine import cpu_seconds, disk_of, heading, on_load_core, on_server_core, table
from measure.service import UNLIMITED, folder

from harness.node import Node, run_cli

PROGRAMS = ROOT / "build" / "benchmarks" / "benchmarks"
PATH = "/api/v1/boards/friends/stream"
KB_SSE, KB_GRPC, SECONDS_TO_SCREEN = 7, 36, 1.0
SETTLE = 3  # seconds
FIRST = 48  # boards over gRPC
SENDERS = 8
FRIEND, DEVICE = 3, "phone"  # friends::Kind::friends
OFFSET = 540  # minutes: all are in Seoul


class Boards(Streams):
    """Notes who was seen to have how many steps, by whom and when, of steps that grew."""

    def __init__(self, *given):
        super().__init__(*given)
        self._rest = defaultdict(bytes)
        self._seen = defaultdict(dict)
        self._notes = []

    def hear(self, descriptor, data, now):
        *events, self._rest[descriptor] = (self._rest[descriptor] + data).split(b"\n\n")
        seen = self._seen[descriptor]
        for event in events:
            start = event.find(b"event: board\ndata: ")
            if start < 0:
                continue
            board = json.loads(event[start + 19:event.index(b"\n", start + 19) if b"\n" in event[start + 19:] else None])
            me = board["me"]["walkerId"]
            for entry in board["entries"]:
                walker, steps = entry["walkerId"], entry["steps"]
                if steps > seen.get(walker, 0):
                    seen[walker] = steps
                    self._notes.append((me, walker, steps, now))

    def noted(self):
        return self._notes


def memory(pid):
    """KB: resident in all, and of it what is nobody else's."""
    with open(f"/proc/{pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return [int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon")]


def befriend(database, walkers, friends):
    """Each has about so many, at random; and a session that goes on."""
    pick = random.Random(1)
    ids = list(range(1, walkers + 1))
    pairs = set()
    for _ in range(friends // 2):
        others = ids[:]
        pick.shuffle(others)
        pairs |= {(one, other) for one, other in zip(ids, others) if one != other}
    with sqlite3.connect(database) as connection:
        connection.executemany("INSERT OR IGNORE INTO friendships (walker_id, other_id, kind, since) VALUES (?, ?, ?, 0)",
                               [(*pair, FRIEND) for one, other in pairs for pair in ((one, other), (other, one))])
        connection.executemany("INSERT INTO walker_sessions (id, walker_id, device, expires_at) VALUES (?, ?, '', ?)",
                               [(one, one, 1 << 50) for one in ids])
        found = defaultdict(list)
        for one, other in connection.execute("SELECT walker_id, other_id FROM friendships"):
            found[one].append(other)
    connection.close()
    return found


def send(address, tokens, first, per_second, seconds, results):
    """A sender's share of the updates, at a steady pace over one connection: (walker, steps, moment of sending)."""
    on_load_core()
    day = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=OFFSET)).strftime("%Y-%m-%d")
    pick = random.Random(first)
    steps, sent = defaultdict(int), []
    link = socket.create_connection(address)
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    began = time.monotonic()
    for number in range(int(per_second * seconds)):
        walker = first + SENDERS * pick.randrange(len(tokens) // SENDERS)
        steps[walker] += 1
        body = json.dumps({"device": DEVICE, "source": "PHONE", "steps": steps[walker], "version": steps[walker],
                           "utcOffsetMinutes": OFFSET})
        time.sleep(max(0.0, began + number / per_second - time.monotonic()))
        sent.append((tokens[walker][0], steps[walker], time.monotonic()))
        link.sendall(f"PUT /api/v1/steps/{day} HTTP/1.1\r\nHost: {address[0]}\r\nAuthorization: Bearer {tokens[walker][1]}\r\n"
                     f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += link.recv(65536)
        head, _, rest = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), answer
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(rest) < length:
            rest += link.recv(65536)
    results.send((sent, time.monotonic() - began))


def play(address, tokens, per_second, seconds):
    senders = []
    for first in range(SENDERS):
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=send, args=(address, tokens, first, per_second / SENDERS, seconds, theirs))
        process.start()
        senders.append((process, ours))
    sent, took = [], 0.0
    for process, ours in senders:
        part, time_taken = ours.recv()
        process.join()
        sent += part
        took = max(took, time_taken)
    return sent, len(sent) / took


def seconds_to_screen(sent, notes, friends_of):
    """Of each update and each friend who looks, sorted; and how many were never seen."""
    seen = defaultdict(lambda: ([], []))
    for viewer, walker, steps, moment in notes:
        known_steps, moments = seen[viewer, walker]
        known_steps.append(steps)
        moments.append(moment)
    times, never = [], 0
    for walker, steps, moment in sent:
        for viewer in friends_of[walker]:
            known_steps, moments = seen[viewer, walker]
            place = bisect_left(known_steps, steps)
            if place < len(moments):
                times.append(moments[place] - moment)
            else:
                never += 1
    return sorted(times), never


def over_sse(given, node, tokens, friends):
    before = memory(node.pid)
    requests = [f"GET {PATH} HTTP/1.1\r\nHost: {node.url[7:]}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
                for _, token in tokens]
    with listeners(b"event: board", Boards) as them:
        count = them.open(node.address, requests)
        time.sleep(SETTLE)
        opened = memory(node.pid)
        used = cpu_seconds(node.pid)
        sent, rate = play(node.address, tokens, given.updates, given.seconds)
        used = (cpu_seconds(node.pid) - used) / given.seconds
        time.sleep(SETTLE)
        notes = them.noted()
        after = memory(node.pid)
    uuids = [uuid for uuid, _ in tokens]
    friends_of = {uuids[one - 1]: [uuids[other - 1] for other in others] for one, others in friends.items()}
    times, never = seconds_to_screen(sent, notes, friends_of)
    table(["boards over SSE", "KB each", "of it anonymous", "after the updates", "at most"],
          [[count, *(f"{(now - was) / count:.2f}" for now, was in zip(opened, before)),
            f"{(after[0] - before[0]) / count:.2f}", KB_SSE]])
    table(["updates a second", "of each update on a friend's board: p50 s", "p99 s", "at most", "worst s", "never seen",
           "of a core of the server"],
          [[f"{rate:.0f}", f"{times[len(times) // 2]:.2f}", f"{times[int(len(times) * 0.99)]:.2f}", SECONDS_TO_SCREEN,
            f"{times[-1]:.2f}", never, f"{used:.0%}"]])


def grpc_boards(node, token_file, count, of_connection, seconds):
    """Opens them, and keeps them for so long after all are open."""
    load = subprocess.Popen([PROGRAMS / "record_steps_load", str(node.grpc[1]), token_file, str(count // of_connection), "1",
                             str(seconds), "boards", "1", str(of_connection)], stdout=subprocess.PIPE, text=True)
    assert load.stdout.readline() == "open\n"
    return load


def over_grpc(node, token_file, count, of_connection):
    # Some that stay open bring in what is no board's own: the code of the libraries, and what each thread keeps.
    with grpc_boards(node, token_file, FIRST, of_connection, 10 * SETTLE) as first:
        time.sleep(SETTLE)
        before = memory(node.pid)
        with grpc_boards(node, token_file, count, of_connection, 2 * SETTLE) as load:
            time.sleep(SETTLE)
            opened = memory(node.pid)
            found = json.loads(load.stdout.readline())
        first.terminate()
    assert found["failed"] == 0, found
    table(["boards over gRPC", "of one connection", "KB each", "of it anonymous", "at most"],
          [[count, of_connection, *(f"{(now - was) / count:.2f}" for now, was in zip(opened, before)), KB_GRPC]])


def main():
    given = arguments(__doc__, default_binary=ROOT / "build" / "benchmarks" / "dontgoback", boards=(10_000, "open over SSE"),
                      grpc=(5_000, "open over gRPC"), friends=(10, "of each walker"), updates=(1_000, "a second"))
    heading("Open boards")
    with folder() as place:
        data, token_file = place / "all", place / "tokens"
        code, _, errors = run_cli(given.binary, "db", "migrate", f"--data-dir={data}")
        assert code == 0, errors
        with open(token_file, "wb") as file:
            subprocess.run([PROGRAMS / "record_steps_walkers", data, str(given.boards)], stdout=file, check=True)
        tokens = [line.split() for line in token_file.read_text().splitlines()]
        friends = befriend(data / "dontgoback.db", given.boards, given.friends)
        print(f"Disk: {disk_of(place)}. {given.boards} walkers, {given.friends} friends each.\n")
        for measure in (lambda node: over_sse(given, node, tokens, friends),
                        lambda node: over_grpc(node, token_file, given.grpc, 1),
                        lambda node: over_grpc(node, token_file, given.grpc, 4)):
            node = Node(given.binary, "all", data, "--role=all", "--grpc-listen=127.0.0.1:0", *UNLIMITED, "--log-level=warn",
                        f"--max-connections={given.boards * 5 // 4}", "--max-connections-per-address=0",
                        f"--grpc-max-connections={given.grpc + 100}", limits=on_server_core)
            node.start()
            try:
                measure(node)
            finally:
                node.stop()


if __name__ == "__main__":
    main()
