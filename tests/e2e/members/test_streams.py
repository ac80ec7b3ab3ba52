"""The stream of what one is told: what somebody expects who opens it, and what is left of it on its worst day."""

import threading
import time

import pytest
from harness.browser import Browser
from harness.event_stream import EventStream
from harness.node import LITTLE_QUARANTINE
from harness.redis import metric
from harness.topology import SHAPES, UNLIMITED
from harness.waiting import eventually
from harness.wire import expect_failure, expect_success

NOTIFICATIONS = "/api/v1/notifications"
AT_ONCE = 3  # seconds: news of one account are a second apart, and this machine has other things to do
BY_ITSELF = 5  # seconds until it has looked for what nobody told it of


def told(browser):
    """All that the list has, the oldest first."""
    rows, last = [], 0
    while page := expect_success(browser.get(f"{NOTIFICATIONS}?size=50&lastNotificationId={last}")).data["notifications"]:
        rows += page
        last = page[-1]["notificationId"]
    return rows[::-1]


def like(browser, post):
    return expect_success(browser.put(f"/api/v1/feedLikes/{post['feedId']}"))


def streams(node):
    return metric(node, "dontgoback_http_streams")


def resident(node):
    with open(f"/proc/{node.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) * 1024


# What somebody expects.

def test_what_happens_is_heard_at_once_and_is_the_list(service):
    author, other = service.guest(), service.guest()
    post = author.write("바로 들을 글")
    with EventStream(author) as stream:
        assert stream.next("unread").data == {"unreadCount": 0}
        assert stream.retry == 5000
        like(other, post)
        heard = stream.next("notification", AT_ONCE)
        assert [heard.data] == told(author) and heard.id == heard.data["notificationId"]
        assert stream.next("unread").data == {"unreadCount": 1}
        other.comment(post, "잘 읽었습니다")
        assert stream.next("notification", AT_ONCE).data["kind"] == "COMMENT"
        # Read in one window, it is read in all.
        expect_success(author.post(f"{NOTIFICATIONS}/read", {"upTo": heard.id + 1}))
        while stream.next("unread").data != {"unreadCount": 0}:
            pass


def test_a_new_post_is_told_to_who_reads_the_feed(service):
    reader, author = service.guest(), service.guest()
    with EventStream(reader) as stream:
        stream.next("unread")
        post = author.write("새 글")
        while stream.next("feed", AT_ONCE).data["newestFeedId"] < post["feedId"]:
            pass


def test_who_was_away_for_a_while_hears_what_was_missed_and_nothing_twice(service):
    author, other = service.guest(), service.guest()
    posts = [author.write(f"글 {i}") for i in range(4)]
    with EventStream(author) as stream:
        stream.next("unread")
        like(other, posts[0])
        stream.next("notification", AT_ONCE)
    for post in posts[1:]:
        like(other, post)
    with EventStream(author, last=stream.last) as stream:
        heard = [stream.next("notification").data for _ in posts[1:]]
        assert heard == told(author)[1:]
        assert stream.next("unread").data == {"unreadCount": 4}


@pytest.mark.parametrize("end", ["signed out", "ended from elsewhere", "suspended"])
def test_it_ends_with_the_session(service, end):
    member = service.member()
    user = member.me()["userId"]
    with EventStream(member) as stream:
        stream.next("unread")
        if end == "signed out":
            expect_success(member.tab().post("/api/logout"))
        elif end == "suspended":
            moderator = service.member("MODERATOR")
            expect_success(moderator.post(f"/api/v1/admin/users/{user}/suspend", {"reason": "도배"}))
        else:
            elsewhere = service.browser()
            elsewhere.press_button(elsewhere.get(service.sign_in_link(user)))
            assert elsewhere.delete("/api/v1/sessions").status < 300
        assert stream.ended(AT_ONCE) and stream.whole
        assert EventStream(member).begin().refusal.status == 401


def test_it_ends_soon_when_an_operator_suspends_beside_the_node(service):
    member = service.member()
    with EventStream(member) as stream:
        stream.next("unread")
        assert service.cli("moderation", "suspend", str(member.me()["userId"]), "--reason=도배")[0] == 0
        assert stream.ended(BY_ITSELF + AT_ONCE) and stream.whole


# The worst day.

def test_a_killed_node_loses_nothing_and_tells_nothing_twice(launch):
    service = launch(**SHAPES["one_sqlite"], **UNLIMITED)
    author, other = service.guest(), service.guest()
    posts = [author.write(f"글 {i}") for i in range(90)]
    liked = []

    def like_all():
        for post in posts:
            while len(liked) < len(posts):  # what has no answer may have been done: the same again does nothing more
                try:
                    if other.put(f"/api/v1/feedLikes/{post['feedId']}").status == 200:
                        break
                except OSError:
                    pass
                time.sleep(0.02)
            liked.append(post)
            time.sleep(0.02)

    likes = threading.Thread(target=like_all)
    likes.start()
    heard, last = [], 0
    try:
        for killed_after in (15, 40, 65, None):
            with EventStream(author, last=last) as stream:
                while len(heard) < (killed_after or len(posts)):
                    event = stream.next("notification")
                    heard.append(event.data["notificationId"])
                last = stream.last
                if killed_after:
                    service.core.kill()
                    # What was on its way when it died has been heard, too, and is where the next one begins.
                    heard += [event.id for event in stream.all_until_quiet(0.5) if event.name == "notification"]
                    last = stream.last
                    assert stream.at_end and not stream.whole
            if killed_after:
                service.core.start()
    finally:
        likes.join()
    assert heard == [each["notificationId"] for each in told(author)]
    assert len(heard) == len(posts)


def test_who_never_reads_is_cut_off_and_costs_nobody_anything(launch):
    service = launch(**SHAPES["one_sqlite"], **UNLIMITED)
    service.core.stop()
    # What is freed is counted otherwise, up to 256 MB.
    service.core.extra_environment["ASAN_OPTIONS"] = LITTLE_QUARANTINE
    service.core.start()
    author, other = service.guest(), service.guest()
    sleepers = [service.guest() for _ in range(40)]
    post = author.write()
    for sleeper in sleepers:
        like(other, sleeper.write())
    # As much as an account keeps, of the longest words that an operator may send: 700 KB for each.
    for number in range(2, 301):
        service.sql(f"INSERT INTO notifications (user_id, number, kind, feed_id, about, name, words, people, times, began, seen, "
                    f"created_at) SELECT user_id, {number}, 5, feed_id, about, name, '{'💰' * 600}', people, times, began, seen, "
                    f"created_at FROM notifications WHERE number = 1")
    service.sql("UPDATE notification_counters SET last_number = 300 WHERE user_id <> "
                f"{author.me()['userId']}")
    like(service.guest(), post)
    before = resident(service.core)
    with EventStream(author) as stream:
        stream.next("unread")
        # They have seen that it began, and look no more.
        asleep = [EventStream(sleeper, last=0, buffer=4096).begin() for sleeper in sleepers for _ in range(4)]
        most = 0
        for round_ in range(200):
            most = max(most, resident(service.core))
            if streams(service.core) == 1:
                break
            if round_ % 10 == 0:  # whoever reads hears all the while
                like(service.guest(), author.write())
                stream.next("notification", 3 * AT_ONCE)
            time.sleep(0.1)
        assert streams(service.core) == 1, "who does not read is still there"
        # 64 KiB are all that is kept for each, and what the sanitizer puts around them; there are 700 for each.
        assert most - before < len(asleep) * 128 * 1024 + (8 << 20), f"{(most - before) >> 10} KiB more"
        like(other, post)
        stream.next("notification", AT_ONCE)
        for one in asleep:
            one.close()
    # Who reads gets all of it, however much it is.
    with EventStream(sleepers[0], last=0) as stream:
        assert [stream.next("notification").id for _ in range(300)] == list(range(1, 301))


def test_streams_leave_the_api_its_connections(launch):
    most = 24
    service = launch(**SHAPES["one_sqlite"], core_options=[f"--max-connections={most}", "--newcomer-writes=0", "--guests-per-hour=0"])
    guests = [service.guest() for _ in range(most)]
    open_ones = []
    for guest in guests:
        stream = EventStream(guest).begin()
        if stream.refusal:
            break
        open_ones.append(stream)
    assert len(open_ones) == most // 8 * 7
    assert expect_failure(stream.refusal, 503).header("Retry-After") == "30"
    for guest in guests:
        assert expect_success(guest.get("/api/v1/feeds")).data is not None
    post = guests[0].write("자리가 없어도")
    like(guests[1], post)
    open_ones[0].next("notification", AT_ONCE)
    # One that goes makes place for the next.
    open_ones.pop().close()

    def again():
        stream = EventStream(guests[-1]).begin()
        return None if stream.refusal else stream
    open_ones.append(eventually(again, "there is a place"))
    for one in open_ones:
        one.close()


def test_one_address_cannot_take_all_streams(launch):
    service = launch(**SHAPES["one_sqlite"], core_options=[
        "--max-connections=64", "--max-connections-per-address=8", "--guests-per-hour=0"])
    greedy = service.guest()
    open_ones = []
    while not (stream := EventStream(Browser(service.core, greedy.source).sign_in_as_guest()).begin()).refusal:
        open_ones.append(stream)
    assert len(open_ones) == 7 and stream.refusal.status == 503
    eventually(lambda: metric(service.core, "dontgoback_http_connections") == 7, "the refused one is gone")
    expect_success(greedy.get("/api/v1/feeds"))
    with EventStream(service.guest()) as stream:
        stream.next("unread")
    for one in open_ones:
        one.close()


def test_a_stop_ends_streams_whole_and_soon(launch):
    service = launch(**SHAPES["one_sqlite"])
    author = service.guest()
    with EventStream(author) as stream:
        stream.next("unread")
        began = time.monotonic()
        service.core.stop()
        assert time.monotonic() - began < 5
        assert stream.ended(1) and stream.whole
    service.core.start()
    with EventStream(author, last=stream.last) as stream:
        stream.next("unread")
