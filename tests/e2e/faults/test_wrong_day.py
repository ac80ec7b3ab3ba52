"""Fortunes under a clock that shows the wrong day: today's row is there, none is lost, none of a day to come is shown."""

from datetime import timedelta

import pytest

from harness.assets import multiplier, name_of, updated
from harness.node import run_cli
from harness.topology import MULTIPLIER_KEY
from harness.waiting import eventually
from harness.wire import expect_success
from harness.wrong_clock import WrongClock

FIRST = 10_000_000


class Home:
    """A service on a machine whose clock is the test's. Members, whom no purge takes away, come by a link."""

    def __init__(self, launch, workspace, name, mariadb):
        self.synchronized = workspace / f"{name}.synchronized"
        self.topology = launch(start=False, split=False, mariadb=mariadb,
                               core_options=[f"--clock-synchronized-file={self.synchronized}"])
        self.node = self.topology.core
        self.clock = WrongClock(workspace / f"{name}.clock")
        self.clock.give_to(self.node)
        self.born = self.clock.today(self.topology.zone)
        self.node.start()
        self.people = [self.topology.member() for _ in range(2)]
        self.users = [person.me()["userId"] for person in self.people]

    def today(self):
        return self.clock.today(self.topology.zone)

    def confirm(self):
        self.clock.touch(self.synchronized)

    def off_until(self, confirmed=False, **ahead):
        """Switched off; switched on with its clock there. Today's refresh runs by itself, whatever the clock is worth."""
        self.node.stop()
        self.clock.set(**ahead)
        if confirmed:
            self.confirm()
        ran = self.node.log_text().count("a job ran job=asset-refresh ")
        self.node.start()
        eventually(lambda: self.node.log_text().count("a job ran job=asset-refresh ") > ran, "the refresh ran")

    def run(self, job):
        options = [option for option in self.node.options if option.startswith("--database")]

        def ends():
            code, out, err = run_cli(self.topology.binary, "jobs", "run", job, f"--data-dir={self.node.data_dir}",
                                     f"--timezone={self.topology.zone}",
                                     f"--clock-synchronized-file={self.synchronized}", *options,
                                     extra=self.clock.environment(self.topology.binary))
            if "running already" in err:  # a node that starts runs it by itself
                return None
            assert code == 0, err
            return out

        return eventually(ends, f"{job} ran")

    def rows(self, user):
        rows = self.topology.sql(f"SELECT day, amount FROM asset_snapshots WHERE user_id = {user} ORDER BY day")
        return [(type(self.born)(1970, 1, 1) + timedelta(days=int(day)), int(amount)) for day, amount in rows]

    def expected(self, user, last):
        """The whole series from the day of birth to `last`, by the contract's formula."""
        rows = [(self.born, FIRST)]
        while rows[-1][0] < last:
            day = rows[-1][0] + timedelta(days=1)
            rows.append((day, updated(rows[-1][1], multiplier(MULTIPLIER_KEY, user, day))))
        return rows

    def check_shown(self):
        """What people see is the last row of today or before."""
        for person, user in zip(self.people, self.users):
            past = [row for row in self.rows(user) if row[0] <= self.today()]
            me = person.send("GET", "/api/v1/users/me", renew=True)
            assert expect_success(me).data["userName"] == name_of(past[-1][1])
            assert person.write()["author"] == name_of(past[-1][1])
            query = f"from={self.born}&to={self.born + timedelta(days=3000)}"
            points = expect_success(person.get(f"/api/v1/users/{user}/asset-histories?{query}")).data["points"]
            assert [(point["date"], point["amount"]) for point in points] == \
                [(day.isoformat(), amount) for day, amount in past]


@pytest.fixture(params=[False, True], ids=["sqlite", "mariadb"])
def home(launch, workspace, request):
    return Home(launch, workspace, request.node.name, request.param)


def test_a_clock_ahead_for_a_moment_shows_no_day_to_come(home):
    home.off_until(days=30)
    assert home.rows(home.users[0])[-1][0] == home.today()
    home.off_until(days=1)  # right again, a day later; nobody confirmed it
    home.check_shown()
    assert home.rows(home.users[0])[-1][0] == home.born + timedelta(days=30), "nothing is removed unconfirmed"

    home.off_until(confirmed=True, days=2)
    for user in home.users:
        assert home.rows(user) == home.expected(user, home.today())
    home.check_shown()


def test_days_without_power_are_made_up(home):
    home.off_until(days=1)
    home.off_until(days=4)
    assert "; 2 days made up" in home.node.log_text()
    for user in home.users:
        assert home.rows(user) == home.expected(user, home.today())
    home.check_shown()

    home.off_until(days=40)
    assert "; 35 missed days wait for a confirmed clock" in home.node.log_text()
    assert home.rows(home.users[0])[-1][0] == home.today(), "today's row does not wait"
    home.check_shown()
    assert "nothing to do" in home.run("asset-make-up")
    home.confirm()
    home.node.kill()
    home.node.start()
    assert "35 days made up" in home.run("asset-make-up")
    for user in home.users:
        assert home.rows(user) == home.expected(user, home.today())
    home.check_shown()


def test_a_clock_behind_changes_nothing(home):
    home.off_until(days=3)
    before = [home.rows(user) for user in home.users]
    home.node.stop()
    for behind in (1, -400):
        home.clock.set(days=behind)
        home.node.start()
        home.run("asset-refresh")
        home.node.stop()
        assert [home.rows(user) for user in home.users] == before
    home.off_until(days=4)
    for user in home.users:
        assert home.rows(user) == home.expected(user, home.today())
    home.check_shown()


def test_the_clock_is_set_while_it_runs(home):
    home.off_until(days=1)
    home.clock.set(days=2)
    eventually(lambda: home.rows(home.users[0])[-1][0] == home.today(), "the new day's row", limit=60)
    home.check_shown()
    home.clock.set(days=1)
    eventually(lambda: home.node.log_text().count("the clock was set") == 2, "the jump is noticed", limit=60)
    home.check_shown()
