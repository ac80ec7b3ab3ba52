"""What npm's client libraries do with the server; the cases are in cases/."""

import pytest

from harness.keys import KeyPair
from harness.node_cases import names_in
from harness.oauth import expect_oauth_error


@pytest.mark.parametrize("case", names_in("oauth4webapi.mjs"))
def test_oauth4webapi(world, node_cases, case):
    node_cases.run(world, "oauth4webapi.mjs", case)


@pytest.mark.parametrize("case", names_in("openid-client.mjs"))
def test_openid_client(world, node_cases, case):
    node_cases.run(world, "openid-client.mjs", case)


@pytest.mark.parametrize("case", names_in("jose.mjs"))
def test_jose(world, node_cases, case):
    node_cases.run(world, "jose.mjs", case)


def test_tokens_signed_es256(launch_world, node_cases):
    world = launch_world("--token-algorithm=ES256")
    for case in names_in("jose.mjs"):
        node_cases.run(world, "jose.mjs", case)
    for case in ("client_secret_basic", "private_key_jwt_rs256", "dpop_es256", "validated_as_rfc_9068_says"):
        node_cases.run(world, "oauth4webapi.mjs", case)


def test_clients_bring_the_nonce_after_a_restart(launch_world, node_cases):
    world = launch_world("--clock-leeway=300")
    world.restart(world.auth)
    for file, case in (("openid-client.mjs", "dpop_handle"), ("oauth4webapi.mjs", "dpop_with_private_key_jwt")):
        node_cases.run(world, file, case)
    answer = world.app.ask(headers={"DPoP": world.token_proof(KeyPair(), nonce=None)})  # they were told to
    expect_oauth_error(answer, 400, "use_dpop_nonce")
