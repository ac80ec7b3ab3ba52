"""Walkers sign in with the program itself: alone, on two nodes, on an extension node of its own."""

import hashlib
import json
import re
import time

import pytest
from harness.jwt import encode
from harness.node import Node
from harness.redis import Redis, wait_until_linked
from harness.topology import CORE_CLIENT, SHAPES
from harness.waiting import eventually
from harness.walkers import SESSION, Phone
from harness.wire import call, expect_failure, expect_success

LOGOUT = "/api/v1/walkers/logout"


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_a_phones_session_from_its_beginning_to_its_theft(launch, issuer, sign_in_options, shape):
    topology = launch(**SHAPES[shape], core_options=sign_in_options)
    phone = Phone(topology.core, issuer)
    expect_success(phone.sign_in())
    first, uuid = phone.refresh, phone.uuid
    assert expect_success(phone.me()).data["walkerId"] == uuid
    expect_success(phone.take(phone.renew()))
    second = phone.refresh
    assert expect_success(phone.renew(first)).data["refreshToken"] == second, "the answer was lost"
    expect_success(phone.take(phone.renew()))
    topology.sql("UPDATE walker_refresh_tokens SET used_at = used_at - 31000 WHERE used_at = "
                 "(SELECT * FROM (SELECT MAX(used_at) FROM walker_refresh_tokens) t)")
    expect_failure(phone.renew(first), 401)
    expect_failure(phone.me(), 401)
    expect_failure(phone.renew(), 401)

    expect_success(phone.sign_in())
    assert phone.uuid == uuid
    topology.core.restart()
    expect_success(phone.me())
    expect_success(phone.send("POST", LOGOUT))
    expect_failure(phone.me(), 401)
    expect_failure(phone.renew(), 401)


def test_killed_after_its_answer_the_session_is_there(launch, issuer, sign_in_options):
    topology = launch(**SHAPES["one_sqlite"], core_options=sign_in_options)
    phone = Phone(topology.core, issuer)
    for _ in range(3):
        expect_success(phone.sign_in())
        topology.core.kill()
        topology.core.start()
        expect_success(phone.me())
    expect_success(phone.send("POST", LOGOUT))
    topology.core.kill()
    topology.core.start()
    expect_failure(phone.me(), 401)


def test_two_nodes_with_redis(launch, issuer, sign_in_options, workspace):
    redis = Redis(workspace / "walkers-redis").start()
    try:
        topology = launch(**SHAPES["one_mariadb"], core_options=[*sign_in_options, *redis.node_options])
        core = topology.core
        kept = [option for option in core.options if not option.startswith("--auth-client")]
        secret = next(option for option in core.options if option.startswith("--auth-client"))
        second = Node(topology.binary, "walk-2", topology.folder / "walk-2", *kept, secret,
                      f"--walk-key-file={core.data_dir / 'walk.key'}", f"--session-key-file={core.data_dir / 'session.key'}",
                      f"--multiplier-key-file={core.data_dir / 'multiplier.key'}", f"--auth-key-file={core.data_dir / 'auth.key'}",
                      f"--public-url={core.url}")
        topology.nodes.append(second)
        second.start()
        wait_until_linked(core, second)
        phone = Phone(core, issuer)
        expect_success(phone.sign_in())
        assert expect_success(phone.me(second)).data["walkerId"] == phone.uuid
        expect_success(phone.take(phone.renew(node=second)))
        expect_success(phone.me(core))
        expect_success(phone.send("POST", LOGOUT))
        expect_failure(phone.me(second), 401)
        expect_failure(phone.renew(node=second), 401)
        expect_success(phone.sign_in())
        assert json.loads(topology.cli("walkers", "suspend", phone.uuid, "--json")[1])["status"] == "SUSPENDED"
        expect_failure(phone.me(core), 401)
        expect_failure(phone.me(second), 401)
        expect_failure(phone.sign_in(), 403)
    finally:
        redis.stop()


@pytest.fixture
def apart(launch, issuer, sign_in_options):
    """Walk on an extension node, with an SQLite of its own; core on another."""
    topology = launch(start=False, **SHAPES["three_sqlite"])
    extension = topology.extension
    secret = next(option for option in topology.core.options if option.startswith("--client-secret-file"))
    extension.options += [*sign_in_options, f"--client-id={CORE_CLIENT}", secret]
    for node in topology.nodes:
        topology.start_node(node)
    topology.settle()
    extension.stop()
    extension.options.append(f"--core-url={topology.core.url}")
    extension.start()
    return topology.settle()


