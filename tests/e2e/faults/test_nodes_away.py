"""Three processes, one of them missing: what could be done is done, the rest is told, and it heals by itself."""

import os
import shutil
import signal
from contextlib import contextmanager

import pytest

from harness.assets import multiplier, updated
from harness.topology import MULTIPLIER_KEY, SHAPES
from harness.waiting import eventually
from harness.wire import expect_failure, expect_success

FIRST = 10_000_000
REFRESH = "/msa/core/api/jobs/asset-refresh"


def amounts(topology):
    return {int(user): (int(amount), int(day)) for user, amount, day in
            topology.sql("SELECT id, amount, amount_day FROM accounts")}


def snapshots(topology):
    return sorted(tuple(map(int, row)) for row in
                  topology.sql("SELECT user_id, day, amount FROM asset_snapshots"))


def check_refreshed(topology, guests, day):
    days = (day - type(day)(1970, 1, 1)).days
    found = amounts(topology)
    for guest in guests:
        user = guest.me()["userId"]
        assert found[user] == (updated(FIRST, multiplier(MULTIPLIER_KEY, user, day)), days)
    assert len([row for row in snapshots(topology) if row[1] == days]) == len(found)


def refresh_reports_failure(topology, day, token, guests):
    """A refresh that cannot ask for anything: all of it failed, nothing is written."""
    before = (amounts(topology), snapshots(topology))
    answer = topology.service.refresh_assets(topology.core, day, token=token)
    result = expect_success(answer).data
    assert (result["total"], result["success"], result["failed"]) == (len(guests), 0, len(guests)), result
    assert (amounts(topology), snapshots(topology)) == before, "something is half-written"


def refresh_until_done(topology, day, guests):
    def refresh():
        answer = topology.service.refresh_assets(topology.core, day)
        return answer.status == 200 and answer.data["failed"] == 0

    eventually(refresh, "a refresh completes", limit=60, step=0.2)
    check_refreshed(topology, guests, day)


@pytest.fixture
def three(launch):
    topology = launch(**SHAPES["three_sqlite"])
    topology.guests = [topology.guest() for _ in range(4)]
    return topology


def test_auth_away_when_the_others_start(launch):
    topology = launch(**SHAPES["three_sqlite"], start=False)
    topology.start_node(topology.auth)
    topology.auth.stop()
    topology.start_node(topology.extension)
    topology.start_node(topology.core)
    guests = [topology.guest() for _ in range(3)]
    guests[0].write("인증 서버 없이도 글은 써집니다")
    topology.start_node(topology.auth)
    refresh_until_done(topology, topology.tomorrow(), guests)


def test_auth_away_while_core_needs_a_token(three):
    """Core and extension know the keys, but core has no token yet: auth goes before its first refresh."""
    token = three.service.token()
    three.core.restart()
    three.settle()
    assert three.service.update_asset(three.extension, 1, 1, three.today(), token=token).status == 200
    expect_failure(three.service.send(three.core, "POST", REFRESH, "[]", token=token), 400)
    three.auth.stop()
    refresh_reports_failure(three, three.tomorrow(), token, three.guests)
    three.guests[0].write("그래도 글은 써집니다")
    three.start_node(three.auth)
    refresh_until_done(three, three.tomorrow(), three.guests)


def test_auth_away_before_core_has_its_keys(three):
    token = three.service.token()
    three.core.stop()
    three.auth.stop()
    three.start_node(three.core)
    answer = expect_failure(three.service.refresh_assets(three.core, token=token), 503)
    assert answer.header("Retry-After")
    three.start_node(three.auth)
    refresh_until_done(three, three.tomorrow(), three.guests)


def test_auth_away_with_keys_and_token_in_memory(three):
    """Who knows the keys and holds a token goes on without the auth server."""
    three.refresh_assets(three.today())
    assert three.service.update_asset(three.extension, 1, 1, three.today()).status == 200
    token = three.service.token()
    three.auth.kill()
    assert three.service.update_asset(three.extension, 1, 1, three.today(), token=token).status == 200
    three.start_node(three.auth)
    refresh_until_done(three, three.tomorrow(), three.guests)


def test_extension_away(three):
    token = three.service.token()
    three.refresh_assets()  # everything is warm
    three.extension.stop()
    refresh_reports_failure(three, three.tomorrow(), token, three.guests)
    three.guests[0].write("확장 서버 없이도 글은 써집니다")
    three.start_node(three.extension)
    refresh_until_done(three, three.tomorrow(), three.guests)


def test_extension_killed(three):
    three.refresh_assets()
    three.extension.kill()
    refresh_reports_failure(three, three.tomorrow(), three.service.token(), three.guests)
    three.start_node(three.extension)
    refresh_until_done(three, three.tomorrow(), three.guests)


def test_extension_starts_without_auth_and_recovers(three):
    token = three.service.token()
    three.extension.stop()
    three.auth.stop()
    three.start_node(three.extension)
    answer = three.service.update_asset(three.extension, 1, 1, three.today(), token=token)
    expect_failure(answer, 503)
    assert answer.header("Retry-After")
    three.start_node(three.auth)
    eventually(lambda: three.service.update_asset(three.extension, 1, 1, three.today(), token=token).status == 200,
               "the extension finds the keys", limit=60)
    refresh_until_done(three, three.tomorrow(), three.guests)


def test_auth_restarted_twice(three):
    """Its key is on disk: tokens made before the restarts stay good."""
    token = three.service.token()
    for _ in range(2):
        three.auth.restart()
        assert three.service.update_asset(three.extension, 1, 1, three.today(), token=token).status == 200
        assert three.service.update_asset(three.extension, 1, 1, three.today()).status == 200
    refresh_until_done(three, three.tomorrow(), three.guests)


def test_auth_with_a_new_key(three):
    """An auth server rebuilt from nothing signs with another key: the others must notice without a restart."""
    old = three.service.token()
    three.refresh_assets()
    three.auth.stop()
    shutil.rmtree(three.auth.data_dir)
    three.start_node(three.auth)
    eventually(lambda: three.service.update_asset(three.extension, 1, 1, three.today()).status == 200,
               "the extension takes the new key", limit=60, step=0.2)
    expect_failure(three.service.update_asset(three.extension, 1, 1, three.today(), token=old), 401)
    refresh_until_done(three, three.tomorrow(), three.guests)


@contextmanager
def frozen(node):
    """The node's sockets take what is sent, and nobody answers."""
    os.kill(node.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(node.pid, signal.SIGCONT)


@pytest.mark.parametrize("role", ["auth", "extension"])
def test_a_node_that_takes_calls_and_never_answers(three, role):
    token = three.service.token()
    three.core.restart()  # without a token of its own
    three.settle()
    assert three.service.update_asset(three.extension, 1, 1, three.today(), token=token).status == 200
    expect_failure(three.service.send(three.core, "POST", REFRESH, "[]", token=token), 400)  # core knows the keys
    with frozen(getattr(three, role)):
        refresh_reports_failure(three, three.tomorrow(), token, three.guests)
    refresh_until_done(three, three.tomorrow(), three.guests)
