"""What the server says of itself: metadata (RFC 8414), keys (RFC 7517), the deny-list."""

import pytest

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
