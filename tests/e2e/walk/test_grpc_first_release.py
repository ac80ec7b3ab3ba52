"""gRPC of the first release's apps, by npm's own client and each of the protos that were published: no metadata, no deadline."""

import datetime

import pytest
from harness.first_release import App, says
from harness.grpc_client import INVALID_ARGUMENT, OK, PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED, GrpcClient
from harness.secrets import known_secrets
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.walkers import ME, Phone
from harness.wire import expect_success

ON = ["--walk-first-release-listen=127.0.0.1:0", "--walk-first-release-grpc-listen=127.0.0.1:0", "--clock-trusted"]
RECORDED = {"message": "Steps recorded successfully"}
# The walker's day, at UTC+9 where nobody has told another clock.
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()


def day(back=0):
    return str(TODAY - datetime.timedelta(days=back))


@pytest.fixture
def grpc(request):
    client = GrpcClient(request.config.getoption("--node"), request.config.getoption("--node-cases"), limit=300)
    yield client
    client.stop()


@pytest.fixture
def node(launch, sign_in_options):
    return launch(**SHAPES["one_sqlite"], core_options=[*sign_in_options, "--grpc-listen=127.0.0.1:0", *ON]).core


@pytest.fixture
def connect(grpc, node):
    return lambda version, **more: grpc.connect(version, node.others["first-release-grpc"], **more)


def of_friend(app):
    """By what is public of it."""
    (found,) = app.friends(Authorization=f"Bearer {app.access}")
    return found


@pytest.fixture
def pair(node):
    ann, bob = (App(node).sign_up().named(name) for name in ("ann_walks", "bob_walks"))
    says(ann.ask(bob), 201, "Friend request notification sent.")
    says(bob.accept(ann), 201, "Friend accept notification sent.")
    return ann, bob


def record(client, app, steps, date=None, **more):
    return client.call("RecordSteps", {"userId": app.uuid, "steps": steps, "date": date or day()}, limit=0, **more)


def token_of(app):
    return app.access.removeprefix("Bearer ")


@pytest.mark.parametrize("version", ["a", "b", "c"])
def test_each_version_records_and_reads_without_a_token(connect, pair, version):
    ann, _ = pair
    client = connect(version)
    for back, date in enumerate([day(0), day(1).replace("-", ""), day(2).replace("-", ".")]):
        answer = record(client, ann, 1000 + back, date)
        assert (answer["code"], answer["answer"]) == (OK, RECORDED), answer
    answer = record(client, ann, 1500)
    assert answer["code"] == OK, "the first server failed at the second of a day"
    if version == "c":
        answer = client.call("GetStepsByUuids", {"userIds": [ann.uuid], "date": day()}, limit=0)
        assert answer["answer"]["records"] == [{"userId": ann.uuid, "date": day(), "steps": 1500, "rank": 1}], answer
    else:
        answer = client.call("GetStepsByUser", {"userId": ann.uuid}, limit=0)
        assert answer["answer"]["records"] == [{"date": day(back), "steps": steps}
                                               for back, steps in ((2, 1002), (1, 1001), (0, 1500))], answer


@pytest.mark.parametrize("version", ["a", "b", "c"])
@pytest.mark.parametrize("authorization", [["{token}"], ["Bearer {token}"], ["Bearer Bearer {token}"]])
def test_a_token_that_comes_is_taken_as_the_app_writes_it(connect, pair, version, authorization):
    ann, _ = pair
    answer = record(connect(version), ann, 5, authorization=[each.format(token=token_of(ann)) for each in authorization])
    assert (answer["code"], answer["answer"]) == (OK, RECORDED), answer


def test_version_b_is_told_its_own_steps_and_with_its_token_a_friends(connect, pair):
    ann, bob = pair
    client, writes = connect("b"), connect("a")
    assert record(writes, ann, 100)["code"] == record(writes, bob, 10)["code"] == OK
    own = client.open("StreamSteps", {"userId": ann.uuid}, limit=0)
    friends = client.open("StreamSteps", {"userId": of_friend(ann)}, token_of(ann), limit=0)
    assert own.next() == {"message": {"date": day(), "steps": 100}}
    assert friends.next() == {"message": {"date": day(), "steps": 10}}
    assert record(writes, ann, 250)["code"] == record(writes, bob, 20)["code"] == OK
    assert own.next() == {"message": {"date": day(), "steps": 250}}
    assert friends.next() == {"message": {"date": day(), "steps": 20}}


def test_version_c_is_told_of_itself_and_its_friends_with_ranks(connect, pair):
    ann, bob = pair
    client, writes = connect("c"), connect("a")
    assert record(writes, ann, 100)["code"] == record(writes, bob, 200)["code"] == OK
    public = of_friend(ann)
    asked = {"userIds": [ann.uuid, public], "date": day()}
    answer = client.call("GetStepsByUuids", asked, limit=0)
    assert [(each["userId"], each["steps"], each["rank"]) for each in answer["answer"]["records"]] == [
        (public, 200, 1), (ann.uuid, 100, 2)]
    stream = client.open("StreamSteps", asked, limit=0)
    first = [stream.next()["message"] for _ in range(2)]
    assert [(each["userId"], each["steps"], each["rank"]) for each in first] == [(public, 200, 1), (ann.uuid, 100, 2)]
    assert record(writes, ann, 300)["code"] == OK
    changed = {(each["userId"], each["steps"], each["rank"]) for each in [stream.next()["message"] for _ in range(2)]}
    assert changed == {(ann.uuid, 300, 1), (public, 200, 2)}


