"""Of the links of an operator, and of sign-in providers."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from world import Call


def _link(world):
    """The token of a new sign-in link."""
    target = world.topology.sign_in_link(world.topology.create_user())
    return parse_qs(urlsplit(target).query)["token"][0]


def _way(world):
    """A browser on its way to a provider, and the state that it takes along."""
    browser = world.topology.guest()
    location = browser.get("/api/oauth2/authorization/apple").header("Location")
    return browser, parse_qs(urlsplit(location).query)["state"][0]


def _member_with_ways_in(world, how_many):
    """And one of the ways."""
    member = world.topology.member()
    user = member.me()["userId"]
    (issuer,) = [option.removeprefix("--sign-in-provider=apple=") for option in world.topology.core.options
                 if option.startswith("--sign-in-provider=apple=")]
    for subject in range(how_many):
        world.topology.sql("INSERT INTO identities (issuer, subject, user_id, provider, linked_at) "
                          f"VALUES ('{issuer}', '{user}-{subject}', {user}, 'apple', 1)")
    return member, member.get("/api/v1/users/me/identities").data["identities"][0]["identityId"]


def _come_back(world, **values):
    browser, state = _way(world)
    return Call(browser, {"providerId": "apple", "state": state, **values})


def _form_of_provider(world):
    browser, state = _way(world)
    return Call(browser, {"providerId": "apple"}, body={"state": state, "code": "described"})


def _notification(world):
    event = {"type": "consent-revoked", "sub": "nobody", "event_time": 1}
    return Call(world.topology.browser(), {"providerId": "apple"}, body={"payload": world.topology.issuer.notify(event)})


def _unlink(world, how_many=2):
    member, identity = _member_with_ways_in(world, how_many)
    return Call(member, {"id": identity})


GOOD = {
    "showSignInLink": lambda world: Call(world.topology.browser(), {"token": _link(world)}),
    "useSignInLink": lambda world: Call(world.topology.guest(), body={"token": _link(world), "keepPosts": "true"}),
    "signInProviders": lambda world: Call(world.topology.browser()),
    "beginProviderSignIn": lambda world: Call(world.topology.guest(), {"providerId": "apple"}),
    "endProviderSignIn": _come_back,
    "takeProviderForm": _form_of_provider,
    "takeProviderNotification": _notification,
    "identities": lambda world: Call(_member_with_ways_in(world, 1)[0]),
    "linkIdentity": lambda world: Call(world.topology.member(), {"id": "apple"}),
    "unlinkIdentity": _unlink,
}

# Other ways to an answer, and answers that no rule leads to: (operation, status) → requests.
PARTICULAR = {
    ("showSignInLink", 302): [lambda world, _: Call(world.topology.browser()),
                              lambda world, _: Call(world.topology.browser(), {"token": "unknown"})],
    ("showSignInLink", 303): [lambda world, _: Call(world.topology.browser(), {"token": "\0"}, valid=False)],
    ("useSignInLink", 302): [lambda world, _: Call(world.topology.browser(), body={"token": "unknown"})],
    ("beginProviderSignIn", 303): [lambda world, _: Call(world.topology.browser(),
                                                         {"providerId": "apple", "prompt": "x"}, valid=False)],
    ("endProviderSignIn", 302): [lambda world, _: _come_back(world, error="access_denied")],
    ("endProviderSignIn", 303): [lambda world, _: replace(_come_back(world, code="\0"), valid=False)],
    ("takeProviderForm", 303): [lambda world, _: _form_of_provider(world)],
    ("unlinkIdentity", 409): [lambda world, _: _unlink(world, 1)],
}
