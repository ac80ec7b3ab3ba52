"""Who is told of what, over the wire; what is drawn together is in tests/integration/core_notifications."""

from harness.wire import expect_failure, expect_success

NOTIFICATIONS = "/api/v1/notifications"


def told(browser, **query):
    return expect_success(browser.get(NOTIFICATIONS + "".join(f"?{name}={value}" for name, value in query.items()))).data


def test_an_author_is_told_once_and_reads_it(service):
    author, liker, commenter = service.guest(), service.guest(), service.guest()
    post = author.write("들을 글")["feedId"]
    for _ in range(2):
        expect_success(liker.put(f"/api/v1/feedLikes/{post}"))
    comment = expect_success(commenter.post("/api/v1/comments", {"feedId": post, "content": "들릴 댓글"}), 201).data

    answer = told(author)
    assert [(each["kind"], each["count"], each["read"]) for each in answer["notifications"]] == [
        ("COMMENT", 1, False), ("FEED_LIKE", 1, False)]
    assert answer["unreadCount"] == 2
    newest, oldest = answer["notifications"]
    assert (newest["feedId"], newest["commentId"]) == (post, comment["commentId"])
    assert newest["text"].endswith("님이 회원님의 글에 댓글을 남겼습니다.")
    english = expect_success(author.get(NOTIFICATIONS, headers={"Accept-Language": "en"})).data
    assert english["notifications"][1]["text"].endswith(" liked your post.")
    assert told(author, lastNotificationId=newest["notificationId"])["notifications"] == [oldest]

    for _ in range(2):
        read = author.post(f"{NOTIFICATIONS}/read", {"upTo": oldest["notificationId"]})
        assert expect_success(read).data == {"unreadCount": 1}
    assert [each["read"] for each in told(author)["notifications"]] == [False, True]
    for other in (liker, commenter):
        assert told(other) == {"notifications": [], "unreadCount": 0}


def test_nobody_signed_in_is_told_nothing(service):
    expect_failure(service.browser().get(NOTIFICATIONS), 401)
    expect_failure(service.browser().post(f"{NOTIFICATIONS}/read", {"upTo": 1}), 401)
    for body in ({"upTo": -1}, {"upTo": "1"}, {}, [], b"{"):
        expect_failure(service.guest().post(f"{NOTIFICATIONS}/read", body), 400)
