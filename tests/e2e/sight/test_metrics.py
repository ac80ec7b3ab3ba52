"""What a node tells of itself: names, values and words, without anything that reads them."""

import re

import pytest
from harness import prometheus
from harness.node import Node
from harness.topology import SHAPES, UNLIMITED
from harness.waiting import eventually
from harness.wire import call

# Counted from the first time on: whoever looks for it finds nothing while all is well.
WITH_TROUBLE = {"dontgoback_statement_timeouts_total"}
SUFFIXES = ("_total", "_seconds", "_bytes", "_info")


def metrics_of(node):
    return node.probe("/metrics").body.decode()


def value(text, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, name
    return float(found[1])


def declared(text):
    return dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))


@pytest.fixture(scope="module")
def busy(binary, workspace):
    """Three nodes that have done a little of everything."""
    from harness.topology import Topology

    topology = Topology(binary, workspace / "sight", **SHAPES["three_sqlite"], **UNLIMITED)
    topology.start()
    try:
        guest = topology.guest()
        for _ in range(3):
            guest.write("보이는 글")
        assert guest.get("/api/v1/feeds").status == 200
        assert guest.get("/api/v1/nothing").status == 404
        wrong = {"Content-Type": "application/x-www-form-urlencoded"}
        assert call(topology.auth.address, "POST", "/msa/auth/api/token",
                    "grant_type=client_credentials&client_id=nobody&client_secret=no", wrong).status in (400, 401)
        refused = call(topology.extension.address, "POST", "/msa/ext/api/update-asset/1", "{}",
                       {"Content-Type": "application/json", "Authorization": "Bearer nonsense"})
        assert refused.status == 401, refused
        topology.refresh_assets(topology.tomorrow())
        yield topology
    finally:
        topology.stop()


def test_every_metric_that_the_alerts_and_the_dashboard_name_is_told(busy, binary):
    told = {}
    for node in busy.nodes:
        told |= declared(metrics_of(node))
    wanted = prometheus.names_in(prometheus.RULES.read_text(), *prometheus.dashboard_queries())
    assert len(wanted) > 40
    assert wanted - set(told) <= WITH_TROUBLE
    program = binary.read_bytes()
    assert all(name.encode() in program for name in WITH_TROUBLE)


def test_names_are_as_prometheus_has_them(busy):
    for node in busy.nodes:
        text = metrics_of(node)
        for name, kind in declared(text).items():
            assert re.fullmatch(r"(dontgoback|process)_[a-z0-9_]+", name), name
            assert f"# HELP {name} " in text, name
            assert (kind == "counter") == name.endswith("_total"), (name, kind)
            assert kind != "histogram" or name.endswith("_duration_seconds"), name
        assert not re.findall(r"^# TYPE \S*_(ms|millis|milliseconds|minutes|kb|count|sum|bucket) ", text, re.MULTILINE)


def test_metrics_tell_what_was_done(busy):
    text = metrics_of(busy.core)
    writes = '{route="/api/v1/feeds",method="POST"'
    code = re.search(rf'^dontgoback_http_requests_total{re.escape(writes)},code="(\d+)"}} (\d+)$', text, re.MULTILINE)
    assert code and code[1] in ("200", "201") and int(code[2]) == 3, text
    assert value(text, f"dontgoback_http_request_duration_seconds_count{writes}}}") == 3
    assert value(text, 'dontgoback_http_requests_total{route="none",method="any",code="404"}') >= 1
    assert value(text, "dontgoback_database_commits_total") >= 3
    assert value(text, "dontgoback_database_writes_total") >= 3
    assert value(text, "dontgoback_database_commit_duration_seconds_count") >= 3
    assert value(text, "dontgoback_process_written_bytes_total") >= 0
    assert value(text, 'dontgoback_node_calls_total{node="extension",outcome="answered"}') >= 1
    assert value(text, 'dontgoback_node_call_duration_seconds_count{node="extension"}') >= 1
    assert value(text, 'dontgoback_node_calls_total{node="auth-keys",outcome="answered"}') >= 1
    assert value(text, "dontgoback_deny_list_confirmed_timestamp_seconds") > 1.7e9
    assert value(text, f'dontgoback_build_info{{version="{busy.core.version}",role="core"}}') == 1
    eventually(lambda: value(metrics_of(busy.core), "dontgoback_database_size_bytes") > 10_000, "the disk was looked at")
    assert value(metrics_of(busy.core), "dontgoback_disk_free_bytes") > 0
    assert value(text, 'dontgoback_job_last_success_timestamp_seconds{job_name="deny-list"}') > 1.7e9
    auth = metrics_of(busy.auth)
    assert value(auth, "dontgoback_auth_tokens_total") >= 1
    assert re.search(r'dontgoback_auth_refusals_total\{endpoint="[^"]+",error="[^"]+",reason="[^"]+"\} 1', auth)
    assert value(metrics_of(busy.extension), 'dontgoback_tokens_refused_total{reason="bad"}') == 1


