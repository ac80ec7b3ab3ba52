"""A Redis of the test's own, on a private socket; with TLS on a port of this machine besides."""

import os
import signal
import socket
import subprocess
import time

from harness.secrets import known_secrets
from harness.waiting import eventually


class Redis:
    def __init__(self, folder, *options):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.options = [str(option) for option in options]
        self.socket = folder / "r"
        self.password_file = folder / "password"
        self.password = known_secrets.make_file(self.password_file)
        self._process = None

    @property
    def node_options(self):
        return [f"--redis=unix:{self.socket}", f"--redis-password-file={self.password_file}"]

    def start(self):
        with open(self.folder / "redis.log", "ab") as log:
            self._process = subprocess.Popen(
                ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.folder),
                 "--requirepass", self.password, *self.options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._answers, "redis-server answers", limit=60)
        return self

    def call(self, *words):
        """The answer as redis-cli prints it."""
        done = subprocess.run(["redis-cli", "-s", str(self.socket), "--no-auth-warning", *map(str, words)],
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=30,
                              env={**os.environ, "REDISCLI_AUTH": self.password})
        return done.stdout.decode().strip()

    def kill(self):
        process, self._process = self._process, None
        process.kill()
        process.wait()

    def fall_silent(self):
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)

    def stop(self):
        if self._process is not None:
            self.go_on()
            self.kill()

    def _answers(self):
        assert self._process.poll() is None, (self.folder / "redis.log").read_text(errors="replace")[-4000:]
        return self.call("PING") == "PONG"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def metric(node, name):
    """A line of the node's metrics; 0 when it is not there."""
    for line in node.probe("/metrics").body.decode().splitlines():
        if line.startswith(name + " "):
            return float(line.rpartition(" ")[2])
    return 0.0


def messages(node, what):
    return metric(node, f'dontgoback_redis_messages_total{{what="{what}"}}')


def note(node):
    """What /readyz says of Redis, which never makes a node unready: "" when all is well."""
    answer = node.probe("/readyz")
    assert answer.status == 200, answer.body
    lines = [line for line in answer.body.decode().splitlines() if line.startswith("note: redis: ")]
    return lines[0] if lines else ""


def wait_until_linked(*nodes):
    for node in nodes:
        eventually(lambda: metric(node, "dontgoback_redis_connections") == 2, f"{node.name} is linked")  # noqa: B023
        assert note(node) == ""


def wait_until_cut_off(*nodes):
    for node in nodes:
        eventually(lambda: metric(node, "dontgoback_redis_connections") == 0, f"{node.name} is cut off")  # noqa: B023
        assert note(node)


def wait_until_told(teller, hearer):
    """Two nodes: all that one has let through is known to the other. What is to be sent may not have been sent yet."""
    def counts():
        return messages(teller, "sent"), messages(hearer, "heard")

    def quiet():
        before = counts()
        time.sleep(0.3)
        sent, heard = counts()
        return (sent, heard) == before and heard >= sent > 0

    eventually(quiet, "word has come")
