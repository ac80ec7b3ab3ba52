"""Pushes on their way to walkers' apps: by Firebase Cloud Messaging, on a node that runs walk and push and no core."""

import json
import time

import pytest
from harness.fcm import (
    FORBIDDEN,
    INVALID,
    NO_PROJECT,
    PROJECT,
    SENDER_ID_MISMATCH,
    UNAVAILABLE,
    UNREGISTERED,
    Fcm,
    Proxy,
    quota_exceeded,
)
from harness.mariadb import MariaDb
from harness.node import Node, run_cli
from harness.topology import Topology
from harness.waiting import eventually

TOPIC = "walk-pushes-fcm"


class Walk:
    """A node of role extension, and walkers with an app that are made in its database."""

    def __init__(self, binary, folder, fcm, *options, mariadb=False):
        folder.mkdir(parents=True)
        self.fcm = fcm
        self.binary = binary
        self.mariadb = MariaDb(folder / "mariadb") if mariadb else None
        self.options = ["--auth-url=http://127.0.0.1:1", f"--fcm-service-account-file={fcm.account_file(folder / 'account.json')}",
                        f"--fcm-test-service={fcm.origin}", *options]
        if self.mariadb:
            self.mariadb.start()
            self.options += [f"--database={self.mariadb.create_database('core')}",
                             f"--database-password-file={self.mariadb.password_file}"]
        self.node = Node(binary, "extension", folder / "extension", "--role=extension", *self.options)
        self.node.start()
        self.made = 0

    def stop(self):
        self.node.stop()
        if self.mariadb:
            self.mariadb.stop()

    def sql(self, statement):
        return Topology.sql(self, statement, self.node)

    def database_file(self, node):
        return Topology.database_file(self, node)

    def device(self, token):
        self.made += 1
        number = self.made
        self.sql("INSERT INTO walkers (id, uuid, nickname, folded, renamed_at, status, status_at, offset_minutes, "
                 f"consented_at, created_at) VALUES ({number}, x'{number:032x}', 'w{number}', 'w{number}', 0, 0, 0, 540, "
                 "1, 0)")
        now = int(time.time() * 1000)
        self.sql("INSERT INTO walker_devices (id, walker_id, session_id, channel, digest, address, p256dh, auth, seen_at) "
                 f"VALUES ({number}, {number}, 0, 1, '{number:043}', '{token}', '', '', {now})")
        return number

    def push(self, device, tag="CHEER", low=False, seconds=600, **data):
        """What the part that tells walkers writes."""
        now = int(time.time() * 1000)
        payload = json.dumps({
            "subscription": device, "title": "응원", "body": "걷는이님이 응원을 보냈습니다.", "tag": tag,
            "path": "/walk/notifications", "low": low, "until": now + seconds * 1000,
            "data": [{"name": name, "value": value} for name, value in data.items()]}, ensure_ascii=False)
        self.sql(f"INSERT INTO outbox (topic, payload, state, attempts, next_at, created_at) VALUES ('{TOPIC}', "
                 f"'{payload}', 0, 0, {now}, {now})")

    def queue(self):
        code, out, err = run_cli(self.binary, "push", "queue", "--json", "--role=extension",
                                 f"--data-dir={self.node.data_dir}", *self.options)
        assert code == 0, err
        return json.loads(out)

    def devices(self):
        return {int(row[0]) for row in self.sql("SELECT id FROM walker_devices")}

    def ready_notes(self):
        return self.node.probe("/readyz").body.decode()


@pytest.fixture(scope="module")
def fcm():
    started = Fcm()
    yield started
    started.stop()


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def walk(request, binary, workspace, fcm):
    started = Walk(binary, workspace / f"fcm-{request.param}", fcm, mariadb=request.param == "mariadb")
    yield started
    started.stop()


def taken(walk, token, count=1):
    return eventually(lambda: len(walk.fcm.of(token)) == count and walk.fcm.of(token), "the app is told")


def test_an_app_is_told_by_a_message_as_the_api_has_it(walk, fcm):
    token = fcm.device()
    device = walk.device(token)
    walk.push(device, tag="FRIEND_REQUEST-x", senderNickname="걷는이")
    (message,) = taken(walk, token)
    assert message["notification"] == {"title": "응원", "body": "걷는이님이 응원을 보냈습니다."}
    assert message["data"] == {"senderNickname": "걷는이", "path": "/walk/notifications"}
    android, headers = message["android"], message["apns"]["headers"]
    assert (android["collapse_key"], android["priority"]) == ("FRIEND_REQUEST-x", "HIGH")
    assert 500 < int(android["ttl"].removesuffix("s")) <= 600
    assert headers["apns-collapse-id"] == "FRIEND_REQUEST-x" and headers["apns-priority"] == "10"
    assert 500 < int(headers["apns-expiration"]) - time.time() <= 601
    walk.push(device, low=True)
    message = taken(walk, token, 2)[1]
    assert (message["android"]["priority"], message["apns"]["headers"]["apns-priority"]) == ("NORMAL", "5")
    eventually(lambda: not walk.queue(), "the rows are gone")


def test_many_share_one_access_token_and_a_few_calls_at_once(walk, fcm):
    tokens = [fcm.device() for _ in range(40)]
    devices = [walk.device(token) for token in tokens]
    before, fcm.most_at_once, fcm.delay = fcm.granted, 0, 0.05
    fcm.tokens.clear()  # as when Google ends it
    for device in devices:
        walk.push(device)
    for token in tokens:
        taken(walk, token)
    fcm.delay = 0
    assert fcm.granted == before + 1
    assert 2 <= fcm.most_at_once <= 8


