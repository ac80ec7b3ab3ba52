"""Two walk nodes on one MariaDB with one Redis: word of steps and sign-outs comes from one to the other, and what Redis
forgets, or was not there to hear, comes right by itself."""

import datetime
import json
import secrets
import threading
import time

import pytest
from harness.grpc_client import OK, UNAUTHENTICATED, GrpcClient
from harness.mariadb import MariaDb
from harness.node import Node, run_cli
from harness.redis import Redis, wait_until_cut_off, wait_until_linked
from harness.waiting import eventually
from harness.walkers import FRIENDS_BOARD, ME, OpenBoard, Phone
from harness.wire import expect_failure, expect_success

# A clock at which it is about noon: no midnight falls into the run.
OFFSET = 60 * (12 - datetime.datetime.now(datetime.timezone.utc).hour)
TODAY = str(datetime.datetime.now(datetime.timezone(datetime.timedelta(minutes=OFFSET))).date())
LONG = 120  # seconds, on a busy machine
# A board that nobody told looks by itself half a minute after it looked last.
NOT_TOLD = 25
NAMES = ["ann", "bob", "cat"]


class Pair:
    def __init__(self, binary, folder, options):
        self.binary = binary
        self.mariadb = MariaDb(folder / "mariadb").start()
        self.redis = Redis(folder / "redis").start()
        url = self.mariadb.create_database("walk")
        self.database = [f"--database={url}", f"--database-password-file={self.mariadb.password_file}"]
        shared = [*self.database, *self.redis.node_options, f"--walk-key-file={folder / 'walk.key'}", "--role=extension", "--modules=walk",
                  "--grpc-listen=127.0.0.1:0", "--clock-trusted", "--limits=off", *options]
        self.nodes = []
        for name in ("one", "two"):
            node = Node(binary, name, folder / name, *shared)
            self.nodes.append(node)
            node.start()
        wait_until_linked(*self.nodes)

    def stop(self):
        try:
            for node in self.nodes:
                node.stop()
        finally:
            self.redis.stop()
            self.mariadb.stop()

    def wrong_rows(self):
        code, out, err = run_cli(self.binary, "steps", "verify", "--json", f"--data-dir={self.nodes[0].data_dir}",
                                 *self.database)
        assert code == 0, (out, err)
        return json.loads(out)["wrong"]


@pytest.fixture
def pair(binary, workspace, request, sign_in_options):
    made = Pair(binary, workspace / request.node.name[:24], sign_in_options)
    yield made
    made.stop()


@pytest.fixture
def grpc(request):
    client = GrpcClient(request.config.getoption("--node"), request.config.getoption("--node-cases"), limit=500)
    yield client
    client.stop()


@pytest.fixture
def walkers(pair, issuer):
    """Three who are friends of one another, signed in at the one node and the other in turn."""
    phones = []
    for i, name in enumerate(NAMES):
        phone = Phone(pair.nodes[i % 2], issuer, subject=secrets.token_hex(8))
        expect_success(phone.sign_in())
        expect_success(phone.send("PATCH", ME, {"nickname": name, "sharesSteps": True, "offsetMinutes": OFFSET}))
        for friend in phones:
            expect_success(friend.send("POST", "/api/v1/friends/requests", {"walkerId": phone.uuid}), 201)
            expect_success(phone.send("PUT", f"/api/v1/friends/requests/{friend.uuid}"))
        phones.append(phone)
    return phones


def at(node, phone):
    """The same session at another node."""
    other = Phone(node, phone.issuer, subject=phone.subject)
    other.access, other.refresh, other.uuid = phone.access, phone.refresh, phone.uuid
    return other


def put(phone, steps):
    return phone.send("PUT", f"/api/v1/steps/{TODAY}", {"device": "phone", "source": "PHONE", "steps": steps,
                                                        "version": steps, "utcOffsetMinutes": OFFSET})


