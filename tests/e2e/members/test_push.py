"""Pushes on their way from the outbox to push services of every mood, and what a browser sees of them."""

import time

import pytest
from harness.push_service import PushService
from harness.topology import SHAPES, Topology
from harness.waiting import eventually

PATH = "/api/v1/push/subscriptions"


@pytest.fixture(scope="module")
def service():
    started = PushService()
    yield started
    started.stop()


def started(binary, folder, service, shape):
    topology = Topology(binary, folder, **SHAPES[shape], core_options=[
        f"--push-test-service={service.origin}", "--push-contact=mailto:push@dontgoback.example"])
    topology.start()
    return topology


@pytest.fixture(scope="module")
def node(binary, workspace, service):
    topology = started(binary, workspace / "push", service, "one_sqlite")
    yield topology
    topology.stop()


def subscribed(node, service, *answers):
    """Somebody who is, and their subscription, for which the service gives these answers first."""
    browser = node.guest()
    subscription = service.subscription()
    subscription.answers += answers
    assert browser.put(PATH, body=subscription.to_json()).status == 200
    return browser, subscription


@pytest.fixture
def author(node, service):
    return subscribed(node, service)


def like_of(node, author):
    post = author.write()
    assert node.guest().put(f"/api/v1/feedLikes/{post['feedId']}").status == 200
    return post


def queue(node):
    return node.cli_json("push", "queue")


def is_empty(node):
    return not [row for row in queue(node) if row["state"] == "waiting"]


def test_a_browser_is_told_without_anything_private(node, service, author):
    browser, subscription = author
    post = like_of(node, browser)
    node.guest().comment(post, "비밀 이야기")
    eventually(lambda: len(subscription.contents) == 2, "both pushes came")
    like, comment = sorted(subscription.contents, key=lambda content: content["tag"], reverse=True)
    assert like == {"title": "돈고백", "body": "누군가 회원님의 글을 좋아합니다.", "tag": f"FEED_LIKE-{post['feedId']}",
                    "url": "/notifications"}
    assert comment["body"] == "누군가 회원님의 글에 댓글을 남겼습니다."
    by_urgency = {head["Urgency"]: head["Topic"] for head in subscription.heads}
    assert set(by_urgency) == {"low", "normal"} and len(set(by_urgency.values())) == 2
    (key,) = service.public_keys & {browser.get("/api/v1/push/key").data["publicKey"]}
    assert node.cli_json("push", "keys")["publicKey"] == key
    assert (node.core.data_dir / "push.key").stat().st_mode & 0o7777 == 0o600
    eventually(lambda: is_empty(node), "the rows are gone")


def test_what_it_says_is_in_the_language_of_the_account(node, author):
    browser, subscription = author
    assert browser.patch("/api/v1/users/me/settings", {"language": "en"}).status == 200
    like_of(node, browser)
    eventually(lambda: subscription.contents, "the push came")
    assert subscription.contents[0]["body"] == "Somebody liked your post."


def test_a_service_that_is_tired_is_asked_again(node, service):
    browser, subscription = subscribed(node, service, (503, {"Retry-After": "1"}))
    like_of(node, browser)
    eventually(lambda: subscription.contents, "the push came")
    assert len(subscription.heads) == 2
    assert len({head["Topic"] for head in subscription.heads}) == 1


def test_a_subscription_that_is_gone_is_removed(node, service):
    gone = [subscribed(node, service, (status, {})) for status in (404, 410)]
    for browser, _ in gone:
        like_of(node, browser)
    for browser, subscription in gone:
        eventually(lambda: subscription.heads, "it was tried")
        count = f"SELECT COUNT(*) FROM push_subscriptions WHERE endpoint LIKE '%{subscription.path}'"
        eventually(lambda: node.sql(count) == [["0"]], "the subscription is gone")
        like_of(node, browser)
    eventually(lambda: is_empty(node), "nothing waits")
    assert [len(subscription.heads) for _, subscription in gone] == [1, 1]


