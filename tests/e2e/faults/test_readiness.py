"""What keeps a node from its work is said in words: by /readyz, to members, once in the log; and that it is over."""

import os
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from harness.mariadb import USER
from harness.node import Node
from harness.topology import CORE_CLIENT, SHAPES, UNLIMITED
from harness.waiting import eventually
from harness.wire import call, expect_failure, expect_success

SAVING = "Nothing was saved"
READING = "cannot read what it has stored"
BUSY = "Busy right now"
# Promised are five seconds; the rest is for a machine that does other things.
PROMISED = 8


def readiness(node):
    answer = node.probe("/readyz")
    return answer.status, answer.body.decode()


def await_ready(node, limit=30):
    return eventually(lambda: readiness(node)[0] == 200 and readiness(node)[1], f"{node.name} is ready", limit=limit)


def await_unready(node, *words, limit=30):
    """The first line says why, in these words."""
    def told():
        status, body = readiness(node)
        first = body.partition("\n")[0]
        return status == 503 and first.startswith("not ready: ") and all(word in first for word in words) and body

    return eventually(told, f"{node.name} is not ready because of {words}, but {readiness(node)}", limit=limit)


def says(guest, method, target, body, *words):
    """A 503 in English and in Korean, with these words in the English one and nothing of the inside."""
    english = expect_failure(guest.send(method, target, body, {"Accept-Language": "en"}), 503)
    korean = expect_failure(guest.send(method, target, body, {"Accept-Language": "ko"}), 503)
    text = english.json()["message"]
    assert all(word in text for word in words), text
    assert any("가" <= letter <= "힣" for letter in korean.json()["message"]), korean
    for answer in (english, korean):
        assert int(answer.header("Retry-After")) >= 1
        for secret in ("/", "SQL", "MariaDB", "disk", "database"):
            assert secret not in answer.json()["message"], answer


def lines(node, *words):
    return [line for line in node.log_text().splitlines() if all(word in line for word in words)]


@contextmanager
def small_disk(folder, size="24m"):
    folder.mkdir(parents=True)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
                                           capture_output=True).returncode != 0:
        pytest.skip("only who may mount can make a disk that is really full")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder):
    with open(folder / "filler", "wb", buffering=0) as file:
        size = 65536
        while size:
            try:
                if file.write(b"x" * size) < size:
                    size //= 2
            except OSError:
                size //= 2


@pytest.fixture
def on_small_disk(launch, workspace, request):
    with small_disk(workspace / f"{request.node.name}-disk") as folder:
        topology = launch(**SHAPES["one_sqlite"], **UNLIMITED, start=False)
        topology.core.data_dir = folder
        topology.prepare()
        topology.start_node(topology.core)
        topology.disk = folder
        try:
            yield topology
        finally:
            topology.core.stop()


def test_a_full_disk(on_small_disk):
    topology = on_small_disk
    guest = topology.guest()
    guest.write("먼저")
    fill(topology.disk)
    await_unready(topology.core, "database", "disk is full")
    eventually(lambda: guest.post("/api/v1/feeds", {"content": "나" * 600}).status == 503, "no room is left", limit=60)
    for _ in range(50):
        says(guest, "POST", "/api/v1/feeds", {"content": "나" * 600}, SAVING)
    expect_success(guest.get("/api/v1/feeds"))
    assert len(lines(topology.core, "the database cannot be written")) == 1
    assert not lines(topology.core, "request failed")
    assert "dontgoback_ready_checks{check=\"database\"} 0" in topology.core.probe("/metrics").body.decode()

    (topology.disk / "filler").unlink()
    await_ready(topology.core, limit=10)  # and nobody wrote
    eventually(lambda: len(lines(topology.core, "the database can be written again")) == 1, "the log has its end")
    assert "dontgoback_ready_checks{check=\"database\"} 1" in topology.core.probe("/metrics").body.decode()
    guest.write("다시")


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_start_on_a_full_disk(on_small_disk, end):
    """Reads are served; nothing is lost of what a kill left in the log beside the file."""
    topology = on_small_disk
    guest = topology.guest()
    feed = guest.write("아직 여기 있습니다")["feedId"]
    getattr(topology.core, end)()
    fill(topology.disk)
    topology.core.start()
    await_unready(topology.core, "disk is full")
    contents = [post["content"] for post in expect_success(guest.get("/api/v1/feeds")).data["feeds"]]
    assert contents == ["아직 여기 있습니다"]
    says(guest, "POST", "/api/v1/feeds", {"content": "나" * 600}, SAVING)
    (topology.disk / "filler").unlink()
    await_ready(topology.core, limit=10)
    guest.write("다시")
    assert topology.sql("SELECT COUNT(*) FROM posts") == [["2"]]
    assert feed