class Walking:
    """A walker's day: ever more steps, told to both nodes in turn, and what was acknowledged."""

    def __init__(self, phone, nodes):
        self.acknowledged = 0
        self.problem = None
        self._phones = [at(node, phone) for node in nodes]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._walk)
        self._thread.start()

    def _walk(self):
        steps = 0
        try:
            # What was not acknowledged may be there or not, so the last word is.
            while not self._stop.wait(0.05) or self.acknowledged < steps:
                steps += 7
                answer = put(self._phones[steps % 2], steps)
                if answer.status == 200:
                    assert answer.data["steps"] == steps, answer
                    self.acknowledged = steps
                else:
                    assert answer.status == 503, answer
        except Exception as problem:  # noqa: BLE001
            self.problem = problem

    def goes_on(self):
        before = self.acknowledged
        eventually(lambda: self.problem or self.acknowledged > before, "steps are acknowledged", limit=LONG)
        assert self.problem is None, self.problem

    def stop(self):
        self._stop.set()
        self._thread.join(timeout=60)
        assert self.problem is None, self.problem


class GrpcBoard:
    def __init__(self, grpc, node, phone, name):
        self._stream = grpc.connect("v1", node.grpc, alias=name).open("WatchBoard", {"period": "PERIOD_TODAY"},
                                                                      phone.access, limit=0)

    def until(self, holds, limit=LONG):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            event = self._stream.next(5000)
            assert "code" not in event, event
            if event and holds({each["nickname"]: each["steps"] for each in event["message"]["entries"]}):
                return
        raise AssertionError("no such board in time")

    def end(self):
        while "code" not in (event := self._stream.next()):
            pass
        return event["code"]


def steps_of(board):
    return {entry["nickname"]: entry["steps"] for entry in board["entries"]}


def check_boards_show(boards, totals):
    for sse in boards["sse"]:
        sse.until(lambda board: steps_of(board) == totals, limit=LONG)
    for board in boards["grpc"]:
        board.until(lambda steps: steps == totals)


def is_refused_everywhere(pair, grpc, phone):
    def refused(node):
        code = grpc.connect("v1", node.grpc, alias="refused").call("GetDays", {}, phone.access)["code"]
        assert code in (OK, UNAUTHENTICATED)
        return code == UNAUTHENTICATED and at(node, phone).send("GET", FRIENDS_BOARD).status == 401

    return all(refused(node) for node in pair.nodes)


def test_an_update_at_one_node_is_on_the_boards_of_the_other_in_seconds(pair, grpc, walkers):
    ann, bob, _ = walkers
    one, two = pair.nodes
    sse = OpenBoard(at(two, ann), two)
    live = GrpcBoard(grpc, two, ann, "live")
    sse.until(lambda board: steps_of(board)["bob"] == 0, limit=LONG)
    live.until(lambda steps: steps["bob"] == 0)
    for steps in (100, 200, 300):
        expect_success(put(at(one, bob), steps))
        began = time.monotonic()
        sse.until(lambda board: steps_of(board)["bob"] == steps, limit=LONG)  # noqa: B023
        live.until(lambda found: found["bob"] == steps)  # noqa: B023
        assert time.monotonic() - began < NOT_TOLD
    sse.close()


def test_a_sign_out_at_one_node_counts_at_the_other(pair, grpc, walkers):
    ann, bob, cat = walkers
    boards = [GrpcBoard(grpc, node, ann, f"board {node.name}") for node in pair.nodes]
    streams = [OpenBoard(ann, node) for node in pair.nodes]
    for board in boards:
        board.until(lambda steps: steps["ann"] == 0)
    expect_success(ann.send("POST", "/api/v1/walkers/logout"))
    eventually(lambda: is_refused_everywhere(pair, grpc, ann), "both refuse her", limit=LONG)
    assert [board.end() for board in boards] == [UNAUTHENTICATED] * 2
    assert all(stream.ended() for stream in streams)
    # Emptied, Redis has not let her in again; and away, it keeps nobody from signing out everywhere.
    assert pair.redis.call("FLUSHALL") == "OK"
    assert is_refused_everywhere(pair, grpc, ann)
    pair.redis.kill()
    wait_until_cut_off(*pair.nodes)
    assert is_refused_everywhere(pair, grpc, ann)
    assert not is_refused_everywhere(pair, grpc, bob)
    expect_success(at(pair.nodes[1], bob).send("POST", "/api/v1/walkers/logout"))
    eventually(lambda: is_refused_everywhere(pair, grpc, bob), "without Redis, too", limit=LONG)
    pair.redis.start()
    wait_until_linked(*pair.nodes)
    assert is_refused_everywhere(pair, grpc, bob) and is_refused_everywhere(pair, grpc, ann)
    expect_success(at(pair.nodes[0], cat).send("GET", FRIENDS_BOARD))
    expect_failure(at(pair.nodes[0], bob).send("GET", FRIENDS_BOARD), 401)


