import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from harness.topology import SHAPES, Topology  # noqa: E402


def pytest_addoption(parser):
    parser.addoption("--binary", default=os.environ.get("DONTGOBACK_BINARY"), help="the program to test")
    parser.addoption("--topology", default="one_sqlite", choices=sorted(SHAPES),
                     help="the shape the behaviour suite runs in")
    parser.addoption("--disk-recorder", type=Path, help="the library of tests/support; the one built with the program else")
    parser.addoption("--node", default=shutil.which("node"), help="Node, for the client libraries of npm")
    parser.addoption("--node-cases", help="the folder with the cases and the packages they use, made by the build")


@pytest.fixture(scope="session")
def binary(request):
    path = request.config.getoption("--binary")
    assert path, "say which program: --binary or DONTGOBACK_BINARY"
    path = Path(path).resolve()
    assert path.exists(), path
    return path


@pytest.fixture(scope="session")
def workspace():
    """A folder for everything the run makes; kept, and named, when something failed."""
    folder = Path(tempfile.mkdtemp(prefix="e2e-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def service(request, binary, workspace):
    """The whole service in the shape the command line names, shared by the suite."""
    shape = request.config.getoption("--topology")
    topology = Topology(binary, workspace / shape, **SHAPES[shape])
    try:
        topology.start()
        yield topology
    finally:
        topology.stop()


@pytest.fixture
def launch(request, binary, workspace):
    """Starts services of a test's own; ends them with it."""
    started = []

    def launch_one(start=True, **options):
        folder = workspace / f"{request.node.name}-{len(started)}"
        topology = Topology(binary, folder, **options)
        started.append(topology)
        return topology.start() if start else topology.prepare()

    yield launch_one
    problems = []
    for topology in started:
        try:
            topology.stop()
        except AssertionError as problem:
            problems.append(str(problem))
    assert not problems, "\n".join(problems)
