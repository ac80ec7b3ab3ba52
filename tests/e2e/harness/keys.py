"""Keys of clients, and what they sign: JOSE by Authlib, none of the program's own code."""

import base64
import hashlib
import json
import secrets
import time

from authlib.jose import JsonWebKey, JsonWebSignature

from harness import jwt
from harness.secrets import known_secrets


class KeyPair:
    """Signs whatever header and claims it is given, good or bad."""

    def __init__(self, alg="ES256", kid=None):
        self.alg = alg
        self.kid = kid
        kind, size = ("EC", "P-256") if alg == "ES256" else ("RSA", 2048)
        self._key = JsonWebKey.generate_key(kind, size, is_private=True)
        known_secrets.add("private key", self.private_jwk()["d"])

    def public_jwk(self):
        return self._jwk(False)

    def private_jwk(self):
        return self._jwk(True)

    def private_pem(self):
        """PKCS #8."""
        return self._key.as_pem(is_private=True).decode()

    def thumbprint(self):
        """RFC 7638, by hand."""
        members = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}[self.public_jwk()["kty"]]
        text = json.dumps({name: self.public_jwk()[name] for name in members}, separators=(",", ":"))
        return jwt.encode(hashlib.sha256(text.encode()).digest())

    def sign(self, claims, **header):
        """`header`: changes to {"alg": …}; None leaves a member out."""
        whole = {name: value for name, value in {"alg": self.alg, **header}.items() if value is not None}
        payload = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
        return JsonWebSignature(private_headers=list(whole)).serialize_compact(whole, payload, self._key).decode()

    def _jwk(self, private):
        found = {name: value for name, value in self._key.as_dict(is_private=private).items() if name != "kid"}
        if self.alg == "ES256":  # Authlib drops leading zeros, against RFC 7518 section 6.2.1.2
            found |= {name: jwt.encode(jwt.decode(found[name]).rjust(32, b"\0")) for name in ("x", "y", "d")
                      if name in found}
        return {**found, "alg": self.alg, "use": "sig", **({"kid": self.kid} if self.kid else {})}


def client_assertion(key, client, audience, header=None, **changes):
    """A JWT of RFC 7523; `changes`: claims to replace, None leaves one out."""
    now = int(time.time())
    claims = {"iss": client, "sub": client, "aud": audience, "iat": now, "exp": now + 60,
              "jti": secrets.token_urlsafe(16), **changes}
    claims = {name: value for name, value in claims.items() if value is not None}
    return known_secrets.add("assertion", key.sign(claims, **{"kid": key.kid, **(header or {})}))


def dpop_proof(key, method, url, token=None, header=None, **changes):
    """A proof of RFC 9449; `changes`: claims to replace, None leaves one out."""
    claims = {"jti": secrets.token_urlsafe(16), "htm": method, "htu": url, "iat": int(time.time())}
    if token:
        claims["ath"] = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
    claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    public = {name: value for name, value in key.public_jwk().items() if name not in ("alg", "use", "kid")}
    return known_secrets.add("proof", key.sign(claims, **{"typ": "dpop+jwt", "jwk": public, **(header or {})}))
