"""What the server says of itself: metadata (RFC 8414), keys (RFC 7517), the deny-list."""

import pytest

from harness.node import run_cli
from harness.oauth import JWKS, METADATA, TOKEN
from harness.wire import call, call_raw

DENY_LIST = "/msa/auth/api/deny-list"


def test_metadata_says_where_and_how(world):
    answer = world.get(METADATA)
    assert answer.status == 200
    assert answer.header("Content-Type").startswith("application/json")
    metadata = answer.json()
    assert metadata["issuer"] == world.issuer
    assert metadata["token_endpoint"] == world.issuer + TOKEN
    assert metadata["jwks_uri"] == world.issuer + JWKS
    assert metadata["revocation_endpoint"] == world.issuer + "/msa/auth/api/revoke"
    assert metadata["introspection_endpoint"] == world.issuer + "/msa/auth/api/introspect"
    assert metadata["grant_types_supported"] == ["client_credentials"]
    assert metadata["response_types_supported"] == []
    assert {"asset:update", "job:run", "token:introspect"} <= set(metadata["scopes_supported"])
    assert set(metadata["dpop_signing_alg_values_supported"]) == {"ES256", "RS256"}
    for endpoint in ("token", "revocation", "introspection"):
        assert set(metadata[f"{endpoint}_endpoint_auth_methods_supported"]) == {
            "client_secret_basic", "client_secret_post", "private_key_jwt"}
        assert set(metadata[f"{endpoint}_endpoint_auth_signing_alg_values_supported"]) == {"ES256", "RS256"}


def test_metadata_is_the_same_for_every_host_name(world):
    """RFC 8414 section 3.3: the issuer is fixed, whatever the request calls the server."""
    answer = call_raw(world.auth.address, f"GET {METADATA} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                      .encode())
    assert answer.json() == world.get(METADATA).json()


def test_metadata_of_an_issuer_with_a_path(launch_world):
    """RFC 8414 section 3.1: the path of the issuer follows the well-known part."""
    world = launch_world("--issuer=https://id.example/auth")
    metadata = world.get(METADATA + "/auth").json()
    assert metadata["issuer"] == "https://id.example/auth"
    assert metadata["token_endpoint"] == "https://id.example/auth" + TOKEN
    assert world.get(METADATA).status == 404


def test_published_keys_are_public(world):
    answer = world.get(JWKS)
    assert answer.status == 200
    assert answer.header("Cache-Control") == "public, max-age=300"
    keys = answer.json()["keys"]
    assert len({key["kid"] for key in keys}) == len(keys) >= 1
    for key in keys:
        assert key["use"] == "sig"
        assert (key["kty"], key["alg"]) in (("RSA", "RS256"), ("EC", "ES256"))
        assert not set(key) & {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}


@pytest.mark.parametrize("path", [JWKS, DENY_LIST, METADATA])
def test_what_is_known_is_not_sent_again(world, path):
    first = world.get(path)
    assert first.status == 200
    again = world.get(path, {"If-None-Match": first.header("ETag")})
    assert (again.status, again.body) == (304, b"")
    assert again.header("ETag") == first.header("ETag")
    assert world.get(path, {"If-None-Match": '"another"'}).status == 200


@pytest.mark.parametrize("path", [TOKEN, "/msa/auth/api/revoke", "/msa/auth/api/introspect"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_credentials_go_by_post_only(world, path, method):
    """RFC 6749 section 3.2, RFC 7009 section 2.1, RFC 7662 section 2.1."""
    secret = world.app.secret
    answer = call(world.auth.address, method,
                  f"{path}?grant_type=client_credentials&client_id=app&client_secret={secret}&token=x")
    assert answer.status == 405, answer
    assert "POST" in answer.header("Allow")
    assert b"eyJ" not in answer.body


@pytest.mark.parametrize("path", ["/msa/auth/api/keys", "/msa/auth/api/clients", "/msa/auth/api/audit", "/msa/auth/"])
def test_there_is_nothing_else(world, path):
    assert world.get(path).status in (401, 403, 404)


PAGE = "https://app.example"


def test_pages_may_ask_where_they_are_let(launch_world):
    """CORS: the token endpoint, the key set and the metadata, for the origins that are given, without cookies."""
    world = launch_world(f"--auth-web-origin={PAGE}", "--auth-web-origin=http://localhost:5173")
    app = world.app
    for origin in (PAGE, "http://localhost:5173"):
        theirs = {"Origin": origin}
        for path, method in ((TOKEN, "POST"), (JWKS, "GET"), (METADATA, "GET")):
            asked = {**theirs, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "dpop"}
            preflight = call(world.auth.address, "OPTIONS", path, headers=asked)
            assert preflight.status == 204 and preflight.header("Access-Control-Allow-Origin") == origin, preflight
            assert method in preflight.header("Access-Control-Allow-Methods").split(", ")
            assert {"authorization", "content-type", "dpop"} <= set(
                preflight.header("Access-Control-Allow-Headers").lower().split(", "))
        for answer, status in ((app.ask(headers=theirs), 200), (app.ask(headers=theirs, scope="nothing"), 400),
                               (world.get(JWKS, theirs), 200), (world.get(METADATA, theirs), 200),
                               (call(world.auth.address, "PUT", TOKEN, headers=theirs), 405)):
            assert answer.status == status
            assert answer.header("Access-Control-Allow-Origin") == origin
            assert answer.header("Vary") == "Origin"
            assert not answer.header("Access-Control-Allow-Credentials")
        assert "DPoP-Nonce" in world.get(JWKS, theirs).header("Access-Control-Expose-Headers")
    for origin in (PAGE + ":444", "http://app.example", PAGE + ".evil.example", "null"):
        for answer in (app.ask(headers={"Origin": origin}), world.get(JWKS, {"Origin": origin})):
            assert answer.status == 200 and not answer.header("Access-Control-Allow-Origin")
    for path in ("/msa/auth/api/introspect", "/msa/auth/api/revoke", DENY_LIST):
        answer = call(world.auth.address, "OPTIONS", path,
                      headers={"Origin": PAGE, "Access-Control-Request-Method": "POST"})
        assert not answer.header("Access-Control-Allow-Origin"), path


def test_pages_may_ask_nothing_unless_they_are_let(world):
    asked = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
    for path in (TOKEN, JWKS, METADATA):
        answer = call(world.auth.address, "OPTIONS", path, headers=asked)
        assert not answer.header("Access-Control-Allow-Origin") and not answer.header("Vary")
        assert not answer.header("Access-Control-Allow-Methods")


@pytest.mark.parametrize("origin", ["app.example", "https://app.example/page", "https://*.example", "null"])
def test_what_is_no_origin(world, origin):
    code, _, err = run_cli(world.topology.binary, "config", "check", "--role=auth", f"--auth-web-origin={origin}",
                           f"--data-dir={world.auth.data_dir}")
    assert code == 2 and "--auth-web-origin" in err, err
