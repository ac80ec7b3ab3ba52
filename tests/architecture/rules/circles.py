"""No circle of includes between the folders of the host, the parts of core, or the folders of another module."""

from pathlib import PurePosixPath

from tree import circles


def check(tree):
    edges = {}
    places = {}
    for path in tree.paths("src", "modules"):
        here = unit_of(path)
        for line, name, angle in tree.includes(path):
            target = None if angle else tree.target(path, name)
            there = unit_of(target) if target else None
            if here and there and there != here:
                edges.setdefault(here, set()).add(there)
                places.setdefault((here, there), f"{path}:{line}")
    for way in circles(edges):
        yield " → ".join(way) + " (" + ", ".join(places[step] for step in zip(way, way[1:])) + ")"


def unit_of(path):
    """src/http, modules/core/feed, modules/auth/keys. What lies in a module's own folder wires the others."""
    parts = PurePosixPath(path).parts
    depth = 2 if parts[0] == "src" else 3
    return "/".join(parts[:depth]) if len(parts) > depth else None


EXAMPLES = [
    ({"src/a/a.cpp": '#include "b/b.hpp"\n', "src/b/b.hpp": '#include "c/c.hpp"\n', "src/c/c.hpp": '\n#include "a/a.hpp"\n',
      "src/a/a.hpp": ""}, "src/a → src/b → src/c → src/a (src/a/a.cpp:1, src/b/b.hpp:1, src/c/c.hpp:2)"),
    ({"modules/core/x/x.cpp": '#include "y/y.hpp"\n', "modules/core/y/y.hpp": "", "modules/core/y/y.cpp": '#include "x/x.hpp"\n',
      "modules/core/x/x.hpp": ""}, "modules/core/x → modules/core/y → modules/core/x"),
    ({"modules/auth/x/x.cpp": '#include "../y/y.hpp"\n', "modules/auth/y/y.hpp": '#include "../x/x.hpp"\n',
      "modules/auth/x/x.hpp": ""}, "modules/auth/x → modules/auth/y"),
    ({"src/a/a.cpp": '#include "b/b.hpp"\n#include "c/c.hpp"\n', "src/b/b.hpp": '#include "c/c.hpp"\n', "src/c/c.hpp": ""}, None),
]
