"""Where a measurement was made, and which core does what: the server has core 0, the load core 1."""

import os
import platform
import shlex
import subprocess
import sys
import time

SERVER_CORE, LOAD_CORE = 0, 1


def on_server_core():
    os.sched_setaffinity(0, {SERVER_CORE})


def on_load_core():
    os.sched_setaffinity(0, {LOAD_CORE})


def heading(title):
    """Prints what makes a table worth keeping: machine, command, date."""
    print(f"## {title}\n")
    print(f"- machine: {_cpu()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.release()}")
    print(f"- command: `{shlex.join(['benchmarks/' + os.path.basename(sys.argv[0]), *sys.argv[1:]])}`")
    print(f"- date: {time.strftime('%Y-%m-%d', time.gmtime())}, commit {_commit()}\n")


def table(columns, rows):
    print("| " + " | ".join(columns) + " |")
    print("| " + " | ".join("---" for _ in columns) + " |")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def cpu_seconds(pid):
    """What a process and those it runs have used of a processor so far: hardly disturbed by what else the machine does."""
    with open(f"/proc/{pid}/stat") as stat:
        user, system = stat.read().rpartition(")")[2].split()[11:13]
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        below = sum(cpu_seconds(child) for child in children.read().split())
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") + below


def cpu_nanoseconds(pid):
    """The same of one process, as finely as its scheduler counts; what threads used that have ended is not in it."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as stat:
            total += int(stat.read().split()[0])
    return total


def disk_of(folder):
    done = subprocess.run(["findmnt", "--noheadings", "--output", "FSTYPE", "--target", str(folder)],
                          capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def written_by_disk(folder):
    """Bytes that the disk below a folder has written since the machine started, for whomever. 0 where there is none."""
    device = os.stat(folder).st_dev
    try:
        with open(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/stat") as stat:
            return int(stat.read().split()[6]) * 512
    except OSError:
        return 0


def syncs_per_second(folder, seconds=2.0):
    """How often a page appended to a file can be made durable: the limit of single durable writes."""
    page, count = b"x" * 4096, 0
    path = folder / "sync-probe"
    with open(path, "wb", buffering=0) as file:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            file.write(page)
            os.fdatasync(file.fileno())
            count += 1
    path.unlink()
    return count / seconds


def _cpu():
    with open("/proc/cpuinfo") as info:
        return next((line.split(":", 1)[1].strip() for line in info if line.startswith(("model name", "Model"))),
                    platform.machine())


def _memory():
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def _commit():
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                          cwd=os.path.dirname(__file__))
    return done.stdout.strip() or "unknown"
