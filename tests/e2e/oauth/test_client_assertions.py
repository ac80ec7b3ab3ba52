"""private_key_jwt (RFC 7523): what is taken, and every way to bend it."""

import base64
import secrets
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import jwt
from harness.keys import KeyPair, client_assertion
from harness.oauth import ASSERTION_TYPE, INTROSPECT, REVOKE, TOKEN, expect_oauth_error
from harness.secrets import known_secrets
from harness.wire import next_address

GRANT = {"grant_type": "client_credentials"}


def send(world, assertion, kind=ASSERTION_TYPE, path=TOKEN, **fields):
    return world.post(path, {**GRANT, "client_assertion_type": kind, "client_assertion": assertion, **fields},
                      source=next_address())


def refused(world, assertion, **fields):
    answer = expect_oauth_error(send(world, assertion, **fields), 400, "invalid_client")
    assert b"access_token" not in answer.body
    return answer.json()["error_description"]


@pytest.fixture(params=["es256", "rs256"])
def signer(world, request):
    return getattr(world, request.param)


@pytest.mark.parametrize("path", ["", TOKEN])
def test_for_the_issuer_or_the_token_endpoint(world, signer, path):
    assert send(world, signer.assertion(audience=world.issuer + path)).status == 200
    assert send(world, signer.assertion(audience=["urn:else", world.issuer + path])).status == 200


def test_client_id_may_be_given_and_must_agree(world, signer):
    assert send(world, signer.assertion(), client_id=signer.id).status == 200
    answer = send(world, signer.assertion(), client_id="app")
    assert answer.status in (400, 401), answer
    assert answer.json()["error"] in ("invalid_request", "invalid_client")


def test_used_once(world, signer):
    """RFC 7523 section 3: the jti is remembered while the assertion could be used."""
    assertion = signer.assertion()
    assert send(world, assertion).status == 200
    for path in (TOKEN, REVOKE, INTROSPECT):
        assert "used before" in refused(world, assertion, path=path, token="x")


def test_used_once_by_many_at_once(world, signer):
    assertion = signer.assertion()
    with ThreadPoolExecutor(16) as threads:
        statuses = sorted(answer.status for answer in threads.map(lambda _: send(world, assertion), range(16)))
    assert statuses == [200] + [400] * 15


def test_the_same_jti_in_another_assertion(world, signer):
    jti = secrets.token_urlsafe(16)
    assert send(world, signer.assertion(jti=jti)).status == 200
    assert "used before" in refused(world, signer.assertion(jti=jti, exp=int(time.time()) + 120))


def test_a_jti_is_its_clients_own(world):
    jti = secrets.token_urlsafe(16)
    assert send(world, world.es256.assertion(jti=jti)).status == 200
    assert send(world, world.rs256.assertion(jti=jti)).status == 200


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "jti"])
def test_claims_that_must_be_there(world, signer, name):
    refused(world, signer.assertion(**{"audience" if name == "aud" else name: None}))


@pytest.mark.parametrize("changes", [
    {"iss": "app"}, {"sub": "app"}, {"iss": "", "sub": ""}, {"iss": ["signer-es256"]}, {"jti": ""}, {"jti": 5},
    {"jti": "x" * 300}, {"audience": "urn:dontgoback"}, {"audience": []}, {"audience": "https://else.example"},
    {"audience": 7}, {"exp": "soon"}, {"iat": "now"},
], ids=str)
def test_claims_that_are_wrong(world, signer, changes):
    refused(world, signer.assertion(**changes))


@pytest.mark.parametrize("changes", [{"exp": -120}, {"exp": -3600}, {"exp": 3720}, {"exp": 2**53}, {"iat": 300},
                                     {"nbf": 300}, {"iat": -3600}], ids=str)
def test_times_that_are_wrong(world, signer, changes):
    now = int(time.time())
    refused(world, signer.assertion(**{name: now + value for name, value in changes.items()}))


def test_a_clock_a_little_off_is_borne(world, signer):
    now = int(time.time())
    assert send(world, signer.assertion(iat=now + 30, exp=now + 90)).status == 200
    assert send(world, signer.assertion(exp=now - 30)).status == 200


def test_the_error_tells_the_measured_skew(world, signer):
    now = int(time.time())
    assert "by this server's clock" in refused(world, signer.assertion(exp=now - 500)) and "60 s" in refused(
        world, signer.assertion(exp=now - 500))
    told = refused(world, signer.assertion(iat=now + 500, exp=now + 560))
    assert any(f"{seconds} s ahead" in told for seconds in range(440, 501)), told


def test_another_key(world, signer):
    stranger = KeyPair(signer.key.alg, signer.key.kid)
    refused(world, client_assertion(stranger, signer.id, world.issuer))
    refused(world, client_assertion(KeyPair(signer.key.alg), signer.id, world.issuer))


