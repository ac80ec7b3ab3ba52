"""Two core nodes on one MariaDB are one service."""

import pytest

from harness.topology import SHAPES, Topology
from harness.wire import expect_failure, expect_success

REFRESH = ("refresh_token", "/api/token")


@pytest.fixture(scope="module")
def pair(binary, workspace):
    """A service with a second core node beside the first, with the same session key."""
    topology = Topology(binary, workspace / "pair", **SHAPES["three_mariadb"])
    topology.start().start_second_core()
    yield topology
    topology.stop()


def test_a_session_made_at_one_works_on_the_other(pair):
    browser = pair.guest()
    user = browser.me()["userId"]
    other = browser.at(pair.second)
    assert other.me()["userId"] == user
    post = other.write("둘째 노드에서")
    assert browser.feed(post["feedId"])["content"] == "둘째 노드에서"


def test_logout_at_one_ends_it_at_the_other_at_once(pair):
    for first, second in ((pair.core, pair.second), (pair.second, pair.core)):
        browser = pair.guest().at(first)
        elsewhere = browser.tab().at(second)
        assert elsewhere.me() == browser.me()  # both know the token by now
        assert browser.post("/api/logout").status == 200
        expect_failure(elsewhere.get("/api/v1/users/me"), 401)
        expect_failure(elsewhere.post("/api/token"), 401)


def test_two_tabs_renew_at_two_nodes(pair):
    first = pair.guest()
    second = first.tab().at(pair.second)
    expect_success(first.post("/api/token"))
    expect_success(second.post("/api/token"))
    assert first.jar[REFRESH] == second.jar[REFRESH]
    assert first.me() == second.me()


def test_both_publish_the_same_keys(pair):
    first = pair.browser().get("/api/jwks.json")
    second = pair.browser().at(pair.second).get("/api/jwks.json")
    assert first.json() == second.json()


def test_a_key_of_idempotency_counts_at_both(pair):
    browser = pair.guest()
    body, headers = {"content": "한 번만"}, {"Idempotency-Key": "both-nodes"}
    first = expect_success(browser.post("/api/v1/feeds", body, headers=headers), 201)
    second = expect_success(browser.at(pair.second).post("/api/v1/feeds", body, headers=headers), 201)
    assert first.data == second.data


def test_either_runs_the_refresh_and_once_is_enough(pair):
    people = [pair.guest() for _ in range(3)]
    tomorrow = pair.tomorrow()
    first = expect_success(pair.service.refresh_assets(pair.core, tomorrow)).data
    names = [person.me()["userName"] for person in people]
    second = expect_success(pair.service.refresh_assets(pair.second, tomorrow)).data
    assert (first["failed"], second["failed"]) == (0, 0)
    assert [person.at(pair.second).me()["userName"] for person in people] == names


def test_who_is_suspended_or_has_left_is_out_at_the_other_at_once(pair):
    acts = {"SUSPENDED": lambda browser, user: pair.cli("users", "suspend", str(user), "--reason=test"),
            "CLOSE_REQUESTED": lambda browser, _: expect_success(
                browser.post("/api/v1/users/me/leave", {"kind": "CLOSE"}))}
    for status, act in acts.items():
        member = pair.member()
        user = member.me()["userId"]
        elsewhere = member.tab().at(pair.second)
        post = elsewhere.write("다른 노드의 글")
        reader = pair.guest().at(pair.second)
        assert reader.feed(post["feedId"])["userId"] == user
        act(member, user)
        for method, target in (("GET", "/api/v1/users/me"), ("POST", "/api/token"), ("POST", "/api/v1/feeds"),
                               ("PUT", f"/api/v1/feedLikes/{post['feedId']}"), ("GET", "/api/v1/users/me/export")):
            expect_failure(elsewhere.tab().send(method, target, {"content": "x"} if target.endswith("feeds") else None), 401)
        expect_failure(reader.get(f"/api/v1/feeds/{post['feedId']}"), 404)
        assert pair.cli_json("users", "show", str(user))["status"] == status
