"""Power cuts: what a program changed on a disk is written down (tests/support/disk_recorder.cpp), and what a cut at any
moment may have left is put together of that.

What was made durable is there. Of what was not, a disk keeps what it likes: none of it, all of it, or some sectors of some
writes in any order, with zeros where a file grew and nothing was written. Names are kept in the order in which a folder got and
lost them, up to any of them; a file's own sync does not keep its name."""

import os
import random
import struct
from dataclasses import dataclass, field
from pathlib import Path

HEAD = struct.Struct("<cQQI")
SECTOR = 512


@dataclass
class Event:
    at: int  # in the record
    kind: str
    inode: int
    number: int
    bytes: bytes
    paths: list  # below the root


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    waiting: list = field(default_factory=list)  # (at, where, bytes), or (at, size, None)


class Recording:
    """`folder` as it is now is taken to be durable; what programs with `environment` then do in it is written down."""

    def __init__(self, library, folder, log):
        assert library.exists(), f"{library} is not there: build disk_recorder"
        self.root, self.log = folder.resolve(), log
        self._before = {path: (path.stat().st_ino, path.read_bytes()) for path in self.root.rglob("*") if path.is_file()}
        self._folders = {path for path in self.root.rglob("*") if path.is_dir()}
        leaks = "detect_leaks=0:intercept_tls_get_addr=0:verify_asan_link_order=0"
        self.environment = {"LD_PRELOAD": str(library), "DISK_RECORDER_ROOT": str(self.root),
                            "DISK_RECORDER_LOG": str(log), "ASAN_OPTIONS": leaks}

    def length(self):
        """What is acknowledged now was so by this place of the record."""
        return self.log.stat().st_size

    def disk(self):
        """Before anything happened."""
        disk = Disk(self.root)
        for path, (inode, content) in self._before.items():
            disk.names[path] = disk.files[inode] = _File(bytearray(content))
        disk.folders |= self._folders
        return disk

    def events(self):
        record, found, at = self.log.read_bytes(), [], 0
        while at < len(record):
            kind, inode, number, length = HEAD.unpack_from(record, at)
            content = record[at + HEAD.size:at + HEAD.size + length]
            kind = kind.decode()
            paths = [] if kind in "WT" else [Path(os.fsdecode(path)) for path in content.split(b"\0") if path]
            found.append(Event(at, kind, inode, number, content, paths))
            at += HEAD.size + length
        return found


class Disk:
    def __init__(self, root):
        self.root = root
        self.files = {}  # inode → the file that has it now; one that is gone leaves it to others
        self.names = {}  # durable: path → file
        self.folders = {root}  # durable
        self._changes = {}  # folder → names that came and went, not yet durable
        self._now = None  # names as programs see them; made of the durable ones at the first use

    def apply(self, event):
        kind = event.kind
        if kind in "WT":
            where = (event.number, event.bytes) if kind == "W" else (event.number, None)
            self.files[event.inode].waiting.append((event.at, *where))
        elif kind == "S" and event.paths:
            self._keep_names(event.paths[0], event.number)
        elif kind == "S":
            self._keep_content(event.inode, event.number)
        else:
            self._change_names(event)

    def is_synced(self, event, name):
        """Whether it is a file of that name that was made durable."""
        return event.kind == "S" and not event.paths and any(
            path.name == name and file is self.files[event.inode] for path, file in self._seen().items())

    # What a cut leaves.

    def lost(self, target):
        """Nothing but what was made durable."""
        self._put(target, self.names, self.folders, lambda file: bytes(file.durable))

    def kept(self, target):
        """All of it, as a kill leaves it."""
        self._put(target, self._seen(), self._all_folders(), lambda file: _with(file.durable, file.waiting))

    def torn(self, target, seed):
        """Some of it."""
        chance = random.Random(seed)
        part = chance.choice((0.1, 0.5, 0.9))
        names, folders, done = dict(self.names), set(self.folders), set()
        for changes in self._changes.values():
            for _, change in changes[:chance.randint(0, len(changes))]:
                if change not in done:
                    change(names, folders)
                    done.add(change)
        self._put(target, names, folders, lambda file: _torn(file, chance, part))
        for index in target.rglob("*-shm"):  # mapped and never synced: whatever
            index.write_bytes(chance.randbytes(32 * 1024))

    # How it goes on.

    def _seen(self):
        if self._now is None:
            self._now = dict(self.names)
        return self._now

    def _all_folders(self):
        folders = set(self.folders)
        for changes in self._changes.values():
            for _, change in changes:
                change({}, folders)
        return folders

    def _change_names(self, event):
        path = event.paths[-1]
        if event.kind == "C":
            self.files[event.inode] = _File()
            change = _set(path, self.files[event.inode])
        elif event.kind == "M":
            change = _add_folder(path)
        elif event.kind in "UX":
            change = _remove(path)
        else:
            change = _move(event.paths[0], path, self._seen().get(event.paths[0]), keep=event.kind == "L")
        change(self._seen(), set())
        # A move from one folder to another is one change: either folder keeps it.
        for folder in {each.parent for each in event.paths}:
            self._changes.setdefault(folder, []).append((event.at, change))

    def _keep_names(self, folder, before):
        kept = [change for at, change in self._changes.get(folder, []) if at < before]
        for change in kept:
            change(self.names, self.folders)
        for changes in self._changes.values():
            changes[:] = [(at, change) for at, change in changes if change not in kept]

    def _keep_content(self, inode, before):
        file = self.files[inode]
        kept = [change for change in file.waiting if change[0] < before]
        file.durable = bytearray(_with(file.durable, kept))
        file.waiting = file.waiting[len(kept):]

    def _put(self, target, names, folders, content):
        for folder in sorted(folders):
            (target / folder.relative_to(self.root)).mkdir(parents=True, exist_ok=True)
        written = {}  # two names of one file have one content
        for path, file in names.items():
            if path.parent in folders:
                if id(file) not in written:
                    written[id(file)] = content(file)
                place = target / path.relative_to(self.root)
                place.write_bytes(written[id(file)])
                place.chmod(0o600)


def _set(path, file):
    return lambda names, folders: names.__setitem__(path, file)


def _add_folder(path):
    return lambda names, folders: folders.add(path)


def _remove(path):
    def change(names, folders):
        names.pop(path, None)
        folders.discard(path)
    return change


def _move(old, new, file, keep):
    """Of files: folders do not move in what is tested."""
    def change(names, folders):
        if not keep:
            names.pop(old, None)
        names[new] = file
    return change


def _with(durable, changes):
    content = bytearray(durable)
    for _, where, written in changes:
        _change(content, where, written)
    return bytes(content)


def _change(content, where, written):
    if written is None:
        del content[where:]
        content.extend(bytes(where - len(content)))
    else:
        content.extend(bytes(max(0, where - len(content))))
        content[where:where + len(written)] = written


def _torn(file, chance, part):
    content = bytearray(file.durable)
    for _, where, written in file.waiting:
        if written is None:
            if chance.random() < part:
                _change(content, where, None)
            continue
        end = where + len(written)
        if chance.random() < 0.5:  # it has grown, whatever became of what was written
            content.extend(bytes(max(0, end - len(content))))
        at = where
        while at < end:
            until = min(end, at - at % SECTOR + SECTOR)
            if chance.random() < part:
                _change(content, at, written[at - where:until - where])
            at = until
    return bytes(content)
