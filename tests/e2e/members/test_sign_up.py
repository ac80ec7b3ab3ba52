"""Who may become a member: anybody, the invited, nobody; what is said for it; and what the operator's choice does to guests."""

from threading import Barrier, Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from harness.mail import Mailbox, link_in, new_address
from harness.topology import SHAPES, Topology
from harness.wire import expect_failure

SIGN_UP = "/api/v1/sign-up"
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
GOOD = {"age14": True, "terms": "2026-11-27"}


class World:
    """One service; `choose` starts it anew with another choice of the operator."""

    def __init__(self, topology):
        self.topology = topology
        self._options = list(topology.core.options)
        self.mailbox = Mailbox(topology.core)

    def choose(self, *options):
        wanted = [*self._options, *options]
        if self.topology.core.options != wanted:
            self.topology.core.options = wanted
            self.topology.core.restart()
        return self

    def prove(self, browser, address, **more):
        """By a link in a mail: where the browser goes on to."""
        answer = browser.post("/api/v1/sign-in/email", {"email": address, **more})
        assert answer.status == 200, answer
        text = self.mailbox.next_to(address)
        if "token=" not in text:
            return text
        return browser.press_button(browser.get(link_in(text))).header("Location")

    def stranger(self, address=None, browser=None, **more):
        """A browser that has proved an address which is nobody's."""
        browser = browser or self.topology.browser()
        assert self.prove(browser, address or new_address(), **more) == "/welcome"
        return browser

    def invite(self, **options):
        made = self.topology.cli_json("users", "invite", *[f"--{name}={value}" for name, value in options.items()])
        (code,) = parse_qs(urlsplit(made["url"]).query)["invitation"]
        return code

    def providers(self):
        return self.topology.browser().get("/api/v1/sign-in-providers").data


@pytest.fixture(scope="module")
def service(binary, workspace):
    topology = Topology(binary, workspace / "sign-up", **SHAPES["one_sqlite"])
    try:
        yield World(topology.start())
    finally:
        topology.stop()


@pytest.fixture
def open_world(service):
    return service.choose()


