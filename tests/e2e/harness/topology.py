"""The shapes the service runs in. What a test sees of them is the same: nodes, browsers, services, a database."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from harness import jwt
from harness.browser import Browser
from harness.mariadb import MariaDb
from harness.node import Node, run_cli
from harness.secrets import known_secrets
from harness.service import Service
from harness.waiting import eventually
from harness.wire import expect_success

CORE_CLIENT = "dontgoback-core-server"
MULTIPLIER_KEY = bytes(range(100, 132))


def quiet_zone():
    """The service's own zone, unless its midnight or its daily job is near enough to fall into the run."""
    hour = datetime.now(ZoneInfo("Asia/Seoul")).hour
    return "Asia/Seoul" if 4 <= hour < 23 else "Europe/Lisbon"


class Topology:
    """`split`: three processes instead of one. `mariadb`: core's database is a MariaDB of the test's own.
    `limits`: called in each node's process before it becomes the program."""

    def __init__(self, binary, folder, split, mariadb, core_options=(), limits=None):
        self.binary = Path(binary)
        self.folder = folder
        self.split = split
        self.zone = quiet_zone()
        self.mariadb = MariaDb(folder / "mariadb") if mariadb else None
        folder.mkdir(parents=True, exist_ok=True)
        secret_file = folder / "core.secret"
        secret = known_secrets.make_file(secret_file)
        auth_options = [f"--auth-client={CORE_CLIENT}={secret_file}"]
        zone = [f"--timezone={self.zone}"]
        # Tests write more than somebody new may, but for those that are about it.
        if not any(option.startswith("--newcomer-writes") for option in core_options):
            core_options = [*core_options, "--newcomer-writes=0"]
        self._core_options = list(core_options)
        if split:
            self.auth = Node(binary, "auth", folder / "auth", "--role=auth", *auth_options, *zone, limits=limits)
            self.extension = Node(binary, "extension", folder / "extension", "--role=extension", *zone,
                                  limits=limits)
            self.core = Node(binary, "core", folder / "core", "--role=core", f"--client-id={CORE_CLIENT}",
                             f"--client-secret-file={secret_file}", *zone, *core_options, limits=limits)
            self.nodes = [self.auth, self.extension, self.core]
        else:
            self.core = Node(binary, "all", folder / "all", "--role=all", *auth_options, *zone, *core_options,
                             limits=limits)
            self.auth = self.extension = self.core
            self.nodes = [self.core]
        self.service = Service(self.auth, CORE_CLIENT, secret)

    def prepare(self):
        """All that must be there before the nodes: a database, the key of the multipliers, and the auth node's key as an
        earlier version kept it, so that tests can sign as the auth node does."""
        if self.mariadb:
            self.mariadb.start()
            url = self.mariadb.create_database("core")
            self.core.options += [f"--database={url}", f"--database-password-file={self.mariadb.password_file}"]
        self.extension.data_dir.mkdir(parents=True, exist_ok=True)
        key = self.extension.data_dir / "multiplier.key"
        key.write_bytes(MULTIPLIER_KEY)
        key.chmod(0o600)
        self.auth.data_dir.mkdir(parents=True, exist_ok=True)
        signing_key = self.auth.data_dir / "auth-signing-key.pem"
        jwt.make_rsa_key(signing_key)
        signing_key.chmod(0o600)
        return self

    def start(self):
        self.prepare()
        for node in self.nodes:
            self.start_node(node)
        return self.settle()

    def settle(self):
        """Until every node has what it needs of the others: what verifies tokens starts without the keys."""
        for node in self.nodes:
            if node.running() and node is not self.auth:
                eventually(lambda: b"auth-keys" not in node.probe("/readyz").body, f"{node.name} has the keys")  # noqa: B023
        return self

    def start_node(self, node):
        if self.split and not node.logs:  # its first start: by now it is known where the others are
            if node is not self.auth:
                node.options.append(f"--auth-url={self.auth.url}")
            if node is self.core:
                node.options.append(f"--extension-url={self.extension.url}")
        node.start()

    def start_second_core(self):
        """Another core node beside the first, on its database and with its session key."""
        options = [option for option in self.core.options if not option.startswith("--session-key-file")]
        self.second = Node(self.binary, "core-2", self.folder / "core-2", *options,
                           f"--session-key-file={self.session_key_file()}", f"--public-url={self.core.url}")
        self.nodes.append(self.second)
        self.second.start()
        return self

    def stop(self):
        """Ends everything, then says what was wrong with any of it."""
        problems = []
        for part in [*reversed(self.nodes), *([self.mariadb] if self.mariadb else [])]:
            try:
                part.stop()
            except AssertionError as problem:
                problems.append(str(problem))
        assert not problems, "\n".join(problems)

    def today(self):
        return datetime.now(ZoneInfo(self.zone)).date()

    def tomorrow(self):
        return self.today() + timedelta(days=1)

    # People.

    def browser(self):
        return Browser(self.core)

    def guest(self):
        return self.browser().sign_in_as_guest()

    def member(self, role="USER"):
        """A member made as an operator makes one, signed in as the member does it."""
        user = self.create_user(role)
        browser = self.browser()
        browser.press_button(browser.get(self.sign_in_link(user)))
        assert browser.me()["userId"] == user
        return browser

    def create_user(self, role="USER"):
        return self.cli_json("users", "create", f"--member-role={role}")["userId"]

    def sign_in_link(self, user):
        """The path and query of a new link."""
        url = self.cli_json("users", "sign-in-link", user)["url"]
        known_secrets.add("sign-in link", url)
        parts = urlsplit(url)
        known_secrets.add("sign-in link", parts.query.rpartition("=")[2])
        return f"{parts.path}?{parts.query}"

    # The operator.

    def cli(self, *arguments, node=None):
        node = node or self.core
        group, name, *rest = arguments
        options = [option for option in node.options if option.startswith(("--database", "--timezone", "--public-url"))]
        return run_cli(self.binary, group, name, *rest, f"--data-dir={node.data_dir}", *options)

    def wiring(self):
        """The options by which a command does what core does with the other nodes."""
        return [option for option in self.core.options
                if option.startswith(("--role", "--auth-url", "--extension-url", "--client-"))]

    def cli_json(self, *arguments):
        code, out, err = self.cli(*arguments, "--json")
        assert code == 0, (arguments, code, out, err)
        return json.loads(out)

    def refresh_assets(self, day=None):
        answer = self.service.refresh_assets(self.core, day)
        return expect_success(answer).data

    def session_key_file(self):
        """What wraps the session keys in core's database; every core node has the same."""
        return self.core.data_dir / "session.key"

    # The database, for what no client can do: let time pass, look what is there.

    def sql(self, statement, node=None):
        if self.mariadb:
            return self.mariadb.sql(statement, "core")
        with closing(sqlite3.connect(self.database_file(node), timeout=10)) as database, database:
            return [[str(cell) for cell in row] for row in database.execute(statement)]

    def end_leases(self):
        """As a minute does after a kill: until then mails and jobs rest, for whoever had them may still be at work."""
        self.sql("UPDATE leases SET expires_at = 1")

    def database_file(self, node=None):
        """The SQLite file of a node, core's unless told."""
        (found,) = [file for file in (node or self.core).data_dir.iterdir()
                    if file.is_file() and file.open("rb").read(16) == b"SQLite format 3\0"]
        return found


# For tests that write faster than anybody does.
UNLIMITED = {"core_options": ["--limits=off", "--newcomer-writes=0"]}

SHAPES = {
    "one_sqlite": {"split": False, "mariadb": False},
    "one_mariadb": {"split": False, "mariadb": True},
    "three_sqlite": {"split": True, "mariadb": False},
    "three_mariadb": {"split": True, "mariadb": True},
}
