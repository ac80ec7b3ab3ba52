"""gRPC over TLS: which files a node starts with, and which it takes up while it runs."""

import shutil
import subprocess

import pytest
from harness.grpc_client import OK, GrpcClient
from harness.node import run_cli
from harness.topology import SHAPES
from harness.waiting import eventually

LISTEN = ["--grpc-listen=127.0.0.1:0", "--clock-trusted"]


@pytest.fixture
def grpc(request):
    client = GrpcClient(request.config.getoption("--node"), request.config.getoption("--node-cases"))
    yield client
    client.stop()


def make_pair(folder, name):
    """A certificate of 127.0.0.1, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={name}",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    return certificate, key


class Files:
    """Two pairs, and the files that a node is given."""

    def __init__(self, folder):
        folder.mkdir()
        self.first, self.second = make_pair(folder, "first"), make_pair(folder, "second")
        self.certificate, self.key = folder / "served.pem", folder / "served.key"
        self.options = [*LISTEN, f"--grpc-certificate-file={self.certificate}", f"--grpc-key-file={self.key}"]
        self.put(*self.first)

    def put(self, certificate, key):
        shutil.copy(certificate, self.certificate)
        shutil.copy(key, self.key)


@pytest.fixture
def files(workspace, request):
    return Files(workspace / f"tls-{request.node.name}".replace("[", "-").replace("]", ""))


def half(file):
    text = file.read_text()
    file.write_text(text[:len(text) // 2])


# What can be wrong with the files, and which of them is named for it.
WRONG = {
    "another key": (lambda files: shutil.copy(files.second[1], files.key), ["served.pem", "served.key"]),
    "another certificate": (lambda files: shutil.copy(files.second[0], files.certificate), ["served.pem", "served.key"]),
    "half a certificate": (lambda files: half(files.certificate), ["served.pem"]),
    "half a key": (lambda files: half(files.key), ["served.key"]),
    "an empty certificate": (lambda files: files.certificate.write_text(""), ["served.pem"]),
    "an empty key": (lambda files: files.key.write_text(""), ["served.key"]),
    "no certificate": (lambda files: files.certificate.unlink(), ["served.pem", "--grpc-certificate-file"]),
    "no key": (lambda files: files.key.unlink(), ["served.key", "--grpc-key-file"]),
    "the two exchanged": (lambda files: files.put(files.first[1], files.first[0]), ["served.pem"]),
    "a folder": (lambda files: (files.key.unlink(), files.key.mkdir()), ["served.key"]),
    "a chain that breaks off": (lambda files: files.certificate.write_text(
        files.certificate.read_text() + files.second[0].read_text()[:200]), ["served.pem"]),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_node_does_not_start_with_files_that_do_not_serve(binary, files, workspace, what):
    spoil, named = WRONG[what]
    spoil(files)
    data = files.certificate.parent / "data"
    for command in (["serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0"], ["config", "check"]):
        code, _, errors = run_cli(binary, *command, f"--data-dir={data}", *files.options)
        assert code == 2, (command, code, errors)
        for name in named:
            assert name in errors, (command, name, errors)


def answers(grpc, node, ca):
    client = grpc.connect("health", node.grpc, ca)
    answer = client.call("check", {"service": ""}, limit=10_000)
    client.disconnect()
    return answer["code"] == OK


def warnings(node):
    return [line for line in node.log_text().splitlines() if "served.pem" in line or "served.key" in line]


def test_a_new_pair_of_files_is_taken_up(launch, grpc, files):
    node = launch(**SHAPES["one_sqlite"], core_options=files.options).core
    first, second = files.first[0], files.second[0]
    assert answers(grpc, node, first) and not answers(grpc, node, second) and not answers(grpc, node, None)
    files.put(*files.second)
    eventually(lambda: answers(grpc, node, second), "the new certificate is served", limit=60)
    assert not answers(grpc, node, first)


def test_files_that_do_not_serve_are_not_taken_up_and_that_is_said(launch, grpc, workspace):
    """A node for each: what they wait for, they wait for together."""
    nodes = {}
    for what in WRONG:
        files = Files(workspace / ("tls taken up " + what))
        nodes[what] = files, launch(**SHAPES["one_sqlite"], core_options=files.options).core
    for what, (files, _) in nodes.items():
        WRONG[what][0](files)
    said = {}
    for what, (files, node) in nodes.items():
        said[what] = eventually(lambda node=node: warnings(node), f"the log says what is wrong: {what}", limit=60)
        assert all(name in said[what][0] for name in WRONG[what][1] if not name.startswith("--")), (what, said[what])
    # What had come before goes on.
    for what, (files, node) in nodes.items():
        for _ in range(5):
            assert answers(grpc, node, files.first[0]), what
        if files.key.is_dir():
            files.key.rmdir()
        files.put(*files.second)
    for what, (files, node) in nodes.items():
        eventually(lambda node=node, files=files: answers(grpc, node, files.second[0]), f"then a pair that serves is: {what}",
                   limit=60)
        assert len(warnings(node)) == len(said[what]), "it is said once"
