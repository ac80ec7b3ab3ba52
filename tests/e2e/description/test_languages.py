"""Every route that answers with an envelope speaks the reader's language, for good and for bad."""

import json
import re
from pathlib import Path

import pytest
from calls import expected_statuses, requests_for
from harness.openapi import Description
from harness.topology import SHAPES
from harness.wire import call
from world import World, send

FILE = Path(__file__).parents[3] / "modules" / "web" / "openapi.json"
OPERATIONS = list(Description(json.loads(FILE.read_text())).operations.values())
# 304 says nothing, what the host says when it is busy is looked at where it can be made so (tests/integration/http), and
# who comes too often has a test of its own.
NOT_HERE = (304, 429, 503)
WITHOUT_WORDS = ("export", "notificationStream", "friendsBoardStream",
                 "walkerNotificationStream")  # a file; numbers, when nothing was told

HANGUL = re.compile("[\uac00-\ud7a3]")
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])

# They answer with what a standard says, with a page, or with bytes.
NO_ENVELOPE = re.compile(r"/\.well-known/.*|/msa/auth/api/(?!token$).*|/actuator/health|/api/(openapi\.json|docs.*|jwks\.json)"
                         r"|/(?!api/|msa/).*")

JOB = "/msa/core/api/jobs/asset-refresh"
ONE = "/msa/ext/api/update-asset/{userId}"
MANY = "/msa/ext/api/update-assets"
TOKEN = "/msa/auth/api/token"
WHO = "/msa/core/api/people/of-identity"
REDEEM = "/msa/core/api/people/redeem"
WALK_LIST, WALK_CHECK, WALK_DECIDE = (f"/msa/walk/api/reports/{what}" for what in ("list", "check", "decide"))


def servers_calls(service):
    """What other servers call and answers with an envelope: (route, status) → node, body, headers."""
    day = service.today().isoformat()
    bearer = {"Authorization": f"Bearer {service.service.token()}"}
    large = b"x" * (2 * 1024 * 1024)
    account = {"userId": 1, "asset": 1}
    client = {"clientId": service.service.client_id, "clientSecret": "wrong"}
    return {
        (JOB, 200): (service.core, {"snapshotDay": day}, bearer),
        (JOB, 400): (service.core, {"snapshotDay": "9999-01-01"}, bearer),
        (JOB, 401): (service.core, {}, {}),
        (JOB, 403): (service.core, {}, {**bearer, "X-Forwarded-For": "127.0.0.1"}),
        (JOB, 413): (service.core, large, bearer),
        (ONE, 200): (service.extension, {"asset": 1, "snapshotDay": day}, bearer),
        (ONE, 400): (service.extension, {"asset": -1, "snapshotDay": day}, bearer),
        (ONE, 401): (service.extension, {"asset": 1}, {}),
        (ONE, 413): (service.extension, large, bearer),
        (MANY, 200): (service.extension, {"snapshotDay": day, "accounts": [account]}, bearer),
        (MANY, 400): (service.extension, {"snapshotDay": day, "accounts": [account] * 1001}, bearer),
        (MANY, 401): (service.extension, {"accounts": []}, {}),
        (TOKEN, 401): (service.auth, client, {}),
        (WHO, 200): (service.core, {"issuer": "https://issuer.example", "subject": "nobody"}, bearer),
        (WHO, 400): (service.core, {"issuer": "https://issuer.example"}, bearer),
        (WHO, 401): (service.core, {"issuer": "https://issuer.example", "subject": "nobody"}, {}),
        (REDEEM, 200): (service.core, {"ticket": "none"}, bearer),
        (REDEEM, 400): (service.core, {}, bearer),
        (REDEEM, 401): (service.core, {"ticket": "none"}, {}),
        (WALK_LIST, 200): (service.extension, {"state": "open", "before": 1, "size": 1}, bearer),
        (WALK_LIST, 400): (service.extension, {"state": "open", "before": 1, "size": 0}, bearer),
        (WALK_LIST, 401): (service.extension, {}, {}),
        **{(path, status): (service.extension, {"id": 1, "decision": decision, "name": ""}, headers)
           for path in (WALK_CHECK, WALK_DECIDE)
           for status, decision, headers in ((200, "KEEP", bearer), (400, "HIDE", bearer), (401, "KEEP", {}))},
    }


