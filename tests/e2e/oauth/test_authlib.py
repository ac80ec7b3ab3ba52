"""What Authlib, as Debian has it, does with the server."""

import pytest
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.jose.errors import JoseError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from harness.oauth import AUDIENCE, INTROSPECT, METADATA, REVOKE, TOKEN
from harness.secrets import known_secrets


def session_of(client, method):
    url = client.world.issuer + TOKEN
    if method == "private_key_jwt":
        session = OAuth2Session(client.id, client.key.private_jwk(), token_endpoint_auth_method=method,
                                revocation_endpoint_auth_method=method)
        session.register_client_auth_method(PrivateKeyJWT(url, headers={"kid": client.key.kid}, alg=client.key.alg))
    else:
        session = OAuth2Session(client.id, client.secret, token_endpoint_auth_method=method,
                                revocation_endpoint_auth_method=method)
    return session


def fetch(session, world, **fields):
    token = session.fetch_token(world.issuer + TOKEN, grant_type="client_credentials", **fields)
    known_secrets.add("token", token["access_token"])
    return token


# Authlib of this version does not form-encode Basic (RFC 6749 section 2.3.1), so what needs it goes by post.
CLIENTS = [("app", "client_secret_basic"), ("app", "client_secret_post"), ("odd", "client_secret_post"),
           ("rs256", "private_key_jwt"), ("es256", "private_key_jwt")]


@pytest.mark.parametrize("name,method", CLIENTS)
def test_token_introspection_and_revocation(world, name, method):
    client = getattr(world, name)
    session = session_of(client, method)
    token = fetch(session, world, scope="asset:update")
    assert (token["token_type"], token["scope"]) == ("Bearer", "asset:update")
    assert world.use(token["access_token"]).status == 200
    found = session.introspect_token(world.issuer + INTROSPECT, token=token["access_token"],
                                     token_type_hint="access_token").json()
    assert found.get("active") is True, found
    assert found["client_id"] == client.id
    revoked = session.revoke_token(world.issuer + REVOKE, token=token["access_token"], token_type_hint="access_token")
    assert revoked.status_code == 200
    found = session.introspect_token(world.issuer + INTROSPECT, token=token["access_token"]).json()
    assert found == {"active": False}


def test_the_resource_is_called_with_the_session(world):
    session = session_of(world.app, "client_secret_basic")
    fetch(session, world)
    answer = session.post(world.extension.url + "/msa/ext/api/update-asset/7", json={"asset": 1000})
    assert answer.status_code == 200
    assert answer.json()["resultCode"] == "S"


def test_a_refusal_is_authlibs_error(world):
    session = session_of(world.app, "client_secret_basic")
    with pytest.raises(Exception) as refused:
        fetch(session, world, scope="token:introspect")
    assert refused.value.error == "invalid_scope"


def test_the_metadata_is_valid(world):
    """Every check of RFC 8414 section 2 that Authlib has, but that URLs begin with https."""
    given = world.get(METADATA).json()
    text = {name: value.replace("http://", "https://") if isinstance(value, str) else value
            for name, value in given.items()}
    metadata = AuthorizationServerMetadata(text)
    # Authlib wants these of every server; RFC 8414 section 2 does not where no grant uses an authorization endpoint.
    metadata.validate_authorization_endpoint = metadata.validate_response_types_supported = lambda: None
    metadata.validate()


def test_the_token_verified_with_the_key_set(world):
    token = world.app.token()
    keys = JsonWebKey.import_key_set(world.get("/msa/auth/api/jwks.json").json())
    options = {"iss": {"essential": True, "value": world.issuer}, "aud": {"essential": True, "value": AUDIENCE},
               "sub": {"essential": True, "value": "app"}, "exp": {"essential": True}, "jti": {"essential": True}}
    jwt = JsonWebToken(["RS256"])
    claims = jwt.decode(token, keys, claims_options=options)
    claims.validate()
    assert claims.header["typ"] == "at+jwt"
    header, payload, signature = token.split(".")
    with pytest.raises(JoseError):
        jwt.decode(".".join((header, payload, signature[::-1])), keys)
    with pytest.raises(JoseError):
        jwt.decode(token, keys, claims_options={"aud": {"value": "urn:other"}}).validate()
    with pytest.raises(JoseError):
        jwt.decode(token, keys, claims_options=options).validate(now=claims["exp"] + 1)
