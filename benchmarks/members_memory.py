#!/usr/bin/python3
"""Memory of a node idle with what members need configured, and after it was used once: mail, a provider, an export."""

import time

from measure import arguments
from measure.machine import heading, table
from measure.service import UNLIMITED, folder, service
from measure.ways_in import (Certificate, TlsIssuer, ask_for_link, come_back, link_provider, provider_options, redirected,
                             set_out)

from harness.exports import EXPORT, write_much
from harness.mail import MailServer, new_address
from harness.secrets import known_secrets
from harness.waiting import eventually

SETTLE = 3  # seconds: what was begun is over, the first timers have run
POSTS = 1000


def memory(topology):
    """MB: resident, and of it what is nobody else's."""
    time.sleep(SETTLE)
    with open(f"/proc/{topology.core.pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return [f"{int(fields[name].split()[0]) / 1024:.1f}" for name in ("VmRSS", "RssAnon")]


def ask(topology):
    ask_for_link(topology.browser(), new_address())


def measure(given, place, options, use, certificates=None, before=lambda topology: None):
    """Idle, on a database that is there, and after `use`. `before`: what a node before that one makes."""
    def trust(topology):
        if certificates:
            topology.core.extra_environment = {"SSL_CERT_FILE": str(certificates)}

    with service(given.binary, place, core_options=(*UNLIMITED, *options), before_start=trust, pinned=False) as topology:
        made = before(topology)
        topology.core.restart()
        idle = memory(topology)
        use(topology, made)
        return [*idle, *memory(topology)]


def send_a_mail(mails):
    def send(topology, _):
        ask(topology)
        eventually(lambda: mails.mails, "the mail is there")
    return send


def write_a_mail(topology, _):
    ask(topology)
    eventually(lambda: list((topology.core.data_dir / "mail").glob("*.eml")), "the mail is there")


def sign_in_with(issuer):
    def sign_in(topology, _):
        browser = topology.browser()
        redirected(come_back(browser, issuer.grant(set_out(browser), "person")), "/")
    return sign_in


def linked_with(issuer):
    return lambda topology: link_provider(issuer, topology.member(), "person")


def writer(topology):
    guest = topology.guest()
    write_much(topology, guest.me()["userId"], POSTS)
    topology.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return guest


def export(_, guest):
    assert guest.get(EXPORT).status == 200


def main():
    given = arguments(__doc__)
    heading("Memory of what members need")
    with folder() as place:
        certificate = Certificate(place)
        secret = place / "secret"
        known_secrets.make_file(secret)
        mails, issuer = MailServer(certificate=certificate.pair).start(), TlsIssuer(certificate)
        smtp = [f"--smtp=smtp://localhost:{mails.port}", "--mail-from=no-reply@dontgoback.example",
                f"--smtp-ca-file={certificate.bundle}"]
        provider = provider_options(issuer, secret)
        try:
            rows = [
                ["nothing", "a mail, to a file", *measure(given, place / "files", [], write_a_mail)],
                ["nothing", f"an export of {POSTS} posts", *measure(given, place / "export", [], export, before=writer)],
                ["`--smtp`, STARTTLS", "a mail", *measure(given, place / "smtp", smtp, send_a_mail(mails))],
                ["a provider, https", "a sign-in", *measure(given, place / "provider", provider, sign_in_with(issuer),
                                                            certificate.bundle, linked_with(issuer))],
            ]
        finally:
            mails.stop()
            issuer.stop()
    table(["configured", "used once", "VmRSS idle, MB", "RssAnon idle, MB", "VmRSS after, MB", "RssAnon after, MB"], rows)
    print(f"Role `all`, {SETTLE} s after the start or the use. Mail server and provider are the tests' own on loopback; "
          "their certificate stands in a file with the system's, all of which are read where one is checked.")


if __name__ == "__main__":
    main()
