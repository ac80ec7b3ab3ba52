"""A wall clock that is wrong, for processes of the program; their steady time goes on as it does. By Debian's faketime."""

import os
import subprocess
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


def _sanitizers(binary):
    """What must come before any other preloaded library: the sanitizer the program was built with."""
    linked = subprocess.run(["ldd", str(binary)], capture_output=True, text=True, check=True).stdout
    return [line.split()[2] for line in linked.splitlines() if line.strip().startswith(("libasan", "libtsan"))]


class WrongClock:
    """`node = clock.give_to(node)` before its start; `clock.set(days=15)` at any time, also while it runs: a jump, seen
    within two seconds. Commands: `run_cli(…, extra=clock.environment(binary))`."""

    def __init__(self, folder, **ahead):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "clock"
        self.set(**ahead)

    def set(self, **ahead):
        """By how much it is ahead, as of timedelta; behind when negative; right without arguments."""
        self.ahead = timedelta(**ahead)
        written = self._file.with_suffix(".new")
        written.write_text(f"{self.ahead.total_seconds():+.0f}s\n")
        os.replace(written, self._file)

    def today(self, zone):
        """The day this clock shows."""
        return (datetime.now(ZoneInfo(zone)) + self.ahead).date()

    def touch(self, file):
        """What systemd-timesyncd leaves behind each time it has set the clock."""
        Path(file).touch()
        moment = time.time() + self.ahead.total_seconds()
        os.utime(file, (moment, moment))

    def environment(self, binary):
        assert LIBRARIES, "faketime is not installed: scripts/install-deps --test"
        return {
            "LD_PRELOAD": ":".join([*_sanitizers(binary), str(LIBRARIES[0])]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def give_to(self, node):
        node.extra_environment.update(self.environment(node.binary))
        return node
