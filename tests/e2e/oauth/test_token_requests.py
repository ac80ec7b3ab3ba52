"""The token endpoint over the wire: good requests, and every kind of bad one (RFC 6749)."""

import base64
import json
from urllib.parse import urlencode

import pytest

from harness import jwt
from harness.oauth import ASSERTION_TYPE, AUDIENCE, FORM, INTROSPECT, REVOKE, TOKEN, basic, expect_oauth_error
from harness.wire import Link, call, call_raw, next_address

GRANT = {"grant_type": "client_credentials"}


def test_a_token_by_basic(world):
    answer = world.app.ask()
    assert answer.status == 200, answer
    assert (answer.header("Cache-Control"), answer.header("Pragma")) == ("no-store", "no-cache")
    assert answer.header("Content-Type").startswith("application/json")
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 300)
    assert set(body["scope"].split()) == {"asset:update", "job:run"}
    assert "refresh_token" not in body  # RFC 6749 section 4.4.3
    assert world.use(body["access_token"]).status == 200


def test_a_token_by_post(world):
    app = world.app
    answer = world.post(TOKEN, {**GRANT, "client_id": app.id, "client_secret": app.secret})
    assert answer.status == 200, answer
    assert world.use(answer.json()["access_token"]).status == 200


def test_id_and_secret_are_form_encoded_in_basic(world):
    assert world.odd.ask().status == 200


def test_basic_that_is_not_form_encoded(world):
    """The id's own percent sign is then taken for an encoding: it is somebody else who asks."""
    raw = base64.b64encode(f"{world.odd.id}:{world.odd.secret}".encode()).decode()
    answer = world.post(TOKEN, GRANT, {"Authorization": "Basic " + raw}, next_address())
    expect_oauth_error(answer, 401, "invalid_client")


def test_the_token_is_a_jwt_access_token(world):
    """RFC 9068 section 2."""
    before = world.app.token()
    token = world.app.token()
    header, claims = jwt.header_of(token), jwt.claims_of(token)
    assert (header["typ"], header["alg"]) == ("at+jwt", "RS256")
    key = jwt.key_of(world.get("/msa/auth/api/jwks.json").json(), header["kid"])
    assert jwt.verify_rs256(token, *key)
    assert claims["iss"] == world.issuer
    assert claims["sub"] == claims["client_id"] == "app"
    assert claims["aud"] in (AUDIENCE, [AUDIENCE])
    assert claims["exp"] - claims["iat"] == 300
    assert claims["jti"] != jwt.claims_of(before)["jti"]
    assert set(claims["scope"].split()) == {"asset:update", "job:run"}
    assert len(token) < 1024


def test_scope_narrows(world):
    answer = world.app.answer(scope="job:run")
    assert answer["scope"] == jwt.claims_of(answer["access_token"])["scope"] == "job:run"
    refused = world.use(answer["access_token"])
    assert refused.status == 403
    assert 'error="insufficient_scope"' in refused.header("WWW-Authenticate")  # RFC 6750 section 3.1


@pytest.mark.parametrize("scope", ["token:introspect", "asset:update token:introspect", "*", "ASSET:UPDATE", "asset:",
                                   'asset:update"', "asset:update\tjob:run", "글", "x" * 4000])
def test_scope_never_widens(world, scope):
    expect_oauth_error(world.app.ask(scope=scope), 400, "invalid_scope")


def test_a_client_has_no_scope_it_was_not_given(new_client, world):
    client = new_client()
    answer = client.ask(scope="asset:update")
    expect_oauth_error(answer, 400, "invalid_scope")
    assert world.use(client.token()).status == 403


def test_resource_chooses_the_audience(world):
    token = world.app.token(resource=world.other_audience)
    assert jwt.claims_of(token)["aud"] in (world.other_audience, [world.other_audience])
    assert jwt.claims_of(world.app.token(resource=AUDIENCE))["aud"] in (AUDIENCE, [AUDIENCE])
    assert world.use(token).status == 401  # it is for somebody else


@pytest.mark.parametrize("resource", ["https://else.example", "urn:dontgoback#x", "nothing", "urn:dontgobacK"])
def test_resource_of_others(world, resource):
    expect_oauth_error(world.app.ask(resource=resource), 400, "invalid_target")


def test_two_resources(world):
    body = urlencode([*GRANT.items(), ("resource", AUDIENCE), ("resource", world.other_audience)])
    expect_oauth_error(world.post(TOKEN, body, basic(world.app.id, world.app.secret)), 400, "invalid_target")


@pytest.mark.parametrize("name", ["grant_type", "scope", "client_id", "client_secret"])
def test_duplicate_parameters(world, name):
    """RFC 6749 section 3.2: parameters MUST NOT be included more than once."""
    app = world.app
    fields = {**GRANT, "client_id": app.id, "client_secret": app.secret, "scope": "job:run"}
    body = urlencode([*fields.items(), (name, fields[name])])
    expect_oauth_error(world.post(TOKEN, body), 400, "invalid_request")


def test_unknown_parameters_are_ignored(world):
    """RFC 6749 section 3.2."""
    assert world.app.ask(color="blue").status == 200


def test_empty_parameters_count_as_absent(world):
    """RFC 6749 section 3.2."""
    assert world.app.ask(scope="", resource="").status == 200
    expect_oauth_error(world.app.ask(grant_type=""), 400, "invalid_request")


@pytest.mark.parametrize("grant", ["authorization_code", "password", "refresh_token", "implicit", "Client_Credentials",
                                   "urn:ietf:params:oauth:grant-type:jwt-bearer"])
