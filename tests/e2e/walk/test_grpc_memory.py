"""What callers can make a gRPC listener hold: thousands of messages that never end, of strangers and of a walker. Somebody
who is signed in is served meanwhile."""

import datetime
import threading

import pytest
from harness.http2 import Connection, message
from harness.node import LITTLE_QUARANTINE
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.walkers import ME, Phone
from harness.wire import expect_success

MIB = 1 << 20
LISTEN = ["--grpc-listen=127.0.0.1:0", "--clock-trusted", "--walk-first-release-listen=127.0.0.1:0",
          "--walk-first-release-grpc-listen=127.0.0.1:0"]
CONNECTIONS, CALLS, LENGTH = 40, 100, 250 * 1024
RECORD, USER_STREAM = (f"/step.StepService/{name}" for name in ("RecordSteps", "StreamUserSteps"))
UPLOAD, BOARD = (f"/walk.v1.WalkService/{name}" for name in ("Record", "WatchBoard"))
CHECK, WATCH = "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"
REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()


def resident(node):
    with open(f"/proc/{node.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) * 1024


@pytest.fixture
def node(launch, sign_in_options):
    service = launch(start=False, **SHAPES["one_sqlite"], core_options=[*sign_in_options, *LISTEN])
    # What is given back counts as given back, where the program was built with a sanitizer.
    service.core.extra_environment["ASAN_OPTIONS"] = LITTLE_QUARANTINE
    service.start_node(service.core)
    return service.settle().core


def walker(node, issuer, subject):
    phone = Phone(node, issuer, subject=subject)
    expect_success(phone.sign_in())
    expect_success(phone.send("PATCH", ME, {"sharesSteps": True, "offsetMinutes": 540}))
    return phone


def steps(phone, count):
    text = [bytes([number << 3 | 2, len(value)]) + value for number, value in
            ((1, phone.uuid.encode()), (3, str(TODAY).encode()))]
    return message(text[0] + bytes([2 << 3, count]) + text[1])


class Served:
    """A phone that records steps all the while, on a connection of its own; and the most that the node held."""

    def __init__(self, node, phone):
        self._node, self._phone = node, phone
        self.calls = self.most = 0
        self.failed = []
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self):
        self._ends.set()
        self._thread.join()
        return self

    def _run(self):
        connection = Connection(self._node.grpc)
        while not self._ends.is_set():
            stream = connection.open(RECORD, self._phone.access)
            connection.send(stream, steps(self._phone, 5))
            connection.end(stream)
            for _ in range(1000):
                if stream in connection.reset or connection.closed:
                    break
                connection.receive(0.02)
                self.most = max(self.most, resident(self._node))
            self.calls += 1
            if b"Steps recorded successfully" not in connection.octets.pop(stream, b""):
                self.failed.append(stream)
                return


def unfinished(address, path, token, **how):
    """So many calls, whose messages lack their last octet."""
    octets = message(b"\0" * (LENGTH - 1), LENGTH)
    open_ = []
    for _ in range(CONNECTIONS):
        connection = Connection(address, **how)
        open_.append(connection)
        streams = {connection.open(path, token): 0 for _ in range(CALLS)}
        for _ in range(3 + LENGTH // 16384):
            for stream in streams:
                if stream not in connection.reset:
                    streams[stream] += connection.send(stream, octets[streams[stream]:])
            connection.receive(0.01)
    return open_


def let_go(connections):
    for connection in connections:
        connection.close()


# Whoever has not acknowledged the server's windows still has those that HTTP/2 begins with.
@pytest.mark.parametrize(("path", "acknowledges"), [(RECORD, True), (BOARD, False), (CHECK, False), (WATCH, True), (REFLECTION, True)])
def test_messages_of_strangers_that_never_end_hold_little(node, issuer, path, acknowledges):
    served = Served(node, walker(node, issuer, "ann"))
    eventually(lambda: served.calls > 3 or served.failed, "the walker is served")
    before = resident(node)
    open_ = unfinished(node.grpc, path, None, acknowledges=acknowledges)
    served.end()
    assert not served.failed
    assert served.most - before < 64 * MIB
    let_go(open_)


@pytest.mark.parametrize("path", [RECORD, UPLOAD, BOARD])
def test_messages_of_a_walker_that_never_end_hold_little(node, issuer, path):
    eve = walker(node, issuer, "eve")
    served = Served(node, walker(node, issuer, "ann"))
    eventually(lambda: served.calls > 3 or served.failed, "the walker is served")
    before = resident(node)
    open_ = unfinished(node.grpc, path, eve.access)
    served.end()
    assert not served.failed
    assert served.most - before < 64 * MIB
    let_go(open_)


@pytest.mark.parametrize("path", [RECORD, USER_STREAM])
def test_messages_to_the_first_release_that_never_end_hold_little(node, issuer, path):
    served = Served(node, walker(node, issuer, "ann"))
    eventually(lambda: served.calls > 3 or served.failed, "the walker is served")
    before = resident(node)
    open_ = unfinished(node.others["first-release-grpc"], path, None)
    served.end()
    assert not served.failed
    assert served.most - before < 64 * MIB
    let_go(open_)
