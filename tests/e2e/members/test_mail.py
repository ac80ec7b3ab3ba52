"""Mails on their way from the outbox to mail servers of every mood."""

import socket

import pytest
from harness.mail import (MailServer, bodies, free_port, make_certificate, new_address, queue_mail, read_mail,
                          waiting_mails)
from harness.secrets import known_secrets
from harness.topology import SHAPES
from harness.waiting import eventually

FROM = "돈고백, 시험 <no-reply@dontgoback.example>"


@pytest.fixture
def server():
    """Mail servers of the test; ends them with it."""
    started = []

    def start(**options):
        started.append(MailServer(**options).start())
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="module")
def certificate(workspace):
    return make_certificate(workspace)


def plain(port):
    return [f"--smtp=smtp://127.0.0.1:{port}", "--smtp-plain", f"--mail-from={FROM}"]


def launched(launch, options):
    return launch(**SHAPES["one_sqlite"], core_options=options)


def metric(topology, result):
    text = topology.core.probe("/metrics").body.decode()
    return next(int(line.split()[-1]) for line in text.splitlines()
                if line.startswith("dontgoback_mails_total") and f'"{result}"' in line)


def is_empty(topology):
    return waiting_mails(topology) == []


def test_a_mail_server_gets_mails(launch, server):
    mails = server()
    topology = launched(launch, plain(mails.port))
    to = new_address()
    letter = queue_mail(topology, to)
    eventually(lambda: mails.mails, "the mail is there")
    ((recipient, content),) = mails.mails
    assert recipient == to
    message = read_mail(content)
    assert message["Message-ID"] == f"<{letter}@dontgoback.example>"
    assert bodies(message) == ("첫째 줄\n.\n..점\n", "<p>첫째 줄</p>\n")
    assert mails.helos == ["dontgoback.example"]
    eventually(lambda: is_empty(topology), "the row is gone")
    assert metric(topology, "done") == 1
    assert not (topology.core.data_dir / "mail").exists()


@pytest.mark.parametrize("implicit", [False, True])
def test_tls_and_authentication(launch, server, certificate, workspace, implicit):
    password = known_secrets.make_file(workspace / f"smtp-{implicit}.password")
    mails = server(certificate=certificate, implicit=implicit, user="node", password=password)
    topology = launched(launch, [
        f"--smtp={'smtps' if implicit else 'smtp'}://localhost:{mails.port}", f"--mail-from={FROM}", "--smtp-user=node",
        f"--smtp-password-file={workspace / f'smtp-{implicit}.password'}", f"--smtp-ca-file={certificate[0]}"])
    queue_mail(topology, new_address())
    eventually(lambda: mails.mails, "the mail is there")


def test_no_mail_goes_to_a_server_that_nobody_vouches_for(launch, server, certificate):
    mails = server(certificate=certificate)
    topology = launched(launch, [f"--smtp=smtp://localhost:{mails.port}", f"--mail-from={FROM}"])
    queue_mail(topology, new_address())
    eventually(lambda: b"note: mail: " in topology.core.probe("/readyz").body, "the trouble is told")
    assert mails.tries == 0
    assert [row["state"] for row in waiting_mails(topology)] == ["waiting"]


def test_no_mail_goes_in_the_clear_unasked(launch, server):
    mails = server()
    topology = launched(launch, [f"--smtp=smtp://localhost:{mails.port}", f"--mail-from={FROM}"])
    queue_mail(topology, new_address())
    eventually(lambda: b"note: mail: " in topology.core.probe("/readyz").body, "the trouble is told")
    assert mails.tries == 0


def test_a_wrong_password_loses_no_mail(launch, server, certificate, workspace):
    file = workspace / "wrong.password"
    known_secrets.make_file(file)
    mails = server(certificate=certificate, user="node", password="right")
    topology = launched(launch, [f"--smtp=smtp://localhost:{mails.port}", f"--mail-from={FROM}", "--smtp-user=node",
                                 f"--smtp-password-file={file}", f"--smtp-ca-file={certificate[0]}"])
    queue_mail(topology, new_address())
    eventually(lambda: b"535" in topology.core.probe("/readyz").body, "the trouble is told")
    assert [row["state"] for row in waiting_mails(topology)] == ["waiting"]


def test_a_server_that_is_down_gets_the_mail_when_it_is_up(launch, server):
    port = free_port()
    topology = launched(launch, plain(port))
    letter = queue_mail(topology, new_address())
    eventually(lambda: b"note: mail: " in topology.core.probe("/readyz").body, "the trouble is told")
    mails = server(port=port)
    eventually(lambda: mails.mails, "the mail is there", limit=40)
    assert letter in read_mail(mails.mails[0][1])["Message-ID"]
    eventually(lambda: b"note: mail" not in topology.core.probe("/readyz").body, "the trouble is over")


