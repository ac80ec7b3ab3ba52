"""Tokens between servers: who gets one, and which of them are taken (contract, section 4)."""

import base64
import time

import pytest

from harness import jwt
from harness.wire import call, expect_failure

SCOPES = {"asset:update"}


@pytest.fixture(scope="module")
def signing_key(service):
    """The auth node's own private key, from its data directory."""
    keys = [file for file in service.auth.data_dir.rglob("*") if file.is_file() and file.stat().st_size < 8192
            and b"BEGIN PRIVATE KEY" in file.read_bytes()]
    kid = jwt.header_of(service.service.token())["kid"]
    for key in keys:
        assert key.stat().st_mode & 0o077 == 0, f"{key} may be read by others"
        if jwt.verify_rs256(jwt.sign_rs256(key, {"alg": "RS256"}, {}), *published(service, kid)):
            return key
    raise AssertionError(f"none of {keys} signs what is published")


def published(service, kid):
    return jwt.key_of(call(service.auth.address, "GET", "/msa/auth/api/jwks.json").json(), kid)


def use(service, token):
    """What the two nodes that take such tokens say to one."""
    answers = [service.service.update_asset(service.extension, 1, 1, service.today(), token=token),
               service.service.refresh_assets(service.core, token=token)]
    statuses = {answer.status for answer in answers}
    assert len(statuses) == 1, answers
    return answers


def test_a_token_is_what_the_contract_says(service):
    token = service.service.token()
    header, claims = jwt.header_of(token), jwt.claims_of(token)
    assert (header["alg"], header["typ"]) == ("RS256", "at+jwt")
    assert jwt.verify_rs256(token, *published(service, header["kid"]))
    assert claims["iss"] == service.auth.url
    assert claims["sub"] == claims["client_id"] == service.service.client_id
    assert claims["exp"] - claims["iat"] == 300
    assert claims["aud"] in ("urn:dontgoback", ["urn:dontgoback"])
    assert SCOPES <= set(claims["scope"].split())
    assert claims["jti"] != jwt.claims_of(service.service.token())["jti"]
    assert [answer.status for answer in use(service, token)] == [200, 200]


def test_the_token_comes_alone(service):
    answer = service.service.ask_for_token()
    assert answer.header("Content-Type").startswith("text/plain")
    assert "no-store" in answer.header("Cache-Control")
    assert answer.body == answer.body.strip()


def test_the_public_key_is_one_line_of_der(service):
    answer = call(service.auth.address, "GET", "/msa/auth/api/public-key")
    assert answer.status == 200
    assert answer.header("Content-Type").startswith("text/plain")
    numbers = jwt.der_to_numbers(base64.b64decode(answer.body, validate=True))
    token = service.service.token()
    assert numbers == published(service, jwt.header_of(token)["kid"])
    assert jwt.verify_rs256(token, *numbers)


@pytest.mark.parametrize("changes,status", [
    ({"clientSecret": "wrong"}, 401), ({"clientId": "nobody"}, 401), ({"clientSecret": ""}, None),
    ({"clientSecret": None}, 400), ({"clientId": None}, 400), ({"clientId": 1}, 400), ({"clientSecret": ["x"]}, 400),
])
def test_no_token_for_strangers(service, changes, status):
    answer = service.service.ask_for_token(**changes)
    assert answer.status == status if status else answer.status in (400, 401), answer
    assert b"eyJ" not in answer.body


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"clientId": "a", "clientId": "b", "clientSecret": "c"}'])
def test_malformed_requests_for_tokens(service, body):
    assert call(service.auth.address, "POST", "/msa/auth/api/token", body).status == 400


def test_no_token_no_entry(service):
    day = service.today().isoformat()
    for node, target, body in ((service.extension, "/msa/ext/api/update-asset/1", {"asset": 1, "snapshotDay": day}),
                               (service.extension, "/msa/ext/api/update-assets", {"snapshotDay": day, "accounts": []}),
                               (service.core, "/msa/core/api/jobs/asset-refresh", {})):
        for value in (None, "", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "Bearer a.b.c", "Bearer " + "x" * 9000):
            headers = {} if value is None else {"Authorization": value}
            answer = expect_failure(call(node.address, "POST", target, body, headers), 401)
            assert answer.header("WWW-Authenticate").startswith("Bearer")


@pytest.mark.parametrize("changes", [
    {"exp": -3600, "iat": -3900}, {"exp": None}, {"exp": "soon"}, {"iat": 7200, "exp": 7500}, {"nbf": 7200},
    {"iss": "http://127.0.0.1:1"}, {"iss": None}, {"iss": 5}, {"aud": "urn:other"}, {"aud": ["urn:other"]},
    {"aud": None}, {"aud": []},
], ids=str)
def test_claims_that_are_refused(service, signing_key, changes):
    token = service.service.token()
    claims = jwt.claims_of(token)
    for name, value in changes.items():
        if value is None:
            claims.pop(name)
        elif name in ("exp", "iat", "nbf") and isinstance(value, int):
            claims[name] = int(time.time()) + value
        else:
            claims[name] = value
    for answer in use(service, jwt.sign_rs256(signing_key, jwt.header_of(token), claims)):
        expect_failure(answer, 401)


def test_the_same_claims_signed_again_are_taken(service, signing_key):
    """That what is refused above is refused for what was changed."""
    token = service.service.token()
    again = jwt.sign_rs256(signing_key, jwt.header_of(token), {**jwt.claims_of(token), "jti": "another"})
    assert [answer.status for answer in use(service, again)] == [200, 200]


@pytest.mark.parametrize("changes", [{"typ": "JWT"}, {"typ": None}, {"typ": "it+jwt"}, {"kid": "other"},
                                     {"crit": ["exp"]}, {"alg": "RS512"}, {"alg": "ES256"}, {"alg": "rs256"}], ids=str)
def test_headers_that_are_refused(service, signing_key, changes):
    token = service.service.token()
    header = {name: value for name, value in {**jwt.header_of(token), **changes}.items() if value is not None}
    for answer in use(service, jwt.sign_rs256(signing_key, header, jwt.claims_of(token))):
        expect_failure(answer, 401)


def test_the_algorithm_is_not_the_tokens_choice(service):
    token = service.service.token()
    header, claims = jwt.header_of(token), jwt.claims_of(token)
    der = base64.b64decode(call(service.auth.address, "GET", "/msa/auth/api/public-key").body)
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(der) + b"-----END PUBLIC KEY-----\n"
    forged = [jwt.signing_input({**header, "alg": name}, claims) + "." for name in ("none", "None", "NONE", "")]
    forged += [jwt.sign_hs256(secret, header, claims) for secret in (der, pem, pem.strip(), base64.b64encode(der), b"")]
    for token in forged:
        for answer in use(service, token):
            expect_failure(answer, 401)


def test_another_key_under_the_same_name(service, tmp_path):
    token = service.service.token()
    other = jwt.make_rsa_key(tmp_path / "other.pem")
    for answer in use(service, jwt.sign_rs256(other, jwt.header_of(token), jwt.claims_of(token))):
        expect_failure(answer, 401)


def test_another_auth_servers_token(service, launch):
    stranger = launch(split=False, mariadb=False)
    for answer in use(service, stranger.service.token()):
        expect_failure(answer, 401)
