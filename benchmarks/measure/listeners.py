"""Many open streams of events in a process of their own, on the load's core: who has heard what, and when."""

import multiprocessing
import select
import socket
import time
from contextlib import contextmanager

from measure.machine import on_load_core

LIMIT = 120  # seconds for anything that is waited for
AT_ONCE = 256  # connections that are being opened


class Listeners:
    def __init__(self, commands):
        self._commands = commands

    def open(self, address, requests):
        """Opens a stream for each request, until all have had an answer's head and `first`."""
        return self._ask("open", address, requests)

    def expect(self, mark):
        """From now on it is noted when each hears this; returns at once."""
        self._commands.send(("expect", mark))
        assert self._commands.recv() == "noted"

    def heard(self):
        """When all have: the moments, sorted, of the machine's monotonic clock."""
        return self._ask("heard")

    def noted(self):
        """What its kind of Streams has noted so far."""
        return self._ask("noted")

    def _ask(self, *command):
        self._commands.send(command)
        if not self._commands.poll(LIMIT):
            raise SystemExit(f"the streams have not come to it: {command[0]}")
        answer = self._commands.recv()
        if isinstance(answer, str):
            raise SystemExit(answer)
        return answer


@contextmanager
def listeners(first, streams=None):
    """`first`: what each stream says of itself when it begins. `streams`: a kind of Streams, for what else is noted."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_listen, args=(theirs, first, streams or Streams), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Listeners(ours)
    finally:
        ours.send(("end",))
        process.join(timeout=LIMIT)


def _listen(commands, first, streams):
    on_load_core()
    streams(commands, first).run()


class Streams:
    def __init__(self, commands, first):
        self._commands = commands
        self._first = first
        self._poll = select.epoll()
        self._poll.register(commands.fileno(), select.EPOLLIN)
        self._streams = {}
        self._moments = {}
        self._mark = None

    def run(self):
        asked = None
        while True:
            for descriptor, _ in self._poll.poll(1):
                if descriptor != self._commands.fileno():
                    self._take(descriptor)
                    continue
                command, *given = self._commands.recv()
                if command == "end":
                    return
                if command == "open":
                    self._commands.send(self._open(*given))
                elif command == "expect":
                    self._mark, self._moments = given[0], {}
                    self._commands.send("noted")
                elif command == "noted":
                    self._commands.send(self.noted())
                else:
                    asked = command
            if asked and len(self._moments) == len(self._streams):
                asked = None
                self._commands.send(sorted(self._moments.values()))

    def _open(self, address, requests):
        end = time.monotonic() + LIMIT
        waiting = {}
        requests = list(requests)
        while requests or waiting:
            while requests and len(waiting) < AT_ONCE:
                stream = socket.create_connection(address)
                stream.sendall(requests.pop())
                stream.setblocking(False)
                self._streams[stream.fileno()] = stream
                waiting[stream.fileno()] = b""
                self._poll.register(stream.fileno(), select.EPOLLIN)
            for descriptor, _ in self._poll.poll(1):
                if descriptor not in self._streams:
                    continue
                data = self._streams[descriptor].recv(65536)
                if descriptor in waiting:
                    waiting[descriptor] += data
                    if not data or not waiting[descriptor].startswith(b"HTTP/1.1 200"):
                        return f"a stream was not opened: {waiting[descriptor][:900]!r}"
                    if self._first in waiting[descriptor]:
                        del waiting[descriptor]
            if time.monotonic() > end:
                return f"{len(waiting)} streams say nothing"
        return len(self._streams)

    def _take(self, descriptor):
        data = self._streams[descriptor].recv(65536)
        now = time.monotonic()
        if not data:
            raise SystemExit("a stream has ended")
        self.hear(descriptor, data, now)

    def noted(self):
        return []

    def hear(self, descriptor, data, now):
        if self._mark and self._mark in data:
            self._moments.setdefault(descriptor, now)
