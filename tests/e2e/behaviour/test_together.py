"""Many people at once: what each of them was told is true, and the counts are those of the rows."""

import threading

from harness.wire import expect_success


def at_once(actions):
    """Runs them all at the same time; their results in order."""
    barrier = threading.Barrier(len(actions))
    results = [None] * len(actions)

    def run(number, action):
        barrier.wait(timeout=60)
        results[number] = action()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()
    return results


def check_counts(service):
    """Every count in a row is what counting the rows says, for the whole database."""
    for question in (
            "SELECT id FROM posts p WHERE like_count <> (SELECT COUNT(*) FROM post_likes l WHERE l.post_id = p.id)",
            "SELECT id FROM comments c WHERE like_count <> "
            "(SELECT COUNT(*) FROM comment_likes l WHERE l.comment_id = c.id)",
            "SELECT id FROM posts p WHERE comment_count <> "
            "(SELECT COUNT(*) FROM comments c WHERE c.post_id = p.id AND c.deleted_at IS NULL)"):
        assert service.sql(question) == [], question


def test_likes(service):
    people = [service.guest() for _ in range(8)]
    target = f"/api/v1/feedLikes/{people[0].write()['feedId']}"
    for answer in at_once([lambda person=person: person.put(target) for person in people]):
        assert answer.status in (200, 201), answer
    assert expect_success(people[0].put(target)).data["likeCount"] == 8
    at_once([lambda person=person: [person.get(target) for _ in range(5)] for person in people])
    assert expect_success(people[0].delete(target)).data["likeCount"] == 0
    check_counts(service)


def test_one_person_in_many_tabs_likes_once(service):
    person = service.guest()
    post = person.write()
    target = f"/api/v1/feedLikes/{post['feedId']}"
    for answer in at_once([lambda: person.tab().put(target) for _ in range(8)]):
        assert answer.json()["data"] == {"isLiked": True, "likeCount": 1}
    check_counts(service)


def test_comments_while_the_post_is_deleted(service):
    author, people = service.guest(), [service.guest() for _ in range(6)]
    post = author.write()
    body = {"feedId": post["feedId"], "content": "늦기 전에"}
    *answers, deleted = at_once(
        [lambda person=person: [person.post("/api/v1/comments", body) for _ in range(5)] for person in people]
        + [lambda: author.delete(f"/api/v1/feeds/{post['feedId']}")])
    expect_success(deleted)
    assert {answer.status for some in answers for answer in some} <= {201, 404}
    check_counts(service)


def test_edits_and_deletes_of_one_comment(service):
    author = service.guest()
    post = author.write()
    comment = author.comment(post)
    target = f"/api/v1/comments/{comment['commentId']}"
    answers = at_once([lambda: author.tab().delete(target) for _ in range(6)])
    assert sorted(answer.status for answer in answers) == [200, 400, 400, 400, 400, 400]
    assert author.feed(post["feedId"])["commentCount"] == 0
    check_counts(service)


def test_renewals_of_one_token(service):
    person = service.guest()
    tabs = [person.tab() for _ in range(8)]
    for answer in at_once([lambda tab=tab: tab.post("/api/token") for tab in tabs]):
        expect_success(answer)
    assert len({tab.cookie("refresh_token") for tab in tabs}) == 1
    assert {tab.me()["userId"] for tab in tabs} == {person.me()["userId"]}


def test_one_sign_in_link(service):
    user = service.create_user()
    target = service.sign_in_link(user)
    people = [service.browser() for _ in range(6)]
    page = people[0].get(target)
    at_once([lambda person=person: person.press_button(page) for person in people])
    assert [person.cookie("access_token") is not None for person in people].count(True) == 1


def test_refreshes(service):
    people = [service.guest() for _ in range(3)]
    answers = at_once([lambda: service.service.refresh_assets(service.core, service.tomorrow()) for _ in range(4)])
    assert {answer.status for answer in answers} <= {200, 409}
    assert 200 in {answer.status for answer in answers}
    service.refresh_assets(service.tomorrow())
    for person in people:
        user = person.me()["userId"]
        assert service.sql(f"SELECT COUNT(*) FROM asset_snapshots WHERE user_id = {user}") == [["2"]]


def test_writes_during_a_refresh(service):
    people = [service.guest() for _ in range(6)]
    *posts, refreshed = at_once([lambda person=person: [person.write() for _ in range(10)] for person in people]
                                + [lambda: service.service.refresh_assets(service.core, service.tomorrow())])
    assert expect_success(refreshed).data["failed"] == 0
    for person, written in zip(people, posts):
        assert {post["author"] for post in written} <= {"1000만", person.me()["userName"]}
