import itertools

import pytest

from harness.keys import KeyPair
from harness.node_cases import NodeCases
from harness.oauth import World
from harness.topology import SHAPES, Topology

# What form-encoding is for (RFC 6749 section 2.3.1): characters that Basic or a form would take for its own, and more.
ODD_ID = "odd:id+%41&b/c"
ODD_SECRET = "odd: secret+%41&=b/c?é글 \"'<>"
OTHER_AUDIENCE = "https://other.example/api"
_numbers = itertools.count()


def make_world(topology, *auth_options):
    """With the clients that most tests need; nothing is started."""
    world = World(topology, *auth_options)
    world.algorithm = "ES256" if "--token-algorithm=ES256" in auth_options else "RS256"
    if world.algorithm != "RS256":
        world.first_release_key.unlink()
    world.odd = world.configured_client(ODD_ID, ODD_SECRET)
    scopes = ("--scope=asset:update", "--scope=job:run")
    world.app = world.add_client("app", *scopes, f"--audience={OTHER_AUDIENCE}")
    world.neighbour = world.add_client("neighbour", *scopes)
    world.inspector = world.add_client("inspector", "--scope=token:introspect")
    world.es256 = world.add_client("signer-es256", *scopes, key=KeyPair("ES256", "es-1"))
    world.rs256 = world.add_client("signer-rs256", *scopes, key=KeyPair("RS256", "rs-1"))
    world.bound = world.add_client("bound", *scopes, "--dpop")
    world.other_audience = OTHER_AUDIENCE
    return world


@pytest.fixture(scope="session")
def world(request, binary, workspace):
    """Shared by the tests that leave it as it was but for clients of their own."""
    topology = Topology(binary, workspace / "oauth", **SHAPES[request.config.getoption("--topology")])
    try:
        topology.prepare()
        yield make_world(topology).start()
    finally:
        topology.stop()


@pytest.fixture(scope="session")
def node_cases(request):
    return NodeCases(request.config.getoption("--node"), request.config.getoption("--node-cases"))


@pytest.fixture
def launch_world(request, launch):
    """Starts worlds of a test's own."""
    shape = SHAPES[request.config.getoption("--topology")]
    return lambda *auth_options: make_world(launch(start=False, **shape), *auth_options).start()


@pytest.fixture
def new_client(world):
    """Adds a client of the test's own to the shared world: `new_client("--scope=…", key=…)`."""
    return lambda *options, key=None: world.add_client(f"client-{next(_numbers)}", *options, key=key)
