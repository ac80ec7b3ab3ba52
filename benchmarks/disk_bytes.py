#!/usr/bin/python3
"""What a member's day writes on the disk: an ordinary day of each of some members, one request after another in no order, as
in a community that is small for its machine, but without the pauses; then each kind of write alone, and a backup. Give a real
disk by TMPDIR."""

import os
import random
import shutil
import subprocess
import time
from datetime import datetime, timezone

from measure import arguments
from measure.log_pages import written_by
from measure.machine import disk_of, heading, syncs_per_second, table, written_by_disk
from measure.service import UNLIMITED, folder, service

from harness.issuer import Issuer
from harness.walkers import ME, Phone
from harness.wire import expect_success

BUDGET = 2.5  # MB a member and day, docs/monitoring.md
CARD_GB, REWRITES, AMPLIFIED = 32, 500, 10  # assumptions, docs/small-machines.md
QUIET = 10_000  # bytes a second: what a machine writes that does nothing else
TEXT = "오늘도 걷고 왔습니다. 바람이 차지만 하늘이 맑아서 좋았어요. " * 3

# How often a member does what, in a day.
DAY = {"list read": 40, "renewal": 8, "post": 3, "comment": 3, "like": 15, "notifications seen": 2, "steps told": 24}


class Community:
    def __init__(self, topology, issuer, members):
        self._topology = topology
        self.members = [topology.guest() for _ in range(members)]
        self._phones = [Phone(topology.core, issuer, subject=f"walker-{number}") for number in range(members)]
        for number, phone in enumerate(self._phones):
            expect_success(phone.sign_in())
            expect_success(phone.send("PATCH", ME, {"nickname": f"걷는이{number}", "sharesSteps": True, "offsetMinutes": 540}))
        self.posts = [self.members[0].write(TEXT)["feedId"]]
        self._likes = {}
        self._steps = 0
        self._today = datetime.now(timezone.utc).date().isoformat()

    def do(self, what, number):
        getattr(self, "_" + what.replace(" ", "_"))(self.members[number], number)

    def _list_read(self, member, number):
        expect_success(member.get(f"/api/v1/feeds?lastFeedId={random.choice(self.posts) + 1}&size=10"))

    def _renewal(self, member, number):
        expect_success(member.post("/api/token"))

    def _post(self, member, number):
        self.posts.append(member.write(TEXT)["feedId"])

    def _comment(self, member, number):
        member.comment({"feedId": random.choice(self.posts)})

    def _like(self, member, number):
        """What is new is liked, and by each once."""
        liked = self._likes.setdefault(number, set())
        post = next((each for each in reversed(self.posts) if each not in liked), None)
        if post is None:
            return
        liked.add(post)
        expect_success(member.put(f"/api/v1/feedLikes/{post}"))

    def _notifications_seen(self, member, number):
        newest = expect_success(member.get("/api/v1/notifications")).data["notifications"]
        if newest:
            expect_success(member.post("/api/v1/notifications/read", {"upTo": newest[0]["notificationId"]}))

    def _steps_told(self, member, number):
        self._steps += 1
        expect_success(self._phones[number].send("PUT", f"/api/v1/steps/{self._today}", {
            "device": "phone", "source": "PHONE", "steps": 100 + self._steps, "version": self._steps}))


class Meter:
    """What the node caused to be written (the kernel's account of the process), and what the disk below wrote meanwhile: with
    the file system's journal, and with whatever else the machine does."""

    def __init__(self, node, place):
        self._node, self._place = node, place

    def read(self):
        with open(f"/proc/{self._node.pid}/io") as io:
            process = next(int(line.split()[1]) for line in io if line.startswith("write_bytes"))
        text = self._node.probe("/metrics").body.decode()
        commits = next(line for line in text.splitlines() if line.startswith("dontgoback_database_commits_total ")).split()[1]
        return process, written_by_disk(self._place), float(commits)

    def of(self, work):
        before = self.read()
        work()
        return [after - earlier for after, earlier in zip(self.read(), before)]


def whole_day(community, members, seed):
    todo = [(what, number) for what, times in DAY.items() for number in range(members) for _ in range(times)]
    random.Random(seed).shuffle(todo)
    for what, number in todo:
        community.do(what, number)


def again_and_again(community, what, members):
    for _ in range(DAY[what]):
        for number in range(members):
            community.do(what, number)


