"""From bare machines to a running service, by nothing but what setup printed and wrote."""

import json
import stat
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from harness.browser import Browser
from harness.secrets import known_secrets
from harness.topology import quiet_zone
from harness.waiting import eventually
from harness.wire import call


def readiness(node):
    return call(node.management, "GET", "/readyz").body.decode()


def come_as_admin(node, link):
    """What the first ADMIN does with the link."""
    parts = urlsplit(link)
    browser = Browser(node)
    browser.press_button(browser.get(f"{parts.path}?{parts.query}"))
    return browser.me()


def a_day(core):
    """Asks the extension for tomorrow, as today accounts have from their beginning; of how many."""
    day = datetime.now(ZoneInfo(quiet_zone())).date() + timedelta(days=1)
    result = core.command("assets", "refresh", f"--day={day}")
    assert result["failed"] == 0, result
    return result["success"]


def join(machine, auth, role):
    node = machine(role)
    said = node.made(line=auth.lines[role])
    known_secrets.add("client secret", (node.data_dir / "client-secret").read_text().strip())
    return node, said


def test_three_nodes_find_one_another(machine, auth):
    extension, said = join(machine, auth, "extension")
    assert any("no core node has joined yet" in text for text in said.of("left")), said
    extension.start(said.lines("dontgoback serve")[0])
    core, said = join(machine, auth, "core")
    core.start(said.lines("dontgoback serve")[0])

    # Somebody is there, and is who may do everything.
    (link,) = said.lines(core.url)
    admin = come_as_admin(core, link)
    assert admin["userRole"] == "ADMIN"

    # A day's change, asked from the extension with this node's token.
    assert a_day(core) == 1
    assert readiness(core).count("extension") == 0, readiness(core)

    # The one that came first learns where the other is, and has nothing to be told.
    code, said, err = extension.again()
    assert code == 0 and said.of("wrong") == [], (said, err)
    assert f'core-url = "{core.url}"' in extension.file.read_text().replace("'", '"')
    extension.restart()
    assert [node["url"] for node in auth.command("nodes", "list")] == [core.url, extension.url]

    for node in (auth, core, extension):
        code, said, err = node.again("--check")
        assert (code, said.of("wrong")) == (0, []), (node.role, said, err)
    assert call(core.management, "GET", "/readyz").status == 200


def test_a_setup_again_changes_nothing(machine, auth):
    core, _ = join(machine, auth, "core")
    before = core.file.read_text(), (core.data_dir / "client-secret").read_text()
    said = core.made(line=auth.lines["core"])  # the same line, as after an answer that was lost
    assert any("joined the auth server" in text for text in said.of("done")), said
    assert before == (core.file.read_text(), (core.data_dir / "client-secret").read_text())
    code, said, _ = core.again()
    assert code == 0 and len(said.lines(core.url)) == 1, "nobody came: there is a new link"
    assert len(core.command("users", "list")) == 1


def test_all_in_one_asks_for_the_address_only(machine):
    node = machine("all")
    said = node.made()
    assert said.lines("dontgoback setup") == []
    node.start(said.lines("dontgoback serve")[0])
    assert come_as_admin(node, said.lines(node.url)[0])["userRole"] == "ADMIN"
    assert node.again()[1].lines(node.url) == [], "the ADMIN has come"


def test_secrets_are_nobodys_but_the_nodes(machine, auth):
    core, _ = join(machine, auth, "core")
    secret = (core.data_dir / "client-secret").read_text().strip()
    assert stat.S_IMODE((core.data_dir / "client-secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(core.data_dir.stat().st_mode) == 0o700
    for node in (auth, core):
        text = node.file.read_text()
        assert secret not in text and "dgb1." not in text
    database = b"".join(file.read_bytes() for file in auth.data_dir.iterdir() if file.is_file())
    assert secret.encode() not in database, "the auth server keeps a digest"


def test_a_secret_changes_with_an_overlap(machine, auth):
    extension, said = join(machine, auth, "extension")
    extension.start(said.lines("dontgoback serve")[0])
    core, said = join(machine, auth, "core")
    core.start(said.lines("dontgoback serve")[0])
    file = core.data_dir / "client-secret"
    before = file.read_text()
    code, said, err = core.again("--new-secret")
    assert code == 0, (said, err)
    known_secrets.add("client secret", file.read_text().strip())
    assert file.read_text() != before and not file.with_name("client-secret.next").exists()
    assert a_day(core) == 1
    shown = auth.command("clients", "show", "dontgoback-core-server")
    assert shown["oldSecretMadeAt"] and shown["secretMadeAt"]

    # The line that it said ends the old one; the new one goes on.
    (line,) = said.lines("dontgoback clients rotate-secret")
    assert auth.command("clients", "rotate-secret", line.split()[3], "--finish")["endedSecrets"] == 1
    form = f"grant_type=client_credentials&client_id=dontgoback-core-server&client_secret={before.strip()}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    eventually(lambda: call(auth.address, "POST", "/msa/auth/api/token", body=form.encode(), headers=headers).status != 200,
               "the old secret is refused")
    core.command("users", "create", "--member-role=USER")
    assert a_day(core) == 1


def test_a_lost_secret_is_replaced_by_a_code(machine, auth):
    core, _ = join(machine, auth, "core")
    (core.data_dir / "client-secret").unlink()
    invited = auth.command("nodes", "invite", "core", "--client=dontgoback-core-server")
    assert invited["clientId"] == "dontgoback-core-server"
    said = core.made(line=invited["line"])
    known_secrets.add("client secret", (core.data_dir / "client-secret").read_text().strip())
    assert any("joined" in text for text in said.of("done"))
    assert json.dumps(auth.command("nodes", "list")).count("dontgoback-core-server") == 1
