"""A sign-up that was begun and left: it goes when somebody signs in in that browser, whatever the way."""

from harness.authenticator import Authenticator
from harness.mail import Mailbox, link_in, new_address
from harness.openid_provider import SITE
from harness.wire import expect_failure, expect_success

SIGN_UP, EMAIL = "/api/v1/sign-up", "/api/v1/sign-in/email"
PASSKEYS = "/api/v1/users/me/passkeys"
COOKIE = "__Host-sign_up"
GOOD = {"age14": True, "terms": "2026-11-27"}


def prove(world, browser, address):
    """By a link in a mail: where the browser goes on to."""
    expect_success(browser.post(EMAIL, {"email": address}))
    link = link_in(Mailbox(world.topology.core).next_to(address))
    return browser.press_button(browser.get(link)).header("Location")


def begun(world):
    browser = world.browser()
    assert prove(world, browser, new_address()) == "/welcome"
    assert browser.cookie(COOKIE)
    expect_success(browser.get(SIGN_UP))
    return browser


def by_an_operators_link(world, _):
    link = world.topology.sign_in_link(world.topology.create_user())

    def sign_in(browser):
        answer = browser.press_button(browser.get(link))
        assert (answer.status, answer.header("Location")) == (302, "/")
    return sign_in


def by_mail(world, _):
    address = new_address()
    world.topology.cli_json("users", "create", f"--email={address}")

    def sign_in(browser):
        assert prove(world, browser, address) == "/"
    return sign_in


def by_a_provider(world, issuer):
    member = world.member()
    target = issuer.grant(world.begin_linking(member), "person-2")
    assert world.come_back(member, target).endswith("linked")

    def sign_in(browser):
        assert world.come_back(browser, issuer.grant(world.begin(browser), "person-2")) == "/"
    return sign_in


def by_a_passkey(world, _):
    member, device = world.member(), Authenticator(SITE, world.topology.folder)
    options = expect_success(member.post(f"{PASSKEYS}/options")).data
    expect_success(member.post(PASSKEYS, device.create(options)), 201)

    def sign_in(browser):
        asked = expect_success(browser.post("/api/v1/sign-in/passkey/options")).data
        expect_success(browser.post("/api/v1/sign-in/passkey", device.get(asked)))
    return sign_in


def by_a_hand_over(world, _):
    member = world.member()

    def sign_in(browser):
        shown = expect_success(member.post("/api/v1/sessions/hand-over"), 201).data
        expect_success(browser.post("/api/v1/sessions/hand-over/claim", {"code": shown["code"]}), 202)
        expect_success(member.post("/api/v1/sessions/hand-over/confirm", {"handOverId": shown["handOverId"]}))
        expect_success(browser.post("/api/v1/sessions/hand-over/claim/finish"))
    return sign_in


def test_it_goes_with_every_sign_in(world, issuer):
    for way in (by_an_operators_link, by_mail, by_a_provider, by_a_passkey, by_a_hand_over):
        sign_in = way(world, issuer)
        browser = begun(world)
        sign_in(browser)
        assert browser.cookie(COOKIE) is None, way.__name__
        assert browser.me()["userRole"] == "USER"
        expect_failure(browser.get(SIGN_UP), 404)


def test_a_visitor_goes_on_with_it(world):
    browser = begun(world).sign_in_as_guest()
    assert browser.cookie(COOKIE)
    expect_success(browser.post(SIGN_UP, GOOD), 201)
    assert browser.cookie(COOKIE) is None
    assert browser.me()["userRole"] == "USER"
    expect_failure(browser.post(SIGN_UP, GOOD), 404)


def test_of_two_cookies_neither_counts(world):
    browser, other = begun(world), begun(world)
    two = f"{COOKIE}={browser.cookie(COOKIE)}; {COOKIE}={other.cookie(COOKIE)}"
    for answer in (browser.get(SIGN_UP, headers={"Cookie": two}),
                   browser.post(SIGN_UP, GOOD, headers={"Cookie": two})):
        expect_failure(answer, 404)
        assert answer.cookies()[COOKIE][1]["max-age"] == "0"
        assert "__Host-access_token" not in answer.cookies()
    expect_success(other.post(SIGN_UP, GOOD), 201)
