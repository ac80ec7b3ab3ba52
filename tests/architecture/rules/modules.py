"""A module includes its own folder and the public interface; the interface only itself; the host no module but in src/app."""


def check(tree):
    for path in tree.paths("src", "modules", "include"):
        allowed = allowed_for(path)
        for line, name, _ in tree.includes(path):
            target = tree.target(path, name)
            if target and not any(target.startswith(folder + "/") for folder in allowed):
                yield f"{path}:{line} includes {target}: here only {' and '.join(allowed)} may be included"


def allowed_for(path):
    if path.startswith("include/"):
        return ["include/dontgoback"]
    if path.startswith("modules/"):
        return ["/".join(path.split("/")[:2]), "include/dontgoback"]
    return ["src", "include/dontgoback"] + (["modules"] if path.startswith("src/app/") else [])


EXAMPLES = [
    ({"modules/walk/a.cpp": '#include "core/feed.hpp"\n', "modules/core/feed.hpp": ""},
     "modules/walk/a.cpp:1 includes modules/core/feed.hpp"),
    ({"modules/walk/a.cpp": '\n#include "../core/feed.hpp"\n', "modules/core/feed.hpp": ""}, "a.cpp:2 includes"),
    ({"modules/walk/a.cpp": '#include "storage/open.hpp"\n', "src/storage/open.hpp": ""}, "includes src/storage/open.hpp"),
    ({"modules/walk/a.cpp": "#include <core/feed.hpp>\n", "modules/core/feed.hpp": ""}, "a.cpp:1 includes modules/core/feed.hpp"),
    ({"src/jobs/a.cpp": '#include "core/feed.hpp"\n', "modules/core/feed.hpp": ""}, "src/jobs/a.cpp:1 includes"),
    ({"include/dontgoback/a.hpp": '#include "storage/open.hpp"\n', "src/storage/open.hpp": ""}, "a.hpp:1 includes"),
    ({"modules/walk/b/a.cpp": '#include "a.hpp"\n#include "goals/goals.hpp"\n#include "dontgoback/id.hpp"\n',
      "modules/walk/b/a.hpp": "", "modules/walk/goals/goals.hpp": "", "include/dontgoback/id.hpp": "",
      "src/app/m.cpp": '#include "walk/module.hpp"\n', "modules/walk/module.hpp": ""}, None),
]
