"""The plug is pulled, at each moment at which something was made durable: what was answered is there, and a node starts."""

import hashlib
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from harness.backups import done, node_options
from harness.node import Node, run_cli
from harness.power import Recording
from harness.topology import SHAPES, UNLIMITED
from harness.wire import Link

DATABASE, LOG = "dontgoback.db", "dontgoback.db-wal"
LENGTH = 500  # of a post: the log is to be moved to the file soon


@pytest.fixture
def recorder(request, binary):
    return request.config.getoption("--disk-recorder") or binary.parent / "tests" / "support" / "libdisk_recorder.so"


@pytest.fixture
def after_cut(workspace, request):
    """Makes the folder that a cut leaves; the one before it is gone."""
    target = workspace / f"{request.node.name}-left"

    def leave(how, *arguments):
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        how(target, *arguments)
        return target

    return leave


def cuts(disk, seed):
    """What a cut here may leave: nothing that was not durable, and some of it."""
    return [(disk.lost,), (disk.torn, seed)]


class Poster:
    """Posts one after another, and notes of each that was answered 201 how long the record then was."""

    def __init__(self, guest, recording, number):
        self.stored = {}  # text → (id, place in the record)
        self._guest, self._recording, self._number = guest, recording, number

    def post(self, count):
        target = "/api/v1/feeds"
        headers = {"Cookie": self._guest.cookie_header(target), "Origin": self._guest.node.url,
                   "Sec-Fetch-Site": "same-origin"}
        link = Link(self._guest.node.address, self._guest.source)
        for _ in range(count):
            text = f"{self._number}-{len(self.stored)} ".ljust(LENGTH, "글")
            answer = link.send("POST", target, {"content": text}, headers)
            assert answer.status == 201, answer
            self.stored[text] = (answer.data["feedId"], self._recording.length())
        link.close()


