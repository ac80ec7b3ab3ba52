"""Failures are slowed down per client and per address, and nobody is locked out by somebody else."""

import pytest

from harness.keys import KeyPair
from harness.oauth import INTROSPECT, REVOKE, TOKEN, basic
from harness.waiting import eventually
from harness.wire import call, next_address

GRANT = {"grant_type": "client_credentials"}
FREE = 5  # failures of one client from one address that cost nothing


def fail(world, client_id, source, path=TOKEN):
    return world.post(path, {**GRANT, "token": "x"}, basic(client_id, "wrong"), source)


def fail_until_limited(world, client_id, source, most=60):
    """The first answer that is not 401, and how many were."""
    for failures in range(most):
        answer = fail(world, client_id, source)
        if answer.status != 401:
            return answer, failures
    raise AssertionError(f"{most} failures, and no limit")


def expect_limited(answer):
    assert answer.status == 429, answer
    assert answer.json()["error"] == "temporarily_unavailable"
    assert answer.header("Cache-Control") == "no-store"
    wait = int(answer.header("Retry-After"))
    assert 1 <= wait <= 60
    return wait


@pytest.fixture
def client(new_client):
    return new_client("--scope=asset:update")


def test_repeated_failures_from_one_address(world, client):
    answer, failures = fail_until_limited(world, client.id, next_address())
    assert failures == FREE
    expect_limited(answer)


def test_elsewhere_nobody_notices(world, client):
    attacker, honest = "127.0.0.1", "127.0.0.2"
    fail_until_limited(world, client.id, attacker)
    assert client.ask(source=honest).status == 200
    assert fail(world, client.id, honest).status == 401  # it has its own count
    assert client.ask(source=honest).status == 200


def test_the_right_secret_waits_too_where_it_was_guessed_at(world, client):
    """Else a guesser would learn that a guess was right."""
    source = next_address()
    fail_until_limited(world, client.id, source)
    expect_limited(client.ask(source=source))


def test_waiting_ends_and_doubles(world, client):
    source = next_address()
    waits = []
    for _ in range(3):
        answer, _ = fail_until_limited(world, client.id, source)
        waits.append(expect_limited(answer))
        # What is refused by the limit does not count, so it may be asked for as often as one likes.
        eventually(lambda: fail(world, client.id, source).status == 401, "another try is free", limit=30, step=0.1)
    assert waits == sorted(set(waits)), waits
    eventually(lambda: client.ask(source=source).status == 200, "the right secret is taken", limit=60, step=0.1)
    assert fail(world, client.id, source).status == 401  # a success forgives
    assert client.ask(source=source).status == 200


def test_all_endpoints_share_the_count(world, client):
    source = next_address()
    for path in (TOKEN, REVOKE, INTROSPECT, TOKEN, REVOKE):
        assert fail(world, client.id, source, path).status == 401
    for path in (TOKEN, REVOKE, INTROSPECT):
        expect_limited(fail(world, client.id, source, path))


def test_assertions_count_like_secrets(world, new_client):
    source = next_address()
    signer = new_client(key=KeyPair())
    for _ in range(FREE):
        answer = world.post(TOKEN, {**GRANT, **signer.credentials()[0], "client_assertion": signer.assertion(exp=1)},
                            source=source)
        assert answer.status == 401
    expect_limited(signer.ask(source=source))
    assert signer.ask().status == 200


def test_the_first_releases_form_is_limited_too(world, client):
    source = next_address()

    def ask(secret):
        return call(world.auth.address, "POST", TOKEN, {"clientId": client.id, "clientSecret": secret}, source=source)

    assert [ask("wrong").status for _ in range(FREE)] == [401] * FREE
    answer = ask(client.secret)
    assert (answer.status, answer.json()["resultCode"]) == (429, "F-429")
    assert int(answer.header("Retry-After")) >= 1


def test_guessing_at_many_clients_from_one_address(world):
    """A first try is free for whoever has not failed there: it may be somebody else of the house. A second is not."""
    source = next_address()
    assert {fail(world, f"guess-{n}", source).status for n in range(30)} == {401}
    expect_limited(fail(world, "guess-0", source))
    expect_limited(fail(world, "guess-29", source))
    assert world.neighbour.ask(source=source).status == 200


def test_a_client_that_is_known_at_an_address_is_let_in_beside_a_guesser(world, client):
    """An address may be a whole house."""
    assert client.ask(source="127.9.9.9").status == 200
    for n in range(30):
        fail(world, f"other-guess-{n}", "127.9.9.9")
    assert client.ask(source="127.9.9.9").status == 200


def test_guessing_from_many_addresses_locks_nobody_out(world, client):
    guessers = [next_address() for _ in range(70)]
    assert {fail(world, client.id, source).status for source in guessers} == {401}
    expect_limited(fail(world, client.id, guessers[0]))
    assert client.ask().status == 200
    assert client.ask(source=next_address()).status == 200


def test_mistakes_that_are_no_guesses_do_not_count(world, client):
    for _ in range(30):
        assert client.ask(scope="nothing").status == 400
        assert client.ask(grant_type="password").status == 400
    assert client.ask().status == 200


def test_refusals_are_in_the_audit_trail(world, client):
    source = next_address()
    fail(world, client.id, source)

    def rows():
        return [row for row in world.operate("audit", "--client", client.id) if row["result"] == "invalid_client"]

    (row,) = eventually(rows, "the refusal is written down", limit=30, step=0.2)
    assert (row["action"], row["address"], row["times"]) == ("token", source, 1)
    assert not [row for row in rows() if row["result"] == "done" and row["action"] == "token"]
