"""Of blocks, mutes, hidden words, and what one keeps."""

from world import Call


def _of_post(world, **more):
    return Call(world.author, {"feedId": world.post["feedId"]}, **more)


def _of_another(world):
    return Call(world.author, {"userId": world.topology.guest().me()["userId"]})


def _by_another(world, operation):
    return Call(world.topology.guest(), GOOD[operation.id](world).values)


def _of_deleted(world, operation):
    return Call(world.author, {"feedId": world.deleted_post()})


def _of_oneself(world, _):
    return Call(world.author, {"userId": world.user}, valid=True)


GOOD = {
    "archivedPosts": lambda world: Call(world.author),
    "savedPosts": lambda world: Call(world.author),
    "likedPosts": lambda world: Call(world.author),
    "archivePost": _of_post,
    "unarchivePost": _of_post,
    "savePost": _of_post,
    "unsavePost": _of_post,
    "dismissPost": _of_post,
    "undismissPost": _of_post,
    "ownComments": lambda world: Call(world.author),
    "blocks": lambda world: Call(world.author),
    "block": _of_another,
    "unblock": _of_another,
    "mutes": lambda world: Call(world.author),
    "mute": _of_another,
    "unmute": _of_another,
    "hiddenWords": lambda world: Call(world.author),
    "hideWords": lambda world: Call(world.author, body={"words": ["코인", "Straße"]}),
}
PARTICULAR = {
    ("archivePost", 403): [_by_another],
    ("unarchivePost", 403): [_by_another],
    ("block", 400): [_of_oneself],
    ("mute", 400): [_of_oneself],
    ("savePost", 404): [_of_deleted],
    ("dismissPost", 404): [_of_deleted],
}
