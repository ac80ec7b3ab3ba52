"""A control group for the node that is measured: what it, and the kernel for it, use of memory. Needs root, and cgroup v1 or v2."""

import os
import time
from contextlib import contextmanager
from pathlib import Path

# What is called what: the kinds of memory, in MB, of `Group.used`.
V1 = {"of processes": "rss", "of it shared": "shmem", "files' pages": "cache"}
V2 = {"of processes": "anon", "of it shared": "shmem", "files' pages": "file"}


class Group:
    def __init__(self, folder, is_v2):
        self._folder, self._v2 = folder, is_v2

    def join(self):
        """What the node calls before it becomes the program."""
        (self._folder / "cgroup.procs").write_text(str(os.getpid()))

    def limit(self, megabytes):
        (self._folder / ("memory.max" if self._v2 else "memory.limit_in_bytes")).write_text(str(megabytes << 20))
        if not self._v2:  # they are counted, beside the limit, where they have one of their own
            (self._folder / "memory.kmem.tcp.limit_in_bytes").write_text(str(megabytes << 20))

    def peak(self):
        """MB, files' pages too: at the limit whenever much is read."""
        return self._bytes("memory.peak" if self._v2 else "memory.max_usage_in_bytes") / 2**20

    def ended_for_want_of_it(self):
        return _counted(self._folder / ("memory.events" if self._v2 else "memory.oom_control"))["oom_kill"]

    def used(self):
        """MB of each kind now."""
        stat = _counted(self._folder / "memory.stat")
        found = {name: stat[kind] / 2**20 for name, kind in (V2 if self._v2 else V1).items()}
        found["of the kernel"] = (stat["kernel"] if self._v2 else self._bytes("memory.kmem.usage_in_bytes")) / 2**20
        found["of sockets"] = (stat["sock"] if self._v2 else self._bytes("memory.kmem.tcp.usage_in_bytes")) / 2**20
        return found

    def _bytes(self, name):
        return int((self._folder / name).read_text())


def _counted(file):
    return {name: int(count) for name, count in (line.split() for line in file.read_text().splitlines())}


def _mounts():
    """controller → (where its tree is mounted, our own group in it)."""
    own = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        own.update(dict.fromkeys(controllers.split(","), path))
    found, v2 = {}, None
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, options, *_ = line.split()
        if kind == "cgroup2":
            v2 = Path(place)
        elif kind == "cgroup":
            found.update({name: Path(place + own[name]) for name in options.split(",") if name in own})
    return found, v2


@contextmanager
def memory_group():
    """Below our own group; in version 2, where groups that have processes have none below, below the root."""
    v1, v2 = _mounts()
    if "memory" in v1:
        parent = v1["memory"]
    elif v2 and "memory" in (v2 / "cgroup.subtree_control").read_text().split():
        parent = v2
    else:
        raise SystemExit("there is no control group for memory here")
    folder = parent / f"dontgoback-{os.getpid()}"
    folder.mkdir()
    try:
        yield Group(folder, is_v2="memory" not in v1)
    finally:
        _remove(folder)


def _remove(folder):
    for _ in range(50):  # what has just ended may still be counted
        try:
            return folder.rmdir()
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{folder} cannot be removed: something is still in it")
