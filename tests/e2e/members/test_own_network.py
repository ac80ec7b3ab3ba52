"""The operator's own network: its name, colour, welcome and rules, and what keeps a node from starting."""

import json
import re
from html import unescape

import pytest

from harness.node import run_cli
from harness.topology import SHAPES
from harness.wire import expect_success


def own(html):
    found = re.search(rb'<meta name="network" content="([^"]*)"', html)
    return json.loads(unescape(found.group(1).decode())) if found else None


def test_it_is_said_where_people_come_in(launch, tmp_path):
    rules = tmp_path / "rules.txt"
    rules.write_text("하나. 서로 존중합니다.\r\n\r\n둘. \"따옴표\" <b> & 더\n", encoding="utf-8")
    service = launch(core_options=["--network-name=우리 \"모임\" <&>", "--network-name-en=Our circle", "--network-accent=#FFD400",
                                   "--welcome-text=어서 오세요.\n\n반갑습니다.", f"--rules=file:{rules}",
                                   "--network-contact=mailto:op@example.com"], **SHAPES["one_sqlite"])
    browser = service.browser()
    html = browser.get("/login").body
    told = own(html)
    assert (told["ko"], told["en"]) == ('우리 "모임" <&>', "Our circle")
    assert told["welcome"] == {"ko": "어서 오세요.\n\n반갑습니다.", "en": "어서 오세요.\n\n반갑습니다."}
    assert re.fullmatch("#[0-9a-f]{6}", told["accent"][0]) and told["accent"][1] == "#ffd400"
    assert "<title>우리 &quot;모임&quot; &lt;&amp;&gt;</title>".encode() in html
    for path in ("/", "/index.html", "/post/1", "/about", "/search"):
        assert own(browser.get(path).body) == told, path
    assert browser.get("/", headers={"If-None-Match": browser.get("/").header("ETag")}).status == 304
    manifest = json.loads(browser.get("/manifest.webmanifest").body)
    assert (manifest["name"], manifest["short_name"]) == (told["ko"], told["ko"])
    assert manifest["start_url"] == "/" and len(manifest["icons"]) == 3
    about = expect_success(browser.get("/api/v1/network")).data
    assert about == {"name": told["ko"], "welcome": "어서 오세요.\n\n반갑습니다.",
                     "rules": "하나. 서로 존중합니다.\n\n둘. \"따옴표\" <b> & 더", "contact": "mailto:op@example.com",
                     "publicReading": False}
    assert expect_success(browser.get("/api/v1/network", headers={"Accept-Language": "en"})).data["name"] == "Our circle"


def test_a_passkey_is_for_it_in_the_language_of_who_makes_it(launch):
    service = launch(core_options=["--network-name=우리 모임", "--network-name-en=Our circle"], **SHAPES["one_sqlite"])
    member = service.member()
    for language, name in (("ko", "우리 모임"), ("en", "Our circle")):
        options = expect_success(member.post("/api/v1/users/me/passkeys/options", headers={"Accept-Language": language})).data
        assert (options["rp"]["name"], options["user"]["name"], options["user"]["displayName"]) == (name, name, name)


def test_without_a_word_of_the_operator_the_page_is_as_it_was_built(service):
    browser = service.browser()
    assert own(browser.get("/login").body) is None
    assert expect_success(browser.get("/api/v1/network")).data == {
        "name": "돈고백", "welcome": None, "rules": None, "contact": None, "publicReading": False}


@pytest.mark.parametrize("option, said", [
    ("--network-name=" + "가" * 41, "40 characters"), ("--network-name=두\n줄", "one line"),
    ("--network-name=\u202e뒤집힘", "control characters"), ("--network-accent=red", "#RRGGBB"),
    ("--network-accent=#12345", "#RRGGBB"), ("--network-accent=#12345g", "#RRGGBB"), ("--welcome-text=" + "가" * 601, "600"),
    ("--rules=file:/nowhere/rules.txt", "cannot be read"), ("--rules=" + "가" * 10_001, "10000"),
    ("--rules=file:/dev/zero", "at most"), ("--network-contact=javascript:alert(1)", "mailto"),
    ("--network-contact=http://example.com", "https"), ("--network-contact=mailto:no one", "mailto")])
def test_what_cannot_work_is_named(binary, tmp_path, option, said):
    code, _, problems = run_cli(binary, "config", "check", f"--data-dir={tmp_path}", option)
    assert code == 2 and said in problems and option.split("=")[0] in problems, problems


def test_the_configuration_shows_it(binary, tmp_path):
    code, out, _ = run_cli(binary, "config", "check", "--json", f"--data-dir={tmp_path}", "--public-reading", "--network-name=모임")
    assert code == 0
    shown = {row["option"].lstrip("-"): row["value"] for row in json.loads(out)}
    assert shown["network-name"] == "모임" and shown["public-reading"] in (True, "true")
