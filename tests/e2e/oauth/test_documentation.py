"""docs/oauth.md says what is true: its tests, commands and options exist."""

import re
from pathlib import Path

import pytest

from harness.node import run_cli

TESTS = Path(__file__).parents[2]
TEXT = (TESTS.parent / "docs" / "oauth.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w./-]+\.(?:py|mjs|cpp))::([^`]+)`", TEXT)))
RFCS = {6749, 6750, 7009, 7519, 7523, 7662, 8414, 8707, 8725, 9068, 9449, 9700}


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
    for group, name in set(re.findall(r"\b(clients|keys) ([a-z]+(?:-[a-z]+)*)\b", code_parts)):
        code, helps[group, name], _ = run_cli(binary, group, name, "--help")
        assert code == 0, f"{group} {name}"
    helps["audit"] = run_cli(binary, "audit", "--help")[1]
    assert ("clients", "add") in helps and ("keys", "rotate") in helps
    known = set(re.findall(r"--[a-z][a-z-]*", " ".join(helps.values())))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", TEXT))
    assert named and named <= known, named - known