def check_posts(folder, answered):
    """By SQLite alone: the file is whole, and every post that was answered is in it once."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        found = database.execute("SELECT content, id FROM posts WHERE deleted_at IS NULL").fetchall()
    stored = dict(found)
    assert len(stored) == len(found), "a post is there twice"
    missing = {text.strip("글") for text, feed_id in answered.items() if stored.get(text) != feed_id}
    assert not missing, f"{len(missing)} of {len(answered)} are gone: {sorted(missing)[:5]}"


def check_starts(binary, folder, options):
    """The program starts on it, with the keys that it has, and is as it should be."""
    node = Node(binary, "after", folder, *options).start()
    try:
        assert node.probe("/readyz").status == 200, node.probe("/readyz").body
    finally:
        node.stop()
    code, out, err = run_cli(binary, "db", "check", f"--data-dir={folder}", *options)
    assert code == 0, (out, err)


def test_what_was_answered_outlives_a_power_cut(launch, recorder, workspace, after_cut):
    topology = launch(start=False, **SHAPES["one_sqlite"], **UNLIMITED)
    node = topology.core
    recording = Recording(recorder, node.data_dir, workspace / "posts.record")
    node.extra_environment = recording.environment
    node.start()
    posters = [Poster(topology.guest(), recording, number) for number in range(3)]
    for _ in range(2):  # the log is moved to the file while it is written, and at the end, when it goes
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda poster: poster.post(150), posters))
        node.restart()
    node.stop()
    answered = {text: place for poster in posters for text, place in poster.stored.items()}

    disk, syncs, checked = recording.disk(), 0, 0
    for event in recording.events():
        if disk.is_synced(event, DATABASE) or (disk.is_synced(event, LOG) and (syncs := syncs + 1) % 10 == 0):
            due = {text: feed_id for text, (feed_id, place) in answered.items() if place <= event.at}
            for cut in cuts(disk, event.at):
                if due:
                    check_posts(after_cut(*cut), due)
                    checked += 1
            if checked % 50 == 0 and due:
                check_starts(topology.binary, after_cut(disk.torn, event.at), node.options)
        disk.apply(event)
    assert checked > 100
    check_posts(after_cut(disk.lost), {text: feed_id for text, (feed_id, _) in answered.items()})
    # What was written down is what is there: nothing was missed.
    left = after_cut(disk.kept)
    assert {path.name: path.read_bytes() for path in left.iterdir()} == {
        path.name: path.read_bytes() for path in node.data_dir.iterdir()}


def test_a_first_start_that_is_cut_off_is_done_by_the_next(launch, recorder, workspace, after_cut):
    topology = launch(start=False, **SHAPES["one_sqlite"])
    node = topology.core
    recording = Recording(recorder, node.data_dir, workspace / "first.record")
    node.extra_environment = recording.environment
    node.start()
    node.stop()
    check_each_start(recording, after_cut, topology.binary, node.options)


def test_a_migration_that_is_cut_off_is_done_by_the_next_start(launch, recorder, workspace, after_cut, binary):
    """A node of one role becomes one of all: their tables come into a database that has rows."""
    topology = launch(start=False, **SHAPES["one_sqlite"])
    node = topology.core
    run = Runner(binary, node.data_dir)
    run("db", "migrate", "--role=auth")
    run("clients", "add", "reporter", "--role=auth")
    recording = Recording(recorder, node.data_dir, workspace / "migration.record")
    run("db", "migrate", *node.options, extra=recording.environment)
    check_each_start(recording, after_cut, binary, node.options,
                     lambda folder: "reporter" in Runner(binary, folder)("clients", "list"))


class Runner:
    """Commands on a data directory that end well."""

    def __init__(self, binary, folder):
        self._binary, self._folder = binary, folder

    def __call__(self, *words, extra=None):
        return done(run_cli(self._binary, *words, f"--data-dir={self._folder}", extra=extra))


def check_each_start(recording, after_cut, binary, options, is_right=lambda folder: True):
    disk, writes, checked = recording.disk(), 0, 0
    for event in recording.events():
        writes += event.kind == "W"
        if event.kind == "S" or (event.kind == "W" and writes % 50 == 0):
            folder = after_cut(*cuts(disk, event.at)[checked % 2])
            check_starts(binary, folder, options)
            assert is_right(folder)
            checked += 1
        disk.apply(event)
    assert checked > 10


def test_a_backup_that_is_cut_off_costs_no_other(lived, recorder, workspace, after_cut):
    topology = lived.topology
    kept = topology.core.data_dir / "backups"
    kept.mkdir()
    create = ["backup", "create", f"--into={kept}", "--keep=1", *node_options(topology)]
    run = Runner(topology.binary, topology.core.data_dir)
    run(*create)
    lived.guest.write("다음 백업에")
    recording = Recording(recorder, topology.core.data_dir, workspace / "backup.record")
    run(*create, extra=recording.environment)
    disk, good = recording.disk(), set()
    for event in recording.events():
        for cut in cuts(disk, event.at) if event.kind in "SRLU" else ():
            files = list((after_cut(*cut) / kept.name).glob("*.tar.zst"))
            assert files, "the good one is gone"
            for file in files:
                if (content := hashlib.sha256(file.read_bytes()).digest()) not in good:
                    run("backup", "verify", str(file))
                    good.add(content)
        disk.apply(event)
    assert len(good) == 2


def test_a_restore_that_is_cut_off_is_nothing_or_all(archive, lived, recorder, workspace, after_cut):
    topology = lived.topology
    target = workspace / "restored"
    target.mkdir()
    recording = Recording(recorder, target, workspace / "restore.record")
    restore = ["backup", "restore", str(archive), *node_options(topology)]
    Runner(topology.binary, target)(*restore, extra=recording.environment)
    whole = contents_of(target)
    disk, seen = recording.disk(), set()
    for event in recording.events():
        for cut in cuts(disk, event.at) if event.kind in "SRLUX" else ():
            folder = after_cut(*cut)
            left, interrupted = contents_of(folder), (folder / ".restore" / "journal").exists()
            assert interrupted or not left or left == whole, f"half of it, and nobody knows: {sorted(left)}"
            if (state := (*sorted(left.items()), interrupted)) in seen:
                continue
            seen.add(state)
            if interrupted or not left:
                Runner(topology.binary, folder)(*restore)
            assert contents_of(folder) == whole
            check_starts(topology.binary, folder, topology.core.options)
        disk.apply(event)
    assert len(seen) > 4


def contents_of(folder):
    """What a data directory holds but for the lock, which has no content, and what a restore works with."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
            if path.is_file() and path.name != "lock"}
