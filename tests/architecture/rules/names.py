"""The host names no module outside its one table: what it must know of one, the module says by a port or an option."""

import re

TABLE = "src/app/module_table.cpp"


def check(tree):
    modules = sorted({path.split("/")[1] for path in tree.paths("modules", ends=("/module.hpp",))})
    used = re.compile(r"\b(" + "|".join(modules or ["$^"]) + r")::")
    for path in tree.paths("src", "include"):
        if path == TABLE:
            continue
        for line, text in tree.literals(path):
            if text in modules:
                yield f"{path}:{line} names the module {text}"
        for number, line in enumerate(tree.code(path).splitlines(), 1):
            for name in used.findall(line):
                yield f"{path}:{number} uses {name}::"


WALK = {"modules/walk/module.hpp": "", TABLE: '{make<walk::WalkModule>, {"walk"}}'}
EXAMPLES = [
    ({**WALK, "src/app/serve.cpp": '\nif (modules.runs("walk")) return;\n'}, "src/app/serve.cpp:2 names the module walk"),
    ({**WALK, "src/jobs/a.cpp": "walk::go();\n"}, "src/jobs/a.cpp:1 uses walk::"),
    ({**WALK, "src/jobs/a.cpp": '// walk::go\nsay("walk on"); sleepwalk::go();\n'}, None),
]
