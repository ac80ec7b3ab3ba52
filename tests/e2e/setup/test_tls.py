"""A node that ends TLS itself: what it starts with, how it serves, how a renewal reaches it, and nodes that call one
another over TLS with an authority of their own."""

import grp
import http.client
import os
import shutil
import socket
import ssl
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from harness.node import Node, run_cli
from harness.secrets import known_secrets
from harness.waiting import eventually

HOOK = Path(__file__).resolve().parents[3] / "packaging/certbot/certbot-deploy-hook"
CLIENT = "dontgoback-core-server"


def openssl(*arguments, folder):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


class Authority:
    """An authority, as one has for one's own machines."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        self.file = folder / "ca.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                "-subj", "/CN=ca", "-keyout", "ca.key", "-out", "ca.pem", folder=folder)

    def issue(self, name, days=30):
        """A folder as certbot keeps one: links to what is the newest."""
        live = self.folder / name
        live.mkdir()
        (live / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                "-keyout", "privkey1.pem", "-out", "request.pem", folder=live)
        openssl("x509", "-req", "-in", "request.pem", "-CA", "../ca.pem", "-CAkey", "../ca.key", "-CAcreateserial",
                "-days", str(days), "-extfile", "names", "-out", "cert1.pem", folder=live)
        (live / "fullchain1.pem").write_text((live / "cert1.pem").read_text() + self.file.read_text())
        for file in ("privkey", "fullchain"):
            (live / f"{file}.pem").symlink_to(f"{file}1.pem")
        return live


@pytest.fixture
def authority(workspace, request):
    return Authority(workspace / f"ca-{request.node.name}".replace("[", "-").replace("]", "").replace(" ", "-"))


class Served:
    """What a node is given, put there by the hook for certbot."""

    def __init__(self, authority):
        self.folder = authority.folder / "served"
        self.certificate, self.key = self.folder / "certificate.pem", self.folder / "key.pem"
        self.options = [f"--tls-certificate-file={self.certificate}", f"--tls-key-file={self.key}"]

    def deploy(self, live, **more):
        group = grp.getgrgid(os.getegid()).gr_name
        return subprocess.run([HOOK], env={"PATH": os.environ["PATH"], "RENEWED_LINEAGE": str(live), "DONTGOBACK_GROUP": group,
                                           "DONTGOBACK_TLS_DIR": str(self.folder), **more}, check=True)


@pytest.fixture
def nodes():
    started = []
    yield started
    for node in reversed(started):
        node.stop()


def get(node, path, trusted, headers=None, method="GET"):
    connection = http.client.HTTPSConnection("localhost", node.address[1], timeout=30,
                                             context=ssl.create_default_context(cafile=trusted))
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def shown(node, authority):
    """The name in the certificate that the node shows."""
    context = ssl.create_default_context(cafile=authority.file)
    with socket.create_connection(node.address) as plain, context.wrap_socket(plain, server_hostname="localhost") as secured:
        return dict(pair for part in secured.getpeercert()["subject"] for pair in part)["commonName"]


def test_a_browser_is_served_over_https(binary, workspace, authority, nodes):
    served = Served(authority)
    served.deploy(authority.issue("first"))
    node = Node(binary, "tls", workspace / "tls-served", "--role=all", "--clock-trusted", *served.options)
    nodes.append(node.start())
    status, headers, body = get(node, "/api/v1/sign-in-providers", authority.file)
    assert status == 200 and b'"guests":true' in body
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    origin = f"https://127.0.0.1:{node.address[1]}"  # its public URL, when no other is given
    status, headers, _ = get(node, "/api/guest", authority.file, {"Origin": origin}, "POST")
    assert status in (200, 201), status
    cookies = headers.get_all("Set-Cookie")
    assert cookies and all("Secure" in each for each in cookies), cookies
    for cookie in cookies:
        known_secrets.add("cookie", cookie.partition("=")[2].partition(";")[0])
    # Who forgets the s is told, and what watches it asks over plain HTTP.
    plain = http.client.HTTPConnection(*node.address, timeout=30)
    plain.request("GET", "/")
    answer = plain.getresponse()
    assert answer.status == 400 and b"https://" in answer.read()
    plain.close()
    metrics = node.probe("/metrics").body.decode()
    ends = float(next(line for line in metrics.splitlines()
                      if line.startswith("dontgoback_tls_certificate_expiry_timestamp_seconds ")).split()[1])
    days = datetime.fromtimestamp(ends, timezone.utc) - datetime.now(timezone.utc)
    assert timedelta(days=29) < days <= timedelta(days=30)
    assert b"certificate" not in node.probe("/readyz").body


def test_a_renewal_is_taken_up_and_an_end_that_is_near_is_told(binary, workspace, authority, nodes):
    served = Served(authority)
    served.deploy(authority.issue("ends-soon", days=1))
    node = Node(binary, "tls", workspace / "tls-renewed", "--role=auth", "--clock-trusted", *served.options)
    nodes.append(node.start())
    assert shown(node, authority) == "ends-soon"
    assert b"certificate.pem ends at" in node.probe("/readyz").body
    served.deploy(authority.issue("another"), DONTGOBACK_CERTIFICATE="ends-soon")  # is not meant
    assert b"BEGIN" in served.certificate.read_bytes() and served.key.stat().st_mode & 0o777 == 0o640
    served.deploy(authority.issue("renewed"), DONTGOBACK_CERTIFICATE="renewed")
    eventually(lambda: shown(node, authority) == "renewed", "the new certificate is shown", limit=60)
    assert b"certificate" not in node.probe("/readyz").body
    # Half a pair is not taken up, and said once.
    shutil.copy(authority.issue("other") / "fullchain.pem", served.certificate)
    eventually(lambda: b"is not the key of" in node.probe("/readyz").body, "what is wrong is noted", limit=60)
    assert shown(node, authority) == "renewed"
    assert node.log_text().count("the certificate from before is served on") == 1


WRONG = {
    "no certificate": (lambda served: served.certificate.unlink(), ["--tls-certificate-file", "certificate.pem"]),
    "no key": (lambda served: served.key.unlink(), ["--tls-key-file", "key.pem"]),
    "half a key": (lambda served: served.key.write_text(served.key.read_text()[:60]), ["--tls-key-file", "key.pem"]),
    "one of the two": (lambda served: served.options.pop(), ["--tls-key-file", "given together"]),
    "a public URL of http": (lambda served: served.options.append("--public-url=http://x.example"), ["--public-url", "https://"]),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_node_does_not_start_with_what_cannot_serve(binary, authority, what):
    served = Served(authority)
    served.deploy(authority.issue("first"))
    spoil, named = WRONG[what]
    spoil(served)
    data = authority.folder / "data"
    for command in (["serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0"], ["config", "check"]):
        code, _, errors = run_cli(binary, *command, f"--data-dir={data}", *served.options)
        assert code == 2, (command, code, errors)
        for name in named:
            assert name in errors, (command, name, errors)


def test_nodes_call_one_another_with_an_authority_of_their_own(binary, workspace, authority, nodes):
    served = Served(authority)
    served.deploy(authority.issue("node"))
    secret_file = workspace / "tls-core.secret"
    known_secrets.make_file(secret_file)
    auth = Node(binary, "auth", workspace / "tls-auth", "--role=auth", "--clock-trusted", *served.options,
                f"--auth-client={CLIENT}={secret_file}")
    nodes.append(auth.start())

    def core(name, **environment):
        node = Node(binary, name, workspace / f"tls-{name}", "--role=core", "--clock-trusted", f"--client-id={CLIENT}",
                    f"--client-secret-file={secret_file}", f"--auth-url=https://localhost:{auth.address[1]}",
                    "--extension-url=http://127.0.0.1:1")
        node.extra_environment = environment
        nodes.append(node.start())
        return node

    trusting = core("trusting", SSL_CERT_FILE=str(authority.file))
    eventually(lambda: b"auth-keys" not in trusting.probe("/readyz").body, "it has the keys", limit=60)
    doubting = core("doubting", SSL_CERT_FILE="/etc/ssl/certs/ca-certificates.crt")
    told = eventually(lambda: doubting.probe("/readyz").body if b"not trusted" in doubting.probe("/readyz").body else None,
                      "what is not trusted, and where authorities are looked for, is said", limit=60)
    assert b"SSL_CERT_FILE" in told and b"auth-keys" in told
