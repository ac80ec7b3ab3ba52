"""Posts, comments, replies and likes, and who may do what to them (contract, section 3)."""

import re

import pytest

from harness.wire import expect_failure, expect_success

FEED = {"feedId", "userId", "content", "author", "userRole", "feedType", "likeCount", "commentCount", "isLiked",
        "createdAt", "updatedAt", "deletedAt"} | {"isMine"}  # beyond the contract
COMMENT = {"commentId", "feedId", "userId", "content", "author", "userRole", "commentType", "likeCount",
           "subCommentCount", "isLiked", "createdAt", "updatedAt", "deletedAt"} | {"parentCommentId", "isMine", "face"}
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
NOWHERE = 2**62


def test_shapes(service):
    browser = service.guest()
    post = browser.write("모양")
    comment = browser.comment(post)
    assert set(post) == FEED
    assert set(comment) == COMMENT
    for made in (post, comment):
        assert MOMENT.match(made["createdAt"])
        assert made["updatedAt"] == made["createdAt"]
        assert made["deletedAt"] is None
        assert made["isLiked"] is False
        assert made["userRole"] == "GUEST"
    read = browser.feed(post["feedId"])
    assert read.pop("myFace") == {"unlinked": False, "author": post["author"], "type": post["feedType"], "number": 0}
    assert read == {**post, "commentCount": 1}
    assert service.guest().feed(post["feedId"]) == {key: value for key, value in read.items() if key != "isMine"}
    assert set(browser.me()) == {"userId", "email", "profileVisibility", "userName", "userType", "userRole"}


@pytest.mark.parametrize("content", ["a", "가" * 600, "😀" * 600, "줄\n바꿈\t탭", "\"따옴표\\\"", "<script>alert(1)</script>",
                                     "‮뒤집힌", "\u00e9", "'; DROP TABLE posts; --"])
def test_any_text_comes_back_as_it_was_sent(service, content):
    browser = service.guest()
    post = browser.write(content)
    assert post["content"] == content
    assert browser.feed(post["feedId"])["content"] == content
    assert browser.comment(post, content)["content"] == content


@pytest.mark.parametrize("sent,stored", [("e\u0301", "\u00e9"), ("\u1112\u1161\u11ab", "한"), ("줄\r\n바꿈\r", "줄\n바꿈\n")])
def test_a_text_is_stored_in_one_form(service, sent, stored):
    browser = service.guest()
    post = browser.write(sent)
    assert post["content"] == stored
    assert browser.feed(post["feedId"])["content"] == stored
    assert browser.comment(post, sent)["content"] == stored


@pytest.mark.parametrize("content", ["", " ", "\n\t ", "\u3000\u00a0", "가" * 601, "😀" * 601])
def test_blank_and_over_long_text_is_refused(service, content):
    browser = service.guest()
    post = browser.write()
    comment = browser.comment(post)
    for method, target, body in (
            ("POST", "/api/v1/feeds", {}), ("PATCH", f"/api/v1/feeds/{post['feedId']}", {}),
            ("POST", "/api/v1/comments", {"feedId": post["feedId"]}),
            ("PATCH", f"/api/v1/comments/{comment['commentId']}", {})):
        expect_failure(browser.send(method, target, {**body, "content": content}), 400)
    seen = browser.feed(post["feedId"])
    assert (seen["content"], seen["commentCount"]) == (post["content"], 1)


def test_edit(service):
    browser = service.guest()
    post = browser.write("처음")
    comment = browser.comment(post, "처음")
    for kind, thing in (("feed", post), ("comment", comment)):
        target = f"/api/v1/{kind}s/{thing[f'{kind}Id']}"
        edited = expect_success(browser.patch(target, {"content": "나중"})).data
        assert set(edited) == {f"{kind}Id", "content", "updatedAt"}
        assert edited["content"] == "나중"
        assert edited["updatedAt"] > thing["createdAt"]


def test_only_the_author_edits_and_deletes(service):
    member, other, guest = service.member(), service.member(), service.guest()
    post = member.write("내 글")
    comment = member.comment(post, "내 댓글")
    for stranger in (other, guest):
        for target in (f"/api/v1/feeds/{post['feedId']}", f"/api/v1/comments/{comment['commentId']}"):
            expect_failure(stranger.patch(target, {"content": "남의 손"}), 403)
            expect_failure(stranger.delete(target), 403)
    assert member.feed(post["feedId"])["content"] == "내 글"
    assert member.feed(post["feedId"])["userRole"] == "USER"


