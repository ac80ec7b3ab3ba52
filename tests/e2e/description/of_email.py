"""Of links in a mail, and of sign-ups."""

import base64
import hashlib
import secrets
import time

from world import Call

SIGN_UP = {"age14": True, "terms": "2026-11-27"}


def _stored(token):
    """As the database keeps what a browser proves itself with."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")


def _soon():
    return int((time.time() + 600) * 1000)


def _browser_with(world, cookie):
    """One that proves by a cookie that it began something, and the cookie's value."""
    browser, token = world.topology.browser(), secrets.token_urlsafe(32)
    browser.jar[f"__Host-{cookie}", "/"] = token
    return browser, token


def _signing_up(world):
    """A browser that has proved a way in that is nobody's."""
    browser, token = _browser_with(world, "sign_up")
    world.topology.sql("INSERT INTO sign_ups (hash, way, expires_at) "
                       f"VALUES ('{_stored(token)}', 'email', {_soon()})")
    return browser


def _link(world):
    """A browser that asked for a link, the link's token, and its code as another browser was shown it."""
    browser, cookie = _browser_with(world, "email_sign_in")
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(b"email-sign-in/code|" + token.encode()).digest()
    code = f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"
    world.topology.sql(
        "INSERT INTO email_links (hash, browser_hash, email, tries_left, shown_at, expires_at, code_hash) "
        f"VALUES ('{_stored(token)}', '{_stored(cookie)}', '{secrets.token_hex(8)}@example.com', 5, 1, {_soon()}, "
        f"'{_stored(code + '|' + cookie)}')")
    return browser, token, code


def _use(world, **more):
    browser, token, _ = _link(world)
    return Call(browser, body={"token": token, **more})


def _type(world, right=True):
    browser, _, code = _link(world)
    return Call(browser, body={"code": code if right else f"{(int(code) + 1) % 1_000_000:06}"})


def _wish(world):
    return Call(world.topology.browser(), body={"email": f"{secrets.token_hex(8)}@example.com", "keepPosts": True})


GOOD = {
    "askForEmailLink": _wish,
    "useEmailCode": _type,
    "showEmailLink": lambda world: Call(world.topology.browser(), {"token": _link(world)[1]}),
    "useEmailLink": _use,
    "showSignUp": lambda world: Call(_signing_up(world)),
    "signUp": lambda world: Call(_signing_up(world), body=SIGN_UP),
}

# Other ways to an answer, and answers that no rule leads to: (operation, status) → requests.
PARTICULAR = {
    ("useEmailCode", 400): [lambda world, _: _type(world, right=False)],
    ("useEmailCode", 410): [lambda world, _: Call(world.topology.browser(), body={"code": "123456"})],
    ("showEmailLink", 302): [lambda world, _: Call(world.topology.browser(), {"token": "unknown"})],
    ("showEmailLink", 303): [lambda world, _: Call(world.topology.browser(), {"token": "\0"}, valid=False)],
    ("useEmailLink", 200): [lambda world, _: _use(world, show="digits")],
    ("useEmailLink", 303): [lambda world, _: _use(world),
                            lambda world, _: Call(world.topology.browser(), body={"token": "unknown"})],
    ("showSignUp", 404): [lambda world, _: Call(world.topology.browser())],
    ("signUp", 404): [lambda world, _: Call(world.topology.browser(), body=SIGN_UP)],
    ("signUp", 409): [lambda world, _: Call(_signing_up(world), body={**SIGN_UP, "terms": "2000-01-01"})],
}
