"""Of reports, of what moderators do, and of what one may say against it."""

import secrets

from of_walkers import walker
from world import NOBODY_HAS, Call, data_of

BECAUSE = {"reason": "약관 위반"}


def _moderator(world):
    return world.topology.member("MODERATOR")


def _admin(world):
    return world.topology.member("ADMIN")


def _author(world):
    return world.topology.member()


def _report(world, author=None):
    """The id of an open report of a new post, by a moderator."""
    author = author or _author(world)
    post = author.write()["feedId"]
    moderator = _moderator(world)
    moderator.post("/api/v1/reports", {"targetType": "FEED", "targetId": post, "reason": "SPAM"})
    listed = data_of(moderator.get("/api/v1/admin/reports"))["reports"]
    return next(each["reportId"] for each in listed if each["targetId"] == post), moderator


def _hidden(world):
    author, moderator = _author(world), _moderator(world)
    post = author.write()["feedId"]
    act = data_of(moderator.post(f"/api/v1/admin/feeds/{post}/hide", BECAUSE))
    return author, post, act["actId"]


def _objected(world):
    author, _, act = _hidden(world)
    author.post("/api/v1/moderation/objections", {"actId": act, "text": "아닙니다"})
    return Call(author, body={"actId": act, "text": "다른 말"})


def _decide(world):
    report, moderator = _report(world)
    return Call(moderator, {"reportId": report}, {"decision": "DISMISS"})


def _decided(world):
    report, moderator = _report(world)
    data_of(moderator.post(f"/api/v1/admin/reports/{report}", {"decision": "DISMISS"}))
    return Call(moderator, {"reportId": report}, {"decision": "HIDE", "reason": "늦음"})


def _on_text(world, kind):
    author = _author(world)
    post = author.write()
    thing = post["feedId"] if kind == "feedId" else author.comment(post)["commentId"]
    return Call(_moderator(world), {kind: thing}, BECAUSE)


def _edited(world, kind):
    author = _author(world)
    post = author.write()
    thing = post["feedId"] if kind == "feedId" else author.comment(post)["commentId"]
    data_of(author.patch(f"/api/v1/{kind[:-2]}s/{thing}", {"content": "고쳐 씀"}))
    return Call(_moderator(world), {kind: thing})


def _on_unlinked(world, kind, who):
    author = _author(world)
    if kind == "feedId":
        thing = data_of(author.post("/api/v1/feeds", {"content": "글", "unlinked": True}), 201)
    else:
        thing = data_of(author.post("/api/v1/comments", {"feedId": world.post["feedId"], "content": "댓글",
                                                         "unlinked": True}), 201)
    return Call(who(world), {kind: thing["feedId" if kind == "feedId" else "commentId"]}, BECAUSE)


def _restore(world, kind):
    call = _on_text(world, kind)
    call.who.post(f"/api/v1/admin/{kind[:-2]}s/{call.values[kind]}/hide", BECAUSE)
    return call


def _object(world):
    author, _, act = _hidden(world)
    return Call(author, body={"actId": act, "text": "아닙니다"})


def _suspend(world):
    return Call(_moderator(world), {"userId": world.topology.create_user()}, BECAUSE)


def _lift(world):
    call = _suspend(world)
    data_of(call.who.post(f"/api/v1/admin/users/{call.values['userId']}/suspend", BECAUSE))
    return call


def _walk_report(world, decision):
    """A nickname that a walker reported, for a moderator."""
    other, name = walker(world), "r" + secrets.token_hex(8)
    data_of(other.patch("/api/v1/walkers/me", {"nickname": name}))
    target = data_of(other.get("/api/v1/walkers/me"))["walkerId"]
    data_of(walker(world).post("/api/v1/walkers/reports", {"targetType": "WALKER", "targetId": target, "reason": "SPAM"}), 201)
    moderator = _moderator(world)
    listed = data_of(moderator.get("/api/v1/admin/walk/reports"))["reports"]
    return Call(moderator, {"reportId": next(each["reportId"] for each in listed if each["name"] == name)}, decision)


def _walk_decided(world):
    call = _walk_report(world, {"decision": "REMOVE", "reason": "욕설"})
    data_of(call.who.post(f"/api/v1/admin/walk/reports/{call.values['reportId']}", {"decision": "KEEP"}))
    return call


def _rules(world):
    admin = _admin(world)
    return Call(admin, body=data_of(admin.get("/api/v1/admin/rules")))


def _old_rules(world):
    call = _rules(world)
    return Call(call.who, body={**call.body, "version": NOBODY_HAS, "words": ["아무도"]})


GOOD = {
    "report": lambda world: Call(_moderator(world), body={"targetType": "FEED", "targetId": world.post["feedId"],
                                                          "reason": "OTHER", "text": "보세요"}),
    "ownModerationActs": lambda world: Call(_hidden(world)[0]),
    "object": _object,
    "reports": lambda world: Call(_report(world)[1]),
    "reportInFull": lambda world: Call(_moderator(world), {"reportId": _report(world)[0]}),
    "decideReport": _decide,
    "walkReports": lambda world: Call(_walk_report(world, None).who),
    "decideWalkReport": lambda world: _walk_report(world, {"decision": "KEEP"}),
    "hidePost": lambda world: _on_text(world, "feedId"),
    "restorePost": lambda world: _restore(world, "feedId"),
    "hideComment": lambda world: _on_text(world, "commentId"),
    "restoreComment": lambda world: _restore(world, "commentId"),
    "readPostRevisions": lambda world: _edited(world, "feedId"),
    "readCommentRevisions": lambda world: _edited(world, "commentId"),
    "stopAuthorOfPost": lambda world: _on_unlinked(world, "feedId", _moderator),
    "stopAuthorOfComment": lambda world: _on_unlinked(world, "commentId", _moderator),
    "lookBehindPost": lambda world: _on_unlinked(world, "feedId", _admin),
    "lookBehindComment": lambda world: _on_unlinked(world, "commentId", _admin),
    "suspendUser": _suspend,
    "liftUser": _lift,
    "moderationRules": lambda world: Call(_admin(world)),
    "setModerationRules": _rules,
    "auditTrail": lambda world: Call(_admin(world)),
    "nodeStatus": lambda world: Call(_admin(world)),
}
PARTICULAR = {
    **{(operation, 403): [lambda world, _: Call(world.author)] for operation in ("reports", "moderationRules", "auditTrail",
                                                                               "walkReports", "nodeStatus")},
    ("reportInFull", 403): [lambda world, _: Call(world.author, {"reportId": 1})],
    ("report", 404): [lambda world, _: Call(world.author, body={"targetType": "FEED", "targetId": NOBODY_HAS,
                                                             "reason": "SPAM"})],
    ("object", 404): [lambda world, _: Call(world.author, body={"actId": NOBODY_HAS, "text": "아닙니다"})],
    ("object", 409): [lambda world, _: _objected(world)],
    ("decideReport", 409): [lambda world, _: _decided(world)],
    ("decideWalkReport", 409): [lambda world, _: _walk_decided(world)],
    ("restorePost", 409): [lambda world, _: _on_text(world, "feedId")],
    ("restoreComment", 409): [lambda world, _: _on_text(world, "commentId")],
    ("liftUser", 409): [lambda world, _: _suspend(world)],
    ("setModerationRules", 409): [lambda world, _: _old_rules(world)],
}
