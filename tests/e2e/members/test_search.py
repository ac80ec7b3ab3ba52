"""Posts by what they say: what is asked wrongly, pages, and an index whose making is killed again and again."""

import subprocess
from urllib.parse import quote

import pytest

from harness.node import environment
from harness.topology import SHAPES
from harness.waiting import eventually
from harness.wire import expect_success

POSTS_A_CHUNK = 4096
FAR_ABOVE = 2 * POSTS_A_CHUNK + 500


def search(browser, words, **more):
    return browser.get("/api/v1/search/feeds?q=" + quote(words) + "".join(f"&{name}={value}" for name, value in more.items()))


def found(browser, words, size=50):
    ids, before = [], 0
    while before is not None:
        page = expect_success(search(browser, words, size=size, lastFeedId=before)).data
        ids += [feed["feedId"] for feed in page["feeds"]]
        before = page["nextFeedId"]
    return ids


def test_what_is_asked_and_answered(launch):
    topology = launch(**SHAPES["one_sqlite"])
    author, reader = topology.guest(), topology.guest()
    posts = [author.write(text)["feedId"] for text in
             ("사과나무를 심었다", "Apple TREE", "나무, 또 나무 🌳🌳", "배추", "100% 확실 a_b 'q' \\ \"")]
    assert found(reader, "나무") == [posts[2], posts[0]]
    assert found(reader, "나무", size=1) == [posts[2], posts[0]]
    assert found(reader, "apple tree") == [posts[1]]
    assert found(reader, "🌳🌳 또") == [posts[2]]
    assert found(reader, "100 확실") == [posts[4]]
    for nothing in ("없는말", "%%%가나", "나무' OR '1'='1", "나무;--글"):
        assert found(reader, nothing) == []
    for words, status in (("", 400), ("나", 400), ("!!", 400), ("a b", 400), ("가" * 601, 400), ("가" * 600, 200),
                          ("가나 " * 200, 200), ("가\u0000나다", 400), ("\u202e나무", 200)):
        answer = search(reader, words)
        assert answer.status == status, (words, answer)
    assert "두 글자" in search(reader, "나").json()["message"]
    for query in ("", "q=%FF%FF", "q=%", "q=ab&q=cd", "q=ab&size=0", "q=ab&size=-1", "q=ab&size=1e3", "q=ab&lastFeedId=-1",
                  "q=ab&lastFeedId=x", f"q=ab&lastFeedId={2**63}"):
        assert reader.get(f"/api/v1/search/feeds?{query}").status == 400, query
    assert expect_success(search(reader, "나무", lastFeedId=posts[0])).data == {"feeds": [], "nextFeedId": None}
    assert search(topology.browser(), "나무").status == 401
    # Twice the same: a search changes nothing, and what is edited or deleted in between is as it is then.
    expect_success(author.patch(f"/api/v1/feeds/{posts[3]}", {"content": "겨우살이 나무"}))
    expect_success(author.delete(f"/api/v1/feeds/{posts[0]}"))
    assert found(reader, "나무") == [posts[3], posts[2]]
    assert found(reader, "배추") == []


def put(topology, author, posts):
    rows = ", ".join(f"({number}, {author}, '1만', 1, '{text}', 0, 0)" for number, text in posts.items())
    topology.sql("INSERT INTO posts (id, user_id, author, author_type, content, created_at, updated_at) VALUES " + rows)


def progress(topology):
    return sorted(tuple(row) for row in topology.sql("SELECT name, value FROM search_state"))


@pytest.mark.parametrize("shape", ["one_sqlite", "one_mariadb"])
def test_a_killed_sealing_is_taken_up(launch, shape):
    topology = launch(**SHAPES[shape])
    reader = topology.guest()
    author = topology.create_user()
    letters = ["".join(chr(0xAC00 + (post * 300 + i) % 11172) for i in range(300)) for post in range(40)]
    put(topology, author, {POSTS_A_CHUNK + 10 + i: text for i, text in enumerate(letters)})
    put(topology, author, {3: "사과나무", POSTS_A_CHUNK + 2: "배나무", FAR_ABOVE: "나무의 끝"})
    expected = [FAR_ABOVE, POSTS_A_CHUNK + 2, 3]
    options = [option for option in topology.core.options if option.startswith("--database")]
    command = [topology.binary, "jobs", "run", "search-seal", f"--data-dir={topology.core.data_dir}", *options]
    for _ in range(4):
        before = progress(topology)
        sealing = subprocess.Popen([str(part) for part in command], env=environment(), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            eventually(lambda: progress(topology) != before or sealing.poll() is not None, "sealing has begun", step=0.001)
        finally:
            sealing.kill()  # where it has not ended by itself
            sealing.wait()
        topology.end_leases()
        assert found(reader, "나무") == expected

    def is_sealed():
        topology.cli("jobs", "run", "search-seal")  # or the node does
        return {("first", "0"), ("next", "2"), ("sealing", "-1")} <= set(progress(topology))

    eventually(is_sealed, "all is sealed")
    assert found(reader, "나무") == expected
    for number, text in enumerate(letters):
        assert POSTS_A_CHUNK + 10 + number in found(reader, text[100:110]), number
