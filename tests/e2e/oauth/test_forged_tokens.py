"""Access tokens at a protected resource: forged, bent, meant for somebody else (RFC 7519, 8725, 9068, 6750). Those that must
be signed well are signed with the auth server's own key, which it took over from the first release's key file."""

import base64
import json
import subprocess
import time

import pytest

from harness import jwt
from harness.keys import KeyPair
from harness.oauth import AUDIENCE, INTROSPECT, JWKS, UPDATE, World
from harness.topology import SHAPES, Topology
from harness.waiting import eventually
from harness.wire import call, call_raw, expect_failure


@pytest.fixture(scope="module")
def forger(request, binary, workspace):
    """A world whose signing key is known."""
    topology = Topology(binary, workspace / "forger", **SHAPES[request.config.getoption("--topology")])
    try:
        topology.prepare()
        world = World(topology)
        world.app = world.add_client("app", "--scope=asset:update", "--scope=token:introspect")
        yield world.start()
    finally:
        topology.stop()


def sign(world, header=(), **changes):
    """A good token's header and claims, changed, and signed with the server's own key."""
    token = world.app.token()
    claims = {**jwt.claims_of(token), **changes}
    whole = {**jwt.header_of(token), **dict(header)}
    return jwt.sign_rs256(world.first_release_key, {name: value for name, value in whole.items() if value is not None},
                          {name: value for name, value in claims.items() if value is not None})


def refused(world, token):
    challenge = expect_failure(world.use(token), 401).header("WWW-Authenticate")
    assert challenge.startswith("Bearer ") and 'error="invalid_token"' in challenge  # RFC 6750 section 3.1
    return challenge


def test_signed_again_it_is_taken(forger):
    """That what is refused below is refused for what was changed."""
    assert forger.use(sign(forger, jti="another")).status == 200
    assert forger.app.is_active(sign(forger, jti="yet another")) is True


@pytest.mark.parametrize("changes", [
    {"iss": "https://else.example"}, {"iss": None}, {"iss": 5}, {"aud": "urn:other"}, {"aud": ["urn:other"]},
    {"aud": None}, {"aud": []}, {"aud": 5}, {"sub": None}, {"exp": None}, {"exp": "soon"}, {"iat": None},
    {"scope": ["asset:update"]}, {"cnf": {}}, {"cnf": {"jkt": ""}}, {"cnf": {"x5t#S256": "x"}}, {"cnf": "x"},
], ids=str)
def test_claims_that_are_refused(forger, changes):
    refused(forger, sign(forger, **changes))


def test_the_operator_is_told_why_tokens_are_refused(forger):
    """Both issuers, which one setting too few makes differ; not once a request, and never the token."""
    tokens = [sign(forger, iss="https://named-otherwise.example", jti=str(number)) for number in range(5)]
    for token in tokens:
        refused(forger, token)
    eventually(lambda: "service tokens are refused: set --issuer" in forger.extension.log_text(), "it is logged")
    lines = [line for line in forger.extension.log_text().splitlines() if "tokens are refused: set --issuer" in line]
    assert len(lines) < len(tokens)
    assert "https://" in lines[0] and forger.issuer in lines[0]
    assert not any(token in forger.extension.log_text() for token in tokens)


@pytest.mark.parametrize("changes", [{"exp": -3600, "iat": -3900}, {"exp": -61, "iat": -361}, {"iat": 120, "exp": 420},
                                     {"nbf": 120}], ids=str)
def test_times_that_are_refused(forger, changes):
    now = int(time.time())
    challenge = refused(forger, sign(forger, **{name: now + value for name, value in changes.items()}))
    assert " s " in challenge  # the measured skew


def test_an_ended_token_is_not_active(forger):
    """RFC 7662 section 4: without the leeway that verifiers have."""
    now = int(time.time())
    ended = sign(forger, exp=now - 2, iat=now - 302)
    assert forger.app.introspect(ended) == {"active": False}
    assert forger.use(ended).status == 200  # a verifier's clock may be another


