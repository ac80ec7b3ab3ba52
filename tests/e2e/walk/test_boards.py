"""Two walkers become friends and see each other's steps, live, with the program itself; and what they agreed on outlives a kill."""

import secrets
import time

import pytest
from harness.topology import SHAPES
from harness.walkers import ME, OpenBoard, Phone
from harness.wire import expect_failure, expect_success

FRIENDS = "/api/v1/friends"
BOARD = "/api/v1/boards/friends"


def _walker(core, issuer, name):
    phone = Phone(core, issuer, subject=secrets.token_hex(8))
    expect_success(phone.sign_in())
    expect_success(phone.send("PATCH", ME, {"nickname": name, "sharesSteps": True, "offsetMinutes": 0}))
    return phone


def _walk(phone, steps, version):
    day = time.strftime("%Y-%m-%d", time.gmtime())
    expect_success(phone.send("PUT", f"/api/v1/steps/{day}", {"device": "phone", "source": "PHONE", "steps": steps,
                                                             "version": version, "utcOffsetMinutes": 0}))


def _steps(board):
    return {entry["nickname"]: entry["steps"] for entry in board["entries"]}


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_friends_see_each_others_steps_live(launch, issuer, sign_in_options, shape):
    topology = launch(**SHAPES[shape], core_options=sign_in_options)
    core = topology.core
    ann, bob = _walker(core, issuer, "ann"), _walker(core, issuer, "bob")
    found = expect_success(ann.send("GET", f"{FRIENDS}/search?nickname=BOB")).data
    assert found == {"walkerId": bob.uuid, "nickname": "bob", "relation": "NONE"}
    expect_success(ann.send("POST", f"{FRIENDS}/requests", {"walkerId": bob.uuid}), 201)
    expect_success(bob.send("PUT", f"{FRIENDS}/requests/{ann.uuid}"))
    core.kill()
    core.start()
    stream = OpenBoard(ann)
    stream.until(lambda board: _steps(board) == {"ann": 0, "bob": 0})
    _walk(bob, 1200, 1)
    began = time.monotonic()
    board = stream.until(lambda board: _steps(board)["bob"] == 1200)
    assert time.monotonic() - began < 10
    assert [entry["rank"] for entry in board["entries"]] == [1, 2]
    assert board["me"]["nickname"] == "ann"
    assert _steps(expect_success(bob.send("GET", BOARD)).data) == {"ann": 0, "bob": 1200}
    assert expect_success(ann.send("GET", "/api/v1/walkers/export")).data["friends"]["friends"][0]["nickname"] == "bob"
    expect_success(ann.send("POST", "/api/v1/walkers/logout"))
    assert stream.ended()
    stream.close()
    expect_failure(ann.send("GET", BOARD), 401)
    assert topology.cli_json("steps", "verify")["wrong"] == 0
