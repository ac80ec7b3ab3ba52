"""Small mistakes in C++ sources, made from their texts: what somebody could have typed and a reviewer could have missed."""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mistake:
    path: str  # relative to the root
    line: int  # the first is 1
    what: str
    before: str
    after: str  # of the line; empty: without it

    def in_text(self, text: str) -> str:
        lines = text.splitlines(keepends=True)
        if lines[self.line - 1].rstrip("\n") != self.before:
            raise ValueError(f"{self.path}:{self.line} is not what it was")
        lines[self.line - 1] = self.after + "\n"
        return "".join(lines)

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.what}\n  - {self.before.strip()}\n  + {self.after.strip()}"


@dataclass(frozen=True)
class Patch:
    """A mistake that somebody wrote down: a unified diff, applied by `git apply`."""
    file: Path
    paths: tuple[str, ...]

    def __str__(self) -> str:
        return self.file.name


# In code: strings are masked before these look.
CODE = [
    ("another side of the limit", r"(?<=\s)(<|>)(?=\s)", lambda m: m[0] + "="),
    ("another side of the limit", r"(?<=\s)(<=|>=)(?=\s)", lambda m: m[0][0]),
    ("the condition the other way round", r"(?<=\s)(<|>|<=|>=)(?=\s)",
     lambda m: {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}[m[0]]),
    ("equal for unequal", r"(?<=\s)(==|!=)(?=\s)", lambda m: "!=" if m[0] == "==" else "=="),
    ("and for or", r"(?<=\s)(&&|\|\|)(?=\s)", lambda m: "||" if m[0] == "&&" else "&&"),
    ("without the not", r"(?<=[(\s])!(?=[\w(])", lambda m: ""),
    ("plus for minus", r"(?<=[\w)\]] )[+-](?= [\w(])", lambda m: "-" if m[0] == "+" else "+"),
    ("true for false", r"\b(true|false)\b(?=[;,)}])", lambda m: "false" if m[0] == "true" else "true"),
    ("the smaller for the larger", r"\bstd::(min|max)\b(?=[<(])", lambda m: "std::max" if m[1] == "min" else "std::min"),
    ("goes on for ends", r"\b(break|continue);", lambda m: "continue;" if m[1] == "break" else "break;"),
    ("the first for the last", r"\.(front|back)\(\)", lambda m: ".back()" if m[1] == "front" else ".front()"),
    ("one more", r"(?<=[{( =-])(\d+)(?=[;})]| [;})*]|h\b|min\b|s\b|ms\b)", lambda m: str(int(m[1]) + 1)),
    ("without the condition", r"(?<=\bif \()(?!(?:const )?auto\b)(.+)(?=\) )", lambda m: "true"),
    ("never", r"(?<=\bif \()(?!(?:const )?auto\b)(.+)(?=\) )", lambda m: "false"),
    ("half of the condition", r"(?<=\()[^()&|]+(?: && )", lambda m: ""),
    ("half of the condition", r" && [^()&|]+(?=[);])", lambda m: ""),
]
# In texts of SQL.
SQL = [
    ("another side of the limit", r" (<|>) (?=[:\w])", lambda m: f" {m[1]}= "),
    ("another side of the limit", r" (<=|>=) (?=[:\w])", lambda m: f" {m[1][0]} "),
    ("the other order", r"\b(ORDER BY [\w.]+(?:, [\w.]+)*)( DESC)?\b",
     lambda m: m[1] if m[2] else m[1] + " DESC"),
    ("without the condition", r" AND [\w.]+ IS (?:NOT )?NULL", lambda m: ""),
    ("without the condition", r" AND [\w.]+ (?:=|<>|<|>) \d+(?=[ \"])", lambda m: ""),
    ("less durable", r"synchronous=FULL", lambda m: "synchronous=NORMAL"),
]
STATEMENT = re.compile(r"\s+(?:[\w:]+(?:\.|->))*\w+(?:\(.*\);|(?: [-+*]?= | = std::).*;)|\s+(?:\+\+|--)[\w.>-]+;|\s+\w+[\w.>-]*(?:\+\+|--);")
NOT_A_STATEMENT = re.compile(r"\s+(?:return|throw|using|const|auto|static|constexpr|else|delete|case|goto|co_\w+|if|for|while)\b|.*\bstatic_assert\b")
LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)\'')
SQL_WORD = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|AND|ORDER BY|PRAGMA|LIMIT|JOIN|FROM)\b")
# A declaration, or what the preprocessor and templates read.
SKIPPED = re.compile(r"\s*(#|//|template\b|using\b|namespace\b|\*)|.*\boperator\b|.*(telemetry::)?log_(info|warn|error|debug)\(")


def mistakes_in(path: str, text: str):
    """Every mistake this knows to make in the text, line by line; at most one change in each."""
    seen = set()
    for number, line in enumerate(text.splitlines(), 1):
        if SKIPPED.match(line):
            continue
        for what, after in _of_line(line):
            if after != line and (number, after) not in seen:
                seen.add((number, after))
                yield Mistake(path, number, what, line, after)


def _of_line(line):
    code, _, comment = line.partition("  // ")
    comment = "  // " + comment if comment else ""
    masked = LITERAL.sub(lambda m: '"' + "\0" * (len(m[0]) - 2) + '"', code)
    # Templates' brackets have no blanks around them; `<` with blanks is a comparison.
    for what, pattern, change in CODE:
        for found in re.finditer(pattern, masked):
            if "\0" in found[0] or (what == "plus for minus" and '"' in masked):
                continue
            yield what, code[:found.start()] + change(found) + code[found.end():] + comment
    for literal in LITERAL.finditer(code):
        if not SQL_WORD.search(literal[0]):
            continue
        for what, pattern, change in SQL:
            for found in re.finditer(pattern, literal[0]):
                start = literal.start() + found.start()
                yield what, code[:start] + change(found) + code[literal.start() + found.end():] + comment
    if STATEMENT.fullmatch(code) and not NOT_A_STATEMENT.match(code):
        yield "a statement less", ""


def patches_in(folder: Path):
    for file in sorted(folder.glob("*.patch")):
        paths = re.findall(r"^\+\+\+ (?:b/)?(\S+)", file.read_text(), re.M)
        yield Patch(file.resolve(), tuple(paths))
