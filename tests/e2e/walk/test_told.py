"""Walkers are told by their apps of what friends do: from the request to the message that FCM is given."""

import pytest
from harness.fcm import Fcm
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.walkers import ME, Phone
from harness.wire import expect_success


@pytest.fixture
def fcm():
    started = Fcm()
    yield started
    started.stop()


def app(topology, issuer, fcm, nickname):
    phone = Phone(topology.core, issuer, subject=nickname.encode().hex())
    expect_success(phone.sign_in())
    expect_success(phone.send("PATCH", ME, {"nickname": nickname, "sharesSteps": True, "offsetMinutes": 540}))
    phone.token = fcm.device()
    expect_success(phone.send("PUT", "/api/v1/walkers/devices", {"fcmToken": phone.token}))
    return phone


def walk(phone, total, version):
    day = expect_success(phone.send("GET", "/api/v1/goals")).data["today"]["day"]
    expect_success(phone.send("PUT", f"/api/v1/steps/{day}", {"device": "p1", "source": "PHONE", "steps": total,
                                                              "version": version}))


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_friends_are_told_in_the_first_releases_words(launch, issuer, sign_in_options, workspace, fcm, shape):
    account = fcm.account_file(workspace / f"{shape}-account.json")
    topology = launch(**SHAPES[shape], core_options=[
        *sign_in_options, f"--fcm-service-account-file={account}", f"--fcm-test-service={fcm.origin}"])
    one, other = (app(topology, issuer, fcm, name) for name in ("걷는이", "달리는이"))

    def told(phone, count):
        return eventually(lambda: len(fcm.of(phone.token)) == count and fcm.of(phone.token)[-1], "the app is told")

    expect_success(one.send("POST", "/api/v1/friends/requests", {"walkerId": other.uuid}), 201)
    message = told(other, 1)
    assert message["notification"] == {"title": "친구 요청", "body": "걷는이님이 친구 요청을 보냈습니다."}
    assert message["data"]["senderNickname"] == "걷는이"

    expect_success(other.send("PUT", f"/api/v1/friends/requests/{one.uuid}"))
    message = told(one, 1)
    assert message["notification"] == {"title": "친구 요청 수락", "body": "달리는이님이 친구 요청을 수락했습니다."}
    assert message["data"]["recipientNickname"] == "달리는이"

    expect_success(other.send("PUT", "/api/v1/goals", {"steps": 1000}))
    walk(other, 1500, 1)
    assert told(other, 2)["notification"]["body"] == "오늘 목표 1000보를 채웠습니다."
    walk(one, 1400, 1)
    walk(one, 1600, 2)
    message = told(other, 3)
    assert message["notification"]["title"] == "추월" and message["android"]["priority"] == "NORMAL"
    assert message["apns"]["headers"]["apns-collapse-id"] == f"OVERTAKEN-{one.uuid}"

    listed = expect_success(other.send("GET", "/api/v1/walkers/notifications")).data
    assert [each["kind"] for each in listed["notifications"]] == ["OVERTAKEN", "GOAL", "FRIEND_REQUEST"]
    assert listed["unreadCount"] == 3

    # Who has signed out is told of nothing; it is in the list of the next session.
    expect_success(other.send("POST", "/api/v1/walkers/logout"))
    expect_success(one.send("POST", f"/api/v1/friends/{other.uuid}/cheer"))
    expect_success(other.sign_in())
    assert expect_success(other.send("GET", "/api/v1/walkers/notifications")).data["notifications"][0]["kind"] == "CHEER"
    eventually(lambda: topology.sql("SELECT COUNT(*) FROM outbox WHERE topic LIKE 'walk-%'") == [["0"]], "nothing waits")
    assert len(fcm.of(other.token)) == 3
