"""Clients of Firewalker's first release, on the listener that is theirs: what they sent, and what they were answered."""

import socket
import uuid

import pytest
from harness import jwt
from harness.first_release import App, claims_of, fails, is_broken, pair_of, says
from harness.secrets import known_secrets
from harness.topology import SHAPES, Topology
from harness.walkers import Phone
from harness.wire import call, expect_failure, expect_success, next_address

ON = "--walk-first-release-listen=127.0.0.1:0"
GRPC_ON = "--walk-first-release-grpc-listen=127.0.0.1:0"
ACCEPTED = "Friend accept notification sent."
REQUESTED = "Friend request notification sent."
UPDATED = "유저 정보가 업데이트되었습니다."


@pytest.fixture(scope="module")
def first_release(binary, workspace):
    topology = Topology(binary, workspace / "first-release", **SHAPES["one_sqlite"], core_options=[ON])
    try:
        yield topology.start()
    finally:
        topology.stop()


@pytest.fixture
def app(first_release):
    def make(nickname=None):
        made = App(first_release.core).sign_up()
        return made.named(nickname) if nickname else made

    return make


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_the_apps_data_layer_from_sign_up_to_sign_out(launch, shape):
    node = launch(**SHAPES[shape], core_options=[ON]).core
    ann, bob = App(node).sign_up(), App(node).sign_up()
    says(ann.update(dailyTargetStep=5000), 200, UPDATED)
    ann.named("달려라하니")
    bob.named("bob_walks")

    answer = says(ann.sign_in(), 201, "SignIn 성공!")
    assert answer.header("Authorization") == ann.access
    assert answer.header("X-Refresh-Token") == ""

    says(ann.ask(bob), 201, REQUESTED)
    says(bob.accept(ann), 201, ACCEPTED)
    assert ann.friends() == []
    (of_bob,) = ann.friends(Authorization=f"Bearer {ann.access}")
    assert uuid.UUID(of_bob).version == 4
    assert of_bob != bob.uuid

    first = ann.refresh
    pair = pair_of(ann.renew())
    assert claims_of(pair["accessToken"])["userUuid"] == ann.uuid
    assert pair["refreshToken"] != first
    assert pair_of(ann.renew(first))["refreshToken"] == pair["refreshToken"], "the answer was lost"
    ann.access, ann.refresh = "Bearer " + pair["accessToken"], pair["refreshToken"]
    says(ann.sign_in(), 201, "SignIn 성공!")

    says(ann.send("POST", "/auth/signout"), 201, "카카오 유저(undefined) 로그아웃 완료")
    pair_of(ann.renew())
    node.restart()
    says(ann.sign_in(), 201, "SignIn 성공!")
    assert len(ann.friends(Authorization=ann.access)) == 1


def test_off_unless_it_is_asked_for(launch):
    node = launch(**SHAPES["one_sqlite"]).core
    assert node.others == {}
    assert "first-release" not in node.log_text()
    assert call(node.address, "POST", "/auth/signup", {"socialId": "1"}).status in (404, 405)


def test_grpc_has_a_listener_of_its_own(launch):
    node = launch(**SHAPES["one_sqlite"], core_options=[GRPC_ON]).core
    assert set(node.others) == {"first-release-grpc"}
    with socket.create_connection(node.others["first-release-grpc"], timeout=10) as connection:
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
        assert connection.recv(9)[3] == 4, "the server's SETTINGS (RFC 9113 section 6.5)"


def test_the_log_says_what_it_means_at_every_start(launch):
    node = launch(**SHAPES["one_sqlite"], core_options=[ON]).core
    node.restart()
    for log in node.logs:
        assert log.read_text().count("without any proof") == 1


def test_each_sign_up_is_somebody_new(app, first_release):
    ann, again = app(), App(first_release.core).sign_up()
    assert ann.uuid != again.uuid
    is_broken(ann.send("POST", "/auth/signup", {}))
    is_broken(ann.send("POST", "/auth/signup"))
    assert ann.send("POST", "/auth/signup", "{").status == 400


