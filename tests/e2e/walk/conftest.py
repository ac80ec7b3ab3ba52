import pytest
from harness.issuer import Issuer

APP = "app.walk.test"


@pytest.fixture
def issuer():
    started = Issuer(APP)
    yield started
    started.stop()


@pytest.fixture
def sign_in_options(issuer):
    return [f"--walk-sign-in=office={issuer.url} {APP}"]