def at_once(*calls):
    """What each answers when they come together."""
    answers, barrier = [None] * len(calls), Barrier(len(calls))

    def run(index):
        barrier.wait()
        answers[index] = calls[index]()

    threads = [Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_who_is_new_says_their_age_and_accepts_the_terms(open_world):
    world = open_world
    assert world.providers() == {"providers": [], "email": True, "guests": True, "signUp": "OPEN"}
    address = new_address()
    browser = world.stranger(address)
    asked = browser.get(SIGN_UP).data
    assert asked["way"] == "email" and asked["email"].startswith(address[:4]) and address not in str(asked)
    assert asked["needsInvitation"] is False and asked["terms"] == GOOD["terms"] and asked["keepsPosts"] is False
    for body, status in (({**GOOD, "age14": False}, 400), ({"terms": GOOD["terms"]}, 400), ({"age14": True}, 400),
                         ({**GOOD, "terms": "2020-01-01"}, 409), (b"{", 400)):
        expect_failure(browser.post(SIGN_UP, body), status)
    expect_failure(browser.post(SIGN_UP, GOOD, headers=ELSEWHERE), 403)
    assert browser.get("/api/v1/users/me").status == 401
    assert browser.post(SIGN_UP, GOOD).status == 201
    me = browser.me()
    assert me["userRole"] == "USER" and me["email"].startswith(address[:4])
    ((age, terms),) = world.topology.sql(f"SELECT age14, terms FROM consents WHERE user_id = {me['userId']}")
    assert int(age) == 1 and terms == GOOD["terms"]
    again = world.topology.browser()
    assert world.prove(again, address) == "/" and again.me()["userId"] == me["userId"]


def test_a_double_submit_and_two_tabs_make_one_account(open_world):
    address = new_address()
    browser = open_world.stranger(address)
    tabs = [browser.tab() for _ in range(3)]
    other = open_world.stranger(address)  # proved in another browser, too
    answers = at_once(*[lambda tab=tab: tab.post(SIGN_UP, GOOD) for tab in (*tabs, other)])
    assert [answer.status for answer in answers] == [201] * 4
    assert len({tab.me()["userId"] for tab in (*tabs, other)}) == 1
    # In the tab that comes later there is nothing to say any more, and nothing is lost.
    assert tabs[0].get(SIGN_UP).status == 404
    expect_failure(tabs[0].post(SIGN_UP, GOOD), 404)
    assert tabs[0].me()


def test_an_answer_that_a_kill_took_is_got_by_sending_it_again(open_world):
    browser = open_world.stranger()
    lost = browser.tab()
    assert browser.post(SIGN_UP, GOOD).status == 201
    open_world.topology.core.kill()
    open_world.topology.end_leases()
    open_world.topology.core.start()
    assert lost.post(SIGN_UP, GOOD).status == 201
    assert lost.me()["userId"] == browser.me()["userId"]


def test_a_sign_up_is_its_browsers_for_fifteen_minutes(open_world):
    browser = open_world.stranger()
    thief = open_world.topology.browser()
    expect_failure(thief.post(SIGN_UP, GOOD), 404)
    for value in ("x", "A" * 43, ""):
        thief.jar["sign_up", SIGN_UP] = value
        expect_failure(thief.post(SIGN_UP, GOOD), 404)
    open_world.topology.sql("UPDATE sign_ups SET expires_at = expires_at - 900001")
    expect_failure(browser.get(SIGN_UP), 404)
    expect_failure(browser.post(SIGN_UP, GOOD), 404)
    assert browser.cookie("sign_up") is None


def test_what_a_guest_wrote_comes_along_only_when_that_was_asked_for(open_world):
    for more, kept in (({}, False), ({"keepPosts": True}, True)):
        guest = open_world.topology.guest()
        before = guest.me()["userId"]
        feed = guest.write("가져갈 글")
        open_world.stranger(browser=guest, **more)
        assert guest.get(SIGN_UP).data["keepsPosts"] is kept
        assert guest.me()["userId"] == before  # a guest until it is a member
        assert guest.post(SIGN_UP, GOOD).status == 201
        assert guest.feed(feed["feedId"])["userId"] == (guest.me()["userId"] if kept else before)


def test_an_invitation_is_good_for_so_many_until_its_end(service):
    world = service.choose("--sign-up=invitation")
    assert world.providers()["signUp"] == "INVITATION"
    browser = world.stranger()
    assert browser.get(SIGN_UP).data["needsInvitation"] is True
    for bad in ({}, {"invitation": ""}, {"invitation": "x"}, {"invitation": "A" * 43}):
        expect_failure(browser.post(SIGN_UP, {**GOOD, **bad}), 403)
    code = world.invite(uses=2, days=1)
    assert browser.post(SIGN_UP, {**GOOD, "invitation": code}).status == 201
    lost = world.stranger()
    again = lost.tab()
    assert lost.post(SIGN_UP, {**GOOD, "invitation": code}).status == 201
    assert again.post(SIGN_UP, {**GOOD, "invitation": code}).status == 201  # takes no use of its own
    expect_failure(world.stranger().post(SIGN_UP, {**GOOD, "invitation": code}), 403)

    ended = world.invite(uses=5)
    world.topology.sql("UPDATE invitations SET expires_at = 1")
    waiting = world.stranger()
    expect_failure(waiting.post(SIGN_UP, {**GOOD, "invitation": ended}), 403)
    revoked = world.invite()
    (listed,) = world.topology.cli_json("users", "invitations")
    world.topology.cli_json("users", "revoke-invitation", listed["invitationId"])
    expect_failure(waiting.post(SIGN_UP, {**GOOD, "invitation": revoked}), 403)
    assert waiting.post(SIGN_UP, {**GOOD, "invitation": world.invite()}).status == 201


def test_of_two_at_the_last_use_one_gets_in(service):
    world = service.choose("--sign-up=invitation")
    code = world.invite(uses=1)
    strangers = [world.stranger() for _ in range(4)]
    answers = at_once(*[lambda each=each: each.post(SIGN_UP, {**GOOD, "invitation": code}) for each in strangers])
    assert sorted(answer.status for answer in answers) == [201, 403, 403, 403]
    late = next(each for each, answer in zip(strangers, answers, strict=True) if answer.status == 403)
    assert late.post(SIGN_UP, {**GOOD, "invitation": world.invite()}).status == 201  # nothing that was proven is lost


def test_where_nobody_signs_up_members_sign_in_and_strangers_are_told_by_mail(service):
    world = service.choose()
    address, stranger = new_address(), new_address()
    member = world.stranger(address)
    assert member.post(SIGN_UP, GOOD).status == 201
    begun = world.stranger()
    world.choose("--sign-up=closed")
    assert world.providers()["signUp"] == "CLOSED"
    expect_failure(begun.post(SIGN_UP, GOOD), 403)
    assert "가입" in world.prove(world.topology.browser(), stranger)  # the mail
    again = world.topology.browser()
    assert world.prove(again, address) == "/" and again.me()["userId"] == member.me()["userId"]


def test_without_guests_those_who_are_there_stay(service):
    world = service.choose()
    guest = world.topology.guest()
    world.choose("--guests=off")
    assert world.providers()["guests"] is False
    expect_failure(world.topology.browser().post("/api/guest"), 403)
    assert guest.me() and guest.post("/api/guest").status == 200 and guest.write()
    assert guest.post("/api/token").status == 200
    member = world.stranger()
    assert member.post(SIGN_UP, GOOD).status == 201