def test_signing_in_takes_the_word_in_front_up_to_twice(app):
    ann = app()
    token = ann.access.removeprefix("Bearer ")
    for before in ("", "Bearer ", "Bearer Bearer "):
        for body, headers in (({"accessToken": before + token}, {}), ({}, {"Authorization": before + token})):
            answer = says(ann.send("POST", "/auth/signin", body, headers), 201, "SignIn 성공!")
            assert answer.header("Authorization") == f"Bearer {token}"
    for bad, why in (
        ("", "jwt must be provided"),
        ("nonsense", "jwt malformed"),
        ("a.b.c.d", "jwt malformed"),
        (token[:-4] + "AAAA", "invalid signature"),
        (ann.refresh, "invalid signature"),
        (jwt.sign_hs256(b"secret", {"typ": "JWT"}, claims_of(token)), "invalid signature"),
        (jwt.encode(b'{"alg":"none"}') + "." + token.split(".")[1] + ".", "invalid signature"),
    ):
        fails(ann.send("POST", "/auth/signin", {"accessToken": bad}), 401,
              f"Invalid or expired access token: JsonWebTokenError: {why}", "Unauthorized")


def test_refreshing(app):
    ann = app()
    for bad in ("", "nonsense", ann.access, ann.refresh[:-4] + "AAAA"):
        fails(ann.send("POST", "/auth/refresh", {"refreshToken": bad}), 401, "Invalid or expired refresh token",
              "Unauthorized")
    first = ann.refresh
    second = pair_of(ann.renew(first))["refreshToken"]
    third = pair_of(ann.renew(f"Bearer {second}"))["refreshToken"]
    assert pair_of(ann.renew(first))["refreshToken"] == second, "a second tab, within half a minute"
    fourth = pair_of(ann.renew(third))["refreshToken"]
    assert ann.renew(first).status == 401
    assert ann.renew(fourth).status == 401, "what was stolen ends"


def test_signing_out_and_leaving(app, first_release):
    ann, bob = app("signs_out"), app("leaves_us")
    for path, text in (("/auth/signout", "로그아웃"), ("/auth/delete", "계정 탈퇴")):
        says(ann.send("POST", path), 201, f"카카오 유저(undefined) {text} 완료")
        says(ann.send("POST", path, {"userId": "7"}), 201, f"카카오 유저(7) {text} 완료")
        says(ann.sign_in(), 201, "SignIn 성공!")
    says(ann.send("POST", "/auth/signout", {"userId": ann.uuid}), 201, f"카카오 유저({ann.uuid}) 로그아웃 완료")
    assert ann.renew().status == 401
    says(ann.sign_in(), 201, "SignIn 성공!")

    says(bob.send("POST", "/auth/delete", {"userId": bob.uuid}), 201, f"카카오 유저({bob.uuid}) 계정 탈퇴 완료")
    assert bob.sign_in().status == 401
    assert bob.renew().status == 401
    fails(bob.update(nickName="other"), 404, f"User not found: {bob.uuid}", "Not Found")
    fails(ann.ask(bob), 404, "Friend user not found: leaves_us", "Not Found")
    app("leaves_us")
    says(bob.send("POST", "/auth/delete", {"userId": bob.uuid}), 201, f"카카오 유저({bob.uuid}) 계정 탈퇴 완료")


