"""Cookies, renewal, theft and the end of a session (contract, section 2)."""

import time

import pytest

from harness import jwt
from harness.browser import Browser
from harness.wire import call, expect_failure, expect_success

ACCESS, REFRESH = ("access_token", "/"), ("refresh_token", "/api/token")


def cleared(answer):
    """The names of the cookies an answer takes away, with the path it must name for that."""
    return {(name, attributes["path"]) for name, (value, attributes) in answer.cookies().items()
            if attributes.get("max-age") == "0"}


def test_sign_in_sets_both_cookies(service):
    browser = service.browser()
    answer = expect_success(browser.post("/api/guest"))
    cookies = answer.cookies()
    assert set(cookies) == {"access_token", "refresh_token"}
    for name, path, age in (("access_token", "/", 7200), ("refresh_token", "/api/token", 14 * 86400)):
        _, attributes = cookies[name]
        assert "httponly" in attributes
        assert attributes["samesite"] == "Lax"
        assert attributes["path"] == path
        assert int(attributes["max-age"]) == age
        assert "secure" not in attributes, "the public URL is http"
    assert answer.header("Cache-Control") == "no-store"


def test_every_guest_is_somebody_else(service):
    first, second = service.guest(), service.guest()
    assert first.me()["userId"] != second.me()["userId"]
    email = first.me()["email"]
    assert "@" in email and "*" in email, "a made-up address, masked"


def test_without_a_session_nothing_opens(service):
    stranger = service.browser()
    for method, target in (("GET", "/api/v1/users/me"), ("GET", "/api/v1/users/1"), ("GET", "/api/v1/feeds"),
                           ("GET", "/api/v1/feeds/1"), ("GET", "/api/v1/comments/1"), ("PUT", "/api/v1/feedLikes/1"),
                           ("GET", "/api/v1/commentLikes/1"), ("DELETE", "/api/v1/feeds/1")):
        expect_failure(stranger.send(method, target), 401)
    expect_failure(stranger.post("/api/v1/feeds", {"content": "누구"}), 401)
    expect_failure(stranger.post("/api/logout"), 401)


def test_renewal_replaces_both(service):
    browser = service.guest()
    user, before = browser.me()["userId"], dict(browser.jar)
    expect_success(browser.post("/api/token"))
    assert browser.jar[ACCESS] != before[ACCESS]
    assert browser.jar[REFRESH] != before[REFRESH]
    assert browser.me()["userId"] == user


def test_a_client_renews_on_401_and_repeats(service):
    browser = service.guest()
    user = browser.me()["userId"]
    browser.jar[ACCESS] = "gone"
    assert expect_success(browser.get("/api/v1/users/me", renew=True)).data["userId"] == user


@pytest.mark.parametrize("value", [None, "", "nonsense", "a" * 43, "\u00e9", "x" * 3000])
def test_renewal_with_a_bad_cookie_clears_both(service, value):
    browser = service.browser()
    if value is not None:
        browser.jar[REFRESH] = value
    answer = expect_failure(browser.post("/api/token"), 401)
    assert cleared(answer) == {ACCESS, REFRESH}


def test_two_tabs_that_renew_at_once_stay_signed_in(service):
    first = service.guest()
    second = first.tab()
    expect_success(first.post("/api/token"))
    expect_success(second.post("/api/token"))
    assert first.jar[REFRESH] == second.jar[REFRESH], "the successor follows from the token"
    first.me()
    second.me()
    expect_success(second.post("/api/token"))
    expect_success(first.post("/api/token"))
    assert first.jar[REFRESH] == second.jar[REFRESH]


def test_a_lost_answer_can_be_asked_for_again_after_a_long_time(service):
    browser = service.guest()
    lost = browser.tab()
    expect_success(lost.post("/api/token"))
    age_refresh_tokens(service, 3600)
    expect_success(browser.post("/api/token"))
    assert browser.jar[REFRESH] == lost.jar[REFRESH]


def test_a_stolen_old_token_ends_the_session(service):
    owner = service.guest()
    thief = owner.tab()
    expect_success(owner.post("/api/token"))
    expect_success(owner.post("/api/token"))  # the successor is in use now
    age_refresh_tokens(service, 31)
    expect_failure(thief.post("/api/token"), 401)
    expect_failure(owner.get("/api/v1/users/me"), 401)
    expect_failure(owner.post("/api/token"), 401)


def test_logout_ends_the_session_at_once(service):
    browser = service.guest()
    other_tab = browser.tab()
    answer = browser.post("/api/logout")
    assert answer.status == 200
    assert answer.json()["message"]
    assert cleared(answer) == {ACCESS, REFRESH, ("sign_up", "/api/v1/sign-up")}  # who comes next begins anew
    expect_failure(other_tab.get("/api/v1/users/me"), 401)
    expect_failure(other_tab.post("/api/token"), 401)


def test_logout_ends_one_session_only(service):
    user = service.create_user()
    browsers = []
    for _ in range(2):
        browser = service.browser()
        browser.press_button(browser.get(service.sign_in_link(user)))
        assert browser.me()["userId"] == user
        browsers.append(browser)
    browsers[0].post("/api/logout")
    expect_failure(browsers[0].get("/api/v1/users/me"), 401)
    assert browsers[1].me()["userId"] == user


def test_access_token_is_what_the_contract_says(service):
    browser = service.guest()
    user, token = browser.me()["userId"], browser.jar[ACCESS]
    header, claims = jwt.header_of(token), jwt.claims_of(token)
    assert (header["alg"], header["typ"]) == ("RS256", "at+jwt")
    assert claims["sub"] == str(user)
    assert claims["id"] == user
    assert claims["role"] == "GUEST"
    assert claims["exp"] - claims["iat"] == 7200
    assert abs(claims["iat"] - time.time()) < 300
    assert {"iss", "aud", "sid"} <= set(claims)
    assert "@" not in str(claims)

    answer = call(service.core.address, "GET", "/api/jwks.json")
    assert answer.status == 200
    assert jwt.verify_rs256(token, *jwt.key_of(answer.json(), header["kid"]))


