"""What an operator does beside a running node: copies, checks, jobs, settings."""

import json
import sqlite3
from contextlib import closing

import pytest

from harness.assets import multiplier, name_of, updated
from harness.node import Node, run_cli
from harness.topology import MULTIPLIER_KEY, SHAPES, UNLIMITED
from harness.wire import call, expect_failure, expect_success
from harness.writers import Writers


def test_a_copy_made_during_writes_is_whole(launch, workspace):
    topology = launch(**SHAPES["one_sqlite"], **UNLIMITED)
    writers = Writers(topology).start()
    writers.await_accepted(50)
    before = dict(writers.accepted)
    copy = workspace / "copy.db"
    code, out, err = topology.cli("db", "backup", str(copy))
    assert code == 0, (out, err)
    writers.await_accepted(20)
    writers.stop()
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        stored = dict(database.execute("SELECT content, id FROM posts"))
    assert before.items() <= stored.items(), "what was accepted before the copy is in it"

    code, out, err = topology.cli("db", "restore", str(copy), "--replace")
    assert code == 1, "not under a running server"
    topology.core.stop()
    code, out, err = topology.cli("db", "restore", str(copy))
    assert code != 0, "not over a database, unless told to"
    code, out, err = topology.cli("db", "restore", str(copy), "--replace")
    assert code == 0, (out, err)
    topology.core.start()
    contents = {row[0] for row in topology.sql("SELECT content FROM posts")}
    assert contents == set(stored)
    writers.guests[0].write("복구된 자리에서")


@pytest.mark.parametrize("shape", ["one_sqlite", "three_mariadb"])
def test_a_refresh_by_hand_is_the_same_refresh(launch, shape):
    topology = launch(**SHAPES[shape])
    guest = topology.guest()
    user = guest.me()["userId"]
    code, out, err = topology.cli("assets", "refresh", f"--day={topology.tomorrow()}", *topology.wiring())
    assert code == 0, (out, err)
    m = multiplier(MULTIPLIER_KEY, user, topology.tomorrow())
    assert guest.me()["userName"] == name_of(updated(10_000_000, m))


def test_answers_for_programs_are_json(launch):
    topology = launch(**SHAPES["one_sqlite"])
    for command in (("jobs", "list"), ("users", "list"), ("keys", "list"), ("config", "check")):
        code, out, err = topology.cli(*command, "--json")
        assert code == 0, (command, out, err)
        assert isinstance(json.loads(out), (dict, list)), command


def test_the_version_is_the_ready_lines(launch, binary):
    topology = launch(**SHAPES["one_sqlite"])
    code, out, _ = run_cli(binary, "--version")
    assert code == 0
    assert topology.core.version in out


def test_an_https_public_url_makes_secure_cookies(launch):
    topology = launch(**SHAPES["one_sqlite"], core_options=["--public-url=https://dontgoback.example"])
    browser = topology.browser()
    own = {"Origin": "https://dontgoback.example", "Sec-Fetch-Site": None}
    answer = expect_success(browser.post("/api/guest", headers=own))
    assert all("secure" in attributes for _, attributes in answer.cookies().values())
    assert topology.sign_in_link(topology.create_user()).startswith("/api/")
    expect_success(browser.post("/api/v1/feeds", {"content": "글"}, headers=own), 201)
    expect_failure(browser.post("/api/v1/feeds", {"content": "글"},
                                headers={"Origin": "http://dontgoback.example", "Sec-Fetch-Site": None}), 403)
    preflight = browser.send("OPTIONS", "/api/v1/feeds", headers={**own, "Access-Control-Request-Method": "POST"})
    assert preflight.header("Access-Control-Allow-Origin") == "https://dontgoback.example"


def test_a_role_offers_only_its_own(launch):
    topology = launch(**SHAPES["three_sqlite"])
    for node, foreign in ((topology.auth, ["/api/v1/feeds", "/msa/ext/api/update-asset/1", "/api/jwks.json"]),
                          (topology.extension, ["/api/v1/feeds", "/msa/auth/api/public-key"]),
                          (topology.core, ["/msa/auth/api/public-key", "/msa/ext/api/update-asset/1"])):
        for target in foreign:
            browser = topology.browser().at(node)
            expect_failure(browser.get(target), 404)


def test_modules_narrow_a_role(binary, workspace):
    node = Node(binary, "narrow", workspace / "narrow", "--role=all", "--modules=auth")
    node.start()
    try:
        assert call(node.address, "GET", "/msa/auth/api/public-key").status == 200
        expect_failure(call(node.address, "GET", "/api/v1/feeds"), 404)
    finally:
        node.stop()


def test_an_extension_alone_keeps_no_database(launch):
    topology = launch(start=False, **SHAPES["three_sqlite"])
    topology.extension.options.append("--modules=extension")
    topology.start()
    assert not [*topology.extension.data_dir.rglob("*.db")]
