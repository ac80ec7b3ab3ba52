"""Revocation (RFC 7009), introspection (RFC 7662), and what nodes do with what was taken back."""

import sqlite3
from contextlib import closing

import pytest

from harness import jwt
from harness.keys import KeyPair
from harness.oauth import AUDIENCE, INTROSPECT, REVOKE, World, basic, expect_oauth_error
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.wire import call, next_address

DENY_LIST = "/msa/auth/api/deny-list"
INTERVAL = 30  # seconds: some poll intervals of these tests' nodes (1 s), and more for a busy machine


def is_refused(world, token):
    return world.use(token).status == 401


def test_a_revoked_token_is_refused_within_the_poll_interval(world):
    token, kept = world.app.token(), world.app.token()
    assert world.use(token).status == 200
    answer = world.app.revoke(token)
    assert (answer.status, answer.body) == (200, b"")
    assert world.app.introspect(token) == {"active": False}
    eventually(lambda: is_refused(world, token), "the extension refuses it", limit=INTERVAL)
    assert "taken back" in world.use(token).header("WWW-Authenticate")
    assert world.use(kept).status == 200


def test_a_bound_token_is_revoked_like_any(world):
    key = KeyPair()
    token = world.bound.bound_token(key)
    assert world.use_bound(token, key).status == 200
    assert world.bound.revoke(token).status == 200
    eventually(lambda: world.use_bound(token, key).status == 401, "the extension refuses it", limit=INTERVAL)


@pytest.mark.parametrize("hint", [None, "access_token", "refresh_token", "nonsense"])
def test_hints_do_not_matter(world, hint):
    """RFC 7009 section 2.1, RFC 7662 section 2.1: they only help the server to look."""
    fields = {"token_type_hint": hint} if hint else {}
    token = world.app.token()
    assert world.app.introspect(token, **fields)["active"] is True
    assert world.app.revoke(token, **fields).status == 200
    assert world.app.introspect(token, **fields) == {"active": False}


def test_what_is_no_token_is_revoked_already(world):
    """RFC 7009 section 2.2: 200, for the client cannot do anything about it."""
    token = world.app.token()
    assert world.app.revoke(token).status == 200
    for text in (token, "x", "a.b.c", "글", token[:-5] + "AAAAA", "x" * 5000):
        answer = world.app.revoke(text)
        assert (answer.status, answer.body) == (200, b""), answer


def test_a_changed_token_revokes_nothing(world):
    """A signature that is not good must not reach the deny-list."""
    token = world.app.token()
    head, payload, _ = token.split(".")
    assert world.app.revoke(f"{head}.{payload}.{'A' * 342}").status == 200
    assert world.app.is_active(token)


def test_nobody_revokes_anothers_token(world):
    """RFC 7009 section 2.1: the server verifies that the token was issued to the client."""
    token = world.app.token()
    for other in (world.neighbour, world.inspector, world.es256):
        expect_oauth_error(other.revoke(token), 400, "unauthorized_client")
    assert world.app.is_active(token)


@pytest.mark.parametrize("path", [REVOKE, INTROSPECT])
def test_the_token_must_be_there_once(world, path):
    expect_oauth_error(world.app.post(path, {}), 400, "invalid_request")
    token = world.app.token()
    answer = world.post(path, f"token={token}&token={token}", basic(world.app.id, world.app.secret))
    expect_oauth_error(answer, 400, "invalid_request")


def test_introspection_says_what_the_token_says(world):
    answer = world.app.post(INTROSPECT, {"token": world.app.token(scope="job:run")})
    assert answer.header("Cache-Control") == "no-store"
    token = world.app.token(scope="job:run")
    claims = jwt.claims_of(token)
    assert world.app.introspect(token) == {
        "active": True, "token_type": "Bearer", "aud": AUDIENCE, "scope": "job:run",
        **{name: claims[name] for name in ("iss", "sub", "client_id", "iat", "exp", "jti")}}


def test_introspection_of_another_audience(world):
    token = world.app.token(resource=world.other_audience)
    assert world.app.introspect(token)["aud"] == world.other_audience


def test_a_client_sees_its_own_tokens_only(world):
    """RFC 7662 section 4: nobody goes fishing."""
    token = world.app.token()
    for other in (world.neighbour, world.es256, world.bound):
        assert other.introspect(token) == {"active": False}
    assert world.inspector.introspect(token)["client_id"] == "app"


def test_inactive_is_all_that_is_said(world):
    """RFC 7662 section 2.2."""
    token = world.app.token()
    for text in ("x", "a.b.c", token + "x", token[:-5] + "AAAAA", "글", world.app.secret):
        assert world.app.introspect(text) == {"active": False}


