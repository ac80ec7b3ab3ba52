"""Sockets that a service manager opened (sd_listen_fds(3)): served on, kept over an exchange of the node, and judged."""

import http.client
import os
import signal
import socket
import subprocess

import pytest

from harness.node import environment
from harness.waiting import eventually


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=20)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def start(binary, folder, sockets, *options, pid=None):
    """The program with the sockets (name, socket) as a service manager hands them over."""
    kept = [os.dup(one.fileno()) for _, one in sockets]  # above 3, so that none is in another's place
    process_environment = environment() | {"LISTEN_FDS": str(len(sockets)),
                                           "LISTEN_FDNAMES": ":".join(name for name, _ in sockets)}

    def place():
        for number, descriptor in enumerate(kept):
            os.dup2(descriptor, 200 + number, inheritable=True)
        for number in range(len(kept)):
            os.dup2(200 + number, 3 + number, inheritable=True)

    command = [str(binary), "--role=all", f"--data-dir={folder}", "--management-listen=127.0.0.1:0", *options]
    shell = f"export LISTEN_PID={pid or '$$'}; exec \"$@\""
    process = subprocess.Popen(["sh", "-c", shell, "sh", *command], env=process_environment, text=True, close_fds=False,
                               preexec_fn=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for descriptor in kept:
        os.close(descriptor)
    return process


def stop(process):
    process.send_signal(signal.SIGTERM)
    output, log = process.communicate(timeout=60)
    assert process.returncode == 0, log


def listening(path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(64)
    return listener


@pytest.fixture
def socket_path(workspace, request):
    path = workspace / f"{request.node.name[:20]}.sock"
    yield path
    path.unlink(missing_ok=True)


def test_a_socket_in_the_file_system_is_served_and_outlives_the_node(binary, workspace, socket_path):
    folder = workspace / "passed"
    with listening(socket_path) as listener:
        first = start(binary, folder, [("http", listener)])
        ready = first.stdout.readline()
        assert f" http=unix:{socket_path} management=127.0.0.1:" in ready, first.communicate(timeout=60)
        client = UnixConnection(socket_path)
        client.request("GET", "/")
        answer = client.getresponse()
        assert answer.status == 200 and answer.read()

        # Who comes by it is of this machine: a trusted proxy there is believed, and its clients have addresses of their own.
        client = UnixConnection(socket_path)
        client.request("GET", "/api/v1/feeds")
        assert client.getresponse().status in (200, 401)
        stop(first)

        waiting = UnixConnection(socket_path)
        waiting.request("GET", "/")  # nobody is there; it waits
        second = start(binary, folder, [("http", listener)])
        assert waiting.getresponse().status == 200
        stop(second)


def test_an_address_for_management(binary, workspace, socket_path):
    with listening(socket_path) as listener, socket.create_server(("127.0.0.1", 0)) as management:
        node = start(binary, workspace / "managed", [("management", management), ("http", listener)])
        port = management.getsockname()[1]
        assert f" http=unix:{socket_path} management=127.0.0.1:{port} " in node.stdout.readline()
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        eventually(lambda: (client.request("GET", "/livez"), client.getresponse().read())[1], "it answers")
        stop(node)


@pytest.mark.parametrize("names, kind, said", [
    (["grpc"], socket.SOCK_STREAM, "must be named http or management"),
    ([""], socket.SOCK_STREAM, "must be named http or management"),
    (["http", "http"], socket.SOCK_STREAM, "was passed twice"),
    (["management"], socket.SOCK_STREAM, "must have an address and a port"),
    (["http"], socket.SOCK_DGRAM, "must be a listening stream socket"),
])
def test_what_cannot_be_served_stops_the_start(binary, workspace, socket_path, names, kind, said):
    with socket.socket(socket.AF_UNIX, kind) as one:
        one.bind(str(socket_path))
        if kind == socket.SOCK_STREAM:
            one.listen()
        node = start(binary, workspace / "refused", [(name, one) for name in names])
        output, log = node.communicate(timeout=60)
        assert (node.returncode, output) == (2, ""), log
        assert said in log


def test_sockets_of_another_process_are_left_alone(binary, workspace, socket_path):
    with listening(socket_path) as listener:
        node = start(binary, workspace / "others", [("http", listener)], "--listen=127.0.0.1:0", pid=1)
        assert " http=127.0.0.1:" in node.stdout.readline()
        stop(node)
