"""How a node gets to Redis: passwords, certificates, and what `config check` says of them."""

import subprocess

import pytest

from harness.node import Node, run_cli
from harness.redis import Redis, free_port, metric, note, wait_until_linked
from harness.waiting import eventually


def make_certificate(folder, name):
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName=DNS:{name}"], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def started(binary, workspace, request):
    running = []

    def start(*options, **environment):
        node = Node(binary, "node", workspace / request.node.name / f"node-{len(running)}", "--role=extension",
                    "--auth-url=http://127.0.0.1:9", *options)
        node.extra_environment = environment
        running.append(node)
        return node.start()

    yield start
    for each in running:
        each.stop()


@pytest.fixture
def redis(workspace, request):
    made = []

    def start(*options):
        made.append(Redis(workspace / request.node.name / f"redis-{len(made)}", *options))
        return made[-1].start()

    yield start
    for each in made:
        each.stop()


def test_a_certificate_is_verified(started, redis, workspace):
    folder = workspace / "certificates"
    folder.mkdir()
    right, key = make_certificate(folder, "localhost")
    other, other_key = make_certificate(folder, "elsewhere.example")
    tls = redis("--tls-port", port := free_port(), "--tls-cert-file", right, "--tls-key-file", key,
                "--tls-auth-clients", "no")
    options = [f"--redis=rediss://localhost:{port}", f"--redis-password-file={tls.password_file}"]
    wait_until_linked(started(*options, SSL_CERT_FILE=str(right)))

    stranger = started(*options, SSL_CERT_FILE=str(other))
    eventually(lambda: "its certificate is not trusted: self-signed" in note(stranger), "it is not trusted")
    by_address = started(f"--redis=rediss://127.0.0.1:{port}", options[1], SSL_CERT_FILE=str(right))
    eventually(lambda: "it is not for the name 127.0.0.1" in note(by_address), "the name is not its own")
    plain = started(f"--redis=redis://localhost:{port}", options[1])
    eventually(lambda: note(plain), "it speaks TLS only")
    assert all(metric(node, "dontgoback_redis_connections") == 0 for node in (stranger, by_address, plain))

    no_tls = redis("--port", plain_port := free_port(), "--protected-mode", "no")
    lost = started(f"--redis=rediss://localhost:{plain_port}", f"--redis-password-file={no_tls.password_file}")
    eventually(lambda: note(lost), "no TLS is spoken there")
    assert metric(lost, "dontgoback_redis_connections") == 0


def test_a_wrong_password_is_named_and_not_repeated(started, redis):
    server = redis()
    wrong = started(f"--redis=unix:{server.socket}", f"--redis-password-file={redis().password_file}")
    eventually(lambda: "user or password are wrong: check --redis-password-file" in note(wrong), "it is said")
    without = started(f"--redis=unix:{server.socket}")
    eventually(lambda: "it wants a password: give --redis-password-file" in note(without), "it is said")
    # Both write nothing more of it, however often they try, and never the password (every node's log is searched).
    assert wrong.log_text().count("Redis: there is a problem") == 1


def test_config_check_says_what_cannot_work(binary, workspace):
    password = workspace / "redis-password"
    password.write_text("secret horse\n")
    password.chmod(0o600)
    cases = [
        (["--redis=redis://user:horse@localhost"], "--redis: must be redis://[USER@]HOST[:PORT][/DB]"),
        (["--redis=localhost:6379"], "--redis: must be redis://"),
        (["--redis=redis://10.0.0.7"], "--redis: must be rediss (TLS) to another machine"),
        (["--redis=unix:/s", "--redis-password-file=/nonexistent"], "--redis-password-file: /nonexistent"),
        (["--redis=redis://10.0.0.7", "--allow-insecure-http", f"--redis-password-file={password}"], ""),
        (["--redis=rediss://node@10.0.0.7:1/3"], ""),
        (["--redis=unix:/s?db=1"], ""),
    ]
    for options, problem in cases:
        code, out, err = run_cli(binary, "config", "check", f"--data-dir={workspace / 'check'}", *options)
        assert (code, problem in err) == (2 if problem else 0, True), (options, code, out, err)
        assert "horse" not in out + err
