"""Targets link in one direction; a module's link the public interface and their own module's, the host's no module.

What they link is written by CMake (links.txt in its build folder): a line a target, `TARGET FOLDER: TARGET TARGET`."""

import re

from tree import circles

OURS = re.compile("dontgoback_|host_|module_|core_")


def check(tree):
    folders, links = {}, {}
    for line in tree.files.get("links.txt", "").splitlines():
        target, _, linked = line.partition(":")
        name, folder = target.split()
        folders[name] = folder
        links[name] = linked.split()
    for way in circles(links):
        yield "targets link in a circle: " + " → ".join(way)
    for name, folder in folders.items():
        own = "/".join(folder.split("/")[:2])
        for other in links[name]:
            there = folders.get(other, "")
            if not there and OURS.match(other) and other != "dontgoback_options":
                yield f"{name} of {folder} links {other}, which is no target of the program's"
            if folder.startswith("modules/") and there and there not in ("include/dontgoback", ".") and not (there + "/").startswith(own + "/"):
                yield f"{name} of {folder} links {other} of {there}"
            if folder.startswith("src/") and folder != "src/app" and (there + "/").startswith(("modules/", "src/app/")):
                yield f"{name} of {folder} links {other} of {there}"


BASE = "dontgoback_options .:\ndontgoback_interface include/dontgoback:\nhost_http src/http: dontgoback_interface\n"
EXAMPLES = [
    ({"links.txt": BASE + "core_a modules/core/a: core_b\ncore_b modules/core/b: core_a\n"}, "in a circle: core_a → core_b → core_a"),
    ({"links.txt": BASE + "module_walk modules/walk: host_http\n"}, "module_walk of modules/walk links host_http of src/http"),
    ({"links.txt": BASE + "module_core modules/core:\nmodule_walk modules/walk: module_core\n"}, "links module_core"),
    ({"links.txt": BASE + "module_core modules/core:\nhost_jobs src/jobs: module_core\n"}, "host_jobs of src/jobs links module_core"),
    ({"links.txt": BASE + "dontgoback_app src/app: host_jobs\nhost_json src/json: dontgoback_app\nhost_jobs src/jobs:\n"},
     "host_json of src/json links dontgoback_app of src/app"),
    ({"links.txt": BASE + "host_jobs src/jobs: host_nowhere\n"}, "links host_nowhere, which is no target"),
    ({"links.txt": BASE + "module_core modules/core: core_a dontgoback_options\ncore_a modules/core/a: dontgoback_interface\n"
      "dontgoback_app src/app: module_core host_http\n"}, None),
]
