"""What only a real machine has: systemd, packages, nginx, certbot. The guide's commands of these are not run: what they name must be
there, in packaging, in systemd or on the machine so far; systemd's verbs start and end the nodes as the units say. tests/packaging
types them on a real machine."""

import re
import subprocess
from pathlib import Path

from harness.guide import REPOSITORY
from harness.waiting import eventually

CONTROL = (REPOSITORY / "packaging/debian/control").read_text()
PACKAGES = set(re.findall(r"^Package: (\S+)$", CONTROL, re.MULTILINE))
# Debian's own, of bookworm and later.
DEBIAN = {"age", "ca-certificates", "certbot", "curl", "mariadb-server", "nginx", "openssl", "prometheus", "python3-certbot-nginx", "redis-server"}
DEBIAN_UNITS = {"mariadb": "mariadb-server", "nginx": "nginx", "prometheus": "prometheus", "redis-server": "redis-server"}


def apt(machine, words):
    assert words[0] in ("install", "update", "upgrade", "purge"), words
    for word in words[1:]:
        name = re.sub(r"^\./|_\*\.deb$", "", word)
        assert name in PACKAGES | DEBIAN, f"no package {name}"
        machine.installed.add(name)


def systemctl(machine, words):
    verb, names = words[0], [word for word in words[1:] if not word.startswith("--")]
    assert verb in ("enable", "start", "stop", "restart", "reload", "status", "daemon-reload", "list-timers", "disable"), words
    acts = {"enable": "start" if "--now" in words else "", "disable": "stop" if "--now" in words else ""}.get(verb, verb)
    for name in names:
        of_unit(machine, acts, name.removesuffix(".service"))


def of_unit(machine, act, name):
    stem, at, instance = name.partition("@")
    if not at:
        assert DEBIAN_UNITS.get(name) in machine.installed, f"{name}: nothing has installed it"
        if name == "redis-server" and act in ("start", "restart"):
            start_redis(machine)
        return
    instance, _, kind = instance.partition(".")
    assert (REPOSITORY / "systemd" / f"{stem}@.{kind or 'service'}").exists(), f"no unit {name}"
    node = machine.nodes[instance]
    assert (machine.root / f"etc/dontgoback/{instance}.toml").exists(), f"{name}: no settings"
    if stem == "dontgoback-backup" and not kind and act == "start":
        unit = (REPOSITORY / "systemd/dontgoback-backup@.service").read_text()
        command = re.search("^ExecStart=/usr/bin/(.*)$", unit, re.MULTILINE)[1]
        keep = re.search("KEEP=(.*)", unit)[1]
        machine.output = machine.shell(machine.here(command.replace("%i", instance).replace("${KEEP}", keep)))
    elif stem == "dontgoback" and not kind:
        if act in ("stop", "restart"):
            node.stop()
        if act in ("start", "restart"):
            node.start()


def start_redis(machine):
    if machine.redis:
        machine.redis.kill()
        machine.redis.wait()
    folder = machine.root / "etc/redis"
    file = folder / "redis.conf"
    machine.redis = subprocess.Popen(
        ["redis-server", *([str(file)] if file.exists() else []), "--bind", "127.0.0.1", "--port", machine.network.redis.rpartition(":")[2],
         "--save", "", "--dir", str(folder), "--daemonize", "no", "--logfile", str(folder / "log")],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    eventually(lambda: "Ready to accept" in (folder / "log").read_text() if (folder / "log").exists() else False, "redis-server")
    (folder / "log").unlink()


def nginx(machine, words):
    """The sites lead to nodes of this machine, by the sockets of their units."""
    assert words == ["-t"]
    sites = [site for site in (machine.root / "etc/nginx/sites-enabled").iterdir() if site.name != "default"]
    assert sites, "no site is enabled"
    for site in sites:
        assert site.exists(), f"{site.name} leads nowhere"
        for instance in re.findall(r"^\s*server unix:/run/dontgoback/(\S+)\.sock", site.read_text(), re.MULTILINE):
            assert instance in machine.nodes, f"{site.name}: no node {instance} here"


def certbot(machine, words):
    assert "certbot" in machine.installed and words[0] in ("certonly", "renew"), words
    for word, name in zip(words, words[1:], strict=False):
        if word == "-d":
            assert name in machine.network.hosts, name


def journalctl(machine, words):
    for word, unit in zip(words, words[1:], strict=False):
        if word == "-u":
            of_unit(machine, "status", unit)


def timedatectl(machine, words):
    assert words in ([], ["set-ntp", "true"]), words


def authorities(machine, words):
    found = list((machine.root / "usr/local/share/ca-certificates").glob("*.crt"))
    assert not words and found, "there is no certificate"
    for file in found:
        assert "BEGIN CERTIFICATE" in file.read_text(), file


def scp(machine, words):
    """A file to another machine of the story, `root@NAME:PATH`."""
    file, target = words
    name, _, path = target.removeprefix("root@").partition(":")
    content = Path(machine.here(file)).read_bytes()
    if name not in machine.network.machines:
        machine.network.begin(name)
    Path(machine.network.machines[name].here(path)).write_bytes(content)


CHECKED = {"apt": apt, "systemctl": systemctl, "nginx": nginx, "certbot": certbot, "journalctl": journalctl, "timedatectl": timedatectl,
           "update-ca-certificates": authorities, "scp": scp}
