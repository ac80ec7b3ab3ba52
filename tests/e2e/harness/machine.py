"""A machine that `dontgoback setup` makes a node of: nothing is there but the program, and what setup printed and wrote."""

import json
import shlex
import signal
import socket
import subprocess
import threading

from harness.node import READY, SANITIZER, environment, run_cli
from harness.secrets import known_secrets
from harness.topology import quiet_zone
from harness.waiting import eventually


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Said(list):
    """What setup said: rows with state, text and line."""

    def of(self, state):
        return [row["text"] for row in self if row["state"] == state]

    def lines(self, beginning):
        return [row["line"] for row in self if (row["line"] or "").startswith(beginning)]


class Machine:
    def __init__(self, binary, folder, role):
        self.binary, self.role = str(binary), role
        self.folder = folder / role
        self.folder.mkdir(parents=True)
        self.configuration = self.folder / "etc"
        self.file = self.configuration / f"{role}.toml"
        self.data_dir = self.folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.address = ("127.0.0.1", self.port)
        self.extra_environment = {}
        self._process = None

    def flags(self):
        """What a machine of its own would not need: here others are on it."""
        return [f"--config-folder={self.configuration}", f"--data-dir={self.data_dir}", f"--public-url={self.url}",
                f"--listen=127.0.0.1:{self.port}", "--management-listen=127.0.0.1:0", f"--timezone={quiet_zone()}"]

    def setup(self, *options, line=None, flags=None):
        """(exit code, what was said, standard error). `line`: one that another machine's setup printed."""
        words = shlex.split(line)[1:] if line else ["setup", f"--role={self.role}"]
        code, out, err = run_cli(self.binary, *words, *(self.flags() if flags is None else flags), "--json", *options,
                                 extra=self.extra_environment)
        said = Said(json.loads(out)) if out.strip() else Said()
        for row in said:
            if row["line"] and "--join=" in row["line"]:
                known_secrets.add("join code", row["line"].rpartition("--join=")[2])
            if row["line"] and "token=" in row["line"]:
                known_secrets.add("sign-in link", row["line"].rpartition("token=")[2])
        return code, said, err

    def made(self, *options, **how):
        code, said, err = self.setup(*options, **how)
        assert code == 0, (code, said, err)
        assert said.of("wrong") == [], said
        return said

    def again(self, *options):
        """Setup once more, by what is written already."""
        return self.setup(*options, flags=[f"--config-folder={self.configuration}"])

    def command(self, *words):
        code, out, err = run_cli(self.binary, *words, f"--role={self.role}", f"--config={self.file}", "--json")
        assert code == 0, (words, code, out, err)
        return json.loads(out)

    def start(self, line):
        """As setup said it is to be started."""
        words = shlex.split(line)
        assert words[:2] == ["dontgoback", "serve"], line
        self._log = open(self.folder / "stderr", "ab")  # noqa: SIM115
        self._process = subprocess.Popen([self.binary, *words[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                         stderr=self._log, env={**environment(), **self.extra_environment})
        lines = []
        threading.Thread(target=lambda: lines.extend(self._process.stdout), daemon=True).start()
        eventually(lambda: lines or self._process.poll() is not None, f"{self.role} is ready", limit=60)
        match = READY.match(lines[0].decode().rstrip("\n")) if lines else None
        assert match, self.log_text()
        self.management = (match.group(4), int(match.group(5)))
        self._started_by = line
        return self

    def stop(self):
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0, self.log_text()
        self._log.close()
        text = self.log_text()
        assert not SANITIZER.search(text), text[-4000:]
        assert not known_secrets.found_in(text), text[-4000:]

    def restart(self):
        self.stop()
        return self.start(self._started_by)

    def log_text(self):
        return (self.folder / "stderr").read_text(errors="replace")[-4000:]
