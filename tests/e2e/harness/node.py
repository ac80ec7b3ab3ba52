"""The program itself, as a process."""

import os
import re
import signal
import subprocess
import threading

from harness.secrets import known_secrets
from harness.waiting import eventually
from harness.wire import call

READY = re.compile(r"^ready role=(\S+) http=(\S+):(\d+) management=(\S+):(\d+)((?: [a-z-]+=\S+:\d+)*) version=(\S+)$")
SANITIZER = re.compile(r"(AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:)")

# Up to GCC 13 the sanitizers take some of glibc's blocks of thread-local storage for those of a glibc before 2.25, where
# they lie on a certain part of a page by chance, and the search for leaks crashes ("Tracer caught signal 11"). The
# preset of the tests says the same.
LEAKS = "detect_leaks=1:intercept_tls_get_addr=0"
# Freed memory is given back soon: what a process holds can be told.
LITTLE_QUARANTINE = f"{LEAKS}:quarantine_size_mb=1:thread_local_quarantine_size_kb=64"


def environment():
    """What every process of the program gets: nothing of the caller's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONTGOBACK_")}
    kept["UBSAN_OPTIONS"] = "print_stacktrace=1"
    kept["ASAN_OPTIONS"] = LEAKS
    return kept


class Node:
    """One process. `listen` stays what it was at the first start, so that a restart is found where it was."""

    def __init__(self, binary, name, data_dir, *options, limits=None):
        self.name = name
        self.data_dir = data_dir
        self.options = [str(option) for option in options]
        self.binary = str(binary)
        self.extra_environment = {}
        self._limits = limits  # called in the child before it becomes the program
        self._listen = "127.0.0.1:0"
        self._process = None
        self._starts = 0
        self.logs = []
        self.ready_line = None

    def start(self):
        assert not self.running(), f"{self.name} runs already"
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self._starts += 1
        log = self.data_dir.parent / f"{self.data_dir.name}.{self._starts}.stderr"
        self.logs.append(log)
        with open(log, "wb") as stderr:
            self._process = subprocess.Popen(
                [self.binary, "serve", "--listen", self._listen, "--management-listen", "127.0.0.1:0",
                 "--data-dir", str(self.data_dir), *self.options],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
                env={**environment(), **self.extra_environment}, preexec_fn=self._limits)
        self._lines = []
        self._reader = threading.Thread(target=self._read_stdout, daemon=True)
        self._reader.start()
        eventually(lambda: self._lines or self._process.poll() is not None, f"{self.name} is ready", limit=60)
        assert self._lines, f"{self.name} ended with {self._process.wait()} before it was ready:\n{self.log_tail()}"
        self.ready_line = self._lines[0]
        match = READY.match(self.ready_line)
        assert match, f"not a ready line: {self.ready_line!r}"
        self.role, host, port, management_host, management_port, others, self.version = match.groups()
        self.others = {name: (at.rpartition(":")[0], int(at.rpartition(":")[2]))
                       for name, _, at in (each.partition("=") for each in others.split())}
        self.grpc = self.others.get("grpc")
        self.address = (host, int(port))
        self.management = (management_host, int(management_port))
        self._listen = f"{host}:{port}"
        return self

    @property
    def url(self):
        return f"http://{self._listen}"

    @property
    def pid(self):
        return self._process.pid

    def running(self):
        return self._process is not None and self._process.poll() is None

    def stop(self):
        """SIGTERM; within 10 s it must have ended by itself, with 0 and without a sanitizer's report."""
        if self._process is None:
            return
        process, self._process = self._process, None
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"{self.name} still ran 10 s after SIGTERM:\n{self.log_tail()}") from None
        self._finish(process)
        assert code == 0, f"{self.name} ended with {code}:\n{self.log_tail()}"
        self.check_logs()

    def kill(self):
        """kill -9, as a power cut for the process."""
        process, self._process = self._process, None
        process.kill()
        process.wait()
        self._finish(process)

    def restart(self):
        self.stop()
        return self.start()

    def check_logs(self):
        for log in self.logs:
            text = log.read_text(errors="replace")
            assert not SANITIZER.search(text), f"{self.name}, {log.name}:\n{text[-8000:]}"
            leaked = known_secrets.found_in(text)
            assert not leaked, f"{self.name} logged: {sorted(leaked)} ({log})"

    def log_text(self):
        return "".join(log.read_text(errors="replace") for log in self.logs)

    def log_tail(self):
        return self.logs[-1].read_text(errors="replace")[-4000:] if self.logs else ""

    def probe(self, path):
        """A request to the management address."""
        return call(self.management, "GET", path)

    def _read_stdout(self):
        for line in self._process.stdout if self._process else ():
            self._lines.append(line.decode().rstrip("\n"))

    def _finish(self, process):
        self._reader.join(timeout=10)
        process.stdout.close()


def run_cli(binary, *arguments, timeout=60, extra=None):
    """A subcommand, to its end: (exit code, stdout, stderr). `extra`: what its environment has besides."""
    words = [str(argument) for argument in arguments]
    # A key's name is base64url, one in 64 begins with a dash, and then stands last, behind two.
    dashed = [word for word in words if re.fullmatch(r"-[\w-]{42}", word)]
    words = [word for word in words if word not in dashed] + (["--", *dashed] if dashed else [])
    done = subprocess.run([str(binary), *words], stdin=subprocess.DEVNULL,
                          capture_output=True, env={**environment(), **(extra or {})}, timeout=timeout)
    stderr = done.stderr.decode(errors="replace")
    assert not SANITIZER.search(stderr), stderr
    return done.returncode, done.stdout.decode(), stderr
