"""`Idempotency-Key` on POST (contract, section 2)."""

import threading
import uuid

import pytest

from harness.wire import expect_failure, expect_success


def post_with(browser, key, content, target="/api/v1/feeds", **more):
    return browser.post(target, {"content": content, **more}, headers={"Idempotency-Key": key})


def count_of(browser):
    return len(expect_success(browser.get(f"/api/v1/feeds/profile?userId={browser.me()['userId']}&size=50"))
               .data["feeds"])


def test_the_same_again_answers_the_same(service):
    browser, key = service.guest(), str(uuid.uuid4())
    first = expect_success(post_with(browser, key, "한 번"), 201)
    second = expect_success(post_with(browser, key, "한 번"), 201)
    assert first.data == second.data
    assert count_of(browser) == 1


def test_another_body_is_a_conflict(service):
    browser, key = service.guest(), str(uuid.uuid4())
    expect_success(post_with(browser, key, "한 번"), 201)
    expect_failure(post_with(browser, key, "다른 글"), 409)
    assert count_of(browser) == 1


def test_keys_are_per_account(service):
    first, second, key = service.guest(), service.guest(), str(uuid.uuid4())
    assert post_with(first, key, "글").data["feedId"] != post_with(second, key, "글").data["feedId"]


def test_a_refused_request_does_not_use_the_key_up(service):
    browser, key = service.guest(), str(uuid.uuid4())
    expect_failure(post_with(browser, key, " "), 400)
    expect_success(post_with(browser, key, "이번엔 글"), 201)


def test_comments_too(service):
    browser, key = service.guest(), str(uuid.uuid4())
    post = browser.write()
    answers = [post_with(browser, key, "댓글", "/api/v1/comments", feedId=post["feedId"]) for _ in range(2)]
    assert answers[0].data["commentId"] == answers[1].data["commentId"]
    assert browser.feed(post["feedId"])["commentCount"] == 1


@pytest.mark.parametrize("key", ["", "k" * 65, "\u00e9", "a\tb"])
def test_bad_keys(service, key):
    browser = service.guest()
    expect_failure(post_with(browser, key, "글"), 400)
    assert count_of(browser) == 0


def test_many_at_once_act_once(service):
    browser, key = service.guest(), str(uuid.uuid4())
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(post_with(browser, key, "동시에"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({expect_success(answer, 201).data["feedId"] for answer in answers}) == 1
    assert count_of(browser) == 1
