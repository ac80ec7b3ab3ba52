"""One HTTP request and its answer, with nothing hidden: no redirects, no retries, no cookies."""

import http.client
import itertools
import json
import socket


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers  # http.client.HTTPMessage: case-insensitive
        self.body = body

    def json(self):
        return json.loads(self.body)

    @property
    def data(self):
        return self.json()["data"]

    def header(self, name):
        return self.headers.get(name)

    def cookies(self):
        """Set-Cookie fields as {name: (value, {attribute: value})}; attribute names in lower case."""
        found = {}
        for line in self.headers.get_all("Set-Cookie") or []:
            first, *attributes = [part.strip() for part in line.split(";")]
            name, _, value = first.partition("=")
            pairs = (attribute.partition("=") for attribute in attributes)
            found[name] = (value, {key.lower(): content for key, _, content in pairs})
        return found

    def __repr__(self):
        return f"<{self.status} {self.body[:400]!r}>"


# Limits are kept per client address, so every client of a run comes from a loopback address of its own.
_addresses = (f"127.{a}.{b}.{c}" for a in itertools.count(1) for b in range(256) for c in range(1, 255))


def next_address():
    return next(_addresses)


class Link:
    """A keep-alive connection to one node."""

    def __init__(self, address, source=None, timeout=30):
        host, port = address
        self._connection = http.client.HTTPConnection(
            host, port, timeout=timeout, source_address=(source, 0) if source else None
        )

    def send(self, method, target, body=None, headers=None):
        headers = dict(headers or {})
        if isinstance(body, str):
            body = body.encode()
        elif body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        self._connection.request(method, target, body=body, headers=headers)
        response = self._connection.getresponse()
        return Answer(response.status, response.headers, response.read())

    def close(self):
        self._connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def call(address, method, target, body=None, headers=None, source=None, timeout=30):
    with Link(address, source, timeout) as link:
        return link.send(method, target, body, {"Connection": "close", **(headers or {})})


def call_raw(address, request, timeout=30):
    """Sends bytes as they are and reads one answer; for what an HTTP library would not send."""
    with socket.create_connection(address, timeout=timeout) as connection:
        connection.sendall(request)
        return read_answer(connection)


def read_answer(connection, method="GET"):
    response = http.client.HTTPResponse(connection, method=method)
    response.begin()
    return Answer(response.status, response.headers, response.read())


def expect_failure(answer, status):
    """An error of the contract's section 1: the status, and an envelope that repeats it."""
    assert answer.status == status, answer
    assert answer.header("Content-Type").startswith("application/json"), answer.headers.items()
    envelope = answer.json()
    assert set(envelope) == {"resultCode", "message", "data"}, envelope
    assert envelope["resultCode"] == f"F-{status}", envelope
    assert envelope["message"].strip(), envelope
    assert envelope["data"] is None, envelope
    return answer


def expect_success(answer, status=200):
    assert answer.status == status, answer
    envelope = answer.json()
    assert envelope["resultCode"] == f"S-{status}", envelope
    return answer
