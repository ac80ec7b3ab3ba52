"""A part of core includes of another part only that part's own header, PART/PART.hpp."""


def check(tree):
    for path in tree.paths("modules/core"):
        for line, name, _ in tree.includes(path):
            target = tree.target(path, name)
            here, there = part_of(path), part_of(target or "")
            if there and here != there and target != f"modules/core/{there}/{there}.hpp":
                yield f"{path}:{line} includes {target}, which is inside of {there}: what others may use is in {there}/{there}.hpp"


def part_of(path):
    parts = path.split("/")
    return parts[2] if path.startswith("modules/core/") and len(parts) > 3 else None


FILES = {"modules/core/feed/feed.hpp": "", "modules/core/feed/store.hpp": "", "modules/core/feed/inner/a.hpp": ""}
EXAMPLES = [
    ({**FILES, "modules/core/demo/demo.cpp": '#include "feed/store.hpp"\n'}, "demo.cpp:1 includes modules/core/feed/store.hpp"),
    ({**FILES, "modules/core/demo/demo.cpp": "#include <feed/store.hpp>\n"}, "which is inside of feed"),
    ({**FILES, "modules/core/module.cpp": '#include "feed/inner/a.hpp"\n'}, "inside of feed"),
    ({**FILES, "modules/core/module.cpp": '#include "feed/feed.hpp"\n',
      "modules/core/feed/store.cpp": '#include "store.hpp"\n#include "inner/a.hpp"\n'}, None),
]
