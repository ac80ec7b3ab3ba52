"""What who has no account may read, where the operator lets strangers read, and what the page's head says to them."""

from html.parser import HTMLParser
from urllib.parse import quote

import feedparser
import pytest

from harness.topology import SHAPES
from harness.wire import expect_failure, expect_success

SETTINGS = "/api/v1/users/me/settings"
NOT_THERE = 999_999_999
OPEN = ["--public-reading"]


class Head(HTMLParser):
    """The title, the metas and the links of a page, as a reader of HTML has them."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.metas, self.links, self.title, self.tags, self._inside = {}, [], "", [], False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.tags.append(tag)
        self._inside = tag == "title"
        if tag == "meta" and (named.get("name") or named.get("property")):
            self.metas[named.get("name") or named.get("property")] = named["content"]
        if tag == "link":
            self.links.append(named)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.title += data


def page(browser, post, **headers):
    answer = browser.get(f"/post/{post}", headers=headers)
    assert answer.status == 200
    return answer.body


def as_stranger(service, target, **headers):
    return service.browser().get(target, headers=headers)


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_what_a_stranger_reads(launch, shape):
    service = launch(core_options=OPEN, **SHAPES[shape])
    author, other, private = service.member(), service.guest(), service.member()
    written = author.write("안녕하세요 #가계부")
    post = written["feedId"]
    comments = [other.comment(written, f"댓글 {number}") for number in range(25)]
    expect_success(private.patch(SETTINGS, {"profileVisibility": "PRIVATE"}))
    private.comment(written, "혼잣말")
    read = expect_success(as_stranger(service, f"/api/v1/feeds/{post}")).data
    assert (read["content"], read["userId"], read["isLiked"]) == ("안녕하세요 #가계부", 0, False)
    assert read["author"] == author.feed(post)["author"] and "isMine" not in read
    said = expect_success(as_stranger(service, f"/api/v1/comments/{post}")).data["comments"]
    assert [each["content"] for each in said] == [f"댓글 {number}" for number in range(20)]
    assert {each["userId"] for each in said} == {0}
    assert len(comments) == 25
    # Nothing goes on from there, and nothing else is open.
    for target in (f"/api/v1/comments/{post}?lastCommentId=5", f"/api/v1/comments/{post}?parentCommentId=5", "/api/v1/feeds",
                   "/api/v1/feeds/popular", "/api/v1/feeds/topics/" + quote("가계부"), "/api/v1/users/me",
                   f"/api/v1/users/{author.me()['userId']}", "/api/v1/search/feeds?q=" + quote("안녕")):
        expect_failure(as_stranger(service, target), 401)
    expect_failure(service.browser().post("/api/v1/comments", {"feedId": post, "content": "나"}), 401)
    # Who has an account reads as before.
    assert author.feed(post)["isMine"] and other.feed(post)["userId"] == author.me()["userId"]
    # Kept on the way for a moment, and asked for again by its tag.
    answer = as_stranger(service, f"/api/v1/feeds/{post}")
    assert answer.header("Cache-Control") == "public, max-age=0, s-maxage=30" and "Cookie" in " ".join(answer.headers.get_all("Vary"))
    again = as_stranger(service, f"/api/v1/feeds/{post}", **{"If-None-Match": answer.header("ETag")})
    assert again.status == 304 and again.body == b""
    # A session that has ended is to be renewed, not to be taken for a stranger.
    ended = service.guest()
    ended.jar = {key: "x" if key[0].endswith("access_token") else value for key, value in ended.jar.items()}
    expect_failure(ended.get(f"/api/v1/feeds/{post}"), 401)


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_what_is_not_there_to_them(launch, shape):
    service = launch(core_options=OPEN, **SHAPES[shape])
    private, declined, gone, deleter, hidden, archiver = (service.member() for _ in range(6))
    posts = [each.write("비밀")["feedId"] for each in (private, declined, gone, deleter, hidden, archiver)]
    readable = service.member().write("모두에게")["feedId"]
    for post in [*posts, readable]:
        expect_success(as_stranger(service, f"/api/v1/feeds/{post}"))
    expect_success(private.patch(SETTINGS, {"profileVisibility": "PRIVATE"}))
    expect_success(declined.patch(SETTINGS, {"readableByLink": False}))
    assert service.cli("users", "suspend", str(gone.me()["userId"]), "--reason=test")[0] == 0
    expect_success(deleter.delete(f"/api/v1/feeds/{posts[3]}"))
    moderator = service.member("MODERATOR")
    expect_success(moderator.post(f"/api/v1/admin/feeds/{posts[4]}/hide", {"reason": "SPAM"}))
    assert archiver.put(f"/api/v1/feeds/{posts[5]}/archived").status in (200, 204)
    unknown = as_stranger(service, f"/api/v1/feeds/{NOT_THERE}")
    expect_failure(unknown, 404)
    for post in posts:
        for target in ("/api/v1/feeds/", "/api/v1/comments/"):
            answer = as_stranger(service, f"{target}{post}")
            assert (answer.status, answer.body) == (404, unknown.body), (target, post)
        assert page(service.browser(), post) == page(service.browser(), NOT_THERE)
    assert page(service.browser(), readable) != page(service.browser(), NOT_THERE)
    for odd in ("0", "-1", "x", "9" * 40, "1%00"):
        assert service.browser().get(f"/post/{odd}").body == page(service.browser(), NOT_THERE)
    # Chosen otherwise, it is there again.
    expect_success(declined.patch(SETTINGS, {"readableByLink": True}))
    expect_success(as_stranger(service, f"/api/v1/feeds/{posts[1]}"))


def test_what_is_unlinked_says_no_name_and_follows_nobodys_choice(launch):
    service = launch(core_options=OPEN, **SHAPES["one_sqlite"])
    author = service.member()
    post = expect_success(author.post("/api/v1/feeds", {"content": "몰래", "unlinked": True}), 201).data["feedId"]
    before = as_stranger(service, f"/api/v1/feeds/{post}").body
    expect_success(author.patch(SETTINGS, {"readableByLink": False, "profileVisibility": "PRIVATE"}))
    assert as_stranger(service, f"/api/v1/feeds/{post}").body == before
    read = expect_success(as_stranger(service, f"/api/v1/feeds/{post}")).data
    assert (read["author"], read["userId"], read["unlinked"]) == ("익명", 0, True)
    head = Head(page(service.browser(), post).decode())
    assert head.metas["og:title"] == "돈고백" and head.metas["og:description"] == "몰래"


HOSTILE = ['따옴표 " 와 \' 와 <b>', "</title><script>alert(1)</script>", "줄\n바꿈\r\n\n또", "\u202e거꾸로\u202c 그리고 \u2066숨김\u2069",
           "&amp;amp; &#39; &lt;", "--></head><body onload=x>", "👨‍👩‍👧‍👦" * 80, "가" * 600, "e" + "\u0301" * 500, "]]> %s {0} ${x}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_text_in_the_head(reading, text):
    author = reading.guest()
    answer = author.post("/api/v1/feeds", {"content": text})
    post = expect_success(answer, 201).data
    html = page(reading.browser(), post["feedId"]).decode()
    head, shell = Head(html), Head(page(reading.browser(), NOT_THERE).decode())
    # Its words have made no element of their own.
    assert [tag for tag in head.tags if tag not in ("meta", "link")] == [tag for tag in shell.tags if tag not in ("meta", "link")]
    for said in (head.title, head.metas["og:description"], head.metas["description"]):
        assert not any(c in said for c in "\n\r\u202e\u202c\u2066\u2069")
    shown = head.metas["og:description"].removesuffix("…")
    plain = " ".join("".join(c for c in post["content"] if c not in "\u202e\u202c\u2066\u2069").split())
    assert (plain.startswith(shown) or len(plain) > 200) and len(shown) <= 200 * 16
    if "👨" in text:
        assert shown.replace("👨‍👩‍👧‍👦", "") == ""


def test_the_head_says_what_is_behind_the_link(reading):
    author = reading.guest()
    post = author.write("오늘은 1257만을 넘었다")
    address = f"{reading.core.url}/post/{post['feedId']}"
    answer = reading.browser().get(f"/post/{post['feedId']}")
    assert answer.header("Cache-Control") == "public, max-age=0, s-maxage=60" and "Accept-Language" in answer.header("Vary")
    head = Head(answer.body.decode())
    assert head.title == "오늘은 1257만을 넘었다 · 돈고백"
    wanted = {"og:type": "article", "og:url": address, "og:title": f"{post['author']} · 돈고백", "og:locale": "ko_KR",
              "og:site_name": "돈고백", "og:description": "오늘은 1257만을 넘었다", "description": "오늘은 1257만을 넘었다",
              "twitter:card": "summary", "robots": "noindex, noarchive", "og:image": f"{reading.core.url}/icon-512.png"}
    assert {name: head.metas.get(name) for name in wanted} == wanted
    english = Head(page(reading.browser(), post["feedId"], **{"Accept-Language": "en"}).decode())
    assert (english.metas["og:locale"], english.metas["og:site_name"]) == ("en_US", "dontgoback")
    again = reading.browser().get(f"/post/{post['feedId']}", headers={"If-None-Match": answer.header("ETag")})
    assert again.status == 304 and again.body == b""
    assert reading.browser().send("HEAD", f"/post/{post['feedId']}").status == 200
    # The policy of the page stays as strict, and no script has come in.
    assert answer.header("Content-Security-Policy") == reading.browser().get("/login").header("Content-Security-Policy")


def test_a_topic_has_a_feed(reading):
    author, declined = reading.guest(), reading.member()
    texts = ["첫 줄 #나무심기 <b>&", "둘째\t#나무심기 👨‍👩‍👧 ]]>", "\u202e셋째 #나무심기"]
    posts = [author.write(text)["feedId"] for text in texts]
    author.write("다른 글 #다른주제")
    declined.write("나만 #나무심기")
    expect_success(declined.patch(SETTINGS, {"readableByLink": False}))
    target = "/topics/" + quote("나무심기") + "/feed.xml"
    answer = reading.browser().get(target)
    assert answer.status == 200 and answer.header("Content-Type") == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.body, response_headers={"content-type": answer.header("Content-Type")})
    assert not read.bozo and read.version == "atom10" and read.feed.title == "#나무심기 · 돈고백"
    assert [each.link for each in read.entries] == [f"{reading.core.url}/post/{post}" for post in reversed(posts)]
    assert [each.content[0].value for each in read.entries] == [text for text in reversed(texts)]
    assert all(each.author and each.published_parsed and each.updated_parsed for each in read.entries)
    for field, name in (("If-None-Match", "ETag"),):
        assert reading.browser().get(target, headers={field: answer.header(name)}).status == 304
    assert answer.header("Last-Modified").endswith(" GMT")
    empty = feedparser.parse(reading.browser().get("/topics/" + quote("없는주제") + "/feed.xml").body)
    assert not empty.bozo and empty.entries == []
    for none in ("1", "12345", quote("가 나"), "%FF%FE", quote("가" * 51)):
        assert reading.browser().get(f"/topics/{none}/feed.xml").status == 400, none
    # The topic's page names it to who looks for feeds; another page does not.
    found = [link for link in Head(reading.browser().get("/search?q=" + quote("#나무심기")).body.decode()).links
             if link.get("rel") == "alternate"]
    assert [(link["type"], link["href"]) for link in found] == [("application/atom+xml", target)]
    for query in ("", "?q=" + quote("나무심기"), "?q=%FF", "?q=%23" + quote("가 나"), "?q=%23%22%3E%3Cscript%3E"):
        body = reading.browser().get("/search" + query).body.decode()
        assert "alternate" not in body or "<script>alert" not in body and '"><script' not in body, query


def test_strangers_are_counted_by_their_network(launch):
    service = launch(core_options=OPEN, **SHAPES["one_sqlite"])
    post = service.guest().write("하나")["feedId"]
    stranger = service.browser()
    answers = [stranger.get(f"/api/v1/feeds/{post}").status for _ in range(300)]
    assert answers[0] == 200 and answers[-1] == 429
    # The page comes all the same, as of a post that is not there.
    assert page(stranger, post) == page(stranger, NOT_THERE)
    expect_success(stranger.post("/api/guest"))
    expect_success(stranger.get(f"/api/v1/feeds/{post}"))


def test_nothing_is_open_where_the_operator_has_not_said_so(service):
    post = service.guest().write("안에서만 #나무심기")["feedId"]
    expect_failure(as_stranger(service, f"/api/v1/feeds/{post}"), 401)
    expect_failure(as_stranger(service, f"/api/v1/comments/{post}"), 401)
    assert page(service.browser(), post) == page(service.browser(), NOT_THERE) == service.browser().get("/login").body
    assert service.browser().get("/topics/" + quote("나무심기") + "/feed.xml").status == 404
    assert expect_success(service.browser().get("/api/v1/network")).data["publicReading"] is False


@pytest.fixture(scope="module")
def reading(binary, workspace):
    from harness.topology import Topology

    topology = Topology(binary, workspace / "reading", core_options=OPEN, **SHAPES["one_sqlite"])
    try:
        yield topology.start()
    finally:
        topology.stop()
