"""The data layer of Firewalker's first app, as its published source has it: what it sends, keeps and decodes."""

import json
import time
import uuid

from harness import jwt
from harness.secrets import known_secrets
from harness.wire import call, next_address


def says(answer, status, message):
    """An answer that is a text."""
    assert answer.status == status, answer
    assert answer.header("Content-Type") == "application/json; charset=utf-8"
    assert answer.json() == {"message": message}, answer
    return answer


def fails(answer, status, message, error):
    """A failure in the form of the first release's framework."""
    assert answer.status == status, answer
    assert answer.header("Content-Type") == "application/json; charset=utf-8"
    assert answer.json() == {"message": message, "error": error, "statusCode": status}, answer
    return answer


def is_broken(answer):
    assert answer.status == 500, answer
    assert answer.json() == {"statusCode": 500, "message": "Internal server error"}, answer
    return answer


def claims_of(token):
    """As the app's decoder reads them: three parts, and an `exp` that is an integer."""
    token = token.removeprefix("Bearer ").removeprefix("Bearer ")
    assert len(token.split(".")) == 3, token
    claims = jwt.claims_of(token)
    assert isinstance(claims["exp"], int), claims
    return claims


class App:
    """One phone. It keeps the access token as it came, with its `Bearer `."""

    def __init__(self, node, source=None):
        self.node = node
        self.source = source or next_address()
        self.access = self.refresh = None

    def send(self, method, path, body=None, headers=None):
        return call(self.node.others["first-release"], method, path, body,
                    {"Content-Type": "application/json", **(headers or {})}, source=self.source)

    def sign_up(self, social_id="3141592653"):
        answer = says(self.send("POST", "/auth/signup", {"socialId": social_id}), 201, "Signup 성공!")
        return self.keep(answer)

    def keep(self, answer):
        self.access = answer.header("Authorization")
        self.refresh = answer.header("X-Refresh-Token")
        assert self.access.startswith("Bearer ey")
        for token, life in ((self.access, 3600), (self.refresh, 7 * 86400)):
            claims = claims_of(token)
            assert abs(claims["exp"] - time.time() - life) < 60, claims
            assert uuid.UUID(claims["userUuid"]).version == 4
            known_secrets.add("token", token.removeprefix("Bearer "))
        known_secrets.add("first-release UUID", self.uuid)
        return self

    @property
    def uuid(self):
        return claims_of(self.access)["userUuid"]

    def sign_in(self):
        """Its header has the word twice."""
        return self.send("POST", "/auth/signin", {"accessToken": self.access},
                         {"Authorization": f"Bearer {self.access}"})

    def update(self, path="/auth/update", **changes):
        """What is not set is sent as null."""
        body = {"userUuid": self.uuid, "nickName": None, "fcmToken": None, "dailyTargetStep": None, **changes}
        return self.send("PUT", path, body)

    def named(self, nickname):
        says(self.update(nickName=nickname), 200, "유저 정보가 업데이트되었습니다.")
        self.nickname = nickname
        return self

    def ask(self, other):
        return self.send("POST", "/auth/friend/request",
                         {"senderNickname": self.nickname, "friendNickname": other.nickname})

    def accept(self, other):
        return self.send("POST", "/auth/friend/accept",
                         {"recipientNickname": self.nickname, "friendNickname": other.nickname})

    def friends(self, **headers):
        answer = self.send("GET", "/auth/friend/list", headers=headers)
        assert answer.status == 200, answer
        assert set(answer.json()) == {"friendUuids"}
        return answer.json()["friendUuids"]

    def renew(self, token=None):
        return self.send("POST", "/auth/refresh", {"refreshToken": token or self.refresh})


def pair_of(answer):
    """Tokens that are in the body and in the head."""
    assert answer.status == 201, answer
    pair = json.loads(answer.body)
    assert set(pair) == {"accessToken", "refreshToken"}
    assert answer.header("Authorization") == f"Bearer {pair['accessToken']}"
    assert answer.header("X-Refresh-Token") == pair["refreshToken"]
    for token in pair.values():
        known_secrets.add("token", token)
    return pair
