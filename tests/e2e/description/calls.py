"""For each operation requests that get each of its described answers, made against a world of real accounts and posts."""

from dataclasses import replace

import of_accounts
import of_email
import of_friends
import of_leaving
import of_moderation
import of_notifications
import of_passkeys
import of_posts
import of_relations
import of_sessions
import of_sign_in
import of_steps
import of_walk_notices
import of_walkers
from world import ELSEWHERE, NOBODY_HAS, send

_AREAS = (of_accounts, of_email, of_friends, of_leaving, of_moderation, of_notifications, of_passkeys, of_posts,
          of_relations, of_sessions, of_sign_in, of_steps, of_walk_notices, of_walkers)
GOOD = {operation: make for area in _AREAS for operation, make in area.GOOD.items()}
PARTICULAR = {answer: makes for area in _AREAS for answer, makes in area.PARTICULAR.items()}
# What is refused by whose it is, and whatever site asks.
OF_SOMEBODY = {"feedOfAuthor", "assetHistory", "assetFacts", "groupLinks",
              "postRevisions", "commentRevisions"}
# Which other sites may ask for, without being told: what only some may read.
OF_ROLES = {"reports", "reportInFull", "moderationRules", "auditTrail", "walkReports", "nodeStatus"}
# What the body proves, whoever sends it: a bad one is 401 of a call that anybody may make.
PROVED_BY_BODY = {"signInWalker", "renewWalkerSession"}
# Where browsers go by themselves: what fails ends on the sign-in page.
NAVIGATIONS = {"showSignInLink", "useSignInLink", "showEmailLink", "useEmailLink", "beginProviderSignIn",
               "endProviderSignIn", "takeProviderForm", "showCloseLink", "useCloseLink", "showDeactivateLink",
               "useDeactivateLink"}
# What the good request itself does not get where it has two ways to succeed.
OTHER_SUCCESS = {("showSignInLink", 302), ("showEmailLink", 302), ("useEmailLink", 200), ("showCloseLink", 302),
                 ("showDeactivateLink", 302), ("togglePostLike", 200), ("toggleCommentLike", 200),
                 ("askForFriendship", 200)}


def _wrong(world, operation):
    call = GOOD[operation.id](world)
    if operation.body_type == "application/json":
        return replace(call, body=b"{", valid=False)
    name = next((name for name in operation.parameters if operation.schema_of(name).get("type") == "integer"), None)
    return replace(call, values={**call.values, name: "x"}, valid=False) if name else None


def _of_nothing(world, operation):
    """The good request with an id that nobody has; nothing where it has none."""
    call = GOOD[operation.id](world)
    unknown = {name: type(value)(NOBODY_HAS) if name.lower().endswith("id") else value
               for name, value in call.values.items()}
    body = {**call.body, "feedId": NOBODY_HAS} if "feedId" in (call.body or {}) else call.body
    changed = replace(call, values=unknown, body=body)
    return None if changed == call else changed


def _again(world, operation):
    call = GOOD[operation.id](world)
    tag = send(world, operation, call).header("ETag")
    return replace(call, values={**call.values, "If-None-Match": tag})


def _too_large(world, operation):
    return replace(GOOD[operation.id](world), body=b"x" * (2 * 1024 * 1024), valid=False)


def _forbidden(world, operation):
    """What another site's page may not send; of what only members read, a guest."""
    good = GOOD[operation.id](world)
    if operation.id == "identities":
        return replace(good, who=world.topology.guest())
    return replace(good, headers=ELSEWHERE)


def _refused(world, operation):
    """Of a navigation, what every other operation answers 4xx."""
    if operation.method == "POST":
        yield _too_large(world, operation)
        yield replace(GOOD[operation.id](world), body=b"token=%zz&state=%zz", valid=False)
        if operation.id != "takeProviderForm":
            yield _forbidden(world, operation)
    if "providerId" in operation.parameters:
        call = GOOD[operation.id](world)
        yield replace(call, values={**call.values, "providerId": "nobody"})


# By the status alone, from the good request.
RULES = {
    304: _again,
    400: _wrong,
    401: lambda world, operation: replace(GOOD[operation.id](world), who=world.topology.browser()),
    403: _forbidden,
    404: _of_nothing,
    413: _too_large,
}


def expected_statuses(operation):
    """What the operation is described to answer, and what it is known to, so that neither can be left out."""
    # Each day is there to be told of, and each topic.
    statuses = set(operation.statuses) | {status for name, status in PARTICULAR if name == operation.id}
    if operation.id not in NAVIGATIONS and any(each["in"] == "path" and each["name"] not in ("day", "name")
                                                      for each in operation.parameters.values()):
        statuses.add(404)
    if "If-None-Match" in operation.parameters:
        statuses.add(304)
    return statuses


def requests_for(world, operation, status):
    """Requests that must get `status`; at least one, or the description promises what nobody has seen."""
    if operation.id in NAVIGATIONS and status == 303:
        return [*_refused(world, operation), *[make(world, operation) for make in PARTICULAR.get((operation.id, 303), [])]]
    calls = [make(world, operation) for make in PARTICULAR.get((operation.id, status), [])]
    is_particular = (status == 403 and operation.id in OF_SOMEBODY | OF_ROLES) or \
        (status == 401 and operation.id in PROVED_BY_BODY)
    if status in RULES and not is_particular and not (status == 404 and operation.id == "mergeWalkers"):
        calls.append(RULES[status](world, operation))
    elif status < 400 and (operation.id, status) not in OTHER_SUCCESS:
        calls.append(GOOD[operation.id](world))
    calls = [call for call in calls if call is not None]
    assert calls, f"{operation.id}: no request is known to get {status}"
    return calls
