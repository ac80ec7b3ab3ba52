"""Failures are slowed down per client and per address, and nobody is locked out by somebody else."""

import time

import pytest

from harness.keys import KeyPair, client_assertion
from harness.oauth import ASSERTION_TYPE, INTROSPECT, REVOKE, TOKEN, basic
from harness.waiting import eventually
from harness.wire import call, next_address

GRANT = {"grant_type": "client_credentials"}
FREE = 5  # failures of one client from one address that cost nothing
CLOCKS = 0.1  # seconds that the test's clock and the server's may differ by, over a wait


def fail(world, client_id, source, path=TOKEN):
    return world.post(path, {**GRANT, "token": "x"}, basic(client_id, "wrong"), source)


def expect_limited(answer):
    assert answer.status == 429, answer
    assert answer.json()["error"] == "temporarily_unavailable"
    assert answer.header("Cache-Control") == "no-store"
    wait = int(answer.header("Retry-After"))
    assert 1 <= wait <= 60
    return wait


class Guesser:
    """Fails as one client from one address, and holds each answer against the rule, however late the machine is: a
    failure past the free ones makes the next try wait, twice as long each time. `failures`: that the server counts."""

    def __init__(self, world, client_id, source):
        self.world, self.client_id, self.source = world, client_id, source
        self.failures = 0
        self._last_sent = 0.0

    def fail(self, path=TOKEN):
        return self.judge(lambda: fail(self.world, self.client_id, self.source, path))

    def judge(self, send):
        sent = time.monotonic()
        answer = send()
        passed = time.monotonic() - self._last_sent + CLOCKS  # at most, for the server, since the last failure
        wait = min(60, 2 ** (self.failures - FREE)) if self.failures >= FREE else 0
        if answer.status == 429:
            assert wait - passed <= expect_limited(answer) <= wait, (answer, self.failures, passed)
        else:
            assert passed >= wait, (answer, self.failures, passed)
        if answer.status in (400, 401):
            self.failures += 1
            self._last_sent = sent
        elif answer.status == 200:
            self.failures = 0  # a success forgives
        return answer

    def until_limited(self, path=TOKEN):
        eventually(lambda: self.fail(path).status == 429, "it is limited", limit=60)
        assert self.failures >= FREE
        return self


@pytest.fixture
def client(new_client):
    return new_client("--scope=asset:update")


def test_repeated_failures_from_one_address(world, client):
    Guesser(world, client.id, next_address()).until_limited()


def test_elsewhere_nobody_notices(world, client):
    attacker, honest = "127.0.0.1", "127.0.0.2"
    Guesser(world, client.id, attacker).until_limited()
    assert client.ask(source=honest).status == 200
    assert fail(world, client.id, honest).status == 401  # it has its own count
    assert client.ask(source=honest).status == 200


def test_the_right_secret_waits_too_where_it_was_guessed_at(world, client):
    """Else a guesser would learn that a guess was right."""
    def waits():
        guesser = Guesser(world, client.id, next_address()).until_limited()
        return guesser.judge(lambda: client.ask(source=guesser.source)).status == 429  # or the wait was over by then

    eventually(waits, "the right secret waits", limit=60)


def test_waiting_ends_and_doubles(world, client):
    guesser = Guesser(world, client.id, next_address())
    for _ in range(3):
        guesser.until_limited()
        # What is refused by the limit does not count, so it may be asked for as often as one likes.
        eventually(lambda: guesser.fail().status == 401, "another try is free", limit=60, step=0.1)
    assert guesser.failures >= FREE + 3
    eventually(lambda: guesser.judge(lambda: client.ask(source=guesser.source)).status == 200,
               "the right secret is taken", limit=90, step=0.1)
    assert guesser.fail().status == 401
    assert client.ask(source=guesser.source).status == 200


def test_all_endpoints_share_the_count(world, client):
    guesser = Guesser(world, client.id, next_address())
    for path in (TOKEN, REVOKE, INTROSPECT, TOKEN, REVOKE):
        assert guesser.fail(path).status == 401
    for path in (TOKEN, REVOKE, INTROSPECT):
        guesser.until_limited(path)


def send_assertion(world, assertion, source):
    fields = {**GRANT, "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    return world.post(TOKEN, fields, source=source)


def test_assertions_count_like_secrets(world, new_client):
    signer = new_client(key=KeyPair())
    guesser = Guesser(world, signer.id, next_address())
    stranger = KeyPair()

    def guess():
        return guesser.judge(
            lambda: send_assertion(world, client_assertion(stranger, signer.id, world.issuer), guesser.source))

    eventually(lambda: guess().status == 429, "it is limited", limit=60)
    assert guesser.failures >= FREE
    assert signer.ask().status == 200


def test_assertions_with_a_good_signature_are_no_guesses(world, new_client):
    """Only who has the key can make them: its clock may be off, or a restart have come between."""
    source = next_address()
    signer = new_client(key=KeyPair())
    used = signer.assertion()
    assert send_assertion(world, used, source).status == 200
    for assertion in (signer.assertion(exp=1), signer.assertion(audience="urn:else"), used):
        for _ in range(2 * FREE):
            assert send_assertion(world, assertion, source).status == 400
    assert signer.ask(source=source).status == 200


def test_the_first_releases_form_is_limited_too(world, client):
    def ask(secret, source):
        return call(world.auth.address, "POST", TOKEN, {"clientId": client.id, "clientSecret": secret}, source=source)

    def limited():
        source = next_address()
        assert [ask("wrong", source).status for _ in range(FREE)] == [401] * FREE
        eventually(lambda: ask("wrong", source).status == 429, "it is limited", limit=60)
        answer = ask(client.secret, source)
        return answer.status == 429 and answer  # or the wait was over by then

    answer = eventually(limited, "the right secret waits", limit=60)
    assert answer.json()["resultCode"] == "F-429"
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


@pytest.mark.parametrize("kind", ["secret", "key", "first release"])
def test_guesses_at_a_client_do_not_shut_it_out_where_it_is_known(world, new_client, kind):
    """Whoever shares its address (a NAT, an IPv6 network) knows its id and no more. The guesser waits all the same."""
    client = new_client(key=KeyPair() if kind == "key" else None)
    source, stranger = next_address(), KeyPair()

    def ask(right):
        if kind == "secret":
            return client.ask(source=source) if right else fail(world, client.id, source)
        if kind == "key":
            made = client.assertion() if right else client_assertion(stranger, client.id, world.issuer)
            return send_assertion(world, made, source)
        body = {"clientId": client.id, "clientSecret": client.secret if right else "wrong"}
        return call(world.auth.address, "POST", TOKEN, body, source=source)

    assert ask(True).status == 200
    for _ in range(3):
        statuses = [ask(False).status for _ in range(40)]
        assert set(statuses) <= {400, 401, 429} and statuses.count(429) > 20, statuses
        assert ask(True).status == 200


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
    assert (row["action"], row["address"], row["times"], row["reason"]) == ("token", source, 1, "wrong_secret")
    assert not [row for row in rows() if row["result"] == "done" and row["action"] == "token"]
