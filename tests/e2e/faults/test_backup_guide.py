"""docs/backup.md says what is true: its commands are run, in order, as they stand there."""

import re
import subprocess
from pathlib import Path

import pytest

from harness.mariadb import MariaDb
from harness.node import SANITIZER, environment, run_cli
from harness.secrets import known_secrets
from harness.topology import SHAPES

REPOSITORY = Path(__file__).parents[3]
TEXT = (REPOSITORY / "docs" / "backup.md").read_text()
COMMANDS = [line.strip() for line in TEXT.splitlines() if line.startswith("    ")]
MARIADB_URL = "mysql://dontgoback@localhost/dontgoback"

# What is on the way to another machine, without one.
STAND_INS = {
    "age": 'case "$1" in -r) rev ;; -d) rev < "$4" ;; esac\n',
    "ssh": 'cd "$NAS" && exec sh -c "$2"\n',
    "rev": 'exec openssl enc -aes-256-ctr -pass pass:stand-in -nosalt -pbkdf2\n',
}


@pytest.fixture
def machine(launch, workspace):
    topology = launch(**SHAPES["one_sqlite"], start=False)
    root = workspace / "machine"
    for folder in ("etc/dontgoback", "var/lib", "var/backups", "root", "nas", "bin"):
        (root / folder).mkdir(parents=True)
    node = topology.core
    node.data_dir.rename(root / "var/lib/dontgoback-all")
    node.data_dir = root / "var/lib/dontgoback-all"
    config = root / "etc/dontgoback/all.toml"
    config.write_text((REPOSITORY / "config" / "all.toml").read_text().replace("/var/lib", f"{root}/var/lib"))
    node.options = [f"--config={config}", f"--timezone={topology.zone}"]
    for name, script in STAND_INS.items():
        (root / "bin" / name).write_text("#!/bin/sh\n" + script)
    (root / "bin" / "dontgoback").write_text(f'#!/bin/sh\nexec {topology.binary} "$@"\n')
    for file in (root / "bin").iterdir():
        file.chmod(0o755)
    node.start()
    return topology, root


class Guide:
    def __init__(self, topology, root, mariadb):
        self.topology, self.root, self.mariadb = topology, root, mariadb
        self.url = None
        self.folder = root

    def run(self, command):
        node = self.topology.core
        if command == "systemctl stop dontgoback@all.socket dontgoback@all.service":
            return node.stop()
        if command == "systemctl start dontgoback@all":
            return node.start()
        if command.startswith("systemctl enable --now dontgoback-backup@all.timer"):
            assert (REPOSITORY / "systemd" / "dontgoback-backup@.timer").exists()
            return None
        if command == "systemctl start dontgoback-backup@all":
            unit = (REPOSITORY / "systemd" / "dontgoback-backup@.service").read_text()
            command = re.search("^ExecStart=/usr/bin/(.*)$", unit, re.MULTILINE)[1]
            command = command.replace("%i", "all").replace("${KEEP}", re.search("KEEP=(.*)", unit)[1])
        if MARIADB_URL in command and self.url is None:
            self.url = self.mariadb.create_database("dontgoback")
            self.topology.mariadb = self.mariadb
            (self.root / "etc/dontgoback/database.password").write_text(self.mariadb.password_file.read_text())
            (self.root / "etc/dontgoback/database.password").chmod(0o600)
        here = re.sub(r"(?<![\w.])/(etc|var|root)\b", rf"{self.root}/\1", command).replace(MARIADB_URL, self.url or "")
        if self.url:
            here = here.replace(f"--database={self.url}", f"'--database={self.url}'")
        done = subprocess.run(["bash", "-o", "pipefail", "-c", here], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120,
                              env={**environment(), "NAS": str(self.root / "nas"),
                                   "PATH": f"{self.root}/bin:/usr/sbin:/usr/bin:/sbin:/bin"})
        out, err = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
        assert done.returncode == 0, (command, out, err)
        assert not SANITIZER.search(err), err
        assert not known_secrets.found_in(out + err)
        if here.startswith("cd "):
            self.folder = here.split()[1]
        return None


def test_its_commands_do_what_it_says(machine, workspace):
    topology, root = machine
    mariadb = MariaDb(workspace / "gm").start()
    try:
        guide = Guide(topology, root, mariadb)
        member = topology_member(topology)
        assert len(COMMANDS) > 25
        alone = "dontgoback backup restore /var/backups/all.tar.zst"
        for command in COMMANDS:
            if command == alone:  # on an empty machine
                topology.core.stop()
                guide.run("mkdir /root/emptied && mv /var/lib/dontgoback-all /etc/dontgoback/all.toml /root/emptied/")
            guide.run(command)
            if command == alone:
                topology.core.start()
            if topology.core.running():
                assert member.me()["userId"], command
        topology.mariadb = None
    finally:
        topology.core.stop()
        mariadb.stop()


def topology_member(topology):
    browser = topology.browser()
    own = {"Origin": "https://dontgoback.example", "Sec-Fetch-Site": None}
    assert browser.post("/api/guest", headers=own).status == 200
    return browser


def test_every_option_and_command_exists(binary):
    # As the guide writes them; what is in its tables and sentences too.
    for group, name in set(re.findall(r"dontgoback (backup|sessions|keys|multipliers) ([a-z]+)", TEXT)):
        code, out, _ = run_cli(binary, group, name, "--help")
        assert code == 0, (group, name)
    known = " ".join(run_cli(binary, *words, "--help")[1] for words in
                     [(), ("backup", "create"), ("backup", "verify"), ("sessions", "reset")])
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", re.sub("systemctl enable --now", "", TEXT)))
    assert named <= set(re.findall(r"--[a-z][a-z-]*", known)), named
