"""For each operation requests that get each of its described answers, made against a world of real accounts and posts."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from harness.authenticator import Authenticator
from harness.browser import Browser
from harness.wire import expect_success

NOBODY_HAS = 2**53 - 1
PASSKEYS = "/api/v1/users/me/passkeys"
ELSEWHERE = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}


def _data(answer, status=200):
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

    def link(self):
        """The token of a new sign-in link."""
        target = self.topology.sign_in_link(self.topology.create_user())
        return parse_qs(urlsplit(target).query)["token"][0]

    def device(self):
        return Authenticator(self.topology.core.url, self.topology.folder)

    def passkey(self, member, device=None):
        """Registers a passkey of a member; its id."""
        device = device or self.device()
        made = device.create(_data(member.post(f"{PASSKEYS}/options")))
        return _data(member.post(PASSKEYS, made), 201)["passkeyId"]

    def signing(self):
        """What a registered passkey answers to a new challenge."""
        device = self.device()
        self.passkey(self.topology.member(), device)
        return device.get(_data(self.topology.browser().post("/api/v1/sign-in/passkey/options")))

    def deleted_post(self):
        post = self.author.write()
        expect_success(self.author.delete(f"/api/v1/feeds/{post['feedId']}"))
        return post["feedId"]

    def deleted_comment(self):
        comment = self.author.comment(self.post)
        expect_success(self.author.delete(f"/api/v1/comments/{comment['commentId']}"))
        return comment["commentId"]


def _of_post(world, **more):
    return Call(world.author, {"feedId": world.post["feedId"]}, **more)


def _of_comment(world, **more):
    return Call(world.author, {"commentId": world.comment["commentId"]}, **more)


def _new_passkey(world):
    member = world.topology.member()
    return Call(member, body=world.device().create(_data(member.post(f"{PASSKEYS}/options"))))


def _passkey_of_two(world):
    member = world.topology.member()
    world.passkey(member)
    return Call(member, {"passkeyId": world.passkey(member)})


def _last_passkey(world, _):
    member = world.topology.member()
    return Call(member, {"passkeyId": world.passkey(member)})


def _passkey_again(world, _):
    member, device = world.topology.member(), world.device()
    world.passkey(member, device)
    return Call(member, body=device.create(_data(member.post(f"{PASSKEYS}/options"))))


def _used_answer(world, _):
    """Of a challenge that was used already."""
    body = world.signing()
    expect_success(world.topology.browser().post("/api/v1/sign-in/passkey", body))
    return Call(world.topology.browser(), body=body)


def _eleventh_passkey(world, _):
    member = world.topology.member()
    for _ in range(10):
        world.passkey(member)
    return Call(member)


# The likes are those of an author who has not liked yet: the toggles answer 201, what is taken back was not there.
GOOD = {
    "startAsGuest": lambda world: Call(world.topology.browser()),
    "renewSession": lambda world: Call(world.topology.guest()),
    "signOut": lambda world: Call(world.topology.guest()),
    "showSignInLink": lambda world: Call(world.topology.browser(), {"token": world.link()}),
    "useSignInLink": lambda world: Call(world.topology.guest(), body={"token": world.link(), "keepPosts": "true"}),
    "sessionKeys": lambda world: Call(world.topology.browser()),
    "signInProviders": lambda world: Call(world.topology.browser()),
    "me": lambda world: Call(world.author),
    "passkeys": lambda world: Call(world.topology.member()),
    "passkeyOptions": lambda world: Call(world.topology.member()),
    "createPasskey": _new_passkey,
    "deletePasskey": _passkey_of_two,
    "passkeySignInOptions": lambda world: Call(world.topology.browser()),
    "signInByPasskey": lambda world: Call(world.topology.browser(), body=world.signing()),
    "user": lambda world: Call(world.author, {"userId": world.user}),
    "assetHistory": lambda world: Call(world.author, {"userId": world.user, **world.days()}),
    "feed": lambda world: Call(world.author),
    "createPost": lambda world: Call(world.author, body={"content": "오늘도 화이팅"}),
    "feedOfAuthor": lambda world: Call(world.author, {"userId": world.user}),
    "post": _of_post,
    "editPost": lambda world: _of_post(world, body={"content": "고쳐 씀"}),
    "deletePost": _of_post,
    "comments": lambda world: Call(world.author, {"id": world.post["feedId"]}),
    "editComment": lambda world: Call(world.author, {"id": world.comment["commentId"]}, {"content": "고쳐 씀"}),
    "deleteComment": lambda world: Call(world.author, {"id": world.comment["commentId"]}),
    "createComment": lambda world: Call(world.author, body={"feedId": world.post["feedId"], "content": "좋아요",
                                                            "parentCommentId": world.comment["commentId"]}),
    "togglePostLike": _of_post,
    "likePost": _of_post,
    "unlikePost": _of_post,
    "toggleCommentLike": _of_comment,
    "likeComment": _of_comment,
    "unlikeComment": _of_comment,
    "openapi": lambda world: Call(world.topology.browser()),
    "docs": lambda world: Call(world.topology.browser()),
    "docsStyle": lambda world: Call(world.topology.browser()),
}


def _with_key(call):
    return replace(call, values={"Idempotency-Key": "the same"})


def _another_body_for_a_key(world, operation):
    send(world, operation, _with_key(GOOD[operation.id](world)))
    call = _with_key(GOOD[operation.id](world))
    return replace(call, body={**call.body, "content": "다른 글"})


def _liked(world, operation):
    send(world, operation, GOOD[operation.id](world))
    return GOOD[operation.id](world)


def _by_another(world, operation):
    return replace(GOOD[operation.id](world), who=world.topology.guest())


def _of_deleted(name, deleted):
    return lambda world, operation: replace(GOOD[operation.id](world), values={name: deleted(world)})


# Answers that no rule below leads to, and other ways to one of them: (operation, status) → requests.
PARTICULAR = {
    ("startAsGuest", 200): [lambda world, _: Call(world.author)],
    ("showSignInLink", 302): [lambda world, _: Call(world.topology.browser()),
                              lambda world, _: Call(world.topology.browser(), {"token": "unknown"})],
    ("showSignInLink", 400): [lambda world, _: Call(world.topology.browser(), {"token": "\0"}, valid=False)],
    ("useSignInLink", 302): [lambda world, _: Call(world.topology.browser(), body={"token": "unknown"})],
    ("useSignInLink", 400): [lambda world, _: Call(world.topology.browser(), body=b"token=%zz", valid=False)],
    ("createPasskey", 400): [lambda world, _: Call(world.topology.member(), body=_new_passkey(world).body)],
    ("createPasskey", 409): [_passkey_again],
    ("passkeyOptions", 409): [_eleventh_passkey],
    ("deletePasskey", 409): [_last_passkey],
    ("signInByPasskey", 400): [_used_answer],
    ("user", 200): [_by_another],  # without the address
    ("feed", 200): [lambda world, _: Call(world.author, {"lastFeedId": 1, "size": 50})],  # past the end
    ("createPost", 201): [lambda world, operation: _with_key(GOOD[operation.id](world))],
    ("createPost", 409): [_another_body_for_a_key],
    ("createComment", 201): [lambda world, _: Call(world.author, body={"feedId": world.post["feedId"],
                                                                       "content": "첫째"})],
    ("createComment", 409): [_another_body_for_a_key],
    ("comments", 200): [lambda world, _: Call(world.author, {"id": world.post["feedId"], "size": 1,
                                                             "parentCommentId": world.comment["commentId"]}),
                          lambda world, _: Call(world.author, {"id": world.post["feedId"], "view": "threads"})],
    ("post", 404): [_of_deleted("feedId", World.deleted_post)],
    ("editPost", 403): [_by_another],
    ("editPost", 404): [_of_deleted("feedId", World.deleted_post)],
    ("deletePost", 400): [_of_deleted("feedId", World.deleted_post)],
    ("deletePost", 403): [_by_another],
    ("likePost", 404): [_of_deleted("feedId", World.deleted_post)],
    ("editComment", 403): [_by_another],
    ("editComment", 404): [_of_deleted("id", World.deleted_comment)],
    ("deleteComment", 400): [_of_deleted("id", World.deleted_comment)],
    ("deleteComment", 403): [_by_another],
    ("likeComment", 404): [_of_deleted("commentId", World.deleted_comment)],
    ("togglePostLike", 200): [_liked],
    ("toggleCommentLike", 200): [_liked],
}
# What the good request itself does not get where it has two ways to succeed.
OTHER_SUCCESS = {("showSignInLink", 302), ("togglePostLike", 200), ("toggleCommentLike", 200)}


def _wrong(world, operation):
    call = GOOD[operation.id](world)
    if operation.body_type == "application/json":
        return replace(call, body=b"{", valid=False)
    name = next((name for name in operation.parameters if operation.schema_of(name).get("type") == "integer"), None)
    return replace(call, values={**call.values, name: "x"}, valid=False) if name else None


def _of_nothing(world, operation):
    """The good request with an id that nobody has."""
    call = GOOD[operation.id](world)
    unknown = {name: NOBODY_HAS if name.lower().endswith("id") else value for name, value in call.values.items()}
    body = {**call.body, "feedId": NOBODY_HAS} if "feedId" in (call.body or {}) else call.body
    return replace(call, values=unknown, body=body)


def _again(world, operation):
    call = GOOD[operation.id](world)
    tag = send(world, operation, call).header("ETag")
    return replace(call, values={**call.values, "If-None-Match": tag})


def _too_large(world, operation):
    return replace(GOOD[operation.id](world), body=b"x" * (2 * 1024 * 1024), valid=False)


# By the status alone, from the good request.
RULES = {
    304: _again,
    400: _wrong,
    401: lambda world, operation: replace(GOOD[operation.id](world), who=world.topology.browser()),
    403: lambda world, operation: replace(GOOD[operation.id](world), headers=ELSEWHERE),
    404: _of_nothing,
    413: _too_large,
}


def expected_statuses(operation):
    """What the operation is described to answer, and what it is known to, so that neither can be left out."""
    statuses = set(operation.statuses) | {status for name, status in PARTICULAR if name == operation.id}
    if any(parameter["in"] == "path" for parameter in operation.parameters.values()):
        statuses.add(404)
    if "If-None-Match" in operation.parameters:
        statuses.add(304)
    return statuses


def requests_for(world, operation, status):
    """Requests that must get `status`; at least one, or the description promises what nobody has seen."""
    calls = [make(world, operation) for make in PARTICULAR.get((operation.id, status), [])]
    if status in RULES:
        calls.append(RULES[status](world, operation))
    elif status < 400 and (operation.id, status) not in OTHER_SUCCESS:
        calls.append(GOOD[operation.id](world))
    calls = [call for call in calls if call is not None]
    assert calls, f"{operation.id}: no request is known to get {status}"
    return calls


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
