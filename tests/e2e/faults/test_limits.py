"""What one stranger can use up: how often an account, an address and all together may write, renew and sign in."""

import json
import re
import threading

import pytest

from harness.browser import Browser
from harness.node import run_cli
from harness.topology import SHAPES, UNLIMITED
from harness.wire import Link, expect_failure, expect_success

ITEM = re.compile(r'^"[a-z-]+";([a-z])=(\d+);([a-z])=(\d+)$')
CONNECTIONS = 16
GUEST_WRITES, GUEST_RENEWALS, KEPT_TOKENS = 300, 20, 34


def storm(browser, method, target, body=None, headers=None, each=60):
    """Everything at once over 16 connections as that browser: the answers."""
    fields = {"Cookie": browser.cookie_header(target), "Origin": browser.node.url, "Sec-Fetch-Site": "same-origin",
              **(headers or {})}
    answers = []

    def run():
        with Link(browser.node.address, browser.source) as link:
            for _ in range(each):
                answers.append(link.send(method, target, body, fields))

    threads = [threading.Thread(target=run) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == CONNECTIONS * each
    return answers


def check_refusal(answer, name):
    expect_failure(answer, 429)
    wait = int(answer.header("Retry-After"))
    assert wait >= 1
    assert answer.header("RateLimit-Policy").startswith(f'"{name}";'), answer.headers.items()
    quota, window = fields_of(answer, "RateLimit-Policy", "q", "w")
    assert fields_of(answer, "RateLimit", "r", "t") == (0, wait)
    assert wait <= window and quota >= 1


def fields_of(answer, name, *letters):
    match = ITEM.match(answer.header(name) or "")
    assert match, (name, answer.header(name))
    assert match.group(1, 3) == letters, match.group(0)
    return int(match[2]), int(match[4])


def count(topology, table):
    return int(topology.sql(f"SELECT COUNT(*) FROM {table}")[0][0])


def neighbour(topology, of):
    """A member behind the same address."""
    browser = Browser(topology.core, of.source)
    return browser.press_button(browser.get(topology.sign_in_link(topology.create_user()))) and browser


def measured(topology, route_class, share):
    text = topology.core.probe("/metrics").body.decode()
    found = re.search(rf'^dontgoback_limits_refused_total{{class="{route_class}",share="{share}"}} (\d+)$', text, re.M)
    assert found, text
    return int(found[1])


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_a_guest_with_16_connections_writes_its_share(launch, shape):
    topology = launch(**SHAPES[shape])
    guest = topology.guest()
    first = expect_success(guest.post("/api/v1/feeds", {"content": "첫 글"}), 201)
    assert fields_of(first, "RateLimit-Policy", "q", "w") == (GUEST_WRITES, 3600)
    assert fields_of(first, "RateLimit", "r", "t") == (GUEST_WRITES - 1, 12)
    answers = storm(guest, "POST", "/api/v1/feeds", {"content": "끝없이 " * 100})
    written = [answer for answer in answers if answer.status == 201]
    # One more comes back every 12 s while the storm lasts.
    assert GUEST_WRITES - 1 <= len(written) <= GUEST_WRITES + 6
    for answer in answers:
        if answer.status != 201:
            check_refusal(answer, "write")
    assert count(topology, "posts") == len(written) + 1
    assert measured(topology, "write", "account") == len(answers) - len(written)
    assert topology.core.log_text().count("they come too often") <= 3
    expect_success(guest.get("/api/v1/feeds"))
    # Those behind the same address: who is signed in, and who comes as another guest.
    member = neighbour(topology, guest)
    member.write("이웃의 글")
    expect_success(member.post("/api/token"))
    Browser(topology.core, guest.source).sign_in_as_guest().write("다른 방문자의 글")
    assert topology.guest().write("다른 곳의 글")


def test_keyed_writes_are_kept_small(launch):
    topology = launch(**SHAPES["one_sqlite"], **UNLIMITED)
    guest = topology.guest()
    content = "가\"" * 300
    for n in range(50):
        headers = {"Idempotency-Key": f"key {n}"}
        first = expect_success(guest.post("/api/v1/feeds", {"content": content}, headers=headers), 201)
        again = expect_success(guest.post("/api/v1/feeds", {"content": content}, headers=headers), 201)
        assert first.body == again.body and first.data["content"] == content
    assert count(topology, "posts") == 50
    assert int(topology.sql("SELECT MAX(LENGTH(CAST(body AS BLOB))) FROM idempotency_keys")[0][0]) < 512


def kept_tokens(topology):
    """Those used within the same millisecond are kept together, and count once."""
    return int(topology.sql("SELECT COUNT(DISTINCT used_at) + COUNT(*) - COUNT(used_at) FROM refresh_tokens")[0][0])


def test_a_storm_of_renewals(launch):
    topology = launch(**SHAPES["one_sqlite"])
    guest = topology.guest()
    tab = guest.tab()
    answers = storm(guest, "POST", "/api/token", each=20)  # the same token again and again
    renewed = [answer for answer in answers if answer.status == 200]
    assert GUEST_RENEWALS <= len(renewed) <= GUEST_RENEWALS + 6
    for answer in answers:
        if answer.status != 200:
            check_refusal(answer, "renew")
            assert not answer.cookies(), "a refusal signs nobody out"
    assert guest.me()["userId"]
    assert kept_tokens(topology) <= KEPT_TOKENS
    member = neighbour(topology, guest)
    for _ in range(3):
        expect_success(member.post("/api/token"))
    for value in ("a" * 43, "nonsense", None):
        stranger = Browser(topology.core, guest.source)
        if value:
            stranger.jar[next(key for key in guest.jar if "refresh" in key[0])] = value
        for _ in range(30):
            expect_failure(stranger.post("/api/token"), 401)
    assert tab.me()["userId"] == guest.me()["userId"]


def test_a_chain_of_renewals_keeps_few_rows(launch):
    topology = launch(**SHAPES["one_sqlite"], **UNLIMITED)
    guest = topology.guest()
    for _ in range(200):
        expect_success(guest.post("/api/token"))
    assert kept_tokens(topology) <= KEPT_TOKENS
    assert guest.me()["userId"]


def test_guests_of_an_address_share_what_it_has(launch):
    topology = launch(**SHAPES["one_sqlite"], core_options=["--limit-write=address=10/1h", "--guests-per-hour=7"])
    source = topology.browser().source
    guests = [Browser(topology.core, source).sign_in_as_guest() for _ in range(7)]
    expect_failure(Browser(topology.core, source).post("/api/guest"), 429)
    answers = [guest.post("/api/v1/feeds", {"content": "글"}) for guest in guests for _ in range(3)]
    assert [answer.status for answer in answers] == [201] * 10 + [429] * 11
    check_refusal(answers[-1], "write-address")
    member = neighbour(topology, guests[0])
    for _ in range(10):
        member.write()
    check_refusal(member.post("/api/v1/feeds", {"content": "글"}), "write-address")
    topology.guest().write("다른 곳")


def test_all_together_have_a_total(launch):
    topology = launch(**SHAPES["one_sqlite"], core_options=["--limit-like=total=5/1h"])
    guests = [topology.guest() for _ in range(3)]
    post = guests[0].write()
    answers = [guest.put(f"/api/v1/feedLikes/{post['feedId']}") for guest in guests for _ in range(2)]
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    check_refusal(answers[-1], "like-total")
    guests[0].write("쓰는 것은 다른 몫")
    expect_success(topology.member().put(f"/api/v1/feedLikes/{post['feedId']}"))


@pytest.mark.parametrize("options", [["--limits=off", "--guests-per-hour=0"],
                                     ["--limit-write=0", "--limit-like=0", "--limit-read=0", "--limit-renew=0",
                                      "--limit-sign-in=0", "--guests-per-hour=0"]])
def test_each_limit_can_be_off(launch, options):
    topology = launch(**SHAPES["one_sqlite"], core_options=options)
    guest = topology.guest()
    post = guest.write()
    answers = storm(guest, "POST", "/api/v1/feeds", {"content": "글"}, each=10)
    answers += storm(guest, "PUT", f"/api/v1/feedLikes/{post['feedId']}", each=10)
    answers += storm(guest, "GET", "/api/v1/users/me", each=50)
    answers += storm(guest, "POST", "/api/token", each=5)
    answers += [Browser(topology.core, guest.source).post("/api/guest") for _ in range(80)]
    assert {answer.status for answer in answers} <= {200, 201}
    assert not any(answer.header("RateLimit") for answer in answers)


def test_every_route_of_the_user_api_says_what_it_counts_as(binary, tmp_path):
    """What is answered out of memory counts as nothing, and nothing else does."""
    code, out, err = run_cli(binary, "routes", "list", "--json", f"--data-dir={tmp_path}")
    assert code == 0, err
    routes = [route for route in json.loads(out) if route["path"].startswith("/api")]
    assert len(routes) > 20
    for route in routes:
        counts_as, changes = route["countsAs"], route["method"] != "GET" or route["legacyToggle"]
        assert (counts_as is None) == (route["lane"] == "inline"), route
        assert not (changes and counts_as in (None, "read")), route
        assert changes or counts_as in (None, "read", "sign-in", "export", "search"), route


@pytest.mark.parametrize("value", ["guest", "guest=1", "guest=1/0m", "someone=1/1m", "guest=1/1m,member=1/1m", "1"])
def test_a_limit_that_is_none_stops_the_start(binary, tmp_path, value):
    code, _, err = run_cli(binary, "config", "check", f"--data-dir={tmp_path}", f"--limit-write={value}")
    assert code == 2 and "--limit-write" in err and "member=120/10m" in err, err
