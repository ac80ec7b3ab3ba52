import pytest

from harness.backups import Lived, backup, done
from harness.commands import READS, WRITES, commands
from harness.topology import SHAPES


@pytest.fixture(scope="module")
def reading(binary):
    found = [command for command in commands(binary) if command not in WRITES]
    assert READS <= set(found)
    return found


@pytest.fixture
def node(launch):
    """One node of all roles that somebody has used."""
    topology = launch(**SHAPES["one_sqlite"])
    topology.create_user()
    topology.cli("clients", "add", "reporter")
    return topology


@pytest.fixture
def lived(launch):
    return Lived(launch(**SHAPES["one_sqlite"]))


@pytest.fixture
def archive(lived, workspace, request):
    """A backup of `lived`, which is stopped."""
    file = workspace / f"{request.node.name}.tar.zst"
    done(backup(lived.topology, "create", file))
    lived.topology.core.stop()
    return file
