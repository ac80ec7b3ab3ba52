"""Leaving and coming back by each way in: whoever nobody can mail, too. What is no sign-in brings nobody back."""

import pytest
from harness.authenticator import Authenticator
from harness.mail import Mailbox, link_in, new_address
from harness.openid_provider import SITE
from harness.wire import expect_failure, expect_success

LEAVE = "/api/v1/users/me/leave"
PASSKEYS, HAND_OVER = "/api/v1/users/me/passkeys", "/api/v1/sessions/hand-over"


class Leaver:
    """A member of the service with one provider, and what came of them."""

    def __init__(self, world, address=None):
        self.world, self.address = world, address
        given = [f"--email={address}"] if address else []
        self.user = world.topology.cli_json("users", "create", *given)["userId"]

    def status(self):
        return self.world.topology.cli_json("users", "show", str(self.user))["status"]

    def by_operator(self):
        browser = self.world.browser()
        browser.press_button(browser.get(self.world.topology.sign_in_link(self.user)))
        return browser

    def long_ago(self):
        """The sessions there are began more than ten minutes ago."""
        self.world.topology.sql("UPDATE sessions SET signed_in_at = created_at - 600001")


class ByProvider(Leaver):
    def __init__(self, world, issuer):
        super().__init__(world)
        self.issuer = issuer
        member = self.by_operator()
        assert world.come_back(member, issuer.grant(world.begin_linking(member), "kim")) == "/login?status=linked"

    def signs_in(self):
        browser = self.world.browser()
        assert self.world.come_back(browser, self.issuer.grant(self.world.begin(browser), "kim")) == "/"
        return browser


class ByPasskey(Leaver):
    def __init__(self, world, issuer):
        super().__init__(world)
        self.device = Authenticator(SITE, world.topology.folder)
        member = self.by_operator()
        made = self.device.create(expect_success(member.post(f"{PASSKEYS}/options")).data)
        expect_success(member.post(PASSKEYS, made), 201)

    def signs_in(self):
        browser = self.world.browser()
        options = expect_success(browser.post("/api/v1/sign-in/passkey/options")).data
        expect_success(browser.post("/api/v1/sign-in/passkey", self.device.get(options)))
        return browser


class ByMail(Leaver):
    def __init__(self, world, issuer):
        super().__init__(world, new_address())
        self.mails = Mailbox(world.topology.core)

    def signs_in(self):
        browser = self.world.browser()
        expect_success(browser.post("/api/v1/sign-in/email", {"email": self.address}))
        answer = browser.press_button(browser.get(link_in(self.mails.next_to(self.address))))
        assert answer.header("Location") == "/"
        return browser


class ByOperator(Leaver):
    def __init__(self, world, issuer):
        super().__init__(world)

    def signs_in(self):
        return self.by_operator()


@pytest.fixture(params=[ByProvider, ByPasskey, ByMail, ByOperator], ids=lambda kind: kind.__name__)
def leaver(request, world, issuer):
    return request.param(world, issuer)


def test_a_fresh_sign_in_is_enough_to_leave_and_signing_in_returns(leaver):
    for kind, status in (("CLOSE", "CLOSE_REQUESTED"), ("INACTIVE", "INACTIVE")):
        browser = leaver.signs_in()
        leaver.long_ago()
        expect_failure(browser.post(LEAVE, {"kind": kind}), 403)
        expect_success(browser.post("/api/token"))
        expect_failure(browser.post(LEAVE, {"kind": kind}), 403)
        again = leaver.signs_in()
        left = again.tab()
        expect_success(again.post(LEAVE, {"kind": kind}))
        expect_failure(left.post(LEAVE, {"kind": kind}), 401)  # the other tab, the second click
        assert leaver.status() == status
        for ended in (browser, left):
            expect_failure(ended.get("/api/v1/users/me"), 401)
            expect_failure(ended.post("/api/token"), 401)
            assert leaver.status() == status
        assert leaver.signs_in().me()["userId"] == leaver.user
        assert leaver.status() == "ACTIVE"


def test_who_is_suspended_stays_so_by_every_way(leaver):
    leaver.world.topology.cli("users", "suspend", str(leaver.user), "--reason=test")
    with pytest.raises(AssertionError):
        leaver.signs_in()
    assert leaver.status() == "SUSPENDED"


def test_a_code_for_another_device_is_no_proof_and_brings_nobody_back(world):
    leaver = Leaver(world)
    member, phone = leaver.by_operator(), world.browser()

    def let_in(device):
        shown = expect_success(member.post(HAND_OVER), 201).data
        expect_success(device.post(f"{HAND_OVER}/claim", {"code": shown["code"]}), 202)
        expect_success(member.post(f"{HAND_OVER}/confirm", {"handOverId": shown["handOverId"]}))

    world.topology.sql("UPDATE sessions SET signed_in_at = created_at - 600001")
    let_in(phone)
    expect_success(phone.post(f"{HAND_OVER}/claim/finish"))
    expect_failure(phone.post(LEAVE, {"kind": "CLOSE"}), 403)

    tablet = world.browser()
    let_in(tablet)
    expect_success(leaver.by_operator().post(LEAVE, {"kind": "CLOSE"}))
    expect_failure(tablet.post(f"{HAND_OVER}/claim/finish"), 404)
    expect_failure(phone.post("/api/token"), 401)
    assert leaver.status() == "CLOSE_REQUESTED"
