"""Who is a moderator or an admin: said by an operator, counted at once, and shown to those whom it concerns."""

import pytest

from harness.wire import expect_success


def promote(service, user, *options):
    code, out, err = service.cli("users", "promote", str(user), *options)
    assert code == 0, (out, err)
    return out, err


def role_of(browser, user):
    return expect_success(browser.get(f"/api/v1/users/{user}")).data["userRole"]


def test_a_moderator_is_a_user_to_others(service):
    moderator, other, admin = service.member(), service.guest(), service.member("ADMIN")
    user = moderator.me()["userId"]
    post = moderator.write("안녕하세요")
    promote(service, user, "--to=MODERATOR")
    assert moderator.me()["userRole"] == "MODERATOR", "the session that goes on has the new role"
    assert (role_of(other, user), role_of(admin, user)) == ("USER", "MODERATOR")
    for browser, shown in ((other, "USER"), (moderator, "MODERATOR"), (admin, "MODERATOR")):
        assert browser.feed(post["feedId"])["userRole"] == shown


def test_without_a_word_an_admin_is_made_and_a_member_again_by_one(service):
    member = service.member()
    user = member.me()["userId"]
    promote(service, user)
    assert member.me()["userRole"] == "ADMIN"
    _, notes = promote(service, user, "--to=ADMIN")
    assert "ADMIN already" in notes
    promote(service, user, "--to=USER")
    assert member.me()["userRole"] == "USER"


@pytest.mark.parametrize("arguments,code", [
    (["{guest}"], 1), (["{guest}", "--to=USER"], 1), (["999999999"], 1),
    (["{guest}", "--to=GUEST"], 2), (["{guest}", "--to=admin"], 2), (["0"], 2), (["x"], 2), ([], 2)])
def test_a_guest_nobody_and_nonsense_are_refused(service, arguments, code):
    guest = service.guest()
    user = guest.me()["userId"]
    given = [argument.format(guest=user) for argument in arguments]
    assert service.cli("users", "promote", *given)[0] == code
    assert guest.me()["userRole"] == "GUEST"


def test_an_account_is_shown_with_its_history(service):
    member = service.member()
    user = member.me()["userId"]
    promote(service, user, "--to=MODERATOR")
    shown = service.cli_json("users", "show", str(user))
    assert (shown["userRole"], shown["status"], shown["sessions"]) == ("MODERATOR", "ACTIVE", 1)
    assert [entry["reason"] for entry in shown["history"]] == ["made MODERATOR", "신규 가입"]
    listed = service.cli_json("users", "list", f"--after={user - 1}", "--limit=1")
    assert [(each["userId"], each["userRole"]) for each in listed] == [(user, "MODERATOR")]
    expect_success(member.post("/api/logout"))
    assert service.cli_json("users", "show", str(user))["sessions"] == 0
