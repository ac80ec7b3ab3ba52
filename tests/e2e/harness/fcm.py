"""Firebase Cloud Messaging's HTTP v1 API of the test's own, with Google's token endpoint beside it: checks the assertion,
the access token and every field of a message against the published reference
(https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages), and answers as it is told to."""

import json
import os
import re
import socket
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from authlib.jose import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from harness.secrets import known_secrets

PROJECT = "firewalker-tests"
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def text(value):
    return isinstance(value, str) and bool(value)


def strings(value):
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def duration(value):
    return isinstance(value, str) and re.fullmatch(r"\d+(\.\d{1,9})?s", value)


def one_of(*words):
    return lambda value: value in words


def each_of(fields):
    """An object with no other fields than these, each of which is judged."""
    return lambda value: (isinstance(value, dict) and set(value) <= set(fields)
                          and all(fields[name](each) for name, each in value.items()))


def data(value):
    return strings(value) and not any(
        name in ("from", "message_type") or name.startswith(("google", "gcm")) for name in value)


def apns_headers(value):
    return (strings(value) and set(value) <= {"apns-priority", "apns-expiration", "apns-collapse-id"}
            and value["apns-priority"] in ("1", "5", "10") and value["apns-expiration"].isdecimal()
            and len(value["apns-collapse-id"].encode()) <= 64)


MESSAGE = each_of({
    "token": text,
    "notification": each_of({"title": text, "body": text, "image": text}),
    "data": data,
    "android": each_of({
        "collapse_key": text, "priority": one_of("NORMAL", "HIGH"), "ttl": duration, "restricted_package_name": text,
        "data": data, "direct_boot_ok": lambda value: isinstance(value, bool),
        "notification": each_of({"title": text, "body": text, "icon": text, "color": text, "sound": text, "tag": text,
                                 "click_action": text, "channel_id": text})}),
    "apns": each_of({"headers": apns_headers, "payload": lambda value: isinstance(value, dict)}),
})


def error(status, word, code=None, headers=None):
    """An answer as Google's APIs have it, with FCM's own code in it."""
    details = [{"@type": "type.googleapis.com/google.rpc.Help"}]
    if code:
        details.append({"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code})
    return status, headers or {}, {"error": {"code": status, "message": "no", "status": word, "details": details}}


UNREGISTERED = error(404, "NOT_FOUND", "UNREGISTERED")
NO_PROJECT = error(404, "NOT_FOUND")
INVALID = error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT")
SENDER_ID_MISMATCH = error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH")
FORBIDDEN = error(403, "PERMISSION_DENIED")
UNAVAILABLE = error(503, "UNAVAILABLE", "UNAVAILABLE", {"Retry-After": "1"})


def quota_exceeded(pause):
    return error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", {"Retry-After": str(pause)})


class Fcm:
    def __init__(self):
        self.messages = []  # that were taken
        self.tries = []  # the token and when, of every call
        self.answers = {}  # by device token: what comes first
        self.answer_to_all = None
        self.grants = []  # what the token endpoint says next
        self.tokens = {}  # that are good, and until when
        self.granted = 0
        self.faults = []  # of who calls
        self.at_once = self.most_at_once = 0
        self.delay = 0
        self._lock = threading.Lock()
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        fcm = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    status, headers, answer = fcm.take(self.path, self.headers, body)
                except Exception as fault:
                    fcm.faults.append(repr(fault))
                    status, headers, answer = 500, {}, {}
                content = json.dumps(answer).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Type": "application/json; charset=UTF-8",
                                    "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        assert not self.faults, self.faults

    def account_file(self, path):
        """As Google's console gives it out."""
        pem = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        known_secrets.add("service account", "".join(pem.split("\n")[1:3]))
        path.write_text(json.dumps({
            "type": "service_account", "project_id": PROJECT, "private_key_id": "key-1", "private_key": pem,
            "client_email": f"push@{PROJECT}.iam.gserviceaccount.com", "client_id": "1234567890",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": f"{self.origin}/token",
            "universe_domain": "googleapis.com"}, indent=2))
        path.chmod(0o600)
        return path

    def device(self, *answers):
        """The token of an app, for which these answers come first."""
        token = known_secrets.add("FCM token", os.urandom(11).hex() + ":APA91b" + os.urandom(70).hex())
        self.answers[token] = list(answers)
        return token

    def of(self, token):
        return [message for message in self.messages if message["token"] == token]

    def tries_of(self, token):
        return [at for tried, at in self.tries if tried == token]

    def take(self, path, headers, body):
        if path == "/token":
            return self._grant(headers, body)
        assert path == f"/v1/projects/{PROJECT}/messages:send", path
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            time.sleep(self.delay)
            return self._send(headers, body)
        finally:
            with self._lock:
                self.at_once -= 1

    def _grant(self, headers, body):
        assert headers["Content-Type"] == "application/x-www-form-urlencoded"
        form = urllib.parse.parse_qs(body.decode(), strict_parsing=True)
        assert set(form) == {"grant_type", "assertion"} and form["grant_type"] == [GRANT]
        (assertion,) = form["assertion"]
        public = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        claims = jwt.decode(assertion, public)
        assert claims.header == {"alg": "RS256", "kid": "key-1", "typ": "JWT"}
        now = time.time()
        assert set(claims) == {"iss", "scope", "aud", "iat", "exp"}
        assert claims["iss"] == f"push@{PROJECT}.iam.gserviceaccount.com"
        assert claims["aud"] == f"{self.origin}/token" and claims["scope"] == SCOPE
        assert now - 60 < claims["iat"] <= now + 1 and claims["iat"] < claims["exp"] <= claims["iat"] + 3600
        self.granted += 1
        if self.grants:
            return self.grants.pop(0)
        token = known_secrets.add("access token", "ya29." + os.urandom(40).hex())
        self.tokens[token] = now + 3599
        return 200, {}, {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}

    def _send(self, headers, body):
        scheme, _, access_token = headers["Authorization"].partition(" ")
        assert scheme == "Bearer"
        assert headers["Content-Type"].startswith("application/json")
        if self.tokens.get(access_token, 0) < time.time():
            return error(401, "UNAUTHENTICATED")
        content = json.loads(body)
        assert set(content) == {"message"}, content
        message = content["message"]
        assert MESSAGE(message), message
        token = message["token"]
        self.tries.append((token, time.monotonic()))
        if self.answer_to_all:
            return self.answer_to_all
        if self.answers[token]:
            return self.answers[token].pop(0)
        self.messages.append(message)
        return 200, {}, {"name": f"projects/{PROJECT}/messages/{len(self.messages)}"}


class Proxy:
    """Connects whoever asks by CONNECT (RFC 9110 section 9.3.6) to a server on this machine."""

    def __init__(self):
        self.asked = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self):
        self._listener.close()

    def _run(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += client.recv(1)
        method, target, version = head.split(b"\r\n")[0].decode().split(" ")
        assert (method, version) == ("CONNECT", "HTTP/1.1")
        self.asked.append(target)
        host, _, port = target.rpartition(":")
        server = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        threading.Thread(target=self._copy, args=(server, client), daemon=True).start()
        self._copy(client, server)

    @staticmethod
    def _copy(source, sink):
        try:
            while chunk := source.recv(65536):
                sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
