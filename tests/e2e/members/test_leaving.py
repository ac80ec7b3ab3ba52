"""Members who leave: by a mail that scanners open, too, from any browser, by a wrong clock, through a purge that is killed."""

import json
import re
from datetime import timedelta

import pytest
from harness.exports import EXPORT, files_of
from harness.mail import bodies, new_address, read_mail
from harness.secrets import known_secrets
from harness.topology import SHAPES, Topology
from harness.waiting import eventually
from harness.wire import expect_success
from harness.wrong_clock import WrongClock

WISHES = {"close": ("[DontGoBack] 회원 탈퇴 요청", "CLOSE_REQUESTED"),
          "inactive": ("[DontGoBack] 계정 비활성화 요청", "INACTIVE")}


@pytest.fixture(params=["one_sqlite", "one_mariadb"], scope="module")
def network(request, binary, workspace):
    topology = Topology(binary, workspace / f"leaving-{request.param}", **SHAPES[request.param],
                        core_options=["--limits=off"])
    try:
        yield topology.start()
    finally:
        topology.stop()


def member(topology):
    """Somebody with an address, signed in."""
    address = new_address()
    user = topology.cli_json("users", "create", f"--email={address}")["userId"]
    browser = topology.browser()
    browser.press_button(browser.get(topology.sign_in_link(user)))
    return browser, user, address


def mails_to(topology, address):
    folder = topology.core.data_dir / "mail"
    found = [read_mail(file.read_bytes()) for file in sorted(folder.glob("*.eml"))] if folder.exists() else []
    return [mail for mail in found if mail["To"] == address]


def ask(topology, browser, address, wish):
    """The link's path in the mail that comes."""
    before = len(mails_to(topology, address))
    expect_success(browser.post(f"/api/v1/users/account-{wish}/email-request"))
    mails = eventually(lambda: mails_to(topology, address)[before:], "the mail is there")
    text, html = bodies(mails[-1])
    (link,) = re.findall(rf"http\S+(/api/v1/users/account-{wish}\?token=\S+)", text)
    assert link in html
    known_secrets.add("leave link", link.rpartition("=")[2])
    assert mails[-1]["Subject"] == WISHES[wish][0]
    return link


def status(topology, user):
    return topology.cli_json("users", "show", str(user))["status"]


def until(topology, days=14):
    return (topology.today() + timedelta(days=days)).isoformat()


def comes_back(topology, user):
    browser = topology.browser()
    browser.press_button(browser.get(topology.sign_in_link(user)))
    return browser


@pytest.mark.parametrize("wish", WISHES)
def test_a_mail_is_opened_by_a_scanner_and_then_by_its_owner_elsewhere(network, wish):
    browser, user, address = member(network)
    other = network.guest()
    post = browser.write("남길 글")
    link = ask(network, browser, address, wish)
    scanner = network.browser()
    for method in ("HEAD", "GET", "HEAD", "GET"):
        assert scanner.send(method, link, headers={"User-Agent": "SafeLinks"}).status == 200
    assert status(network, user) == "ACTIVE"
    assert browser.me()["userId"] == user

    phone = network.browser()
    page = phone.get(link)
    tab = phone.get(link)
    forged = phone.post(link.split("?")[0], link.split("?")[1], headers={
        "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site",
        "Origin": "https://elsewhere.example"})
    assert (forged.status, forged.header("Location")) == (303, "/login?status=refused")
    assert status(network, user) == "ACTIVE"
    done = [phone.press_button(page), phone.press_button(tab), phone.press_button(page)]
    assert {answer.status for answer in done} == {303}
    assert {answer.header("Location") for answer in done} == \
        {f"/login?status={wish}-success&until={until(network)}"}
    assert not phone.jar
    assert status(network, user) == WISHES[wish][1]

    assert browser.get("/api/v1/users/me").status == 401
    assert browser.post("/api/token").status == 401
    assert other.get(f"/api/v1/feeds/{post['feedId']}").status == 404
    assert other.get(f"/api/v1/users/{user}").status == 404

    back = comes_back(network, user)
    assert back.me()["userId"] == user
    assert other.feed(post["feedId"])["content"] == "남길 글"
    assert status(network, user) == "ACTIVE"
    assert phone.press_button(page).header("Location") == f"/login?status={wish}-fail"
    assert status(network, user) == "ACTIVE"
    files = files_of(back.get(EXPORT))
    (asked,) = json.loads(files["profile.json"])["leaveRequests"]
    assert asked["kind"] == {"close": "CLOSE", "inactive": "INACTIVE"}[wish] and asked["askedAt"] <= asked["usedAt"]
    assert link.rpartition("=")[2].encode() not in b"".join(files.values())
    reasons = [entry["reason"] for entry in network.cli_json("users", "show", str(user))["history"]]
    assert reasons == [*{"close": ["탈퇴 철회", "탈퇴 요청"], "inactive": ["비활성화 해제", "비활성화"]}[wish], "신규 가입"]


