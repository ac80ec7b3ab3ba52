"""The process and its sockets under people who do not behave."""

import json
import os
import re
import resource
import signal
import socket
import stat
import threading
from contextlib import ExitStack

import pytest

from harness.node import Node, run_cli
from harness.secrets import known_secrets
from harness.topology import SHAPES, Topology
from harness.waiting import eventually
from harness.wire import call, call_raw, expect_failure, expect_success, read_answer


@pytest.fixture(scope="module")
def one(binary, workspace):

    topology = Topology(binary, workspace / "server", **SHAPES["one_sqlite"])
    topology.start()
    yield topology
    topology.stop()


def is_cut_off(connection):
    """Whether the server ended the connection, with or without an answer first."""
    connection.settimeout(60)
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        pass
    return True


def drip(connection, chunks):
    """Sends a piece every so often until the server has had enough."""
    stop = threading.Event()

    def run():
        try:
            for chunk in chunks:
                connection.sendall(chunk)
                if stop.wait(0.2):
                    return
        except OSError:
            pass

    thread = threading.Thread(target=run)
    thread.start()
    try:
        return is_cut_off(connection)
    finally:
        stop.set()
        thread.join()


def test_slow_senders_are_cut_off(one):
    guest = one.guest()
    cookies = guest.cookie_header("/api/v1/feeds").encode()
    heads = (b"GET /api/v1/feeds HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(100)),
             b"POST /api/v1/feeds HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 400\r\n"
             b"Cookie: " + cookies + b"\r\n\r\n")
    with ExitStack() as stack:
        # Both at once: a header that never ends, a body that never ends.
        ended = []
        threads = []
        for sent, pieces in ((b"", [bytes([byte]) for byte in heads[0]]), (heads[1], [b"x"] * 399)):
            connection = stack.enter_context(socket.create_connection(one.core.address, timeout=90))
            connection.sendall(sent)
            threads.append(threading.Thread(target=lambda c=connection, p=pieces: ended.append(drip(c, p))))
        for thread in threads:
            thread.start()
        expect_success(guest.get("/api/v1/users/me"))  # nobody else has to wait for them
        for thread in threads:
            thread.join(timeout=120)
        assert ended == [True] * 2
    assert guest.feed(guest.write("여전히")["feedId"])


def test_a_client_that_goes_away_harms_nobody(one):
    guest = one.guest()
    request = (b"GET /api/v1/feeds?size=50 HTTP/1.1\r\nHost: a\r\nCookie: "
               + guest.cookie_header("/api/v1/feeds").encode() + b"\r\n\r\n")
    for _ in range(50):
        with socket.create_connection(one.core.address, timeout=30) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # ends with a reset
            connection.sendall(request * 3)
    guest.me()


def test_the_longest_idle_connection_goes_for_a_new_one(launch):
    topology = launch(**SHAPES["one_sqlite"], core_options=["--max-connections=8"])
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_connection(topology.core.address, timeout=30)) for _ in range(8)]
        # An answer is read before its connection begins to wait: the others come twice more, and so wait after the first.
        for connection in (*held, *held[1:], *held[1:]):
            connection.sendall(b"GET /api/jwks.json HTTP/1.1\r\nHost: a\r\n\r\n")
            assert read_answer(connection).status == 200
        new = stack.enter_context(socket.create_connection(topology.core.address, timeout=30))
        for connection in (new, *held[1:]):
            connection.sendall(b"GET /api/jwks.json HTTP/1.1\r\nHost: a\r\n\r\n")
            assert read_answer(connection).status == 200
        assert is_cut_off(held[0])


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))


