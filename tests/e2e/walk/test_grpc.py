"""gRPC by npm's own client, in each version of the proto that was published, and by gRPC's own health and reflection."""

import datetime
import os
import shutil

import pytest
from harness.grpc_client import (INVALID_ARGUMENT, NOT_FOUND, OK, PERMISSION_DENIED, UNAUTHENTICATED, UNAVAILABLE,
                                 GrpcClient)
from harness.node import run_cli
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.walkers import ME, Phone
from harness.wire import expect_success

LISTEN = ["--grpc-listen=127.0.0.1:0", "--clock-trusted"]
RECORDED = {"message": "Steps recorded successfully"}
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()


def day(back=0):
    return str(TODAY - datetime.timedelta(days=back))


@pytest.fixture
def grpc(request):
    client = GrpcClient(request.config.getoption("--node"), request.config.getoption("--node-cases"))
    yield client
    client.stop()


@pytest.fixture
def node(launch, sign_in_options):
    return launch(**SHAPES["one_sqlite"], core_options=[*sign_in_options, *LISTEN]).core


@pytest.fixture
def walker(node, issuer):
    """A walker who shares its steps, and whose clock is at UTC+9."""
    def make(subject):
        phone = Phone(node, issuer, subject=subject)
        expect_success(phone.sign_in())
        expect_success(phone.send("PATCH", ME, {"sharesSteps": True, "offsetMinutes": 540}))
        return phone
    return make


def befriend(one, other):
    assert one.send("POST", "/api/v1/friends/requests", {"walkerId": other.uuid}).status < 300
    assert other.send("PUT", f"/api/v1/friends/requests/{one.uuid}").status < 300


def record(client, who, steps, date=None, token=None):
    return client.call("RecordSteps", {"userId": who.uuid, "steps": steps, "date": date or day()}, token or who.access)


def records_of(client, who, of=None):
    answer = client.call("GetStepsByUser", {"userId": (of or who).uuid}, who.access)
    assert answer["code"] == OK, answer
    return answer["answer"].get("records", [])


@pytest.mark.parametrize("version", ["a", "b", "c"])
def test_each_version_records_and_reads(node, grpc, walker, version):
    ann = walker("ann")
    client = grpc.connect(version, node.grpc)
    for back, date in enumerate([day(0), day(1).replace("-", ""), day(2).replace("-", ".")]):
        answer = record(client, ann, 1000 + back, date)
        assert (answer["code"], answer["answer"]) == (OK, RECORDED), answer
    if version == "c":
        answer = client.call("GetStepsByUuids", {"userIds": [ann.uuid], "date": day(1)}, ann.access)
        assert answer["answer"]["records"] == [{"userId": ann.uuid, "date": day(1), "steps": 1001, "rank": 1}]
    else:
        assert records_of(client, ann) == [{"date": day(back), "steps": 1000 + back} for back in (2, 1, 0)]


def test_what_is_refused_says_why(node, grpc, walker):
    ann, eve = walker("ann"), walker("eve")
    client = grpc.connect("a", node.grpc)
    good = {"userId": ann.uuid, "steps": 5, "date": day()}
    cases = [
        ({"userId": ""}, INVALID_ARGUMENT, "userId: "), ({"userId": eve.uuid}, PERMISSION_DENIED, "userId: "),
        ({"steps": -1}, INVALID_ARGUMENT, "steps: "), ({"steps": 2**31 - 1}, INVALID_ARGUMENT, "steps: "),
        ({"date": ""}, INVALID_ARGUMENT, "date: "), ({"date": "Dec 24 2024"}, INVALID_ARGUMENT, "date: "),
        ({"date": day(-9)}, INVALID_ARGUMENT, ""), ({"date": day(500)}, INVALID_ARGUMENT, ""),
    ]
    for change, code, details in cases:
        answer = client.call("RecordSteps", {**good, **change}, ann.access)
        assert answer["code"] == code and answer["details"].startswith(details), (change, answer)
    for authorization in ([], ["Bearer "], ["Bearer x.y.z"], [f"Basic {ann.access}"],
                          [f"Bearer {ann.refresh}"]):
        answer = client.call("RecordSteps", good, authorization=authorization)
        assert answer["code"] == UNAUTHENTICATED, answer
    assert client.call("GetStepsByUser", {"userId": ""}, ann.access)["code"] == INVALID_ARGUMENT
    assert client.call("GetStepsByUser", {"userId": eve.uuid}, ann.access)["code"] == PERMISSION_DENIED
    assert records_of(client, ann) == []
    # Zero steps are on no wire, and fine; the scheme is taken as the first app writes it.
    for authorization in ([ann.access], [f"Bearer {ann.access}"], [f"Bearer Bearer {ann.access}"]):
        assert client.call("RecordSteps", {**good, "steps": 0}, authorization=authorization)["code"] == OK