@pytest.mark.parametrize("path", ["/auth/update", "/auth/fcm-token"])
def test_updating(app, path):
    ann, nobody = app(), str(uuid.uuid4())
    taken = f"taken{path.count('f')}"
    app(taken)
    is_broken(ann.send("PUT", path, {}))
    is_broken(ann.update(path))
    for unknown in (nobody, "7", ""):
        fails(ann.update(path, userUuid=unknown, nickName="somebody"), 404, f"User not found: {unknown}", "Not Found")
    fails(ann.send("PUT", path, {"nickName": "somebody"}), 404, "User not found: undefined", "Not Found")
    says(ann.update(path, dailyTargetStep=0), 200, UPDATED)
    for wrong in ({"nickName": "ab"}, {"nickName": "  a  "}, {"nickName": "x" * 51}, {"nickName": "a b c"},
                  {"nickName": ""}, {"dailyTargetStep": -1}, {"dailyTargetStep": 2**31}, {"dailyTargetStep": 1.5},
                  {"dailyTargetStep": "5"}, {"fcmToken": ""}, {"fcmToken": "two words"}):
        answer = ann.update(path, **wrong)
        assert answer.status == 400, (wrong, answer)
        assert answer.json()["error"] == "Bad Request"
    answer = ann.update(path, nickName=taken.upper())
    assert (answer.status, answer.json()["error"]) == (409, "Conflict")
    mine = f"mine{path.count('f')}"
    says(ann.update(path, nickName=f" {mine} ", fcmToken="c9:APA91b-_", dailyTargetStep=50000), 200, UPDATED)
    says(ann.update(path, nickName=mine), 200, UPDATED)


def test_friends_by_their_nicknames(app):
    ann, bob, cat = app("friend_ann"), app("friend_bob"), app("friend_cat")
    nobody = App(None)
    nobody.nickname = "친구없음"
    fails(ann.ask(nobody), 404, "Friend user not found: 친구없음", "Not Found")
    undefined = app("undefined")  # who is called so is not who is not named
    for path in ("/auth/friend/request", "/auth/friend/accept"):
        fails(ann.send("POST", path, {}), 404, "Friend user not found: undefined", "Not Found")
    fails(ann.send("POST", "/auth/friend/request", {"friendNickname": "friend_bob"}), 404,
          "Sender user not found: undefined", "Not Found")
    assert undefined.friends(Authorization=undefined.access) == []
    fails(ann.send("POST", "/auth/friend/request", {"senderNickname": "친구없음", "friendNickname": "friend_bob"}), 404,
          "Sender user not found: 친구없음", "Not Found")
    says(ann.ask(bob), 201, REQUESTED)
    is_broken(ann.ask(bob))
    assert ann.ask(ann).status == 400

    fails(bob.accept(nobody), 404, "Friend user not found: 친구없음", "Not Found")
    fails(bob.send("POST", "/auth/friend/accept", {"friendNickname": "friend_ann"}), 404,
          "Recipient user not found: undefined", "Not Found")
    for who, whom in ((ann, bob), (bob, cat)):
        fails(who.accept(whom), 404, "친구 요청이 존재하지 않습니다.", "Not Found")
    says(bob.accept(ann), 201, ACCEPTED)
    is_broken(bob.accept(ann))

    says(ann.ask(cat), 201, REQUESTED)
    says(cat.ask(ann), 201, REQUESTED)  # who ask each other are friends
    is_broken(ann.accept(cat))
    assert len(ann.friends(Authorization=ann.access)) == 2
    assert bob.friends(Authorization=f"Bearer {bob.access}") != []
    assert ann.friends() == []
    assert ann.friends(Authorization="Bearer nonsense") == []
    assert ann.send("GET", f"/auth/friend/list?userId={ann.uuid}").json() == {"friendUuids": []}


def test_what_it_has_not_it_says_as_the_first_release_did(app):
    ann = app()
    for method, path in (("POST", "/auth/x"), ("GET", "/auth/signup"), ("DELETE", "/auth/friend/list"), ("PATCH", "/"),
                         ("GET", "/auth"), ("POST", "/auth/friend/refuse")):
        fails(ann.send(method, path, {} if method == "POST" else None), 404, f"Cannot {method} {path}", "Not Found")
    answer = ann.send("POST", "/auth/signup", {"socialId": "1" * 10_000})
    assert (answer.status, answer.json()["error"]) == (413, "Payload Too Large")
    for path in ("/api/v1/walkers/me", "/api/v1/users/me", "/msa/core/api/people"):
        assert ann.send("GET", path).status == 404