def test_delete(service):
    browser, other = service.guest(), service.guest()
    post = browser.write()
    feed = f"/api/v1/feeds/{post['feedId']}"
    assert expect_success(browser.delete(feed)).data == {"feedId": post["feedId"]}
    expect_failure(browser.delete(feed), 400)
    expect_failure(browser.get(feed), 404)
    expect_failure(browser.patch(feed, {"content": "늦음"}), 404)
    expect_failure(other.delete(feed), 403)
    expect_failure(browser.post("/api/v1/comments", {"feedId": post["feedId"], "content": "늦음"}), 404)
    expect_failure(browser.get(f"/api/v1/feedLikes/{post['feedId']}"), 404)
    expect_failure(browser.put(f"/api/v1/feedLikes/{post['feedId']}"), 404)
    mine = expect_success(browser.get(f"/api/v1/feeds/profile?userId={post['userId']}")).data["feeds"]
    assert mine == []


def test_delete_comment(service):
    browser = service.guest()
    post = browser.write()
    comment = browser.comment(post)
    target = f"/api/v1/comments/{comment['commentId']}"
    assert browser.feed(post["feedId"])["commentCount"] == 1
    assert expect_success(browser.delete(target)).data == {"commentId": comment["commentId"]}
    expect_failure(browser.delete(target), 400)
    assert browser.feed(post["feedId"])["commentCount"] == 0
    expect_failure(browser.get(f"/api/v1/commentLikes/{comment['commentId']}"), 404)


def test_replies(service):
    browser, other = service.guest(), service.guest()
    post = browser.write()
    elsewhere = browser.write()
    parent = browser.comment(post, "부모")
    reply = other.comment(post, "답글", parent=parent)
    assert reply["subCommentCount"] == 0
    comments = {c["commentId"]: c for c in
                expect_success(browser.get(f"/api/v1/comments/{post['feedId']}?size=50")).data["comments"]}
    assert comments[parent["commentId"]]["subCommentCount"] == 1
    assert browser.feed(post["feedId"])["commentCount"] == 2
    for wrong in ({"feedId": elsewhere["feedId"], "parentCommentId": parent["commentId"]},
                  {"feedId": post["feedId"], "parentCommentId": NOWHERE}):
        answer = browser.post("/api/v1/comments", {**wrong, "content": "길 잃은 답글"})
        assert answer.status in (400, 404), answer
        expect_failure(answer, answer.status)


def test_like_toggle(service):
    writer, reader = service.guest(), service.guest()
    post = writer.write()
    comment = writer.comment(post)
    for target in (f"/api/v1/feedLikes/{post['feedId']}", f"/api/v1/commentLikes/{comment['commentId']}"):
        assert expect_success(reader.get(target), 201).data == {"isLiked": True, "likeCount": 1}
        assert expect_success(writer.get(target), 201).data == {"isLiked": True, "likeCount": 2}
        assert expect_success(reader.get(target), 200).data == {"isLiked": False, "likeCount": 1}
    assert reader.feed(post["feedId"])["isLiked"] is False
    assert writer.feed(post["feedId"])["isLiked"] is True


def test_like_put_and_delete_are_idempotent(service):
    browser = service.guest()
    post = browser.write()
    comment = browser.comment(post)
    for target in (f"/api/v1/feedLikes/{post['feedId']}", f"/api/v1/commentLikes/{comment['commentId']}"):
        for _ in range(2):
            assert browser.put(target).json()["data"] == {"isLiked": True, "likeCount": 1}
        for _ in range(2):
            assert browser.delete(target).json()["data"] == {"isLiked": False, "likeCount": 0}


def test_what_is_not_there_is_404(service):
    browser = service.guest()
    for method, target in (("GET", "feeds"), ("DELETE", "feeds"), ("GET", "comments"), ("DELETE", "comments"),
                           ("GET", "feedLikes"), ("PUT", "feedLikes"), ("DELETE", "feedLikes"),
                           ("GET", "commentLikes"), ("PUT", "commentLikes"), ("GET", "users")):
        expect_failure(browser.send(method, f"/api/v1/{target}/{NOWHERE}"), 404)
    for target in ("feeds", "comments"):
        expect_failure(browser.patch(f"/api/v1/{target}/{NOWHERE}", {"content": "글"}), 404)
    expect_failure(browser.post("/api/v1/comments", {"feedId": NOWHERE, "content": "글"}), 404)
    expect_failure(browser.get(f"/api/v1/feeds/profile?userId={NOWHERE}"), 404)


def test_an_email_is_for_oneself_and_admins(service):
    member, stranger, admin = service.member(), service.guest(), service.member("ADMIN")
    target = f"/api/v1/users/{member.me()['userId']}"
    assert expect_success(stranger.get(target)).data["email"] is None
    assert expect_success(member.get(target)).data == member.me()
    assert expect_success(admin.get(target)).data["email"] == member.me()["email"]
    assert admin.me()["userRole"] == "ADMIN"
