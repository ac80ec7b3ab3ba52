"""Sign-in by a link in a mail: it signs in the browser that asked, and nothing else that anybody does with it acts."""

import re
from urllib.parse import urlencode

import pytest
from harness.mail import Mailbox, MailServer, bodies, free_port, link_in, new_address, read_mail
from harness.topology import SHAPES, Topology
from harness.waiting import eventually
from harness.wire import expect_failure
from harness.wrong_clock import WrongClock

ASK, CODE, LINK = "/api/v1/sign-in/email", "/api/v1/sign-in/email/code", "/api/sign-in/email"
EXPIRED = "/login?status=expired"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def topology(binary, workspace):
    started = Topology(binary, workspace / "email-links", **SHAPES["one_sqlite"])
    try:
        yield started.start()
    finally:
        started.stop()


@pytest.fixture(scope="module")
def mailbox(topology):
    return Mailbox(topology.core)


@pytest.fixture
def address(topology):
    """A member's."""
    made = new_address()
    topology.cli_json("users", "create", f"--email={made}")
    return made


def ask(browser, address, **more):
    answer = browser.post(ASK, {"email": address, **more})
    assert answer.status == 200, answer
    return answer


@pytest.fixture
def asked(topology, mailbox, address):
    """A browser that asked for a link, and the link."""
    browser = topology.browser()
    ask(browser, address)
    return browser, link_in(mailbox.next_to(address))


def press(browser, link):
    """Presses the button of the link's page: where the browser goes on to."""
    answer = browser.press_button(browser.get(link))
    assert answer.status == 303, answer
    return answer.header("Location")


def post(browser, link):
    """Sends the form without having seen the page."""
    answer = browser.post(LINK, link.partition("?")[2], headers=FORM)
    assert answer.status == 303, answer
    return answer.header("Location")


def code_shown(browser, link):
    """By the button of the page that another browser than the one that asked gets."""
    opened = browser.get(link)
    assert b'id="code"' not in opened.body
    page = browser.press_button(opened)
    assert page.status == 200, page
    return re.search(rb'id="code">(\d{6})<', page.body)[1].decode()


def is_signed_in(browser):
    return browser.get("/api/v1/users/me").status == 200


