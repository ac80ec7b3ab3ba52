"""What a provider's server tells of persons: forged, twice, late, of nobody, about the last way in, and while its keys are away."""

import json
import time

import pytest
from harness.keys import KeyPair
from harness.mail import bodies, new_address, read_mail
from harness.waiting import eventually

STATUS = "/login?status="
PATH = "/api/sign-in/notifications/office"


def link(world, issuer, member, subject="person-1"):
    assert world.come_back(member, issuer.grant(world.begin_linking(member), subject)) == STATUS + "linked"
    return member


def event(what="consent-revoked", subject="person-1", ago=0.0, **besides):
    """As Apple writes it: text."""
    return json.dumps({"type": what, "sub": subject, "event_time": int((time.time() - ago) * 1000), **besides})


def tell(world, token, path=PATH):
    return world.browser().post(path, {"payload": token})


def told(world, issuer, events, **changes):
    return tell(world, issuer.notify(events, **changes)).status


def sign_in(world, issuer, subject="person-1"):
    browser = world.browser()
    assert world.come_back(browser, issuer.grant(world.begin(browser), subject)) == "/"
    return browser


def sign_in_mails(world, address):
    found = [read_mail(file.read_bytes()) for file in (world.topology.core.data_dir / "mail").glob("*.eml")]
    return [mail for mail in found if mail["To"] == address and "/api/sign-in/email" in bodies(mail)[0]]


def is_signed_in(browser):
    return browser.get("/api/v1/users/me").status == 200


@pytest.fixture(params=["one_sqlite", "one_mariadb"])
def each_world(launch_with, issuer, request):
    return launch_with("office", issuer.url, shape=request.param)


def test_a_consent_that_is_over(each_world, issuer):
    world, what = each_world, "consent-revoked"
    member = link(world, issuer, link(world, issuer, world.member()), "person-2")
    user = member.me()["userId"]
    phone = sign_in(world, issuer)
    token = issuer.notify(event(what))
    assert tell(world, token).status == 200
    assert not is_signed_in(member) and not is_signed_in(phone)
    back = sign_in(world, issuer, "person-2")
    assert back.me()["userId"] == user and len(world.identities(back)) == 1
    # Again, and of nobody by now: nothing happens.
    assert tell(world, token).status == 200
    assert is_signed_in(back)

    last = issuer.notify(event(what, "person-2", ago=20))
    assert tell(world, last).status == 200
    assert not is_signed_in(back)
    again = sign_in(world, issuer, "person-2")
    assert again.me()["userId"] == user
    assert tell(world, last).status == 200  # a second time
    assert told(world, issuer, event(what, "person-2", ago=30)) == 200  # it has been overtaken
    assert is_signed_in(again)
    assert issuer.ended == []  # what the provider has ended needs not be told to it
    assert told(world, issuer, event(what, "person-2")) == 200
    assert not is_signed_in(again)


def test_who_has_no_account_there_any_more_is_treated_alike(world, issuer):
    for what, subject in (("account-delete", "person-1"), ("account-deleted", "person-2")):
        member = link(world, issuer, link(world, issuer, world.member(), subject), "another-of-" + what)
        assert told(world, issuer, event(what, subject)) == 200
        assert not is_signed_in(member)
        assert len(world.identities(sign_in(world, issuer, "another-of-" + what))) == 1


def test_what_happened_before_a_link_is_about_another_one(world, issuer):
    member = link(world, issuer, link(world, issuer, world.member()), "person-2")
    assert told(world, issuer, event(ago=61)) == 200
    assert is_signed_in(member) and len(world.identities(member)) == 2


