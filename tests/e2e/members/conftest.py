from urllib.parse import urlencode

import pytest

from harness.issuer import Issuer
from harness.openid_provider import SITE
from harness.secrets import known_secrets
from harness.topology import SHAPES

CLIENT = "web.members.test"


class World:
    """The service with one provider, and what a browser does on the way there and back."""

    def __init__(self, topology, provider, form_post=False):
        self.topology = topology
        self.provider = provider
        self.form_post = form_post

    def browser(self):
        return self.topology.browser()

    def member(self):
        return self.topology.member()

    def begin(self, browser, query=""):
        """Where the browser is sent by the button of the sign-in page."""
        answer = browser.get(f"/api/oauth2/authorization/{self.provider}{query}")
        assert answer.status == 302, answer
        return answer.header("Location")

    def begin_linking(self, member):
        answer = member.post(f"/api/v1/users/me/identities/{self.provider}")
        assert answer.status == 200, answer
        return answer.data["location"]

    @staticmethod
    def come_back(browser, target):
        """The provider's page sends the browser back: where it goes on to."""
        if isinstance(target, tuple):
            answer = browser.post(target[0], urlencode(target[1]), headers={
                "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site",
                "Origin": "null"})
            assert answer.status == 303, answer
            if answer.header("Location").startswith("/login"):
                return answer.header("Location")
            target = answer.header("Location")
        answer = browser.get(target, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status == 302, answer
        return answer.header("Location")

    def identities(self, member):
        answer = member.get("/api/v1/users/me/identities")
        assert answer.status == 200, answer
        return answer.data["identities"]


@pytest.fixture
def issuer():
    started = Issuer(CLIENT)
    yield started
    started.stop()


@pytest.fixture
def launch_with(launch, workspace, request):
    """Starts the service with a provider: `launch_with("google", url, *options)`."""
    def start(provider, url, *options, secret=True, shape="one_sqlite"):
        if secret:
            file = workspace / f"{request.node.name}.secret"
            known_secrets.make_file(file, secret if isinstance(secret, str) else None)
            options = (*options, f"--sign-in-secret-file={provider}={file}")
        topology = launch(**SHAPES[shape], core_options=[
            f"--public-url={SITE}", f"--sign-in-provider={provider}={url}", f"--sign-in-client={provider}={CLIENT}",
            *options])
        return World(topology, provider)
    return start


@pytest.fixture
def world(launch_with, issuer):
    return launch_with("office", issuer.url)
