"""What a provider is told when a person is nobody's way in any more: once the transaction is in the database, whatever happens."""

import pytest
from harness.secrets import known_secrets
from harness.waiting import eventually
from harness.wrong_clock import WrongClock

STATUS = "/login?status="


def link(world, issuer, member, subject):
    assert world.come_back(member, issuer.grant(world.begin_linking(member), subject)) == STATUS + "linked"


def unlink(world, member, number=0):
    identity = world.identities(member)[number]["identityId"]
    assert member.delete(f"/api/v1/users/me/identities/{identity}").status == 200


def waiting(world):
    (count,), = world.topology.sql("SELECT COUNT(*) FROM outbox WHERE topic = 'sign-in-revocations'")
    return int(count)


def told(issuer, number):
    eventually(lambda: len(issuer.ended) >= number, f"the provider is told {number} times")
    return issuer.ended[number - 1]


@pytest.fixture
def member(world, issuer):
    """Somebody with two persons of the provider as ways in, whose tokens are kept."""
    issuer.gives_refresh_tokens = True
    made = world.member()
    for subject in ("person-1", "person-2"):
        link(world, issuer, made, subject)
    return made


def test_a_token_is_revoked_when_its_person_is_unlinked(world, issuer, member):
    assert not any(token in str(world.topology.sql("SELECT token FROM identities")) for token in issuer.refresh_tokens)
    browser = world.browser()
    assert world.come_back(browser, issuer.grant(world.begin(browser))) == "/"  # its token is the newest
    unlink(world, member)
    path, form, _ = told(issuer, 1)
    assert path == "/revoke" and form["token"] == issuer.refresh_tokens[2]
    assert form["token_type_hint"] == "refresh_token"
    assert form["client_id"] == issuer.client and form["client_secret"]
    eventually(lambda: waiting(world) == 0, "the message is done")

    # Tried for the last way in, which stays: nobody is told.
    (last,) = world.identities(member)
    assert member.delete(f"/api/v1/users/me/identities/{last['identityId']}").status == 409
    assert waiting(world) == 0 and len(issuer.ended) == 1


def test_a_kill_between_the_commit_and_the_provider_loses_nothing(world, issuer, member):
    issuer.hangs = {"/revoke"}
    unlink(world, member)
    world.topology.core.kill()
    world.topology.end_leases()
    issuer.go_on()
    world.topology.core.start()
    eventually(lambda: issuer.refresh_tokens[0] in [form["token"] for _, form, _ in issuer.ended], "told after all")
    eventually(lambda: waiting(world) == 0, "the message is done")


def test_a_provider_that_is_away_is_told_later_unless_the_person_is_back(world, issuer, member):
    link(world, issuer, member, "person-3")
    issuer.ending = 503, {}
    unlink(world, member)
    told(issuer, 1)
    unlink(world, member)
    link(world, issuer, member, "person-2")
    world.topology.core.stop()
    before = len(issuer.ended)
    issuer.ending = 400, {"error": "invalid_token"}  # which is what was wanted
    world.topology.core.start()  # what waits is due then
    eventually(lambda: waiting(world) == 0, "both messages are done")
    assert {form["token"] for _, form, _ in issuer.ended[before:]} == {issuer.refresh_tokens[0]}


def test_a_provider_that_is_away_at_the_purge_is_told_when_it_is_back(launch_with, issuer, workspace):
    clock = WrongClock(workspace / "consents.clock")
    world = launch_with("office", issuer.url, "--clock-trusted")
    node = world.topology.core
    issuer.gives_refresh_tokens = True
    member = world.member()
    link(world, issuer, member, "person-1")
    user = member.me()["userId"]
    assert member.post("/api/v1/users/me/leave", {"kind": "CLOSE"}).status == 200
    issuer.ending = 503, {}
    clock.give_to(node)
    for ran, days in enumerate((16, 32), 1):  # by its first start nothing was confirmed: it ages from the second
        node.stop()
        clock.set(days=days)
        node.start()
        eventually(lambda: node.log_text().count("a job ran job=account-purge ") == ran, "the purge ran")  # noqa: B023
    told(issuer, 1)
    (accounts,), = world.topology.sql(f"SELECT COUNT(*) FROM accounts WHERE id = {user}")
    assert int(accounts) == 0 and waiting(world) == 1
    node.kill()
    world.topology.end_leases()
    issuer.ending = 200, {}
    node.start()
    eventually(lambda: waiting(world) == 0, "the message is done")
    assert {form["token"] for _, form, _ in issuer.ended} == {issuer.refresh_tokens[0]}


def test_who_signs_up_gets_their_token_revoked_one_day(world, issuer):
    issuer.gives_refresh_tokens = True
    browser = world.browser()
    assert world.come_back(browser, issuer.grant(world.begin(browser))) == "/welcome"
    terms = browser.get("/api/v1/sign-up").data["terms"]
    assert browser.post("/api/v1/sign-up", {"age14": True, "terms": terms}).status == 201
    link(world, issuer, browser, "person-2")
    unlink(world, browser)
    assert told(issuer, 1)[1]["token"] == issuer.refresh_tokens[0]


def test_without_a_token_nobody_is_told(world, issuer):
    member = world.member()
    link(world, issuer, member, "person-1")
    link(world, issuer, member, "person-2")
    unlink(world, member)
    assert waiting(world) == 0 and issuer.ended == []


@pytest.mark.parametrize("has_key", [True, False], ids=["with the key", "without"])
def test_kakao_unlinks_by_its_admin_key(launch_with, issuer, workspace, has_key):
    issuer.gives_refresh_tokens = True
    key = workspace / "kakao.admin-key"
    known_secrets.make_file(key, "an admin key of a test")
    options = [f"--sign-in-admin-key-file=kakao={key}"] if has_key else []
    world = launch_with("kakao", issuer.url, *options)
    member = world.member()
    link(world, issuer, member, "3141592653")
    link(world, issuer, member, "2718281828")
    issuer.ending = 400, {"msg": "NotRegisteredUserException", "code": -101}
    unlink(world, member)
    if has_key:
        assert told(issuer, 1) == ("/v1/user/unlink", {"target_id_type": "user_id", "target_id": "3141592653"},
                                   "KakaoAK an admin key of a test")
    eventually(lambda: waiting(world) == 0, "the message is done")
    assert len(issuer.ended) == has_key