def message_of(answer):
    """What an envelope says to people; nothing where there is none, or where it is a word of the wire."""
    if not answer.body or not answer.header("Content-Type").startswith("application/json"):
        return None
    envelope = answer.json()
    return envelope["message"] if envelope.get("resultCode", "S") != "S" else None


def check(answer, language):
    message = message_of(answer)
    if message is not None:
        assert bool(HANGUL.search(message)) == (language == "ko"), answer
    return message


def test_every_route_is_walked(service):
    routes = {(route["method"], route["path"]) for route in service.cli_json("routes", "list")}
    silent = {(method, path) for method, path in routes if NO_ENVELOPE.fullmatch(path)}
    walked = {(operation.method, operation.path) for operation in OPERATIONS}
    walked |= {("POST", path) for path, _ in servers_calls(service)}
    assert routes - silent <= walked


@LANGUAGES
@pytest.mark.parametrize("operation,status", [
    pytest.param(operation, status, id=f"{operation.id}-{status}") for operation in OPERATIONS
    if not NO_ENVELOPE.fullmatch(operation.path) for status in sorted(expected_statuses(operation)) if status not in NOT_HERE])
def test_an_answer_to_people(service, operation, status, language):
    world = World(service)
    for request in requests_for(world, operation, status):
        request.headers = {**request.headers, "Accept-Language": language}
        answer = send(world, operation, request)
        assert answer.status == status, answer
        if (answer.header("Content-Type") or "").startswith("text/html"):
            assert f'lang="{language}"'.encode() in answer.body, answer
        else:
            assert check(answer, language) or status in (204, 302, 303) or operation.id in WITHOUT_WORDS, answer


def test_a_tag_is_of_one_language(service):
    world = World(service)
    days = "&".join(f"{name}={day}" for name, day in world.days().items())
    target = f"/api/v1/users/{world.user}/asset-histories?{days}"
    tag = world.author.get(target, headers={"Accept-Language": "ko"}).header("ETag")
    for language, status in (("ko", 304), ("en", 200)):
        answer = world.author.get(target, headers={"Accept-Language": language, "If-None-Match": tag})
        assert answer.status == status


@LANGUAGES
def test_an_answer_to_a_server(service, language):
    for (path, status), (node, body, headers) in servers_calls(service).items():
        headers = {**headers, "Accept-Language": language}
        answer = call(node.address, "POST", path.replace("{userId}", "1"), body, headers, timeout=60)
        assert answer.status == status, (path, answer)
        assert check(answer, language) or (status == 200 and path in (ONE, MANY)), (path, answer)


def test_an_answer_to_who_comes_too_often(launch):
    topology = launch(start=False, **SHAPES["one_sqlite"])
    topology.core.options += ["--limit-sign-in=total=1/24h"]
    topology.start()
    topology.guest()
    for language in ("ko", "en"):
        answer = call(topology.core.address, "POST", "/api/guest", headers={"Accept-Language": language})
        assert answer.status == 429
        assert check(answer, language), answer


@LANGUAGES
@pytest.mark.parametrize("method,target,headers,status", [
    ("GET", "/api/v1/no-such-thing", {}, 404), ("GET", "/msa/no-such-thing", {}, 404), ("GET", "/no-such-page", {}, 404),
    ("PUT", "/api/v1/feeds", {}, 405), ("GET", "/api/v1/feeds/" + "x" * 3000, {}, 400),
    ("GET", "/api/v1/feeds", {"Expect": "a miracle"}, 417), ("GET", "/api/v1/feeds", {"X-Long": "x" * 20_000}, 431),
])
def test_a_refusal_of_the_host(service, method, target, headers, status, language):
    answer = call(service.core.address, method, target, headers={"Accept-Language": language, **headers})
    assert answer.status == status
    assert check(answer, language), answer
