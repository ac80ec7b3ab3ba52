"""What an operator writes into options, variables and files, right and wrong: empty values, issuers, secrets."""

import json
import subprocess
import tempfile
from pathlib import Path

import pytest

from harness import jwt
from harness.mariadb import MariaDb
from harness.node import Node, environment, run_cli
from harness.secrets import known_secrets
from harness.waiting import eventually
from harness.wire import call

UPDATE = "/msa/ext/api/update-asset/7"


@pytest.fixture
def nodes():
    """Those that a test appends are stopped with it."""
    started = []
    yield started
    for node in reversed(started):
        node.stop()


@pytest.fixture
def folder(workspace):
    return Path(tempfile.mkdtemp(prefix="c", dir=workspace))


class Pair:
    """An auth node and a verifier of its tokens, each told who issues them in words of its own."""

    def __init__(self, binary, folder, nodes):
        secret_file = folder / "client.secret"
        self.secret = known_secrets.make_file(secret_file)
        self.auth = Node(binary, "auth", folder / "auth", "--role=auth", f"--auth-client=someone={secret_file}")
        nodes.append(self.auth)
        self.auth.start()  # which tells its port
        self.extension = Node(binary, "extension", folder / "extension", "--role=extension")
        nodes.append(self.extension)

    def start(self, auth_options, extension_options):
        self.auth.stop()
        self.auth.options += auth_options
        self.auth.start()
        self.extension.options += extension_options
        self.extension.start()
        return self

    def token(self):
        answer = call(self.auth.address, "POST", "/msa/auth/api/token",
                      {"clientId": "someone", "clientSecret": self.secret})
        assert answer.status == 200, answer
        return known_secrets.add("token", answer.body.decode())

    def use(self, token):
        return call(self.extension.address, "POST", UPDATE, {"asset": 1000}, {"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("own, given, expected", [
    ("{}/", "--auth-url={}", ""), ("{}", "--auth-url={}/", ""), ("", "--auth-url={}/", ""), ("{}//", "--auth-url={}", "{}"),
    ("{}/", "--auth-url={}", "{}/"), ("{}", "--auth-url={}", "{}/"),
    ("https://Auth.Example/t/", "--auth-url={}", "https://auth.example:443/t"),
], ids=str)
def test_a_trailing_slash_is_the_same_issuer(binary, folder, nodes, own, given, expected):
    pair = Pair(binary, folder, nodes)
    url = pair.auth.url
    pair.start([f"--issuer={own.format(url)}"], [given.format(url), f"--issuer={expected.format(url)}"])
    token = pair.token()
    canonical = "https://auth.example/t" if own.startswith("https") else url
    assert jwt.claims_of(token)["iss"] == canonical
    metadata = "/.well-known/oauth-authorization-server" + ("/t" if own.startswith("https") else "")
    assert call(pair.auth.address, "GET", metadata).json()["issuer"] == canonical
    answer = pair.use(token)
    assert answer.status == 200, (answer, pair.extension.log_tail())


@pytest.fixture(params=["sqlite", "mariadb"])
def shared_database(request, folder):
    """A database that several nodes may use, as their options name it."""
    if request.param == "sqlite":
        yield [f"--database=sqlite:{folder / 'shared.db'}"]
        return
    server = MariaDb(folder / "mariadb")
    server.start()
    try:
        yield [f"--database={server.create_database('auth')}", f"--database-password-file={server.password_file}"]
    finally:
        server.stop()


def test_two_auth_nodes_of_different_issuers_say_so(binary, folder, nodes, shared_database):
    key = folder / "auth.key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    common = ["--role=auth", *shared_database, f"--auth-key-file={key}"]
    for name in ("one", "other"):
        node = Node(binary, name, folder / name, *common, f"--issuer=https://{name}.example")
        nodes.append(node)
        node.start()
    one, other = nodes
    for node, foreign in ((one, "https://other.example"), (other, "https://one.example")):
        eventually(lambda: "different issuers" in node.log_text(), "it is logged", limit=60)  # noqa: B023
        line = next(line for line in node.log_text().splitlines() if "different issuers" in line)
        assert foreign in line and "--issuer" in line
        eventually(lambda: b"dontgoback_auth_other_issuers 1\n" in node.probe("/metrics").body,  # noqa: B023
                   "it is measured")
    # Told the same, nobody complains any more.
    other.stop()
    before = len(other.log_text())
    other.options[-1] = "--issuer=https://one.example/"
    other.start()
    assert "different issuers" not in other.log_text()[before:]


