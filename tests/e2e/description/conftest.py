import pytest
from harness.issuer import Issuer
from harness.keys import KeyPair
from harness.topology import SHAPES, Topology
from world import SITE


@pytest.fixture(scope="session")
def issuer():
    started = Issuer("described")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def provider_options(workspace, issuer):
    """A sign-in provider whose answers are forms, so that every call about one has something to answer."""
    file = workspace / "described.p8"
    file.write_text(KeyPair("ES256").private_pem())
    file.chmod(0o600)
    return [f"--public-url={SITE}", f"--sign-in-provider=apple={issuer.url}",
           "--sign-in-client=apple=described", f"--sign-in-key=apple=TEAM KEY {file}",
           "--sign-in-scope=apple=openid email", f"--walk-sign-in=office={issuer.url} described",
           "--walk-sign-in-without-nonce=office"]


@pytest.fixture(scope="session")
def service(request, binary, workspace, issuer, provider_options):
    shape = request.config.getoption("--topology")
    topology = Topology(binary, workspace / shape, **SHAPES[shape], core_options=provider_options)
    topology.issuer = issuer
    try:
        topology.start()
        yield topology
    finally:
        topology.stop()
