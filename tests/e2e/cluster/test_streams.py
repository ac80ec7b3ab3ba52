"""The stream of what one is told, where there are two core nodes on one MariaDB with one Redis."""

import statistics
import threading
import time

import pytest
from harness.event_stream import EventStream
from harness.redis import Redis, wait_until_cut_off, wait_until_linked
from harness.topology import SHAPES, UNLIMITED, Topology
from harness.waiting import eventually
from harness.wire import expect_failure, expect_success

NOTIFICATIONS = "/api/v1/notifications"
BY_ITSELF = 5 + 3  # seconds until a node has looked for what nobody told it of


@pytest.fixture(scope="module")
def pair(binary, workspace):
    redis = Redis(workspace / "streams-redis").start()
    options = [*redis.node_options, *UNLIMITED["core_options"]]
    topology = Topology(binary, workspace / "streams", **SHAPES["three_mariadb"], core_options=options)
    topology.start().start_second_core()
    topology.redis = redis
    wait_until_linked(topology.core, topology.second)
    yield topology
    topology.stop()
    redis.stop()


def told(browser):
    return [each["notificationId"] for each in
            expect_success(browser.get(f"{NOTIFICATIONS}?size=50")).data["notifications"]][::-1]


def like(browser, post):
    expect_success(browser.put(f"/api/v1/feedLikes/{post['feedId']}"))


def test_what_is_done_at_one_node_is_heard_at_the_other_at_once(pair):
    for here, there in ((pair.core, pair.second), (pair.second, pair.core)):
        author, other = pair.guest().at(here), pair.guest().at(there)
        posts = [author.write(f"글 {i}") for i in range(9)]
        with EventStream(author) as stream:
            stream.next("unread")
            waits = []
            for post in posts:
                time.sleep(1.2)  # of one account what comes within a second is drawn together
                began = time.monotonic()
                like(other, post)
                assert stream.next("notification").data["feedId"] == post["feedId"]
                waits.append(time.monotonic() - began)
            # By itself a node would look every five seconds.
            assert statistics.median(waits) < 0.7, waits
            post = other.write("새 글")
            while stream.next("feed").data["newestFeedId"] < post["feedId"]:
                pass


def test_a_session_that_ends_at_one_node_ends_its_stream_at_the_other(pair):
    for here, there in ((pair.core, pair.second), (pair.second, pair.core)):
        browser = pair.guest().at(here)
        with EventStream(browser) as stream:
            stream.next("unread")
            began = time.monotonic()
            expect_success(browser.tab().at(there).post("/api/logout"))
            assert stream.ended(4) and stream.whole
            assert time.monotonic() - began < 4
        expect_failure(EventStream(browser).begin().refusal, 401)


def test_a_killed_redis_loses_nothing_and_tells_nothing_twice(pair):
    author, other = pair.guest(), pair.guest().at(pair.second)
    posts = [author.write(f"글 {i}") for i in range(12)]
    with EventStream(author) as stream:
        stream.next("unread")
        heard = []

        def hear(some, limit):
            for post in some:
                like(other, post)
            heard.extend(stream.next("notification", limit).id for _ in some)

        hear(posts[:3], 5)
        pair.redis.kill()
        wait_until_cut_off(pair.core, pair.second)
        hear(posts[3:6], BY_ITSELF)
        # Written while nobody tells anybody, and heard when Redis is there again, whichever comes first.
        for post in posts[6:9]:
            like(other, post)
        pair.redis.start()
        wait_until_linked(pair.core, pair.second)
        heard.extend(stream.next("notification", BY_ITSELF).id for _ in posts[6:9])
        hear(posts[9:], 5)
        assert heard == told(author)


def test_a_redis_that_is_killed_again_and_again_meanwhile(pair):
    author, other = pair.guest(), pair.guest().at(pair.second)
    posts = [author.write(f"글 {i}") for i in range(40)]

    def like_all():
        for post in posts:
            like(other, post)
            time.sleep(0.1)

    likes = threading.Thread(target=like_all)
    with EventStream(author) as stream:
        stream.next("unread")
        likes.start()
        for _ in range(3):
            time.sleep(0.5)
            pair.redis.kill()
            time.sleep(0.5)
            pair.redis.start()
        heard = [stream.next("notification").id for _ in posts]
        likes.join()
        assert heard == told(author)
    wait_until_linked(pair.core, pair.second)


def test_the_next_node_goes_on_where_a_killed_one_was(pair):
    author, other = pair.guest().at(pair.second), pair.guest()
    posts = [author.write(f"글 {i}") for i in range(6)]
    heard = []
    with EventStream(author) as stream:
        stream.next("unread")
        for post in posts[:3]:
            like(other, post)
        heard += [stream.next("notification").id for _ in posts[:3]]
        pair.second.kill()
        try:
            assert eventually(lambda: stream.ended(1), "the connection is gone")
            like(other, posts[3])
            with EventStream(author.at(pair.core), last=stream.last) as goes_on:
                heard.append(goes_on.next("notification").id)
                for post in posts[4:]:
                    like(other, post)
                heard += [goes_on.next("notification").id for _ in posts[4:]]
        finally:
            pair.second.start()
            wait_until_linked(pair.second)
    assert heard == told(author.at(pair.core))
