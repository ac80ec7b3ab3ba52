"""DPoP (RFC 9449): proofs at the token endpoint and at a protected resource, and every way to bend them."""

import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import jwt
from harness.keys import KeyPair, dpop_proof
from harness.oauth import TOKEN, UPDATE, expect_oauth_error
from harness.wire import call, call_raw, expect_failure


@pytest.fixture(params=["ES256", "RS256"])
def key(request):
    return KeyPair(request.param)


@pytest.fixture
def other():
    return KeyPair("ES256")


def refused(answer, error=None):
    expect_failure(answer, 401)
    challenge = answer.header("WWW-Authenticate")
    if error:
        assert f'error="{error}"' in challenge, challenge
    return challenge


def test_a_bound_token_and_its_proof(world, key):
    token = world.bound.bound_token(key)
    assert jwt.claims_of(token)["cnf"] == {"jkt": key.thumbprint()}
    for _ in range(3):
        assert world.use_bound(token, key).status == 200


def test_any_client_may_bind_its_token(world, key):
    token = world.app.bound_token(key)
    assert world.use_bound(token, key).status == 200
    assert world.app.introspect(token)["cnf"] == {"jkt": key.thumbprint()}


def test_a_client_registered_for_it_must(world):
    expect_oauth_error(world.bound.ask(), 400, "invalid_dpop_proof")


def test_the_first_releases_form_binds_nothing(world):
    """A client that must prove a key gets no bearer token by the JSON form either."""
    answer = call(world.auth.address, "POST", TOKEN, {"clientId": "bound", "clientSecret": world.bound.secret})
    assert answer.status == 400, answer
    assert b"eyJ" not in answer.body


def test_a_bound_token_as_a_bearer_token(world, key):
    """RFC 9449 section 7.2."""
    token = world.bound.bound_token(key)
    refused(world.use(token), "invalid_token")
    proof = world.use_proof(key, token)
    refused(world.use(token, "Bearer", {"DPoP": proof}), "invalid_token")


def test_a_bearer_token_as_a_bound_one(world, key):
    token = world.app.token()
    refused(world.use_bound(token, key), "invalid_token")


def test_without_a_proof(world, key):
    challenge = refused(world.use(world.bound.bound_token(key), "DPoP"))
    assert challenge.startswith("DPoP ") and "algs=" in challenge


def test_another_keys_proof(world, key, other):
    refused(world.use_bound(world.bound.bound_token(key), other), "invalid_token")


def test_a_proof_is_used_once(world, key):
    token = world.bound.bound_token(key)
    proof = world.use_proof(key, token)
    assert world.use(token, "DPoP", {"DPoP": proof}).status == 200
    for _ in range(2):
        refused(world.use(token, "DPoP", {"DPoP": proof}), "invalid_dpop_proof")
    proof = world.token_proof(key)
    assert world.bound.ask(headers={"DPoP": proof}).status == 200
    expect_oauth_error(world.bound.ask(headers={"DPoP": proof}), 400, "invalid_dpop_proof")


def test_a_proof_used_by_many_at_once(world, key):
    token = world.bound.bound_token(key)
    fields = {"DPoP": world.use_proof(key, token)}
    with ThreadPoolExecutor(16) as threads:
        statuses = sorted(answer.status for answer in threads.map(lambda _: world.use(token, "DPoP", fields), range(16)))
    assert statuses == [200] + [401] * 15


def test_another_tokens_proof(world, key):
    """ath: a proof is for one token."""
    first, second = world.bound.bound_token(key), world.bound.bound_token(key)
    proof = world.use_proof(key, first)
    refused(world.use(second, "DPoP", {"DPoP": proof}), "invalid_dpop_proof")


@pytest.mark.parametrize("changes", [
    {"ath": None}, {"ath": ""}, {"ath": "x"}, {"ath": 5}, {"htm": "GET"}, {"htm": "post"}, {"htm": None},
    {"htu": "http://127.0.0.1:1" + UPDATE}, {"htu": "https://else.example" + UPDATE}, {"htu": UPDATE}, {"htu": None},
    {"htu": ""}, {"jti": None}, {"jti": ""}, {"jti": 1}, {"jti": "x" * 300}, {"iat": None}, {"iat": "now"},
], ids=str)
def test_claims_that_are_wrong_at_the_resource(world, key, changes):
    token = world.bound.bound_token(key)
    refused(world.use_bound(token, key, **changes), "invalid_dpop_proof")
    assert world.use_bound(token, key).status == 200


@pytest.mark.parametrize("path", ["/msa/ext/api/update-asset/8", "/msa/ext/api/update-asset/7/", "/", TOKEN])
def test_a_proof_for_another_path(world, key, path):
    token = world.bound.bound_token(key)
    refused(world.use_bound(token, key, htu=world.extension.url + path), "invalid_dpop_proof")


def test_a_proof_for_the_other_server(world, key):
    """The same path at the auth server's address; in one process it is the same server."""
    token = world.bound.bound_token(key)
    proof = dpop_proof(key, "POST", world.issuer + TOKEN, token)
    refused(world.use(token, "DPoP", {"DPoP": proof}), "invalid_dpop_proof")


@pytest.mark.parametrize("changes", [{"htm": "GET"}, {"htu": "https://else.example" + TOKEN}, {"htu": "x"},
                                     {"jti": None}, {"iat": None}, {"htm": None}, {"htu": None}], ids=str)