def test_the_only_auth_node_may_be_renamed(binary, folder, nodes):
    node = Node(binary, "auth", folder / "auth", "--role=auth", "--issuer=https://old.example")
    nodes.append(node)
    node.start()
    kept = call(node.address, "GET", "/msa/auth/api/jwks.json").json()
    node.stop()
    node.options[-1] = "--issuer=https://new.example"
    node.start()
    eventually(lambda: "named another issuer before" in node.log_text(), "it is told")
    line = next(line for line in node.log_text().splitlines() if "named another issuer before" in line)
    assert "https://old.example" in line and "https://new.example" in line
    assert call(node.address, "GET", "/msa/auth/api/jwks.json").json() == kept, "it goes on with its keys"
    node.restart()
    assert "different issuers" not in node.log_text()


@pytest.mark.parametrize("unset", ["--issuer=$UNSET", '--issuer="$UNSET"', '--issuer "$UNSET"'])
def test_an_unset_variable_of_the_shell_is_no_value(binary, folder, unset):
    done = subprocess.run(["sh", "-c", f"{binary} config check {unset} --role=auth --data-dir={folder / 'data'} --json"],
                          capture_output=True, env=environment(), timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    values = {option["option"]: option for option in json.loads(done.stdout)}
    assert (values["role"]["value"], values["role"]["from"]) == ("auth", "flag")
    assert (values["issuer"]["value"], values["issuer"]["from"]) == ("", "default")
    assert not (folder / "data").exists(), "looking makes nothing"


def test_an_unquoted_unset_variable_is_named(binary, folder):
    code, out, err = run_cli(binary, "config", "check", "--issuer", "--role=auth", f"--data-dir={folder / 'data'}")
    assert (code, out) == (2, "")
    assert "--issuer: its value is missing" in err


def test_an_empty_option_of_a_command_takes_nothing_that_follows(launch):
    topology = launch(split=False, mariadb=False)
    code, out, err = topology.cli("clients", "add", "plain", "--scope=", "--name=", "--json")
    assert code == 0, (out, err)
    client = topology.cli_json("clients", "show", "plain")
    assert not client["scopes"] and client["name"] == "plain"
    topology.cli_json("clients", "change", "plain", "--scope=asset:update")
    code, _, err = topology.cli("clients", "change", "plain", "--scope=", "--audience", "")
    assert code == 2 and "nothing to change" in err, "as if nothing had been given"
    assert topology.cli_json("clients", "show", "plain")["scopes"] == "asset:update"
    topology.cli_json("clients", "change", "plain", "--no-scopes", "--scope=")
    assert not topology.cli_json("clients", "show", "plain")["scopes"]
    code, _, err = topology.cli("clients", "change", "plain", "--no-scopes", "--scope=asset:update")
    assert code == 2 and "--no-scopes" in err
    code, _, err = topology.cli("users", "suspend", "1", "--reason=")
    assert code == 2 and "--reason is missing" in err
    code, _, err = topology.cli("assets", "backfill", "--lock=", "--days=")
    assert code == 2 and "--lock" in err


def test_the_members_role_is_not_the_nodes(launch):
    topology = launch(split=False, mariadb=False)
    code, out, err = topology.cli("users", "create", "--role=ADMIN")
    assert (code, out) == (2, "")
    assert "--role" in err and "--member-role" in err
    assert topology.cli_json("users", "create", "--role=core", "--member-role=ADMIN")["userRole"] == "ADMIN"
    assert topology.cli_json("users", "create")["userRole"] == "USER"
