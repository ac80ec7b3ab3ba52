"""Of sessions, accounts and what they are worth."""

from dataclasses import replace

from world import Call, private_member


def _of_another(world, operation):
    return replace(GOOD[operation.id](world), who=world.topology.guest())


def _of_private(world, operation):
    call = GOOD[operation.id](world)
    return replace(call, values={**call.values, "userId": private_member(world)})


GOOD = {
    "startAsGuest": lambda world: Call(world.topology.browser()),
    "renewSession": lambda world: Call(world.topology.guest()),
    "signOut": lambda world: Call(world.topology.guest()),
    "network": lambda world: Call(world.topology.browser()),
    "sessionKeys": lambda world: Call(world.topology.browser()),
    "me": lambda world: Call(world.author),
    "settings": lambda world: Call(world.author),
    "changeSettings": lambda world: Call(world.author, body={"language": "ko", "colours": "WESTERN",
                                                             "profileVisibility": "PUBLIC"}),
    "export": lambda world: Call(world.topology.guest()),
    "user": lambda world: Call(world.author, {"userId": world.user}),
    "assetHistory": lambda world: Call(world.author, {"userId": world.user, **world.days()}),
    "assetFacts": lambda world: Call(world.author, {"userId": world.user}),
    "today": lambda world: Call(world.author),
    "openapi": lambda world: Call(world.topology.browser()),
    "docs": lambda world: Call(world.topology.browser()),
    "docsStyle": lambda world: Call(world.topology.browser()),
}

# Other ways to an answer, and answers that no rule leads to: (operation, status) → requests.
PARTICULAR = {
    ("startAsGuest", 200): [lambda world, _: Call(world.author)],
    ("user", 200): [_of_another],  # without the address
    ("changeSettings", 403): [lambda world, _: Call(world.author, body={"profileVisibility": "PRIVATE"})],
    ("assetHistory", 403): [_of_private],
    ("assetFacts", 403): [_of_private],
}