def test_what_is_refused_is_told_to_the_operator(node, service):
    refused = {status: subscribed(node, service, (status, {"Location": service.origin + "/elsewhere"}))
               for status in (301, 403, 413)}
    for browser, _ in refused.values():
        like_of(node, browser)
    for status, (_, subscription) in refused.items():
        row = eventually(lambda: next((row for row in queue(node) if f"answers {status}" in (row["answer"] or "")), None),
                         "the refusal is listed")
        assert row["state"] == "refused" and subscription.path not in row["answer"]
        assert service.origin in row["answer"]
        assert len(subscription.heads) == 1


def test_who_signs_out_is_told_of_nothing_more(node, author):
    browser, subscription = author
    post = browser.write()["feedId"]
    assert browser.post("/api/logout").status < 400
    assert node.guest().put(f"/api/v1/feedLikes/{post}").status == 200
    eventually(lambda: is_empty(node), "nothing waits")
    assert subscription.heads == []


def test_nothing_is_pushed_in_quiet_hours(node, author):
    browser, subscription = author
    minute = (time.gmtime().tm_min + 30) % 60  # not now, in any zone of whole hours
    hours = {"from": "04:00" if minute == 59 else f"03:{minute + 1:02}", "to": f"03:{minute:02}"}
    assert browser.patch("/api/v1/users/me/settings", {"quietHours": hours}).status == 200
    like_of(node, browser)
    eventually(lambda: is_empty(node), "nothing waits")
    assert subscription.heads == []
    assert browser.patch("/api/v1/users/me/settings", {"quietHours": None}).status == 200
    like_of(node, browser)
    eventually(lambda: subscription.contents, "the push came")


def test_an_operator_tries_it(node, service):
    member = node.member()
    subscription = service.subscription()
    assert member.put(PATH, body=subscription.to_json()).status == 200
    user = str(member.get("/api/v1/users/me").data["userId"])
    options = [option for option in node.core.options if option.startswith("--push")]
    assert node.cli_json("push", "test", user, *options) == [
        {"service": service.origin, "result": "done", "answer": "it answers 201"}]
    assert subscription.contents[0]["tag"] == "test"
    subscription.answers.append((403, {}))
    assert node.cli("push", "test", user, *options)[0] == 1
    # Without being told that the stand-in is for tests, nobody calls this machine.
    code, out, _ = node.cli("push", "test", user, "--json")
    assert code == 1 and "not a public address" in out


def test_it_is_the_same_on_mariadb(binary, workspace, service):
    topology = started(binary, workspace / "push-mariadb", service, "one_mariadb")
    try:
        browser, subscription = subscribed(topology, service, (410, {}))
        other, taken = subscribed(topology, service)
        for each in (browser, other):
            like_of(topology, each)
        eventually(lambda: subscription.heads and taken.contents, "both were tried")
        eventually(lambda: is_empty(topology), "nothing waits")
    finally:
        topology.stop()


def test_a_push_has_the_name_of_the_operators_network(binary, workspace, service):
    topology = Topology(binary, workspace / "own_push", **SHAPES["one_sqlite"], core_options=[
        f"--push-test-service={service.origin}", "--push-contact=mailto:push@dontgoback.example", "--network-name=우리 모임",
        "--network-name-en=Our circle"])
    topology.start()
    try:
        author, subscription = subscribed(topology, service)
        like_of(topology, author)
        eventually(lambda: subscription.contents, "the push came")
        assert subscription.contents[0]["title"] == "우리 모임"
        assert "돈고백" not in subscription.contents[0]["body"]
        user = str(author.get("/api/v1/users/me").data["userId"])
        options = [option for option in topology.core.options if option.startswith(("--push", "--network"))]
        topology.cli_json("push", "test", user, *options)
        assert subscription.contents[-1]["title"] == "우리 모임 · Our circle"
    finally:
        topology.stop()
