"""In modules SQL is in files with `store` in their name, and what a part publishes of it in the part's fragments.hpp."""

import re

STATEMENT = re.compile(r"\bSELECT\b|\bINSERT (OR \w+ )?INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bREPLACE INTO\b")


def check(tree):
    for path in tree.paths("modules"):
        name = path.rsplit("/", 1)[1]
        if "store" in name or name == "fragments.hpp":
            continue
        for line, text in tree.literals(path):
            if STATEMENT.search(text):
                yield f"{path}:{line} holds SQL: {text.strip()[:60]}"


EXAMPLES = [
    ({"modules/walk/handlers.cpp": 'db.one<int>("SELECT 1 FROM walkers");\n'}, "handlers.cpp:1 holds SQL"),
    ({"modules/walk/service.cpp": 'db.execute(\n    "INSERT OR IGNORE INTO "\n    "walkers");\n'}, "service.cpp:2"),
    ({"modules/walk/walker_fragments.hpp": '"EXISTS (SELECT 1 FROM walkers)"'}, "walker_fragments.hpp:1"),
    ({"modules/walk/fragments.hpp": '"EXISTS (SELECT 1 FROM walkers)"'}, None),
    ({"modules/walk/walker_store.cpp": '"SELECT 1"', "modules/walk/handlers.cpp": '// SELECT 1\n"Select one to UPDATE"\n'}, None),
]
