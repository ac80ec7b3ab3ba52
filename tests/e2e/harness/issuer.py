"""An issuer of ID tokens that may lie: its metadata, its keys, and a token endpoint that answers as it is told."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from harness.keys import KeyPair
from harness.secrets import known_secrets


class Issuer:
    def __init__(self, client):
        self.client = client
        self.keys = [KeyPair("ES256", "key-1")]
        self.asked = []  # forms that came to the token endpoint
        self.status = 200
        self.hangs = False
        self._go = Event()
        self._grants = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def grant(self, location, subject="person-1", key=None, **changes):
        """The person agrees: where the browser goes back to. `changes`: claims of the ID token; None leaves one out."""
        asked = self.parameters(location)
        now = int(time.time())
        claims = {"iss": self.url, "sub": subject, "aud": self.client, "iat": now, "exp": now + 300,
                  "nonce": asked["nonce"], **changes}
        claims = {name: value for name, value in claims.items() if value is not None}
        key = key or self.keys[-1]
        code = f"code-{len(self._grants)}"
        self._grants[code] = known_secrets.add("ID token", key.sign(claims, kid=key.kid))
        return back(asked, code=code, state=asked["state"])

    @staticmethod
    def parameters(location):
        return {name: value for name, (value,) in parse_qs(urlsplit(location).query, keep_blank_values=True).items()}

    def stop(self):
        self._go.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, path, form):
        if path == "/.well-known/openid-configuration":
            return 200, {"issuer": self.url, "jwks_uri": self.url + "/keys", "token_endpoint": self.url + "/token",
                         "authorization_endpoint": self.url + "/auth",
                         "token_endpoint_auth_methods_supported": ["client_secret_post"]}
        if path == "/keys":
            return 200, {"keys": [key.public_jwk() for key in self.keys]}
        self.asked.append(form)
        if self.hangs:
            self._go.wait(30)
        if self.status != 200:
            return self.status, {"error": "server_error"}
        token = self._grants.pop(form.get("code"), None)  # once
        return (200, {"id_token": token, "access_token": "x"}) if token else (400, {"error": "invalid_grant"})

    def _handler(issuer):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._send(*issuer._answer(self.path, {}))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._send(*issuer._answer(self.path, {name: value for name, (value,) in parse_qs(body).items()}))

            def _send(self, status, document):
                body = json.dumps(document).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # who asked does not wait any more

            def log_message(self, *_):
                pass

        return Handler


def back(asked, **parameters):
    """The path and query at the service that a provider sends the browser to."""
    return urlsplit(asked["redirect_uri"]).path + "?" + urlencode(parameters)
