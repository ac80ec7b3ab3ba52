#!/usr/bin/env -S python3 -B
"""check.py [RULE …]: whether the sources keep the rules of tests/architecture/rules, all unless some are named.

A rule first proves itself: each of its EXAMPLES is a small tree, as texts by path, and a part of what the rule must say
about it, or None where it must say nothing. Exit code 1 where a rule is broken, by the sources or by its own examples.
"""

import argparse
import importlib
import sys
from pathlib import Path

from tree import Tree

HERE = Path(__file__).resolve().parent


def prove(rule):
    """What is wrong with the rule itself."""
    for number, (files, expected) in enumerate(rule.EXAMPLES, 1):
        said = "\n".join(rule.check(Tree(files)))
        if expected is None and said:
            yield f"example {number} is good, and is refused: {said}"
        elif expected is not None and expected not in said:
            yield f"example {number} is not refused with {expected!r}: {said or 'nothing is said'}"
    if not any(expected for _, expected in rule.EXAMPLES):
        yield "no example breaks it"


def main():
    names = sorted(path.stem for path in (HERE / "rules").glob("*.py"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=HERE.parent.parent)
    parser.add_argument("--links", type=Path, help="what CMake wrote for the rule links, which without it only proves itself")
    parser.add_argument("rules", nargs="*", metavar="RULE", help=", ".join(names))
    arguments = parser.parse_args()
    tree = Tree.of(arguments.root)
    if arguments.links:
        tree.files["links.txt"] = arguments.links.read_text()
    wrong = False
    for name in arguments.rules or names:
        rule = importlib.import_module("rules." + name)
        problems = list(prove(rule)) or list(rule.check(tree))
        wrong = wrong or bool(problems)
        print(f"{name}: {'broken' if problems else 'kept'}")
        for problem in problems:
            print("  " + problem)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
