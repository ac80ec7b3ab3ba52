"""A machine on which the guide's commands are typed: a folder that has the place of /, ports that are free in the place of those
that the guide names, http on this machine in the place of https; the built program where the package puts it."""

import re
import shlex
import shutil
import subprocess

from harness.guide import REPOSITORY, Said, fill_in_passwords, missing_in
from harness.guide_node import GuideNode
from harness.guide_system import CHECKED
from harness.keys import KeyPair
from harness.machine import free_port
from harness.node import SANITIZER, environment
from harness.secrets import known_secrets
from harness.topology import quiet_zone
from harness.waiting import eventually

USER = (REPOSITORY / "packaging/debian/dontgoback.sysusers").read_text().split()[1]
EXAMPLES = "usr/share/doc/dontgoback/examples"
MARIADB_URL = "mysql://dontgoback@localhost/dontgoback"
PATHS = re.compile(r"(?<![\w./}])/(etc|var|root|run|usr/share/doc/dontgoback|usr/local/share/ca-certificates)\b")
OWN_PATHS = re.compile(r"(?<![\w.:}-])/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\b[\w./-]*")

# What is run as it stands. Whatever is neither here nor in CHECKED fails: nothing of the guide is left out.
RUN = {"cat", "chown", "cp", "curl", "dontgoback", "echo", "find", "grep", "head", "install", "ln", "ls", "mkdir", "mv", "openssl", "printf",
       "promtool", "rm", "runuser", "sed", "tail", "true"}

# Users of others than who runs the test are not there, and its files are all its own.
STAND_INS = {
    "runuser": f'[ "$1 $2 $3" = "-u {USER} --" ] || exit 9\nshift 3\nexec "$@"\n',
    "chown": f'case "$1" in {USER}:{USER}|-R) ;; *) exit 9 ;; esac\n',
    "install": 'out=\nfor word; do shift; case "$skip$word" in -o|-g) skip=1 ;; '
               f'1{USER}|1root) skip= ;; 1*) exit 9 ;; *) set -- "$@" "$word" ;; esac; done\nexec /usr/bin/install "$@"\n',
}
# What the package's unit and `setup` of a bare machine need no word for: here other machines are beside this one.
PROGRAM = """#!/bin/bash
root={root}
instance=$(printf '%s\\n' "$@" | sed -n 's/^--role=//p')
file=$root/etc/dontgoback/$instance.toml
case "$1" in
  setup)
    set -- "$@" "--config-folder=$root/etc/dontgoback"
    if [ ! -e "$file" ]; then
      set -- "$@" "--data-dir=$root/var/lib/dontgoback-$instance" "--timezone={zone}" "--listen=$({ports} "$instance" listen)"
      case "$*" in *--management-listen=*) ;; *) set -- "$@" "--management-listen=$({ports} "$instance" management)" ;; esac
    fi ;;
  --*) ;;
  *) case "$*" in *--config=*) ;; *) [ -z "$instance" ] || set -- "--config=$file" "$@" ;; esac ;;
esac
exec {binary} "$@"
"""


class Network:
    """The machines of a story, and where what the guide names is here."""

    def __init__(self, binary, folder, names, mariadb=None):
        self.binary, self.folder, self.mariadb = str(binary), folder, mariadb
        self.machines, self.said = {}, Said()
        # Each node: its name, its instance, the management address that the guide has for it.
        self.hosts = {host: f"127.0.0.1:{free_port()}" for host in names}
        self.redis = f"127.0.0.1:{free_port()}"
        self.mail = ""  # how setup is told of the mail server
        self.successors = {}  # a machine → the one whose place it takes

    def machine(self, name, **nodes):
        """`nodes`: instance → (host, management port in the guide)."""
        self.machines[name] = GuideMachine(self, name, {instance.replace("_", "-"): where for instance, where in nodes.items()})
        return self.machines[name]

    def begin(self, name):
        """A bare machine in the place of another one, which is no more: backups are put back where they were."""
        former = self.machines.pop(self.successors[name])
        assert not former.stop()
        former.root.rename(former.root.with_suffix(".gone"))
        self.machines[name] = GuideMachine(self, name, former.given, former.root, former.ports)

    def stop(self):
        problems = []
        for machine in self.machines.values():
            problems += machine.stop()
        assert not problems, "\n".join(problems)

    def here(self, text):
        for host, address in self.hosts.items():
            text = re.sub(rf"https://{re.escape(host)}(?![\w.-])", f"http://{address}", text)
        return text.replace("127.0.0.1:6379", self.redis).replace("--smtp=smtp://mail.example.com:587", self.mail)

    def there(self, text):
        for host, address in self.hosts.items():
            text = text.replace(f"http://{address}", f"https://{host}")
        return text


