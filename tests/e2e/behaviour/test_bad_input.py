"""What no client should send: a clear 4xx with the envelope, and nothing written."""

import pytest

from harness.wire import call_raw, expect_failure, expect_success

MALFORMED = [
    "", " ", "{", "}", "[]", "null", "true", "1", '"text"', "{}", "{'content': 'x'}", '{"content"}', '{"content":}',
    '{"content": "x",}', '{"content": "x"} {}', '{"content": "x"}x', '{content: "x"}', '{"content": 1}',
    '{"content": null}', '{"content": ["x"]}', '{"content": {"a": 1}}', '{"content": true}', '{"content": "x\ny"}',
    '{"content": "\\x41"}', '{"content": "\\ud800"}', '{"content": "\\udc00\\ud800"}',
    '{"content": "a", "content": "b"}', '// no\n{"content": "x"}', '\ufeff{"content": "x"}',
    '{"content": "x", "more": ' + "[" * 60 + "]" * 60 + "}", "NaN", '{"content": "x", "n": 01}',
]
MALFORMED_BYTES = [b'{"content": "\xff"}', b'{"content": "\xc0\xaf"}', b'{"content": "\xed\xa0\x80"}',
                   b'{"content": "\xf5\x80\x80\x80"}', b'{"content": "\xe2\x82"}', b'{"content": "a\x00b"}',
                   '{"content": "x"}'.encode("utf-16"), b'\x00{"content": "x"}']


@pytest.fixture(scope="module")
def author(service):
    browser = service.guest()
    browser.post_made = browser.write("그대로")
    browser.comment_made = browser.comment(browser.post_made, "그대로")
    return browser


def nothing_changed(author):
    feeds = expect_success(author.get(f"/api/v1/feeds/profile?userId={author.me()['userId']}")).data["feeds"]
    assert [(feed["content"], feed["commentCount"]) for feed in feeds] == [("그대로", 1)]


@pytest.mark.parametrize("body", MALFORMED + MALFORMED_BYTES)
def test_malformed_bodies(author, body):
    for method, target in (("POST", "/api/v1/feeds"), ("PATCH", f"/api/v1/feeds/{author.post_made['feedId']}"),
                           ("POST", "/api/v1/comments"),
                           ("PATCH", f"/api/v1/comments/{author.comment_made['commentId']}")):
        expect_failure(author.send(method, target, body), 400)
    nothing_changed(author)


@pytest.mark.parametrize("feed_id", ['"1"', "1.0", "1e0", "-1", "0", "null", "true", "[]", "9223372036854775808",
                                     "-9223372036854775809", "1" * 400])
def test_wrong_types_of_ids(author, feed_id):
    expect_failure(author.post("/api/v1/comments", '{"feedId": %s, "content": "x"}' % feed_id), 400)
    post = author.post_made["feedId"]
    if feed_id != "null":  # which is as good as absent
        expect_failure(author.post("/api/v1/comments", '{"feedId": %d, "parentCommentId": %s, "content": "x"}'
                                   % (post, feed_id)), 400)
    nothing_changed(author)


def test_text_with_nul_is_refused(author):
    expect_failure(author.post("/api/v1/feeds", '{"content": "a\\u0000b"}'), 400)
    nothing_changed(author)


def test_unknown_members_are_ignored(service):
    browser = service.guest()
    answer = browser.post("/api/v1/feeds", {"content": "글", "author": "남", "likeCount": 99, "userId": 1})
    made = expect_success(answer, 201).data
    assert (made["likeCount"], made["userId"]) == (0, browser.me()["userId"])
    assert made["author"] == browser.me()["userName"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "1x", "01x", "1.0", "9223372036854775808", "1" * 300, "%31", "%00",
                                    "1%20", "+1", "0x1", "%EF%BC%91"])
def test_ids_in_paths(author, number):
    for method, target in (("GET", "/api/v1/feeds/{}"), ("DELETE", "/api/v1/feeds/{}"), ("GET", "/api/v1/comments/{}"),
                           ("DELETE", "/api/v1/comments/{}"), ("PUT", "/api/v1/feedLikes/{}"),
                           ("GET", "/api/v1/commentLikes/{}"), ("GET", "/api/v1/users/{}"),
                           ("GET", "/api/v1/users/{}/asset-histories?from=2026-01-01&to=2026-01-02")):
        expect_failure(author.send(method, target.format(number)), 400)


def test_a_body_over_its_limit(author):
    for size in (16 * 1024, 60_000, 1024 * 1024 + 1, 3 * 1024 * 1024):
        expect_failure(author.post("/api/v1/feeds", b'{"content": "' + b"x" * size + b'"}'), 413)
    nothing_changed(author)


def test_a_body_announced_too_large_is_refused_unread(service, author):
    request = (b"POST /api/v1/feeds HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
               b"Content-Length: 99999999999\r\nCookie: " + author.cookie_header("/api/v1/feeds").encode() + b"\r\n\r\n")
    expect_failure(call_raw(service.core.address, request), 413)


def test_a_chunked_body_over_its_limit(service, author):
    head = (b"POST /api/v1/feeds HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\nCookie: " + author.cookie_header("/api/v1/feeds").encode() + b"\r\n\r\n")
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    expect_failure(call_raw(service.core.address, head + chunk * 17), 413)
    nothing_changed(author)


def test_a_body_where_none_belongs(service):
    browser = service.guest()
    answer = browser.post("/api/logout", b"x" * 2_000_000)
    assert answer.status in (400, 413), answer
    expect_failure(answer, answer.status)


@pytest.mark.parametrize("headers", [b"X-Large: " + b"x" * 17_000, b"Cookie: access_token=" + b"x" * 17_000,
                                     b"\r\n".join(b"X-Many-%d: x" % n for n in range(2000))])
def test_headers_over_their_limit(service, headers):
    request = b"GET /api/v1/feeds HTTP/1.1\r\nHost: a\r\n" + headers + b"\r\n\r\n"
    expect_failure(call_raw(service.core.address, request), 431)


def test_a_target_over_its_limit(service):
    answer = call_raw(service.core.address, b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.status in (414, 431), answer


@pytest.mark.parametrize("request_bytes", [
    b"GET / HTTP/1.1\r\nHost a\r\n\r\n", b"GET /\r\n\r\n", b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST /api/guest HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/guest HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n",
    b"POST /api/guest HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST /api/guest HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/guest HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    b"GET /api/v1/feeds HTTP/1.1\r\n Host: a\r\n\r\n", b"GET /api/v1/feeds HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n",
])
def test_what_is_not_http(service, request_bytes):
    answer = call_raw(service.core.address, request_bytes)
    assert 400 <= answer.status < 500 or answer.status == 505, answer
    assert answer.header("Connection") == "close", "what follows cannot be told apart any more"


def test_a_path_that_is_not_ascii(service):
    expect_failure(call_raw(service.core.address, b"GET /api/\xff HTTP/1.1\r\nHost: a\r\n\r\n"), 400)


def test_no_error_tells_what_is_inside(service):
    browser = service.guest()
    for target in ("/api/v1/feeds/'", "/api/v1/feeds?size='%3B--", "/api/v1/users/1%27", "/..%2f..%2fetc/passwd",
                   "/api/v1/feeds/profile?userId=1%20OR%201=1"):
        answer = browser.get(target)
        assert 400 <= answer.status < 500, answer
        text = answer.body.decode().lower()
        assert not any(word in text for word in ("sql", "exception", "/src/", "std::", "boost", ".cpp")), answer
