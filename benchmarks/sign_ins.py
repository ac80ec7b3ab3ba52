#!/usr/bin/python3
"""Sign-ins a second: by a link in a mail, by a passkey, by a provider. One after another, and eight at once."""

import time
from concurrent.futures import ThreadPoolExecutor

from measure import arguments
from measure.machine import cpu_seconds, disk_of, heading, on_load_core, syncs_per_second, table
from measure.service import UNLIMITED, folder, service
from measure.ways_in import (CLIENT, ask_for_link, come_back, follow_link, link_provider, passkey_options,
                             provider_options, redirected, register_passkey, set_out, use_passkey)

from harness.authenticator import Authenticator
from harness.issuer import Issuer
from harness.mail import link_in, new_address, read_mail
from harness.openid_provider import SITE
from harness.waiting import eventually

MEMBERS = 20
AT_ONCE = 8
MAILS_EACH = 4  # an address gets six an hour, and all of them 1000, whatever --limits says


class Spent:
    """Seconds that passed and that the node computed, within `with`."""

    def __init__(self, pid):
        self._pid, self.seconds, self.cpu = pid, 0, 0

    def __enter__(self):
        self._began, self._used = time.monotonic(), cpu_seconds(self._pid)

    def __exit__(self, *_):
        self.seconds += time.monotonic() - self._began
        self.cpu += cpu_seconds(self._pid) - self._used


def each(act, things, at_once):
    """What `act` answers for each, so many at once."""
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda thing: act(*thing), things))


def browsers(topology, count):
    return [(topology.browser(),) for _ in range(count)]


def by_mail(topology, count, at_once, spent):
    folder = topology.core.data_dir / "mail"
    there = set(folder.glob("*.eml"))
    addresses = [new_address() for _ in range(count // MAILS_EACH)]
    for address in addresses:
        topology.cli_json("users", "create", f"--email={address}")
    asking = [(browser, addresses[number % len(addresses)]) for number, (browser,) in enumerate(browsers(topology, count))]
    with spent:  # with the mails, which are written one after another
        each(ask_for_link, asking, at_once)
        files = eventually(lambda: len(new := set(folder.glob("*.eml")) - there) == count and new, "the mails are there",
                           limit=120)
    waiting = {address: [browser for browser, asked in asking if asked == address] for address in addresses}
    pairs = []
    for file in sorted(files):
        mail = read_mail(file.read_bytes())
        link = link_in(mail.get_body(["plain"]).get_content())
        pairs.append((waiting[mail["To"]].pop(0), link))
    with spent:
        each(follow_link, pairs, at_once)


def by_passkey(topology, count, at_once, spent):
    devices = [Authenticator(SITE, topology.folder) for _ in range(MEMBERS)]
    for device in devices:
        register_passkey(topology.member(), device)
    asking = browsers(topology, count)
    with spent:
        options = each(passkey_options, asking, at_once)
    answers = [devices[number % MEMBERS].get(given) for number, given in enumerate(options)]
    signing_in = [(browser, answer) for (browser,), answer in zip(asking, answers)]
    with spent:
        each(use_passkey, signing_in, at_once)


def by_provider(issuer):
    def sign_in(topology, count, at_once, spent):
        subjects = [f"person-{at_once}-{number}" for number in range(MEMBERS)]
        for subject in subjects:
            link_provider(issuer, topology.member(), subject)
        setting_out = browsers(topology, count)
        with spent:
            locations = each(set_out, setting_out, at_once)
        targets = [issuer.grant(location, subjects[number % MEMBERS]) for number, location in enumerate(locations)]
        back = [(browser, target) for (browser,), target in zip(setting_out, targets)]
        with spent:
            answers = each(come_back, back, at_once)
        for answer in answers:
            redirected(answer, "/")
    return sign_in


def main():
    given = arguments(__doc__, count=(400, "sign-ins of each measurement"))
    heading("Sign-ins")
    rows = []
    with folder() as place:
        print(f"disk: {disk_of(place)}, {syncs_per_second(place):.0f} synced appends of 4 KB a second by one thread\n")
        issuer, secret = Issuer(CLIENT), place / "secret"
        secret.write_text("0123456789abcdef0123456789abcdef")
        secret.chmod(0o600)
        options = (*UNLIMITED, *provider_options(issuer, secret))
        with service(given.binary, place / "service", core_options=options) as topology:
            on_load_core()
            for name, sign_in in (("a link in a mail (asked for, written to a file, opened, pressed)", by_mail),
                                  ("a passkey, ES256 (challenge, assertion)", by_passkey),
                                  ("a provider (there and back, its code exchanged, its ES256 token checked)",
                                   by_provider(issuer))):
                for at_once in (1, AT_ONCE):
                    spent = Spent(topology.core.pid)
                    sign_in(topology, given.count, at_once, spent)
                    rows.append([name, at_once, f"{given.count / spent.seconds:.0f}",
                                 f"{spent.cpu / given.count * 1000:.2f}", f"{given.count / spent.cpu:.0f}"])
        issuer.stop()
    table(["way", "at once", "sign-ins/s", "CPU of the node, ms each", "sign-ins a CPU second"], rows)
    print("The clients are Python's, one connection a request, on one core with the provider: they are the limit of the third "
          "column; what the node could do is the last.")


if __name__ == "__main__":
    main()