def row(name, times, found, members, is_quiet):
    process, disk, commits = found
    return [name, times, f"{process / 1e6:.1f}", f"{process / 1000 / times:.1f}", f"{commits / times:.2f}",
            f"{process / 1e6 / members:.2f}", f"{disk / 1e6 / members:.2f}" if is_quiet else "not known"]


def pages_each(topology, community, what, times=20):
    """Of a kind of write, alone: pages in the log, and whose they are."""
    while True:
        found = written_by(topology.database_file(), lambda: [community.do(what, number) for number in range(times)])
        if found is not None:
            whose = ", ".join(f"{name} {count / times:.1f}" for name, count in found.most_common() if count >= times / 4)
            return [what, f"{sum(found.values()) / times:.1f}", whose]


def backups(given, topology, place):
    """What a backup and its verification write, by where the copy is made."""
    size = topology.database_file().stat().st_size
    rows = []
    for name, scratch in (("beside the backup", None), ("in memory (`--scratch=/dev/shm`)", "/dev/shm")):
        kept = place / "kept"
        options = [f"--into={kept}", *([f"--scratch={scratch}"] if scratch else [])]
        process = subprocess.Popen([given.binary, "backup", "create", *options, f"--data-dir={topology.core.data_dir}",
                                    *topology.core.options], stdout=subprocess.DEVNULL)
        _, code, used = os.wait4(process.pid, 0)
        assert code == 0
        archive = sum(file.stat().st_size for file in kept.iterdir())
        rows.append([name, f"{size / 1e6:.1f}", f"{archive / 1e6:.1f}", f"{used.ru_oublock * 512 / 1e6:.1f}"])
        shutil.rmtree(kept)
    return rows


def main():
    given = arguments(__doc__, members=(100, "how many"), days=(2, "measured, after one that fills the log"))
    heading("Bytes on the disk")
    members = given.members
    random.seed(1)
    issuer = Issuer("app.walk.test")
    with folder() as place:
        at_rest = written_by_disk(place)
        time.sleep(given.seconds)
        at_rest = (written_by_disk(place) - at_rest) / given.seconds
        is_quiet = at_rest < QUIET
        print(f"disk: {disk_of(place)}, {syncs_per_second(place):.0f} syncs a second; before, the machine wrote {at_rest / 1000:.0f} KB/s on it. "
              f"{members} members, each a day: " + ", ".join(f"{times} × {what}" for what, times in DAY.items()) + ".\n")
        options = [*UNLIMITED, f"--walk-sign-in=office={issuer.url} app.walk.test"]
        with service(given.binary, place / "service", core_options=options, pinned=False) as topology:
            community, meter = Community(topology, issuer, members), Meter(topology.core, place)
            whole_day(community, members, 0)  # afterwards the log has the length that it keeps
            fortunes = meter.of(lambda: topology.refresh_assets(topology.tomorrow()))
            rows, days = [row("the change of fortunes", members, fortunes, members, is_quiet)], []
            for number in range(1, given.days + 1):
                found = meter.of(lambda number=number: whole_day(community, members, number))
                rows.append(row(f"day {number}", members * sum(DAY.values()), found, members, is_quiet))
                days.append((found[0] + fortunes[0]) / 1e6 / members)
            for what, times in DAY.items():
                found = meter.of(lambda what=what: again_and_again(community, what, members))
                rows.append(row(f"only: {what}", members * times, found, members, is_quiet))
            rows.append(row(f"nobody, {given.seconds} s", 1, meter.of(lambda: time.sleep(given.seconds)), members, is_quiet))
            trees = [pages_each(topology, community, what) for what in DAY if what != "list read"]
            copies = backups(given, topology, place)
    issuer.stop()
    table(["what", "times", "MB", "KB each", "commits each", "MB a member and day", "the whole disk meanwhile"], rows)
    print(f"A member's day: {max(days):.2f} MB; the budget is {BUDGET} MB. A card of {CARD_GB} GB that bears {REWRITES} writes of each "
          f"cell bears {CARD_GB * REWRITES / 1000:.0f} TB. With 500 such members that is "
          f"{CARD_GB * REWRITES * 1000 / (max(days) * 500) / 365:.0f} years where the card writes no more than it is given, and "
          f"{CARD_GB * REWRITES * 1000 / (max(days) * 500 * AMPLIFIED) / 365:.1f} where it writes {AMPLIFIED} times as much.\n")
    table(["one alone", "pages in the log", "of it, a quarter and more each time"], trees)
    table(["a backup, its copy", "database MB", "file MB", "written MB"], copies)


if __name__ == "__main__":
    main()