def test_claims_that_are_wrong_at_the_token_endpoint(world, key, changes):
    proof = world.token_proof(key, **changes)
    expect_oauth_error(world.bound.ask(headers={"DPoP": proof}), 400, "invalid_dpop_proof")


def test_query_and_fragment_of_htu_do_not_count(world, key):
    """RFC 9449 section 4.3, step 9."""
    token = world.bound.bound_token(key)
    assert world.use_bound(token, key, htu=world.extension.url.replace("http", "HTTP") + UPDATE + "?a=b#c").status == 200


@pytest.mark.parametrize("seconds", [-3600, -120, 120, 3600])
def test_a_proof_of_another_time(world, key, seconds):
    token = world.bound.bound_token(key)
    when = int(time.time()) + seconds
    challenge = refused(world.use_bound(token, key, iat=when), "invalid_dpop_proof")
    near = range(abs(seconds) - 50, abs(seconds) + 51)  # a busy machine is late
    assert any(f"{measured} s {'ahead' if seconds > 0 else 'behind'}" in challenge for measured in near), challenge
    proof = world.token_proof(key, iat=when)
    answer = expect_oauth_error(world.bound.ask(headers={"DPoP": proof}), 400, "invalid_dpop_proof")
    assert any(f"{measured} s" in answer.json()["error_description"] for measured in near)


def test_another_nonce(launch_world, key):
    """RFC 9449 sections 8 and 9: as long as one is needed a wrong one is not taken, and the right one is told."""
    world = launch_world()
    answer = expect_oauth_error(world.bound.ask(headers={"DPoP": world.token_proof(key, nonce="another")}), 400,
                                "use_dpop_nonce")
    nonce = answer.header("DPoP-Nonce")
    assert world.bound.ask(headers={"DPoP": world.token_proof(key, nonce=nonce)}).status == 200
    token = world.bound.bound_token(key)
    answer = world.use_bound(token, key, nonce="another")
    assert refused(answer, "use_dpop_nonce").startswith("DPoP ")
    assert world.use_bound(token, key, nonce=answer.header("DPoP-Nonce")).status == 200
    refused(world.use_bound(token, key, nonce=7), "invalid_dpop_proof")
    assert world.use_bound(token, key).status == 200


def test_asking_for_the_nonce_is_no_failure_to_authenticate(launch_world, key):
    world = launch_world()
    for _ in range(30):
        answer = world.bound.ask(headers={"DPoP": world.token_proof(key, nonce="another")})
        expect_oauth_error(answer, 400, "use_dpop_nonce")
    assert world.bound.bound_token(key)


def test_a_clock_a_little_off_is_borne(world, key):
    token = world.bound.bound_token(key)
    assert world.use_bound(token, key, iat=int(time.time()) + 30).status == 200


def test_headers_that_are_refused(world, key, other):
    """RFC 9449 section 4.3, steps 4 to 7."""
    private = {name: value for name, value in key.private_jwk().items() if name not in ("alg", "use")}
    token = world.bound.bound_token(key)
    for header in ({"typ": "JWT"}, {"typ": None}, {"typ": "at+jwt"}, {"jwk": None}, {"jwk": private},
                   {"jwk": other.public_jwk()}, {"jwk": {"kty": "oct", "k": "AAAA"}}, {"jwk": "x"}, {"jwk": {}},
                   {"crit": ["exp"], "exp": 1}):
        proof = world.use_proof(key, token, header=header)
        refused(world.use(token, "DPoP", {"DPoP": proof}), "invalid_dpop_proof")
        proof = world.token_proof(key, header=header)
        expect_oauth_error(world.bound.ask(headers={"DPoP": proof}), 400, "invalid_dpop_proof")


def test_alg_none_and_hmac(world, key):
    """RFC 9449 section 4.3, step 5: asymmetric only."""
    token = world.bound.bound_token(key)
    good = world.use_proof(key, token)
    header, claims = jwt.header_of(good), jwt.claims_of(good)
    secret = json.dumps(header["jwk"]).encode()
    forged = [jwt.signing_input({**header, "alg": name}, claims) + "." for name in ("none", "NONE", "")]
    forged += [jwt.sign_hs256(secret, header, claims), good[:-8] + "AAAAAAAA", good + ".x", "x", "", "a.b.c"]
    for proof in forged:
        refused(world.use(token, "DPoP", {"DPoP": proof}))
    assert world.use(token, "DPoP", {"DPoP": good}).status == 200  # refused for what was changed


def test_two_proofs(world, key):
    """RFC 9449 section 4.3, step 1."""
    token = world.bound.bound_token(key)
    proofs = [world.use_proof(key, token) for _ in range(2)]
    lines = "".join(f"DPoP: {proof}\r\n" for proof in proofs)
    request = (f"POST {UPDATE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
               f"Authorization: DPoP {token}\r\n{lines}Content-Length: 12\r\n\r\n{{\"asset\":10}}")
    refused(call_raw(world.extension.address, request.encode()), "invalid_dpop_proof")


def test_a_proofs_jti_is_its_keys_own(world, key, other):
    """Nobody can use up what another key will send."""
    jti = secrets.token_urlsafe(16)
    first, second = world.bound.bound_token(key), world.bound.bound_token(other)
    assert world.use_bound(first, key, jti=jti).status == 200
    assert world.use_bound(second, other, jti=jti).status == 200