def test_a_start_on_a_disk_that_may_not_be_written(on_small_disk):
    topology = on_small_disk
    guest = topology.guest()
    guest.write("읽을 수는 있습니다")
    topology.core.stop()
    subprocess.run(["mount", "-o", "remount,ro", str(topology.disk)], check=True)
    topology.core.start()
    await_unready(topology.core, "read-only")
    assert len(expect_success(guest.get("/api/v1/feeds")).data["feeds"]) == 1
    says(guest, "POST", "/api/v1/feeds", {"content": "글"}, SAVING)
    subprocess.run(["mount", "-o", "remount,rw", str(topology.disk)], check=True)
    await_ready(topology.core, limit=15)
    guest.write("다시")
    assert topology.sql("SELECT COUNT(*) FROM posts") == [["2"]]


def test_files_that_may_not_grow(launch):
    """No word of statvfs tells: the last write does, and a write of the node's own that it is over."""
    topology = launch(**SHAPES["one_sqlite"], **UNLIMITED, limits=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
    guest = topology.guest()
    guest.write("먼저")
    largest = max(file.stat().st_size for file in topology.core.data_dir.rglob("*") if file.is_file())
    resource.prlimit(topology.core.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    eventually(lambda: guest.post("/api/v1/feeds", {"content": "나" * 600}).status == 503, "a limit is met", limit=60)
    says(guest, "POST", "/api/v1/feeds", {"content": "나" * 600}, SAVING)
    await_unready(topology.core, "database")
    resource.prlimit(topology.core.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await_ready(topology.core)


def test_a_damaged_file(launch):
    topology = launch(**SHAPES["one_sqlite"])
    guest = topology.guest()
    guest.write("먼저")
    topology.core.restart()  # so that everything is in the file
    with open(topology.database_file(), "r+b") as file:
        file.write(b"\0" * 4096)
    await_unready(topology.core, "damaged", str(topology.core.data_dir))
    topology.core.kill()  # what it would write at its end is of no use


def test_damage_in_the_middle_of_the_file(launch):
    topology = launch(**SHAPES["one_sqlite"])
    guest = topology.guest()
    for number in range(30):
        guest.write(f"{number} " + "가" * 590)
    topology.core.stop()
    file = topology.database_file()
    with open(file, "r+b") as database:
        database.seek(4096)
        database.write(b"\xff" * (file.stat().st_size - 4096))
    with pytest.raises(AssertionError, match="damaged"):
        topology.core.start()
    topology.core.kill()


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_file_that_is_taken_away(launch, how):
    topology = launch(**SHAPES["one_sqlite"])
    guest = topology.guest()
    guest.write("먼저")
    file = topology.database_file()
    aside = file.with_suffix(".aside")
    shutil.copy(file, file.with_suffix(".other"))
    file.rename(aside)
    if how == "replaced":
        file.with_suffix(".other").rename(file)
    await_unready(topology.core, how)
    says(guest, "POST", "/api/v1/feeds", {"content": "글"}, SAVING)
    eventually(lambda: guest.get("/api/v1/feeds").status == 503, "what is in its place is not read")
    says(guest, "GET", "/api/v1/feeds", None, READING)
    aside.rename(file)  # it was only away
    await_ready(topology.core)
    guest.write("다시")


def test_a_data_directory_of_somebody_else(binary, workspace):
    if os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    folder = workspace / "somebody-elses"
    folder.mkdir(mode=0o700)
    (folder / "lock").touch(mode=0o600)
    for parent in folder.parents:
        if parent.stat().st_mode & 0o001 == 0:
            parent.chmod(parent.stat().st_mode | 0o011)
    folder.chmod(0o755)
    node = Node(binary, "other", folder, "--role=auth", limits=lambda: os.setuid(65534))
    with pytest.raises(AssertionError, match="belongs to root.*chown"):
        node.start()


# MariaDB.

def test_a_mariadb_that_says_nothing(launch):
    topology = launch(**SHAPES["one_mariadb"])
    guest = topology.guest()
    guest.write("먼저")
    expect_success(guest.get("/api/v1/feeds"))
    with stopped(topology.mariadb):
        for method, target, body, words in [("GET", "/api/v1/feeds", None, READING),
                                            ("POST", "/api/v1/feeds", {"content": "글"}, SAVING)]:
            begin = time.monotonic()
            answer = expect_failure(guest.send(method, target, body, {"Accept-Language": "en"}), 503)
            assert time.monotonic() - begin < PROMISED
            assert BUSY not in answer.json()["message"]
            assert words in answer.json()["message"]
        begin = time.monotonic()
        await_unready(topology.core, "MariaDB", "does not answer")
        assert time.monotonic() - begin < 2 * PROMISED
    await_ready(topology.core)
    guest.write("다시")


def test_many_who_wait_for_a_silent_mariadb(launch):
    """Nobody is told that too many ask, and nobody waits twice."""
    topology = launch(**SHAPES["one_mariadb"])
    guests = [topology.guest() for _ in range(4)]
    answers = []

    def ask(guest, number):
        begin = time.monotonic()
        if number % 2:
            answer = guest.send("GET", "/api/v1/feeds", None, {"Accept-Language": "en"})
        else:
            answer = guest.send("POST", "/api/v1/feeds", {"content": f"글 {number}"}, {"Accept-Language": "en"})
        answers.append((time.monotonic() - begin, answer))

    with stopped(topology.mariadb):
        threads = [threading.Thread(target=ask, args=(guests[number % 4], number)) for number in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == len(threads)
        for took, answer in answers:
            expect_failure(answer, 503)
            assert BUSY not in answer.json()["message"]
            assert took < PROMISED
    await_ready(topology.core)


@contextmanager
def stopped(mariadb):
    pid = mariadb.pid
    os.kill(pid, signal.SIGSTOP)
    eventually(lambda: all(status.read_text().rpartition(")")[2].split()[0] == "T"
                           for status in Path(f"/proc/{pid}/task").glob("*/stat")), "all of it has stopped")
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_mariadb_that_cannot_be_used(launch, binary, workspace):
    topology = launch(**SHAPES["one_mariadb"], start=False)
    url = next(option for option in topology.core.options if option.startswith("--database="))
    secret = next(option for option in topology.core.options if option.startswith("--database-password-file="))
    wrong = workspace / "wrong.password"
    wrong.write_text("not the password")
    wrong.chmod(0o600)
    cases = [
        ([url, f"--database-password-file={wrong}"], [USER, "--database-password-file"]),
        ([url.replace("/core?", "/nowhere?"), secret], ["nowhere", "GRANT|no database"]),
        ([url.replace(str(topology.mariadb.socket), "/nonexistent/socket"), secret], ["/nonexistent/socket",
                                                                                         "cannot be reached"]),
    ]
    for number, (options, words) in enumerate(cases):
        done = subprocess.run([str(binary), "serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
                               f"--data-dir={workspace / f'unusable-{number}'}", *options],
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        text = done.stderr.decode()
        assert done.returncode == 1, text
        for word in words:
            assert any(choice in text for choice in word.split("|")), (word, text)
    topology.start_node(topology.core)


def test_a_driver_that_is_not_installed(binary, workspace):
    (driver,) = Path("/usr/lib").glob("*/libsoci_mysql.so.4.0")
    done = subprocess.run(["unshare", "--mount", "sh", "-c", f"mount --bind /dev/null {driver.resolve()} || exit 99; "
                           f"exec {binary} serve --listen=127.0.0.1:0 --management-listen=127.0.0.1:0 "
                           f"--data-dir={workspace / 'driver'} --database=mysql://u@127.0.0.1:1/x"],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    if done.returncode == 99 or b"unshare" in done.stderr:
        pytest.skip("only who may mount can take the driver away")
    assert done.returncode == 1
    assert b"libsoci-mysql4.0" in done.stderr


def test_a_mariadb_that_may_not_be_written(launch):
    topology = launch(**SHAPES["one_mariadb"])
    guest = topology.guest()
    topology.mariadb.sql("SET GLOBAL read_only = 1")
    says(guest, "POST", "/api/v1/feeds", {"content": "글"}, SAVING)
    expect_success(guest.get("/api/v1/feeds"))
    await_unready(topology.core, "read-only")
    topology.mariadb.sql("SET GLOBAL read_only = 0")
    await_ready(topology.core)
    guest.write("다시")


def test_a_mariadb_database_that_is_dropped(launch):
    topology = launch(**SHAPES["one_mariadb"])
    guest = topology.guest()
    topology.mariadb.sql("DROP DATABASE core; CREATE DATABASE core")
    await_unready(topology.core, "dropped or replaced")
    says(guest, "GET", "/api/v1/feeds", None, READING)
    topology.core.kill()


# Other nodes.

@pytest.fixture
def three(launch):
    return launch(**SHAPES["three_sqlite"])


def start_core(topology, workspace, name, **changed):
    """Another core node, with some options changed."""
    options = {"role": "core", "auth-url": topology.auth.url, "extension-url": topology.extension.url,
               "client-id": CORE_CLIENT,
               "client-secret-file": next(option.partition("=")[2] for option in topology.core.options
                                          if option.startswith("--client-secret-file="))}
    options.update({key.replace("_", "-"): value for key, value in changed.items()})
    node = Node(topology.binary, name, workspace / name, *[f"--{key}={value}" for key, value in options.items()])
    topology.nodes.append(node)
    return node.start()


def test_all_is_well(three):
    for node in three.nodes:
        status, body = readiness(node)
        assert (status, body.partition("\n")[0]) == (200, "ready"), (node.name, body)


def test_a_wrong_client_secret(three, workspace):
    wrong = workspace / "wrong.secret"
    wrong.write_text("w" * 43)
    wrong.chmod(0o600)
    node = start_core(three, workspace, "wrong-secret", client_secret_file=wrong)
    await_unready(node, "auth-token", three.auth.url, "401", CORE_CLIENT, "--client-secret-file")
    unknown = start_core(three, workspace, "unknown-client", client_id="nobody")
    await_unready(unknown, "auth-token", "nobody", "--client-id")


def test_urls_that_answer_404(three, workspace):
    node = start_core(three, workspace, "wrong-urls", auth_url=f"{three.auth.url}/elsewhere",
                      extension_url=three.auth.url)
    body = await_unready(node, "auth-keys", f"{three.auth.url}/elsewhere/msa/auth/api/jwks.json answers 404",
                         "--auth-url", "extension", f"{three.auth.url}/msa/ext/api/update-assets answers 404",
                         "--extension-url")
    guest_answer = call(node.address, "POST", "/api/guest", headers={"Sec-Fetch-Site": "same-origin"})
    assert guest_answer.status in (200, 201), (guest_answer, body)


def test_a_node_that_is_merely_away(three):
    guest = three.guest()
    three.extension.stop()
    three.auth.stop()
    three.core.restart()
    body = eventually(lambda: "no connection" in readiness(three.core)[1] and readiness(three.core)[1], "a note")
    assert readiness(three.core)[0] == 200
    assert body.startswith("ready\n"), body
    assert three.auth.url in body, body
    assert guest.write("그래도 됩니다")
    assert len(lines(three.core, "calls to another node fail", three.auth.url.removeprefix("http://"))) == 1
    three.start_node(three.auth)
    eventually(lambda: three.auth.url not in readiness(three.core)[1], "no word of it any more", limit=90)


@pytest.fixture
def untrusted(workspace):
    """An https server whose certificate nobody has vouched for."""
    folder = workspace / "certificate"
    folder.mkdir(exist_ok=True)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                    folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with closing(connection):
                connection.settimeout(5)
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"https://localhost:{listening.getsockname()[1]}"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(timeout=10)


def test_an_untrusted_certificate(three, workspace, untrusted):
    node = start_core(three, workspace, "untrusting", auth_url=untrusted)
    host = untrusted.removeprefix("https://")
    await_unready(node, "auth-keys", f"the certificate of {host} is not trusted", "self-signed", "SSL_CERT_FILE",
                  "ca-certificates")
    assert len(lines(node, "calls to another node fail", host)) == 1
