"""Mails of a node without a mail server: files, which mail readers show as they were written."""

import pytest
from harness.gmime import gmime_reads
from harness.mail import bodies, new_address, queue_mail, read_mail, waiting_mails
from harness.topology import SHAPES, Topology
from harness.waiting import eventually

FROM = "돈고백, 시험 <no-reply@dontgoback.example>"


@pytest.fixture(scope="module")
def mail_node(binary, workspace):
    """One that puts its mails into files."""
    topology = Topology(binary, workspace / "mail-node", **SHAPES["one_sqlite"])
    topology.start()
    yield topology
    topology.stop()


def mail_to(topology, address):
    mails = (file.read_bytes() for file in (topology.core.data_dir / "mail").glob("*.eml"))
    return next((mail for mail in mails if f"\nTo: {address}\r\n".encode() in mail), None)


def is_empty(topology):
    return waiting_mails(topology) == []


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_without_a_mail_server_mails_are_files(launch, shape):
    topology = launch(**SHAPES[shape], core_options=[f"--mail-from={FROM}"])
    to = new_address()
    subject = "아주 긴 제목 😀 " * 8
    letter = queue_mail(topology, to, subject.strip())
    eventually(lambda: is_empty(topology), "the mail is delivered")
    (file,) = (topology.core.data_dir / "mail").iterdir()
    assert file.stat().st_mode & 0o7777 == 0o600
    message = read_mail(file.read_bytes())
    assert message["To"] == to
    assert message["From"] == '"돈고백, 시험" <no-reply@dontgoback.example>'
    assert message["Subject"] == subject.strip()
    assert message["Message-ID"] == f"<{letter}@dontgoback.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert message["Date"].datetime is not None
    assert bodies(message) == ("첫째 줄\n.\n..점\n", "<p>첫째 줄</p>\n")
    # Where; check_logs sees that not to whom.
    eventually(lambda: str(file) in topology.core.log_text(), "the log says where")


@pytest.mark.parametrize("subject", [
    "가" * 66, "[DontGoBack] 계정 비활성화 요청 " * 3, "plain, \"quoted\" <and> (more)", "=?utf-8?B?bm8=?= is no word",
    "한글 and English 한글  two spaces", "a" * 200, "👩‍👩‍👧‍👦" * 8, "é" * 100, "요청: 확인; 끝.", "a 가 b 나 c 다 " * 9,
])
def test_readers_are_shown_the_subject(mail_node, subject):
    to = new_address()
    queue_mail(mail_node, to, subject.strip(), text="본문 😀\n" * 300, html="<p>본문</p>\n" * 300)
    message = read_mail(eventually(lambda: mail_to(mail_node, to), "the mail is there"))
    assert message["Subject"] == subject.strip()
    assert bodies(message) == ("본문 😀\n" * 300, "<p>본문</p>\n" * 300)


@pytest.mark.parametrize("name", [
    "", "DontGoBack 운영팀", "돈고백 " * 10, "a" * 100, "O'Brien, Bob \\ (x)", "=?utf-8?B?bm8=?=", "Ünï; cödé:",
    "John Q. Public", "运营 😀 팀",
])
def test_readers_are_shown_the_sender(mail_node, name):
    to = new_address()
    sender = f"{name.strip()} <no-reply@dontgoback.example>" if name else "no-reply@dontgoback.example"
    code, _, err = mail_node.cli("mail", "test", to, f"--mail-from={sender}")
    assert code == 0, err
    mail = mail_to(mail_node, to)
    read_mail(mail)
    assert gmime_reads(mail)["From"] == [(name.strip() or "DontGoBack 운영팀", "no-reply@dontgoback.example")]


def test_a_row_that_is_no_mail_is_dropped(launch):
    topology = launch(**SHAPES["one_sqlite"])
    good = new_address()
    queue_mail(topology, new_address() + "\\r\\nBcc: x@example.com")
    queue_mail(topology, good)
    eventually(lambda: is_empty(topology), "both are gone")
    (file,) = (topology.core.data_dir / "mail").iterdir()
    assert read_mail(file.read_bytes())["To"] == good
    assert "an outbox row holds no mail" in topology.core.log_text()


def test_mail_test_writes_a_file_and_says_where(launch):
    topology = launch(**SHAPES["one_sqlite"])
    answer = topology.cli_json("mail", "test", "someone@example.com")
    (file,) = (topology.core.data_dir / "mail").iterdir()
    assert answer["result"] == str(file)
    assert read_mail(file.read_bytes())["To"] == "someone@example.com"
    for bad in ["someone", "a@b@c", "a@example.com\nBcc: b@example.com", ""]:
        code, _, _ = topology.cli("mail", "test", bad)
        assert code == 2, bad
