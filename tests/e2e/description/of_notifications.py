"""Of what one is told."""

import secrets
import threading

from world import Call


class SignsOut:
    """Ends their session, and so the stream that they open, soon after: then the answer is whole. Somebody new comes next."""

    def __init__(self, come, logout="/api/logout"):
        self._come, self._logout = come, logout
        self._page = come()

    def send(self, *call, **more):
        page = self._page = self._page or self._come()
        timer = threading.Timer(0.2, self._leave)
        timer.start()
        try:
            return page.send(*call, **more)
        finally:
            timer.cancel()
            timer.join()

    def _leave(self):
        page, self._page = self._page, None
        page.tab().post(self._logout)


def _about_to_leave(world):
    return SignsOut(world.topology.guest)


def _told(world):
    """Somebody whose post was liked and commented on."""
    author, other = world.topology.guest(), world.topology.guest()
    post = author.post("/api/v1/feeds", {"content": "들을 글"}).json()["data"]["feedId"]
    other.put(f"/api/v1/feedLikes/{post}")
    other.post("/api/v1/comments", {"feedId": post, "content": "들릴 댓글"})
    return author


def subscription():
    """As a browser's `PushSubscription.toJSON()`, of a push service that nothing is sent to; the key is RFC 8291's."""
    return {"endpoint": f"https://push.example/{secrets.token_hex(8)}", "expirationTime": None, "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg"}}


GOOD = {
    "pushKey": lambda world: Call(world.topology.browser()),
    "subscribeToPushes": lambda world: Call(world.topology.guest(), body=subscription()),
    "unsubscribeFromPushes": lambda world: Call(world.topology.guest()),
    "notifications": lambda world: Call(_told(world)),
    "notificationStream": lambda world: Call(_about_to_leave(world)),
    "readNotifications": lambda world: Call(_told(world), body={"upTo": 1}),
}

PARTICULAR = {}
