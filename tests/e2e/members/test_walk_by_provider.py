"""The way to a provider and back that ends at a walker, and at no account."""

STATUS = "/login?status="
MARK = "A" * 43
TO_WALK = "/walk/sign-in"


def link(world, issuer, member, subject):
    assert world.come_back(member, issuer.grant(world.begin_linking(member), subject)) == STATUS + "linked"
    return member


def to_walk(world, issuer, browser, subject):
    """The ticket with which the page of a browser comes back."""
    at = world.come_back(browser, issuer.grant(world.begin(browser, f"?walk={MARK}"), subject))
    path, _, given = at.partition("#")
    ticket, _, mark = given.partition(".")
    assert (path, mark) == (TO_WALK, MARK)
    return ticket


def begin_walking(browser, ticket):
    return browser.post("/api/v1/walkers/session", {"ticket": ticket, "cookies": True})


def test_somebody_walks_by_a_provider_without_an_account(world, issuer):
    browser = world.browser()
    ticket = to_walk(world, issuer, browser, "walker-1")
    assert browser.get("/api/v1/users/me").status == 401  # nobody has signed in to an account, or is asked to sign up
    assert browser.get("/api/sign-up").status in (401, 404)
    answer = begin_walking(browser, ticket)
    assert answer.status == 200 and answer.data["other"] is None
    mine = answer.data["walker"]["walkerId"]
    assert begin_walking(world.browser(), ticket).status == 401
    again = world.browser()
    assert begin_walking(again, to_walk(world, issuer, again, "walker-1")).data["walker"]["walkerId"] == mine
    other = world.browser()
    assert begin_walking(other, to_walk(world, issuer, other, "walker-2")).data["walker"]["walkerId"] != mine


def test_the_way_to_walk_changes_nothing_of_who_is_signed_in(world, issuer):
    member = link(world, issuer, world.member(), "walker-3")
    before = member.me()
    ticket = to_walk(world, issuer, member, "walker-3")
    assert member.me() == before
    by_provider = begin_walking(member, ticket).data["walker"]["walkerId"]
    by_account = member.post("/api/v1/users/me/walker-ticket").data["ticket"]
    assert begin_walking(world.browser(), by_account).data["walker"]["walkerId"] == by_provider
    guest = world.topology.guest()
    before = guest.me()
    begin_walking(guest, to_walk(world, issuer, guest, "walker-4"))
    assert guest.me() == before


def test_two_walkers_of_one_person_become_one_by_their_choice(world, issuer):
    page, phone = world.member(), world.browser()
    first = begin_walking(page, page.post("/api/v1/users/me/walker-ticket").data["ticket"]).data["walker"]["walkerId"]
    begin_walking(phone, to_walk(world, issuer, phone, "walker-5"))
    assert phone.patch("/api/v1/walkers/me", {"nickname": "from_the_phone"}).status == 200
    link(world, issuer, page, "walker-5")
    told = begin_walking(page, page.post("/api/v1/users/me/walker-ticket").data["ticket"]).data
    assert told["walker"]["walkerId"] == first and told["other"] == {"nickname": "from_the_phone"}
    merged = page.post("/api/v1/walkers/me/merge", {"ticket": to_walk(world, issuer, page, "walker-5")})
    assert merged.status == 200 and merged.data["nickname"] == "from_the_phone"
    assert phone.get("/api/v1/walkers/me").status == 401
    assert page.post("/api/v1/walkers/me/merge", {"ticket": to_walk(world, issuer, page, "walker-5")}).status == 404


def test_who_comes_back_to_walk_unproven_is_told_so_there(world, issuer):
    browser = world.browser()
    state = issuer.parameters(world.begin(browser, f"?walk={MARK}"))["state"]
    target = f"/api/login/oauth2/code/office?error=access_denied&state={state}"
    assert world.come_back(world.browser(), target) == STATUS + "expired"  # another browser
    assert world.come_back(browser, target) == TO_WALK + "?status=cancelled"
    target = issuer.grant(world.begin(browser, f"?walk={MARK}"), "walker-6")
    assert world.come_back(browser, target).startswith(TO_WALK + "#")
    assert world.come_back(browser, target) == "/walk"  # loaded again
    for bad in ("", "x", "x" * 44, "%ED%95%9C" * 43):
        answer = browser.get(f"/api/oauth2/authorization/office?walk={bad}")
        assert answer.status in (302, 303) and answer.header("Location").startswith("/login")
    issuer.stop()
    world.topology.core.restart()
    assert world.begin(browser, f"?walk={MARK}") == TO_WALK + "?status=provider-away"
