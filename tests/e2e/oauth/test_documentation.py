"""docs/oauth.md says what is true: its tests, commands and options exist."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from harness.keys import KeyPair
from harness.node import Node, run_cli
from harness.oauth import FORM, basic
from harness.wire import call

TESTS = Path(__file__).parents[2]
TEXT = (TESTS.parent / "docs" / "oauth.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w./-]+\.(?:py|mjs|cpp))::([^`]+)`", TEXT)))
RFCS = {6749, 6750, 7009, 7519, 7523, 7662, 8414, 8707, 8725, 9068, 9449, 9700}


DATA = "--data-dir=/var/lib/dontgoback"
JOINED = re.sub(r" \\\n +", " ", TEXT)
COMMANDS = list(dict.fromkeys(found for pair in re.findall(r"`((?:dontgoback|curl) [^`]+)`|^    ((?:dontgoback|curl) .*)$",
                                                           JOINED, re.MULTILINE) for found in pair if found))


def declares(file, name):
    patterns = {".py": r"^def {}\(", ".mjs": r"^export (?:async function|const) {}\b",
                ".cpp": r'^TEST_CASE(?:_METHOD)?\((?:\w+, )?"{}"'}
    return re.search(patterns[file.suffix].format(re.escape(name)), file.read_text(), re.MULTILINE)


@pytest.mark.parametrize("file,name", NAMED, ids="::".join)
def test_every_named_test_exists(file, name):
    found = [path for path in TESTS.rglob(Path(file).name) if f"/{path.relative_to(TESTS)}".endswith(f"/{file}")]
    assert len([path for path in found if declares(path, name)]) == 1, f"{name} in {found or 'no file'}"


def test_every_demand_has_a_test():
    tables = TEXT.partition("## What the standards demand")[2]
    sections = re.split(r"^### ", tables, flags=re.MULTILINE)[1:]
    covered = set()
    for section in sections:
        title = section.splitlines()[0]
        if not (number := re.match(r"RFC (\d+)", title)):
            continue
        covered.add(int(number[1]))
        rows = [line for line in section.splitlines() if line.startswith("| ")][2:]
        assert rows, title
        for row in rows:
            assert re.search(r"`[\w./-]+::[^`]+`", row), f"{title}: nothing shows {row}"
    assert covered == RFCS


def test_every_option_and_command_exists(binary):
    helps = {(): run_cli(binary, "--help")[1]}
    code_parts = " ".join(re.findall(r"`[^`]+`|^    .*$", TEXT, re.MULTILINE))
    for group, name in set(re.findall(r"\b(clients|keys|nodes) ([a-z]+(?:-[a-z]+)*)\b", code_parts)):
        code, helps[group, name], _ = run_cli(binary, group, name, "--help")
        assert code == 0, f"{group} {name}"
    for name in ("audit", "setup"):
        helps[name] = run_cli(binary, name, "--help")[1]
    assert ("clients", "add") in helps and ("keys", "rotate") in helps
    known = set(re.findall(r"--[a-z][a-z-]*", " ".join(helps.values())))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", TEXT))
    assert named and named <= known, named - known


@pytest.fixture(scope="module")
def stopped_node(binary, tmp_path_factory):
    """The data directory of an auth node that has run, without and with the client of the guide."""
    folder = tmp_path_factory.mktemp("guide")
    node = Node(binary, "auth", folder / "data", "--role=auth").start()
    node.stop()
    (folder / "public.jwks").write_text(json.dumps({"keys": [KeyPair().public_jwk()]}))
    shutil.copytree(folder / "data", folder / "with-client")
    code, _, err = run_cli(binary, "clients", "add", "reporter", "--role=auth", f"--data-dir={folder / 'with-client'}",
                           "--scope=asset:update")
    assert code == 0, err
    return folder


def test_there_are_commands():
    assert len(COMMANDS) > 15
    for command in COMMANDS:
        assert "--role=auth" in command or command.startswith("curl ") or of_nodes(command), command


def of_nodes(command):
    """About nodes that join: run by e2e/setup, where there are some."""
    return re.search(r"dontgoback (setup|nodes) | dontgoback-core-server ", command)


@pytest.mark.parametrize("command", [command for command in COMMANDS
                                     if command.startswith("dontgoback ") and not of_nodes(command)])
def test_every_command_does_what_it_says(binary, stopped_node, tmp_path, command):
    """On the data of a node, as an operator would type it."""
    data = tmp_path / "data"
    shutil.copytree(stopped_node / ("data" if "clients add" in command else "with-client"), data)
    kid = json.loads(run_cli(binary, "keys", "list", "--role=auth", f"--data-dir={data}", "--json")[1])[0]["kid"]
    words = [word.replace("KID", kid).replace("public.jwks", str(stopped_node / "public.jwks"))
             for word in shlex.split(command)[1:] if word != DATA]
    if words[0].startswith("--"):  # the server itself: it is told apart by the tests that start one
        words = ["config", "check", *words]
    code, out, err = run_cli(binary, *words, f"--data-dir={data}")
    assert code == 0, (out, err)


def test_every_request_is_answered(world):
    reporter = world.add_client("reporter-of-the-guide", "--scope=asset:update")
    requests = [command for command in COMMANDS if command.startswith("curl ")]
    assert len(requests) >= 4
    for command in requests:
        words = iter(shlex.split(command)[1:])
        headers, body, url = {}, None, None
        for word in words:
            if word == "-u":
                assert next(words) == "reporter:SECRET"
                headers |= basic(reporter.id, reporter.secret)
            elif word == "-d":
                body = next(words).replace("TOKEN", reporter.token())
                headers.setdefault("Content-Type", FORM)
            elif word == "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value.replace("TOKEN", reporter.token())
            else:
                url = word
        node = {"https://auth.example": world.auth, "https://extension.example": world.extension}
        host, path = re.fullmatch(r"(https://[a-z.]+)(/.*)", url).groups()
        answer = call(node[host].address, "POST", path, body, headers)
        assert answer.status == 200, (command, answer)
        if path.endswith("/introspect"):
            assert answer.json()["active"] is True


def test_a_resource_server_sees_all_tokens_with_the_scope_for_it(world):
    """The guide's gateway."""
    (command,) = [command for command in COMMANDS if "clients add gateway" in command]
    gateway = world.add_client("gateway-of-the-guide", *[word for word in shlex.split(command) if "--scope" in word])
    assert gateway.is_active(world.app.token())
    assert not world.neighbour.is_active(world.app.token())
