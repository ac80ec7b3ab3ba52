"""Exports, as browsers download them: whole, or by a reader who takes a little and waits."""

import http.client
import io
import socket
import zipfile

from harness.wire import Answer

EXPORT = "/api/v1/users/me/export"

# What a database itself writes so that packing does not make it small.
_RANDOM = {False: ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {posts}) ",
                   "hex(randomblob(300))", "n"),
           True: ("", "CONCAT(SHA2(RAND(), 512), SHA2(RAND(), 512), SHA2(RAND(), 512), SHA2(RAND(), 512))",
                  "seq_1_to_{posts}")}


def write_much(topology, user, posts=4000):
    """So many posts that nobody's buffers hold an export of them."""
    numbers, content, source = _RANDOM[topology.mariadb is not None]
    topology.sql((f"INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) {numbers}"
                  f"SELECT {user}, '1000만', 1, {content}, 1700000000000, 1700000000000 FROM {source}")
                 .format(posts=posts))


def files_of(answer):
    """The files of an export by name, each checked against its checksum."""
    assert answer.status == 200, answer
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


class SlowReader:
    """A download that has begun, of which no more is taken than is asked for."""

    def __init__(self, browser):
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.bind((browser.source, 0))
        self._socket.settimeout(60)
        self._socket.connect(browser.node.address)
        self._socket.sendall((f"GET {EXPORT} HTTP/1.1\r\nHost: localhost\r\nCookie: {browser.cookie_header(EXPORT)}"
                              "\r\n\r\n").encode())
        self._response = http.client.HTTPResponse(self._socket, method="GET")
        self._response.begin()
        self.status = self._response.status
        self._read = b""

    def read_some(self):
        some = self._response.read(1000)
        self._read += some
        return some

    def rest(self):
        return Answer(self.status, self._response.headers, self._read + self._response.read())

    def is_cut(self):
        """Whether the download ends in its middle, and is seen to."""
        try:
            self._response.read()
        except (http.client.IncompleteRead, ConnectionResetError):
            return True
        return False

    def close(self):
        self._response.close()
        self._socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
