#!/usr/bin/python3
"""A node of all roles in a control group with little memory, with a database that is larger, and everything at once: pages from
anywhere, posts, searches, exports, streams of events, strangers who begin requests and do not end them, the change of fortunes of
all, steps over gRPC, and a backup in the same group. What it used, what was refused and in which words, and that it is still there.
Needs root; give a disk by TMPDIR."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

from measure import ROOT, arguments
from measure.cgroup import memory_group
from measure.compressed import ratio
from measure.feed import forget_keys
from measure.listeners import listeners
from measure.load import latency
from measure.machine import disk_of, heading, syncs_per_second, table
from measure.people import People
from measure.service import UNLIMITED, folder, service, session_headers

from harness.exports import EXPORT, write_much

HERE = ROOT / "benchmarks"
PROGRAMS = ROOT / "build" / "benchmarks" / "benchmarks"
GRPC = "--grpc-listen=127.0.0.1:0"
STREAM = "/api/v1/notifications/stream"
ADDRESSES = 8


class Asker(threading.Thread):
    """A guest who asks one thing after another until told to stop, with a pause between."""

    def __init__(self, name, guest, targets, pause):
        super().__init__()
        self.name, self._guest, self._targets, self._pause = name, guest, targets, pause
        self.answers = Counter()
        self.words = Counter()
        self.milliseconds = []
        self._stop_it = threading.Event()

    def run(self):
        number = 0
        while not self._stop_it.wait(self._pause):
            number += 1
            began = time.monotonic()
            try:
                self._ask(self._targets[number % len(self._targets)])
            except (OSError, http.client.HTTPException) as problem:
                self.answers["none"] += 1
                self.words[type(problem).__name__] += 1
            self.milliseconds.append((time.monotonic() - began) * 1000)

    def stop(self):
        self._stop_it.set()
        self.join()

    @staticmethod
    def row(askers):
        """Of those who ask the same."""
        times = sorted(each for asker in askers for each in asker.milliseconds) or [0]
        answers, words = (sum((getattr(asker, of) for asker in askers), Counter()) for of in ("answers", "words"))
        return [askers[0].name, sum(answers.values()), sum(answers.values()) - answers[200], f"{times[len(times) // 2]:.0f}",
                f"{times[int(len(times) * 0.99)]:.0f}", "; ".join(f"{said} ({count})" for said, count in words.most_common(3))]

    def _ask(self, target):
        link = http.client.HTTPConnection(*self._guest.node.address, timeout=60)
        link.request("GET", target, headers=session_headers(self._guest))
        answer = link.getresponse()
        text = answer.read()
        link.close()
        self.answers[answer.status] += 1
        if answer.status != 200:
            self.words[f"{answer.status}: {json.loads(text)['message']}"] += 1


class Wrk:
    def __init__(self, name, url, connections, seconds, guest, script, **environment):
        self.name = name
        command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s", "--latency", "--timeout=10s",
                   "--script", str(HERE / script)]
        for field, value in session_headers(guest).items():
            command += ["--header", f"{field}: {value}"]
        self._process = subprocess.Popen([*command, url], stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})

    def row(self):
        said, _ = self._process.communicate()
        number = lambda pattern: (re.search(pattern, said) or [0, "0"])[1]  # noqa: E731
        problems = re.search(r"Socket errors: (.*)", said)
        return [self.name, number(r"(\d+) requests in"), number(r"Non-2xx or 3xx responses: (\d+)"), f"{latency(said, 50):.0f}",
                f"{latency(said, 99):.0f}", problems[1] if problems else ""]


class Steps:
    name = "steps over gRPC"

    def __init__(self, port, tokens, seconds):
        self._process = subprocess.Popen([PROGRAMS / "record_steps_load", str(port), tokens, "4", "2", str(seconds), "steps-random"],
                                         stdout=subprocess.PIPE, text=True)

    def row(self):
        found = json.loads(self._process.communicate()[0])
        return [self.name, found["calls"], found["failed"], f"{found['p50']:.0f}", f"{found['p99']:.0f}", ""]


class Watcher(threading.Thread):
    """The most of each kind of memory that was seen."""

    def __init__(self, group, pid):
        super().__init__()
        self._group, self._pid = group, pid
        self.most = {}
        self._stop_it = threading.Event()

    def run(self):
        while not self._stop_it.wait(0.2):
            now = self._group.used()
            with open(f"/proc/{self._pid}/status") as status:
                now["VmRSS of the node"] = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
            self.most = {name: max(size, self.most.get(name, 0)) for name, size in now.items()}

    def stop(self):
        self._stop_it.set()
        self.join()


@contextmanager
def strangers(address, count):
    """Heads that are begun and do not end; who is sent away comes back."""
    held, leave = [], threading.Event()

    def come():
        while not leave.is_set():
            for number in range(count - len(held)):
                one = socket.socket()
                one.bind((f"127.0.3.{1 + number % ADDRESSES}", 0))
                one.connect(address)
                one.sendall(b"GET /api/v1/feeds HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 15_000)
                held.append(one)
            leave.wait(11)  # by then each has been answered 408
            while held:
                held.pop().close()

    thread = threading.Thread(target=come)
    thread.start()
    yield
    leave.set()
    thread.join()


def fill(given, topology):
    """A first start makes the keys and the schema."""
    topology.core.start()
    topology.core.stop()
    database = topology.database_file()
    subprocess.run([sys.executable, HERE / "generate_feed.py", f"--posts={given.posts}", f"--accounts={given.posts // 6}", database],
                   stdout=subprocess.DEVNULL, check=True)
    forget_keys(database)
    with open(topology.folder / "tokens", "wb") as tokens:
        subprocess.run([PROGRAMS / "record_steps_walkers", topology.core.data_dir, str(given.walkers)], stdout=tokens, check=True)
    print(f"Database: {database.stat().st_size / 2**20:.0f} MB, {given.posts} posts, {given.walkers} walkers.\n")


def press(given, topology, group, place):
    """Rows of what was asked, and what became of the rest."""
    node = topology.core
    guest = topology.guest()
    writers = [topology.guest() for _ in range(6)]
    for writer in writers:
        write_much(topology, writer.me()["userId"], 20_000)
    ((newest,),) = topology.sql("SELECT MAX(id) FROM posts")
    people = People(node.address).make(given.streams // 5)
    streams = [f"GET {STREAM} HTTP/1.1\r\nHost: {node.url[7:]}\r\nCookie: {one}\r\n\r\n".encode() for one in people for _ in range(5)]
    searches = [f"/api/v1/search/feeds?q={quote(word)}" for word in ("커피값", "없는말")]
    askers = [[Asker("who one is", guest, ["/api/v1/users/me"], 0.1)], [Asker("searches", topology.guest(), searches, 0.1)],
              [Asker("exports of 20 000 posts, 6 at once", writer, [EXPORT], 1) for writer in writers]]
    watcher = Watcher(group, node.pid)
    with ExitStack() as stack:
        them = stack.enter_context(listeners(b"event: unread"))
        opened = them.open(node.address, streams)
        stack.enter_context(strangers(node.address, given.strangers))
        for thread in [watcher, *sum(askers, [])]:
            thread.start()
            stack.callback(thread.stop)
        loads = [Wrk("pages from anywhere, 64 at once", node.url, 64, given.seconds, guest, "random_pages.lua", NEWEST=newest),
                 Wrk("posts, 16 at once", node.url + "/api/v1/feeds", 16, given.seconds, guest, "writes.lua"),
                 Steps(node.grpc[1], topology.folder / "tokens", given.seconds)]
        time.sleep(given.seconds / 4)
        compressed = ratio(node.pid)
        fortunes = topology.service.refresh_assets(node, topology.tomorrow())
        backup = subprocess.run([given.binary, "backup", "create", f"--into={place / 'kept'}", f"--data-dir={node.data_dir}",
                                 *node.options], capture_output=True, preexec_fn=group.join, text=True)
        rows = [load.row() for load in loads]
    rows += [Asker.row(each) for each in askers]
    ready = node.probe("/readyz")
    others = [f"{opened} streams open, and {given.strangers} strangers with 15 KB of a head each",
              f"the change of fortunes: {fortunes.status} {fortunes.data if fortunes.status == 200 else fortunes.body}",
              f"the backup in the same group: {'made' if backup.returncode == 0 else backup.stderr[-500:]}",
              f"under load its own memory compresses {compressed:.1f} to 1, page by page, by LZ4",
              f"afterwards `/readyz` is {ready.status}, a page {guest.get('/api/v1/feeds').status}"]
    return rows, others, watcher.most


def main():
    given = arguments(__doc__, default_binary=ROOT / "build" / "benchmarks" / "dontgoback", megabytes=(256, "of the group"),
                      posts=(300_000, "of the database"), walkers=(20_000, "of it"), streams=(500, "open"), strangers=(3000, "held"))
    heading(f"All at once in {given.megabytes} MB")
    with folder() as place, memory_group() as group:
        print(f"Disk: {disk_of(place)}, {syncs_per_second(place):.0f} syncs a second.")
        group.limit(given.megabytes)
        with service(given.binary, place / "service", before_start=lambda topology: fill(given, topology), pinned=False,
                     core_options=(*UNLIMITED, GRPC, "--log-level=warn"), join=group.join) as topology:
            rows, others, most = press(given, topology, group, place)
        killed, peak = group.ended_for_want_of_it(), group.peak()
    table(["what", "asked", "refused or failed", "p50 ms", "p99 ms", "in which words"], rows)
    print("".join(f"- {line}\n" for line in others))
    table(["memory", "most, MB"], [["the group in all", f"{peak:.0f}"], *([name, f"{size:.0f}"] for name, size in most.items())])
    print(f"Ended for want of memory: {killed}. The node ended by itself when it was told to, with 0.")
    assert killed == 0


if __name__ == "__main__":
    main()
