"""Authorization servers on the server's core: ours, and peers that give the same kind of token to the same request."""

import base64
import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from harness.node import Node, run_cli
from harness.waiting import eventually

from measure.machine import on_server_core

CLIENT, SCOPE = "benchmark", "asset:update"
SECRET = secrets.token_urlsafe(32)
PEERS = Path(__file__).resolve().parents[1] / "peers"


class TokenServer:
    """`url`: where the form goes. One request is like the next; an answer is a JWT of a new `jti`."""

    def __init__(self, name, url, pid, secret=SECRET, database=None):
        self.name, self.url, self.pid, self.database = name, url, pid, database
        pair = base64.b64encode(f"{CLIENT}:{secret}".encode()).decode()
        self.headers = {"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"}
        self.form = urlencode({"grant_type": "client_credentials", "scope": SCOPE})

    def token(self):
        request = urllib.request.Request(self.url, self.form.encode(), self.headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["access_token"]

    def check(self, algorithm):
        """That it does the work that is measured."""
        tokens = [self.token() for _ in range(2)]
        headers = [json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "==")) for token in tokens]
        if tokens[0] == tokens[1] or any(header["alg"] != algorithm for header in headers):
            raise SystemExit(f"{self.name}: not a new {algorithm} token for each request: {headers}")
        return self

    def cpu_seconds(self):
        """User and system time so far, of children that have ended too."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """(resident, anonymous) in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return tuple(int(status.split(name + ":")[1].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))

    def database_size(self):
        """KB of the database's file and of its write-ahead log, which is bounded and holds changes for a while; nothing
        when it has none."""
        if self.database is None:
            return None
        log = self.database.with_name(self.database.name + "-wal")
        return tuple(file.stat().st_size // 1024 if file.exists() else 0 for file in (self.database, log))


@contextmanager
def ours(binary, folder, algorithm):
    options = ["--role=auth", f"--token-algorithm={algorithm}"]
    node = Node(binary, f"dontgoback, {algorithm}", folder / algorithm, *options, limits=on_server_core)
    data = f"--data-dir={node.data_dir}"
    run_cli(binary, "db", "migrate", data, *options)
    code, out, err = run_cli(binary, "clients", "add", CLIENT, f"--scope={SCOPE}", "--json", data, *options)
    if code != 0:
        raise SystemExit(err)
    node.start()
    try:
        (database,) = [file for file in node.data_dir.iterdir()
                       if file.is_file() and file.open("rb").read(16) == b"SQLite format 3\0"]
        url = node.url + "/msa/auth/api/token"
        yield TokenServer(node.name, url, node.pid, json.loads(out)["clientSecret"], database).check(algorithm)
    finally:
        node.stop()


@contextmanager
def oidc_provider():
    folder, port = PEERS / "oidc-provider", _free_port()
    if not (folder / "node_modules").exists():
        raise SystemExit(f"the peer is not installed: npm ci --prefix {folder.relative_to(PEERS.parents[1])}")
    version = json.loads((folder / "node_modules" / "oidc-provider" / "package.json").read_text())["version"]
    command = ["node", "server.mjs", str(port), CLIENT, SECRET]
    with _process(command, folder, port, {**os.environ, "NODE_ENV": "production"}) as process:
        name = f"oidc-provider {version}, Node {_first_line('node', '--version').lstrip('v')}"
        yield TokenServer(name, f"http://127.0.0.1:{port}/token", process.pid).check("RS256")


@contextmanager
def glewlwyd(folder):
    """Debian's, with the SQLite database that its package would make, and its OpenID Connect plugin for the form post."""
    schema = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
    if not schema.exists():
        raise SystemExit("the peer is not installed: apt install glewlwyd")
    folder.mkdir()
    port, database = _free_port(), folder / "glewlwyd.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(schema.read_text())
    config = folder / "glewlwyd.conf"
    config.write_text(GLEWLWYD.format(port=port, folder=folder, database=database))
    with _process(["/usr/bin/glewlwyd", f"--config-file={config}"], folder, port, os.environ) as process:
        _set_up_glewlwyd(f"http://127.0.0.1:{port}/api", folder)
        name = "glewlwyd " + _first_line("dpkg-query", "--show", "--showformat=${Version}", "glewlwyd").partition("-")[0]
        url = f"http://127.0.0.1:{port}/api/oidc/token"
        yield TokenServer(name, url, process.pid, database=database).check("RS256")


GLEWLWYD = """
port={port}
bind_address="127.0.0.1"
external_url="http://127.0.0.1:{port}"
login_url="login.html"
api_prefix="api"
cookie_domain=""
cookie_secure=0
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
log_mode="file"
log_level="ERROR"
log_file="{folder}/log"
hash_algorithm="SHA512"
database = {{ type = "sqlite3"; path = "{database}"; }};
"""


def _set_up_glewlwyd(api, folder):
    """As its administrator would in the browser; name and password are those of a new database."""
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem"],
                   cwd=folder, check=True, capture_output=True)
    subprocess.run(["openssl", "pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"], cwd=folder, check=True)
    cookie = []

    def call(path, body):
        fields = {"Content-Type": "application/json", **({"Cookie": cookie[0]} if cookie else {})}
        request = urllib.request.Request(api + path, json.dumps(body).encode(), fields)
        with urllib.request.urlopen(request, timeout=10) as answer:
            if "Set-Cookie" in answer.headers:
                cookie[:] = [answer.headers["Set-Cookie"].split(";")[0]]

    call("/auth/", {"username": "admin", "password": "password"})
    call("/scope/", {"name": SCOPE, "display_name": SCOPE, "password_required": False, "scheme": {}})
    call("/client/", {"client_id": CLIENT, "name": CLIENT, "confidential": True, "enabled": True, "password": SECRET,
                      "client_secret": SECRET, "scope": [SCOPE], "authorization_type": ["client_credentials"],
                      "token_endpoint_auth_method": ["client_secret_basic"], "redirect_uri": []})
    off = {f"auth-type-{kind}-enabled": False for kind in
           ("code", "token", "id-token", "none", "password", "refresh", "device", "implicit")}
    call("/mod/plugin/", {"module": "oidc", "name": "oidc", "display_name": "oidc", "parameters": {
        **off, "auth-type-client-enabled": True, "allow-non-oidc": True, "iss": api.removesuffix("/api"),
        "jwt-type": "rsa", "jwt-key-size": "256", "key": (folder / "key.pem").read_text(),
        "cert": (folder / "public.pem").read_text(), "access-token-duration": 300, "refresh-token-duration": 3600,
        "code-duration": 600, "refresh-token-rolling": False, "subject-type": "public", "scope": [],
        "additional-parameters": [], "claims": [], "jwks-show": True, "request-parameter-allow": False}})


@contextmanager
def _process(command, folder, port, environment):
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=on_server_core)
    try:
        eventually(lambda: _listens(process, port), f"{command[0]} listens", limit=60)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _listens(process, port):
    if process.poll() is not None:
        raise SystemExit(f"the peer ended with {process.returncode}")
    try:
        socket.create_connection(("127.0.0.1", port)).close()
        return True
    except ConnectionRefusedError:
        return False


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _first_line(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
