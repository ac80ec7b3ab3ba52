"""A mail server of somebody else's (Debian's aiosmtpd), and the mails that a node sends."""

import email
import json
import re
import secrets
import socket
import ssl
import subprocess
import time
from email import policy
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from harness.gmime import gmime_reads
from harness.secrets import known_secrets
from harness.waiting import eventually


def without_spaces(people):
    """Python's reader puts a space between encoded words of a name."""
    return [(name.replace(" ", ""), address) for name, address in people]


def read_mail(content):
    """As mail readers take it: Python's, which is answered, and GMime, to whom it says the same. Nothing in it may be
    wrong."""
    message = email.message_from_bytes(content, policy=policy.SMTP)
    for part in message.walk():
        assert part.defects == [], (part.defects, content)
        for value in part.values():
            assert not getattr(value, "defects", ()), (value, value.defects)
    second = gmime_reads(content)
    for name in ("Subject", "Message-ID", "Auto-Submitted"):
        assert second[name] == message[name]
    for name in ("From", "To"):
        people = [(one.display_name, one.addr_spec) for one in message[name].addresses]
        assert without_spaces(second[name]) == without_spaces(people)
    assert second["Date"] == message["Date"].datetime.timestamp()
    assert second["type"] == message.get_content_type()
    assert second["parts"] == [(part.get_content_type(), part.get_content().replace("\r\n", "\n"))
                               for part in message.iter_parts()]
    return message


def bodies(message):
    return tuple(message.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))


def new_address():
    """One that no log may show."""
    return known_secrets.add("e-mail address", f"{secrets.token_hex(6)}@example.com")


def queue_mail(topology, to, subject="제목", text="첫째 줄\n.\n..점\n", html="<p>첫째 줄</p>\n"):
    """A mail in the outbox, as what causes one writes it. Returns its id."""
    letter = secrets.token_hex(16)
    payload = json.dumps({"id": letter, "to": to, "subject": subject, "text": text, "html": html})
    now = int(time.time() * 1000)
    payload = payload.replace("\\", "\\\\") if topology.mariadb else payload
    topology.sql("INSERT INTO outbox (topic, payload, state, attempts, next_at, created_at) "
                 f"VALUES ('mails', '{payload}', 0, 0, {now}, {now})")
    return letter


def waiting_mails(topology):
    return topology.cli_json("mail", "queue")


def make_certificate(folder, name="localhost"):
    """A certificate that vouches for itself: (certificate, key)."""
    certificate, key = folder / "mail.pem", folder / "mail.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName=DNS:{name}"], check=True, capture_output=True)
    return certificate, key


class Mailbox:
    """The mails that a node without a mail server leaves as files, each taken once."""

    def __init__(self, node):
        self._folder = node.data_dir / "mail"
        self._taken = set()

    def next_to(self, address):
        """Waits for a mail to the address: what a reader sees of it as text."""
        return eventually(lambda: self._take(address), "a mail came")

    def _take(self, address):
        for file in sorted(self._folder.glob("*.eml")):
            if file not in self._taken:
                message = read_mail(file.read_bytes())
                if message["To"] == address:
                    self._taken.add(file)
                    return bodies(message)[0]
        return None


def link_in(text):
    """The path and query of the link in a mail."""
    (url,) = re.findall(r"https?://\S+", text)
    parts = urlsplit(url)
    known_secrets.add("sign-in link", parts.query.rpartition("=")[2])
    return f"{parts.path}?{parts.query}"


class MailServer:
    """`refusal`: what it answers at RCPT or DATA in place of 250, by the stage's name; `drop` cuts the connection."""

    def __init__(self, certificate=None, implicit=False, user=None, password=None, port=0):
        self.mails = []  # (recipient, content) that it has said 250 to
        self.tries = 0
        self.helos = []
        self.refusal = lambda stage: None
        self._user, self._password = user, password
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
        options = {"tls_context": context, "require_starttls": True} if context and not implicit else {}
        if user:
            options |= {"authenticator": self._authenticate, "auth_required": True, "auth_require_tls": not implicit}
        self._controller = Controller(self, hostname="127.0.0.1", port=port or free_port(),
                                      ssl_context=context if implicit else None, **options)

    @property
    def port(self):
        return self._controller.port

    def start(self):
        self._controller.start()
        return self

    def stop(self):
        self._controller.stop()

    def _authenticate(self, _server, _session, _envelope, _mechanism, data):
        good = data.login == self._user.encode() and data.password == self._password.encode()
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.tries += 1
        self.helos.append(session.host_name)
        if refusal := self.refusal("RCPT"):
            return refusal.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if refusal := self.refusal("DATA"):
            if refusal == "drop":
                server.transport.abort()
                return "421 gone"
            return refusal
        self.mails += [(address, envelope.original_content) for address in envelope.rcpt_tos]
        return "250 taken"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