def test_a_mail_is_sent_though_the_power_goes_right_after_it_was_asked_for(network):
    browser, user, address = member(network)
    expect_success(browser.post("/api/v1/users/account-close/email-request"))
    network.core.kill()
    network.end_leases()
    network.core.start()
    eventually(lambda: mails_to(network, address), "the mail is there")
    text, _ = bodies(mails_to(network, address)[0])
    link = re.search(r"http://[^/\s]+(/api/v1/users/account-close\?token=\S+)", text)[1]
    known_secrets.add("leave link", link.rpartition("=")[2])
    page = network.browser().get(link)
    network.core.kill()
    network.core.start()
    done = network.browser().press_button(page)
    assert done.header("Location") == f"/login?status=close-success&until={until(network)}"
    network.core.kill()  # the answer may not have arrived
    network.core.start()
    assert status(network, user) == "CLOSE_REQUESTED"
    assert network.browser().press_button(page).header("Location") == done.header("Location")


def test_expired_and_suspended_links_do_nothing(network):
    browser, user, address = member(network)
    link = ask(network, browser, address, "close")
    page = network.browser().get(link)
    network.sql(f"UPDATE leave_links SET expires_at = expires_at - 300000 WHERE user_id = {user}")
    late = network.browser()
    assert late.get(link).header("Location") == "/login?status=close-fail"
    assert late.press_button(page).header("Location") == "/login?status=close-fail"
    assert status(network, user) == "ACTIVE"

    link = ask(network, browser, address, "close")
    page = network.browser().get(link)
    network.cli("users", "suspend", str(user), "--reason=test")
    assert browser.get("/api/v1/users/me").status == 401
    assert late.get(link).header("Location") == "/login?status=close-fail"
    assert late.press_button(page).header("Location") == "/login?status=close-fail"
    assert status(network, user) == "SUSPENDED"


def test_without_an_address_a_fresh_sign_in_is_needed(network):
    browser = network.member()
    user = browser.me()["userId"]
    assert browser.post("/api/v1/users/account-close/email-request").status == 409
    network.sql(f"UPDATE sessions SET signed_in_at = created_at - 601000 WHERE user_id = {user}")
    assert browser.post("/api/v1/users/me/leave", {"kind": "CLOSE"}).status == 403
    again = comes_back(network, user)
    left = expect_success(again.post("/api/v1/users/me/leave", {"kind": "CLOSE"}))
    assert left.data == {"until": until(network)}
    assert again.cookie("access_token") is None and again.cookie("refresh_token") is None
    assert browser.get("/api/v1/users/me").status == 401
    assert status(network, user) == "CLOSE_REQUESTED"


def test_a_guest_leaves_at_once(network):
    guest, other = network.guest(), network.member()
    answered, alone = guest.write(), guest.write()
    other.comment(answered)
    for wish in WISHES:
        assert guest.post(f"/api/v1/users/account-{wish}/email-request").status == 403
    left = guest.tab()
    assert expect_success(guest.post("/api/v1/users/me/leave", {"kind": "CLOSE"})).data == {"until": None}
    assert left.get("/api/v1/users/me").status == 401
    assert other.get(f"/api/v1/feeds/{alone['feedId']}").status == 404
    assert other.feed(answered["feedId"])["userId"] == 0


