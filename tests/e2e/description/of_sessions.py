"""Of where one is signed in, and of bringing a session to another device."""

import base64
import hashlib
import secrets

from world import Call, data_of

HAND_OVER = "/api/v1/sessions/hand-over"


def _shown(world):
    """A guest who shows a code, and what is shown."""
    guest = world.topology.guest()
    return guest, data_of(guest.post(HAND_OVER), 201)


def _claimed(world):
    """The same, the browser that has typed the code, which the limit of tries does not know of."""
    guest, shown = _shown(world)
    token = secrets.token_urlsafe(32)
    hashed = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")
    world.topology.sql(f"UPDATE hand_overs SET claim_hash = '{hashed}' WHERE id = {shown['handOverId']}")
    browser = world.topology.browser()
    browser.jar["hand_over", HAND_OVER] = browser.jar["__Host-hand_over", "/"] = token  # whichever the public URL asks for
    return guest, shown, browser


def _confirming(world, typed=True):
    guest, shown = (_claimed if typed else _shown)(world)[:2]
    return Call(guest, body={"handOverId": shown["handOverId"]})


def _finishing(world):
    guest, shown, browser = _claimed(world)
    data_of(guest.post(f"{HAND_OVER}/confirm", {"handOverId": shown["handOverId"]}))
    return Call(browser)


def _own_session(world):
    guest = world.topology.guest()
    return Call(guest, {"sessionId": guest.get("/api/v1/sessions").data["sessions"][0]["sessionId"]})


GOOD = {
    "sessions": lambda world: Call(world.topology.member()),
    "endOtherSessions": lambda world: Call(world.topology.guest()),
    "endSession": _own_session,
    "showHandOverCode": lambda world: Call(world.topology.guest()),
    "handOver": lambda world: Call(_shown(world)[0]),
    "cancelHandOver": lambda world: Call(_shown(world)[0]),
    "confirmHandOver": _confirming,
    "claimHandOver": lambda world: Call(world.topology.browser(), body={"code": _shown(world)[1]["code"]}),
    "handOverClaim": lambda world: Call(_claimed(world)[2]),
    "finishHandOver": _finishing,
}

# Other ways to an answer, and answers that no rule leads to: (operation, status) → requests.
PARTICULAR = {
    ("handOver", 404): [lambda world, _: Call(world.topology.guest())],
    ("cancelHandOver", 404): [lambda world, _: Call(world.topology.guest())],
    ("confirmHandOver", 404): [lambda world, _: Call(world.topology.guest(), body={"handOverId": 1})],
    ("confirmHandOver", 409): [lambda world, _: _confirming(world, typed=False)],
    ("claimHandOver", 400): [lambda world, _: Call(world.topology.browser(), body={"code": "six digits"})],
    ("handOverClaim", 404): [lambda world, _: Call(world.topology.browser())],
    ("finishHandOver", 404): [lambda world, _: Call(world.topology.browser())],
    ("finishHandOver", 409): [lambda world, _: Call(_claimed(world)[2])],
}