def test_version_b_hears_of_a_friend_as_it_walks(node, grpc, walker):
    ann, bob = walker("ann"), walker("bob")
    befriend(ann, bob)
    client = grpc.connect("b", node.grpc)
    assert record(client, bob, 100)["code"] == OK
    stream = client.open("StreamSteps", {"userId": bob.uuid}, ann.access)
    assert stream.next() == {"message": {"date": day(), "steps": 100}}
    assert record(client, bob, 250)["code"] == OK
    assert stream.next() == {"message": {"date": day(), "steps": 250}}
    stranger = client.open("StreamSteps", {"userId": walker("eve").uuid}, ann.access)
    assert stranger.next()["code"] == PERMISSION_DENIED


def test_version_c_hears_of_all_friends_with_their_ranks(node, grpc, walker):
    ann, bob = walker("ann"), walker("bob")
    befriend(ann, bob)
    client = grpc.connect("c", node.grpc)
    assert record(client, ann, 100)["code"] == record(client, bob, 200)["code"] == OK
    stream = client.open("StreamSteps", {"userIds": [ann.uuid, bob.uuid], "date": day()}, ann.access)
    first = [stream.next()["message"] for _ in range(2)]
    assert [(each["userId"], each["steps"], each["rank"]) for each in first] == [(bob.uuid, 200, 1), (ann.uuid, 100, 2)]
    assert record(client, ann, 300)["code"] == OK
    changed = {(each["userId"], each["steps"], each["rank"]) for each in [stream.next()["message"] for _ in range(2)]}
    assert changed == {(ann.uuid, 300, 1), (bob.uuid, 200, 2)}


@pytest.mark.parametrize("version", ["b", "c"])
def test_a_stream_of_counts_is_answered_once(node, grpc, walker, version):
    ann = walker("ann")
    client = grpc.connect(version, node.grpc)
    stream = client.open("StreamUserSteps", token=ann.access)
    for back in (0, 1):
        stream.write({"userId": ann.uuid, "steps": 70 + back, "date": day(back)})
    stream.close()
    answer = stream.next()
    assert (answer.get("answer") or answer.get("message")) == RECORDED, answer
    if version == "b":
        assert stream.next()["code"] == OK
    reads = grpc.connect("a", node.grpc)
    assert records_of(reads, ann) == [{"date": day(1), "steps": 71}, {"date": day(0), "steps": 70}]


def test_a_board_is_live_and_ends_with_its_session(node, grpc, walker):
    ann, bob = walker("ann"), walker("bob")
    befriend(ann, bob)
    client = grpc.connect("v1", node.grpc)
    board = client.open("WatchBoard", {"period": "PERIOD_TODAY"}, ann.access)
    steps_of = lambda event: {each["walker"]: each["steps"] for each in event["message"]["entries"]}  # noqa: E731
    assert steps_of(board.next()) == {ann.uuid: 0, bob.uuid: 0}
    assert record(grpc.connect("a", node.grpc), bob, 4321)["code"] == OK
    assert steps_of(board.next()) == {ann.uuid: 0, bob.uuid: 4321}
    expect_success(ann.send("POST", "/api/v1/walkers/logout"))
    assert client.call("GetDays", {}, ann.access)["code"] == UNAUTHENTICATED
    assert board.next()["code"] == UNAUTHENTICATED


