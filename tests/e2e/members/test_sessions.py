"""Where one is signed in, through restarts and power cuts; what lands in a member's mail."""

import pytest
from harness.mail import bodies, new_address, read_mail, waiting_mails
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.wire import expect_failure, expect_success

SESSIONS = "/api/v1/sessions"
HAND_OVER = f"{SESSIONS}/hand-over"
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Mobile Safari/537.36"}


def cut_power(topology):
    topology.core.kill()
    topology.core.start()


def listed(browser):
    return expect_success(browser.get(SESSIONS)).data["sessions"]


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_a_hand_over_survives_power_cuts(launch, shape):
    topology = launch(**SHAPES[shape])
    guest, phone = topology.guest(), topology.browser()
    shown = expect_success(guest.post(HAND_OVER), 201).data
    cut_power(topology)
    assert expect_success(guest.get(HAND_OVER)).data["state"] == "WAITING"
    expect_success(phone.post(f"{HAND_OVER}/claim", {"code": shown["code"]}, headers=PHONE), 202)
    cut_power(topology)
    asked = expect_success(guest.get(HAND_OVER)).data
    assert asked == {"handOverId": shown["handOverId"], "state": "CLAIMED", "device": "Chrome · Android",
                     "address": asked["address"]}
    expect_failure(phone.post(f"{HAND_OVER}/claim/finish"), 409)
    expect_success(guest.post(f"{HAND_OVER}/confirm", {"handOverId": shown["handOverId"]}))
    cut_power(topology)
    assert expect_success(phone.get(f"{HAND_OVER}/claim")).data["state"] == "CONFIRMED"
    lost = phone.tab()
    expect_success(lost.post(f"{HAND_OVER}/claim/finish", headers=PHONE))  # committed, and nobody heard of it
    cut_power(topology)
    expect_success(phone.post(f"{HAND_OVER}/claim/finish", headers=PHONE))
    assert phone.me()["userId"] == guest.me()["userId"]
    assert [each["device"] for each in listed(guest)] == ["Chrome · Android", None]
    assert phone.cookie("refresh_token") == lost.cookie("refresh_token")
    expect_success(phone.post("/api/token", headers=PHONE))
    expect_success(phone.post("/api/token", headers=PHONE))
    topology.core.stop()
    topology.core.start()
    assert len(listed(phone)) == 2


def test_a_session_that_was_ended_stays_so(launch):
    topology = launch(**SHAPES["one_sqlite"])
    guest = topology.guest()
    shown = expect_success(guest.post(HAND_OVER), 201).data
    phone = topology.browser()
    expect_success(phone.post(f"{HAND_OVER}/claim", {"code": shown["code"]}), 202)
    expect_success(guest.post(f"{HAND_OVER}/confirm", {"handOverId": shown["handOverId"]}))
    expect_success(phone.post(f"{HAND_OVER}/claim/finish"))
    assert expect_success(phone.delete(SESSIONS)).data == {"ended": 1}
    cut_power(topology)
    expect_failure(guest.get(SESSIONS), 401)
    expect_failure(guest.post("/api/token"), 401)
    assert [each["current"] for each in listed(phone)] == [True]


def test_a_member_reads_of_a_new_device_and_ends_it(launch):
    topology = launch(**SHAPES["one_sqlite"])
    to = new_address()
    user = topology.cli_json("users", "create", f"--email={to}")["userId"]

    laptop, thief = topology.browser(), topology.browser()
    laptop.press_button(laptop.get(topology.sign_in_link(user)))
    target = topology.sign_in_link(user)
    answer = thief.send("POST", "/api/sign-in-link", target.partition("?")[2],
                        {"Content-Type": "application/x-www-form-urlencoded", **PHONE})
    assert answer.header("Location") == "/", answer
    eventually(lambda: waiting_mails(topology) == [], "the mail is delivered")
    (file,) = (topology.core.data_dir / "mail").iterdir()
    message = read_mail(file.read_bytes())
    assert message["To"] == to
    assert message["Subject"] == "[DontGoBack] 새 기기에서 로그인"
    for body in bodies(message):
        assert "Chrome · Android" in body and "127." in body and f"({topology.zone})" in body
        assert f"{topology.core.url}/settings" in body
    (other,) = [each for each in listed(laptop) if not each["current"]]
    assert other["device"] == "Chrome · Android"
    expect_success(laptop.delete(f"{SESSIONS}/{other['sessionId']}"))
    expect_failure(thief.get(SESSIONS), 401)
    assert "Android" not in topology.core.log_text()
