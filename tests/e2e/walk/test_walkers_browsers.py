"""Pushes to walkers' browsers, where accounts have theirs on the same node: the two never meet."""

import json
import time

import pytest
from harness.push_service import PushService
from harness.topology import SHAPES, Topology
from harness.waiting import eventually


@pytest.fixture(scope="module")
def service():
    started = PushService()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def node(binary, workspace, service):
    topology = Topology(binary, workspace / "walkers-browsers", **SHAPES["one_sqlite"], core_options=[
        f"--push-test-service={service.origin}", f"--walk-push-test-service={service.origin}",
        "--push-contact=mailto:push@dontgoback.example"])
    topology.start()
    yield topology
    topology.stop()


def key_at(node, path):
    return node.browser().get(path).data["publicKey"]


def test_each_is_pushed_to_with_a_key_of_its_own(node, service):
    account_key, walker_key = key_at(node, "/api/v1/push/key"), key_at(node, "/api/v1/walkers/push/key")
    assert account_key != walker_key

    walkers = service.subscription()
    given = walkers.to_json()
    now = int(time.time() * 1000)
    node.sql("INSERT INTO walkers (id, uuid, nickname, folded, renamed_at, status, status_at, offset_minutes, consented_at, "
             f"created_at) VALUES (1, x'{1:032x}', 'w', 'w', 0, 0, 0, 540, 1, 0)")
    node.sql("INSERT INTO walker_devices (id, walker_id, session_id, channel, digest, address, p256dh, auth, seen_at) VALUES "
             f"(1, 1, 0, 0, 'd', '{given['endpoint']}', '{given['keys']['p256dh']}', '{given['keys']['auth']}', {now})")
    payload = json.dumps({"subscription": 1, "title": "응원", "body": "b님이 응원을 보냈습니다.", "tag": "CHEER",
                          "path": "/walk/notifications", "low": False, "until": now + 600_000,
                          "data": [{"name": "kind", "value": "CHEER"}]}, ensure_ascii=False)
    node.sql(f"INSERT INTO outbox (topic, payload, state, attempts, next_at, created_at) VALUES ('walk-pushes', '{payload}', "
             f"0, 0, {now}, {now})")
    eventually(lambda: walkers.contents, "the walker's browser is told")
    assert walkers.contents[0] == {"title": "응원", "body": "b님이 응원을 보냈습니다.", "tag": "CHEER",
                                   "url": "/walk/notifications"}
    assert service.public_keys == {walker_key}

    author, other = node.guest(), node.guest()
    accounts = service.subscription()
    assert author.put("/api/v1/push/subscriptions", body=accounts.to_json()).status == 200
    assert other.put(f"/api/v1/feedLikes/{author.write()['feedId']}").status == 200
    eventually(lambda: accounts.contents, "the account's browser is told")
    assert service.public_keys == {walker_key, account_key}


def test_the_keys_are_what_they_were_after_a_restart(node):
    paths = ("/api/v1/push/key", "/api/v1/walkers/push/key")
    before = [key_at(node, path) for path in paths]
    node.core.restart()
    assert [key_at(node, path) for path in paths] == before