def test_one_address_signs_up_so_often(first_release):
    phone = App(first_release.core, source=next_address())
    for _ in range(20):
        phone.sign_up()
    answer = phone.send("POST", "/auth/signup", {"socialId": "1"})
    assert (answer.status, answer.json()["error"]) == (429, "Too Many Requests"), answer
    assert int(answer.header("Retry-After")) > 0
    says(phone.sign_in(), 201, "SignIn 성공!")
    App(first_release.core).sign_up()


def test_those_who_prove_something_and_those_who_do_not_never_meet(launch, issuer, sign_in_options):
    """A stranger with a phone of each kind, who tries each thing of the one at the other."""
    topology = launch(**SHAPES["one_sqlite"], core_options=[ON, *sign_in_options])
    node = topology.core
    ann, bob = App(node).sign_up().named("shown_ann"), App(node).sign_up().named("shown_bob")
    says(ann.ask(bob), 201, REQUESTED)
    says(bob.accept(ann), 201, ACCEPTED)
    (public,) = bob.friends(Authorization=bob.access)
    phone = Phone(node, issuer)
    expect_success(phone.sign_in())
    expect_success(phone.send("PATCH", "/api/v1/walkers/me", {"nickname": "proven_one"}))
    hidden = {ann.uuid, bob.uuid, public, "shown_ann", "shown_bob"}

    def unknown_here(answer, status):
        expect_failure(answer, status)
        assert not [each for each in hidden if each in answer.body.decode()]

    # The one's API knows nothing of the others: neither names, nor what is public of them, nor secrets, nor tokens.
    unknown_here(phone.send("GET", "/api/v1/friends/search?nickname=shown_ann"), 404)
    for who in (ann.uuid, public):
        unknown_here(phone.send("POST", "/api/v1/friends/requests", {"walkerId": who}), 404)
        unknown_here(phone.send("PUT", f"/api/v1/friends/blocks/{who}"), 404)
    for token in (ann.access, f"Bearer {ann.access}", ann.refresh):
        unknown_here(call(node.address, "GET", "/api/v1/walkers/me", headers={"Authorization": token}), 401)
    unknown_here(call(node.address, "POST", "/api/v1/walkers/token", {"refreshToken": ann.refresh}), 401)
    for path in ("/api/v1/friends", "/api/v1/friends/requests", "/api/v1/walkers/me", "/api/v1/walkers/export"):
        answer = phone.send("GET", path)
        assert answer.status == 200, (path, answer)
        assert not [each for each in hidden if each in answer.body.decode()], path

    # And the other way round.
    known = call(node.address, "GET", "/api/v1/walkers/me", headers={"Authorization": f"Bearer {phone.access}"})
    assert known.status == 200
    fails(ann.send("POST", "/auth/signin", {"accessToken": phone.access}), 401,
          "Invalid or expired access token: JsonWebTokenError: invalid signature", "Unauthorized")
    assert ann.renew(phone.refresh).status == 401
    fails(ann.update(userUuid=phone.uuid, nickName="renamed"), 404, f"User not found: {phone.uuid}", "Not Found")
    says(ann.send("POST", "/auth/delete", {"userId": phone.uuid}), 201, f"카카오 유저({phone.uuid}) 계정 탈퇴 완료")
    for body, message in (({"senderNickname": "shown_ann", "friendNickname": "proven_one"},
                           "Friend user not found: proven_one"),
                          ({"senderNickname": "proven_one", "friendNickname": "shown_ann"},
                           "Sender user not found: proven_one")):
        fails(ann.send("POST", "/auth/friend/request", body), 404, message, "Not Found")
    # A name that is taken there is free here, so that neither tells who is on the other side.
    says(ann.update(nickName="proven_one"), 200, UPDATED)
    assert expect_success(phone.me()).data["nickname"] == "proven_one"
    assert ann.friends(Authorization=f"Bearer {phone.access}") == []
    known_secrets.add("first-release UUID", public)
