"""npm's oidc-provider as a sign-in provider, and the pages of it that a browser goes through."""

import json
import subprocess
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from harness.browser import _Form
from harness.wire import call

SITE = "https://members.test"  # --public-url of the service


class OpenIdProvider:
    def __init__(self, command, folder, **settings):
        self._process = subprocess.Popen([*command, "provider.mjs", json.dumps(settings)], cwd=folder, text=True,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.url = json.loads(self._process.stdout.readline())["issuer"]

    def next(self, account=None, error=None, **claims):
        """Who signs in there from now on, or the error that it ends with."""
        told = {"account": account, "claims": claims} if account else {"error": error}
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:  # it has hints of its own there
            if line == "{}\n":
                return
        raise AssertionError("the provider ended")

    def visit(self, location):
        """Goes where our service sent the browser until it is sent back: the path and query, or the form that its page
        sends: (path, fields)."""
        host, port = urlsplit(self.url).hostname, urlsplit(self.url).port
        jar = {}
        for _ in range(10):
            parts = urlsplit(location)
            cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
            answer = call((host, port), "GET", f"{parts.path}?{parts.query}", headers={"Cookie": cookies} if cookies else {})
            for line in answer.headers.get_all("Set-Cookie") or []:
                jar.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
            if answer.status in (200, 400) and b"<form" in answer.body:  # 400: its page sends an error
                form = _Form(answer.body.decode())
                assert form.method == "POST" and form.action.startswith(SITE + "/"), answer
                return form.action.removeprefix(SITE), form.fields
            assert answer.status in (302, 303), answer
            location = answer.header("Location")
            if location.startswith(SITE + "/"):
                return location.removeprefix(SITE)
        raise AssertionError(f"still at the provider: {location}")

    def await_revoked(self):
        """Until it has revoked a token."""
        assert "revoked\n" in iter(self._process.stdout.readline, ""), "the provider ended"

    def stop(self):
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()