def test_other_grants(world, grant):
    expect_oauth_error(world.app.ask(grant_type=grant), 400, "unsupported_grant_type")


def test_no_grant_type(world):
    expect_oauth_error(world.app.post(TOKEN, {"scope": "job:run"}), 400, "invalid_request")


@pytest.mark.parametrize("path", [TOKEN, REVOKE, INTROSPECT])
def test_two_ways_to_authenticate(world, path):
    """RFC 6749 section 2.3: not more than one in a request."""
    app, signer = world.app, world.es256
    fields = {**GRANT, "token": "x"}
    secret = {"client_id": app.id, "client_secret": app.secret}
    assertion = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": signer.assertion()}
    header = basic(app.id, app.secret)
    for more, headers in ((secret, header), (assertion, header), ({**secret, **assertion}, {})):
        expect_oauth_error(world.post(path, {**fields, **more}, headers), 400, "invalid_request")


def test_two_authorization_fields(world):
    one = basic(world.app.id, world.app.secret)["Authorization"]
    body = urlencode(GRANT)
    request = (f"POST {TOKEN} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {FORM}\r\n"
               f"Authorization: {one}\r\nAuthorization: {one}\r\nContent-Length: {len(body)}\r\n\r\n{body}")
    answer = call_raw(world.auth.address, request.encode())
    assert answer.status == 400, answer
    assert b"access_token" not in answer.body


@pytest.mark.parametrize("path", [TOKEN, REVOKE, INTROSPECT])
def test_nobody(world, path):
    answer = world.post(path, {**GRANT, "token": "x"}, source=next_address())
    expect_oauth_error(answer, 400, "invalid_client")
    assert not answer.header("WWW-Authenticate")  # of a 401 only, which is for who used Authorization


def test_a_client_id_alone(world):
    """There are no public clients."""
    answer = world.post(TOKEN, {**GRANT, "client_id": "app"}, source=next_address())
    expect_oauth_error(answer, 400, "invalid_client")


def test_unknown_client_and_wrong_secret_are_answered_alike(world):
    answers = [world.post(TOKEN, GRANT, basic(*pair), next_address())
               for pair in (("nobody", world.app.secret), (world.app.id, "wrong"))]
    for answer in answers:
        expect_oauth_error(answer, 401, "invalid_client")
        assert answer.header("WWW-Authenticate").startswith("Basic ")  # RFC 6749 section 5.2
    assert answers[0].body == answers[1].body


@pytest.mark.parametrize("value", ["Basic", "Basic ", "Basic !!!", "Basic YXBw", "Basic YXBwOg", "Basic Og==",
                                   "Basic YXBwOiUx", "Basic YXBwOiVaWg==", "Basic YXBwOv8=", "Basic YZo6Yg==",
                                   "Basic YQA6Yg==", "Bearer YXBwOg==", "Digest a=b", "YXBwOg==",
                                   "Basic " + "QUFB" * 3000, "Basic //////8="])
def test_malformed_basic(world, value):
    answer = world.post(TOKEN, GRANT, {"Authorization": value}, next_address())
    assert answer.status in (400, 401, 431), answer
    if answer.status != 431:
        assert answer.json()["error"] in ("invalid_client", "invalid_request"), answer
    assert b"access_token" not in answer.body


@pytest.mark.parametrize("body", [b"\xff\xfe", b"grant_type=%", b"grant_type=%zz", b"grant_type=%ff", b"\0", b"&&&==&",
                                  b"{}", b"grant_type=client_credentials%00"])
def test_malformed_forms(world, body):
    answer = world.post(TOKEN, body, basic(world.app.id, world.app.secret))
    assert answer.status == 400, answer
    assert answer.json()["error"] in ("invalid_request", "unsupported_grant_type"), answer


@pytest.mark.parametrize("path", [TOKEN, REVOKE, INTROSPECT])
def test_oversized_body(world, path):
    """413, or the connection is closed while we still send."""
    with Link(world.auth.address, next_address()) as link:
        answer = link.send("POST", path, "x=" + "y" * 70_000, {"Content-Type": FORM})
        assert answer.status == 413, answer


@pytest.mark.parametrize("kind", [FORM.upper(), FORM + ";charset=UTF-8", FORM + " ; charset=utf-8"])
def test_content_type_as_it_may_be_written(world, kind):
    assert world.app.ask(headers={"Content-Type": kind}).status == 200


def test_secrets_in_the_url_do_not_count(world):
    """RFC 6749 section 2.3.1: the parameters MUST NOT be included in the request URI."""
    query = urlencode({**GRANT, "client_id": world.app.id, "client_secret": world.app.secret})
    answer = world.post(f"{TOKEN}?{query}", {}, source=next_address())
    assert 400 <= answer.status < 500, answer
    assert b"access_token" not in answer.body


def test_errors_hold_nothing_of_the_request(world):
    mark = "Zq9-mark"
    for fields, headers in (({"grant_type": mark}, basic(world.app.id, world.app.secret)),
                            ({**GRANT, "scope": mark}, basic(world.app.id, world.app.secret)),
                            ({**GRANT, "resource": "urn:" + mark}, basic(world.app.id, world.app.secret)),
                            (GRANT, basic(mark, mark)), ({**GRANT, "client_assertion": mark}, {})):
        answer = world.post(TOKEN, fields, headers, next_address())
        assert answer.status in (400, 401), answer
        assert mark.encode() not in answer.body
        assert mark not in json.dumps(list(answer.headers.items()))
