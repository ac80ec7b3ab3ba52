"""Modules contain no coroutines: only the host waits."""

import re


def check(tree):
    for path in tree.paths("modules"):
        for number, line in enumerate(tree.code(path).splitlines(), 1):
            if re.search(r"\bco_(await|return|yield)\b|#\s*include\s*<coroutine>", line):
                yield f"{path}:{number} waits in a coroutine"


EXAMPLES = [
    ({"modules/walk/a.cpp": "int f() {\n  co_return 1;\n}\n"}, "a.cpp:2"),
    ({"modules/walk/a.hpp": "#include <coroutine>\n"}, "a.hpp:1"),
    ({"modules/walk/a.cpp": '// co_await is the host\'s\nauto x = "co_await";\n', "src/http/a.cpp": "co_return;\n"}, None),
]
