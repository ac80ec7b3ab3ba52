#!/usr/bin/python3
"""A backup of a large feed: made, verified, restored, and moved from SQLite to MariaDB and back."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure.machine import disk_of, heading, table

from harness.mariadb import MariaDb
from harness.node import Node, environment

HERE = Path(__file__).parent


def run(command):
    """Seconds, and the most memory it held, in MB."""
    began = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               env=environment())
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.monotonic() - began, usage.ru_maxrss / 1024


def prepared(binary, folder, posts):
    """A data directory with the keys of a first start and a feed."""
    data = folder / "data"
    node = Node(binary, "all", data)
    node.start()
    node.stop()
    subprocess.run([sys.executable, str(HERE / "generate_feed.py"), str(data / "dontgoback.db"), "--posts", str(posts)],
                   check=True, stdout=subprocess.DEVNULL)
    return data


def measure(binary, folder, posts):
    data = prepared(binary, folder, posts)
    database = data / "dontgoback.db"
    rows = []

    def add(what, command, file=None):
        seconds, memory = run(command)
        size = f"{file.stat().st_size / 1e6:.0f}" if file else ""
        rows.append([what, f"{seconds:.0f}", f"{memory:.0f}", size])

    add("`cp` of the SQLite file and `sync`: the limit", ["sh", "-c", f"cp {database} {folder}/copy && sync {folder}/copy"],
        folder / "copy")
    (folder / "copy").unlink()
    first, second = folder / "sqlite.tar.zst", folder / "mariadb.tar.zst"
    add("SQLite: `backup create`", [binary, "backup", "create", first, f"--data-dir={data}"], first)
    add("`backup verify`", [binary, "backup", "verify", first, f"--scratch={folder}"])
    shutil.rmtree(data)
    add("SQLite: `backup restore`", [binary, "backup", "restore", first, f"--data-dir={data}"])
    shutil.rmtree(data)

    server = MariaDb(folder / "m", "--innodb-buffer-pool-size=512M", "--innodb-log-file-size=256M").start()
    try:
        options = [f"--data-dir={data}", f"--database={server.create_database('feed')}",
                   f"--database-password-file={server.password_file}"]
        add("MariaDB: `backup restore`, the move there", [binary, "backup", "restore", first, *options])
        add("MariaDB: `backup create`", [binary, "backup", "create", second, *options], second)
    finally:
        server.stop()
    shutil.rmtree(data)
    add("SQLite: `backup restore`, the move back", [binary, "backup", "restore", second, f"--data-dir={data}"])
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=str(HERE.parent / "build/release/dontgoback"))
    parser.add_argument("--posts", type=int, default=1_000_000)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dontgoback-backup-"))
    try:
        heading(f"Backups of {given.posts} posts with their likes and comments")
        print(f"disk: {disk_of(folder)}\n")
        table(["what", "seconds", "most memory MB", "file MB"], measure(Path(given.binary).resolve(), folder, given.posts))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
