"""Two core nodes on one MariaDB with one Redis: limits are one, word comes at once, and nothing waits for Redis."""

import contextlib
import http.client
import socket
import threading
import time

import pytest

from harness.redis import Redis, messages, note, wait_until_cut_off, wait_until_linked, wait_until_told
from harness.topology import SHAPES, Topology
from harness.waiting import eventually
from harness.wire import expect_failure, expect_success

LIKES = 30


@pytest.fixture(scope="module")
def pair(binary, workspace):
    redis = Redis(workspace / "redis").start()
    options = [*redis.node_options, f"--limit-like=guest={LIKES}/1h"]
    topology = Topology(binary, workspace / "shared", **SHAPES["three_mariadb"], core_options=options)
    topology.start().start_second_core()
    topology.redis = redis
    wait_until_linked(topology.core, topology.second)
    yield topology
    topology.stop()
    redis.stop()


def like(browser, post):
    return browser.put(f"/api/v1/feedLikes/{post['feedId']}").status


def count_likes(browser, post, most=10 * LIKES):
    """How many pass until one is refused."""
    for passed in range(most):
        status = like(browser, post)
        if status == 429:
            return passed
        assert status == 200, status
    raise AssertionError("nothing was refused")


def check_limit_is_one(pair):
    browser = pair.guest()
    post = browser.write("좋아요 세기")
    for _ in range(20):
        assert like(browser, post) == 200
    wait_until_told(pair.core, pair.second)
    assert count_likes(browser.at(pair.second), post) == LIKES - 20
    wait_until_told(pair.second, pair.core)
    assert like(browser, post) == 429


def check_logout_counts_at_once(pair):
    for first, second in ((pair.core, pair.second), (pair.second, pair.core)):
        browser = pair.guest().at(first)
        elsewhere = browser.tab().at(second)
        assert elsewhere.me() == browser.me()
        expect_success(browser.post("/api/logout"))
        expect_failure(elsewhere.get("/api/v1/users/me"), 401)


def check_alone(pair):
    """Redis is away: everything goes on, each node counts for itself."""
    browser = pair.guest()
    post = browser.write("레디스 없이")
    assert browser.at(pair.second).feed(post["feedId"])["content"] == "레디스 없이"
    assert count_likes(browser, post) == LIKES
    assert count_likes(browser.at(pair.second), post) == LIKES
    check_logout_counts_at_once(pair)


class Stream:
    """A stream of notifications that is open, read as it comes."""

    def __init__(self, browser):
        target = "/api/v1/notifications/stream"
        self._socket = socket.create_connection(browser.node.address, timeout=60, source_address=(browser.source, 0))
        self._socket.sendall(f"GET {target} HTTP/1.1\r\nHost: {browser.node.address[0]}\r\nSec-Fetch-Site: same-origin\r\n"
                             f"Cookie: {browser.cookie_header(target)}\r\n\r\n".encode())
        self._response = http.client.HTTPResponse(self._socket)
        self._response.begin()
        assert self._response.status == 200, self._response.status
        self._response.readline()  # it has begun
        self.ended_at = None
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        try:
            while self._response.readline():
                pass
        except (OSError, http.client.HTTPException):
            pass
        self.ended_at = time.monotonic()

    def close(self):
        with contextlib.suppress(OSError):  # ended by the other side
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=60)
        self._socket.close()


def suspend(pair, user, *options):
    code, out, err = pair.cli("users", "suspend", str(user), "--reason=test", *options)
    assert code == 0, (out, err)


def test_who_is_suspended_at_one_node_is_out_of_the_other_at_once_streams_too(pair):
    bystander = Stream(pair.guest().at(pair.second))
    waits = []
    for _ in range(3):
        member = pair.member()
        user = member.me()["userId"]
        streams = [Stream(member.tab().at(node)) for node in (pair.core, pair.second)]
        suspend(pair, user, *pair.redis.node_options)
        done = time.monotonic()
        for node in (pair.core, pair.second):
            expect_failure(member.tab().at(node).get("/api/v1/users/me"), 401)
            expect_failure(member.tab().at(node).post("/api/token"), 401)
        eventually(lambda: all(stream.ended_at for stream in streams), "both streams end")  # noqa: B023
        waits.append(max(stream.ended_at for stream in streams) - done)
        for stream in streams:
            stream.close()
    # By the command's word, in a tick: what the nodes look up themselves, every five seconds, would not come so soon each time.
    assert max(waits) < 1.5, waits
    assert bystander.ended_at is None, "whom it does not concern goes on"
    bystander.close()


