"""A node of the guide's, as its unit starts it."""

import re
import signal
import subprocess
import threading

from harness.guide import REPOSITORY
from harness.node import SANITIZER, environment
from harness.secrets import known_secrets
from harness.waiting import eventually


class GuideNode:
    """A node as its unit starts it."""

    def __init__(self, machine, instance):
        self.machine, self.instance = machine, instance
        self.process = self.log = None

    @property
    def url(self):
        return f"http://{self.address}"

    def start(self):
        if self.process:
            return
        unit = (REPOSITORY / "systemd/dontgoback@.service").read_text()
        command = re.search("^ExecStart=/usr/bin/dontgoback (.*)$", unit, re.MULTILINE)[1].replace("%i", self.instance)
        self.log = self.machine.root / f"{self.instance}.log"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.machine.network.binary, *self.machine.here(command).split()], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE, stderr=log, env=environment(), cwd=self.machine.root)
        lines = []
        threading.Thread(target=lambda process: lines.extend(process.stdout), args=[self.process], daemon=True).start()
        eventually(lambda: lines or self.process.poll() is not None, f"{self.instance} is ready", limit=60)
        assert lines and lines[0].startswith(b"ready "), f"{self.instance}: {self.log_text()}"

    def stop(self):
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=20)
        text = self.log_text()
        assert code == 0, f"{self.instance} ended with {code}: {text}"
        assert not SANITIZER.search(text), text
        assert not known_secrets.found_in(text), f"{self.instance}: its log has a secret"

    def log_text(self):
        return self.log.read_text(errors="replace")[-6000:] if self.log else ""
