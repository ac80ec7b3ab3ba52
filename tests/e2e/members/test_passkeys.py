"""Passkeys by a second opinion: what the server takes libfido2 takes, and what one refuses the other does."""

import pytest
from harness.authenticator import PRESENT, VERIFIED, Authenticator
from harness.fido2 import Fido2
from harness.jwt import decode, encode
from harness.topology import SHAPES, Topology
from harness.wire import expect_failure, expect_success

SITE = "https://dontgoback.example"
PASSKEYS = "/api/v1/users/me/passkeys"
ALGORITHMS = ["ES256", "RS256"]


class World:
    """A member with a passkey, and libfido2, which saw the same registration."""

    def __init__(self, topology, algorithm):
        self.algorithm = algorithm
        self._topology = topology
        self.device = Authenticator(SITE, topology.folder, algorithm)
        self.member = topology.member()
        made = self.device.create(expect_success(self.member.post(f"{PASSKEYS}/options")).data)
        self.fido2 = Fido2(self.device.party, algorithm, made)
        expect_success(self.member.post(PASSKEYS, made), 201)

    def options(self):
        return expect_success(self._topology.browser().post("/api/v1/sign-in/passkey/options")).data

    def other_device(self):
        """Another key that answers for the same credential."""
        return Authenticator(SITE, self._topology.folder, self.algorithm)

    def judge(self, answer):
        """Whether both take it."""
        browser = self._topology.browser()
        signed_in = browser.post("/api/v1/sign-in/passkey", answer)
        if signed_in.status == 200:
            assert browser.me()["userId"] == self.member.me()["userId"]
        else:
            expect_failure(signed_in, 400)
            assert browser.cookie("access_token") is None
        said = self.fido2.judge(answer)
        assert (said == "") == (signed_in.status == 200), (said, signed_in)
        return said == ""


@pytest.fixture(scope="module", params=ALGORITHMS)
def world(request, binary, workspace):
    topology = Topology(binary, workspace / f"passkeys-{request.param}", **SHAPES["one_sqlite"],
                        core_options=[f"--public-url={SITE}"])
    topology.start()
    yield World(topology, request.param)
    topology.stop()


@pytest.fixture
def device(world):
    """The member's, which a test may change."""
    before = world.device.party, world.device.flags
    yield world.device
    world.device.party, world.device.flags = before


def changed(answer, part, change):
    response = answer["response"]
    return {**answer, "response": {**response, part: encode(change(decode(response[part])))}}


def test_both_take_what_a_device_signs(world, device):
    answer = device.get(world.options())
    assert decode(answer["id"]) == world.fido2.credential_id
    assert world.judge(answer)
    assert world.judge(device.get(world.options()))


@pytest.mark.parametrize("change", [
    lambda signature: signature[:-1] + bytes([signature[-1] ^ 1]),
    lambda signature: signature[:-1],
    lambda signature: signature + b"\0",
    lambda signature: bytes(len(signature)),
    lambda signature: b"\0",
])
def test_both_refuse_a_wrong_signature(world, device, change):
    assert not world.judge(changed(device.get(world.options()), "signature", change))


def test_both_refuse_another_key(world, device):
    answer = {**world.other_device().get(world.options()), "id": device.get(world.options())["id"]}
    assert not world.judge(answer)


@pytest.mark.parametrize("party", ["example", "www.dontgoback.example", "evil.example"])
def test_both_refuse_what_was_signed_for_another_site(world, device, party):
    device.party = party
    assert not world.judge(device.get(world.options()))


@pytest.mark.parametrize("flags", [0, PRESENT, VERIFIED])
def test_both_refuse_a_user_who_was_not_there_or_not_verified(world, device, flags):
    device.flags = flags
    assert not world.judge(device.get(world.options()))


@pytest.mark.parametrize("change", [
    lambda data: data[:32] + bytes([data[32] | 0x08]) + data[33:],
    lambda data: data[:-1] + bytes([data[-1] + 1]),
    lambda data: data[:-1],
    lambda data: data + b"\0",
])
def test_both_refuse_authenticator_data_that_was_not_signed(world, device, change):
    assert not world.judge(changed(device.get(world.options()), "authenticatorData", change))


def test_both_refuse_client_data_that_was_not_signed(world, device):
    answer = device.get(world.options())
    assert not world.judge(changed(answer, "clientDataJSON", lambda text: text.replace(b'"type"', b' "type"')))


def test_both_refuse_an_answer_to_another_challenge(world, device):
    answer, other = device.get(world.options()), device.get(world.options())
    answer["response"]["clientDataJSON"] = other["response"]["clientDataJSON"]
    assert not world.judge(answer)
