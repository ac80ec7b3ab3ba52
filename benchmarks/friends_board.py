#!/usr/bin/python3
"""A board of 200 friends among a million walkers, read from the database, ranked and written as an event's JSON, on SQLite and
on MariaDB: some hundreds of boards in turn, so that not all of it is in the processor's cache."""

import subprocess

from measure import ROOT, arguments
from measure.machine import disk_of, heading
from measure.service import folder

from harness.mariadb import MariaDb

PROGRAM = ROOT / "build" / "benchmarks" / "benchmarks" / "friends_board"


def main():
    given = arguments(__doc__, default_binary=PROGRAM, friends=(200, "of each who looks"))
    heading("A board of friends among a million walkers")
    with folder() as place:
        print(f"Disk: {disk_of(place)}. Limit: 1 ms for today's.\n")
        print("### SQLite\n", flush=True)
        subprocess.run([given.binary, f"sqlite:{place / 'boards.db'}", str(given.friends)], check=True)
        print("\n### MariaDB\n", flush=True)
        (place / "m").mkdir()
        server = MariaDb(place / "m", "--innodb-buffer-pool-size=512M", "--innodb-log-file-size=256M",
                         "--innodb-flush-log-at-trx-commit=2", "--max-recursive-iterations=1000000").start()
        try:
            url = server.create_database("boards")
            subprocess.run([given.binary, url, str(given.friends), server.password_file], check=True)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
