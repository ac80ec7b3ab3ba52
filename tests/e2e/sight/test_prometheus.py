"""The alerts and the dashboard that are shipped, in Debian's Prometheus."""

import pytest
from harness import prometheus
from harness.prometheus import Prometheus, promtool
from harness.topology import SHAPES, UNLIMITED
from harness.waiting import eventually

pytestmark = pytest.mark.skipif(not prometheus.INSTALLED, reason="the package prometheus is not installed")


@pytest.fixture
def watched(launch, workspace, request):
    topology = launch(**SHAPES["three_sqlite"], **UNLIMITED)
    watcher = Prometheus(workspace / f"{request.node.name}-prometheus", topology.nodes).start()
    topology.prometheus = watcher
    yield topology
    watcher.stop()


def test_alerts_are_well_formed_and_fire_when_they_should():
    code, said = promtool("check", "rules", prometheus.RULES)
    assert code == 0 and "SUCCESS" in said, said
    code, said = promtool("test", "rules", "alerts_test.yml", cwd=prometheus.PACKAGING / "prometheus")
    assert code == 0, said


def test_prometheus_reads_a_node_and_its_alerts_fire(watched):
    topology, watcher = watched, watched.prometheus
    instance = {node.name: "%s:%d" % node.management for node in topology.nodes}
    for node in topology.nodes:
        code, said = promtool("check", "metrics", given=node.probe("/metrics").body.decode())
        assert code == 0 and not said.strip(), (node.name, said)

    up = 'up{job="dontgoback"} == 1'
    eventually(lambda: len(watcher.query(up)) == 3, "all are scraped", step=0.2)
    groups = watcher.get("rules")["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert len(rules) > 20
    eventually(lambda: all(rule["health"] == "ok" for group in watcher.get("rules")["groups"] for rule in group["rules"]),
               "every rule was evaluated", limit=30, step=0.2)
    quiet = {"DontgobackDown", "DontgobackNotReady", "DontgobackErrors", "DontgobackJobLate", "DontgobackDiskFillsUp",
             "DontgobackClockOff", "DontgobackDenyListOld", "DontgobackBackupOld"}
    assert not {name for name, _, _ in watcher.firing()} & quiet, watcher.firing()

    guest = topology.guest()
    for query in prometheus.dashboard_queries():
        watcher.query(query)
    eventually(lambda: guest.write("그려지는 글") and watcher.query('sum(rate(dontgoback_http_requests_total{route="/api/v1/feeds"}[10s])) > 0'),
               "requests are drawn", step=0.2)

    topology.auth.stop()
    eventually(lambda: ("DontgobackDown", instance["auth"], None) in watcher.firing(), "its end is told", step=0.2)
    eventually(lambda: topology.core.probe("/readyz") and
               ("DontgobackDegraded", instance["core"], "deny-list") in watcher.firing(), "core misses it", limit=40, step=0.5)
    topology.database_file().rename(topology.core.data_dir / "away.db")
    eventually(lambda: topology.core.probe("/readyz") and
               ("DontgobackNotReady", instance["core"], "database") in watcher.firing(), "it cannot work", limit=40, step=0.5)
    (topology.core.data_dir / "away.db").rename(topology.core.data_dir / "dontgoback.db")
