"""A clock that was wrong once: at a start, while the program runs, for a moment or for years. Nothing is lost by it."""

import time
from datetime import datetime, timedelta, timezone

import pytest

from harness.node import run_cli
from harness.waiting import eventually
from harness.wire import expect_success
from harness.wrong_clock import WrongClock

# Long past the 03:00 and 04:00 of the jobs on any day of any of these clocks, or years.
AHEAD = [{"days": 15}, {"days": 30}, {"days": 3650}]


class Home:
    """A service at home, whose machine has a clock of its own, and perhaps hears of a time server."""

    def __init__(self, launch, workspace, name):
        self.synchronized = workspace / f"{name}.synchronized"
        self.topology = launch(start=False, split=False, mariadb=False, core_options=[
            f"--clock-synchronized-file={self.synchronized}", "--guests-per-hour=20"])
        self.node = self.topology.core
        self.clock = WrongClock(workspace / f"{name}.clock")
        self.clock.give_to(self.node)

    def start(self):
        self.node.start()
        return self

    def hear_of_a_time_server(self):
        self.clock.touch(self.synchronized)

    def start_for_a_moment(self):
        """Until the jobs that are due have been looked at: the daily refresh has run."""
        before = self.runs_of("asset-refresh")
        self.start()
        eventually(lambda: self.runs_of("asset-refresh") > before, "the refresh ran")
        self.node.stop()

    def runs_of(self, job):
        return self.node.log_text().count(f"a job ran job={job} ")

    def run(self, job):
        """Runs it by hand; a server whose clock has just reached its time may be running it already."""
        for _ in range(30):
            code, out, err = run_cli(
                self.topology.binary, "jobs", "run", job, f"--data-dir={self.node.data_dir}",
                f"--timezone={self.topology.zone}", f"--clock-synchronized-file={self.synchronized}",
                extra=self.clock.environment(self.topology.binary))
            if "is running already" not in err:
                break
            time.sleep(1)
        return code, out, err

    def counts(self):
        return [self.topology.sql(f"SELECT COUNT(*) FROM {table}")[0][0]
                for table in ("accounts", "posts", "comments", "post_likes", "sessions", "refresh_tokens")]


@pytest.fixture
def home(launch, workspace, request):
    return Home(launch, workspace, request.node.name)


def five_guests(home):
    guests = [home.topology.guest() for _ in range(5)]
    post = guests[0].write()
    for guest in guests:
        guest.write()
        guest.comment(post)
        expect_success(guest.put(f"/api/v1/feedLikes/{post['feedId']}"))
    return guests, post


def on_that_day(moment, since):
    """Whether a moment of a wrong clock lies within a day after another."""
    passed = datetime.fromisoformat(moment.replace("Z", "+00:00")) - datetime.fromisoformat(since)
    return timedelta() <= passed < timedelta(days=1)


def still_there(guests, post):
    for guest in guests:
        seen = expect_success(guest.send("GET", f"/api/v1/feeds/{post['feedId']}", renew=True)).data
        assert (seen["commentCount"], seen["likeCount"]) == (5, 5)


@pytest.mark.parametrize("ahead", AHEAD, ids=lambda ahead: f"{ahead['days']}_days")
def test_one_start_with_the_clock_ahead_deletes_nothing(home, ahead):
    home.start()
    guests, post = five_guests(home)
    before = home.counts()
    home.node.stop()
    home.clock.set(**ahead)
    home.start_for_a_moment()
    home.clock.set()
    home.start()
    still_there(guests, post)
    assert home.counts()[:4] == before[:4]
    assert home.runs_of("guest-purge") == 0


def test_the_purge_of_a_clock_ahead_waits_even_when_an_operator_asks(home):
    home.start()
    guests, post = five_guests(home)
    home.node.stop()
    home.clock.set(days=15)
    home.start()
    code, _, err = home.run("guest-purge")
    assert code == 1 and "clock is not confirmed" in err and "--clock-trusted" in err, err
    still_there(guests, post)  # neither is a session refused as too old


@pytest.mark.parametrize("behind", [{"days": -730}, {"days": -1}], ids=["two_years", "a_day"])
def test_what_is_written_by_a_clock_behind_outlives_its_being_put_right(home, behind):
    home.clock.set(**behind)
    home.start()
    guests, post = five_guests(home)
    before = home.counts()
    home.clock.set()
    home.hear_of_a_time_server()
    eventually(lambda: "the clock was set" in home.node.log_text(), "the jump is noticed", limit=30)
    eventually(lambda: home.topology.sql("SELECT COUNT(*) FROM unconfirmed_spans WHERE confirmed_at IS NULL")
               == [["0"]], "the clock is confirmed", limit=30)
    code, out, err = home.run("guest-purge")
    assert code == 0, err
    assert "removed 0 guests and 0 expired rows" in out
    assert home.counts() == before
    still_there(guests, post)
    home.node.restart()
    still_there(guests, post)


