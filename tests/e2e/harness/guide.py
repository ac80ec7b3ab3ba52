"""The guide in docs/guide: its chapters, and what stands in their fenced blocks.

`sh` is typed as root, on the chapter's machine or the one that `on=` names; `sql` is given to MariaDB's root there; `text` is
printed by the block before it, with … for whatever differs. There is nothing else: what could be typed is one of these.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
GUIDE = REPOSITORY / "docs" / "guide"
LANGUAGES = {"en": GUIDE, "ko": GUIDE / "ko"}
KINDS = {"sh", "sql", "text"}
FENCE = re.compile(r"^```(.*)$")


@dataclass
class Block:
    kind: str
    place: str | None
    line: int
    lines: list = field(default_factory=list)

    def commands(self):
        """What is entered at once: a line with those that it goes on in, or with its here-document."""
        lines = iter(self.lines)
        for line in lines:
            command = without_comment(line)
            if not command.strip():
                continue
            while command.endswith("\\"):
                command += "\n" + without_comment(next(lines))
            if ends := re.search(r"<<'?([A-Z]+)'?", command):
                for line in lines:
                    command += "\n" + line
                    if line == ends[1]:
                        break
                else:
                    raise AssertionError(f"{command}: no line {ends[1]}")
            yield command.strip()

    def same_in_any_language(self):
        """Comments are for people; the rest is the same for all."""
        return self.kind, self.place, list(self.commands()) if self.kind == "sh" else self.lines


class Said:
    """What lines have printed, or somebody else has given: for the words in capitals of the lines after them."""

    PATTERNS = {"USER": r"^userId +(\d+)$", "KID": r"^([\w-]{43}) .* signing "}

    def __init__(self, **given):
        self.words, self.codes = given, {}

    def learn(self, output):
        self.codes |= dict(re.findall(r"dontgoback setup --role=(\w+) --join=(\S+)", output))
        for word, pattern in self.PATTERNS.items():
            if found := re.search(pattern, output, re.MULTILINE):
                self.words[word] = found[1]

    def fill_in(self, command):
        for word, value in self.words.items():
            command = re.sub(rf"\b{word}\b", lambda _: value, command)  # noqa: B023
        role = re.search(r"--role=([a-z]+)", command)
        return command.replace("--join=CODE", f"--join={self.codes.get(role[1], '')}") if role else command


def fill_in_passwords(statements, file):
    """SQL: PASSWORD is the newest one that a file has, OLD_PASSWORD the one that it replaces."""
    next_one = file.with_suffix(".next")
    present, newest = (path.read_text().strip() for path in (file, next_one if next_one.exists() else file))
    text = "\n".join(statements).replace("OLD_PASSWORD", present)
    assert "'PASSWORD'" in text
    return text.replace("'PASSWORD'", f"'{newest}'"), newest


def missing_in(output, lines):
    """The first line of a `text` block that is not in the output after those before it; None when all are."""
    at = 0
    for line in filter(str.strip, lines):
        words = (".*?".join(map(re.escape, word.split("…"))) for word in line.split())
        found = re.compile(r"\s+".join(words)).search(output, at)
        if not found:
            return line
        at = found.end()
    return None


def without_comment(line):
    return re.sub(r"(^|\s+)# .*$", "", line)


class Chapter:
    def __init__(self, path):
        self.path, self.name = path, path.stem
        self.text = path.read_text()
        self.blocks, self.prose = [], []
        block = None
        for number, line in enumerate(self.text.splitlines(), 1):
            fence = FENCE.match(line)
            if fence and block is None:
                kind, _, place = fence[1].partition(" on=")
                block = Block(kind, place or None, number)
            elif fence:
                self.blocks.append(block)
                block = None
            elif block is not None:
                block.lines.append(line)
            else:
                self.prose.append(line)
        assert block is None, f"{path}: a block has no end"

    def inline_code(self):
        return re.findall(r"`([^`]+)`", "\n".join(self.prose))

    def links(self):
        return re.findall(r"\]\(([^)\s]+)\)", "\n".join(self.prose))


def chapters(language="en"):
    return [Chapter(path) for path in sorted(LANGUAGES[language].glob("*.md"))]


def chapter(name):
    return Chapter(GUIDE / f"{name}.md")