def test_a_server_that_says_later_is_asked_later(launch, server):
    mails = server()
    mails.refusal = lambda stage: "450 4.7.1 {address}: greylisted" if stage == "RCPT" and mails.tries < 3 else None
    topology = launched(launch, plain(mails.port))
    queue_mail(topology, new_address())
    eventually(lambda: mails.mails, "the mail is there", limit=40)
    assert mails.tries == 3
    assert len(mails.mails) == 1


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_mail_that_is_refused_is_told_and_tried_no_more(launch, server, stage):
    mails = server()
    bad, good = new_address(), new_address()
    mails.refusal = lambda at: f"550 5.1.1 <{bad}>: who is that" if at == stage and mails.tries == 1 else None
    topology = launched(launch, plain(mails.port))
    queue_mail(topology, bad)
    (row,) = eventually(lambda: [row for row in waiting_mails(topology) if row["state"] == "refused"], "it is told")
    assert row["answer"].startswith(f"the mail server: 550 5.1.1 {'at RCPT' if stage == 'RCPT' else 'after'}")
    assert row["tries"] == 1
    assert row["next"] is None
    assert row["ended"] >= row["written"]
    code, table, _ = topology.cli("mail", "queue")
    assert code == 0
    assert "refused" in table
    for shown in (table, str(row), topology.sql("SELECT payload, answer FROM outbox")):
        assert bad not in shown
    queue_mail(topology, good)
    eventually(lambda: mails.mails, "the next mail is there")
    assert [to for to, _ in mails.mails] == [good]
    assert mails.tries == 2
    assert metric(topology, "refused") == 1
    assert "550 5.1.1" in topology.core.log_text()


def test_a_server_that_drops_the_connection_gets_the_same_mail_again(launch, server):
    mails = server()
    mails.refusal = lambda stage: "drop" if stage == "DATA" and mails.tries == 1 else None
    topology = launched(launch, plain(mails.port))
    letter = queue_mail(topology, new_address())
    eventually(lambda: mails.mails, "the mail is there", limit=40)
    assert mails.tries == 2
    assert letter in read_mail(mails.mails[0][1])["Message-ID"]


def test_kill_9_before_the_answer_repeats_the_mail_under_its_id(launch, server):
    mails = server()
    topology = launched(launch, plain(mails.port))
    killed = []

    def kill_once(stage):
        if stage == "DATA" and not killed:  # the server takes it, and the node never hears so
            killed.append(topology.core.pid)
            mails.mails.append(("taken", b""))
            topology.core.kill()
            return "drop"
        return None

    mails.refusal = kill_once
    letter = queue_mail(topology, new_address())
    eventually(lambda: killed and not topology.core.running(), "the node is dead")
    topology.core.start()
    eventually(lambda: len(mails.mails) == 2, "the mail is there again", limit=90)
    assert letter in read_mail(mails.mails[1][1])["Message-ID"]


def test_a_server_that_says_nothing_keeps_no_node_from_stopping(launch, server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        topology = launched(launch, plain(silent.getsockname()[1]))
        queue_mail(topology, new_address())
        connection, _ = silent.accept()
        with connection:
            topology.core.stop()  # within 10 s, with 0
    mails = server()
    topology.core.options = [option for option in topology.core.options if not option.startswith("--smtp=")]
    topology.core.options.append(f"--smtp=smtp://127.0.0.1:{mails.port}")
    topology.core.start()
    eventually(lambda: mails.mails, "the mail is there", limit=40)


def test_mail_test_says_what_the_server_says(launch, server):
    mails = server()
    topology = launched(launch, [])
    options = plain(mails.port)
    code, out, err = topology.cli("mail", "test", "someone@example.com", *options)
    assert (code, err) == (0, "")
    assert "handed to the mail server" in out
    assert read_mail(mails.mails[0][1])["To"] == "someone@example.com"
    mails.refusal = lambda stage: "550 5.1.1 no" if stage == "RCPT" else None
    code, _, err = topology.cli("mail", "test", "someone@example.com", *options)
    assert code == 1
    assert "550 5.1.1 at RCPT" in err


def test_mail_queue_shows_what_waits(launch):
    topology = launched(launch, plain(free_port()))
    queue_mail(topology, new_address())
    (row,) = eventually(lambda: [row for row in waiting_mails(topology) if row["tries"] > 0], "a try has failed")
    assert row["state"] == "waiting"
    assert row["next"] > row["written"]
    assert row["ended"] is None
    assert "no answer" in row["answer"]


@pytest.mark.parametrize(("options", "told"), [
    (["--smtp=http://a.example"], "--smtp: must be smtp://"),
    (["--smtp=smtp://a.example"], "--mail-from: must be given with --smtp"),
    (["--smtp=smtp://a.example", "--mail-from=a"], "--mail-from: must be an address"),
    (["--smtp=smtp://a.example", "--mail-from=a@b.example", "--smtp-plain"], "--smtp-plain: mails would travel"),
    (["--smtp=smtps://localhost", "--mail-from=a@b.example", "--smtp-plain"], "--smtp-plain: contradicts"),
    (["--smtp=smtp://a.example", "--mail-from=a@b.example", "--smtp-user=a"], "--smtp-user: --smtp-user and"),
    (["--smtp-user=a"], "--smtp-user: needs --smtp"),
    (["--smtp=smtp://a.example", "--mail-from=a@b.example", "--smtp-ca-file=/nowhere"], "--smtp-ca-file: is not there"),
    (["--modules=mail"], "--modules: mail delivers what core writes"),
])
def test_wrong_options_stop_the_start(launch, options, told):
    topology = launch(start=False, **SHAPES["one_sqlite"])
    code, _, err = topology.cli("config", "check", *options)
    assert code == 2
    assert told in err
