"""What a browser does to sign in, whichever way, and those who answer it: a provider and a mail server of the harness."""

import ssl
from pathlib import Path

from harness.issuer import Issuer
from harness.mail import make_certificate
from harness.openid_provider import SITE
from harness.wire import expect_success

CLIENT = "benchmark"
PROVIDER = "office"
EMAIL, PASSKEYS, PASSKEY = "/api/v1/sign-in/email", "/api/v1/users/me/passkeys", "/api/v1/sign-in/passkey"
SYSTEM = Path("/etc/ssl/certs/ca-certificates.crt")


class Certificate:
    """Of localhost, and a file in which it stands beside those of the system, as many as an installation reads."""

    def __init__(self, place):
        self.pair = make_certificate(place)
        self.bundle = place / "certificates.pem"
        self.bundle.write_bytes(SYSTEM.read_bytes() + self.pair[0].read_bytes())


class TlsIssuer(Issuer):
    """The harness's provider behind TLS, as providers are."""

    def __init__(self, certificate):
        super().__init__(CLIENT)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate.pair)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = self.url.replace("http://127.0.0.1", "https://localhost")


def provider_options(issuer, secret):
    return [f"--public-url={SITE}", f"--sign-in-provider={PROVIDER}={issuer.url}",
            f"--sign-in-client={PROVIDER}={CLIENT}", f"--sign-in-secret-file={PROVIDER}={secret}"]


def redirected(answer, *locations):
    assert answer.status in (302, 303) and (not locations or answer.header("Location") in locations), answer
    return answer.header("Location")


def ask_for_link(browser, address):
    expect_success(browser.post(EMAIL, {"email": address}))


def follow_link(browser, link):
    redirected(browser.press_button(browser.get(link)), "/")


def link_provider(issuer, member, subject):
    answer = expect_success(member.post(f"/api/v1/users/me/identities/{PROVIDER}"))
    redirected(come_back(member, issuer.grant(answer.data["location"], subject)), "/login?status=linked")


def set_out(browser):
    return redirected(browser.get(f"/api/oauth2/authorization/{PROVIDER}"))


def come_back(browser, target):
    return browser.get(target, headers={"Sec-Fetch-Site": "cross-site"})


def register_passkey(member, device):
    options = expect_success(member.post(f"{PASSKEYS}/options")).data
    expect_success(member.post(PASSKEYS, device.create(options)), 201)


def passkey_options(browser):
    return expect_success(browser.post(f"{PASSKEY}/options")).data


def use_passkey(browser, answer):
    expect_success(browser.post(PASSKEY, answer))