class GuideMachine:
    def __init__(self, network, name, nodes, root=None, ports=None):
        self.network, self.name, self.given = network, name, nodes
        self.root = root or network.folder / name
        self.nodes = {instance: GuideNode(self, instance) for instance in nodes}
        self.ports = ports or {instance: (network.hosts.get(host) or f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}")
                               for instance, (host, _) in nodes.items()}
        for instance, (_, management) in nodes.items():
            self.nodes[instance].address = self.ports[instance][0]
            self.nodes[instance].management_of_guide = f"127.0.0.1:{management}"
        self.installed, self.redis, self.output, self.link = set(), None, "", None
        for folder in ("etc/dontgoback", "etc/nginx/sites-available", "etc/nginx/sites-enabled", "etc/nginx/modules-enabled",
                       "etc/default", "etc/prometheus", "etc/redis", "var/lib", "var/backups", "root", "bin", "usr/local/share/ca-certificates", EXAMPLES):
            (self.root / folder).mkdir(parents=True)
        (self.root / "etc/nginx/sites-enabled/default").write_text("")
        (self.root / "etc/nginx/nginx.conf").write_text("events {\n\tworker_connections 768;\n}\n")
        (self.root / "etc/redis/redis.conf").write_text("")
        (self.root / "root/AuthKey.p8").write_text(KeyPair("ES256").private_pem())
        for pattern in (REPOSITORY / "packaging/debian/dontgoback.examples").read_text().split():
            for file in REPOSITORY.glob(pattern):
                shutil.copy(file, self.root / EXAMPLES)
        ports = "".join(f"{instance}\\ {kind}) echo {address} ;; " for instance, both in self.ports.items()
                        for kind, address in zip(("listen", "management"), both, strict=True))
        scripts = {**STAND_INS, "ports-of": f'case "$1 $2" in {ports} esac\n'}
        for command, script in scripts.items():
            (self.root / "bin" / command).write_text("#!/bin/sh\n" + script)
        (self.root / "bin/dontgoback").write_text(
            PROGRAM.format(root=self.root, zone=quiet_zone(), ports=self.root / "bin/ports-of", binary=network.binary))
        for file in (self.root / "bin").iterdir():
            file.chmod(0o755)

    def here(self, text):
        for instance, node in self.nodes.items():
            text = text.replace(node.management_of_guide, self.ports[instance][1])
        text = PATHS.sub(rf"{self.root}/\1", self.network.here(text))
        if self.network.mariadb:
            url = self.network.mariadb.url
            text = text.replace(f"--database={MARIADB_URL}", f"'--database={url}'").replace(MARIADB_URL, url)
        return self.network.said.fill_in(text)

    def there(self, text):
        for instance, node in self.nodes.items():
            text = text.replace(self.ports[instance][1], node.management_of_guide)
        return self.network.there(text).replace(str(self.root), "")

    # What is typed.

    def run(self, command):
        words = shlex.split(command, comments=True)
        if words[0] in CHECKED:
            assert not re.search(r"[|;&<>]", command), f"{command}: not alone in its line"
            CHECKED[words[0]](self, words[1:])
            return
        typed = self.here(command)
        programs = re.findall(r"(?:^|[|;&(]|-exec|runuser -u \w+ -- )\s*([A-Za-z][\w-]*)", re.sub(r"'[^']*'", "''", command.partition("\n")[0]))
        assert programs and set(programs) <= RUN, f"{command}: neither run nor looked at: {set(programs) - RUN}"
        elsewhere = [path for path in OWN_PATHS.findall(typed.partition("\n")[0])
                     if not path.startswith((str(self.network.folder), "/dev/stdin"))]
        assert not elsewhere, f"{command}: {elsewhere} would be this machine's own"
        self.output = self.shell(typed)
        self.network.said.learn(self.output)
        for code in self.network.said.codes.values():
            known_secrets.add("join code", code)
        for link in re.findall(r"https?://\S+token=\S+", self.output):
            self.link = known_secrets.add("sign-in link", link)
            known_secrets.add("sign-in link", link.rpartition("=")[2])

    def sql(self, statements):
        """By MariaDB's root."""
        text, password = fill_in_passwords(statements, self.root / "etc/dontgoback/database-password")
        known_secrets.add("database password", password)
        self.output = "\n".join("\t".join(row) for row in self.network.mariadb.sql(text))

    def printed(self, lines, command):
        """By the last block. What a node tells of itself may need a moment to become so: it is asked again."""
        def missing():
            line = missing_in(self.there(self.output), lines)
            if line is None:
                return True
            assert command.startswith("curl "), f"not said after what was before it: {line!r}\n{self.there(self.output)}"
            self.output = before + self.shell(self.here(command))
            return False

        before = self.output
        eventually(missing, f"it prints {lines}", step=0.2)

    def shell(self, text):
        done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", text], cwd=self.root / "root", stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120,
                              env={**environment(), "PATH": f"{self.root}/bin:/usr/sbin:/usr/bin:/sbin:/bin"})
        out, err = (part.decode(errors="replace") for part in (done.stdout, done.stderr))
        assert done.returncode == 0, f"{self.name}: {text}\n{out}{err}"
        assert not SANITIZER.search(err), err
        return out + err

    def stop(self):
        problems = []
        for node in self.nodes.values():
            try:
                node.stop()
            except AssertionError as problem:
                problems.append(str(problem))
        if self.redis:
            self.redis.kill()
            self.redis.wait()
        return problems


def type_chapter(network, chapter, usual):
    """Everything in it, in its order; `usual`: the machine of blocks that name none."""
    machine = None
    for block in chapter.blocks:
        machine = network.machines[block.place or usual] if block.kind != "text" else machine
        try:
            if block.kind == "text":
                machine.printed(block.lines, command)
            elif block.kind == "sql":
                machine.sql(block.lines)
            else:
                said = []
                for command in block.commands():
                    machine.output = ""
                    machine.run(command)
                    said.append(machine.output)
                machine.output = "".join(said)
        except Exception as problem:
            problem.add_note(f"in {chapter.path.relative_to(REPOSITORY)}, the block of line {block.line}")
            raise