def test_what_was_acknowledged_before_a_kill_is_there_once(node, grpc, walker):
    ann = walker("ann")
    client = grpc.connect("v1", node.grpc)
    requests = [{"updates": [{"day": day(back), "device": f"phone-{i}", "source": "SOURCE_PHONE", "total": 1000 + i,
                              "version": 1} for i in range(3)]} for back in range(60)]
    stream = client.open("Record", token=ann.access)
    for request in requests:
        stream.write(request)
    acknowledged = []
    for number in range(1, 21):
        event = stream.next()
        assert event["message"]["requests"] == number, event
        acknowledged.append(event["message"]["days"])
    node.kill()
    while "message" in (event := stream.next()):
        acknowledged.append(event["message"]["days"])
    assert event["code"] == UNAVAILABLE
    client.disconnect()

    node.start()
    client = grpc.connect("v1", node.grpc)
    days = lambda: {each["day"]: each["total"] for each in client.call("GetDays", {}, ann.access)["answer"]["days"]}  # noqa: E731
    kept = days()
    assert all(kept[day(back)] == 1002 for back in range(len(acknowledged)))
    stream = client.open("Record", token=ann.access)
    for request in requests:
        stream.write(request)
    stream.close()
    assert [stream.next()["message"]["requests"] for _ in requests] == list(range(1, 61))
    assert stream.next()["code"] == OK
    assert days() == {day(back): 1002 for back in range(60)}


def test_health_and_reflection_are_as_grpc_knows_them(node, grpc):
    health = grpc.connect("health", node.grpc)
    for service in ("", "step.StepService", "walk.v1.WalkService"):
        assert health.call("check", {"service": service})["answer"] == {"status": "SERVING"}
    assert health.call("check", {"service": "step.Nobody"})["code"] == NOT_FOUND
    reflection = grpc.connect("reflection", node.grpc).open("ServerReflectionInfo")
    reflection.write({"list_services": "*"})
    services = {each["name"] for each in reflection.next()["message"]["list_services_response"]["service"]}
    assert {"step.StepService", "walk.v1.WalkService", "grpc.health.v1.Health"} <= services
    reflection.write({"file_containing_symbol": "walk.v1.WalkService.Record"})
    assert reflection.next()["message"]["file_descriptor_response"]["file_descriptor_proto"]


def test_open_streams_do_not_hold_up_the_end(node, grpc, walker):
    ann = walker("ann")
    board = grpc.connect("v1", node.grpc).open("WatchBoard", {"period": "PERIOD_WEEK"}, ann.access)
    assert "message" in board.next()
    node.stop()
    assert board.next()["code"] == UNAVAILABLE


def test_grpc_is_loaded_only_where_it_is_served(launch, node):
    def maps(of):
        with open(f"/proc/{of.pid}/maps") as file:
            return file.read()

    quiet = launch(**SHAPES["one_sqlite"]).core
    assert quiet.grpc is None and "libgrpc" not in maps(quiet) and "dontgoback_grpc" not in maps(quiet)
    assert "libdontgoback_grpc.so" in maps(node)


def test_without_its_object_a_node_says_so(binary, workspace):
    alone = workspace / "alone"
    alone.mkdir()
    program = alone / "dontgoback"
    shutil.copy(binary, program)
    os.chmod(program, 0o755)
    code, _, errors = run_cli(program, "serve", "--listen=127.0.0.1:0", "--management-listen=127.0.0.1:0",
                              f"--data-dir={alone / 'data'}", *LISTEN)
    assert code in (1, 2) and "--grpc-listen: libdontgoback_grpc.so is neither" in errors
    code, _, errors = run_cli(binary, "config", "check", "--grpc-listen=nowhere", "--grpc-key-file=/nowhere/key")
    assert code == 2
    assert "must be ADDR:PORT" in errors and "given together" in errors


def test_the_health_service_knows_a_database_that_is_away(launch, grpc):
    topology = launch(**SHAPES["one_mariadb"], core_options=LISTEN)
    health = grpc.connect("health", topology.core.grpc)
    status = lambda: health.call("check", {"service": ""})["answer"]["status"]  # noqa: E731
    assert status() == "SERVING"
    topology.mariadb.stop()
    eventually(lambda: status() == "NOT_SERVING", "the health service says that the database is away", limit=60)
    topology.mariadb.start()
    eventually(lambda: status() == "SERVING", "and that it is back", limit=60)
