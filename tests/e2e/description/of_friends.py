"""Of walkers' friends, groups and boards."""

import secrets

from of_notifications import SignsOut
from of_walkers import walker
from world import Call, data_of

REQUESTS = "/api/v1/friends/requests"
BLOCKS = "/api/v1/friends/blocks"
NOBODY = "00000000-0000-4000-8000-000000000000"


def _id(page):
    return data_of(page.get("/api/v1/walkers/me"))["walkerId"]


def _named(page):
    name = "f" + secrets.token_hex(8)
    data_of(page.patch("/api/v1/walkers/me", {"nickname": name}))
    return name


def _asked(world):
    """Somebody, and the id of who asked."""
    page, other = walker(world), walker(world)
    data_of(other.post(REQUESTS, {"walkerId": _id(page)}), 201)
    return page, _id(other)


def _accept(world):
    page, other = _asked(world)
    return Call(page, {"walkerId": other})


def _of_another(world):
    return Call(walker(world), {"walkerId": _id(walker(world))})


def _ask(world):
    return Call(walker(world), body={"walkerId": _id(walker(world))})


def _ask_by_link(world, _):
    return Call(walker(world), body={"link": data_of(walker(world).post("/api/v1/friends/link"), 201)["link"]})


def _ask_again(world, _):
    call = _ask(world)
    data_of(call.who.post(REQUESTS, call.body), 201)
    return call


def _ask_whom_one_blocks(world, _):
    call = _ask(world)
    assert call.who.put(f"{BLOCKS}/{call.body['walkerId']}").status == 204
    return call


def _block_oneself(world, _):
    page = walker(world)
    return Call(page, {"walkerId": _id(page)})


def _group(world):
    """An owner and the group's id."""
    page = walker(world)
    return page, data_of(page.post("/api/v1/groups", {"name": "가족"}), 201)["groupId"]


def _of_group(world, body=None, **values):
    page, group = _group(world)
    return Call(page, {"groupId": group, **values}, body=body)


def _invitation(world):
    page, group = _group(world)
    return data_of(page.post(f"/api/v1/groups/{group}/links", {}), 201)["link"]


def _of_group_of_another(world, _):
    member = walker(world)
    owner, group = _group(world)
    link = data_of(owner.post(f"/api/v1/groups/{group}/links", {}), 201)["link"]
    data_of(member.post("/api/v1/groups/join", {"link": link}))
    return Call(member, {"groupId": group})


def _with_link(world):
    """Somebody who has made a link, and its id."""
    page = walker(world)
    return page, {"linkId": data_of(page.post("/api/v1/friends/link"), 201)["linkId"]}


def _with_invitation(world):
    page, group = _group(world)
    made = data_of(page.post(f"/api/v1/groups/{group}/links", {}), 201)
    return Call(page, {"groupId": group, "linkId": made["linkId"]})


def _in_twenty_groups(world):
    page = walker(world)
    for number in range(20):
        data_of(page.post("/api/v1/groups", {"name": f"그룹 {number}"}), 201)
    return page


def _report(world):
    other = walker(world)
    _named(other)
    return Call(walker(world), body={"targetType": "WALKER", "targetId": _id(other), "reason": "ABUSE", "text": "나쁜 별명"})


def _report_oneself(world, _):
    page = walker(world)
    return Call(page, body={"targetType": "WALKER", "targetId": _id(page), "reason": "OTHER"})


def _report_nobody(world, _):
    return Call(walker(world), body={"targetType": "GROUP", "targetId": NOBODY, "reason": "OTHER"})


def _signs_out(world):
    return SignsOut(lambda: walker(world), "/api/v1/walkers/logout")


def _no_period(values=lambda world: {}, who=walker):
    return lambda world, _: Call(who(world), {**values(world), "period": "x"}, valid=False)


def _group_without_period(world, _):
    call = _of_group(world, period="x")
    return Call(call.who, call.values, valid=False)


GOOD = {
    "friends": lambda world: Call(walker(world)),
    "endFriendship": _of_another,
    "findWalker": lambda world: Call(walker(world), {"nickname": _named(walker(world))}),
    "friendRequests": lambda world: Call(_asked(world)[0]),
    "askForFriendship": _ask,
    "acceptFriend": _accept,
    "declineFriend": _accept,
    "blockedWalkers": lambda world: Call(walker(world)),
    "blockWalker": _of_another,
    "unblockWalker": _of_another,
    "makeFriendLink": lambda world: Call(walker(world)),
    "friendLinks": lambda world: Call(_with_link(world)[0]),
    "endFriendLink": lambda world: Call(*_with_link(world)),
    "endFriendLinks": lambda world: Call(walker(world)),
    "friendsBoard": lambda world: Call(walker(world)),
    "friendsBoardStream": lambda world: Call(_signs_out(world)),
    "groupBoard": _of_group,
    "percentile": lambda world: Call(walker(world)),
    "setPercentile": lambda world: Call(walker(world), body={"optIn": True}),
    "groups": lambda world: Call(walker(world)),
    "createGroup": lambda world: Call(walker(world), body={"name": "우리 회사"}),
    "joinGroup": lambda world: Call(walker(world), body={"link": _invitation(world)}),
    "renameGroup": lambda world: _of_group(world, body={"name": "우리"}),
    "endGroup": _of_group,
    "groupMembers": _of_group,
    "leaveGroup": lambda world: _of_group(world, walkerId="me"),
    "makeGroupLink": lambda world: _of_group(world, body={"uses": 1, "days": 1}),
    "groupLinks": _of_group,
    "endGroupLink": _with_invitation,
    "endGroupLinks": _of_group,
    "reportOfWalker": _report,
}

PARTICULAR = {
    ("findWalker", 400): [lambda world, _: Call(walker(world), valid=False)],
    ("findWalker", 404): [lambda world, _: Call(walker(world), {"nickname": "nobody_has_it"})],
    ("askForFriendship", 200): [_ask_again],
    ("askForFriendship", 201): [_ask_by_link],
    ("askForFriendship", 404): [lambda world, _: Call(walker(world), body={"walkerId": NOBODY}),
                                lambda world, _: Call(walker(world), body={"link": "x"})],
    ("askForFriendship", 409): [_ask_whom_one_blocks],
    ("blockWalker", 400): [_block_oneself],
    ("friendsBoard", 400): [_no_period()],
    ("friendsBoardStream", 400): [_no_period()],
    ("groupBoard", 400): [_group_without_period],
    ("createGroup", 409): [lambda world, _: Call(_in_twenty_groups(world), body={"name": "하나 더"})],
    ("groupLinks", 403): [_of_group_of_another],
    ("reportOfWalker", 400): [_report_oneself],
    ("reportOfWalker", 404): [_report_nobody],
    ("joinGroup", 404): [lambda world, _: Call(walker(world), body={"link": "x"})],
    ("joinGroup", 409): [lambda world, _: Call(_in_twenty_groups(world), body={"link": _invitation(world)})],
}
