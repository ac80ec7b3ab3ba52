#!/usr/bin/python3
"""What keeping steps costs by itself: single updates of random walkers among a million, each on disk before its answer, as many
waiting as connections would. No socket, no request, no token. Give a disk by TMPDIR."""

import subprocess

from measure import ROOT, arguments
from measure.machine import disk_of, heading, syncs_per_second
from measure.service import folder

PROGRAM = ROOT / "build" / "benchmarks" / "benchmarks" / "record_steps_in_process"


def main():
    given = arguments(__doc__, default_binary=PROGRAM, updates=(300_000, "of each kind"), walkers=(1_000_000, "walkers"),
                      waiting=(64, "at a time"))
    heading("Keeping steps, in process")
    with folder() as place:
        print(f"Disk: {disk_of(place)}, {syncs_per_second(place):.0f} syncs a second: with {given.waiting} updates waiting, so many "
              "times that are the limit.\n", flush=True)
    subprocess.run([given.binary, str(given.updates), str(given.walkers), str(given.waiting)], check=True)


if __name__ == "__main__":
    main()
