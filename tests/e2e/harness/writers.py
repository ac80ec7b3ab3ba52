"""A stream of writes from several people at once, and an exact account of what was answered."""

import http.client
import threading

from harness.waiting import eventually
from harness.wire import Link


class Writers:
    """Each thread posts and likes as one guest until told to stop, of a topology that is UNLIMITED. `accepted`: what was
    answered 2xx."""

    def __init__(self, topology, threads=6):
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self.accepted = {}  # content → id
        self.refused = []  # other answers, in the order they came
        self.broken = []  # no answer
        guests = [topology.guest() for _ in range(threads)]
        self._threads = [threading.Thread(target=self._run, args=(n, guest)) for n, guest in enumerate(guests)]
        self.guests = guests

    def start(self):
        for thread in self._threads:
            thread.start()
        return self

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=60)
            assert not thread.is_alive()
        return self

    def await_accepted(self, more):
        goal = len(self.accepted) + more
        eventually(lambda: len(self.accepted) >= goal, f"{more} more writes", limit=60)

    def check_all_there(self, topology):
        """Every accepted write is stored once, and the counts agree with the rows."""
        stored = {}
        for content, feed_id in topology.sql("SELECT content, id FROM posts WHERE deleted_at IS NULL"):
            assert content not in stored, f"{content} twice"
            stored[content] = int(feed_id)
        missing = {content for content, feed_id in self.accepted.items() if stored.get(content) != feed_id}
        assert not missing, f"{len(missing)} of {len(self.accepted)} accepted writes are gone: {sorted(missing)[:5]}"
        wrong = topology.sql("SELECT p.id FROM posts p WHERE p.like_count <> (SELECT COUNT(*) FROM post_likes l "
                             "WHERE l.post_id = p.id)")
        assert not wrong, wrong

    def _run(self, number, guest):
        target = "/api/v1/feeds"
        headers = {"Cookie": guest.cookie_header(target), "Origin": guest.node.url, "Sec-Fetch-Site": "same-origin"}
        count = 0
        link = Link(guest.node.address, guest.source)
        while not self._stop.is_set():
            count += 1
            content = f"글 {number}-{count}"
            try:
                answer = link.send("POST", target, {"content": content}, headers)
            except (OSError, http.client.HTTPException) as problem:
                with self._lock:
                    self.broken.append(problem)
                link.close()
                self._stop.wait(0.02)
                continue
            with self._lock:
                if answer.status == 201:
                    self.accepted[content] = answer.data["feedId"]
                else:
                    self.refused.append(answer)
            if answer.status == 201:
                self._like(link, headers, answer.data["feedId"])
            else:
                self._stop.wait(0.02)
        link.close()

    def _like(self, link, headers, feed_id):
        try:
            link.send("PUT", f"/api/v1/feedLikes/{feed_id}", headers=headers)
        except (OSError, http.client.HTTPException):
            link.close()
