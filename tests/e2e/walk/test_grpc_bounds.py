"""What a stranger, or a client that has gone wrong, may cost over gRPC, and what it is answered, by npm's own client."""

import datetime
import socket

import pytest
from harness.grpc_client import (DEADLINE_EXCEEDED, INVALID_ARGUMENT, OK, PERMISSION_DENIED, RESOURCE_EXHAUSTED,
                                 UNAUTHENTICATED, UNAVAILABLE, UNIMPLEMENTED, GrpcClient)
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.walkers import ME, Phone
from harness.wire import expect_success

LISTEN = ["--grpc-listen=127.0.0.1:0", "--clock-trusted"]
DAY = "2026-01-31"
# A clock at which it is about noon: no midnight falls into the run.
OFFSET = 60 * (12 - datetime.datetime.now(datetime.timezone.utc).hour)
TODAY = str(datetime.datetime.now(datetime.timezone(datetime.timedelta(minutes=OFFSET))).date())


@pytest.fixture
def grpc(request):
    client = GrpcClient(request.config.getoption("--node"), request.config.getoption("--node-cases"), limit=400)
    yield client
    client.stop()


def walker(node, issuer, subject="ann"):
    phone = Phone(node, issuer, subject=subject)
    expect_success(phone.sign_in())
    expect_success(phone.send("PATCH", ME, {"sharesSteps": True, "offsetMinutes": OFFSET}))
    return phone


@pytest.fixture
def node(launch, sign_in_options):
    return launch(**SHAPES["one_sqlite"], core_options=[*sign_in_options, *LISTEN]).core


GOOD = {"day": DAY, "device": "phone", "source": "SOURCE_PHONE", "total": 5, "version": 1}
UPDATES = [
    ({"day": ""}, "day"), ({"day": "2026-02-30"}, "day"), ({"day": "20260131"}, "day"), ({"day": "2999-01-01"}, ""),
    ({"day": "1999-01-01"}, ""), ({"device": ""}, "device"), ({"device": ".x"}, "device"), ({"device": "x" * 65}, "device"),
    ({"device": "걸음"}, "device"), ({"total": -1}, "total"), ({"total": 1_000_001}, "total"),
    ({"hours": [0, -1]}, "hours[1]"), ({"hours": [1] * 26}, "hours"), ({"offset_minutes": 7}, "offset_minutes"),
    ({"offset_minutes": 855}, "offset_minutes"), ({"measured_at": 1 << 52}, "measured_at"),
]


def test_what_cannot_be_names_its_field(node, grpc, issuer):
    ann, eve = walker(node, issuer, "ann"), walker(node, issuer, "eve")
    client = grpc.connect("v1", node.grpc)

    def end_of(method, request, token=ann.access):
        stream = client.open(method, request, token)
        if request is None:
            return stream
        return stream.next()

    for change, field in UPDATES:
        stream = end_of("Record", None)
        stream.write({"updates": [{**GOOD, "day": TODAY}, {**GOOD, "day": TODAY, **change}]})
        event = stream.next()
        assert event["code"] == INVALID_ARGUMENT, (change, event)
        assert event["details"].startswith(f"updates[1].{field}: " if field else ""), (change, event)
        assert event["details"].strip()
    for updates in ([], [{**GOOD, "device": f"d{i}"} for i in range(501)]):
        stream = end_of("Record", None)
        stream.write({"updates": updates})
        event = stream.next()
        assert (event["code"], event["details"].partition(":")[0]) == (INVALID_ARGUMENT, "updates"), event
    for request, code, field in [
        ({"from": "x"}, INVALID_ARGUMENT, "from: "), ({"to": "2026-1-1"}, INVALID_ARGUMENT, "to: "),
        ({"from": "2026-02-01", "to": "2026-01-31"}, INVALID_ARGUMENT, "to: "),
        ({"walker": eve.uuid}, PERMISSION_DENIED, ""), ({"walker": "nobody"}, PERMISSION_DENIED, ""),
    ]:
        answer = client.call("GetDays", request, ann.access)
        assert answer["code"] == code and answer["details"].startswith(field), (request, answer)
    event = end_of("WatchBoard", {"period": 7})
    assert event["code"] == INVALID_ARGUMENT and event["details"].startswith("period: "), event
    for token in (None, ann.refresh, "x"):
        assert client.call("GetDays", {}, token)["code"] == UNAUTHENTICATED
        assert end_of("WatchBoard", {}, token)["code"] == UNAUTHENTICATED
    assert client.call("GetDays", {}, ann.access)["answer"].get("days", []) == []