@pytest.mark.parametrize("version", ["b", "c"])
def test_a_stream_of_counts_satisfies_both_versions(connect, pair, version):
    ann, _ = pair
    client = connect(version)
    stream = client.open("StreamUserSteps", limit=0)
    for steps in (70, 80, 90):
        stream.write({"userId": ann.uuid, "steps": steps, "date": day()})
    stream.close()
    answer = stream.next()
    assert (answer.get("answer") or answer.get("message")) == RECORDED, answer
    if version == "b":
        assert stream.next()["code"] == OK
    records = connect("a").call("GetStepsByUser", {"userId": ann.uuid}, limit=0)["answer"]["records"]
    assert records == [{"date": day(), "steps": 90}]


def test_what_cannot_be_is_refused(connect, node, pair, issuer):
    ann, bob = pair
    client, c = connect("a"), connect("c")
    phone = Phone(node, issuer, subject="someone")
    expect_success(phone.sign_in())
    expect_success(phone.send("PATCH", ME, {"sharesSteps": True}))
    known_secrets.add("first-release UUID", ann.uuid)
    good = {"userId": ann.uuid, "steps": 5, "date": day()}
    nobody = "00000000-0000-4000-8000-000000000000"
    for change, code, field in [
        ({"userId": ""}, UNAUTHENTICATED, ""), ({"userId": "x" * 37}, UNAUTHENTICATED, ""),
        ({"userId": nobody}, UNAUTHENTICATED, ""), ({"userId": of_friend(ann)}, UNAUTHENTICATED, ""),
        ({"userId": phone.uuid}, UNAUTHENTICATED, ""), ({"steps": -1}, INVALID_ARGUMENT, "steps: "),
        ({"steps": 2**31 - 1}, INVALID_ARGUMENT, "steps: "), ({"date": ""}, INVALID_ARGUMENT, "date: "),
        ({"date": "Dec 24 2024"}, INVALID_ARGUMENT, "date: "),
        ({"date": f"{day()}T15:00:00.000Z"}, INVALID_ARGUMENT, "date: "),
    ]:
        answer = client.call("RecordSteps", {**good, **change}, limit=0)
        assert answer["code"] == code and answer["details"].startswith(field), (change, answer)
    # Another's steps to write, or to read, with a token that is good for one's own.
    assert record(client, bob, 5, token=token_of(ann))["code"] == PERMISSION_DENIED
    for bad in (bob.uuid, phone.uuid, nobody):
        assert c.call("GetStepsByUuids", {"userIds": [ann.uuid, bad], "date": day()}, limit=0)["code"] == PERMISSION_DENIED
    for authorization in (["Bearer x.y.z"], [f"Bearer {ann.refresh}"], [f"Bearer {phone.access}"], ["Bearer "]):
        assert client.call("RecordSteps", good, limit=0, authorization=authorization)["code"] == UNAUTHENTICATED
    assert client.call("GetStepsByUser", {"userId": ""}, limit=0)["code"] == UNAUTHENTICATED, "not everybody's rows"
    assert client.call("GetStepsByUser", {"userId": ann.uuid}, limit=0)["answer"].get("records", []) == []
    # Zero steps are on no wire, and fine here.
    assert record(client, ann, 0)["code"] == OK


def test_the_two_listeners_are_two_worlds(connect, grpc, node, pair, issuer):
    ann, _ = pair
    assert connect("v1").call("GetDays", {}, token_of(ann))["code"] == UNIMPLEMENTED
    own = grpc.connect("a", node.grpc, alias="own")
    assert record(own, ann, 5)["code"] == UNAUTHENTICATED
    assert record(own, ann, 5, token=token_of(ann))["code"] == UNAUTHENTICATED
    phone = Phone(node, issuer, subject="someone")
    expect_success(phone.sign_in())
    assert own.call("GetStepsByUser", {"userId": ann.uuid}, phone.access)["code"] == PERMISSION_DENIED
    health = connect("health")
    assert health.call("check", {"service": "step.StepService"})["answer"] == {"status": "SERVING"}


def test_who_leaves_writes_no_more(connect, pair):
    ann, _ = pair
    client = connect("b")
    assert record(client, ann, 100)["code"] == OK
    stream = client.open("StreamSteps", {"userId": ann.uuid}, limit=0)
    assert stream.next() == {"message": {"date": day(), "steps": 100}}
    says(ann.send("POST", "/auth/delete", {"userId": ann.uuid}), 201, f"카카오 유저({ann.uuid}) 계정 탈퇴 완료")
    eventually(lambda: record(client, ann, 200)["code"] == UNAUTHENTICATED, "the UUID is nobody's", limit=60)
    assert stream.next()["code"] == UNAUTHENTICATED
