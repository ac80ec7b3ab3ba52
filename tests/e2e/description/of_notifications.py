"""Of what one is told."""

from world import Call


def _told(world):
    """Somebody whose post was liked and commented on."""
    author, other = world.topology.guest(), world.topology.guest()
    post = author.post("/api/v1/feeds", {"content": "들을 글"}).json()["data"]["feedId"]
    other.put(f"/api/v1/feedLikes/{post}")
    other.post("/api/v1/comments", {"feedId": post, "content": "들릴 댓글"})
    return author


GOOD = {
    "notifications": lambda world: Call(_told(world)),
    "readNotifications": lambda world: Call(_told(world), body={"upTo": 1}),
}

PARTICULAR = {}
