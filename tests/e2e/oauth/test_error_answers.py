"""How refusals are answered: in the form of RFC 6749, with a status and a challenge that clients can make use of, and a
reason for the operator."""

import json
import re
from urllib.parse import urlencode

import pytest

from harness.keys import client_assertion
from harness.oauth import ASSERTION_TYPE, FORM, INTROSPECT, REVOKE, TOKEN, basic, expect_oauth_error
from harness.waiting import eventually
from harness.wire import call, expect_failure, next_address

GRANT = {"grant_type": "client_credentials"}
ENDPOINTS = pytest.mark.parametrize("path", [TOKEN, REVOKE, INTROSPECT])


def challenges_of(answer):
    """{scheme: {parameter: value}} of every WWW-Authenticate field (RFC 9110 section 11.6.1), strictly read."""
    found = {}
    for line in answer.headers.get_all("WWW-Authenticate") or []:
        while line:
            scheme, line = re.fullmatch(r"([\w-]+) (.*)", line).groups()
            found[scheme] = {}
            while parameter := re.match(r'([\w-]+)="((?:[^"\\]|\\.)*)"(?:, |$)', line):
                found[scheme][parameter[1]] = re.sub(r"\\(.)", r"\1", parameter[2])
                line = line[parameter.end():]
    return found


@ENDPOINTS
@pytest.mark.parametrize("authorization", [basic("app", "wrong")["Authorization"], basic("nobody", "x")["Authorization"],
                                           "Basic !!!", "Basic", "basic YXBw"])
def test_a_challenge_has_the_error(world, path, authorization):
    answer = world.post(path, {**GRANT, "token": "x"}, {"Authorization": authorization}, next_address())
    expect_oauth_error(answer, 401, "invalid_client")
    assert list(challenges_of(answer)) == ["Basic"]
    told = challenges_of(answer)["Basic"]
    assert told["realm"] and (told["error"], told["error_description"]) == (
        "invalid_client", answer.json()["error_description"])


@ENDPOINTS
@pytest.mark.parametrize("scheme", ["Bearer", "DPoP", "Digest", "X-Own"])
def test_a_challenge_is_of_the_scheme_that_was_used(world, path, scheme):
    """RFC 6749 section 5.2; what would have been right is beside it."""
    answer = world.post(path, {**GRANT, "token": "x"}, {"Authorization": f"{scheme} abc"}, next_address())
    expect_oauth_error(answer, 401, "invalid_client")
    first, second = challenges_of(answer).items()
    assert first == (scheme, {key: answer.json()[key] for key in ("error", "error_description")})
    assert second[0] == "Basic"


@ENDPOINTS
@pytest.mark.parametrize("credentials", [
    {"client_id": "app", "client_secret": "wrong"}, {"client_id": "nobody", "client_secret": "wrong"}, {},
    {"client_assertion_type": ASSERTION_TYPE, "client_assertion": "x.y.z"}], ids=str)
def test_credentials_in_the_body_are_not_challenged(world, path, credentials):
    """Libraries throw at a challenge before they read the body."""
    answer = world.post(path, {**GRANT, "token": "x", **credentials}, source=next_address())
    expect_oauth_error(answer, 400, "invalid_client")
    assert answer.json()["error_description"] and not answer.header("WWW-Authenticate")


@ENDPOINTS
@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "multipart/form-data; boundary=x",
                                  "text/plain", "application/xml", FORM + "x", "", None])
@pytest.mark.parametrize("body", ["form", "json", "[]", "{", "", "글"])
def test_wrong_content_type(world, path, kind, body):
    fields = {**GRANT, "client_id": world.app.id, "client_secret": world.app.secret, "token": "x"}
    text = {"form": urlencode(fields), "json": json.dumps(fields)}.get(body, body)
    headers = {} if kind is None else {"Content-Type": kind}
    answer = call(world.auth.address, "POST", path, text, headers, source=next_address())
    expect_oauth_error(answer, 400, "invalid_request")
    assert "x-www-form-urlencoded" in answer.json()["error_description"]


@ENDPOINTS
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_what_the_host_refuses_is_answered_alike(world, path, method):
    answer = call(world.auth.address, method, path, source=next_address())
    expect_oauth_error(answer, 405, "invalid_request")
    assert "POST" in answer.header("Allow")
    large = call(world.auth.address, "POST", path, "x=" + "y" * 17_000, {"Content-Type": FORM}, source=next_address())
    expect_oauth_error(large, 413, "invalid_request")


def test_the_first_releases_form_goes_on(world):
    """Contract, section 4: JSON in, the token alone out; failures in the envelope, without a challenge to bring one."""
    def ask(**members):
        return call(world.auth.address, "POST", TOKEN, members, source=next_address())

    answer = ask(clientId="app", clientSecret=world.app.secret)
    assert answer.status == 200, answer
    assert answer.header("Content-Type").startswith("text/plain")
    assert world.use(answer.body.decode()).status == 200
    for client, secret in (("app", "wrong"), ("nobody", "wrong")):
        wrong = expect_failure(ask(clientId=client, clientSecret=secret), 401)
        assert wrong.json()["resultCode"] == "F-401"
        assert list(challenges_of(wrong)) == ["Basic"]
    for members in ({"clientId": "app"}, {"clientSecret": "x"}, {"clientId": 1, "clientSecret": "x"}):
        assert expect_failure(ask(**members), 400).json()["resultCode"] == "F-400"


def test_the_operator_sees_why(world, new_client):
    """One word in the audit trail and in the request's line of the log."""
    client, source = new_client("--scope=asset:update"), next_address()
    signer = world.es256
    mark = client.id + "-asked"

    def assertion(**changes):
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": client_assertion(
            signer.key, signer.id, world.issuer, **changes)}

    refusals = [
        ("wrong_secret", client.id, lambda: world.post(TOKEN, GRANT, basic(client.id, "wrong"), source)),
        ("wrong_secret", client.id, lambda: call(world.auth.address, "POST", TOKEN,
                                                 {"clientId": client.id, "clientSecret": "wrong"}, source=source)),
        ("scope_not_given", client.id, lambda: client.ask(source=source, scope="job:run")),
        ("unknown_kid", signer.id, lambda: world.post(TOKEN, {**GRANT, **assertion(header={"kid": mark})}, source=source)),
        ("expired", signer.id, lambda: world.post(TOKEN, {**GRANT, **assertion(exp=1)}, source=source)),
        ("other_audience", signer.id, lambda: world.post(REVOKE, {**assertion(aud="urn:x"), "token": "x"}, source=source)),
        ("no_credentials", "", lambda: world.post(INTROSPECT, {"token": "x"}, source=source)),
    ]
    for _, _, refuse in refusals:
        assert refuse().status in (400, 401)
    wanted = {(reason, subject) for reason, subject, _ in refusals}

    def written():
        rows = [row for row in world.operate("audit", "--limit", "1000") if row["address"] == source]
        return wanted <= {(row["reason"], row["subject"]) for row in rows} and rows

    rows = eventually(written, "the reasons are in the trail", limit=30, step=0.2)
    assert mark not in json.dumps(rows)
    eventually(lambda: all(reason in world.auth.log_text() for reason, _, _ in refusals), "they are in the log")
