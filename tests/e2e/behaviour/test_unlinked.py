"""Writing so that nobody learns whose it is, in every shape of the service."""

from harness.wire import expect_failure, expect_success


def written(browser, content="몰래"):
    return expect_success(browser.post("/api/v1/feeds", {"content": content, "unlinked": True}), 201).data


def said(browser, post, **more):
    return browser.post("/api/v1/comments", {"feedId": post["feedId"], "content": "몰래", **more})


def listed(browser, target, name):
    return [each for each in expect_success(browser.get(target)).data[name]]


def test_nobody_learns_whose_it_is(service):
    author, reader = service.guest(), service.guest()
    post = written(author)
    assert post["userId"] == 0 and post["unlinked"] and post["isMine"]
    seen = reader.feed(post["feedId"])
    assert seen == {key: value for key, value in post.items() if key != "isMine"}
    mine = author.me()["userId"]
    assert post["feedId"] not in [each["feedId"] for each in
                                  listed(author, f"/api/v1/feeds/profile?userId={mine}&size=50", "feeds")]
    expect_failure(reader.patch(f"/api/v1/feeds/{post['feedId']}", {"content": "남의 글"}), 403)
    expect_success(author.patch(f"/api/v1/feeds/{post['feedId']}", {"content": "고침"}))
    assert [each["content"] for each in listed(author, "/api/v1/feeds/unlinked", "feeds")] == ["고침"]
    assert listed(reader, "/api/v1/feeds/unlinked", "feeds") == []


def test_one_face_a_thread(service):
    author, reader, third = service.guest(), service.guest(), service.guest()
    post = written(author)
    assert expect_success(said(author, post), 201).data["face"] == 0
    expect_failure(said(author, post, unlinked=False), 409)
    assert expect_success(said(reader, post), 201).data["face"] == 1
    expect_failure(said(reader, post, unlinked=True), 409)
    comment = expect_success(said(third, post, unlinked=True), 201).data
    assert comment["face"] == 2 and comment["userId"] == 0
    assert third.feed(post["feedId"])["myFace"]["number"] == 2
    assert "myFace" not in service.guest().feed(post["feedId"])


def test_it_goes_one_by_one(service):
    author = service.guest()
    posts = [written(author, f"몰래 {i}") for i in range(3)]
    comment = expect_success(said(author, posts[0]), 201).data
    scheduled = expect_success(author.delete("/api/v1/feeds/unlinked")).data
    assert (scheduled["feeds"], scheduled["comments"]) == (3, 1)
    moments = [each["removeAt"] for each in listed(author, "/api/v1/feeds/unlinked", "feeds")]
    assert len(set(moments)) == 3 and max(moments) < scheduled["until"]
    assert [each["commentId"] for each in listed(author, "/api/v1/comments/unlinked", "comments")] == [comment["commentId"]]
    assert author.post("/api/v1/feeds/unlinked/keep").status == 204
    assert all("removeAt" not in each for each in listed(author, "/api/v1/feeds/unlinked", "feeds"))