@pytest.mark.parametrize("spoil", [
    lambda token: token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
    lambda token: ".".join([*token.split(".")[:2], ""]),
    lambda token: token + ".",
    lambda token: token.split(".")[1],
    lambda token: jwt.signing_input({"alg": "none", "typ": "at+jwt"}, jwt.claims_of(token)) + ".",
    lambda token: jwt.signing_input(jwt.header_of(token), {**jwt.claims_of(token), "role": "ADMIN"}) + "."
                  + token.split(".")[2],
])
def test_a_spoiled_access_token_opens_nothing(service, spoil):
    browser = service.guest()
    browser.jar[ACCESS] = spoil(browser.jar[ACCESS])
    expect_failure(browser.get("/api/v1/users/me"), 401)


def test_tokens_of_different_use_are_not_interchangeable(service):
    browser = service.guest()
    session_token, refresh_token = browser.jar[ACCESS], browser.jar[REFRESH]
    service_token = service.service.token()

    for wrong in (refresh_token, service_token):
        browser.jar[ACCESS] = wrong
        expect_failure(browser.get("/api/v1/users/me"), 401)
    browser.jar[ACCESS] = session_token
    browser.jar[REFRESH] = session_token
    expect_failure(browser.post("/api/token"), 401)
    for wrong in (refresh_token, session_token):
        expect_failure(service.service.update_asset(service.extension, 1, 1, service.today(), token=wrong), 401)


def signed_in(browser):
    """Whether it has a session: a link that was looked at leaves a cookie by which it works again for who used it."""
    return browser.cookie("access_token") is not None


def test_sign_in_link_serves_once_and_only_when_pressed(service):
    user = service.create_user()
    target = service.sign_in_link(user)
    scanner, member, thief = service.browser(), service.browser(), service.browser()
    for _ in range(2):
        page = scanner.get(target)
        assert page.status == 200
        assert not signed_in(scanner), "opening the link signs nobody in"
    member.press_button(page)
    assert member.me()["userId"] == user
    assert member.me()["userRole"] == "USER"
    thief.press_button(page)
    assert not signed_in(thief)
    assert thief.get(target).status != 200


def test_sign_in_link_ends_after_its_time(service):
    browser = service.browser()
    target = service.sign_in_link(service.create_user())
    page = browser.get(target)
    service.sql(f"UPDATE sign_in_links SET expires_at = expires_at - {15 * 60 * 1000} WHERE used_at IS NULL")
    browser.press_button(page)
    assert not signed_in(browser)
    assert browser.get(target).status != 200


def test_a_guest_who_signs_in_may_take_the_posts_along(service):
    browser = service.guest()
    post = browser.write("손님 때 쓴 글")
    user = service.create_user()
    browser.press_button(browser.get(service.sign_in_link(user)), keepPosts="true")
    assert browser.me()["userId"] == user
    kept = browser.feed(post["feedId"])
    assert (kept["userId"], kept["content"]) == (user, "손님 때 쓴 글")


def test_a_guest_who_signs_in_may_leave_the_posts(service):
    browser = service.guest()
    guest, post = browser.me()["userId"], browser.write("손님 때 쓴 글")
    page = browser.get(service.sign_in_link(service.create_user()))
    browser.press_button(page)  # nothing is chosen beforehand
    assert browser.me()["userId"] != guest
    assert browser.feed(post["feedId"])["userId"] == guest


def test_a_suspended_member_is_out_at_once(service):
    member = service.member()
    user = member.me()["userId"]
    page = service.browser().get(service.sign_in_link(user))
    code, out, err = service.cli("users", "suspend", str(user), "--reason=시험")
    assert code == 0, (out, err)
    expect_failure(member.get("/api/v1/users/me"), 401)
    browser = service.browser()
    answer = browser.press_button(page)
    assert (answer.status // 100, answer.header("Location")) == (3, "/login?status=SUSPENDED")
    assert not browser.jar


def test_too_many_guests_from_one_address(service):
    source = service.browser().source
    for _ in range(500):
        answer = Browser(service.core, source).post("/api/guest")
        if answer.status != 200:
            break
    expect_failure(answer, 429)
    assert int(answer.header("Retry-After")) >= 1
    service.guest()  # another address is not meant


@pytest.mark.parametrize("method,target,name", [("GET", "/api/v1/users/me", "access_token"), ("POST", "/api/logout", "access_token"),
                                                ("POST", "/api/guest", "access_token"), ("POST", "/api/token", "refresh_token")])
@pytest.mark.parametrize("first", [True, False])
def test_two_cookies_of_one_name_are_nobodys(service, method, target, name, first):
    """A sibling domain can put a cookie of its own beside the member's: whose it is nobody can tell."""
    mine, other = service.guest(), service.guest()
    pair = [f"{name}={browser.cookie(name)}" for browser in (mine, other)]
    answer = call(service.browser().node.address, method, target,
                  headers={"Cookie": "; ".join(pair if first else reversed(pair)), "Sec-Fetch-Site": "same-origin"})
    expect_failure(answer, 401)
    assert cleared(answer) == {ACCESS, REFRESH}
    assert mine.me() != other.me(), "neither session ended"


def age_refresh_tokens(service, seconds):
    """As if the last renewals had been so long ago."""
    service.sql(f"UPDATE refresh_tokens SET used_at = used_at - {seconds * 1000} WHERE used_at IS NOT NULL")
