"""Who and what the requests of the description's tests are about."""

from dataclasses import dataclass, field
from datetime import timedelta

from harness.browser import Browser
from harness.wire import expect_success

SITE = "https://described.test"  # --public-url of the service
NOBODY_HAS = 2**53 - 1
ELSEWHERE = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}


def data_of(answer, status=200):
    return expect_success(answer, status).json()["data"]


@dataclass
class Call:
    who: Browser
    values: dict = field(default_factory=dict)  # the description's parameter → value
    body: object = None
    headers: dict = field(default_factory=dict)  # of a browser, which no description names
    valid: bool = True  # whether the description says that this may be sent


class World:
    """Who and what the requests are about, made when asked for."""

    def __init__(self, topology):
        self.topology = topology
        self.author = topology.guest()
        self.user = self.author.me()["userId"]
        self.post = self.author.write()
        self.comment = self.author.comment(self.post)

    def days(self):
        today = self.topology.today()
        return {"from": (today - timedelta(days=30)).isoformat(), "to": today.isoformat()}

    def deleted_post(self):
        post = self.author.write()
        expect_success(self.author.delete(f"/api/v1/feeds/{post['feedId']}"))
        return post["feedId"]

    def deleted_comment(self):
        comment = self.author.comment(self.post)
        expect_success(self.author.delete(f"/api/v1/comments/{comment['commentId']}"))
        return comment["commentId"]


def private_member(world):
    """The id of a member with a private profile."""
    member = world.topology.member()
    expect_success(member.patch("/api/v1/users/me/settings", {"profileVisibility": "PRIVATE"}))
    return member.me()["userId"]


def send(world, operation, call):
    """Sends it as the description says, where it is a request that it allows."""
    if call.valid:
        operation.check_request(call.values, call.body)
    headers = {**operation.headers(call.values), **call.headers}
    body = call.body
    if body is not None:
        headers["Content-Type"] = operation.body_type
        if operation.body_type == "application/x-www-form-urlencoded" and isinstance(body, dict):
            body = "&".join(f"{name}={value}" for name, value in body.items())
    answer = call.who.send(operation.method, operation.target(call.values), body, headers)
    operation.check_answer(answer)
    return answer
