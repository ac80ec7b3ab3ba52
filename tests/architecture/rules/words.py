"""Parts are called by the field's words: module, part, public interface; the old pictures are gone from code and documents."""

import re

PICTURES = re.compile(r"\b(houses?|halls?|rooms?)\b", re.I)


def check(tree):
    for path in tree.paths("", ends=(".cpp", ".hpp", ".md", ".txt", ".cmake", ".toml", ".sql")):
        if path.startswith(("tests/", "modules/web/ui/")):  # texts of people
            continue
        for number, line in enumerate(tree.files[path].splitlines(), 1):
            if found := PICTURES.search(line):
                yield f"{path}:{number} says {found[0]!r}"


EXAMPLES = [
    ({"docs/a.md": "one\nThe house keeps its rooms apart.\n"}, "docs/a.md:2 says 'house'"),
    ({"modules/core/a.hpp": "/// Of this Room alone.\n"}, "says 'Room'"),
    ({"src/a/a.cpp": "// in-house: no\n"}, "says 'house'"),
    ({"docs/a.md": "marshalling thousands of parts\n"}, None),
]
