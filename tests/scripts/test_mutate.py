"""The driver of mistakes: which it proposes, what becomes of them, and that the checkout never changes."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from mutation.bench import Bench  # noqa: E402
from mutation.mistakes import Patch, mistakes_in, patches_in  # noqa: E402


def lines_after(text):
    return {mistake.after.strip() for mistake in mistakes_in("src/a/a.cpp", text)}


class Proposals(unittest.TestCase):
    def test_limits_conditions_and_constants(self):
        after = lines_after("  if (a < b && !done(c)) return false;\n")
        for line in ("if (a <= b && !done(c)) return false;", "if (a >= b && !done(c)) return false;",
                     "if (a < b || !done(c)) return false;", "if (a < b && done(c)) return false;",
                     "if (a < b && !done(c)) return true;", "if (false) return false;",
                     "if (!done(c)) return false;"):
            self.assertIn(line, after)
        self.assertIn("constexpr std::chrono::seconds kLease{61};", lines_after("constexpr std::chrono::seconds kLease{60};\n"))

    def test_statements_go_and_declarations_stay(self):
        self.assertIn("", lines_after("  end_session(connection, session, now);\n"))
        self.assertIn("", lines_after("  progress.failures = 0;\n"))
        self.assertNotIn("", lines_after("  const auto now = clock.now();\n"))
        self.assertNotIn("", lines_after("  return find(name);\n"))

    def test_sql(self):
        after = lines_after('      "SELECT id FROM links WHERE used_at IS NULL AND ends > :now AND ended IS NULL ORDER BY id"\n')
        self.assertIn('"SELECT id FROM links WHERE used_at IS NULL AND ends >= :now AND ended IS NULL ORDER BY id"', after)
        self.assertIn('"SELECT id FROM links WHERE used_at IS NULL AND ends > :now ORDER BY id"', after)
        self.assertIn('"SELECT id FROM links WHERE used_at IS NULL AND ends > :now AND ended IS NULL ORDER BY id DESC"', after)

    def test_texts_comments_and_templates_are_left_alone(self):
        self.assertEqual(lines_after('  // if (a < b)\n#include <a>\nstd::vector<int> v;\n'), set())
        self.assertEqual(lines_after('  const auto text = std::string("a < b") ;\n'), set())

    def test_a_mistake_is_its_line(self):
        text = "a();\n  b();\nc();\n"
        mistake = next(mistakes_in("a.cpp", text))
        self.assertEqual(mistake.line, 2)
        self.assertEqual(mistake.in_text(text), "a();\n\nc();\n")
        self.assertRaises(ValueError, mistake.in_text, "a();\n  other();\nc();\n")


PROGRAM = """#!/bin/sh
grep -q 'limit < 3' "$(dirname "$0")/../../../../../src/a/a.cpp"
"""


class Tried(unittest.TestCase):
    """On a project whose compiler is grep, and whose test is another."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name) / "checkout"
        (self.root / "src/a").mkdir(parents=True)
        (self.root / "tests/unit/a").mkdir(parents=True)
        (self.root / "tests/unit/a/CMakeLists.txt").write_text("")
        self.source = self.root / "src/a/a.cpp"
        self.source.write_text("  if (limit < 3) return;\n  log(it);\n")
        subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        self.bench = Bench(self.root, Path(self.folder.name) / "mutate", 20)
        self.bench.refresh()
        program = self.bench.build / "tests/unit/a/unit_a"
        program.parent.mkdir(parents=True)
        program.write_text(PROGRAM)
        program.chmod(0o755)
        self.bench.compiles = lambda targets: "NOT C" not in (self.bench.tree / "src/a/a.cpp").read_text()

    def test_what_becomes_of_each(self):
        before = self.source.read_text()
        self.assertEqual(self.bench.areas("src/a/a.cpp"), ["unit_a"])
        self.assertIsNone(self.bench.first_to_fail(["unit_a"]))
        ends = {}
        for mistake in mistakes_in("src/a/a.cpp", before):
            ends[mistake.after.strip()] = self.bench.try_one(mistake, ["unit_a"])
            self.assertEqual((self.bench.tree / "src/a/a.cpp").read_text(), before)
        self.assertEqual(ends["if (limit <= 3) return;"], ("caught", "unit_a"))
        self.assertEqual(ends[""], ("survived", ""))
        self.assertEqual(self.source.read_text(), before)

    def test_patches(self):
        folder = Path(self.folder.name)
        patch = "--- a/src/a/a.cpp\n+++ b/src/a/a.cpp\n@@ -1,2 +1,2 @@\n   if (limit < 3) return;\n-  log(it);\n+{}\n"
        (folder / "1-caught.patch").write_text(patch.format("  log(it);  // limit").replace("   if (limit < 3)", "-  if (limit < 3)")
                                               .replace("@@\n-  if (limit < 3) return;", "@@\n-  if (limit < 3) return;\n+  if (limit < 4) return;"))
        (folder / "2-not-built.patch").write_text(patch.format("  NOT C"))
        (folder / "3-old.patch").write_text(patch.format("x").replace("log", "gone"))
        found = list(patches_in(folder))
        self.assertEqual(found[1], Patch((folder / "2-not-built.patch").resolve(), ("src/a/a.cpp",)))
        self.assertEqual([self.bench.try_one(each, ["unit_a"])[0] for each in found], ["caught", "not built", "not built"])
        self.assertEqual((self.bench.tree / "src/a/a.cpp").read_text(), self.source.read_text())
        self.assertEqual(sorted(path.name for path in (self.bench.tree / "src/a").iterdir()), ["a.cpp"])

    def test_the_copy_follows_the_checkout(self):
        kept = (self.bench.tree / "src/a/a.cpp").stat().st_mtime_ns
        (self.root / "src/a/b.cpp").write_text("b")
        self.bench.refresh()
        self.assertTrue((self.bench.tree / "src/a/b.cpp").exists())
        self.assertEqual((self.bench.tree / "src/a/a.cpp").stat().st_mtime_ns, kept)
        (self.root / "src/a/b.cpp").unlink()
        self.bench.refresh()
        self.assertFalse((self.bench.tree / "src/a/b.cpp").exists())

    def test_who_takes_too_long_is_caught(self):
        program = self.bench.build / "tests/unit/a/unit_a"
        program.write_text("#!/bin/sh\nsleep 60 & wait\n")
        self.bench.limit = 0.2
        mistake = next(mistakes_in("src/a/a.cpp", self.source.read_text()))
        self.assertEqual(self.bench.try_one(mistake, ["unit_a"]), ("caught", "unit_a (took too long)"))


if __name__ == "__main__":
    unittest.main()