def test_a_kid_that_is_not_registered_is_told_as_that(world, signer):
    """A rotated key whose set nobody registered, or one letter too much: the signature itself is good."""
    for client, kid in ((signer.id, signer.key.kid + "x"), (signer.id, "0"), (world.app.id, "any"), ("nobody", "any")):
        told = refused(world, client_assertion(signer.key, client, world.issuer, header={"kid": kid}))
        assert "no key with this kid" in told, told
    for header in ({"kid": None}, {}):
        assert send(world, signer.assertion(header=header)).status == 200
    stranger = KeyPair(signer.key.alg, signer.key.kid)
    assert "signature" in refused(world, client_assertion(stranger, signer.id, world.issuer))
    other = KeyPair("RS256" if signer.key.alg == "ES256" else "ES256", signer.key.kid)
    assert "alg" in refused(world, client_assertion(other, signer.id, world.issuer))


def test_another_clients_key(world):
    refused(world, client_assertion(world.es256.key, world.rs256.id, world.issuer))
    refused(world, client_assertion(world.rs256.key, world.es256.id, world.issuer))
    refused(world, client_assertion(world.es256.key, world.app.id, world.issuer))  # which has a secret
    refused(world, client_assertion(world.es256.key, "nobody", world.issuer))


def test_the_key_in_the_header_is_not_believed(world, signer):
    stranger = KeyPair(signer.key.alg)
    for header in ({"jwk": stranger.public_jwk()}, {"jku": "http://127.0.0.1:1/keys"}, {"x5u": "http://127.0.0.1:1/"}):
        refused(world, client_assertion(stranger, signer.id, world.issuer, header={"kid": signer.key.kid, **header}))


def test_alg_none_and_hmac(world, signer):
    """RFC 8725 sections 3.1 and 3.2."""
    header, claims = jwt.header_of(signer.assertion()), jwt.claims_of(signer.assertion())
    public = signer.key.public_jwk()
    for name in ("none", "None", "NONE", ""):
        for signature in ("", "AA", "A" * 86):
            refused(world, jwt.signing_input({**header, "alg": name}, claims) + "." + signature)
    for secret in (str(public).encode(), (public.get("n") or public["x"]).encode(), b"", signer.id.encode(),
                   base64.urlsafe_b64decode((public.get("n") or public["x"]) + "==")):
        refused(world, jwt.sign_hs256(secret, header, claims))


@pytest.mark.parametrize("header", [{"alg": "RS512"}, {"alg": "PS256"}, {"alg": "ES384"}, {"alg": "rs256"},
                                    {"crit": ["exp"], "exp": 1}, {"b64": False, "crit": ["b64"]}], ids=str)
def test_headers_that_are_refused(world, signer, header):
    text = signer.assertion()
    signed = jwt.signing_input({**jwt.header_of(text), **header}, {**jwt.claims_of(text), "jti": "another"})
    refused(world, f"{signed}.{text.rpartition('.')[2]}")


def test_a_signature_bit_changed(world, signer):
    text = signer.assertion()
    refused(world, text[:-10] + ("B" if text[-10] == "A" else "A") + text[-9:])
    head, payload, signature = text.split(".")
    refused(world, ".".join((head, payload, signature[:-4])))
    refused(world, ".".join((head, payload, "")))
    refused(world, ".".join((head, payload)))
    refused(world, text + ".x")


def test_an_access_token_is_no_assertion(world, signer):
    """RFC 8725 section 3.12, RFC 9068 section 5: kinds of JWT are not exchanged."""
    refused(world, signer.token())


def test_an_assertion_is_no_access_token(world, signer):
    assert world.use(signer.assertion(audience="urn:dontgoback", client_id=signer.id, scope="asset:update",
                                      header={"typ": "at+jwt"})).status == 401


@pytest.mark.parametrize("fields", [
    {"client_assertion": None}, {"client_assertion_type": None}, {"client_assertion_type": "jwt-bearer"},
    {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"}], ids=str)
def test_half_of_the_parameters(world, signer, fields):
    whole = {**GRANT, "client_assertion_type": ASSERTION_TYPE, "client_assertion": signer.assertion(), **fields}
    answer = world.post(TOKEN, {name: value for name, value in whole.items() if value is not None}, source=next_address())
    assert answer.status in (400, 401), answer
    assert answer.json()["error"] in ("invalid_request", "invalid_client"), answer


@pytest.mark.parametrize("text", ["x", "..", "a.b.c", "e30.e30.", "글", "x" * 9000], ids=lambda text: text[:10])
def test_what_is_no_jwt(world, text):
    refused(world, text)


def test_a_client_of_keys_has_no_secret(world, signer):
    for secret in ("", "null", "None", known_secrets.add("client secret", secrets.token_urlsafe(32))):
        answer = world.post(TOKEN, {**GRANT, "client_id": signer.id, "client_secret": secret}, source=next_address())
        expect_oauth_error(answer, 400, "invalid_client")
