"""Whose page may act in a visitor's name (contract, section 2)."""

import pytest

from harness.wire import call, expect_failure, expect_success

EVIL = "https://evil.example"
OWN = "own"  # replaced by the service's origin


def headers_of(service, fetch_site, origin, referer=None):
    own = service.core.url
    named = {"Sec-Fetch-Site": fetch_site, "Origin": own if origin == OWN else origin,
             "Referer": f"{own}/feed" if referer == OWN else referer}
    return named  # what is None is not sent


ALLOWED = [("same-origin", OWN), ("same-origin", None), (None, OWN), (None, None), ("cross-site", OWN),
           ("same-site", OWN)]
REFUSED = [("cross-site", None), ("cross-site", EVIL), ("same-site", EVIL), ("none", None), (None, EVIL),
           (None, "null"), ("same-site", None)]


@pytest.mark.parametrize("fetch_site,origin", ALLOWED)
def test_own_pages_and_programs_may_write(service, fetch_site, origin):
    browser = service.guest()
    headers = headers_of(service, fetch_site, origin)
    expect_success(browser.post("/api/v1/feeds", {"content": "글"}, headers=headers), 201)
    expect_success(browser.post("/api/token", headers=headers))
    assert browser.post("/api/logout", headers=headers).status == 200


@pytest.mark.parametrize("fetch_site,origin", REFUSED)
def test_other_pages_may_not(service, fetch_site, origin):
    browser = service.guest()
    headers = headers_of(service, fetch_site, origin)
    post = browser.write()
    for method, target, body in (("POST", "/api/v1/feeds", {"content": "글"}), ("POST", "/api/token", None),
                                 ("POST", "/api/logout", None), ("POST", "/api/guest", None),
                                 ("PUT", f"/api/v1/feedLikes/{post['feedId']}", None),
                                 ("PATCH", f"/api/v1/feeds/{post['feedId']}", {"content": "바꿈"}),
                                 ("DELETE", f"/api/v1/feeds/{post['feedId']}", None)):
        answer = browser.send(method, target, body, headers=headers)
        expect_failure(answer, 403)
        assert not answer.cookies()
    unchanged = browser.feed(post["feedId"])
    assert (unchanged["content"], unchanged["likeCount"]) == (post["content"], 0)


def test_reading_is_no_act(service):
    browser = service.guest()
    expect_success(browser.get("/api/v1/feeds", headers=headers_of(service, "cross-site", EVIL)))


@pytest.mark.parametrize("fetch_site,origin,referer,allowed", [
    ("same-origin", None, None, True),
    ("cross-site", None, None, False),
    ("none", None, None, False),
    (None, None, None, True),
    (None, None, OWN, True),
    (None, None, f"{EVIL}/page", False),
    (None, EVIL, None, False),
    (None, OWN, None, True),
])
def test_legacy_toggles_follow_the_rule(service, fetch_site, origin, referer, allowed):
    browser = service.guest()
    post = browser.write()
    comment = browser.comment(post)
    headers = headers_of(service, fetch_site, origin, referer)
    for target in (f"/api/v1/feedLikes/{post['feedId']}", f"/api/v1/commentLikes/{comment['commentId']}"):
        answer = browser.get(target, headers=headers)
        expect_success(answer, 201) if allowed else expect_failure(answer, 403)
    assert browser.feed(post["feedId"])["likeCount"] == (1 if allowed else 0)


def test_toggles_are_not_prefetched(service):
    browser = service.guest()
    post = browser.write()
    target = f"/api/v1/feedLikes/{post['feedId']}"
    assert browser.send("HEAD", target).status == 405
    expect_failure(browser.get(target, headers={"Sec-Purpose": "prefetch"}), 405)
    expect_failure(browser.get(target, headers={"Sec-Purpose": "prefetch;prerender"}), 405)
    assert browser.feed(post["feedId"])["likeCount"] == 0
    answer = expect_success(browser.get(target), 201)
    assert "no-store" in answer.header("Cache-Control")


def test_preflight_names_what_an_own_page_may_do(service):
    own = service.core.url
    answer = call(service.core.address, "OPTIONS", "/api/v1/feeds", headers={
        "Origin": own, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"})
    assert answer.status in (200, 204)
    assert answer.header("Access-Control-Allow-Origin") == own
    assert answer.header("Access-Control-Allow-Credentials") == "true"
    methods = {method.strip() for method in answer.header("Access-Control-Allow-Methods").split(",")}
    assert {"GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"} <= methods
    assert "content-type" in answer.header("Access-Control-Allow-Headers").lower()
    assert "Origin" in answer.header("Vary")


def test_preflight_gives_strangers_nothing(service):
    for origin in (EVIL, "null", service.core.url + ".evil.example", service.core.url.replace("http:", "https:")):
        answer = call(service.core.address, "OPTIONS", "/api/v1/feeds", headers={
            "Origin": origin, "Access-Control-Request-Method": "POST"})
        assert answer.header("Access-Control-Allow-Origin") is None
        assert answer.header("Access-Control-Allow-Credentials") is None


def test_answers_to_own_pages_may_be_read(service):
    browser = service.guest()
    answer = browser.get("/api/v1/users/me", headers={"Origin": service.core.url})
    assert answer.header("Access-Control-Allow-Origin") == service.core.url
    refused = browser.get("/api/v1/users/me", headers={"Origin": EVIL})
    assert refused.header("Access-Control-Allow-Origin") is None