def test_introspection_needs_authentication(world):
    """RFC 7662 section 2.1; an access token is no client authentication here."""
    token = world.app.token()
    for headers, status in (({}, 400), ({"Authorization": f"Bearer {token}"}, 401)):
        answer = world.post(INTROSPECT, {"token": token}, headers, next_address())
        expect_oauth_error(answer, status, "invalid_client")


def test_the_deny_list_names_no_token(world):
    """It is public: with what is on it nobody can do anything."""
    token = world.app.token()
    world.app.revoke(token)
    answer = call(world.auth.address, "GET", "/msa/auth/api/deny-list")
    assert answer.header("Cache-Control") == "no-cache"
    denied = [entry["value"] for entry in answer.json()["denials"] if entry["type"] == "token"]
    assert jwt.claims_of(token)["jti"] in denied
    assert token.split(".")[2].encode() not in answer.body


def test_denials_outlive_tokens_and_a_start_with_a_clock_ahead(launch_world):
    world = launch_world()
    token = world.app.token()
    world.app.revoke(token)
    jti = jwt.claims_of(token)["jti"]

    def denied():
        return jti in world.get("/msa/auth/api/deny-list").body.decode()

    assert denied()
    ((ends,),) = world.sql(f"SELECT ends_at FROM auth_denials WHERE value = '{jti}'")
    assert int(ends) >= jwt.claims_of(token)["exp"] * 1000  # not before the token has ended
    # Past its end, by a clock that has not been watched for long: it may be ahead, so nothing is forgotten.
    world.sql(f"UPDATE auth_denials SET ends_at = ends_at - 3600000 WHERE value = '{jti}'")
    assert world.run("jobs", "run", "auth-keys")[0] == 0  # what a node does once a minute
    world.restart(world.auth)
    assert denied()


def test_tokens_cost_no_row(launch_world):
    """No database write for a token, however it is asked for."""
    world = launch_world()

    def rows():
        return [world.sql(f"SELECT COUNT(*) FROM {table}") for table in
                ("auth_clients", "auth_client_secrets", "auth_keys", "auth_denials", "auth_audit")]

    before = rows()
    for _ in range(100):
        world.app.token()
        world.es256.token()
    assert world.run("jobs", "run", "auth-audit")[0] in (0, 1)
    assert rows() == before


def test_a_database_that_takes_no_writes(launch):
    """Tokens cost no write, so they go on; a revocation that could not be kept is not called one."""
    world = World(launch(start=False, **SHAPES["three_sqlite"]))
    world.app = world.add_client("app", "--scope=asset:update")
    world.start()
    token = world.app.token()
    with closing(sqlite3.connect(world.topology.database_file(world.auth), isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        for _ in range(20):
            world.app.token()
        answer = world.app.revoke(token)
        assert answer.status == 503, answer
        assert world.app.is_active(token)
        database.execute("ROLLBACK")
    assert world.app.revoke(token).status == 200
    assert not world.app.is_active(token)


def test_a_node_without_a_list_new_enough_judges_nothing(launch):
    """--deny-list-max-age: an extension that cannot ask for so long answers 503 instead of trusting."""
    topology = launch(start=False, **SHAPES["three_sqlite"])
    world = World(topology)
    world.app = world.add_client("app", "--scope=asset:update")
    world.extension.options.append("--deny-list-max-age=2")
    world.start()
    token = world.app.token()
    eventually(lambda: world.use(token).status == 200, "it has the list")
    world.auth.kill()
    eventually(lambda: world.use(token).status == 503, "the list is too old", limit=30, step=0.1)
    assert world.use(token).header("Retry-After")
    world.auth.start()
    eventually(lambda: world.use(token).status == 200, "it has the list again", limit=30, step=0.1)


def test_looks_at_the_deny_list_leave_no_line_each(world):
    """Every verifier looks every few seconds, day and night: an SD card would pay for the lines."""
    for headers in ({}, {"If-None-Match": world.get(DENY_LIST).header("ETag")}):
        assert world.get(DENY_LIST, headers).status in (200, 304)
    assert call(world.auth.address, "POST", DENY_LIST).status == 405  # what goes wrong is told
    eventually(lambda: "405" in (lines := world.auth.log_text()) and DENY_LIST in lines, "the log is written", limit=10)
    told = [line for line in world.auth.log_text().splitlines() if DENY_LIST in line and "405" not in line]
    assert not told, told
