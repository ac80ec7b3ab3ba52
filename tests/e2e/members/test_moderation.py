"""Moderation through the program: what a report comes to, over calls and commands."""

from harness.wire import expect_failure, expect_success


def moderation(service, *arguments):
    code, out, err = service.cli("moderation", *arguments)
    assert code == 0, (out, err)
    return out


def test_a_report_is_decided_and_its_author_told(service):
    author, reader, moderator = service.member(), service.member(), service.member("MODERATOR")
    post = author.write("광고합니다")["feedId"]
    expect_success(reader.post("/api/v1/reports", {"targetType": "FEED", "targetId": post, "reason": "SPAM"}), 201)
    listed = expect_success(moderator.get("/api/v1/admin/reports")).data["reports"]
    report = next(each["reportId"] for each in listed if each["targetId"] == post)
    assert str(post) in moderation(service, "reports")
    expect_success(moderator.post(f"/api/v1/admin/reports/{report}", {"decision": "HIDE", "reason": "광고"}))
    expect_failure(reader.get(f"/api/v1/feeds/{post}"), 404)
    assert author.feed(post)["withheld"] == ["MODERATED"]
    told = expect_success(author.get("/api/v1/notifications")).data["notifications"][0]
    assert told["kind"] == "MODERATION" and "광고" in told["text"]
    assert "광고" in moderation(service, "audit")


def test_an_operator_moderates_by_commands(service):
    author, reader = service.member(), service.guest()
    user, post = author.me()["userId"], author.write()["feedId"]
    comment = author.comment({"feedId": post})["commentId"]
    unlinked = expect_success(author.post("/api/v1/feeds", {"content": "글", "unlinked": True}), 201).data["feedId"]
    moderation(service, "hide", str(comment), "--comment", "--reason=욕설")
    assert expect_success(reader.get(f"/api/v1/comments/{post}")).data["comments"] == []
    moderation(service, "restore", str(comment), "--comment", "--reason=괜찮음")
    assert len(expect_success(reader.get(f"/api/v1/comments/{post}")).data["comments"]) == 1
    moderation(service, "suspend", str(user), "--reason=도배", "--until=9999-01-01")
    expect_failure(author.get("/api/v1/users/me"), 401)
    expect_failure(reader.get(f"/api/v1/feeds/{post}"), 404)
    moderation(service, "lift", str(user), "--reason=풀어 줌")
    assert reader.feed(post)["feedId"] == post
    assert str(user) in moderation(service, "look", "feed", str(unlinked), "--reason=법원")
    assert "LOOK" in moderation(service, "audit")
    for arguments, code in ((["hide", str(post)], 2), (["look", "feed", str(unlinked)], 2),
                            (["look", "feed", str(post), "--reason=x"], 1), (["look", "user", "1", "--reason=x"], 2), (["hide", "--reason=x"], 2), (["hide", "9999999", "--reason=x"], 1),
                            (["suspend", str(user), "--reason=x", "--until=2020-01-01"], 2), (["add-word", "가"], 2)):
        assert service.cli("moderation", *arguments)[0] == code, arguments
