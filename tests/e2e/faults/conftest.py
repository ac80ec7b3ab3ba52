import pytest

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
