import pytest

from harness.backups import Lived, backup, done
from harness.topology import SHAPES


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