def test_boards_come_right_where_there_is_no_redis_to_tell(pair, grpc, walkers):
    ann, bob, _ = walkers
    one, two = pair.nodes
    sse = OpenBoard(at(two, ann), two)
    live = GrpcBoard(grpc, two, ann, "live")
    live.until(lambda steps: steps["bob"] == 0)
    pair.redis.kill()
    wait_until_cut_off(one, two)
    expect_success(put(at(one, bob), 4321))
    sse.until(lambda board: steps_of(board)["bob"] == 4321, limit=LONG)
    live.until(lambda steps: steps["bob"] == 4321)
    sse.close()


def test_friends_that_nobody_could_tell_of_are_heard_of_as_any_others(pair, grpc, walkers, issuer):
    ann, one, two = walkers[0], *pair.nodes
    dan = Phone(one, issuer, subject="dan")
    expect_success(dan.sign_in())
    expect_success(dan.send("PATCH", ME, {"nickname": "dan", "sharesSteps": True, "offsetMinutes": OFFSET}))
    live = GrpcBoard(grpc, two, ann, "live")
    live.until(lambda steps: set(steps) == set(NAMES))
    pair.redis.kill()
    wait_until_cut_off(one, two)
    expect_success(dan.send("POST", "/api/v1/friends/requests", {"walkerId": ann.uuid}), 201)
    expect_success(at(one, ann).send("PUT", f"/api/v1/friends/requests/{dan.uuid}"))
    pair.redis.start()
    wait_until_linked(one, two)
    live.until(lambda steps: steps.get("dan") == 0)
    for steps in (100, 200, 300):
        expect_success(put(dan, steps))
        began = time.monotonic()
        live.until(lambda found: found["dan"] == steps)  # noqa: B023
        assert time.monotonic() - began < NOT_TOLD


def test_redis_killed_and_emptied_during_a_day_of_walking(pair, grpc, walkers):
    boards = {"sse": [OpenBoard(phone, node) for phone, node in zip(walkers, [*pair.nodes, pair.nodes[0]])],
              "grpc": [GrpcBoard(grpc, node, walkers[i], f"board {i}") for i, node in enumerate(reversed(pair.nodes))]}
    walking = [Walking(phone, pair.nodes) for phone in walkers]
    try:
        for trouble in ("emptied", "killed", "away", "emptied", "killed"):
            for each in walking:
                each.goes_on()
            if trouble == "emptied":
                assert pair.redis.call("FLUSHALL") == "OK"
            else:
                pair.redis.kill()
                if trouble == "away":
                    wait_until_cut_off(*pair.nodes)
                    for each in walking:
                        each.goes_on()
                pair.redis.start()
            for each in walking:
                each.goes_on()
    finally:
        for each in walking:
            each.stop()
    totals = {name: each.acknowledged for name, each in zip(NAMES, walking)}
    assert all(total > 0 for total in totals.values())
    check_boards_show(boards, totals)
    for node in pair.nodes:
        for phone, each in zip(walkers, walking):
            days = grpc.connect("v1", node.grpc, alias="days").call("GetDays", {}, phone.access)["answer"]["days"]
            assert days == [{"day": TODAY, "total": each.acknowledged}]
            assert steps_of(expect_success(at(node, phone).send("GET", FRIENDS_BOARD)).data) == totals
    assert pair.wrong_rows() == 0
    # And word goes round again.
    wait_until_linked(*pair.nodes)
    expect_success(put(at(pair.nodes[0], walkers[0]), 900_000))
    check_boards_show(boards, {**totals, "ann": 900_000})
    for board in boards["sse"]:
        board.close()
