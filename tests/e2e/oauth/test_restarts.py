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
        world.restart(world.auth)
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
    world.restart(world.auth)
    assert world.app.introspect(token) == {"active": False}
    eventually(lambda: world.use(token).status == 401, "it is refused")


def test_assertions_from_before_the_restart(launch_world):
    """What was used before a kill is not known: not taken, and no fault of the client's either."""
    world = launch_world()
    used, unused = world.es256.assertion(), world.rs256.assertion()
    assert send_assertion(world, used).status == 200
    next_second()
    world.restart(world.auth)
    for assertion in (used, unused):
        answer = expect_oauth_error(send_assertion(world, assertion), 503, "temporarily_unavailable")
        assert "before this server started" in answer.json()["error_description"]
        assert 1 <= int(answer.header("Retry-After")) < 60
    assert world.es256.ask().status == 200


def test_assertions_that_tell_no_age_after_a_kill(launch_world):
    """RFC 7523 makes iat optional. By its nbf it is let in at once; without, it is told the time until it will be."""
    world = launch_world()
    world.restart(world.auth)
    started = time.time()

    def undated(life, **more):
        return world.es256.assertion(iat=None, exp=int(time.time()) + life, **more)

    for life in (60, 300):
        answer = expect_oauth_error(send_assertion(world, undated(life)), 503, "temporarily_unavailable")
        wait = int(answer.header("Retry-After"))
        assert 600 - life - (time.time() - started) - 2 <= wait <= 600 - life, (life, wait)
    next_second()
    assert send_assertion(world, undated(60, nbf=int(time.time()))).status == 200
    wait = int(send_assertion(world, undated(597)).header("Retry-After") or 0)
    assert wait <= 3
    eventually(lambda: send_assertion(world, undated(597)).status == 200, "it is taken then", step=0.2)


def test_what_was_used_is_known_after_a_stop(launch_world):
    """Stopped in order nobody is shut out, nothing can be used again, and the file for that serves one start."""
    world = launch_world()
    eventually(lambda: send_assertion(world, world.es256.assertion(iat=None, exp=int(time.time()) + 596)).status == 200,
               "undated ones are taken", step=0.2)
    used = [world.es256.assertion(), world.rs256.assertion(iat=None, exp=int(time.time()) + 599)]
    unused = world.es256.assertion()
    for assertion in used:
        assert send_assertion(world, assertion).status == 200
    key = KeyPair()
    proof = world.token_proof(key)
    assert world.app.ask(headers={"DPoP": proof}).status == 200
    before = set(world.auth.data_dir.iterdir())
    for _ in range(2):
        next_second()
        world.auth.stop()
        (kept,) = set(world.auth.data_dir.iterdir()) - before
        assert kept.stat().st_mode & 0o077 == 0
        world.auth.start()
        assert not kept.exists()
        world.topology.settle()
        for assertion in used:
            answer = expect_oauth_error(send_assertion(world, assertion), 400, "invalid_client")
            assert "used before" in answer.json()["error_description"]
        again = world.app.ask(headers={"DPoP": proof})  # a minute after the first start it is the second of these
        assert again.json()["error"] in ("use_dpop_nonce", "invalid_dpop_proof"), again
    assert send_assertion(world, unused).status == 200
    # A crash leaves nothing, and a file that is no such thing is as good as none.
    next_second()
    world.auth.kill()
    kept.write_bytes(b"used identifiers 1\n" + bytes(4000))
    world.auth.start()
    assert not kept.exists()
    expect_oauth_error(send_assertion(world, used[0]), 503, "temporarily_unavailable")
    assert "what was used before the last stop" in world.auth.log_text()


def test_proofs_from_before_the_restart(launch_world):
    """Dated ahead too, within the leeway: what a client whose clock is ahead sends would outlive a restart."""
    world = launch_world()
    key = KeyPair()
    now = int(time.time())
    proofs = [world.token_proof(key, iat=now + ahead) for ahead in (0, 30, 0, 30)]
    for proof in proofs[:2]:
        assert world.app.ask(headers={"DPoP": proof}).status == 200
        expect_oauth_error(world.app.ask(headers={"DPoP": proof}), 400, "invalid_dpop_proof")
    world.restart(world.auth)
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
    world.restart(world.extension)
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
