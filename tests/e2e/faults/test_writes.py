"""A 2xx is a promise: it outlives kill -9 and is kept by an orderly end."""

import pytest

from harness.topology import SHAPES, UNLIMITED
from harness.wire import expect_success
from harness.writers import Writers


@pytest.mark.parametrize("shape", ["one_sqlite", "three_mariadb"])
def test_every_accepted_write_survives_kill_9(launch, shape):
    topology = launch(**SHAPES[shape], **UNLIMITED)
    writers = Writers(topology).start()
    for _ in range(3):
        writers.await_accepted(60)
        topology.core.kill()
        topology.core.start()
    writers.await_accepted(60)
    writers.stop()
    assert len(writers.broken) >= 1, "nothing was in flight"
    writers.check_all_there(topology)
    for guest in writers.guests:
        guest.write("돌아왔습니다")
    code, out, err = topology.cli("db", "check", *topology.wiring())
    assert code == 0, (out, err)


@pytest.mark.parametrize("shape", ["one_sqlite", "three_mariadb"])
def test_sigterm_finishes_what_was_accepted(launch, shape):
    topology = launch(**SHAPES[shape], **UNLIMITED)
    writers = Writers(topology).start()
    for _ in range(2):
        writers.await_accepted(60)
        topology.core.stop()
        topology.core.start()
    writers.await_accepted(20)
    writers.stop()
    writers.check_all_there(topology)


def test_sessions_and_keys_outlive_a_restart(launch):
    topology = launch(split=False, mariadb=False)
    guest = topology.guest()
    user, post = guest.me()["userId"], guest.write("오래 남을 글")
    token = topology.service.token()
    topology.core.restart()
    assert guest.me()["userId"] == user
    expect_success(guest.post("/api/token"))
    assert guest.feed(post["feedId"])["content"] == "오래 남을 글"
    assert topology.service.update_asset(topology.extension, 1, 1, topology.today(), token=token).status == 200
