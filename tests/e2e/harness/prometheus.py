"""Debian's Prometheus, on a port and a folder of the test's own, and what it says."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

from harness.waiting import eventually
from harness.wire import call

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"
RULES = PACKAGING / "prometheus" / "dontgoback-alerts.yml"
DASHBOARD = PACKAGING / "grafana" / "dontgoback-dashboard.json"
INSTALLED = shutil.which("prometheus") and shutil.which("promtool")


def promtool(*arguments, given=None, cwd=None):
    done = subprocess.run(["promtool", *map(str, arguments)], input=given, capture_output=True, text=True, timeout=60, cwd=cwd)
    return done.returncode, done.stdout + done.stderr


def dashboard_queries():
    """Of every panel, as Grafana sends them for all nodes."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [target["expr"].replace("$instance", ".+").replace("$__rate_interval", "10s")
            for panel in panels for target in panel.get("targets", [])]


def names_in(*texts):
    """The metrics that rules and queries are about, as /metrics declares them."""
    found = set()
    for text in texts:
        found |= set(re.findall(r"\b(?:dontgoback|process)_[a-z_]+\b", text))
    return {re.sub(r"(_seconds)_(bucket|sum|count)$", r"\1", name) for name in found}


class Prometheus:
    def __init__(self, folder, nodes):
        folder.mkdir(parents=True)
        self.folder = folder
        # What waits for minutes in the rules is told at once here; the rest of them is as it is shipped.
        (folder / "alerts.yml").write_text(re.sub(r"(?m)^( *)for: \w+$", r"\1for: 0s", RULES.read_text()))
        targets = [f"{host}:{port}" for host, port in (node.management for node in nodes)]
        (folder / "prometheus.yml").write_text(json.dumps({
            "global": {"scrape_interval": "500ms", "scrape_timeout": "500ms", "evaluation_interval": "500ms"},
            "rule_files": ["alerts.yml"],
            "scrape_configs": [{"job_name": "dontgoback", "static_configs": [{"targets": targets}]}]}))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = free.getsockname()
        self._process = None

    def start(self):
        with open(self.folder / "prometheus.log", "ab") as log:
            self._process = subprocess.Popen(
                ["prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                 f"--web.listen-address={self.address[0]}:{self.address[1]}"],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=dict(os.environ, GOMAXPROCS="1"))
        eventually(self._answers, "Prometheus answers", limit=60, step=0.1)
        return self

    def stop(self):
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def get(self, path):
        answer = call(self.address, "GET", f"/api/v1/{path}").json()
        assert answer["status"] == "success", (path, answer)
        return answer["data"]

    def query(self, expression):
        return self.get(f"query?query={quote(expression, safe='')}")["result"]

    def firing(self):
        """Of every alert that fires, its name and whom it is about."""
        return {(alert["labels"]["alertname"], alert["labels"].get("instance"), alert["labels"].get("check"))
                for alert in self.get("alerts")["alerts"] if alert["state"] == "firing"}

    def _answers(self):
        assert self._process.poll() is None, (self.folder / "prometheus.log").read_text(errors="replace")[-4000:]
        try:
            return call(self.address, "GET", "/-/ready").status == 200
        except OSError:
            return False