def another(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_browser_that_asked_sees_a_button_which_signs_in(topology, asked, address):
    browser, link = asked
    for _ in range(3):
        assert browser.send("HEAD", link).status == 200
        page = browser.get(link)
        assert page.status == 200 and b"<button>" in page.body and b'name="show"' not in page.body
        assert page.header("Cache-Control") == "no-store"
        assert "script" not in page.header("Content-Security-Policy")
    assert not is_signed_in(browser)
    assert press(browser, link) == "/"
    assert browser.me()["email"].startswith(address[:4])


def test_in_another_browser_it_shows_a_code_for_the_one_that_asked(topology, asked):
    browser, link = asked
    phone = topology.browser()
    code = code_shown(phone, link)
    assert code_shown(phone, link) == code
    assert phone.jar == {} and not is_signed_in(phone)
    assert phone.post(CODE, {"code": code}).status == 410  # not where it was asked for
    answer = browser.post(CODE, {"code": f" {code[:3]}-{code[3:]} "})
    assert answer.status == 200 and answer.data == {"location": "/"}
    assert is_signed_in(browser)
    assert phone.get(link).header("Location") == EXPIRED


def test_a_mail_scanner_uses_nothing_up_whatever_it_does(topology, asked):
    browser, link = asked
    scanner = topology.browser()
    for _ in range(7):
        scanner.send("HEAD", link)
        scanner.get(link)
        assert post(scanner, link) == EXPIRED
        assert scanner.post(CODE, {"code": "123456"}).status == 410
    scanner.get(link, headers={"Sec-Fetch-Site": "cross-site", "Sec-Purpose": "prefetch"})
    assert scanner.jar == {}
    assert press(browser, link) == "/"


def test_a_code_counts_only_once_somebody_wanted_to_see_it(topology, asked):
    browser, link = asked
    code = code_shown(topology.browser(), link)
    topology.sql("UPDATE email_links SET shown_at = NULL")
    topology.browser().send("HEAD", link)
    topology.browser().get(link)
    assert browser.post(CODE, {"code": code}).status == 400


def test_five_wrong_codes_end_the_link(topology, asked):
    browser, link = asked
    code = code_shown(topology.browser(), link)
    for left in (4, 3, 2, 1, 0):
        answer = browser.post(CODE, {"code": another(code)})
        assert answer.status == 400 and answer.data == {"triesLeft": left}, answer
    expect_failure(browser.post(CODE, {"code": code}), 410)
    assert post(browser, link) == EXPIRED and browser.get(link).header("Location") == EXPIRED
    assert topology.browser().get(link).header("Location") == EXPIRED
    assert not is_signed_in(browser)


def test_a_used_link_does_the_same_again_for_a_lost_answer_and_no_longer(topology, asked):
    browser, link = asked
    lost, thief = browser.tab(), topology.browser()
    assert post(browser, link) == "/"
    assert post(lost, link) == "/" and is_signed_in(lost)
    assert post(thief, link) == EXPIRED
    topology.sql("UPDATE email_links SET used_at = used_at - 30001")
    assert post(lost, link) == EXPIRED and browser.get(link).header("Location") == EXPIRED
    assert is_signed_in(lost)  # nothing of what was there is lost


def test_after_fifteen_minutes_link_and_code_are_over(topology, asked):
    browser, link = asked
    code = code_shown(topology.browser(), link)
    topology.sql("UPDATE email_links SET expires_at = expires_at - 900001")
    assert browser.get(link).header("Location") == EXPIRED and post(browser, link) == EXPIRED
    assert browser.post(CODE, {"code": code}).status == 410


def test_what_is_no_link(topology):
    browser = topology.browser()
    for query in ("", "?token=", "?token=x", "?token=" + "A" * 43, "?token=" + "A" * 3000):
        assert browser.get(LINK + query).header("Location") == EXPIRED
        assert post(browser, LINK + (query or "?")) == EXPIRED
    expect_failure(browser.post(CODE, {"code": "123456"}), 410)
    link = LINK + "?token=" + "A" * 43
    answer = browser.post(LINK, link.partition("?")[2], headers={**FORM, "Sec-Fetch-Site": "cross-site",
                                                                    "Origin": "https://elsewhere.example"})
    assert answer.status == 303 and answer.header("Location") == "/login?status=refused"


def test_who_comes_too_often_is_told_on_the_sign_in_page(launch):
    topology = launch(**SHAPES["one_sqlite"], core_options=["--limit-sign-in=total=1/24h"])
    browser = topology.browser()
    browser.get(LINK)
    answer = browser.get(LINK)
    assert answer.status == 303 and answer.header("Location") == "/login?status=busy"
    assert int(answer.header("Retry-After")) > 0


def test_nobody_is_told_whether_an_address_is_a_members(topology, mailbox, address):
    known, unknown = topology.browser(), topology.browser()
    stranger = new_address()
    answers = [ask(known, address), ask(unknown, stranger)]
    shapes = [({name: len(value) for name, value in answer.headers.items()}, len(answer.body)) for answer in answers]
    assert shapes[0] == shapes[1]
    links = [link_in(mailbox.next_to(to)) for to in (address, stranger)]
    pages = [browser.get(link) for browser, link in zip((known, unknown), links, strict=True)]
    assert pages[0].body.replace(links[0][-43:].encode(), b"") == pages[1].body.replace(links[1][-43:].encode(), b"")
    assert press(known, links[0]) == "/" and press(unknown, links[1]) == "/welcome"


def test_a_suspended_member_is_told_after_the_proof(topology, mailbox, address):
    browser = topology.browser()
    user = topology.cli_json("users", "create", f"--email={(other := new_address())}")["userId"]
    topology.cli_json("users", "suspend", user, "--reason=test")
    ask(browser, other)
    assert press(browser, link_in(mailbox.next_to(other))) == "/login?status=SUSPENDED"
    assert not is_signed_in(browser)


def test_two_tabs_ask_and_both_mails_are_good(topology, mailbox, address):
    browser = topology.browser()
    ask(browser, address)
    first = link_in(mailbox.next_to(address))
    ask(browser, address)
    second = link_in(mailbox.next_to(address))
    code = code_shown(topology.browser(), first)
    assert press(browser, second) == "/"
    assert browser.post(CODE, {"code": code}).status == 200  # in the tab that still waits for it
    assert is_signed_in(browser)


def test_what_a_guest_wrote_comes_along_when_that_was_asked_for(topology, mailbox, address):
    for more, kept in (({}, False), ({"keepPosts": False}, False), ({"keepPosts": True}, True)):
        guest = topology.guest()
        feed = guest.write("가져갈 글")
        ask(guest, address, **more)
        guest.jar.pop(("access_token", "/"))  # it lasts two hours, and a mail takes its time
        assert press(guest, link_in(mailbox.next_to(address))) == "/"
        assert (guest.feed(feed["feedId"])["userId"] == guest.me()["userId"]) == kept
        assert guest.cookie("sign_up") is None


def test_mails_are_limited(topology, mailbox, address):
    for _ in range(6):
        ask(topology.browser(), address)
    refused = topology.browser().post(ASK, {"email": address.upper()})
    expect_failure(refused, 429)
    assert int(refused.header("Retry-After")) > 0 and refused.header("RateLimit-Policy").startswith('"email-target"')
    browser = topology.browser()
    for _ in range(20):
        ask(browser, new_address())
    refused = browser.post(ASK, {"email": new_address()})
    expect_failure(refused, 429)
    assert refused.header("RateLimit-Policy").startswith('"email-address"')
    ask(topology.browser(), new_address())


@pytest.mark.parametrize("body", [b"", b"{}", b"{", {"email": ""}, {"email": "a"}, {"email": "a@b\r\nBcc: c@d.example"},
                                  {"email": "x" * 300 + "@example.com"}, {"email": 7}, {"email": "a@example.com,b@example.com"},
                                  {"email": "a@example.com", "keepPosts": "yes"}], ids=str)
def test_what_is_no_address_is_refused(topology, body):
    browser = topology.browser()
    expect_failure(browser.post(ASK, body), 400)
    assert browser.jar == {}


def test_a_mail_outlives_a_kill_before_it_is_sent(launch):
    port = free_port()
    topology = launch(**SHAPES["one_sqlite"], core_options=[f"--smtp=smtp://127.0.0.1:{port}", "--smtp-plain",
                                                            "--mail-from=no-reply@dontgoback.example"])
    address = new_address()
    topology.cli_json("users", "create", f"--email={address}")
    browser = topology.browser()
    ask(browser, address)
    topology.core.kill()
    topology.end_leases()
    server = MailServer(port=port).start()
    try:
        topology.core.start()
        eventually(lambda: server.mails, "the mail came")
        ((to, content),) = server.mails
    finally:
        server.stop()
    link = link_in(bodies(read_mail(content))[0])
    assert to == address
    # Killed again after the link was used, and before anybody heard of it.
    lost = browser.tab()
    assert press(browser, link) == "/"
    topology.core.kill()
    topology.core.start()
    assert press(lost, link) == "/" and is_signed_in(lost)


def test_a_wrong_clock_costs_another_mail(launch, workspace):
    topology = launch(start=False, **SHAPES["one_sqlite"])
    clock = WrongClock(workspace / "email-clock", days=1)
    clock.give_to(topology.core)
    topology.start()
    mailbox, address, browser = Mailbox(topology.core), new_address(), topology.browser()

    def asked():
        ask(browser, address)
        return link_in(mailbox.next_to(address))

    early = asked()
    clock.set()  # back to the right one: the link would be good for a day
    eventually(lambda: browser.get(early).status == 302, "the clock was set")
    assert post(browser, early) == EXPIRED
    right = asked()
    clock.set(days=1)
    eventually(lambda: browser.get(right).status == 302, "the clock was set")
    assert press(browser, asked()) == "/welcome"
