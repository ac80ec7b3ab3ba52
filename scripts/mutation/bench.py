"""Where mistakes are tried: a copy of the checkout with a build of its own, so that the checkout itself never changes."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from .mistakes import Patch


# The tests' databases in memory: a disk's syncs are most of what they take.
_ENVIRONMENT = {**os.environ, **({"TMPDIR": "/dev/shm"} if os.access("/dev/shm", os.W_OK) else {})}


class Bench:
    def __init__(self, root: Path, place: Path, limit: int):
        self.root, self.tree, self.limit = root, place / "tree", limit
        self.took = {}  # seconds of each test program without a mistake
        self.build = self.tree / "build" / "mutate"

    def refresh(self):
        """The copy is what the checkout is; files that are the same keep their times, so that little is built again."""
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=self.root,
                                check=True, capture_output=True).stdout.decode()
        wanted = {name for name in listed.split("\0") if name and (self.root / name).is_file()}
        for name in wanted:
            self.restore(name)
        for folder, folders, names in os.walk(self.tree):
            folders[:] = [each for each in folders if Path(folder, each) != self.tree / "build"]
            for name in names:
                path = Path(folder, name)
                if str(path.relative_to(self.tree)) not in wanted:
                    path.unlink()

    def restore(self, name: str):
        source, copy = self.root / name, self.tree / name
        if not source.exists():
            copy.unlink(missing_ok=True)  # which a patch made
            return
        content = source.read_bytes()
        if not copy.is_file() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
            copy.chmod(source.stat().st_mode)

    def configure(self):
        flags = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g0", "-DDONTGOBACK_WEB=OFF"]
        self._must(["cmake", "-S", str(self.tree), "-B", str(self.build), *flags])

    def areas(self, name: str) -> list[str]:
        """The test programs that look at a file: of a folder named like one of its own, else whose sources include its
        folder's headers, else every one of its module."""
        parts = Path(name).parts[1:-1]
        if not parts:
            return []
        joined = {"_".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)}
        folders = [folder for kind in ("unit", "integration")
                   for folder in sorted(self.root.glob(f"tests/{kind}/*")) if (folder / "CMakeLists.txt").exists()]
        found = []
        for kind in ("unit", "integration"):
            of_kind = [folder for folder in folders if folder.parent.name == kind]
            include = re.compile(rf'#include "(?:{"/".join(parts)}|dontgoback/{parts[0]})/')
            named = [folder for folder in of_kind if folder.name in joined]
            including = [folder for folder in of_kind
                         if any(include.search(source.read_text()) for source in folder.glob("*.?pp"))]
            found += named or including or [folder for folder in of_kind if folder.name.startswith(parts[0] + "_")]
        return [f"{folder.parent.name}_{folder.name}" for folder in found]

    def compiles(self, targets: list[str]) -> bool:
        return self._run(["ninja", "-C", str(self.build), *targets], 900) == 0

    def first_to_fail(self, targets: list[str]) -> str | None:
        for target in targets:
            program = next(self.build.glob(f"tests/*/*/{target}"))
            # Who hangs is caught: four times what it took, as others use the machine, too.
            limit = min(self.limit, max(60, 4 * self.took[target])) if target in self.took else self.limit
            began = time.monotonic()
            if (code := self._run([str(program), "--abort"], limit)) != 0:
                return target if code is not None else target + " (took too long)"
            self.took[target] = max(self.took.get(target, 0), time.monotonic() - began)
        return None

    def try_one(self, mistake, targets: list[str]) -> tuple[str, str]:
        """caught (by what), survived, or not built."""
        paths = mistake.paths if isinstance(mistake, Patch) else (mistake.path,)
        try:
            if isinstance(mistake, Patch):
                if self._run(["git", "apply", str(mistake.file)], 60, cwd=self.tree) != 0:
                    return "not built", "it does not apply"
            else:
                file = self.tree / mistake.path
                file.write_text(mistake.in_text(file.read_text()))
            if not self.compiles(targets):
                return "not built", "it does not compile"
            failed = self.first_to_fail(targets)
            return ("caught", failed) if failed else ("survived", "")
        finally:
            for name in paths:
                self.restore(name)

    def _must(self, command):
        if (code := self._run(command, 900)) != 0:
            raise SystemExit(f"{command[0]} ended with {code}: {(self.tree / 'build' / 'last.log').read_text()[-3000:]}")

    def _run(self, command, limit, cwd=None):
        """The exit code; None after the limit. All that it started ends with it."""
        environment = {**_ENVIRONMENT, "GIT_CEILING_DIRECTORIES": str(self.tree.parent)}  # the copy is no checkout
        log = self.tree / "build" / "last.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as output:
            started = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=cwd,
                                       env=environment, start_new_session=True, preexec_fn=lambda: os.nice(19 - os.nice(0)))
        try:
            return started.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGKILL)
                started.wait()


def wait_for_others(most: float):
    """Until the machine has less to do than that: tests of others come first."""
    while os.getloadavg()[0] > most:
        time.sleep(5)
