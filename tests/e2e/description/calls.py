"""For each operation requests that get each of its described answers, made against a world of real accounts and posts."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from harness.authenticator import Authenticator
from harness.browser import Browser
from harness.wire import expect_success

SITE = "https://described.test"  # --public-url of the service
SIGN_UP = {"age14": True, "terms": "2026-11-27"}
NOBODY_HAS = 2**53 - 1
PASSKEYS = "/api/v1/users/me/passkeys"
ELSEWHERE = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}


def _data(answer, status=200):
    return expect_success(answer, status).json()["data"]


def _stored(token):
    """As the database keeps what a browser proves itself with."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")


def _soon():
    return int((time.time() + 600) * 1000)


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
        return Authenticator(SITE, self.topology.folder)

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

    def way(self):
        """A browser on its way to a provider, and the state that it takes along."""
        browser = self.topology.guest()
        location = browser.get("/api/oauth2/authorization/apple").header("Location")
        return browser, parse_qs(urlsplit(location).query)["state"][0]

    def member_with_ways_in(self, how_many):
        """And one of the ways."""
        member = self.topology.member()
        user = member.me()["userId"]
        for subject in range(how_many):
            self.topology.sql("INSERT INTO identities (issuer, subject, user_id, provider, linked_at) "
                              f"VALUES ('https://described.test', '{user}-{subject}', {user}, 'apple', 1)")
        return member, member.get("/api/v1/users/me/identities").data["identities"][0]["identityId"]

    def browser_with(self, cookie):
        """One that proves by a cookie that it began something, and the cookie's value."""
        browser, token = self.topology.browser(), secrets.token_urlsafe(32)
        browser.jar[f"__Host-{cookie}", "/"] = token
        return browser, token

    def signing_up(self):
        """A browser that has proved a way in that is nobody's."""
        browser, token = self.browser_with("sign_up")
        self.topology.sql("INSERT INTO sign_ups (hash, way, keep_posts, expires_at) "
                          f"VALUES ('{_stored(token)}', 'email', 0, {_soon()})")
        return browser

    def email_link(self):
        """A browser that asked for a link, the link's token, and its code as another browser was shown it."""
        browser, cookie = self.browser_with("email_sign_in")
        token = secrets.token_urlsafe(32)
        digest = hashlib.sha256(b"email-sign-in/code|" + token.encode()).digest()
        code = f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"
        self.topology.sql(
            "INSERT INTO email_links (hash, browser_hash, email, keep_posts, tries_left, shown_at, expires_at, code_hash) "
            f"VALUES ('{_stored(token)}', '{_stored(cookie)}', '{secrets.token_hex(8)}@example.com', 0, 5, 1, {_soon()}, "
            f"'{_stored(code + '|' + cookie)}')")
        return browser, token, code

    def private_member(self):
        """The id of a member with a private profile."""
        member = self.topology.member()
        expect_success(member.patch("/api/v1/users/me/settings", {"profileVisibility": "PRIVATE"}))
        return member.me()["userId"]

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


def _come_back(world, **values):
    browser, state = world.way()
    return Call(browser, {"providerId": "apple", "state": state, **values})


def _form_of_provider(world):
    browser, state = world.way()
    return Call(browser, {"providerId": "apple"}, body={"state": state, "code": "described"})


def _email_wish(world):
    return Call(world.topology.browser(), body={"email": f"{secrets.token_hex(8)}@example.com", "keepPosts": True})


def _email_code(world, right=True):
    browser, _, code = world.email_link()
    return Call(browser, body={"code": code if right else f"{(int(code) + 1) % 1_000_000:06}"})


def _unlink(world, how_many=2):
    member, identity = world.member_with_ways_in(how_many)
    return Call(member, {"id": identity})