def test_on_an_extension_node_of_its_own(apart, issuer):
    member = apart.member()
    ticket = expect_success(member.post("/api/v1/users/me/walker-ticket"), 201).data["ticket"]
    phone = Phone(apart.extension, issuer)
    expect_success(phone.take(phone.send("POST", SESSION, {"ticket": ticket})))
    uuid = phone.uuid
    expect_failure(phone.send("POST", SESSION, {"ticket": ticket}), 401)
    # The member has the phone's way in, too.
    user = member.me()["userId"]
    apart.sql("INSERT INTO identities (issuer, subject, user_id, provider, linked_at) VALUES "
              f"('{issuer.url}', '{phone.subject}', {user}, 'office', 1)")
    other = Phone(apart.extension, issuer)
    expect_success(other.sign_in())
    assert other.uuid == uuid

    apart.core.stop()
    expect_success(other.sign_in())
    unknown = Phone(apart.extension, issuer, subject="walker-2")
    refused = unknown.sign_in()
    assert refused.status == 503 and refused.header("Retry-After"), refused
    apart.core.start()
    eventually(lambda: unknown.sign_in().status == 200, "core is asked again")
    assert unknown.uuid != uuid


def test_who_came_by_a_provider_with_core_elsewhere(apart, issuer):
    """A page that signs in by a provider does so with core, which gives it a ticket for walk."""
    def arrive(ticket, subject):
        ends = int(time.time() * 1000) + 60_000
        apart.sql("INSERT INTO walk_arrivals (hash, issuer, subject, expires_at) VALUES "
                  f"('{encode(hashlib.sha256(ticket.encode()).digest())}', '{issuer.url}', '{subject}', {ends})")
        page = Phone(apart.extension, issuer, subject=subject)
        return page, page.take(page.send("POST", SESSION, {"ticket": ticket}))

    first, second = encode(bytes(32)), encode(bytes(31) + b"1")
    page, answer = arrive(first, "somebody")
    expect_success(answer)
    expect_failure(page.send("POST", SESSION, {"ticket": first}), 401)
    phone = Phone(apart.extension, issuer, subject="somebody")
    expect_success(phone.sign_in())
    assert phone.uuid == page.uuid, "one person, whichever way"
    # Of a member: the walker is the person's, as by any of its ways in.
    member = apart.member()
    apart.sql("INSERT INTO identities (issuer, subject, user_id, provider, linked_at) VALUES "
              f"('{issuer.url}', 'member-1', {member.me()['userId']}, 'office', 1)")
    page, answer = arrive(second, "member-1")
    expect_success(answer)
    ticket = expect_success(member.post("/api/v1/users/me/walker-ticket"), 201).data["ticket"]
    other = Phone(apart.extension, issuer)
    expect_success(other.take(other.send("POST", SESSION, {"ticket": ticket})))
    assert other.uuid == page.uuid


def test_the_people_of_core_are_shown_to_nobody_else(apart):
    for path in ("of-identity", "redeem"):
        for headers in ({}, {"Authorization": "Bearer x"}):
            answer = call(apart.core.address, "POST", f"/msa/core/api/people/{path}", {}, headers)
            assert answer.status == 401, answer
    expect_success(apart.service.send(apart.core, "POST", "/msa/core/api/people/redeem", {"ticket": "x"}))


def test_logs_tie_nobody(apart, issuer):
    member = apart.member()
    ticket = expect_success(member.post("/api/v1/users/me/walker-ticket"), 201).data["ticket"]
    phone = Phone(apart.extension, issuer)
    expect_success(phone.take(phone.send("POST", SESSION, {"ticket": ticket})))
    expect_success(phone.me())
    for node in (apart.core, apart.extension):
        text = "".join(log.read_text() for log in node.logs)
        assert phone.uuid not in text and ticket not in text and phone.access not in text
        for line in text.splitlines():
            assert not (re.search(r"\buser=", line) and re.search(r"\bwalker=", line)), line
