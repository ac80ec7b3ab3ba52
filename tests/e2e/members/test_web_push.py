"""Pushes as npm's web-push understands them: a second opinion beside the test's own."""

import json
import subprocess

import pytest
from harness.node_cases import node_command
from harness.push_service import PushService, decoded, encoded
from harness.topology import SHAPES, Topology
from harness.waiting import eventually

SUBJECT = "mailto:push@dontgoback.example"
# Of one sender, or of one message.
THEIRS = {"authorization", "content-length", "host", "user-agent", "accept", "connection", "accept-encoding"}


@pytest.fixture
def read(request):
    folder = request.config.getoption("--node-cases")
    assert folder, "say where push.mjs and its packages are: --node-cases"
    command = [*node_command(request.config.getoption("--node")), "push.mjs"]

    def run(subscription, headers, body):
        given = {**subscription.secrets(), "endpoint": subscription.service.origin + subscription.path, "subject": SUBJECT,
                 "headers": {name.lower(): value for name, value in headers.items()}, "body": encoded(body)}
        done = subprocess.run(command, input=json.dumps(given), cwd=folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def service():
    started = PushService()
    yield started
    started.stop()


@pytest.fixture
def node(binary, workspace, service):
    topology = Topology(binary, workspace / "web-push", **SHAPES["one_sqlite"], core_options=[
        f"--push-test-service={service.origin}", f"--push-contact={SUBJECT}"])
    topology.start()
    yield topology
    topology.stop()


def test_what_is_pushed_is_what_web_push_would(node, service, read):
    author, subscription = node.guest(), service.subscription()
    assert author.put("/api/v1/push/subscriptions", body=subscription.to_json()).status == 200
    post = author.write()
    assert node.guest().put(f"/api/v1/feedLikes/{post['feedId']}").status == 200
    node.guest().comment(post, "댓글")
    eventually(lambda: len(subscription.contents) == 2, "both pushes came")
    for content, headers, body in zip(subscription.contents, subscription.heads, subscription.bodies, strict=True):
        found = read(subscription, headers, body)
        assert found["content"] == content
        assert found["genuine"] is True
        assert found["claims"]["aud"] == found["alike"]["claims"]["aud"] == service.origin
        assert found["claims"]["sub"] == found["alike"]["claims"]["sub"] == SUBJECT
        assert set(found["claims"]) == set(found["alike"]["claims"]) == {"aud", "exp", "sub"}
        ours = {name.lower(): value for name, value in headers.items() if name.lower() not in THEIRS}
        alike = {name: value for name, value in found["alike"]["headers"].items() if name not in THEIRS}
        assert ours == alike
        assert found["alike"]["method"] == "POST"
        # Ours is read by theirs, and theirs as ours is.
        assert subscription.decrypt(decoded(found["alike"]["body"])) == content