def test_a_limit_is_one_for_both(pair):
    check_limit_is_one(pair)


def test_two_browsers_of_one_member_at_two_nodes_get_little_more_than_one(pair):
    browser = pair.guest()
    other = browser.tab().at(pair.second)
    post = browser.write("번갈아")
    passed = 0
    while [like(browser, post), like(other, post)] != [429, 429]:
        passed += 2
        assert passed <= 2 * LIKES
    assert passed <= LIKES + 4  # word is a millisecond on its way; how long under load, nobody knows


def test_mails_to_one_address_are_counted_together(pair):
    first, second = pair.browser(), pair.browser().at(pair.second)
    for _ in range(6):
        expect_success(first.post("/api/v1/sign-in/email", {"email": "kim@example.com"}))
    wait_until_told(pair.core, pair.second)
    assert second.post("/api/v1/sign-in/email", {"email": "KIM@example.com"}).status == 429
    expect_success(second.post("/api/v1/sign-in/email", {"email": "lee@example.com"}))


def test_a_killed_redis_stops_nothing_and_is_found_again(pair):
    check_logout_counts_at_once(pair)
    pair.redis.kill()
    wait_until_cut_off(pair.core, pair.second)
    for node in (pair.core, pair.second):
        # Before the first try to connect again it says that the connection ended.
        no_connection = f"note: redis: unix:{pair.redis.socket}: no connection"
        eventually(lambda: no_connection in note(node), "it is said that there is none")  # noqa: B023
    check_alone(pair)
    pair.redis.start()
    wait_until_linked(pair.core, pair.second)
    check_limit_is_one(pair)
    check_logout_counts_at_once(pair)
    assert messages(pair.core, "nonsense") == 0
    # A line when it began and one when it was over, however often was tried meanwhile.
    for node in (pair.core, pair.second):
        eventually(lambda: node.log_text().count("Redis: all is well again") == 1, "it is logged once")  # noqa: B023
        assert 1 <= node.log_text().count("Redis: there is a problem") <= 2


def test_a_redis_that_says_nothing_is_waited_for_by_nobody(pair):
    pair.redis.fall_silent()
    browser = pair.guest()
    post = browser.write("조용한 레디스")
    assert browser.at(pair.second).feed(post["feedId"])["feedId"] == post["feedId"]
    wait_until_cut_off(pair.core, pair.second)
    assert "no answer in time" in note(pair.core)
    check_alone(pair)
    pair.redis.go_on()
    wait_until_linked(pair.core, pair.second)
    check_limit_is_one(pair)


def test_what_lies_in_redis_is_nothing_to_the_nodes(pair):
    for key in ("dontgoback", "dontgoback:0:limits", "dontgoback:0:topics"):
        assert pair.redis.call("LPUSH", key, "nonsense") == "1"
    check_limit_is_one(pair)
    pair.redis.call("CONFIG", "SET", "maxmemory", "1")
    assert "OOM" in pair.redis.call("SET", "full", "x")
    check_limit_is_one(pair)
    pair.redis.call("CONFIG", "SET", "maxmemory", "0")
    pair.redis.call("FLUSHALL")
    check_limit_is_one(pair)
    assert pair.redis.call("DBSIZE") == "0"
    before = messages(pair.core, "nonsense")
    for text in ("", "x", "f" * 16 + "zzz", "f" * 1200):
        pair.redis.call("PUBLISH", "dontgoback:0:limits", text)
        pair.redis.call("PUBLISH", "dontgoback:0:topics", text)
    eventually(lambda: messages(pair.core, "nonsense") >= before + 7, "nonsense is counted")
    check_limit_is_one(pair)
    check_logout_counts_at_once(pair)