def test_a_scrape_stays_small_whatever_strangers_ask(busy):
    before = len(metrics_of(busy.core))
    for i in range(300):
        busy.core.probe(f"/nothing/{i}")
        call(busy.core.address, "GET", f"/api/v1/feeds/{i}?q={i}", headers={"Host": f"h{i}.example"})
    text = metrics_of(busy.core)
    assert len(text) < before + 4096
    assert len(text) < 256 * 1024


def test_readiness_as_json_and_in_both_languages(busy):
    def ask(**headers):
        return call(busy.core.management, "GET", "/readyz", headers={k.replace("_", "-"): v for k, v in headers.items()})

    plain = ask()
    assert plain.body.decode().startswith("ready\n"), "what probes and scripts read stays as it is"
    told = ask(Accept="application/json")
    assert told.status == 200 and told.header("Content-Type") == "application/json"
    document = told.json()
    assert document["status"] in ("ready", "degraded")
    assert re.search("[가-힣]", document["message"]["ko"]) and document["message"]["en"].isascii()
    checks = {check["name"]: check for check in document["checks"]}
    assert {"database", "clock", "backup", "auth-keys", "deny-list", "auth-token", "extension"} <= set(checks)
    assert checks["database"]["state"] == "fine" and checks["database"]["text"] == ""
    assert ask(Accept_Language="ko").body.decode().startswith("준비됨 (ready)\n")
    assert ask(Accept_Language="en").body == plain.body


def test_what_is_degraded_and_what_cannot_work(launch):
    topology = launch(**SHAPES["three_sqlite"])
    core = topology.core

    def document():
        answer = call(core.management, "GET", "/readyz", headers={"Accept": "application/json"})
        return answer.status, answer.json()

    topology.auth.stop()
    status, told = eventually(lambda: document() if "deny-list" in noted(document()[1]) else None, "it is noted", limit=30)
    assert status == 200 and told["status"] == "degraded"
    assert 'dontgoback_ready_notes{check="deny-list"} 1' in metrics_of(core)
    assert value(metrics_of(core), 'dontgoback_node_calls_total{node="deny-list",outcome="unanswered"}') >= 1
    korean = call(core.management, "GET", "/readyz", headers={"Accept-Language": "ko"}).body.decode()
    assert re.search(r"^참고: .*deny-list: .*Connection refused", korean, re.MULTILINE), korean

    topology.database_file().rename(core.data_dir / "away.db")
    status, told = eventually(lambda: document() if document()[0] == 503 else None, "the file is gone", limit=30)
    assert told["status"] == "unready"
    (database,) = [check for check in told["checks"] if check["name"] == "database"]
    assert database["state"] == "unready" and "gone" in database["text"], database
    # Nobody need have asked: a scrape alone would do.
    assert 'dontgoback_ready_checks{check="database"} 0' in metrics_of(core)
    (core.data_dir / "away.db").rename(core.data_dir / "dontgoback.db")
    eventually(lambda: document()[0] == 200, "it is there again", limit=30)


def noted(document):
    return {check["name"] for check in document["checks"] if check["state"] == "note"}


def test_an_idle_node_says_nothing_at_info(binary, workspace):
    """What it does every few seconds by itself is debugging; what it found at its start is told once."""
    node = Node(binary, "idle", workspace / "idle", "--role=all", "--log-level=debug")
    node.start()
    try:
        def runs(job):
            return len([line for line in node.log_text().splitlines() if "a job ran" in line and f"job={job} " in line])

        eventually(lambda: runs("clock") >= 2, "jobs of every few seconds have run again", limit=90, step=0.5)
        for _ in range(5):
            node.probe("/readyz")
            node.probe("/metrics")
        told = [line.partition(" ")[2] for line in node.log_text().splitlines() if " debug " not in line]
        told = [re.sub(r" elapsed_ms=\d+", "", line) for line in told]
        assert len(told) == len(set(told)), "something was said twice:\n" + "\n".join(sorted(told))
    finally:
        node.stop()
