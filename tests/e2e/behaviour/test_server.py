"""The HTTP around every route, and the management address."""

import socket

import pytest

from harness.oauth import expect_oauth_error
from harness.waiting import eventually
from harness.wire import Link, call, call_raw, expect_failure, expect_success, read_answer


def allow_of(answer):
    return {method.strip() for method in answer.header("Allow").split(",")}


def test_unknown_paths_are_404(service):
    for node in service.nodes:
        for target in ("/api/nothing", "/api/v1", "/api/v1/feeds/1/2/3", "/msa/core/api/nothing", "/msa/ext/api/nothing"):
            expect_failure(call(node.address, "GET", target), 404)


def test_anything_else_of_auth_is_refused(service):
    for target in ("/msa/auth/api/keys", "/msa/auth/", "/msa/auth/api/token/more", "/msa/auth/api/clients"):
        answer = call(service.auth.address, "GET", target)
        assert answer.status in (401, 403, 404), answer
        expect_failure(answer, answer.status)


def test_unknown_methods_are_405(service):
    answer = expect_failure(call(service.core.address, "DELETE", "/api/v1/feeds"), 405)
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= allow_of(answer)
    answer = expect_failure(call(service.core.address, "PUT", "/api/guest"), 405)
    assert "POST" in allow_of(answer)
    answer = expect_oauth_error(call(service.auth.address, "GET", "/msa/auth/api/token"), 405, "invalid_request")
    assert "POST" in allow_of(answer)
    for method in ("TRACE", "BREW", "CONNECT"):
        answer = call_raw(service.core.address, f"{method} /api/v1/feeds HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert answer.status in (400, 405, 501), answer


def test_head_is_get_without_the_body(service):
    for target in ("/api/jwks.json", "/api/v1/users/me"):
        browser = service.guest()
        whole, head = browser.get(target), browser.send("HEAD", target)
        assert (head.status, head.body) == (whole.status, b"")
        assert head.header("Content-Length") == whole.header("Content-Length")
        assert head.header("Content-Type") == whole.header("Content-Type")


def test_options_names_the_methods(service):
    answer = call(service.core.address, "OPTIONS", "/api/v1/feeds")
    assert answer.status in (200, 204)
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= allow_of(answer)


def test_every_answer_has_a_request_id_of_its_own(service):
    ids = {call(service.core.address, "GET", target).header("X-Request-Id")
           for target in ("/api/jwks.json", "/api/v1/feeds", "/nothing")}
    assert len(ids) == 3
    assert all(len(request_id) == 16 for request_id in ids)


def test_answers_carry_the_headers_that_keep_browsers_safe(service):
    answer = service.guest().get("/api/v1/users/me")
    assert answer.header("Referrer-Policy") == "same-origin"
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert "no-store" in answer.header("Cache-Control") or "private" in answer.header("Cache-Control")


def test_messages_are_korean_unless_english_is_asked_for(service):
    korean = call(service.core.address, "GET", "/api/v1/feeds").json()["message"]
    english = call(service.core.address, "GET", "/api/v1/feeds", headers={"Accept-Language": "en"}).json()["message"]
    assert any("가" <= letter <= "힣" for letter in korean)
    assert english.isascii()


def test_one_connection_serves_many_requests(service):
    with Link(service.core.address) as link:
        for n in range(50):
            assert link.send("GET", "/api/jwks.json").status == 200
            assert link.send("POST", "/api/v1/feeds", {"content": n}).status == 401


def test_pipelined_requests_are_answered_in_order(service):
    requests = [b"/api/jwks.json", b"/nothing", b"/api/v1/feeds", b"/api/jwks.json"]
    with socket.create_connection(service.core.address, timeout=30) as connection:
        connection.sendall(b"".join(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n" for target in requests[:-1])
                           + b"GET " + requests[-1] + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        received = b""
        while part := connection.recv(65536):
            received += part
    statuses = [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [200, 404, 401, 200]


@pytest.mark.parametrize("target", [b"/nothing", b"/api/jwks.json", b"/api/v1/feeds", b"/api/logout", b"/api/guest"])
def test_a_body_nobody_reads_is_not_the_next_request(service, target):
    """Whatever the first answer is, its body must not be taken for a request (RFC 9112 section 11.2)."""
    hidden = b"GET /api/v1/users/me HTTP/1.1\r\nHost: hidden\r\n\r\n"
    with socket.create_connection(service.core.address, timeout=30) as connection:
        connection.sendall(b"POST " + target + b" HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n"
                           b"Content-Length: %d\r\n\r\n" % len(hidden) + hidden +
                           b"GET /robots.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        received = b""
        try:
            while part := connection.recv(65536):
                received += part
        except ConnectionError:
            pass  # it may refuse to go on
    statuses = [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]
    assert 400 <= statuses[0] < 500
    assert statuses[1:] in ([], [200]), received


def test_connection_close_and_http_1_0_are_respected(service):
    for request in (b"GET /api/jwks.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    b"GET /api/jwks.json HTTP/1.0\r\n\r\n"):
        with socket.create_connection(service.core.address, timeout=30) as connection:
            connection.sendall(request)
            assert read_answer(connection).status == 200
            assert connection.recv(1) == b""


def test_expect_continue(service):
    browser = service.guest()
    body = '{"content": "기다렸다가"}'.encode()
    with socket.create_connection(service.core.address, timeout=30) as connection:
        connection.sendall(b"POST /api/v1/feeds HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                           b"Expect: 100-continue\r\nContent-Length: %d\r\nCookie: %s\r\n\r\n"
                           % (len(body), browser.cookie_header("/api/v1/feeds").encode()))
        assert connection.recv(1024).startswith(b"HTTP/1.1 100")
        connection.sendall(body)
        expect_success(read_answer(connection), 201)


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
def test_management_is_on_its_own_address(service, path):
    for node in service.nodes:
        assert node.probe(path).status == 200
        answer = call(node.address, "GET", path)
        assert answer.status == 404 or path not in answer.body.decode(errors="replace")
        assert b"dontgoback_" not in answer.body


def test_metrics_are_prometheus_text(service):
    call(service.core.address, "GET", "/api/jwks.json")
    answer = service.core.probe("/metrics")
    assert answer.header("Content-Type").startswith("text/plain")
    samples = [line for line in answer.body.decode().splitlines() if line and not line.startswith("#")]
    assert samples
    for line in samples:
        name, _, value = line.rpartition(" ")
        assert name.startswith(("dontgoback_", "process_")), line
        float(value)


def test_the_ready_line_says_what_runs(service):
    roles = [node.role for node in service.nodes]
    assert roles == (["auth", "extension", "core"] if service.split else ["all"])


def test_a_request_leaves_one_line_without_its_query(service):
    answer = service.guest().get("/api/v1/feeds?size=7&lastFeedId=0")
    request_id = answer.header("X-Request-Id")
    lines = eventually(lambda: [line for line in service.core.log_text().splitlines() if request_id in line],
                       "the request is logged")
    assert len(lines) == 1
    assert "/api/v1/feeds" in lines[0]
    assert "lastFeedId" not in lines[0]