class Home:
    """A service whose clock is the test's."""

    def __init__(self, launch, workspace, name, mariadb):
        self.synchronized = workspace / f"{name}.synchronized"
        self.topology = launch(start=False, split=False, mariadb=mariadb, core_options=[
            f"--clock-synchronized-file={self.synchronized}", "--limits=off"])
        self.node = self.topology.core
        self.clock = WrongClock(workspace / f"{name}.clock")
        self.clock.give_to(self.node)
        self.node.start()

    def turn_on(self, confirmed, **ahead):
        self.clock.set(**ahead)
        if confirmed:
            self.clock.touch(self.synchronized)
        elif self.synchronized.exists():
            self.synchronized.unlink()
        self.node.start()

    def accounts(self, user):
        return int(self.topology.sql(f"SELECT COUNT(*) FROM accounts WHERE id = {user}")[0][0])

    def purges(self):
        return self.node.log_text().count("a job ran job=account-purge ")


@pytest.mark.parametrize("mariadb", [False, True], ids=["sqlite", "mariadb"])
def test_a_purge_by_the_right_clock_that_is_killed(launch, workspace, request, mariadb):
    home = Home(launch, workspace, request.node.name, mariadb)
    topology = home.topology
    leaver, user, _ = member(topology)
    stayer, _, _ = member(topology)
    answered = leaver.write("답이 달린 글")
    stayer.comment(answered)
    theirs = stayer.write("남의 글")
    replied = leaver.comment(theirs, "내 댓글")
    stayer.comment(theirs, "답글", parent=replied)
    stayer.put(f"/api/v1/feedLikes/{answered['feedId']}")
    leaver.put(f"/api/v1/feedLikes/{theirs['feedId']}")
    topology.sql("INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) "
                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
                 f"SELECT {user}, 'x', 1, 'x', i, i FROM n")
    for _ in range(5):
        topology.sql("INSERT INTO posts (user_id, author, author_type, content, created_at, updated_at) "
                     f"SELECT user_id, author, author_type, content, created_at, updated_at FROM posts "
                     f"WHERE user_id = {user} AND content = 'x'")
    posts = int(topology.sql(f"SELECT COUNT(*) FROM posts WHERE user_id = {user}")[0][0])
    left = expect_success(leaver.post("/api/v1/users/me/leave", {"kind": "CLOSE"}))
    assert left.data == {"until": until(topology)}
    home.node.stop()

    # Nobody had confirmed the clock. Switched on with the clock of next year, which nobody confirms, nothing goes.
    home.turn_on(False, days=400)
    eventually(lambda: home.node.log_text().count("a job ran job=asset-refresh ") > 0, "jobs have been looked at")
    assert home.accounts(user) == 1 and home.purges() == 0
    home.node.stop()
    # Confirmed at last: what was asked for before ages from here.
    for ran, days in enumerate((13, 16), 1):
        home.turn_on(True, days=days)
        eventually(lambda: home.purges() == ran, "the purge ran")  # noqa: B023
        assert home.accounts(user) == 1
        home.node.stop()

    # Killed in the middle of it.
    def rows():
        return int(topology.sql(f"SELECT COUNT(*) FROM posts WHERE user_id = {user}")[0][0])

    home.turn_on(True, days=28)
    eventually(lambda: rows() < posts, "the purge has begun", step=0.005)
    home.node.kill()
    assert home.accounts(user) == 1, "it was killed in the middle"
    assert 0 < rows() < posts
    topology.end_leases()
    home.node.start()
    eventually(lambda: home.accounts(user) == 0, "the purge went on")

    reader = topology.guest()
    shown = reader.feed(answered["feedId"])
    assert (shown["content"], shown["author"], shown["userId"]) == ("탈퇴한 회원의 글입니다", "탈퇴한 회원", 0)
    assert (shown["likeCount"], shown["commentCount"], shown["isLiked"]) == (1, 1, False)
    listed = expect_success(reader.get(f"/api/v1/comments/{theirs['feedId']}")).data["comments"]
    place = next(each for each in listed if each["commentId"] == replied["commentId"])
    assert (place["content"], place["author"], place["userId"]) == ("탈퇴한 회원의 글입니다", "탈퇴한 회원", 0)
    assert reader.feed(theirs["feedId"])["likeCount"] == 0
    assert rows() == 0
    code, out, err = topology.cli("db", "check")
    assert code == 0, (out, err)
