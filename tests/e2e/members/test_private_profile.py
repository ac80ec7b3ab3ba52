"""A private profile: what others do not see of it any more, and what they do."""

from harness.wire import expect_failure, expect_success

SETTINGS = "/api/v1/users/me/settings"


def pages_of(service, user):
    return [f"/api/v1/feeds/profile?userId={user}",
            f"/api/v1/users/{user}/asset-histories?from={service.today()}&to={service.today()}",
            f"/api/v1/users/{user}/asset-facts"]


def test_others_see_the_posts_in_the_feed_and_no_profile(service):
    member = service.member()
    user, post = member.me()["userId"], member.write("혼잣말")
    others = [service.guest(), service.member()]
    trusted = [member, service.member("MODERATOR"), service.member("ADMIN")]
    expect_success(member.patch(SETTINGS, {"profileVisibility": "PRIVATE"}))
    for page in pages_of(service, user):
        for other in others:
            expect_failure(other.get(page), 403)
        for browser in trusted:
            expect_success(browser.get(page))
    for browser in [*others, *trusted]:
        assert browser.feed(post["feedId"])["content"] == "혼잣말"
        assert expect_success(browser.get(f"/api/v1/users/{user}")).data["profileVisibility"] == "PRIVATE"
    expect_success(member.patch(SETTINGS, {"profileVisibility": "PUBLIC"}))
    for page in pages_of(service, user):
        for other in others:
            expect_success(other.get(page))


def test_who_is_no_moderator_any_more_is_another(service):
    member, moderator = service.member(), service.member("MODERATOR")
    expect_success(member.patch(SETTINGS, {"profileVisibility": "PRIVATE"}))
    page = pages_of(service, member.me()["userId"])[0]
    expect_success(moderator.get(page))
    assert service.cli("users", "promote", str(moderator.me()["userId"]), "--to=USER")[0] == 0
    expect_failure(moderator.get(page), 403)


def test_settings_outlive_the_session(service):
    member = service.member()
    user = member.me()["userId"]
    changed = expect_success(member.patch(SETTINGS, {"language": "en", "colours": "KOREAN"})).data
    told = {"FEED_LIKE": True, "COMMENT": True, "REPLY": True, "COMMENT_LIKE": True}
    assert changed == {"language": "en", "colours": "KOREAN", "profileVisibility": "PUBLIC", "notifications": told,
                       "quietHours": None, "dayAt": None, "listedToday": True, "readableByLink": True}
    expect_success(member.post("/api/logout"))
    again = service.browser()
    again.press_button(again.get(service.sign_in_link(user)))
    assert expect_success(again.get(SETTINGS)).data == changed


def test_a_guest_has_settings_but_no_private_profile(service):
    guest = service.guest()
    expect_success(guest.patch(SETTINGS, {"language": "ko", "colours": "KOREAN"}))
    expect_failure(guest.patch(SETTINGS, {"profileVisibility": "PRIVATE"}), 403)
    assert expect_success(guest.get(SETTINGS)).data["profileVisibility"] == "PUBLIC"


def test_what_is_no_setting_changes_nothing(service):
    member = service.member()
    before = expect_success(member.get(SETTINGS)).data
    for body in ({"language": "de"}, {"colours": "KOREAN", "language": 1}, {"profileVisibility": None}, [], b"{", b""):
        expect_failure(member.patch(SETTINGS, body), 400)
    expect_failure(service.browser().get(SETTINGS), 401)
    expect_failure(service.browser().patch(SETTINGS, {"language": "en"}), 401)
    expect_failure(member.patch(SETTINGS, {"language": "en"}, headers={"Origin": "https://elsewhere.example",
                                                                       "Sec-Fetch-Site": "cross-site"}), 403)
    assert expect_success(member.get(SETTINGS)).data == before
