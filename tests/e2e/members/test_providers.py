"""Sign-in with a provider that may lie or be away: whoever is not proven is told so, and loses nothing."""

import time

import pytest
from harness.authenticator import Authenticator
from harness.keys import KeyPair
from harness.openid_provider import SITE

STATUS = "/login?status="


def link(world, issuer, member, subject="person-1"):
    assert world.come_back(member, issuer.grant(world.begin_linking(member), subject)) == STATUS + "linked"
    return member


def test_a_member_links_a_provider_and_signs_in_with_it(world, issuer):
    member = link(world, issuer, world.member())
    (identity,) = world.identities(member)
    assert identity["provider"] == "office" and identity["name"] == "office"

    browser = world.browser()
    location = world.begin(browser, "?prompt=select_account")
    asked = issuer.parameters(location)
    assert location.startswith(issuer.url + "/auth?")
    assert asked["redirect_uri"] == "https://members.test/api/login/oauth2/code/office"
    assert asked["prompt"] == "select_account" and asked["scope"] == "openid email"
    assert asked["code_challenge_method"] == "S256"
    assert world.come_back(browser, issuer.grant(location)) == "/"
    assert browser.me()["userId"] == member.me()["userId"]
    form = issuer.asked[-1]
    assert form["client_id"] == issuer.client and form["client_secret"] and len(form["code_verifier"]) == 43


def test_the_try_is_good_once_in_its_browser_and_for_ten_minutes(world, issuer):
    link(world, issuer, world.member())
    browser = world.browser()
    target = issuer.grant(world.begin(browser))
    assert world.come_back(world.browser(), target) == STATUS + "expired"  # another browser uses nothing up
    assert world.come_back(browser, target) == "/"
    me = browser.me()
    assert world.come_back(browser, target) == "/" and browser.me() == me  # loaded again
    assert len(issuer.asked) == 2
    assert world.come_back(world.browser(), target) == STATUS + "expired"
    browser.post("/api/logout")
    assert world.come_back(browser, target) == STATUS + "expired"
    assert browser.get("/api/v1/users/me").status == 401

    late = world.browser()
    target = issuer.grant(world.begin(late))
    world.topology.sql("UPDATE sign_in_tries SET expires_at = expires_at - 600001")
    assert world.come_back(late, target) == STATUS + "expired"
    for bad in ("", "?code=a", "?state=", "?state=x&code=a", "?error=access_denied"):
        assert world.come_back(late, f"/api/login/oauth2/code/office{bad}") == STATUS + "expired"


def test_two_tabs_are_on_the_way_at_once(world, issuer):
    link(world, issuer, world.member())
    browser = world.browser()
    first, second = world.begin(browser), world.begin(browser)
    assert world.come_back(browser, issuer.grant(second)) == "/"
    assert world.come_back(browser, issuer.grant(first)) == "/"


@pytest.mark.parametrize("lie", [
    {"nonce": "another"}, {"nonce": None}, {"aud": "somebody-else"}, {"aud": ["web.members.test", "somebody-else"]},
    {"iss": "https://evil.test"}, {"exp": int(time.time()) - 120}, {"sub": ""}, {"sub": None}, "unknown key"],
    ids=["nonce", "no-nonce", "aud", "two-aud", "iss", "exp", "sub", "no-sub", "key"])
def test_a_token_that_lies_signs_nobody_in(world, issuer, lie):
    link(world, issuer, world.member())
    guest = world.topology.guest()
    before = guest.me()
    changes = {"key": KeyPair("ES256", "key-1")} if lie == "unknown key" else lie
    assert world.come_back(guest, issuer.grant(world.begin(guest), **changes)) == STATUS + "refused"
    assert guest.me() == before


def test_a_replayed_code_is_begun_anew(world, issuer):
    member = link(world, issuer, world.member())
    used = issuer.grant(world.begin(member)).partition("code=")[2].partition("&")[0]
    issuer._grants.clear()
    thief = world.browser()
    state = issuer.parameters(world.begin(thief))["state"]
    assert world.come_back(thief, f"/api/login/oauth2/code/office?code={used}&state={state}") == STATUS + "expired"


def test_keys_are_rotated(world, issuer):
    link(world, issuer, world.member())
    world.topology.core.stop()  # a node that runs looks at most once in ten seconds: tests/integration/identity
    issuer.keys = [KeyPair("RS256", "key-2")]
    world.topology.core.start()
    browser = world.browser()
    assert world.come_back(browser, issuer.grant(world.begin(browser))) == "/"


@pytest.mark.parametrize("error,status", [("access_denied", "cancelled"), ("user_cancelled_authorize", "cancelled"),
                                          ("invalid_scope", "refused"), ("server_error", "provider-away")])
def test_the_provider_says_no(world, issuer, error, status):
    guest = world.topology.guest()
    before = guest.me()
    state = issuer.parameters(world.begin(guest))["state"]
    target = f"/api/login/oauth2/code/office?error={error}&state={state}"
    assert world.come_back(guest, target) == STATUS + status
    assert guest.me() == before
    assert world.come_back(guest, target) == STATUS + "expired"


def test_another_providers_answer_is_not_taken(world, issuer):
    browser = world.browser()
    target = issuer.grant(world.begin(browser))
    assert world.come_back(browser, target + "&iss=https%3A%2F%2Fevil.test") == STATUS + "refused"


