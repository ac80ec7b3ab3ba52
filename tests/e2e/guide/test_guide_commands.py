"""The guide's commands, typed as they stand there, in its order: what one chapter leaves the next one finds."""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from harness.browser import Browser
from harness.guide import chapter, chapters
from harness.guide_machine import Network, type_chapter
from harness.mail import MailServer, make_certificate
from harness.mariadb import MariaDb
from harness.secrets import known_secrets
from harness.topology import quiet_zone

ONE = ["one-machine", "mail-and-providers", "monitoring", "moderation", "limits", "privacy", "upgrade", "backup-and-moving"]
SEVERAL = ["home-and-cloud", "mariadb", "second-core", "redis", "private-ca", "secrets"]


def browser_at(machine, instance):
    host, _, port = machine.nodes[instance].address.rpartition(":")
    return Browser(SimpleNamespace(address=(host, int(port)), url=machine.nodes[instance].url))


def come_as_admin(machine, instance):
    """As the guide says: opens the link that setup printed."""
    browser = browser_at(machine, instance)
    parts = urlsplit(machine.link)
    browser.press_button(browser.get(f"{parts.path}?{parts.query}"))
    assert browser.me()["userRole"] == "ADMIN"
    return browser


def test_each_chapter_is_typed():
    assert sorted([*ONE, *SEVERAL, "README"]) == [each.name for each in chapters()]
    assert chapter("README").blocks == []


def test_on_one_machine(binary, workspace):
    folder = workspace / "one"
    network = Network(binary, folder, ["dontgoback.example"])
    machine = network.machine("one", all=("dontgoback.example", 9090))
    network.successors["new"] = "one"
    certificate = make_certificate(folder, "localhost")
    password = known_secrets.add("mail password", "password-of-the-mail-account")
    mail = MailServer(certificate, user="dontgoback", password=password).start()
    network.mail = f"--smtp=smtp://localhost:{mail.port} --smtp-ca-file={certificate[0]}"
    network.said.words |= {"MAIL_PASSWORD": password, "GOOGLE_SECRET": "secret-of-google", "KAKAO_SECRET": "secret-of-kakao"}
    try:
        type_chapter(network, chapter(ONE[0]), "one")
        admin = come_as_admin(machine, "all")
        network.said.words["FEED"] = str(browser_at(machine, "all").sign_in_as_guest().write("어디에나 있는 광고")["feedId"])
        for name in ONE[1:]:
            type_chapter(network, chapter(name), "one")
        # On the machine that it moved to, and still signed in.
        assert network.machines.keys() == {"new"}
        assert admin.me()["userRole"] == "ADMIN"
    finally:
        network.stop()
        mail.stop()


def test_on_several(binary, workspace):
    mariadb = MariaDb(workspace / "several-mariadb")
    mariadb.url = f"mysql:///dontgoback?socket={mariadb.socket}&user=dontgoback"
    network = Network(binary, workspace / "several", [f"{name}dontgoback.example" for name in ("", "auth.", "extension.")], mariadb)
    home = network.machine("home", auth=("auth.dontgoback.example", 9091))
    cloud = network.machine("cloud", extension=("extension.dontgoback.example", 9092), core=("dontgoback.example", 9090),
                            core_2=("", 9190))
    try:
        mariadb.start()
        type_chapter(network, chapter("home-and-cloud"), "cloud")
        admin = come_as_admin(cloud, "core")
        for name in ("mariadb", "second-core", "redis"):
            type_chapter(network, chapter(name), "cloud")
            assert admin.me()["userRole"] == "ADMIN"
        assert admin.at(browser_at(cloud, "core-2").node).me() == admin.me()
        for name in ("private-ca", "secrets"):
            type_chapter(network, chapter(name), "cloud")
        # After every secret was changed: nobody is signed in, and whoever comes is served by both cores.
        assert admin.get("/api/v1/users/me").status == 401
        guest = browser_at(cloud, "core").sign_in_as_guest()
        assert guest.at(browser_at(cloud, "core-2").node).me() == guest.me()
        tomorrow = datetime.now(ZoneInfo(quiet_zone())).date() + timedelta(days=1)
        cloud.run(f"dontgoback assets refresh --role=core --day={tomorrow} --json")
        assert json.loads(cloud.output)["success"] >= 2, cloud.output
    finally:
        network.stop()
        mariadb.stop()
    assert home.nodes["auth"].process is None
