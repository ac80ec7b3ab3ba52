"""An issuer of ID tokens that may lie: its metadata, its keys, and endpoints that answer as they are told."""

import json
import secrets
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
        self.hangs = set()  # paths that do not answer
        self.gives_refresh_tokens = False
        self.refresh_tokens = []
        self.ended = []  # (path, form, Authorization) of what was to be revoked or unlinked
        self.ending = 200, {}  # how that is answered
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
        code = f"code-{len(self._grants)}-{len(self.asked)}"
        self._grants[code] = known_secrets.add("ID token", key.sign(claims, kid=key.kid))
        return back(asked, code=code, state=asked["state"])

    @staticmethod
    def parameters(location):
        return {name: value for name, (value,) in parse_qs(urlsplit(location).query, keep_blank_values=True).items()}

    def notify(self, events, key=None, **changes):
        """What a server of the issuer sends about a person. `changes`: as those of `grant`."""
        now = int(time.time())
        claims = {"iss": self.url, "aud": self.client, "iat": now, "exp": now + 300, "jti": "a", "events": events, **changes}
        key = key or self.keys[-1]
        return key.sign({name: value for name, value in claims.items() if value is not None}, kid=key.kid)

    def go_on(self):
        """What hangs is let go, and nothing hangs any more."""
        self.hangs = set()
        self._go.set()
        self._go = Event()

    def stop(self):
        self._go.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, path, form, authorization=None):
        if path in self.hangs:
            self._go.wait(30)
        if path == "/.well-known/openid-configuration":
            return 200, {"issuer": self.url, "jwks_uri": self.url + "/keys", "token_endpoint": self.url + "/token",
                         "authorization_endpoint": self.url + "/auth",
                         "userinfo_endpoint": self.url + "/v1/oidc/userinfo",
                         "revocation_endpoint": self.url + "/revoke",
                         "token_endpoint_auth_methods_supported": ["client_secret_post"]}
        if path == "/keys":
            return 200, {"keys": [key.public_jwk() for key in self.keys]}
        if path in ("/revoke", "/v1/user/unlink"):
            self.ended.append((path, form, authorization))
            return self.ending
        self.asked.append(form)
        if self.status != 200:
            return self.status, {"error": "server_error"}
        token = self._grants.pop(form.get("code"), None)  # once
        if token is None:
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": token, "access_token": "x", **self._refresh_token()}

    def _refresh_token(self):
        if not self.gives_refresh_tokens:
            return {}
        self.refresh_tokens.append(known_secrets.add("refresh token", f"refresh-{secrets.token_urlsafe(16)}"))
        return {"refresh_token": self.refresh_tokens[-1]}

    def _handler(issuer):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._send(*issuer._answer(self.path, {}))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: value for name, (value,) in parse_qs(body).items()}
                self._send(*issuer._answer(self.path, form, self.headers["Authorization"]))

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
