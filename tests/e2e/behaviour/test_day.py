"""A day lived in the house, from the first visit to the next morning's fortune."""

from harness.assets import multiplier, name_of, updated
from harness.topology import MULTIPLIER_KEY
from harness.wire import expect_failure, expect_success


def test_a_visitor_lives_a_day(service):
    writer, reader = service.guest(), service.guest()

    me = writer.me()
    assert me["userName"] == "1000만"
    assert me["userType"] == "BLUE"
    assert me["userRole"] == "GUEST"

    post = writer.write("첫 글입니다")
    assert post["author"] == "1000만"
    assert post["feedType"] == "BLUE"
    assert post["userId"] == me["userId"]

    comment = reader.comment(post, "반갑습니다")
    reply = writer.comment(post, "저도요", parent=comment)
    expect_success(reader.get(f"/api/v1/feedLikes/{post['feedId']}"), 201)
    expect_success(writer.put(f"/api/v1/commentLikes/{comment['commentId']}"))

    seen = reader.feed(post["feedId"])
    assert (seen["likeCount"], seen["commentCount"], seen["isLiked"]) == (1, 2, True)
    assert seen["updatedAt"] == seen["createdAt"], "likes and comments are no edit"
    comments = expect_success(reader.get(f"/api/v1/comments/{post['feedId']}")).data["comments"]
    assert comments[-1]["commentId"] == comment["commentId"]
    assert comments[-1]["subCommentCount"] == 1
    assert comments[-1]["likeCount"] == 1
    assert reply["feedId"] == post["feedId"]

    tomorrow = service.tomorrow()
    result = service.refresh_assets(tomorrow)
    assert result["total"] == result["success"] >= 2
    assert result["failed"] == 0
    assert result["elapsedMs"] >= 0

    for person in (writer, reader):
        user = person.me()
        m = multiplier(MULTIPLIER_KEY, user["userId"], tomorrow)
        assert user["userName"] == name_of(updated(10_000_000, m))
        assert user["userType"] == ("BLUE" if m >= 10**9 else "RED")

    assert reader.feed(post["feedId"])["author"] == "1000만", "a post keeps the name it was written under"
    later = writer.write("다음 날의 글")
    assert later["author"] == writer.me()["userName"]

    expect_success(writer.patch(f"/api/v1/feeds/{post['feedId']}", {"content": "고쳤습니다"}))
    edited = reader.feed(post["feedId"])
    assert edited["content"] == "고쳤습니다"
    assert edited["updatedAt"] > edited["createdAt"]
    assert edited["author"] == "1000만"

    expect_success(writer.delete(f"/api/v1/comments/{reply['commentId']}"))
    expect_success(writer.delete(f"/api/v1/feeds/{post['feedId']}"))
    expect_failure(reader.get(f"/api/v1/feeds/{post['feedId']}"), 404)

    expect_success(writer.post("/api/logout"))
    expect_failure(writer.get("/api/v1/users/me"), 401)
