"""What walkers report reaches moderators and is decided, on one node and where walk runs on another."""

import json

import pytest
from harness.node import run_cli
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.walkers import ME, Phone
from harness.wire import call, expect_failure, expect_success

REPORTS = "/api/v1/walkers/reports"
QUEUE = "/api/v1/admin/walk/reports"


def _apart(launch, sign_in_options, shape="three_sqlite"):
    """Walk on an extension node; core on another, which knows it."""
    topology = launch(start=False, **SHAPES[shape])
    topology.extension.options += sign_in_options
    for node in topology.nodes:
        topology.start_node(node)
    topology.settle()
    topology.core.stop()
    topology.core.options.append(f"--walk-url={topology.extension.url}")
    topology.core.start()
    topology.walk = topology.extension
    return topology.settle()


@pytest.fixture(params=["one_sqlite", "one_mariadb", "apart"])
def world(request, launch, sign_in_options):
    """Its topology; `walk` is the node that runs walk."""
    if request.param == "apart":
        return _apart(launch, sign_in_options)
    topology = launch(**SHAPES[request.param], core_options=sign_in_options)
    topology.walk = topology.core
    return topology


def _phone(world, issuer, name):
    phone = Phone(world.walk, issuer, subject=name)
    expect_success(phone.sign_in())
    expect_success(phone.send("PATCH", ME, {"nickname": name}))
    return phone


def _reported(world, issuer):
    """One whose nickname two others reported, and a moderator."""
    bad, one, other = (_phone(world, issuer, name) for name in ("bad_name", "reader_1", "reader_2"))
    for phone in (one, one, other):
        expect_success(phone.send("POST", REPORTS, {"targetType": "WALKER", "targetId": bad.uuid, "reason": "ABUSE",
                                                    "text": "욕설입니다"}), 201)
    return bad, world.member("MODERATOR")


def test_a_report_is_decided_once_and_stands_in_the_trail(world, issuer):
    bad, moderator = _reported(world, issuer)
    expect_failure(world.member().get(QUEUE), 403)
    page = expect_success(moderator.get(QUEUE)).data
    assert page["open"] == 1 and len(page["reports"]) == 1, page
    report = page["reports"][0]
    assert (report["targetType"], report["name"], report["nameNow"], report["reportCount"]) == ("WALKER", "bad_name", "bad_name", 2)
    assert report["reasons"] == [{"reason": "ABUSE", "count": 2}]
    assert [text["text"] for text in report["texts"]] == ["욕설입니다"] * 2
    assert bad.uuid not in json.dumps(page)
    path = f"{QUEUE}/{report['reportId']}"
    for wrong in ({"decision": "RENAME", "reason": "욕설"}, {"decision": "KEEP", "name": "walker_1"}, {"decision": "REMOVE"},
                  {"decision": "HIDE", "reason": "욕설"}, {"decision": "RENAME", "name": "x", "reason": "욕설"}):
        expect_failure(moderator.post(path, wrong), 400)
    expect_failure(moderator.post(path, {"decision": "RENAME", "name": "reader_1", "reason": "욕설"}), 409)
    renamed = {"decision": "RENAME", "name": "walker_1", "reason": "욕설"}
    for _ in range(2):
        decided = expect_success(moderator.post(path, renamed)).data
        assert (decided["state"], decided["decision"], decided["nameNow"]) == ("CLOSED", "RENAME", "walker_1")
    expect_failure(moderator.post(path, {"decision": "KEEP"}), 409)
    expect_failure(moderator.post(f"{QUEUE}/99", {"decision": "KEEP"}), 404)
    assert bad.me().data["nickname"] == "walker_1"
    assert expect_success(moderator.get(QUEUE)).data == {"reports": [], "open": 0}
    assert [each["name"] for each in expect_success(moderator.get(f"{QUEUE}?state=closed")).data["reports"]] == ["bad_name"]
    trail = expect_success(world.member("ADMIN").get("/api/v1/admin/audit")).data["entries"]
    acts = [(each["action"], each["targetType"], each["targetId"], each["reason"]) for each in trail
            if each["targetType"] == "WALK_REPORT"]
    assert acts == [("RENAME", "WALK_REPORT", report["reportId"], "욕설")]
    assert bad.uuid not in json.dumps(trail)


def test_the_command_line_of_the_node_that_runs_walk(world, issuer):
    bad, moderator = _reported(world, issuer)
    listed = json.loads(world.cli("walkers", "reports", "--json", node=world.walk)[1])
    assert [(each["name"], each["reports"]) for each in listed] == [("bad_name", 2)]
    number = str(listed[0]["reportId"])
    assert world.cli("walkers", "decide", number, "suspend", node=world.walk)[0] == 0
    expect_failure(bad.me(), 401)
    assert expect_success(moderator.get(QUEUE)).data["open"] == 0
    assert world.cli("walkers", "decide", number, "keep", node=world.walk)[0] == 1


def test_walk_away_is_said_and_nothing_is_decided(launch, issuer, sign_in_options):
    world = _apart(launch, sign_in_options)
    _, moderator = _reported(world, issuer)
    report = expect_success(moderator.get(QUEUE)).data["reports"][0]["reportId"]
    world.extension.stop()
    for answer in (moderator.get(QUEUE), moderator.post(f"{QUEUE}/{report}", {"decision": "KEEP"})):
        assert answer.status == 503 and answer.header("Retry-After") and answer.json()["message"], answer
    assert moderator.me()["userId"]  # everything else goes on
    world.extension.start()
    eventually(lambda: moderator.get(QUEUE).status == 200, "walk is asked again")
    assert expect_success(moderator.post(f"{QUEUE}/{report}", {"decision": "KEEP"})).data["decision"] == "KEEP"


def test_where_no_walk_is_known_there_is_nothing(launch):
    world = launch(**SHAPES["three_sqlite"])
    moderator = world.member("MODERATOR")
    expect_failure(moderator.get(QUEUE), 404)
    expect_failure(moderator.post(f"{QUEUE}/1", {"decision": "KEEP"}), 404)
    expect_failure(world.member().get(QUEUE), 403)


def test_the_reports_of_walk_are_shown_to_no_other_service(launch, sign_in_options):
    world = _apart(launch, sign_in_options)
    body = {"state": "open", "before": 100, "size": 10}
    path = "/msa/walk/api/reports/list"
    assert world.service.send(world.extension, "POST", path, body).status == 200
    for headers in ({}, {"Authorization": "Bearer x"}):
        assert call(world.extension.address, "POST", path, body, headers).status == 401


@pytest.mark.parametrize("url,problem", [("https://x.example", "--walk-url: needs --auth-url, --client-id"),
                                         ("http://x.example", "--walk-url: must be https"),
                                         ("nowhere", "--walk-url: ")])
def test_a_url_that_cannot_be_called_is_named_before_the_start(binary, tmp_path, url, problem):
    code, _, err = run_cli(binary, "config", "check", "--role=core", f"--walk-url={url}", f"--data-dir={tmp_path}")
    assert code == 2 and problem in err, err
