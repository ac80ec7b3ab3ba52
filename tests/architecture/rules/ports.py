"""Ports are met in module.cpp and src/app only: the rest of a module is given what it needs, and module.hpp needs no port."""

MEETING = "dontgoback/ports.hpp"


def check(tree):
    for path in tree.paths("src", "modules", "include"):
        names = [(line, name) for line, name, _ in tree.includes(path)]
        for line, name in names:
            if name == MEETING and not path.startswith("src/app/") and not path.endswith("/module.cpp"):
                yield f"{path}:{line} includes {MEETING}, which is for module.cpp and src/app"
            if path == "include/dontgoback/module.hpp" and name.startswith("dontgoback/ports"):
                yield f"{path}:{line} includes {name}: every module would know every port"
            for one, other in (("ports", "security"), ("security", "ports")):
                if path.startswith(f"include/dontgoback/{one}/") and name.startswith(f"dontgoback/{other}/"):
                    yield f"{path}:{line} includes {name}: {one} and {other} do not know each other"


EXAMPLES = [
    ({"modules/walk/routes.cpp": '#include "dontgoback/ports.hpp"\n'}, "routes.cpp:1 includes dontgoback/ports.hpp"),
    ({"src/http/a.cpp": '#include "dontgoback/ports.hpp"\n'}, "which is for module.cpp"),
    ({"include/dontgoback/module.hpp": '#include "dontgoback/ports/goals.hpp"\n'}, "every module would know every port"),
    ({"include/dontgoback/ports/a.hpp": '#include "dontgoback/security/jws.hpp"\n'}, "do not know each other"),
    ({"include/dontgoback/security/a.hpp": '#include "dontgoback/ports/a.hpp"\n'}, "do not know each other"),
    ({"modules/walk/module.cpp": '#include "dontgoback/ports.hpp"\n', "src/app/serve.cpp": '#include "dontgoback/ports.hpp"\n',
      "modules/walk/goals.cpp": '#include "dontgoback/ports/goals.hpp"\n'}, None),
]
