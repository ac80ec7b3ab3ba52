"""New signing keys, while npm's jose verifies every token that is issued: not one is refused."""

import json

import pytest

from harness import jwt
from harness.oauth import JWKS
from harness.secrets import known_secrets
from harness.waiting import eventually

MINUTE = 60_000


class Verifying:
    def __init__(self, process):
        self._process = process

    def say(self, command):
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, self._process.communicate(timeout=60)[1]
        return answer.strip()

    def await_more(self, count=25):
        goal = int(self.say("count")) + count
        eventually(lambda: int(self.say("count")) >= goal, f"{count} more tokens are verified", limit=60)

    def finish(self):
        """What it saw; none refused."""
        out, err = self._process.communicate(timeout=60)
        assert self._process.returncode == 0, err
        report = json.loads(out)
        for token in report["seen"]:
            known_secrets.add("token", token)
        assert report["verified"] > 0
        assert report["refused"] == [], (len(report["refused"]), report["verified"], report["refused"][:3])
        return report


@pytest.fixture
def verifying(node_cases):
    started = []

    def start(world):
        started.append(node_cases.start(world, "jose_loop.mjs"))
        return Verifying(started[-1])

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def published(world):
    return {key["kid"] for key in world.get(JWKS).json()["keys"]}


def states(world):
    return {key["state"]: key["kid"] for key in world.operate("keys", "list")}


def make_older(world, kid, milliseconds):
    """As if the key had been published, and were to sign, that much earlier."""
    world.sql(f"UPDATE auth_keys SET published_at = published_at - {milliseconds}, "
              f"signs_from = signs_from - {milliseconds} WHERE kid = '{kid}'")
    world.let_take_up()


def signs_with(world, kid):
    eventually(lambda: jwt.header_of(world.app.token())["kid"] == kid, f"{kid} signs")


def test_rotation_now(launch_world, verifying):
    """`keys rotate --now`, three times: whoever fetches on an unknown key refuses nothing."""
    world = launch_world()
    loop = verifying(world)
    loop.say("carelessly")  # a verifier that waits out its cache is not promised anything by --now
    kids = [world.signing_kid()]
    for _ in range(3):
        loop.await_more()
        world.operate("keys", "rotate", "--now")
        kids.append(world.signing_kid())
        signs_with(world, kids[-1])
    loop.await_more()
    assert len(set(kids)) == 4
    assert set(kids) <= published(world)
    assert loop.finish()["kids"] == kids


def test_scheduled_rotation(launch_world, verifying):
    """Publish, wait out the cache life, sign: also a verifier that never fetches in between refuses nothing."""
    world = launch_world()
    loop = verifying(world)
    loop.await_more()
    old = world.signing_kid()
    world.operate("keys", "rotate")
    new = states(world)["next"]
    eventually(lambda: {old, new} == published(world), "the next key is published")
    assert world.signing_kid() == old
    loop.await_more()
    make_older(world, new, 5 * MINUTE)  # the announced cache life has passed, and it does not sign yet
    assert states(world) == {"signing": old, "next": new}
    loop.say("reload")
    loop.await_more()
    make_older(world, new, 5 * MINUTE + 1000)
    signs_with(world, new)
    loop.await_more()
    assert states(world) == {"retiring": old, "signing": new}
    assert published(world) == {old, new}
    assert loop.finish()["kids"] == [old, new]
    # Its last token has ended, by a clock that has not been watched for long: it may be ahead, so nothing is forgotten.
    make_older(world, new, 11 * MINUTE)
    assert world.run("jobs", "run", "auth-keys")[0] == 0  # what a node does once a minute
    world.restart(world.auth)
    assert published(world) == {old, new}


def test_an_interrupted_rotation_goes_on(launch_world):
    """kill -9 between publishing and signing: nothing is lost, and the rotation is not begun again."""
    world = launch_world()
    old = world.signing_kid()
    world.operate("keys", "rotate")
    new = states(world)["next"]
    world.restart(world.auth)
    assert published(world) == {old, new}
    code, _, err = world.run("keys", "rotate")
    assert code == 1, err  # there is one already
    make_older(world, new, 11 * MINUTE)
    signs_with(world, new)
    assert [row["what"] for row in world.operate("keys", "plan") if row["kid"] == new][:2] == ["published", "signs"]


def test_rotation_by_itself(launch_world):
    """--key-rotation-days: a next key is published when the present one is old enough."""
    world = launch_world("--key-rotation-days=30")
    old = world.signing_kid()
    assert published(world) == {old}
    assert world.run("jobs", "run", "auth-keys")[0] == 0  # what a node does once a minute
    assert set(states(world)) == {"signing"}
    make_older(world, old, 31 * 24 * 60 * MINUTE)
    assert world.run("jobs", "run", "auth-keys")[0] == 0
    eventually(lambda: len(published(world)) == 2, "the next key is published")
    assert states(world)["signing"] == old


def test_another_algorithm_by_configuration(launch_world, verifying):
    """--token-algorithm after years of the other: rotated like any key, also from the first release's key file."""
    world = launch_world()
    old = world.app.token()
    assert jwt.header_of(old)["alg"] == "RS256"
    world.auth.options.append("--token-algorithm=ES256")
    world.auth.restart()
    new = eventually(lambda: states(world).get("next"), "there is a next key")
    eventually(lambda: new in published(world), "it is published")
    assert jwt.header_of(world.app.token())["alg"] == "RS256"
    loop = verifying(world)
    loop.await_more()
    make_older(world, new, 11 * MINUTE)
    signs_with(world, new)
    loop.await_more()
    assert jwt.header_of(world.app.token())["alg"] == "ES256"
    assert world.use(old).status == 200
    eventually(lambda: world.use(world.app.token()).status == 200, "tokens of the new key are taken", limit=30)
    assert loop.finish()["kids"][-1] == new


def test_a_retired_key_is_gone_at_once(launch_world):
    world = launch_world()
    token = world.app.token()
    assert world.use(token).status == 200
    old = world.signing_kid()
    world.operate("keys", "retire", old)
    eventually(lambda: world.use(token).status == 401, "its token is refused")
    assert world.app.is_active(token) is False
    assert old not in published(world)
    eventually(lambda: world.use(world.app.token()).status == 200, "tokens of the new key are taken", limit=30)


def test_our_own_nodes_follow_a_rotation(launch_world):
    """A node fetches on an unknown key, at most once in ten seconds."""
    world = launch_world()
    before = world.app.token()
    assert world.use(before).status == 200
    world.operate("keys", "rotate", "--now")
    signs_with(world, world.signing_kid())
    assert world.use(before).status == 200
    eventually(lambda: world.use(world.app.token()).status == 200, "tokens of the new key are taken", limit=30)
    assert world.use(before).status == 200


def test_the_first_releases_public_key_follows(launch_world):
    world = launch_world()
    first = world.get("/msa/auth/api/public-key").body
    world.operate("keys", "rotate")
    assert world.get("/msa/auth/api/public-key").body == first  # not while the next key does not sign
    world.operate("keys", "rotate", "--now")
    eventually(lambda: world.get("/msa/auth/api/public-key").body != first, "it is the new key")