def test_only_unregistered_removes_a_token(walk, fcm):
    gone, wrong, malformed = fcm.device(UNREGISTERED), fcm.device(SENDER_ID_MISMATCH), fcm.device(INVALID)
    devices = [walk.device(token) for token in (gone, wrong, malformed)]
    for device in devices:
        walk.push(device)
    eventually(lambda: devices[0] not in walk.devices(), "the token is gone")
    for token in (wrong, malformed):
        eventually(lambda: fcm.tries_of(token), "it was tried")  # noqa: B023
    row = eventually(lambda: next((row for row in walk.queue() if "SENDER_ID_MISMATCH" in (row["answer"] or "")), None),
                     "the operator can see it")
    assert row["state"] == "waiting"
    assert eventually(lambda: [row for row in walk.queue() if "INVALID_ARGUMENT" in (row["answer"] or "")],
                      "what is dropped is listed")[0]["state"] == "refused"
    assert walk.devices() >= set(devices[1:])
    # Its token is good for what comes next, whose sending takes the note back.
    walk.push(devices[2])
    taken(walk, malformed)
    walk.sql(f"DELETE FROM walker_devices WHERE id = {devices[1]}")


def test_what_is_configured_wrongly_waits_and_is_noted(walk, fcm):
    token = fcm.device()
    device = walk.device(token)
    for wrong, word in ((FORBIDDEN, "403"), (NO_PROJECT, "404")):
        fcm.answer_to_all = wrong
        walk.push(device)
        eventually(lambda: word in walk.ready_notes() and "push-fcm" in walk.ready_notes(), "readyz has a note")  # noqa: B023
        assert walk.node.probe("/readyz").status == 200
        fcm.answer_to_all = None
        assert device in walk.devices()
        # Half a minute on, or a start later.
        walk.sql("UPDATE outbox SET next_at = 1")
        walk.node.restart()
        taken(walk, token, 1 + (word == "404"))
        eventually(lambda: "push-fcm" not in walk.ready_notes() or word not in walk.ready_notes(), "the note is gone")  # noqa: B023


def test_a_refused_service_account_is_noted(walk, fcm):
    token = fcm.device()
    fcm.tokens.clear()
    fcm.grants.append((400, {}, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}))
    walk.push(walk.device(token))
    eventually(lambda: "--fcm-service-account-file" in walk.ready_notes(), "readyz has a note")
    walk.sql("UPDATE outbox SET next_at = 1")
    walk.node.restart()
    taken(walk, token)


def test_a_tired_service_is_left_alone_as_it_says(walk, fcm):
    token = fcm.device(UNAVAILABLE, quota_exceeded(2))
    other = fcm.device()
    devices = walk.device(token), walk.device(other)
    walk.push(devices[0])
    eventually(lambda: len(fcm.tries_of(token)) == 2, "the quota is used up")
    walk.push(devices[1])
    taken(walk, token)
    taken(walk, other)
    first, second, third = fcm.tries_of(token)
    assert second - first >= 0.9 and third - second >= 1.9
    assert fcm.tries_of(other)[0] - second >= 1.9  # the pause holds for all


def test_nothing_is_lost_by_a_kill(walk, fcm):
    tokens = [fcm.device() for _ in range(20)]
    devices = [walk.device(token) for token in tokens]
    fcm.delay = 0.2
    for device in devices:
        walk.push(device)
    eventually(lambda: fcm.at_once > 0, "some are under way")
    walk.node.kill()
    fcm.delay = 0
    walk.sql("UPDATE leases SET expires_at = 1")
    walk.node.start()
    for token in tokens:
        eventually(lambda: fcm.of(token), "the app is told")  # noqa: B023


def test_what_comes_too_late_is_not_sent(walk, fcm):
    token = fcm.device()
    walk.push(walk.device(token), seconds=-1)
    eventually(lambda: not walk.queue() or all(row["state"] != "waiting" for row in walk.queue()), "nothing waits")
    assert not fcm.tries_of(token)


def test_it_goes_through_a_proxy(binary, workspace, fcm):
    proxy = Proxy()
    walk = Walk(binary, workspace / "fcm-proxy", fcm, f"--fcm-proxy={proxy.url}")
    try:
        token = fcm.device()
        walk.push(walk.device(token))
        taken(walk, token)
        assert set(proxy.asked) == {fcm.origin.removeprefix("http://")}
    finally:
        walk.stop()
        proxy.stop()


def test_settings_that_cannot_work_stop_the_start(binary, tmp_path, fcm):
    account = fcm.account_file(tmp_path / "account.json")
    bad = tmp_path / "bad.json"
    bad.write_text('{"type": "authorized_user"}')
    bad.chmod(0o600)
    for options, word in (([f"--fcm-service-account-file={bad}"], "service account"),
                          ([f"--fcm-service-account-file={account}"], "token_uri"),  # no https, without the stand-in
                          ([f"--fcm-service-account-file={tmp_path / 'none'}"], "none"),
                          ([f"--fcm-proxy={fcm.origin}"], "--fcm-service-account-file"),
                          ([f"--fcm-service-account-file={account}", f"--fcm-test-service={fcm.origin}",
                            "--fcm-proxy=https://proxy.example"], "http://HOST:PORT"),
                          (["--fcm-test-service=http://10.0.0.1:1"], "on this machine"),
                          (["--modules=extension", "--modules=push"], "core and walk")):
        code, _, err = run_cli(binary, "config", "check", "--role=extension", f"--data-dir={tmp_path / 'data'}", *options)
        assert code == 2 and word in err, (options, err)
    assert PROJECT not in err