# The likes are those of an author who has not liked yet: the toggles answer 201, what is taken back was not there.
GOOD = {
    "startAsGuest": lambda world: Call(world.topology.browser()),
    "renewSession": lambda world: Call(world.topology.guest()),
    "signOut": lambda world: Call(world.topology.guest()),
    "showSignInLink": lambda world: Call(world.topology.browser(), {"token": world.link()}),
    "useSignInLink": lambda world: Call(world.topology.guest(), body={"token": world.link(), "keepPosts": "true"}),
    "askForEmailLink": _email_wish,
    "useEmailCode": _email_code,
    "showEmailLink": lambda world: Call(world.topology.browser(), {"token": world.email_link()[1]}),
    "useEmailLink": lambda world: (lambda browser, token, _: Call(browser, body={"token": token}))(*world.email_link()),
    "showSignUp": lambda world: Call(world.signing_up()),
    "signUp": lambda world: Call(world.signing_up(), body=SIGN_UP),
    "sessionKeys": lambda world: Call(world.topology.browser()),
    "signInProviders": lambda world: Call(world.topology.browser()),
    "beginProviderSignIn": lambda world: Call(world.topology.guest(), {"providerId": "apple"}),
    "endProviderSignIn": _come_back,
    "takeProviderForm": _form_of_provider,
    "identities": lambda world: Call(world.member_with_ways_in(1)[0]),
    "linkIdentity": lambda world: Call(world.topology.member(), {"id": "apple"}),
    "unlinkIdentity": _unlink,
    "me": lambda world: Call(world.author),
    "passkeys": lambda world: Call(world.topology.member()),
    "passkeyOptions": lambda world: Call(world.topology.member()),
    "createPasskey": _new_passkey,
    "deletePasskey": _passkey_of_two,
    "passkeySignInOptions": lambda world: Call(world.topology.browser()),
    "signInByPasskey": lambda world: Call(world.topology.browser(), body=world.signing()),
    "settings": lambda world: Call(world.author),
    "changeSettings": lambda world: Call(world.author, body={"language": "ko", "colours": "WESTERN",
                                                             "profileVisibility": "PUBLIC"}),
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


def _of_private(world, operation):
    call = GOOD[operation.id](world)
    return replace(call, values={**call.values, "userId": world.private_member()})


# Answers that no rule below leads to, and other ways to one of them: (operation, status) → requests.
PARTICULAR = {
    ("startAsGuest", 200): [lambda world, _: Call(world.author)],
    ("showSignInLink", 302): [lambda world, _: Call(world.topology.browser()),
                              lambda world, _: Call(world.topology.browser(), {"token": "unknown"})],
    ("showSignInLink", 400): [lambda world, _: Call(world.topology.browser(), {"token": "\0"}, valid=False)],
    ("useSignInLink", 302): [lambda world, _: Call(world.topology.browser(), body={"token": "unknown"})],
    ("useSignInLink", 400): [lambda world, _: Call(world.topology.browser(), body=b"token=%zz", valid=False)],
    ("useEmailCode", 400): [lambda world, _: _email_code(world, right=False)],
    ("useEmailCode", 410): [lambda world, _: Call(world.topology.browser(), body={"code": "123456"})],
    ("showEmailLink", 302): [lambda world, _: Call(world.topology.browser(), {"token": "unknown"})],
    ("showEmailLink", 400): [lambda world, _: Call(world.topology.browser(), {"token": "\0"}, valid=False)],
    ("useEmailLink", 303): [lambda world, _: Call(world.topology.browser(), body={"token": "unknown"})],
    ("useEmailLink", 400): [lambda world, _: Call(world.topology.browser(), body=b"token=%zz", valid=False)],
    ("createPasskey", 400): [lambda world, _: Call(world.topology.member(), body=_new_passkey(world).body)],
    ("createPasskey", 409): [_passkey_again],
    ("passkeyOptions", 409): [_eleventh_passkey],
    ("deletePasskey", 409): [_last_passkey],
    ("signInByPasskey", 400): [_used_answer],
    ("showSignUp", 404): [lambda world, _: Call(world.topology.browser())],
    ("signUp", 404): [lambda world, _: Call(world.topology.browser(), body=SIGN_UP)],
    ("signUp", 409): [lambda world, _: Call(world.signing_up(), body={**SIGN_UP, "terms": "2000-01-01"})],
    ("beginProviderSignIn", 400): [lambda world, _: Call(world.topology.browser(),
                                                         {"providerId": "apple", "prompt": "x"}, valid=False)],
    ("endProviderSignIn", 302): [lambda world, _: _come_back(world, error="access_denied")],
    ("endProviderSignIn", 400): [lambda world, _: replace(_come_back(world, code="\0"), valid=False)],
    ("takeProviderForm", 400): [lambda world, _: Call(world.topology.browser(), {"providerId": "apple"},
                                                      body=b"state=%zz", valid=False)],
    ("unlinkIdentity", 409): [lambda world, _: _unlink(world, 1)],
    ("user", 200): [_by_another],  # without the address
    ("changeSettings", 403): [lambda world, _: Call(world.author, body={"profileVisibility": "PRIVATE"})],
    ("feedOfAuthor", 403): [_of_private],
    ("assetHistory", 403): [_of_private],
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
# What is refused by whose it is, and whatever site asks.
OF_PRIVATE_PROFILES = {"feedOfAuthor", "assetHistory"}
# What the good request itself does not get where it has two ways to succeed.
OTHER_SUCCESS = {("showSignInLink", 302), ("showEmailLink", 302), ("togglePostLike", 200), ("toggleCommentLike", 200)}


def _wrong(world, operation):
    call = GOOD[operation.id](world)
    if operation.body_type == "application/json":
        return replace(call, body=b"{", valid=False)
    name = next((name for name in operation.parameters if operation.schema_of(name).get("type") == "integer"), None)
    return replace(call, values={**call.values, name: "x"}, valid=False) if name else None


def _of_nothing(world, operation):
    """The good request with an id that nobody has; nothing where it has none."""
    call = GOOD[operation.id](world)
    unknown = {name: type(value)(NOBODY_HAS) if name.lower().endswith("id") else value
               for name, value in call.values.items()}
    body = {**call.body, "feedId": NOBODY_HAS} if "feedId" in (call.body or {}) else call.body
    changed = replace(call, values=unknown, body=body)
    return None if changed == call else changed


def _again(world, operation):
    call = GOOD[operation.id](world)
    tag = send(world, operation, call).header("ETag")
    return replace(call, values={**call.values, "If-None-Match": tag})


def _too_large(world, operation):
    return replace(GOOD[operation.id](world), body=b"x" * (2 * 1024 * 1024), valid=False)


def _forbidden(world, operation):
    """What another site's page may not send; of what only members read, a guest."""
    good = GOOD[operation.id](world)
    if operation.id == "identities":
        return replace(good, who=world.topology.guest())
    return replace(good, headers=ELSEWHERE)


# By the status alone, from the good request.
RULES = {
    304: _again,
    400: _wrong,
    401: lambda world, operation: replace(GOOD[operation.id](world), who=world.topology.browser()),
    403: _forbidden,
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
    if status in RULES and not (status == 403 and operation.id in OF_PRIVATE_PROFILES):
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
