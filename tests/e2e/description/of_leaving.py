"""Of leaving."""

import base64
import hashlib
import secrets
import time
from dataclasses import replace

from harness.mail import new_address

from world import Call


def _link(world, wish):
    """The token of a link as a mail has it."""
    user, token = world.topology.create_user(), secrets.token_urlsafe(32)
    hashed = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")
    ends = int((time.time() + 240) * 1000)
    world.topology.sql("INSERT INTO leave_links (hash, user_id, wish, expires_at) "
                      f"VALUES ('{hashed}', {user}, {wish}, {ends})")
    return token


def _reachable(world):
    member = world.topology.member()
    world.topology.sql(f"UPDATE accounts SET email = '{new_address()}' WHERE id = {member.me()['userId']}")
    return Call(member)


def _signed_in_long_ago(world, _):
    member = world.topology.member()
    world.topology.sql("UPDATE sessions SET signed_in_at = created_at - 660000 "
                      f"WHERE user_id = {member.me()['userId']}")
    return Call(member, body={"kind": "CLOSE"})


def _good(wish, name):
    return {
        f"request{name}": _reachable,
        f"show{name}Link": lambda world: Call(world.topology.browser(), {"token": _link(world, wish)}),
        f"use{name}Link": lambda world: Call(world.topology.browser(), body={"token": _link(world, wish)}),
    }


def _particular(wish, name):
    return {
        (f"request{name}", 400): [lambda world, _: replace(_reachable(world), headers={"Idempotency-Key": "k" * 65},
                                                           valid=False)],
        (f"request{name}", 403): [lambda world, _: Call(world.topology.guest())],
        (f"request{name}", 409): [lambda world, _: Call(world.topology.member())],
        (f"show{name}Link", 302): [lambda world, _: Call(world.topology.browser()),
                                   lambda world, _: Call(world.topology.browser(), {"token": "unknown"})],
        (f"show{name}Link", 303): [lambda world, _: Call(world.topology.browser(), {"token": "\0"}, valid=False)],
        (f"use{name}Link", 303): [lambda world, _: Call(world.topology.browser(), body={"token": _link(world, wish)}),
                                  lambda world, _: Call(world.topology.browser(), body={"token": "unknown"}),
                                  lambda world, _: Call(world.topology.browser(), body=b"token=%zz", valid=False)],
    }


GOOD = {
    **_good(1, "Close"),
    **_good(0, "Deactivate"),
    "leave": lambda world: Call(world.topology.member(), body={"kind": "INACTIVE"}),
}

PARTICULAR = {
    **_particular(1, "Close"),
    **_particular(0, "Deactivate"),
    ("leave", 200): [lambda world, _: Call(world.topology.guest(), body={"kind": "CLOSE"})],
    ("leave", 403): [_signed_in_long_ago],
}
