"""Backups made, looked into and put back."""

import hashlib
import json
import random
import subprocess
import tarfile
import time

from harness.assets import multiplier, name_of, updated
from harness.node import environment
from harness.topology import MULTIPLIER_KEY
from harness.wire import expect_success

EVERY_CHARACTER = "가나다 😀 'quote' \"double\" \\ % _ ;-- :name ` \u200d é\u0301 𝔘 \t\nline"


def node_options(topology):
    """What the node was started with, but where it listens."""
    return [option for option in topology.core.options]


def backup(topology, *arguments, data_dir=None, stdin=None, stdout=None, timeout=120):
    command = [str(topology.binary), "backup", *map(str, arguments),
               f"--data-dir={data_dir or topology.core.data_dir}", *node_options(topology)]
    return run_program(command, stdin, stdout, timeout)


def run_program(command, stdin=None, stdout=None, timeout=120, **more):
    done = subprocess.run(command, stdin=stdin or subprocess.DEVNULL, stdout=stdout or subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment(), timeout=timeout, **more)
    return done.returncode, (done.stdout or b"").decode(errors="replace"), done.stderr.decode(errors="replace")


def done(result):
    code, out, err = result
    assert code == 0, (code, out, err)
    return out


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else None


def plain(archive):
    """What is compressed in it, byte for byte; None when that cannot be told."""
    result = subprocess.run(["zstd", "-dqc", str(archive)], capture_output=True, check=False)
    return result.stdout if result.returncode == 0 else None


def unpack(archive, folder):
    """By the tools that every system has."""
    folder.mkdir()
    (folder.parent / "plain.tar").write_bytes(plain(archive))
    with tarfile.open(folder.parent / "plain.tar") as tar:
        tar.extractall(folder)
    return folder


def rewritten(archive, workspace, change):
    """The backup with another manifest, its digests made right again."""
    name = f"rewritten-{random.randrange(10**9)}"
    folder = unpack(archive, workspace / name)
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest, folder)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    parts = [part["name"] for part in manifest["parts"]]
    digest = lambda part: hashlib.sha256((folder / part).read_bytes()).hexdigest()  # noqa: E731
    for part in manifest["parts"]:
        part["sha256"], part["size"] = digest(part["name"]), (folder / part["name"]).stat().st_size
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "SHA256SUMS").write_text("".join(f"{digest(part)}  {part}\n" for part in ["manifest.json", *parts]))
    plain = workspace / f"{name}.tar"
    with tarfile.open(plain, "w", format=tarfile.USTAR_FORMAT) as tar:
        for part in ["manifest.json", *parts, "SHA256SUMS"]:
            tar.add(folder / part, arcname=part)
    content = plain.read_bytes().rstrip(b"\0")
    content += b"\0" * (-len(content) % 512) + b"\0" * 1024
    plain.write_bytes(content)
    target = workspace / f"{name}.tar.zst"
    subprocess.run(["zstd", "-qf", str(plain), "-o", str(target)], check=True)
    return target


class Lived:
    """A service in which something has happened, and what must still be so after a restore."""

    def __init__(self, topology):
        self.topology = topology
        self.guest = topology.guest()
        self.user = self.guest.me()["userId"]
        self.feed = self.guest.write(EVERY_CHARACTER)["feedId"]
        for n in range(5):
            other = topology.guest()
            expect_success(self.guest.put(f"/api/v1/feedLikes/{other.write(f'글 {n}')['feedId']}"))
        self.last_feed = self.guest.write("지울 글")["feedId"]
        topology.service.token()

    def check_goes_on(self):
        """The same cookies, the same client's secret, the same fortune, no id twice."""
        topology = self.topology
        assert self.guest.me()["userId"] == self.user
        assert self.guest.feed(self.feed)["content"] == EVERY_CHARACTER
        topology.service.token()
        topology.refresh_assets(topology.tomorrow())
        m = multiplier(MULTIPLIER_KEY, self.user, topology.tomorrow())
        assert self.guest.me()["userName"] == name_of(updated(10_000_000, m))
        expect_success(self.guest.post("/api/token"))
        assert self.guest.me()["userId"] == self.user
        assert self.guest.write("복구된 자리에서")["feedId"] > self.last_feed


class Killer:
    """Kills a command at moments spread over the time it takes, which is learned as it goes: machines are not even."""

    def __init__(self, command):
        self.command = command
        self.whole = duration_of(command)
        self.killed = 0

    def run(self, part):
        """True when it was killed before its end."""
        begun = time.monotonic()
        process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=environment())
        try:
            process.wait(timeout=self.whole * part)
            self.whole = min(self.whole, time.monotonic() - begun)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.killed += 1
            return True


def duration_of(command):
    begun = time.monotonic()
    assert subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment()).returncode == 0
    return time.monotonic() - begun
