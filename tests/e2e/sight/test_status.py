"""What an admin reads on the page of how the node is, with the node's own trouble."""

import json
from datetime import datetime, timedelta, timezone

from harness.topology import SHAPES
from harness.waiting import eventually
from harness.wire import call, expect_failure, expect_success

STATUS = "/api/v1/admin/status"


def read(admin, language="ko"):
    return expect_success(admin.get(STATUS, headers={"Accept-Language": language})).data


def readiness(node):
    return call(node.management, "GET", "/readyz", headers={"Accept": "application/json"}).json()


def test_an_admin_reads_what_readyz_says_and_what_metrics_count(launch):
    topology = launch(**SHAPES["one_sqlite"])
    core = topology.core
    admin, moderator = topology.member("ADMIN"), topology.member("MODERATOR")
    expect_failure(moderator.get(STATUS), 403)
    expect_failure(topology.guest().get(STATUS), 403)
    assert call(core.address, "GET", STATUS).status == 401

    for _ in range(20):
        core.probe("/livez")
    before = read(admin)["sinceStart"]["requests"]
    for _ in range(20):
        core.probe("/livez")
        core.probe("/metrics")
    member = topology.member()
    for _ in range(5):
        member.write("보이는 글")
    told = read(admin, "en")
    assert before + 5 <= told["sinceStart"]["requests"] < before + 30, "what machines ask is left out"
    assert told["recently"]["failures"] == 0 and told["recently"]["p50Ms"] <= told["recently"]["p99Ms"]
    assert told["role"] == "all" and told["version"] in core.ready_line
    assert abs(datetime.fromisoformat(told["at"].replace("Z", "+00:00")) - datetime.now(timezone.utc)) < timedelta(seconds=30)
    assert told["storage"]["databaseBytes"] > 0 and told["storage"]["commitP95Ms"] > 0
    assert 0 < told["storage"]["diskFreeBytes"] <= told["storage"]["diskBytes"]
    assert "mails" in {queue["topic"] for queue in told["outbox"]["queues"]}
    jobs = {job["name"]: job for job in told["jobs"]}
    assert jobs["asset-refresh"]["periodSeconds"] == 86_400 and not any(job["late"] for job in told["jobs"])

    ready = readiness(core)
    assert told["state"] == ready["status"].upper() and told["text"] == ready["message"]["en"]
    assert read(admin)["text"] == ready["message"]["ko"]
    assert [{**check, "state": check["state"].lower()} for check in told["checks"]] == ready["checks"]

    text = json.dumps(told)
    assert "@" not in text and str(admin.me()["userId"]) + "," not in json.dumps(told["checks"])


def test_it_says_what_is_degraded_and_is_read_while_the_node_cannot_work(launch):
    topology = launch(**SHAPES["three_sqlite"])
    core = topology.core
    admin = topology.member("ADMIN")
    assert {node["name"] for node in read(admin)["nodes"]} >= {"extension", "deny-list", "auth-token"}

    topology.auth.stop()

    def noted():
        told = read(admin, "en")
        return told if any(check["name"] == "deny-list" and check["state"] == "NOTE" for check in told["checks"]) else None

    told = eventually(noted, "it is noted", limit=30)
    assert told["state"] == "DEGRADED" and told["text"].startswith("The node works")
    (calls,) = [node for node in told["nodes"] if node["name"] == "deny-list"]
    assert calls["failures"] >= 1 and calls["lastFailureAt"] is not None

    topology.database_file().rename(core.data_dir / "away.db")

    def broken():
        answer = admin.get(STATUS)
        return answer.data if answer.status == 200 and answer.data["state"] == "UNREADY" else None

    told = eventually(broken, "the file is gone", limit=30)
    (database,) = [check for check in told["checks"] if check["name"] == "database"]
    assert database["state"] == "UNREADY" and "dontgoback.db" in database["text"]
    assert told["text"].startswith("노드가 제 일을 할 수 없습니다")
    (core.data_dir / "away.db").rename(core.data_dir / "dontgoback.db")
    eventually(lambda: read(admin)["state"] == "DEGRADED", "it is there again", limit=30)
