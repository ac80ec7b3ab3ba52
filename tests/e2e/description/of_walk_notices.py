"""Of what walkers are told, their devices, and their goals."""

from of_notifications import SignsOut, subscription
from of_walkers import walker
from world import Call, data_of


def _id_of(page):
    return data_of(page.get("/api/v1/walkers/me"))["walkerId"]


def _friends(world):
    """Two pages of walkers that are friends."""
    one, other = walker(world), walker(world)
    data_of(one.post("/api/v1/friends/requests", {"walkerId": _id_of(other)}), 201)
    data_of(other.put(f"/api/v1/friends/requests/{_id_of(one)}"))
    return one, other


def _cheered(world):
    page, other = _friends(world)
    data_of(other.post(f"/api/v1/friends/{_id_of(page)}/cheer"))
    return page


def _cheering(world):
    page, other = _friends(world)
    return Call(page, {"walkerId": _id_of(other)})


def _sharing(world):
    page, other = _friends(world)
    data_of(other.put("/api/v1/goals", body={"steps": 8000, "shared": True}))
    return page


GOOD = {
    "walkerNotifications": lambda world: Call(_cheered(world)),
    "readWalkerNotifications": lambda world: Call(_cheered(world), body={"upTo": 1}),
    "walkerNotificationStream": lambda world: Call(SignsOut(lambda: walker(world), "/api/v1/walkers/logout")),
    "walkerSettings": lambda world: Call(walker(world)),
    "changeWalkerSettings": lambda world: Call(walker(world), body={
        "language": "en", "notifications": {"CHEER": False}, "quietHours": {"from": "22:00", "to": "07:00"}}),
    "registerWalkerDevice": lambda world: Call(walker(world), body={"subscription": subscription()}),
    "removeWalkerDevice": lambda world: Call(walker(world)),
    "walkerPushKey": lambda world: Call(world.topology.browser()),
    "cheerOnFriend": _cheering,
    "goal": lambda world: Call(walker(world)),
    "setGoal": lambda world: Call(walker(world), body={"steps": 8000, "shared": True, "grace": True}),
    "goalStreak": lambda world: Call(walker(world)),
    "friendsGoals": lambda world: Call(_sharing(world)),
}

PARTICULAR = {}
