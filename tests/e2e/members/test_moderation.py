"""Moderation through the program: what a report comes to, over calls and commands."""

import http.client
import threading

import pytest

from harness.topology import SHAPES, UNLIMITED
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


def notes_of(member):
    """The posts and comments about which moderators told a member something, in the order of their ids."""
    told = expect_success(member.get("/api/v1/notifications?size=50")).data["notifications"]
    return sorted(each["feedId"] for each in told if each["kind"] == "MODERATION")


class KilledWhile:
    """One call after the other, until the program is killed under them. `answered`: what was done by its answer."""

    def __init__(self, things, call):
        self.answered = []
        self.cut_off = 0
        self._things = things
        self._call = call
        self._enough = threading.Event()
        self._after = 0
        self._thread = threading.Thread(target=self._run)

    def kill(self, topology, after):
        self._after = after
        self._thread.start()
        assert self._enough.wait(timeout=60), "some were answered"
        topology.core.kill()
        self._thread.join(timeout=60)
        assert not self._thread.is_alive()
        topology.core.start()
        topology.settle()

    def _run(self):
        for thing in self._things:
            try:
                answer = self._call(thing)
            except (OSError, http.client.HTTPException):
                self.cut_off += 1
                return
            assert answer.status in (200, 201), answer
            self.answered.append(thing)
            if len(self.answered) == self._after:
                self._enough.set()


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_kills_lose_nothing_and_tell_nothing_twice(launch, shape):
    topology = launch(**SHAPES[shape], **UNLIMITED)
    author, reader, moderator = topology.member(), topology.member(), topology.member("MODERATOR")
    posts = [author.write(f"신고될 글 {n}")["feedId"] for n in range(24)]

    def report(post):
        return reader.post("/api/v1/reports", {"targetType": "FEED", "targetId": post, "reason": "SPAM", "text": "보세요"})

    def hide(post):
        return moderator.post(f"/api/v1/admin/feeds/{post}/hide", {"reason": "광고"})

    reporting = KilledWhile(posts, report)
    reporting.kill(topology, after=8)
    listed = expect_success(moderator.get("/api/v1/admin/reports?size=50")).data["reports"]
    assert {each["targetId"] for each in listed} >= set(reporting.answered), "accepted, and gone"
    for post in posts:  # who got no answer reports again
        expect_success(report(post), 201)
    listed = expect_success(moderator.get("/api/v1/admin/reports?size=50")).data["reports"]
    assert sorted(each["targetId"] for each in listed) == posts
    assert {each["memberCount"] for each in listed} == {1}

    hiding = KilledWhile(posts, hide)
    hiding.kill(topology, after=8)
    told = notes_of(author)
    assert len(told) == len(set(told)) and set(told) >= set(hiding.answered)
    for post in told:
        expect_failure(reader.get(f"/api/v1/feeds/{post}"), 404)  # what was told was done
    for post in posts:
        expect_success(hide(post))
    assert notes_of(author) == posts, "each once"
    assert reporting.cut_off + hiding.cut_off >= 1, "nothing was in flight"
    done = expect_success(author.get("/api/v1/moderation/acts?size=50")).data["acts"]
    assert sorted(each["targetId"] for each in done) == posts
    trail = topology.cli_json("moderation", "audit", "--limit=100")
    assert sorted(each["targetId"] for each in trail if each["action"] == "HIDE") == posts
    for queue, left in (("open", []), ("closed", posts)):
        listed = expect_success(moderator.get(f"/api/v1/admin/reports?state={queue}&size=50")).data["reports"]
        assert sorted(each["targetId"] for each in listed) == left
    for post in posts:
        expect_failure(reader.get(f"/api/v1/feeds/{post}"), 404)
        assert author.feed(post)["withheld"] == ["MODERATED"]
    code, out, err = topology.cli("db", "check", *topology.wiring())
    assert code == 0, (out, err)
