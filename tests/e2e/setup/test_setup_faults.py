"""What goes wrong at a first set-up, and that it is said, leaves nothing half done, and can be done again."""

import fcntl
import http.server
import os
import pwd
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
from contextlib import closing, contextmanager
from email.utils import formatdate

import pytest

from harness.node import run_cli
from harness.wire import call


@contextmanager
def stand_in(date_off=0, certificate=None, key=None):
    """A server that answers everything with 404, by a clock of its own. Its URL."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def date_time_string(self, timestamp=None):
            return formatdate(time.time() + date_off, usegmt=True)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def put(node, *lines):
    """A configuration written by hand."""
    node.configuration.mkdir(exist_ok=True)
    node.data_dir.mkdir(mode=0o700, exist_ok=True)
    text = [f'role = "{node.role}"', f'data-dir = "{node.data_dir}"', f'listen = "127.0.0.1:{node.port}"',
            'management-listen = "127.0.0.1:0"', *lines]
    node.file.write_text("\n".join(text) + "\n")


def refusal(node, **how):
    code, said, err = node.setup(**how)
    return code, err + "\n".join(said.of("wrong"))


# Codes.

def test_a_code_lets_one_node_in(machine, auth):
    machine("core").made(line=auth.lines["core"])
    code, text = refusal(machine("core"), line=auth.lines["core"])
    assert code == 1 and "was used already" in text, text


@pytest.mark.parametrize("spoil", [lambda line: line[:-3], lambda line: line[:-1] + ("A" if line[-1] != "A" else "B"),
                                   lambda line: line.replace("dgb1.", "dgb9."), lambda line: line.split("=")[0] + "=core --join=x"])
def test_a_mistyped_code(machine, auth, spoil):
    node = machine("core")
    code, text = refusal(node, line=spoil(auth.lines["core"]))
    assert code == 2 and "no whole code" in text, text
    assert not node.file.exists()


def test_a_code_of_another_role(machine, auth):
    node = machine("core")
    line = auth.lines["extension"].replace("--role=extension", "--role=core")
    code, text = refusal(node, line=line)
    assert code == 2 and "for a node of role extension" in text, text


def test_an_expired_code(machine, auth):
    with closing(sqlite3.connect(auth.data_dir / "dontgoback.db", timeout=10)) as database, database:
        database.execute("UPDATE auth_join_codes SET ends_at = 1")
    code, text = refusal(machine("core"), line=auth.lines["core"])
    assert code == 1 and "has expired" in text, text


def test_a_code_of_another_auth_server(machine, auth):
    other = machine("auth")
    other.port, other.url = auth.port, auth.url
    line = other.setup()[1].lines("dontgoback setup --role=core ")[0]  # its port is the other's
    code, text = refusal(machine("core"), line=line)
    assert code == 1 and "is not the one that made the code" in text, text


def test_guessed_codes_are_slowed_down(auth):
    form = b"code=guess&secret_digest=" + b"A" * 43 + b"&url=https%3A%2F%2Fa.example"
    statuses = [call(auth.address, "POST", "/msa/auth/api/nodes/join", body=form,
                     headers={"Content-Type": "application/x-www-form-urlencoded"}).status for _ in range(8)]
    assert statuses[0] == 400 and statuses[-1] == 429, statuses


# No network, and others who are away.

def test_without_a_network_what_can_be_done_is_done(machine, auth):
    auth.stop()
    node = machine("core")
    code, said, err = node.setup(line=auth.lines["core"])
    assert code == 1 and any("cannot be reached" in text for text in said.of("wrong")), (said, err)
    assert node.file.exists() and (node.data_dir / "dontgoback.db").exists()
    secret = (node.data_dir / "client-secret").read_text()
    auth.start(f"dontgoback serve --role=auth --config={auth.file}")
    said = node.made(line=auth.lines["core"])
    assert any("joined" in text for text in said.of("done"))
    assert (node.data_dir / "client-secret").read_text() == secret


# Files.

def test_a_half_written_configuration(machine):
    node = machine("all")
    node.configuration.mkdir()
    node.file.write_text('role = "all"\nlisten = "127.0.0.1\n')
    code, text = refusal(node)
    assert code == 2 and f"{node.file}:2" in text, text
    code, _, err = node.setup("--again")
    assert code == 0, err
    assert "127.0.0.1\n" in node.file.with_name("all.toml.before").read_text()


def test_a_wrong_value_names_file_and_line(machine):
    node = machine("all")
    put(node, f'public-url = "{node.url}"', "io-threads = 0")
    code, said, _ = node.again("--check")
    assert code == 2 and any(text.startswith(f"{node.file}:6: io-threads") for text in said.of("wrong")), said


def test_what_is_configured_otherwise_stays(machine):
    node = machine("all")
    node.made("--guests=off")
    before = node.file.read_text()
    code, _, err = node.setup("--guests=on")
    assert code == 2 and "would become guests" in err, err
    assert node.file.read_text() == before
    node.file.write_text(before + "# mine\nnewcomer-writes = 7\n")
    node.made("--guests=on", "--again")
    text = node.file.read_text()
    assert "guests = 'on'" in text.replace('"', "'") and "# mine\nnewcomer-writes = 7" in text


def test_two_operators_at_once(machine):
    node = machine("all")
    node.configuration.mkdir()
    with open(node.configuration / ".setup.lock", "w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, text = refusal(node)
    assert code == 1 and "another setup is at work" in text and "4711" in text, text
    node.made()


def test_no_address_is_given(machine):
    node = machine("all")
    code, _, err = node.setup(flags=[f"--config-folder={node.configuration}"])
    assert code == 2 and "--public-url is missing" in err, err


def test_another_file_is_not_taken_silently(machine):
    node = machine("all")
    code, _, err = node.setup(f"--config={node.folder}/mine.toml")
    assert code == 2 and "--config-folder" in err, err


# What the look at the end finds.

def test_a_port_that_is_taken(machine):
    node = machine("all")
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(node.address)
        other.listen()
        code, said, _ = node.setup()
    assert code == 1 and any("another program has that port" in text for text in said.of("wrong")), said
    assert node.again("--check")[0] == 0


@pytest.mark.parametrize("off, word", [(3600 * 5, "behind"), (-3600 * 5, "ahead of")])
def test_a_clock_that_differs_from_the_others(machine, off, word):
    node = machine("extension")
    with stand_in(date_off=off) as url:
        put(node, f'auth-url = "{url}"', f'public-url = "{node.url}"')
        code, said, _ = node.again("--check")
    assert code == 1 and any(f"clock is 5 hours {word}" in text or f"clock is 4 hours {word}" in text
                             for text in said.of("wrong")), said


def test_a_clock_that_was_further_on(machine):
    node = machine("all")
    node.made()
    ahead = time.time() + 86400 * 3
    os.utime(node.data_dir / "session.key", (ahead, ahead))
    code, said, _ = node.again("--check")
    assert code == 1 and any("this machine's clock is behind" in text for text in said.of("wrong")), said


@pytest.mark.parametrize("days, wrong", [(2, True), (60, False)])
def test_a_certificate_that_ends_tomorrow(machine, days, wrong):
    node = machine("extension")
    certificate, key = node.folder / "served.pem", node.folder / "served.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", str(days), "-subj", "/CN=auth",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    with stand_in(certificate=certificate, key=key) as url:
        put(node, f'auth-url = "{url}"', f'public-url = "{node.url}"')
        code, said, _ = node.again("--check")
        assert code == 1 and any("authorities are looked for in" in text for text in said.of("wrong")), said
        node.extra_environment = {"SSL_CERT_FILE": str(certificate)}
        code, said, _ = node.again("--check")
    assert any("its certificate ends at" in text for text in said.of("wrong")) == wrong, said
    assert code == (1 if wrong else 0), said


def test_a_file_of_another_user_is_named(machine):
    node = machine("all")
    node.made()
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(node.data_dir / "session.key", 12345, 12345)
    code, said, _ = node.again("--check")
    assert code in (1, 2) and any("another user's" in text or "belongs to" in text for text in said.of("wrong")), said


@pytest.mark.skipif(os.geteuid() != 0, reason="gives files away")
@pytest.mark.parametrize("by", ["setup", "db migrate"])
def test_what_root_makes_is_the_owners_of_the_folder(machine, binary, by):
    """The database, too: as its unit's user, who has the folder, the node could not start."""
    node = machine("all")
    node.data_dir.mkdir(mode=0o700)
    owner = pwd.getpwnam("nobody")
    os.chown(node.data_dir, owner.pw_uid, owner.pw_gid)
    if by == "setup":
        node.made()
    else:
        code, _, err = run_cli(binary, "db", "migrate", f"--data-dir={node.data_dir}")
        assert code == 0, err
    made = {file.name: file.stat().st_uid for file in node.data_dir.iterdir()}
    assert "dontgoback.db" in made and set(made.values()) == {owner.pw_uid}, made
