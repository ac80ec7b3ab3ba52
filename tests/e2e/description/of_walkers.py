"""Of walkers, and how one comes to be one."""

import secrets

from harness.walkers import SESSION, id_token
from world import Call, data_of


def _proof(world, subject=None, **changes):
    subject = subject or secrets.token_hex(8)
    return {"provider": "office", "idToken": id_token(world.topology.issuer, subject), **changes}


def walker(world, subject=None):
    """A page that is signed in to a walker of its own."""
    browser = world.topology.browser()
    data_of(browser.post(SESSION, _proof(world, subject, cookies=True)))
    return browser


def _refresh_token(world):
    return data_of(world.topology.browser().post(SESSION, _proof(world)))["refreshToken"]


def _own_session(world):
    page = walker(world)
    return Call(page, {"sessionId": data_of(page.get("/api/v1/walkers/sessions"))["sessions"][0]["sessionId"]})


def _merging(world):
    subject = secrets.token_hex(8)
    walker(world, subject)
    return Call(walker(world), body=_proof(world, subject))


def _taken(world, _):
    name = "t" + secrets.token_hex(8)
    data_of(walker(world).patch("/api/v1/walkers/me", {"nickname": name}))
    return Call(walker(world), body={"nickname": name})


def _of_itself(world, _):
    subject = secrets.token_hex(8)
    return Call(walker(world, subject), body=_proof(world, subject))


def _renamed_twice(world, _):
    page = walker(world)
    for _ in range(2):
        data_of(page.patch("/api/v1/walkers/me", {"nickname": "n" + secrets.token_hex(8)}))
    return Call(page, body={"nickname": "n" + secrets.token_hex(8)})


GOOD = {
    "walkerTicket": lambda world: Call(world.topology.member()),
    "walkerNonce": lambda world: Call(world.topology.browser()),
    "signInWalker": lambda world: Call(world.topology.browser(), body=_proof(world)),
    "renewWalkerSession": lambda world: Call(world.topology.browser(), body={"refreshToken": _refresh_token(world)}),
    "signOutWalker": lambda world: Call(walker(world)),
    "walker": lambda world: Call(walker(world)),
    "changeWalker": lambda world: Call(walker(world), body={"nickname": "n" + secrets.token_hex(8), "sharesSteps": True,
                                                            "offsetMinutes": 540}),
    "leaveWalking": lambda world: Call(walker(world)),
    "mergeWalkers": _merging,
    "exportWalker": lambda world: Call(walker(world)),
    "walkerSessions": lambda world: Call(walker(world)),
    "endOtherWalkerSessions": lambda world: Call(walker(world)),
    "endWalkerSession": _own_session,
}

# Other ways to an answer, and answers that no rule leads to: (operation, status) → requests.
PARTICULAR = {
    ("signInWalker", 401): [lambda world, _: Call(world.topology.browser(), body=_proof(world, idToken="x")),
                            lambda world, _: Call(world.topology.browser(), body={"ticket": "x"})],
    ("renewWalkerSession", 401): [lambda world, _: Call(world.topology.browser(), body={"refreshToken": "x"})],
    ("mergeWalkers", 404): [_of_itself],
    ("mergeWalkers", 401): [lambda world, _: Call(walker(world), body=_proof(world, idToken="x"))],
    ("changeWalker", 409): [_taken],
    ("changeWalker", 403): [_renamed_twice],
}