def test_what_is_confirmed_still_goes_when_its_time_has_come(home):
    home.clock.set(days=-730)
    home.start()
    five_guests(home)
    home.node.stop()
    home.clock.set()
    home.hear_of_a_time_server()
    home.start()
    home.node.stop()
    home.clock.set(days=13)
    home.hear_of_a_time_server()
    home.start()
    code, out, err = home.run("guest-purge")
    assert code == 0 and "removed 0 guests" in out, (out, err)
    home.node.stop()
    home.clock.set(days=15)
    home.hear_of_a_time_server()
    home.start()  # the purge is due, and runs by itself or by hand
    home.run("guest-purge")
    eventually(lambda: home.topology.sql("SELECT COUNT(*) FROM accounts WHERE role = 0") == [["0"]], "they are gone")


def test_an_hour_back_refuses_nobody_for_long(home):
    home.start()
    address = home.topology.guest().source
    home.clock.set(hours=-1)
    eventually(lambda: "the clock was set" in home.node.log_text(), "the jump is noticed", limit=30)
    for _ in range(19):  # the rest of the address's share
        browser = home.topology.browser()
        browser.source = address
        browser.sign_in_as_guest()
    browser = home.topology.browser()
    browser.source = address
    refused = browser.post("/api/guest")
    assert refused.status == 429
    assert int(refused.headers["retry-after"]) <= 180


def test_two_tabs_across_a_jump_are_no_theft(home):
    home.start()
    guest = home.topology.guest()
    tab = guest.tab()
    assert guest.post("/api/token").status == 200
    assert guest.post("/api/token").status == 200  # the first successor has been used, too
    home.clock.set(days=400)
    eventually(lambda: tab.get("/api/v1/users/me").status == 401, "the access token has ended by that clock")
    assert tab.post("/api/token").status == 200
    assert guest.send("GET", "/api/v1/users/me", renew=True).status == 200


def test_a_retry_is_safe_whatever_the_clock_does_in_between(home):
    home.start()
    guest = home.topology.guest()
    key = {"Idempotency-Key": "one"}
    first = expect_success(guest.post("/api/v1/feeds", {"content": "글"}, headers=key), 201).data
    for ahead in ({"days": 2}, {"days": 800}, {"days": -800}):
        home.clock.set(**ahead)
        home.node.restart()
        again = guest.send("POST", "/api/v1/feeds", {"content": "글"}, headers=key, renew=True)
        assert expect_success(again, 201).data == first
    assert home.topology.sql("SELECT COUNT(*) FROM posts") == [["1"]]


def test_a_jump_is_logged_with_its_size(home):
    home.hear_of_a_time_server()
    home.start()
    home.clock.set(days=15)
    eventually(lambda: "the clock was set" in home.node.log_text(), "the jump is noticed", limit=30)
    (line,) = [line for line in home.node.log_text().splitlines() if "the clock was set" in line]
    assert "by=\"+15 d 00:00:0" in line or "by=\"+14 d 23:59:5" in line, line


def test_every_job_runs_under_a_wrong_clock_and_nothing_is_lost(home):
    """Past the interval of every job, and any number of days: what deletes by age waits, and says for what."""
    home.start()
    guests, post = five_guests(home)
    code, _, err = home.topology.cli("clients", "add", "reporter")
    assert code == 0, err
    code, _, err = home.topology.cli("clients", "revoke-tokens", "reporter")
    assert code == 0, err
    tables = ("accounts", "posts", "comments", "post_likes", "auth_keys", "auth_denials", "auth_clients")

    def rows():
        return [home.topology.sql(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables]

    def audited():
        return int(home.topology.sql("SELECT COUNT(*) FROM auth_audit")[0][0])

    before, trail = rows(), audited()
    for ahead in ({"days": 15}, {"days": 4000}, {"days": -4000}):
        home.clock.set(**ahead)
        moment = (datetime.now(timezone.utc) + home.clock.ahead - timedelta(seconds=5)).isoformat()

        def idle_jobs():
            jobs = home.topology.cli_json("jobs", "list")
            return [job["name"] for job in jobs
                    if job["waitsFor"] is None and not (job["lastFinished"] and on_that_day(job["lastFinished"], moment))]

        eventually(lambda: idle_jobs() == [], f"every job has run by a clock {ahead} off", limit=120)
        waiting = {job["name"]: job["waitsFor"] for job in home.topology.cli_json("jobs", "list") if job["waitsFor"]}
        assert {"guest-purge", "sign-in-tries"} <= waiting.keys() and set(waiting.values()) == {"a confirmed clock"}
    home.clock.set()
    still_there(guests, post)
    assert rows() == before
    assert audited() >= trail


def test_an_unconfirmed_clock_is_told(home):
    home.start()
    told = home.node.probe("/readyz")
    assert told.status == 200 and b"the clock is not confirmed" in told.body
    home.hear_of_a_time_server()
    eventually(lambda: b"clock" not in home.node.probe("/readyz").body, "it is confirmed")
    eventually(lambda: "by a time server" in next(job["lastResult"] for job in home.topology.cli_json("jobs", "list")
                                                  if job["name"] == "clock"), "the job says by whom", limit=30)
