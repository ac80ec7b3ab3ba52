"""Lists, newest first, by key."""

import pytest

from harness.wire import expect_failure, expect_success


@pytest.fixture(scope="module")
def author(service):
    browser = service.guest()
    browser.posts = [browser.write(f"글 {n}")["feedId"] for n in range(12)]
    browser.comments = [browser.comment({"feedId": browser.posts[0]}, f"댓글 {n}")["commentId"] for n in range(12)]
    post = {"feedId": browser.posts[1]}
    parents = [browser.comment(post, f"묶음 {n}") for n in range(12)]
    replies = [browser.comment(post, f"답글 {n}", parents[0])["commentId"] for n in range(12)]
    threads = [parent["commentId"] for parent in parents]
    on_post = f"/api/v1/comments/{browser.posts[1]}"
    browser.lists = [
        (f"/api/v1/feeds/profile?userId={browser.me()['userId']}", "feeds", "feedId", "lastFeedId", browser.posts),
        (f"/api/v1/comments/{browser.posts[0]}?unknown=1", "comments", "commentId", "lastCommentId", browser.comments),
        (f"{on_post}?unknown=1", "comments", "commentId", "lastCommentId", threads + replies),
        (f"{on_post}?view=threads", "comments", "commentId", "lastCommentId", threads),
        (f"{on_post}?parentCommentId={threads[0]}", "comments", "commentId", "lastCommentId", replies),
    ]
    return browser


def page(browser, target, name):
    return expect_success(browser.get(target)).data[name]


def test_pages_follow_one_another_without_gap_or_repetition(author):
    for base, name, key, last_key, expected in author.lists:
        seen, last = [], 0
        while part := page(author, f"{base}&{last_key}={last}&size=5", name):
            seen += [thing[key] for thing in part]
            last = seen[-1]
        assert seen == list(reversed(expected))


def test_size_defaults_to_ten(author):
    for base, name, _, _, _ in author.lists:
        assert len(page(author, base, name)) == 10


def test_size_above_fifty_is_fifty(service):
    author = service.guest()
    for n in range(52):
        author.write(f"많은 글 {n}")
    user = author.me()["userId"]
    assert len(page(author, f"/api/v1/feeds/profile?userId={user}&size=51", "feeds")) == 50
    assert len(page(author, f"/api/v1/feeds/profile?userId={user}&size=9999999", "feeds")) == 50
    assert len(page(author, "/api/v1/feeds?size=50", "feeds")) == 50


def test_the_feed_is_everybodys(service):
    first, second = service.guest(), service.guest()
    older, newer = first.write("먼저"), second.write("나중")
    newest = page(first, "/api/v1/feeds?size=50", "feeds")
    ids = [post["feedId"] for post in newest]
    assert ids == sorted(ids, reverse=True)
    assert ids.index(newer["feedId"]) < ids.index(older["feedId"])
    assert newest[ids.index(newer["feedId"])] == {key: value for key, value in newer.items() if key != "isMine"}


def test_past_the_end_is_an_empty_list(author):
    assert page(author, "/api/v1/feeds?lastFeedId=1", "feeds") == []
    for base, name, _, last_key, _ in author.lists:
        assert page(author, f"{base}&{last_key}=1", name) == []


@pytest.mark.parametrize("query", ["size=0", "size=-1", "size=ten", "size=", "size=1e1", "size=99999999999999999999",
                                   "size=5&size=5", "size=%35&size=5", "size=5%00", "size=%ff", "size=%2", "size=+5"])
@pytest.mark.parametrize("which", ["feeds", "profile", "comments"])
def test_bad_sizes(author, which, query):
    base = {"feeds": "/api/v1/feeds?", "profile": author.lists[0][0] + "&", "comments": author.lists[1][0] + "&"}[which]
    expect_failure(author.get(base + query), 400)


@pytest.mark.parametrize("last", ["-1", "x", "9223372036854775808", "1&{}=1", "1.5", "%EF%BC%91"])
def test_bad_positions(author, last):
    for base, _, _, last_key, _ in author.lists:
        expect_failure(author.get(f"{base}&{last_key}={last.format(last_key)}"), 400)


def test_bad_users(author):
    for user in ("", "0", "-1", "me", "9223372036854775808"):
        expect_failure(author.get(f"/api/v1/feeds/profile?userId={user}"), 400)
    expect_failure(author.get("/api/v1/feeds/profile"), 400)