def test_what_is_too_large_or_compressed_is_refused(node, grpc, issuer):
    ann = walker(node, issuer)
    client = grpc.connect("a", node.grpc)
    large = client.call("RecordSteps", {"userId": "x" * 300_000, "steps": 5, "date": DAY}, ann.access)
    assert large["code"] == RESOURCE_EXHAUSTED, large
    wide = client.call("RecordSteps", {"userId": ann.uuid, "steps": 5, "date": DAY}, authorization=["x" * 40_000])
    assert wide["code"] in (RESOURCE_EXHAUSTED, UNAVAILABLE), wide
    packed = grpc.connect("a", node.grpc, options={"grpc.default_compression_algorithm": 2}, alias="packed")
    answer = packed.call("RecordSteps", {"userId": ann.uuid, "steps": 5, "date": DAY}, ann.access)
    assert answer["code"] == UNIMPLEMENTED, answer
    assert client.call("GetStepsByUser", {"userId": ann.uuid}, ann.access)["code"] == OK


def test_a_deadline_ends_a_call_that_the_database_holds_up(launch, grpc, issuer, sign_in_options):
    topology = launch(**SHAPES["one_mariadb"], core_options=[*sign_in_options, *LISTEN])
    node = topology.core
    ann = walker(node, issuer)
    client = grpc.connect("a", node.grpc)
    good = {"userId": ann.uuid, "steps": 5, "date": TODAY}
    board = grpc.connect("v1", node.grpc)
    with topology.mariadb.locked("core", "step_days"):
        assert client.call("RecordSteps", good, ann.access, limit=1000)["code"] == DEADLINE_EXCEEDED
        assert board.open("WatchBoard", {}, ann.access, limit=1000).next()["code"] == DEADLINE_EXCEEDED
    # Whether it was written or not, to say it again is right.
    eventually(lambda: client.call("RecordSteps", good, ann.access)["code"] == OK, "it is recorded", limit=60)
    assert client.call("GetStepsByUser", {"userId": ann.uuid}, ann.access)["answer"]["records"] == [
        {"date": TODAY, "steps": 5}]


PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
EMPTY_SETTINGS = bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])


def own_address():
    """An address of this machine that is not its own loopback's; nothing where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # nothing is sent
            address = asked.getsockname()[0]
        except OSError:
            return None
    return None if address.startswith("127.") else address


def test_one_address_has_a_quarter_of_the_connections(launch):
    address = own_address()
    if not address:
        pytest.skip("this machine has no address but its loopback")
    node = launch(**SHAPES["one_sqlite"], core_options=["--grpc-listen=0.0.0.0:0", "--clock-trusted",
                                                        "--grpc-max-connections=80"]).core
    port = node.grpc[1]

    def is_let_in(host):
        connection = socket.create_connection((host, port), timeout=30)
        connection.sendall(PREFACE + EMPTY_SETTINGS)
        try:
            if connection.recv(9)[3:4] == b"\x04":
                return connection
        except OSError:
            pass
        connection.close()
        return None

    open_ = [is_let_in(address) for _ in range(20)]
    assert all(open_)
    assert is_let_in(address) is None, "of its network there are enough"
    others = [is_let_in("127.0.0.1") for _ in range(60)]
    assert all(others), "those of a proxy on this machine are counted in all only"
    assert is_let_in("127.0.0.1") is None
    for connection in open_:
        connection.close()
    again = eventually(lambda: is_let_in(address), "there is room when others have gone", limit=60)
    for connection in [again, *others]:
        connection.close()
