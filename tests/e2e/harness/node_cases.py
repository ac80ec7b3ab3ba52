"""Cases written for Node (`oauth/cases/*.mjs`), with the client libraries of npm."""

import json
import re
import subprocess
from pathlib import Path

from harness.oauth import AUDIENCE, UPDATE
from harness.secrets import known_secrets

SOURCES = Path(__file__).parents[1] / "oauth" / "cases"


def names_in(file):
    """The cases of a file: what it exports."""
    names = re.findall(r"^export (?:async function|const) (\w+)", (SOURCES / file).read_text(), re.MULTILINE)
    assert names, file
    return names


def node_command(node):
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    # Node 18 keeps the Web Cryptography API, which the libraries need, behind a switch.
    old = int(version.strip().lstrip("v").partition(".")[0]) < 19
    return [node, *(["--experimental-global-webcrypto"] if old else [])]


class NodeCases:
    """`folder`: the cases beside the packages they use, as the build puts them there."""

    def __init__(self, node, folder):
        assert node and folder, "say where Node and the built cases are: --node, --node-cases"
        self._folder = Path(folder).resolve()
        self.command = node_command(node)

    def run(self, world, file, name):
        done = subprocess.run([*self.command, "run.mjs", file, name], input=self.describe(world), cwd=self._folder,
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        for token in json.loads(done.stdout):
            known_secrets.add("token", token)

    def start(self, world, file):
        """A case that goes on and is spoken to."""
        return subprocess.Popen([*self.command, file, self.describe(world)], cwd=self._folder, text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    @staticmethod
    def describe(world):
        clients = {name: {"id": client.id, "secret": client.secret, "jwk": client.key and client.key.private_jwk()}
                   for name in ("app", "odd", "neighbour", "inspector", "es256", "rs256", "bound")
                   for client in [getattr(world, name)]}
        return json.dumps({"issuer": world.issuer, "resource": world.extension.url + UPDATE, "audience": AUDIENCE,
                           "otherAudience": world.other_audience, "algorithm": world.algorithm, "clients": clients})
