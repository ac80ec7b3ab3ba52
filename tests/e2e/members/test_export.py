"""All that one wrote and was, as a file: what is in it, for whom, and what happens when it cannot be finished."""

import json
import re
import subprocess
from contextlib import ExitStack
from html.parser import HTMLParser

import pytest

from harness.exports import EXPORT, SlowReader, files_of, write_much
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.wire import expect_failure, expect_success

TEXTS = ["<script>alert(1)</script> & \"quotes\" 'single'", "😀👩‍👩‍👧 ﷽", "첫째 줄\n둘째\t줄", "</p></article><h1>x",
         "&lt;b&gt; &amp; %s {0}", "끝 \\ \\n \\u0000 ]]> <!--", "가" * 600]
FILES = {"README.txt", "index.html", "profile.json", "ways-in.json", "sessions.json", "assets.json", "posts.json",
         "comments.json", "unlinked.json", "moderation.json", "choices.json", "notifications.json", "likes.json"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Page(HTMLParser):
    """What a browser makes of index.html."""

    def __init__(self, file):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.language, self.texts, self.names = set(), set(), None, [], []
        self._in = None
        self.feed(file.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        if tag == "html":
            self.language = dict(attributes)["lang"]
        self._in = {"p": self.texts, "b": self.names}.get(tag)
        if self._in is not None:
            self._in.append("")

    def handle_endtag(self, tag):
        self._in = None

    def handle_data(self, data):
        if self._in is not None:
            self._in[-1] += data


def export(browser, **headers):
    return browser.get(EXPORT, headers=headers)


def read(files, name):
    return json.loads(files[name])


def bodies(topology):
    text = topology.core.probe("/metrics").body.decode()
    return int(re.search(r"^dontgoback_http_bodies (\d+)$", text, re.M)[1])


def rich(topology, browser):
    write_much(topology, browser.me()["userId"])
    return browser


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_all_that_a_member_wrote_and_was(launch, shape, tmp_path):
    topology = launch(**SHAPES[shape])
    member, other = topology.member(), topology.guest()
    me = member.me()
    posts = [member.write(text) for text in TEXTS]
    theirs = other.write("남의 글")
    comments = [member.comment(theirs, text) for text in TEXTS[:3]]
    reply = member.comment(theirs, "답글", parent=comments[0])
    for liked in (posts[0], theirs):
        expect_success(member.put(f"/api/v1/feedLikes/{liked['feedId']}"))
    expect_success(member.put(f"/api/v1/commentLikes/{reply['commentId']}"))
    expect_success(member.patch(f"/api/v1/feeds/{posts[1]['feedId']}", {"content": "고친 글"}))
    expect_success(member.delete(f"/api/v1/feeds/{posts[2]['feedId']}"))
    expect_success(member.patch("/api/v1/users/me/settings", {"profileVisibility": "PRIVATE", "language": "ko"}))

    answer = export(member, **{"Accept-Language": "en"})
    assert answer.header("Content-Type") == "application/zip"
    assert answer.header("Cache-Control") == "no-store"
    assert re.fullmatch(r'attachment; filename="dontgoback-export-\d{4}-\d\d-\d\d\.zip"',
                        answer.header("Content-Disposition"))
    file = tmp_path / "export.zip"
    file.write_bytes(answer.body)
    subprocess.run(["unzip", "-tq", file], check=True, stdout=subprocess.DEVNULL)
    files = files_of(answer)
    assert set(files) == FILES

    written = read(files, "posts.json")
    assert [post["feedId"] for post in written] == [post["feedId"] for post in posts]
    assert [post["content"] for post in written] == [TEXTS[0], "고친 글", *TEXTS[2:]]
    assert [post["author"] for post in written] == [post["author"] for post in posts]
    assert [[one["content"] for one in post["revisions"]] for post in written] == [[], [TEXTS[1]], *([] for _ in TEXTS[2:])]
    assert [bool(post["deletedAt"]) for post in written] == [number == 2 for number in range(len(TEXTS))]
    assert [post["likeCount"] for post in written] == [1] + [0] * (len(TEXTS) - 1)
    assert all(MOMENT.fullmatch(post["createdAt"]) for post in written)
    said = read(files, "comments.json")
    assert [(one["commentId"], one["feedId"], one["parentCommentId"], one["content"]) for one in said] == [
        *((one["commentId"], theirs["feedId"], None, text) for one, text in zip(comments, TEXTS)),
        (reply["commentId"], theirs["feedId"], comments[0]["commentId"], "답글")]
    assert read(files, "likes.json") == {"feeds": [posts[0]["feedId"], theirs["feedId"]],
                                         "comments": [reply["commentId"]]}
    profile = read(files, "profile.json")
    assert (profile["userId"], profile["userRole"], profile["userStatus"]) == (me["userId"], "USER", "ACTIVE")
    assert profile["userName"] == me["userName"]
    assert profile["settings"]["profileVisibility"] == "PRIVATE"
    assert [entry["status"] for entry in profile["history"]] == ["ACTIVE"]
    (today,) = read(files, "assets.json")
    assert (today["date"], today["amount"]) == (topology.today().isoformat(), profile["amount"])
    assert len(read(files, "sessions.json")) == 1
    assert read(files, "ways-in.json") == {"email": None, "identities": [], "passkeys": []}
    assert "남의 글" not in b"".join(files.values()).decode()

    page = Page(files["index.html"])
    assert page.language == "ko"  # chosen, whatever the browser asks for
    assert "내려받은" in files["README.txt"].decode()
    assert page.texts == [TEXTS[0], "고친 글", *TEXTS[1:], *TEXTS[:3], "답글"]  # with what was there before the edit
    assert page.names == [post["author"] for post in posts] + [one["author"] for one in [*comments, reply]]
    assert not page.tags & {"script", "img", "link", "iframe", "object", "form", "a"}
    assert not any(name.startswith("on") or name in ("src", "href", "style") for name in page.attributes)


def test_what_one_keeps_and_hides_is_in_it(service):
    member, friend, noise = service.member(), service.member(), service.guest()
    saved, hidden = friend.write("남의 글"), friend.write("남의 다른 글")
    for target in (f"/api/v1/feeds/{saved['feedId']}/saved", f"/api/v1/feeds/{hidden['feedId']}/hidden",
                   f"/api/v1/blocks/{noise.me()['userId']}", f"/api/v1/mutes/{friend.me()['userId']}"):
        assert member.put(target).status == 204, target
    assert member.send("PUT", "/api/v1/hidden-words", {"words": ["광고"]}).status < 300

    files = files_of(export(member))
    choices = read(files, "choices.json")
    assert [one["userId"] for one in choices["blocks"]] == [noise.me()["userId"]]
    assert [one["userId"] for one in choices["mutes"]] == [friend.me()["userId"]]
    assert (choices["hiddenWords"], choices["hiddenFeeds"], choices["savedFeeds"]) == (
        ["광고"], [hidden["feedId"]], [saved["feedId"]])
    assert b"choices.json" in files["README.txt"]
    other = read(files_of(export(friend)), "choices.json")
    assert other == {"blocks": [], "mutes": [], "hiddenWords": [], "hiddenFeeds": [], "savedFeeds": []}


def test_what_one_wrote_unlinked_is_in_ones_own_and_in_no_other(service):
    other = service.member()
    service.sql("UPDATE sqlite_sequence SET seq = seq + 987654321 WHERE name IN ('accounts', 'sessions')")
    member = service.member()
    me, session = member.me()["userId"], expect_success(member.get("/api/v1/sessions")).data["sessions"][0]["sessionId"]
    assert min(me, session) > 987654321
    theirs = other.write("남의 글")
    post = expect_success(member.post("/api/v1/feeds", {"content": "비밀 글", "unlinked": True}), 201).data
    comment = expect_success(member.post("/api/v1/comments", {"feedId": theirs["feedId"], "content": "비밀 댓글",
                                                              "unlinked": True}), 201).data
    expect_success(other.put(f"/api/v1/feedLikes/{post['feedId']}"))
    assert other.put(f"/api/v1/feeds/{post['feedId']}/saved").status == 204
    other.comment(post, "답")

    files = files_of(export(member))
    assert read(files, "posts.json") == read(files, "comments.json") == []
    (own,), (said,) = read(files, "unlinked.json")["feeds"], read(files, "unlinked.json")["comments"]
    assert (own["feedId"], own["content"], own["commentCount"], own["likeCount"], own["removeAt"]) == (
        post["feedId"], "비밀 글", 1, 1, None)
    assert (said["commentId"], said["feedId"], said["content"]) == (comment["commentId"], theirs["feedId"], "비밀 댓글")
    page = Page(files["index.html"])
    assert page.texts == ["비밀 글", "비밀 댓글"] and page.names == ["익명", "익명"]

    files = files_of(export(other))
    assert read(files, "unlinked.json") == {"feeds": [], "comments": []}
    everything = b"".join(files.values()).decode()
    assert not any(secret in everything for secret in ("비밀", str(me), str(session)))
    (told,) = [each for each in read(files, "notifications.json") if each["kind"] == "COMMENT"]
    assert told["name"] == ""


def test_what_one_was_told_is_in_it(service):
    member, friend = service.member(), service.member()
    own = member.write("내 글")
    expect_success(friend.put(f"/api/v1/feedLikes/{own['feedId']}"))
    (told,) = read(files_of(export(member)), "notifications.json")
    assert (told["kind"], told["feedId"], told["name"], told["count"], told["read"]) == (
        "FEED_LIKE", own["feedId"], friend.me()["userName"], 1, False)


def test_a_guest_has_one_in_the_browsers_language(service):
    guest = service.guest()
    guest.write("방문자의 글")
    for language, words in (("ko", "내려받은"), ("en", "downloaded")):
        files = files_of(export(guest, **{"Accept-Language": language}))
        assert Page(files["index.html"]).language == language
        assert words in files["README.txt"].decode()
    assert read(files, "profile.json")["userRole"] == "GUEST"


def test_each_session_exports_its_own(service):
    first, second = service.guest(), service.member()
    for browser, text in ((first, "첫째"), (second, "둘째")):
        browser.write(text)
        files = files_of(export(browser))
        assert [post["content"] for post in read(files, "posts.json")] == [text]
        assert read(files, "profile.json")["userId"] == browser.me()["userId"]


def test_who_has_written_nothing_has_an_export(service):
    files = files_of(export(service.guest()))
    assert read(files, "posts.json") == read(files, "comments.json") == []
    assert read(files, "likes.json") == {"feeds": [], "comments": []}


def test_nobody_has_none(service):
    expect_failure(export(service.browser()), 401)
    guest = service.guest()
    tab = guest.tab()
    expect_success(guest.post("/api/logout"))
    expect_failure(export(tab), 401)


def test_many_pages_are_whole_and_in_order(service):
    guest = service.guest()
    write_much(service, guest.me()["userId"], 1000)
    files = files_of(export(guest))
    ids = [post["feedId"] for post in read(files, "posts.json")]
    assert len(ids) == 1000 and ids == sorted(set(ids))
    assert len(Page(files["index.html"]).texts) == 1000


def test_the_head_alone_makes_none(service):
    guest = service.guest()
    answer = guest.send("HEAD", EXPORT)
    assert (answer.status, answer.body) == (200, b"")
    assert answer.header("Content-Type") == "application/zip"
    files_of(export(guest))


def test_the_end_of_the_session_ends_its_export(service):
    guest = rich(service, service.guest())
    with SlowReader(guest) as reader:
        assert reader.read_some()
        expect_success(guest.post("/api/logout"))
        assert reader.is_cut()
    eventually(lambda: "the session of the export has ended" in service.core.log_text(), "the log says why")
    eventually(lambda: bodies(service) == 0, "its place is free")


def test_four_at_once_and_one_of_an_account(service):
    guests = [rich(service, service.guest()) for _ in range(4)]
    fifth = service.guest()
    with ExitStack() as readers:
        reading = [readers.enter_context(SlowReader(guest)) for guest in guests]
        assert all(reader.read_some() for reader in reading)
        assert int(expect_failure(export(guests[0]), 429).header("Retry-After")) > 0
        assert int(expect_failure(export(fifth), 503).header("Retry-After")) > 0
        fifth.write("그동안에도 쓸 수 있다")
        whole = reading[0].rest()
        assert len(read(files_of(whole), "posts.json")) == 4000
        assert len(read(files_of(export(fifth)), "posts.json")) == 1
        reading[1].close()
        eventually(lambda: bodies(service) == 2, "the place of who left is free")
    eventually(lambda: bodies(service) == 0, "all places are free")
    assert files_of(export(guests[1]))


def test_a_stop_does_not_wait_for_readers(launch):
    topology = launch(**SHAPES["one_sqlite"])
    guest = rich(topology, topology.guest())
    with SlowReader(guest) as reader:
        assert reader.read_some()
        topology.core.stop()  # within its limit, with 0
        assert reader.is_cut()


def test_a_database_that_goes_away_leaves_no_short_file(launch):
    topology = launch(**SHAPES["one_mariadb"])
    guest = rich(topology, topology.guest())
    with SlowReader(guest) as reader:
        assert reader.read_some()
        topology.mariadb.stop()
        assert reader.is_cut()
    eventually(lambda: "an answer was cut off in its middle" in topology.core.log_text(), "the log says why")
    topology.mariadb.start()
    eventually(lambda: export(guest).status == 200, "it works again")


def test_without_the_library_exports_say_so(launch, tmp_path):
    topology = launch(start=False, **SHAPES["one_sqlite"])
    (tmp_path / "libarchive.so.13").write_bytes(b"no library")
    topology.core.extra_environment["LD_LIBRARY_PATH"] = str(tmp_path)
    topology.start()
    guest = topology.guest()
    assert int(expect_failure(export(guest), 503).header("Retry-After")) >= 60
    assert "install the package libarchive13" in topology.core.log_text()
    guest.write("다른 것은 된다")


def test_exports_are_limited(launch):
    topology = launch(**SHAPES["one_sqlite"], core_options=["--limit-export=guest=2/1h"])
    guest = topology.guest()
    assert [export(guest).status for _ in range(3)] == [200, 200, 429]
