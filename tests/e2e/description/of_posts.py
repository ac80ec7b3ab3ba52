"""Of posts, comments and likes."""

from dataclasses import replace

from harness.wire import expect_success
from world import Call, World, private_member, send


def _of_post(world, **more):
    return Call(world.author, {"feedId": world.post["feedId"]}, **more)


def _of_comment(world, **more):
    return Call(world.author, {"commentId": world.comment["commentId"]}, **more)


def _with_key(call):
    return replace(call, values={"Idempotency-Key": "the same"})


def _another_body_for_a_key(world, operation):
    send(world, operation, _with_key(GOOD[operation.id](world)))
    call = _with_key(GOOD[operation.id](world))
    return replace(call, body={**call.body, "content": "다른 글"})


def _of_another_account(world, operation):
    return replace(GOOD[operation.id](world), values={"As-Account": world.user + 1})


def _liked(world, operation):
    send(world, operation, GOOD[operation.id](world))
    return GOOD[operation.id](world)


def _by_another(world, operation):
    return replace(GOOD[operation.id](world), who=world.topology.guest())


def _of_deleted(name, deleted):
    return lambda world, operation: replace(GOOD[operation.id](world), values={name: deleted(world)})


def _of_private(world, operation):
    call = GOOD[operation.id](world)
    return replace(call, values={**call.values, "userId": private_member(world)})


def _unlinked_post(world):
    return expect_success(world.author.post("/api/v1/feeds", {"content": "몰래", "unlinked": True}), 201).json()["data"]


def _of_unlinked(world):
    post = _unlinked_post(world)
    expect_success(world.author.post("/api/v1/comments", {"feedId": post["feedId"], "content": "몰래"}), 201)
    return Call(world.author)


def _with_moments(world, operation):
    call = _of_unlinked(world)
    expect_success(world.author.delete("/api/v1/feeds/unlinked"))
    return call


def _edited_post(world):
    """A post of the author's own that was edited twice, for its earlier texts."""
    for text in ("고쳐 씀", "다시 고쳐 씀"):
        expect_success(world.author.patch(f"/api/v1/feeds/{world.post['feedId']}", {"content": text}))
    return _of_post(world)


def _edited_comment(world):
    expect_success(world.author.patch(f"/api/v1/comments/{world.comment['commentId']}", {"content": "고쳐 씀"}))
    return Call(world.author, {"id": world.comment["commentId"]})


# The likes are those of an author who has not liked yet: the toggles answer 201, what is taken back was not there.
GOOD = {
    "feed": lambda world: Call(world.author),
    "createPost": lambda world: Call(world.author, body={"content": "오늘도 화이팅"}),
    "feedOfAuthor": lambda world: Call(world.author, {"userId": world.user}),
    "searchFeeds": lambda world: Call(world.author, {"q": "오늘"}),
    "popularFeeds": lambda world: Call(world.author),
    "feedsOfTopic": lambda world: Call(world.author, {"name": "월급날"}),
    "post": _of_post,
    "editPost": lambda world: _of_post(world, body={"content": "고쳐 씀"}),
    "deletePost": _of_post,
    "postRevisions": _edited_post,
    "commentRevisions": _edited_comment,
    "comments": lambda world: Call(world.author, {"id": world.post["feedId"]}),
    "editComment": lambda world: Call(world.author, {"id": world.comment["commentId"]}, {"content": "고쳐 씀"}),
    "deleteComment": lambda world: Call(world.author, {"id": world.comment["commentId"]}),
    "createComment": lambda world: Call(world.author, body={"feedId": world.post["feedId"], "content": "좋아요",
                                                            "parentCommentId": world.comment["commentId"]}),
    "togglePostLike": _of_post,
    "likePost": _of_post,
    "unlikePost": _of_post,
    "toggleCommentLike": _of_comment,
    "likeComment": _of_comment,
    "unlikeComment": _of_comment,
    "unlinkedPosts": _of_unlinked,
    "unlinkedComments": _of_unlinked,
    "removeUnlinked": _of_unlinked,
    "keepUnlinked": _of_unlinked,
}

# Other ways to an answer, and answers that no rule leads to: (operation, status) → requests.
PARTICULAR = {
    ("feedOfAuthor", 403): [_of_private],
    ("feed", 200): [lambda world, _: Call(world.author, {"lastFeedId": 1, "size": 50})],  # past the end
    ("createPost", 201): [lambda world, operation: _with_key(GOOD[operation.id](world)),
                          lambda world, _: Call(world.author, body={"content": "몰래", "unlinked": True})],
    ("createPost", 409): [_another_body_for_a_key, _of_another_account],
    ("createComment", 201): [lambda world, _: Call(world.author, body={"feedId": world.post["feedId"],
                                                                       "content": "첫째"})],
    ("createComment", 409): [_another_body_for_a_key, _of_another_account,
                             lambda world, _: Call(world.author, body={"feedId": world.post["feedId"], "content": "몰래",
                                                                       "unlinked": True})],
    ("unlinkedPosts", 200): [_with_moments],
    ("unlinkedComments", 200): [_with_moments],
    ("post", 200): [lambda world, _: Call(world.author, {"feedId": _unlinked_post(world)["feedId"]}),
                    lambda world, _: Call(world.topology.guest(), {"feedId": _unlinked_post(world)["feedId"]})],
    ("comments", 200): [lambda world, _: Call(world.author, {"id": world.post["feedId"], "size": 1,
                                                             "parentCommentId": world.comment["commentId"]}),
                          lambda world, _: Call(world.author, {"id": world.post["feedId"], "view": "threads"})],
    ("post", 404): [_of_deleted("feedId", World.deleted_post)],
    ("editPost", 403): [_by_another],
    ("editPost", 404): [_of_deleted("feedId", World.deleted_post)],
    ("deletePost", 400): [_of_deleted("feedId", World.deleted_post)],
    ("deletePost", 403): [_by_another],
    ("postRevisions", 403): [_by_another],
    ("postRevisions", 404): [_of_deleted("feedId", World.deleted_post)],
    ("commentRevisions", 403): [_by_another],
    ("commentRevisions", 404): [_of_deleted("id", World.deleted_comment)],
    ("likePost", 404): [_of_deleted("feedId", World.deleted_post)],
    ("editComment", 403): [_by_another],
    ("editComment", 404): [_of_deleted("id", World.deleted_comment)],
    ("deleteComment", 400): [_of_deleted("id", World.deleted_comment)],
    ("deleteComment", 403): [_by_another],
    ("likeComment", 404): [_of_deleted("commentId", World.deleted_comment)],
    ("togglePostLike", 200): [_liked],
    ("toggleCommentLike", 200): [_liked],
}