@pytest.mark.parametrize("header", [{"typ": "JWT"}, {"typ": None}, {"typ": "dpop+jwt"}, {"kid": "other"}, {"kid": None},
                                    {"alg": "RS512"}, {"alg": "ES256"}, {"alg": "PS256"}, {"crit": ["exp"]}], ids=str)
def test_headers_that_are_refused(forger, header):
    refused(forger, sign(forger, header))


@pytest.mark.parametrize("typ", ["application/at+jwt", "AT+JWT"])
def test_media_types_as_they_may_be_written(forger, typ):
    """RFC 9068 section 4, RFC 7515 section 4.1.9."""
    assert forger.use(sign(forger, {"typ": typ})).status == 200


def test_alg_none(forger):
    token = forger.app.token()
    header, payload, signature = token.split(".")
    for name in ("none", "None", "NONE", ""):
        changed = jwt.encode(json.dumps({**jwt.header_of(token), "alg": name}).encode())
        for ending in ("", signature):
            refused(forger, f"{changed}.{payload}.{ending}")
    for ending in ("", "AAAA"):
        refused(forger, f"{header}.{payload}.{ending}")


def test_the_public_key_as_an_hmac_secret(forger):
    """RFC 8725 section 2.1."""
    token = forger.app.token()
    der = base64.b64decode(forger.get("/msa/auth/api/public-key").body)
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(der) + b"-----END PUBLIC KEY-----\n"
    jwk = json.dumps(forger.get(JWKS).json()["keys"][0]).encode()
    for secret in (der, pem, pem.strip(), base64.b64encode(der), jwk, forger.get(JWKS).body, b""):
        refused(forger, jwt.sign_hs256(secret, jwt.header_of(token), jwt.claims_of(token)))


def test_a_key_of_the_tokens_own_choice(forger):
    stranger = KeyPair("RS256")
    token = forger.app.token()
    for header in ({}, {"jwk": stranger.public_jwk()}, {"jku": "http://127.0.0.1:1/"}, {"kid": "../../dev/null"}):
        refused(forger, stranger.sign(jwt.claims_of(token), **{**jwt.header_of(token), **header}))


def test_duplicate_members(forger):
    """RFC 8725 section 2.4: one text, one meaning."""
    token = forger.app.token()
    payload = json.dumps(jwt.claims_of(token))[:-1] + ', "scope": "asset:update job:run"}'
    text = f"{token.split('.')[0]}.{jwt.encode(payload.encode())}"
    signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", str(forger.first_release_key)], input=text.encode(),
                               capture_output=True, check=True).stdout
    refused(forger, f"{text}.{jwt.encode(signature)}")


def test_what_is_no_token(forger):
    for token in ("x", "a.b.c", "..", "e30.e30.e30", "é", "x" * 9000, jwt.encode(b"{}") * 3):
        answer = call_raw(forger.extension.address, (
            f"POST {UPDATE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"asset\":1}").encode())
        assert answer.status in (400, 401, 431), (token[:20], answer)
        assert forger.app.introspect(token) == {"active": False}


def test_a_token_in_the_url_or_in_the_body_is_none(forger):
    """RFC 6750 sections 2.2 and 2.3: not supported, as RFC 9700 section 4.3.2 asks."""
    token = forger.app.token()
    answer = call(forger.extension.address, "POST", f"{UPDATE}?access_token={token}", {"asset": 1})
    assert answer.status == 401
    answer = call(forger.extension.address, "POST", UPDATE, f"access_token={token}",
                  {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 401


def test_without_a_token_nothing_is_said_of_errors(forger):
    """RFC 6750 section 3.1."""
    answer = expect_failure(call(forger.extension.address, "POST", UPDATE, {"asset": 1}), 401)
    challenge = answer.header("WWW-Authenticate")
    assert challenge.startswith("Bearer") and "error" not in challenge


def test_introspection_tells_strangers_nothing(forger):
    answer = forger.post(INTROSPECT, {"token": forger.app.token()})
    assert answer.status == 400
    assert b"active" not in answer.body


def test_an_audience_list(forger):
    assert forger.use(sign(forger, aud=["urn:other", AUDIENCE])).status == 200