def test_a_provider_that_is_slow_or_away_keeps_nobody(world, issuer):
    link(world, issuer, world.member())
    guest = world.topology.guest()
    before = guest.me()
    issuer.hangs = {"/token"}
    assert world.come_back(guest, issuer.grant(world.begin(guest))) == STATUS + "provider-away"
    issuer.go_on()
    issuer.status = 503
    assert world.come_back(guest, issuer.grant(world.begin(guest))) == STATUS + "provider-away"
    issuer.status = 200
    assert guest.me() == before
    target = issuer.grant(world.begin(guest))
    issuer.stop()
    assert world.come_back(guest, target) == STATUS + "provider-away"
    world.topology.core.restart()
    assert guest.get("/api/oauth2/authorization/office").header("Location") == STATUS + "provider-away"
    assert guest.me() == before
    member = world.member()
    assert member.post("/api/v1/users/me/identities/office").status == 503


def test_who_is_linked_elsewhere_stays_there(world, issuer):
    holder = link(world, issuer, world.member())
    other = world.member()
    assert world.come_back(other, issuer.grant(world.begin_linking(other))) == STATUS + "linked-elsewhere"
    assert world.identities(other) == []
    assert world.come_back(holder, issuer.grant(world.begin_linking(holder))) == STATUS + "linked"  # again
    assert len(world.identities(holder)) == 1


def test_linking_is_the_members_who_began_it(world, issuer):
    member = world.member()
    target = issuer.grant(world.begin_linking(member))
    member.post("/api/logout")
    assert world.come_back(member, target) == STATUS + "expired"
    assert world.topology.guest().post("/api/v1/users/me/identities/office").status == 403
    assert world.browser().post("/api/v1/users/me/identities/office").status == 401
    other = world.member()
    assert other.post("/api/v1/users/me/identities/office", headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert other.post("/api/v1/users/me/identities/nobody").status == 404


def test_the_last_way_in_stays(world, issuer):
    member = link(world, issuer, link(world, issuer, world.member()), "person-2")
    first, second = world.identities(member)
    stranger = world.member()
    assert stranger.delete(f"/api/v1/users/me/identities/{first['identityId']}").status == 404
    assert member.delete(f"/api/v1/users/me/identities/{first['identityId']}").status == 200
    assert member.delete(f"/api/v1/users/me/identities/{first['identityId']}").status == 404
    assert member.delete(f"/api/v1/users/me/identities/{second['identityId']}").status == 409
    assert world.identities(member) == [second]


@pytest.mark.parametrize("first", ["provider", "passkey"])
def test_a_provider_and_a_passkey_are_two_ways_in(world, issuer, workspace, first):
    member = link(world, issuer, world.member())
    passkeys = "/api/v1/users/me/passkeys"
    made = Authenticator(SITE, workspace).create(member.post(passkeys + "/options").data)
    assert member.post(passkeys, made).status == 201
    (identity,), (passkey,) = world.identities(member), member.get(passkeys).data["passkeys"]
    ways = {"provider": f"/api/v1/users/me/identities/{identity['identityId']}",
            "passkey": f"{passkeys}/{passkey['passkeyId']}"}
    (last,) = ways.keys() - {first}
    assert member.delete(ways[first]).status == 200
    assert member.delete(ways[last]).status == 409
    assert len(world.identities(member)) + len(member.get(passkeys).data["passkeys"]) == 1


def test_a_suspended_member_is_told(world, issuer):
    member = link(world, issuer, world.member())
    world.topology.cli_json("users", "suspend", member.me()["userId"], "--reason=test")
    browser = world.browser()
    assert world.come_back(browser, issuer.grant(world.begin(browser))) == STATUS + "SUSPENDED"


def test_a_guest_takes_along_what_it_wrote_only_when_it_says_so(world, issuer):
    member = link(world, issuer, world.member())
    for query, kept in (("", False), ("?keepPosts=true", True)):
        guest = world.topology.guest()
        feed = guest.write("가져갈 글")
        target = issuer.grant(world.begin(guest, query))
        del guest.jar["__Host-access_token", "/"]  # two hours have passed at the provider
        assert world.come_back(guest, target) == "/"
        assert (member.feed(feed["feedId"])["userId"] == member.me()["userId"]) == kept


def test_others_may_not_send_forms_where_none_is_expected(world, issuer):
    browser = world.browser()
    state = issuer.parameters(world.begin(browser))["state"]
    form = ("/api/login/oauth2/code/office", {"code": "a", "state": state})
    assert world.come_back(browser, form) == STATUS + "expired"


def test_nothing_happens_ahead_of_its_user(world, issuer):
    browser = world.browser()
    assert browser.send("HEAD", "/api/oauth2/authorization/office").header("Location") == STATUS + "expired"
    target = issuer.grant(world.begin(browser))
    browser.send("HEAD", target)
    assert issuer.asked == []
    for bad in ("office?prompt=none", "nobody"):
        answer = browser.get(f"/api/oauth2/authorization/{bad}")
        assert answer.status == 303 and answer.header("Location") == STATUS + "refused"


@pytest.mark.parametrize("claims,told", [
    ({}, None), ({"email": "a.person@example.test"}, None),
    ({"email": "a.person@example.test", "email_verified": False}, None),
    ({"email": "a.person@example.test", "email_verified": True}, "masked"),
    ({"email": "a.person@example.test", "email_verified": "true"}, "masked")],
    ids=["no-address", "silent", "unverified", "verified", "as-apple-writes"])
def test_who_is_nobodys_signs_up_with_a_verified_address_at_most(world, issuer, claims, told):
    browser = world.browser()
    assert world.come_back(browser, issuer.grant(world.begin(browser), **claims)) == "/welcome"
    pending = browser.get("/api/v1/sign-up").data
    assert pending["way"] == "office" and (pending["email"] is None) == (told is None)
    answer = browser.post("/api/v1/sign-up", {"age14": True, "terms": pending["terms"]})
    assert answer.status == 201, answer
    again = world.browser()
    assert world.come_back(again, issuer.grant(world.begin(again))) == "/"
    assert again.me()["userId"] == browser.me()["userId"]
    assert (again.me()["email"] is None) == (told is None)
