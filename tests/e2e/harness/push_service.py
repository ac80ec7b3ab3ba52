"""A push service of the test's own, and the browser behind it: takes pushes (RFC 8030), checks who sends them (RFC 8292)
and decrypts them (RFC 8291) by Debian's python3-cryptography."""

import base64
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from authlib.jose import JsonWebKey, jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from harness.secrets import known_secrets


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key):
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(salt, secret, info, length):
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


class Subscription:
    """What a browser makes when its page subscribes."""

    def __init__(self, service):
        self.service = service
        self.path = "/" + known_secrets.add("push endpoint", os.urandom(12).hex())
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        self.contents = []  # of what came, decrypted
        self.heads = []
        self.bodies = []  # as they came
        self.answers = []  # (status, headers) to give next; then 201

    def to_json(self):
        return {"endpoint": self.service.origin + self.path, "expirationTime": None,
                "keys": {"p256dh": known_secrets.add("push key", encoded(point(self._key.public_key()))),
                         "auth": known_secrets.add("push key", encoded(self._auth))}}

    def secrets(self):
        """What the browser keeps, for another who decrypts."""
        number = self._key.private_numbers().private_value
        keys = self.to_json()["keys"]
        return {**keys, "privateKey": known_secrets.add("push key", encoded(number.to_bytes(32, "big")))}

    def decrypt(self, body):
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        assert (size, length) == (4096, 65)
        theirs, record = body[21:86], body[86:]
        shared = self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _hkdf(self._auth, shared, b"WebPush: info\0" + point(self._key.public_key()) + theirs, 32)
        key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, record, None)
        content, end, padding = plain.rpartition(b"\x02")
        assert end and not padding.strip(b"\0")
        return json.loads(content)


class PushService:
    def __init__(self):
        self.subscriptions = {}
        self.public_keys = set()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, headers = service.take(self.path, self.headers, body)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def subscription(self):
        made = Subscription(self)
        self.subscriptions[made.path] = made
        return made

    def take(self, path, headers, body):
        subscription = self.subscriptions[path]
        self._check(headers)
        content = subscription.decrypt(body)
        status, more = subscription.answers.pop(0) if subscription.answers else (201, {})
        subscription.heads.append(headers)
        subscription.bodies.append(body)
        if status < 300:
            subscription.contents.append(content)
        return status, more

    def _check(self, headers):
        scheme, _, rest = headers["Authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(", "))
        assert scheme == "vapid"
        raw = decoded(parts["k"])
        key = JsonWebKey.import_key({"kty": "EC", "crv": "P-256", "x": encoded(raw[1:33]), "y": encoded(raw[33:])})
        claims = jwt.decode(parts["t"], key)
        assert claims["aud"] == self.origin
        assert time.time() < claims["exp"] <= time.time() + 24 * 3600
        assert claims["sub"] == "mailto:push@dontgoback.example"
        assert claims.header["alg"] == "ES256"
        assert headers["Content-Encoding"] == "aes128gcm" and headers["Urgency"] in ("low", "normal")
        assert 0 < int(headers["TTL"]) <= 12 * 3600 and len(headers["Topic"]) == 32
        self.public_keys.add(parts["k"])
