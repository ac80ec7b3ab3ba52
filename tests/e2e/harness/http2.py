"""HTTP/2 frame by frame: what clients of gRPC's own never send. It keeps to the windows that it is given, or else the
server would end the connection for that."""

import select
import socket
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE = 0, 1, 3, 4, 6, 7, 8
END_STREAM, END_HEADERS, ACK = 1, 4, 1
WINDOW = 65535
LARGEST_FRAME = 16384


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def text(value):
    """HPACK: a length of 7 bits and the octets as they are."""
    length = len(value)
    if length < 127:
        return bytes([length]) + value
    length -= 127
    head = b"\x7f"
    while length >= 128:
        head += bytes([length % 128 + 128])
        length //= 128
    return head + bytes([length]) + value


def headers(path, token=None, others=()):
    fields = [(":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "walk.test"), ("te", "trailers"),
              ("content-type", "application/grpc"), *others]
    if token:
        fields.append(("authorization", f"Bearer {token}"))
    return b"".join(b"\x00" + text(name.encode()) + text(value.encode()) for name, value in fields)


def message(payload, length=None):
    """A message of gRPC; `length`: what it says of itself, where that is not so."""
    return struct.pack(">BI", 0, len(payload) if length is None else length) + payload


class Connection:
    """One connection. Nothing blocks for longer than a second."""

    def __init__(self, address, acknowledges=True):
        self._socket = socket.create_connection(address, timeout=30)
        self._socket.sendall(PREFACE + frame(SETTINGS, 0, 0, struct.pack(">HI", 4, 2**31 - 1)))
        self._acknowledges = acknowledges
        self._read = b""
        self._window = WINDOW
        self._initial = WINDOW
        self._windows = {}
        self._next = 1
        self.reset = set()  # streams that the server has ended
        self.octets = {}  # what came of a stream's data
        self.closed = False

    def open(self, path, token=None, **how):
        stream, self._next = self._next, self._next + 2
        self._windows[stream] = self._initial
        self._send(frame(HEADERS, END_HEADERS, stream, headers(path, token, **how)))
        return stream

    def send(self, stream, octets):
        """As much of it as the windows take; says how much."""
        sent = 0
        while sent < len(octets):
            self.receive()
            room = min(len(octets) - sent, self._window, self._windows.get(stream, 0), LARGEST_FRAME)
            if room <= 0 or self.closed or stream in self.reset:
                break
            if not self._send(frame(DATA, 0, stream, octets[sent:sent + room])):
                break
            sent += room
            self._window -= room
            self._windows[stream] -= room
        return sent

    def end(self, stream):
        self._send(frame(DATA, END_STREAM, stream))

    def cancel(self, stream):
        self._send(frame(RST_STREAM, 0, stream, struct.pack(">I", 8)))

    def receive(self, wait=0):
        """Takes what has come."""
        while not self.closed and select.select([self._socket], [], [], wait)[0]:
            try:
                octets = self._socket.recv(1 << 18)
            except OSError:
                octets = b""
            self.closed = not octets
            self._read += octets
            while len(self._read) >= 9:
                length = int.from_bytes(self._read[:3], "big")
                if len(self._read) < 9 + length:
                    break
                self._take(self._read[3], self._read[4], int.from_bytes(self._read[5:9], "big"), self._read[9:9 + length])
                self._read = self._read[9 + length:]

    def close(self, resets=False):
        if resets:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()
        self.closed = True

    def _take(self, kind, flags, stream, payload):
        if kind == SETTINGS and not flags & ACK:
            for at in range(0, len(payload), 6):
                name, value = struct.unpack(">HI", payload[at:at + 6])
                if name == 4:
                    for each in self._windows:
                        self._windows[each] += value - self._initial
                    self._initial = value
            if self._acknowledges:
                self._send(frame(SETTINGS, ACK, 0))
        elif kind == PING and not flags & ACK:
            self._send(frame(PING, ACK, 0, payload))
        elif kind == WINDOW_UPDATE:
            more = int.from_bytes(payload, "big")
            if stream == 0:
                self._window += more
            elif stream in self._windows:
                self._windows[stream] += more
        elif kind == RST_STREAM or (kind == HEADERS and flags & END_STREAM):
            self.reset.add(stream)
        elif kind == DATA:
            self.octets[stream] = self.octets.get(stream, b"") + payload

    def _send(self, octets):
        try:
            self._socket.settimeout(1)
            self._socket.sendall(octets)
            return True
        except OSError:
            self.closed = True
            return False
