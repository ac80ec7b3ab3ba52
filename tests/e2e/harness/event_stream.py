"""What a browser's EventSource does, one connection of it: what is heard, from which number on it would come again."""

import io
import json
import re
import select
import socket
import time
from collections import namedtuple

from harness.wire import read_answer

PATH = "/api/v1/notifications/stream"
Event = namedtuple("Event", "name data id")


class EventStream:
    """`last`: the number it has heard last, as an EventSource says it when it comes again. `buffer`: what the system keeps
    for a client that does not read. Where there is no stream, `refusal` is the answer."""

    def __init__(self, browser, last=None, node=None, buffer=None):
        self._raw = b""
        self._text = b""
        self._events = []
        self.last = last
        self.retry = None  # milliseconds
        self.at_end = False
        self.whole = False  # ended as an answer ends, and was not cut off
        self.refusal = None
        address = (node or browser.node).address
        self._socket = socket.socket()
        if buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self._socket.bind((browser.source, 0))
        self._socket.settimeout(30)
        self._socket.connect(address)
        fields = {"Host": f"{address[0]}:{address[1]}", "Accept": "text/event-stream", "Sec-Fetch-Site": "same-origin",
                  "Cookie": browser.cookie_header(PATH)}
        if last is not None:
            fields["Last-Event-ID"] = str(last)
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self._socket.sendall(f"GET {PATH} HTTP/1.1\r\n{head}\r\n".encode())

    def begin(self):
        """Reads the answer's head."""
        while b"\r\n\r\n" not in self._raw and self._receive(30):
            pass
        head, _, rest = self._raw.partition(b"\r\n\r\n")
        assert head, "there was no answer"
        if not head.startswith(b"HTTP/1.1 200 "):
            length = int(re.search(rb"\r\nContent-Length: (\d+)", head)[1])
            while len(self._raw) < len(head) + 4 + length and self._receive(30):
                pass
            self.refusal = read_answer(_Read(self._raw))
            self.close()
            return self
        assert b"\r\nContent-Type: text/event-stream\r\n" in head + b"\r\n", head
        self._raw = rest
        self._decode()
        return self

    def next(self, name, limit=20):
        """The next event of that name; others before it are passed over."""
        end = time.monotonic() + limit
        while True:
            while self._events:
                event = self._events.pop(0)
                if event.name == name:
                    return event
            assert not self.at_end, f"the stream ended before there was a {name}"
            assert self._hear(end), f"no {name} within {limit} s"

    def all_until_quiet(self, seconds):
        """What there is until nothing has come for a while, or the end."""
        while self._hear(time.monotonic() + seconds):
            pass
        events, self._events = self._events, []
        return events

    def ended(self, limit=20):
        """Whether it ends in time; what came before is passed over."""
        end = time.monotonic() + limit
        while self._hear(end):
            pass
        return self.at_end

    def close(self):
        self._socket.close()

    def __enter__(self):
        return self.begin()

    def __exit__(self, *_):
        self.close()

    def _hear(self, end):
        """More of it; False: nothing more came in time, or there is nothing more."""
        if self.at_end or not self._receive(end - time.monotonic()):
            return False
        self._decode()
        return True

    def _receive(self, seconds):
        if not select.select([self._socket], [], [], max(0, seconds))[0]:
            return False
        try:
            data = self._socket.recv(65536)
        except ConnectionError:
            data = b""
        self.at_end = self.at_end or not data
        self._raw += data
        return bool(data)

    def _decode(self):
        """Chunks (RFC 9112 section 7.1) to text, and text to events (HTML standard, section 9.2)."""
        while b"\r\n" in self._raw:
            size, _, rest = self._raw.partition(b"\r\n")
            size = int(size, 16)
            if len(rest) < size + 2:
                break
            assert rest[size:size + 2] == b"\r\n", rest
            self._text += rest[:size]
            self._raw = rest[size + 2:]
            if size == 0:
                self.at_end = self.whole = True
        while b"\n\n" in self._text:
            block, _, self._text = self._text.partition(b"\n\n")
            self._take(block.decode())

    def _take(self, block):
        fields = dict(line.partition(": ")[::2] for line in block.split("\n") if not line.startswith(":"))
        if "retry" in fields:
            self.retry = int(fields["retry"])
        if "id" in fields:
            self.last = int(fields["id"])
        if "data" in fields:
            self._events.append(Event(fields["event"], json.loads(fields["data"]), self.last if "id" in fields else None))


class _Read:
    """Bytes that have been read, for who reads from a socket."""

    def __init__(self, data):
        self._data = data

    def makefile(self, _):
        return io.BytesIO(self._data)
