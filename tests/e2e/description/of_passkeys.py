"""Of passkeys."""

from harness.authenticator import Authenticator
from harness.wire import expect_success
from world import SITE, Call, data_of

PASSKEYS = "/api/v1/users/me/passkeys"


def _device(world):
    return Authenticator(SITE, world.topology.folder)


def _passkey(world, member, device=None):
    """Registers a passkey of a member; its id."""
    device = device or _device(world)
    made = device.create(data_of(member.post(f"{PASSKEYS}/options")))
    return data_of(member.post(PASSKEYS, made), 201)["passkeyId"]


def _signing(world):
    """What a registered passkey answers to a new challenge."""
    device = _device(world)
    _passkey(world, world.topology.member(), device)
    return device.get(data_of(world.topology.browser().post("/api/v1/sign-in/passkey/options")))


def _new_passkey(world):
    member = world.topology.member()
    return Call(member, body=_device(world).create(data_of(member.post(f"{PASSKEYS}/options"))))


def _passkey_of_two(world):
    member = world.topology.member()
    _passkey(world, member)
    return Call(member, {"passkeyId": _passkey(world, member)})


def _last_passkey(world, _):
    member = world.topology.member()
    return Call(member, {"passkeyId": _passkey(world, member)})


def _passkey_again(world, _):
    member, device = world.topology.member(), _device(world)
    _passkey(world, member, device)
    return Call(member, body=device.create(data_of(member.post(f"{PASSKEYS}/options"))))


def _used_answer(world, _):
    """Of a challenge that was used already."""
    body = _signing(world)
    expect_success(world.topology.browser().post("/api/v1/sign-in/passkey", body))
    return Call(world.topology.browser(), body=body)


def _eleventh_passkey(world, _):
    member = world.topology.member()
    for _ in range(10):
        _passkey(world, member)
    return Call(member)


GOOD = {
    "passkeys": lambda world: Call(world.topology.member()),
    "passkeyOptions": lambda world: Call(world.topology.member()),
    "createPasskey": _new_passkey,
    "deletePasskey": _passkey_of_two,
    "passkeySignInOptions": lambda world: Call(world.topology.browser()),
    "signInByPasskey": lambda world: Call(world.topology.browser(), body=_signing(world)),
}

# Other ways to an answer, and answers that no rule leads to: (operation, status) → requests.
PARTICULAR = {
    ("createPasskey", 400): [lambda world, _: Call(world.topology.member(), body=_new_passkey(world).body)],
    ("createPasskey", 409): [_passkey_again],
    ("passkeyOptions", 409): [_eleventh_passkey],
    ("deletePasskey", 409): [_last_passkey],
    ("signInByPasskey", 400): [_used_answer],
}
