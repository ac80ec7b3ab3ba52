"""Guests by the thousand, over one connection that is kept: what many do, not how fast one of them can."""

import http.client
import json


class People:
    """Who asks at `address`; each is the cookie by which it does. Anything but the status that is expected ends the
    benchmark."""

    def __init__(self, address):
        self._link = http.client.HTTPConnection(*address)
        self._fields = {"Origin": f"http://{address[0]}:{address[1]}", "Sec-Fetch-Site": "same-origin",
                        "Content-Type": "application/json"}

    def make(self, count):
        made = []
        for _ in range(count):
            answer = self._send("POST", "/api/guest", None, None, 200)
            lines = answer.headers.get_all("Set-Cookie")
            made.append(next(line.split(";")[0] for line in lines if line.startswith("access_token=")))
        return made

    def do(self, who, method, path, body=None, status=200):
        """The answer's data."""
        return json.loads(self._send(method, path, who, body, status).text or "null")

    def _send(self, method, path, who, body, status):
        fields = {**self._fields, **({"Cookie": who} if who else {})}
        self._link.request(method, path, None if body is None else json.dumps(body).encode(), fields)
        answer = self._link.getresponse()
        answer.text = answer.read()
        if answer.status != status:
            raise SystemExit(f"{method} {path}: {answer.status} {answer.text[:300]!r}")
        return answer
