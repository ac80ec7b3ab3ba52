"""Walkers as phones and the page have them: ID tokens of an issuer, sessions by bearer and by cookies."""

import secrets
import time

from harness.secrets import known_secrets
from harness.wire import call, expect_success

SESSION = "/api/v1/walkers/session"
TOKEN = "/api/v1/walkers/token"
ME = "/api/v1/walkers/me"


def id_token(issuer, subject, **changes):
    """`changes`: claims to replace; None leaves one out. No two are the same."""
    now = int(time.time())
    claims = {"iss": issuer.url, "sub": subject, "aud": issuer.client, "iat": now, "exp": now + 300,
              "jti": secrets.token_urlsafe(12), **changes}
    key = issuer.keys[-1]
    signed = key.sign({name: value for name, value in claims.items() if value is not None}, kid=key.kid)
    return known_secrets.add("ID token", signed)


class Phone:
    """An app on a phone: no cookies, no origin, a bearer."""

    def __init__(self, node, issuer, provider="office", subject="walker-1"):
        self.node, self.issuer, self.provider, self.subject = node, issuer, provider, subject
        self.access = self.refresh = self.uuid = None

    def send(self, method, target, body=None, access=None):
        token = access or self.access
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return call(self.node.address, method, target, body, headers)

    def sign_in(self):
        nonce = expect_success(self.send("POST", "/api/v1/walkers/nonce")).data["nonce"]
        token = id_token(self.issuer, self.subject, nonce=nonce)
        return self.take(call(self.node.address, "POST", SESSION,
                              {"provider": self.provider, "idToken": token, "nonce": nonce}, {}))

    def take(self, answer):
        if answer.status == 200:
            data = answer.data
            self.access = known_secrets.add("token", data["accessToken"])
            self.refresh = known_secrets.add("token", data["refreshToken"])
            self.uuid = data["walker"]["walkerId"]
        return answer

    def renew(self, refresh=None, node=None):
        return call((node or self.node).address, "POST", TOKEN, {"refreshToken": refresh or self.refresh}, {})

    def me(self, node=None, access=None):
        headers = {"Authorization": f"Bearer {access or self.access}"}
        return call((node or self.node).address, "GET", ME, None, headers)
