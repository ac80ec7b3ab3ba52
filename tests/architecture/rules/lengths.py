"""A file has 300 lines at most; those that had more may not grow."""

CEILING = 300
LONGER = {
    "src/storage/transfer.cpp": 357,
    "tests/e2e/faults/test_backup.py": 469,
    "tests/e2e/faults/test_readiness.py": 452,
    "tests/integration/app/configuration_test.cpp": 320,
    "tests/integration/auth/oauth_test.cpp": 367,
    "tests/integration/auth/stores_test.cpp": 397,
    "tests/integration/jobs/scheduler_test.cpp": 374,
    "tests/integration/storage/faults_sqlite_test.cpp": 332,
}


def check(tree):
    for path in tree.paths("", ends=(".cpp", ".hpp", ".py", ".mjs", ".ts", ".svelte", ".cmake")):
        length = tree.files[path].count("\n")
        ceiling = LONGER.get(path, CEILING)
        if length > ceiling:
            yield f"{path} has {length} lines, {ceiling} at most: look for the second thing in it"
        elif path in LONGER and length < ceiling:
            yield f"{path} has {length} lines now: lower its ceiling of {ceiling} in tests/architecture/rules/lengths.py"
    for path in LONGER:
        if "modules/core/module.cpp" in tree.files and path not in tree.files:
            yield f"{path} is gone, and still listed in tests/architecture/rules/lengths.py"


EXAMPLES = [
    ({"src/a/a.cpp": "\n" * 301}, "src/a/a.cpp has 301 lines, 300 at most"),
    ({"src/a/a.cpp": "\n" * 300}, None),
]