def test_what_is_forged_changes_nothing(world, issuer):
    member = link(world, issuer, link(world, issuer, world.member()), "person-2")
    now = int(time.time())
    to_come = {"type": "consent-revoked", "sub": "person-1", "event_time": (now + 3600) * 1000}
    lies = [{"iss": "https://evil.test"}, {"aud": "somebody-else"}, {"aud": None}, {"iat": now + 3600},
            {"iat": now - 90000, "exp": None}, {"exp": now - 120}, {"events": "no JSON"}, {"events": None},
            {"events": {"type": "consent-revoked", "sub": "person-1"}}, {"events": to_come},
            {"key": KeyPair("ES256", "key-1")}]
    tokens = [(lie, issuer.notify(**{"events": event(), **lie})) for lie in lies]
    claims = {"iss": issuer.url, "aud": issuer.client, "iat": now, "exp": now + 300, "sub": "person-1"}
    tokens.append(("an ID token", issuer.keys[-1].sign(claims, kid="key-1")))
    tokens.append(("another kind", issuer.keys[-1].sign({**claims, "events": event()}, kid="key-1", typ="at+jwt")))
    for lie, token in tokens:
        assert tell(world, token).status == 400, lie
    assert is_signed_in(member) and len(world.identities(member)) == 2


def test_bad_requests(world, issuer):
    for bad in ("", "a.b.c", "x" * 20000):
        assert tell(world, bad).status in (400, 413)
    assert world.browser().post(PATH, {}).status == 400
    assert tell(world, issuer.notify(event()), "/api/sign-in/notifications/nobody").status == 404
    assert world.browser().get(PATH).status == 405
    # No page of another site has anything to tell here; servers say of themselves no origin.
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert world.browser().post(PATH, {"payload": issuer.notify(event())}, headers=elsewhere).status == 403
    assert told(world, issuer, event(subject="nobody")) == 200
    assert told(world, issuer, event("weather")) == 200


def test_while_the_keys_cannot_be_had_it_is_to_be_told_again(world, issuer):
    member = link(world, issuer, link(world, issuer, world.member()), "person-2")
    token = issuer.notify(event())
    world.topology.core.stop()
    issuer.hangs = {"/keys"}
    world.topology.core.start()
    answer = tell(world, token)
    assert answer.status == 503 and int(answer.header("Retry-After")) > 0
    # The same provider when somebody comes back from it: one limit for all that it is asked, and then they go on.
    browser = world.browser()
    assert world.come_back(browser, issuer.grant(world.begin(browser))) == STATUS + "provider-away"
    issuer.go_on()
    world.topology.core.restart()
    assert tell(world, token).status == 200
    assert not is_signed_in(member)


def test_mail_that_is_not_forwarded(each_world, issuer):
    world = each_world
    address = new_address()
    user = world.topology.cli_json("users", "create", f"--email={address}")["userId"]
    member = world.browser()
    member.press_button(member.get(world.topology.sign_in_link(user)))
    link(world, issuer, member)

    def mails():
        (count,), = world.topology.sql("SELECT COUNT(*) FROM accounts WHERE mail_refused = 1")
        asked = member.post("/api/v1/users/account-close/email-request").status
        return int(count), asked

    assert told(world, issuer, event("email-disabled", email="another@example.test", ago=20)) == 200
    assert mails() == (0, 200)
    first = issuer.notify(event("email-disabled", email=address.upper(), ago=10))
    assert tell(world, first).status == 200
    assert mails() == (1, 409)
    later = new_address()
    for each in (address, later):  # asked for and answered alike
        assert world.browser().post("/api/v1/sign-in/email", {"email": each}).status == 200
    eventually(lambda: sign_in_mails(world, later), "the later mail is there")
    assert sign_in_mails(world, address) == []
    # It is no way in either, so the person is the last one.
    (identity,) = world.identities(member)
    assert member.delete(f"/api/v1/users/me/identities/{identity['identityId']}").status == 409
    assert told(world, issuer, event("email-enabled", email=address, ago=15)) == 200  # overtaken
    assert mails() == (1, 409)
    assert told(world, issuer, event("email-enabled", email=address)) == 200
    assert tell(world, first).status == 200  # again
    assert mails() == (0, 200)
    assert is_signed_in(member)
