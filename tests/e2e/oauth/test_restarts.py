"""The auth node killed and started again: what goes on, and what was used before the kill cannot be used again."""

import time

from harness.keys import KeyPair
from harness.oauth import ASSERTION_TYPE, TOKEN, basic, expect_oauth_error
from harness.waiting import eventually
from harness.wire import next_address

GRANT = {"grant_type": "client_credentials"}


def send_assertion(world, assertion):
    fields = {**GRANT, "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    return world.post(TOKEN, fields, source=next_address())


def next_second():
    """What is made after this carries a later second than what was made before."""
    second = int(time.time())
    eventually(lambda: int(time.time()) > second, "the clock goes on", step=0.01)


def test_verification_goes_on_without_the_auth_node(launch_world):
    world = launch_world()
    key = KeyPair()
    token, bound = world.app.token(), world.app.bound_token(key)
    assert world.use(token).status == 200
    if world.auth is world.extension:  # one process: it comes back, and the tokens are still good
        world.auth.kill()
        world.auth.start()
    else:
        world.auth.kill()
    for _ in range(3):
        assert world.use(token).status == 200
    if world.auth is not world.extension:
        assert world.use_bound(bound, key).status == 200
        world.auth.start()
    assert world.use(world.app.token()).status == 200
    assert world.app.is_active(token)


def test_what_was_taken_back_stays_so(launch_world):
    world = launch_world()
    token = world.app.token()
    assert world.app.revoke(token).status == 200
    world.auth.kill()
    world.auth.start()
    assert world.app.introspect(token) == {"active": False}
    eventually(lambda: world.use(token).status == 401, "it is refused")


def test_assertions_from_before_the_restart(launch_world):
    world = launch_world()
    used, unused = world.es256.assertion(), world.rs256.assertion()
    assert send_assertion(world, used).status == 200
    next_second()
    world.auth.kill()
    world.auth.start()
    for assertion in (used, unused):
        answer = expect_oauth_error(send_assertion(world, assertion), 401, "invalid_client")
        assert "before this server started" in answer.json()["error_description"]
    assert world.es256.ask().status == 200


def test_proofs_from_before_the_restart(launch_world):
    """Dated ahead too, within the leeway: what a client whose clock is ahead sends would outlive a restart."""
    world = launch_world()
    key = KeyPair()
    now = int(time.time())
    proofs = [world.token_proof(key, iat=now + ahead) for ahead in (0, 30, 0, 30)]
    for proof in proofs[:2]:
        assert world.app.ask(headers={"DPoP": proof}).status == 200
        expect_oauth_error(world.app.ask(headers={"DPoP": proof}), 400, "invalid_dpop_proof")
    world.auth.kill()
    world.auth.start()
    for proof in proofs:
        answer = expect_oauth_error(world.app.ask(headers={"DPoP": proof}), 400, "use_dpop_nonce")
    fresh = world.token_proof(key, nonce=answer.header("DPoP-Nonce"))
    assert world.app.ask(headers={"DPoP": fresh}).status == 200


def test_proofs_without_a_nonce_soon_after_a_start(launch_world):
    """A client whose clock is behind is let in too, once it has the nonce."""
    world = launch_world("--clock-leeway=300")
    key = KeyPair()
    for ahead in (-60, 0, 60):
        when = int(time.time()) + ahead
        answer = expect_oauth_error(world.app.ask(headers={"DPoP": world.token_proof(key, nonce=None, iat=when)}), 400,
                                    "use_dpop_nonce")
        nonce = answer.header("DPoP-Nonce")
        assert world.app.ask(headers={"DPoP": world.token_proof(key, nonce=nonce, iat=when)}).status == 200


def test_proofs_from_before_the_resource_restarts(launch_world):
    world = launch_world()
    key = KeyPair()
    token = world.app.bound_token(key)
    proof = world.use_proof(key, token)
    assert world.use(token, "DPoP", {"DPoP": proof}).status == 200
    world.extension.kill()
    world.extension.start()
    answer = eventually(lambda: (found := world.use(token, "DPoP", {"DPoP": proof})).status == 401 and found,
                        "it is refused")
    assert 'error="use_dpop_nonce"' in answer.header("WWW-Authenticate")
    assert world.use_bound(token, key, nonce=answer.header("DPoP-Nonce")).status == 200


def test_stopped_in_order_nothing_noted_is_lost(launch_world):
    """Refusals and the last uses of secrets are collected in memory, so that a token costs no write."""
    world = launch_world()
    source = next_address()
    assert not world.operate("clients", "show", "app")["secretLastUsed"]
    world.app.token()
    world.post(TOKEN, GRANT, basic("app", "wrong"), source)
    world.auth.stop()
    rows = world.operate("audit", "--client", "app")
    assert [(row["action"], row["result"], row["address"]) for row in rows if not row["actor"].startswith("cli:")] == [
        ("token", "invalid_client", source)]
    assert world.operate("clients", "show", "app")["secretLastUsed"]
    world.auth.start()
