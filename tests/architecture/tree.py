"""The sources as the rules see them: texts by path, and what of a C++ file is code, text and include."""

import re
from pathlib import Path, PurePosixPath

TOPS = ("src", "modules", "include", "tests", "benchmarks", "cmake", "docs", "scripts", "config", "systemd")
LEFT_OUT = {"build", "node_modules", ".git", "__pycache__", "corpus"}

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/"""
    r"""|R"(?P<mark>[^()\\\s]*)\((?P<raw>.*?)\)(?P=mark)\""""
    r"""|"(?P<text>(?:\\.|[^"\\\n])*)\""""
    r"""|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'""",
    re.S,
)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)


class Tree:
    def __init__(self, files):
        self.files = files

    @staticmethod
    def of(root):
        files = {}
        for top in [root, *(root / name for name in TOPS)]:
            for path in sorted(top.iterdir() if top == root else top.rglob("*")):
                if not path.is_file() or LEFT_OUT.intersection(path.relative_to(root).parts):
                    continue
                try:
                    files[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    pass  # pictures
        return Tree(files)

    def paths(self, *folders, ends=(".cpp", ".hpp")):
        """Paths below any of the folders ("" is all) with one of the endings."""
        return [
            path
            for path in self.files
            if path.endswith(ends) and any(not folder or path.startswith(folder + "/") for folder in folders)
        ]

    def includes(self, path):
        """(line, name, whether in <>) of each #include."""
        text = self.files[path]
        return [(line_of(text, found.start(2)), found[2], found[1] == "<") for found in INCLUDE.finditer(text)]

    def target(self, path, name):
        """The file that an #include "name" in `path` means, looked for beside it, in the folders above, in src and modules."""
        folder = PurePosixPath(path).parent
        for top in [folder, *folder.parents, PurePosixPath("src"), PurePosixPath("modules"), PurePosixPath("include")]:
            parts = []
            for part in (top / name).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            if "/".join(parts) in self.files:
                return "/".join(parts)
        return None

    def code(self, path):
        """The text with comments and literals blanked, in its lines."""
        return TOKEN.sub(lambda token: re.sub(r"[^\n]", " ", token[0]), self.files[path])

    def literals(self, path):
        """(line, text) of each string literal; those that stand side by side are one."""
        text = self.files[path]
        found = []
        end = None
        for token in TOKEN.finditer(text):
            content = token["raw"] if token["raw"] is not None else token["text"]
            if content is None:
                continue
            if end is not None and not TOKEN.sub("", text[end : token.start()]).strip():
                found[-1] = (found[-1][0], found[-1][1] + content)
            else:
                found.append((line_of(text, token.start()), content))
            end = token.end()
        return found


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def circles(edges):
    """Circles of a graph {from: {to, …}}, each as a list that begins and ends with the same."""
    found, done = [], set()

    def visit(node, way):
        if node in way:
            found.append(way[way.index(node) :] + [node])
            return
        if node in done:
            return
        for other in sorted(edges.get(node, ())):
            visit(other, way + [node])
        done.add(node)

    for node in sorted(edges):
        visit(node, [])
    return found