def test_idle_connections_shut_nobody_out(launch):
    """More than there are places, and than there are descriptors: others are served, and management answers."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    topology = launch(**SHAPES["one_sqlite"], limits=few_files)
    core = topology.core
    assert "max-connections=4096 open-files=1024 connections=640" in core.log_text()
    with ExitStack() as stack:
        for n in range(1500):
            connection = stack.enter_context(socket.create_connection(core.address, timeout=30))
            if n % 3:
                connection.sendall(b"GET /api/jwks.json HTTP/1.1\r\n")
            if n % 500 == 499:
                assert call(core.address, "GET", "/api/jwks.json").status == 200
                assert call(core.management, "GET", "/livez").status == 200
                assert call(core.management, "GET", "/readyz").status == 200
        guest = topology.guest()
        guest.me()
        assert "ended_for_place_total 0" not in call(core.management, "GET", "/metrics").body.decode()


def test_a_second_instance_on_the_same_data_is_refused(one, binary):
    code, out, err = run_cli(binary, "serve", "--listen", "127.0.0.1:0", "--management-listen", "127.0.0.1:0",
                             "--data-dir", one.core.data_dir)
    assert code == 1, (code, out, err)
    assert out == "", "never ready"
    assert str(one.core.data_dir) in err
    one.guest().write("먼저 온 쪽은 그대로")


def test_a_taken_port_is_refused(one, binary, workspace):
    code, out, err = run_cli(binary, "serve", "--listen", one.core.url.removeprefix("http://"),
                             "--management-listen", "127.0.0.1:0", "--data-dir", workspace / "taken")
    assert (code, out) == (1, ""), (code, out, err)
    assert one.core.url.removeprefix("http://") in err


def test_sigterm_ends_idle_and_half_open_connections(launch):
    topology = launch(**SHAPES["one_sqlite"])
    with ExitStack() as stack:
        idle, half = (stack.enter_context(socket.create_connection(topology.core.address, timeout=30)) for _ in "12")
        idle.sendall(b"GET /api/jwks.json HTTP/1.1\r\nHost: a\r\n\r\n")
        assert read_answer(idle).status == 200
        half.sendall(b"GET /api/jwks.json HTTP/1.1\r\nHost:")
        topology.core.stop()


def test_sigint_is_sigterm(launch):
    topology = launch(**SHAPES["one_sqlite"])
    os.kill(topology.core.pid, signal.SIGINT)
    eventually(lambda: not topology.core.running(), "it ends", limit=10)
    topology.core.stop()


def test_private_files_are_private(one):
    guest = one.guest()
    guest.write("비밀은 아닙니다")
    for file in one.core.data_dir.rglob("*"):
        if file.is_file() and re.search(r"key|\.pem$|secret", file.name):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


@pytest.mark.parametrize("arguments", [
    ["serve", "--role=king"], ["serve", "--listen=nowhere"], ["serve", "--listen=127.0.0.1:99999"], ["serve", "--nonsense"],
    ["dance"], ["serve", "--timezone=Mars/Olympus"], ["serve", "--database=oracle://x"], ["serve", "--config=/nonexistent"],
    ["serve", "--daily-sigma=-1"], ["serve", "--daily-min-percent=5", "--daily-max-percent=1"],
    ["serve", "--role=core", "--auth-url=http://auth.example:8091"],
    ["serve", "--auth-client=name=/nonexistent/secret"], ["serve", "--public-url=ftp://x"],
])
def test_wrong_usage_is_2_and_says_what(binary, workspace, arguments):
    code, out, err = run_cli(binary, *arguments, *(["--data-dir", workspace / "wrong", "--management-listen",
                                                    "127.0.0.1:0"] if arguments[0] == "serve" else []))
    assert (code, out) == (2, ""), (code, out, err)
    said = [word for argument in arguments[1:] for word in argument.split("=")] or arguments
    assert any(word in err for word in said), err


def test_all_bad_options_are_named_at_once(binary, workspace):
    config = workspace / "bad.toml"
    config.write_text('role = "king"\nno-such-key = 1\nlisten = "nowhere"\n')
    code, out, err = run_cli(binary, "serve", "--config", config)
    assert (code, out) == (2, ""), (code, out, err)
    for word in ("no-such-key", "listen", "role"):
        assert word in err, err


def test_a_secret_others_may_read_is_refused(binary, workspace):
    secret = workspace / "open.secret"
    secret.write_text("x" * 40)
    secret.chmod(0o644)
    node = Node(binary, "open", workspace / "open-secret", "--role=auth", f"--auth-client=someone={secret}")
    with pytest.raises(AssertionError, match="before it was ready"):
        node.start()
    assert str(secret) in node.log_text()


def test_no_secret_in_any_log(one):
    """Everything secret of a whole visit, and none of it in the log; the topology looks again when it ends."""
    email = known_secrets.add("e-mail address", "someone.private@mail.example")
    user = one.cli_json("users", "create", f"--email={email}")["userId"]
    member = one.browser()
    member.press_button(member.get(one.sign_in_link(user)))
    assert "private" not in member.me()["email"]
    member.post("/api/token")
    one.service.ask_for_token(clientSecret="wrong-secret-of-a-stranger")
    one.refresh_assets()
    broken = member.tab()
    broken.jar[("access_token", "/")] = member.cookie("access_token")[:-3] + "abc"
    broken.get("/api/v1/users/me")
    member.get(f"/api/v1/feeds?token={member.cookie('access_token')}")
    member.post("/api/logout")
    one.core.check_logs()
    assert "wrong-secret-of-a-stranger" not in one.core.log_text()
    assert not re.search(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", one.core.log_text()), "an e-mail address"


def test_lines_for_the_journal_are_json_and_carry_their_priority(binary, workspace):
    log = workspace / "journal.1.stderr"  # the node's first log
    log.touch()
    node = Node(binary, "journal", workspace / "journal", "--role=core", "--log-level=debug")
    node.extra_environment["JOURNAL_STREAM"] = f"{log.stat().st_dev}:{log.stat().st_ino}"
    node.start()
    assert call(node.address, "GET", "/").status == 200
    node.stop()
    number = {"debug": "7", "info": "6", "warn": "4", "error": "3"}
    lines = [re.fullmatch(r"<(\d)>(\{.*\})", line) for line in log.read_text().splitlines()]
    assert all(lines), log.read_text()
    levels = [(line[1], json.loads(line[2])["level"]) for line in lines]
    assert {level for _, level in levels} >= {"info", "warn"}, levels
    assert all(priority == number[level] for priority, level in levels), levels


def test_only_a_trusted_proxy_is_believed(launch):
    """Who may make internal calls is judged on the peer, or on what a trusted proxy says of it (contract, section 4)."""
    topology = launch(**SHAPES["one_sqlite"], core_options=[
        "--trusted-proxy=127.9.9.9/32", *(f"--internal-allow={each}" for each in ("10.9.0.0/16", "127.9.9.9/32", "127.7.7.7/32"))])

    def status(source, forwarded, field="X-Forwarded-For"):
        headers = {field: forwarded} if forwarded is not None else {}
        return topology.service.refresh_assets(topology.core, headers=headers, source=source).status

    proxy, stranger = "127.9.9.9", "127.8.8.8"
    assert status(proxy, "10.9.1.1") == 200
    assert status(proxy, "::ffff:10.9.1.1") == 200
    assert status(proxy, "8.8.8.8, 10.9.1.1, 127.9.9.9") == 200
    assert status(proxy, "10.9.1.1, 8.8.8.8") == 403
    assert status(proxy, "10.8.1.1") == 403
    assert status(proxy, "nonsense") in (400, 403)
    assert status(stranger, "10.9.1.1") == 403
    assert status(stranger, None) == 403, "the list was given, so it is the list"
    for nobody in (None, "", ","):
        assert status(proxy, nobody) == 403, "it says for nobody"
    internal = "127.7.7.7"
    assert status(internal, None) == 200
    for field in ("Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host", "X-Forwarded-Proto", "CF-Connecting-IP", "True-Client-IP"):
        assert status(proxy, "10.9.1.1", field) == 403, field
        assert status(internal, "10.9.1.1", field) == 403, field


def test_over_https_the_cookies_belong_to_the_host(launch):
    topology = launch(**SHAPES["one_sqlite"], core_options=["--public-url=https://dontgoback.example"])
    guest = topology.guest()
    assert set(guest.jar) == {("__Host-access_token", "/"), ("__Host-refresh_token", "/")}
    assert guest.me()
    assert guest.post("/api/token").status == 200
    old = topology.browser()
    old.jar = {(name.removeprefix("__Host-"), path): value for (name, path), value in guest.jar.items()}
    old.jar[("refresh_token", "/api/token")] = old.jar.pop(("refresh_token", "/"))
    assert old.get("/api/v1/users/me").status == 401
    assert old.post("/api/token").status == 401
    assert not old.jar, "what the browser had from before is taken away"


def test_a_rebound_name_reads_no_metrics(launch):
    """A page can give its own name to this machine's address, but not an address's name to itself."""
    topology = launch(**SHAPES["one_sqlite"], core_options=["--management-host=node.example"])
    address = topology.core.management

    def status(host):
        return call(address, "GET", "/metrics", headers={"Host": host}).status

    assert status("evil.example") == 421
    for host in ("127.0.0.1:9090", "[::1]", "localhost", "node", "node.example:9090"):
        assert status(host) == 200, host
