"""The service on the server's core, in a folder that is gone afterwards."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from harness.topology import Topology

from measure.machine import on_server_core


@contextmanager
def folder():
    """On the disk the repository's user calls temporary (TMPDIR): for writes that should be a real one."""
    made = Path(tempfile.mkdtemp(prefix="dontgoback-benchmark-"))
    try:
        yield made
    finally:
        shutil.rmtree(made)


UNLIMITED = ("--limits=off", "--guests-per-hour=0", "--newcomer-writes=0")  # the load is one account's, and more than anybody may

# So many that none is refused; the account's, the address' and the total are counted (a /48 is for IPv6).
CLASSES = ("read", "write", "like", "renew", "sign-in", "export")
COUNTED = [f"--limit-{name}={share}=1000000000/1s" for name in CLASSES for share in ("guest", "address", "total")]


@contextmanager
def service(binary, place, split=False, before_start=lambda topology: None, pinned=True, core_options=UNLIMITED,
            join=lambda: None):
    """`join`: what each node's process does before it becomes the program."""
    topology = Topology(binary, place, split=split, mariadb=False, core_options=core_options,
                        limits=lambda: (join(), pinned and on_server_core()))
    topology.prepare()
    before_start(topology)
    try:
        for node in topology.nodes:
            topology.start_node(node)
        yield topology
    finally:
        topology.stop()


def session_headers(guest):
    """What a signed-in browser sends with every request."""
    return {"Cookie": guest.cookie_header("/api/v1/feeds"), "Origin": guest.node.url,
            "Sec-Fetch-Site": "same-origin"}
