"""The description of the API (modules/web/openapi.json) against the program: every route, every described answer."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from calls import GOOD, NAVIGATIONS, OF_SOMEBODY, PROVED_BY_BODY, expected_statuses, requests_for
from harness.openapi import Description
from harness.topology import SHAPES
from harness.wire import Answer, call
from inputs import right_bodies, right_values, wrong_bodies, wrong_values
from world import World, send

FILE = Path(__file__).parents[3] / "modules" / "web" / "openapi.json"
DESCRIPTION = Description(json.loads(FILE.read_text()))
OPERATIONS = list(DESCRIPTION.operations.values())
BUSY, TOO_MANY = 503, 429

each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)


def only(condition):
    return pytest.mark.parametrize("operation", [each for each in OPERATIONS if condition(each)],
                                   ids=lambda operation: operation.id)


@pytest.fixture
def world(service):
    return World(service)


@pytest.fixture(scope="module")
def routes(service):
    """What the program itself says that it answers below /api; /msa is between servers and not described there."""
    listed = service.cli_json("routes", "list")
    return {(route["method"], route["path"]): route for route in listed if route["path"].startswith("/api/")}


def test_what_is_served_is_this_description(service):
    assert call(service.core.address, "GET", "/api/openapi.json").json() == DESCRIPTION.document


def test_every_route_is_described_and_nothing_else(routes):
    described = {(operation.method, operation.path) for operation in OPERATIONS}
    slashed = {(method, path) for method, path in routes if path.endswith("/")}  # these lead to the same without it
    assert {(method, path.rstrip("/")) for method, path in slashed} <= described
    assert described == set(routes) - slashed


@each_operation
def test_who_may_call_it(routes, operation):
    route = routes[operation.method, operation.path]
    assert (route["access"] == "account") == (operation.needs() is not None), route
    assert (401 in operation.statuses) == (operation.needs() is not None or operation.id in PROVED_BY_BODY)
    if operation.id in NAVIGATIONS:
        assert 303 in operation.statuses and not [status for status in operation.statuses if status >= 400]
        return
    changes = (operation.method != "GET" and not route["fromOtherSites"]) or route["legacyToggle"]
    may_be_refused = changes or route["right"] is not None or operation.id in OF_SOMEBODY
    assert (403 in operation.statuses) == may_be_refused, "another site's page"
    assert (413 in operation.statuses) == (operation.body_type is not None)
    assert operation.body_type is None or route["bodyLimit"] > 0
    assert (BUSY in operation.statuses) == (route["lane"] != "inline"), "only what waits can be busy"
    assert (TOO_MANY in operation.statuses) == (route["countsAs"] is not None)


@pytest.mark.parametrize("operation,status", [
    pytest.param(operation, status, id=f"{operation.id}-{status}")
    for operation in OPERATIONS for status in sorted(expected_statuses(operation))
    if status not in (BUSY, TOO_MANY)])
def test_answer(world, operation, status):
    for request in requests_for(world, operation, status):
        answer = send(world, operation, request)
        assert answer.status == status, answer


# What asks no database is busy when too many wait, which is looked at in tests/integration/http.
OUT_OF_MEMORY = {"walkerNonce"}


def test_busy_answers(launch, issuer, provider_options):
    topology = launch(**SHAPES["one_mariadb"], core_options=provider_options)
    topology.issuer = issuer
    world = World(topology)
    waiting = [(operation, GOOD[operation.id](world)) for operation in OPERATIONS
               if BUSY in operation.statuses and operation.id not in OUT_OF_MEMORY]
    assert waiting
    topology.mariadb.stop()
    for operation, request in waiting:
        assert send(world, operation, request).status == BUSY, operation.id


@only(lambda operation: any(list(wrong_values(operation.schema_of(name))) for name in operation.parameters))
def test_wrong_parameters_are_refused(world, operation):
    good = GOOD[operation.id](world)
    for name in operation.parameters:
        for value in wrong_values(operation.schema_of(name)):
            if operation.parameters[name]["in"] == "path" and value == "":
                continue  # another path
            request = replace(good, values={**good.values, name: value}, valid=False)
            refused = 303 if operation.id in NAVIGATIONS else 400
            assert send(world, operation, request).status == refused, (name, value)


@only(lambda operation: any(each["required"] and each["in"] == "query" for each in operation.parameters.values()))
def test_required_parameters_are_required(world, operation):
    good = GOOD[operation.id](world)
    for name, parameter in operation.parameters.items():
        if parameter["required"] and parameter["in"] == "query":
            values = {key: value for key, value in good.values.items() if key != name}
            assert send(world, operation, replace(good, values=values, valid=False)).status == 400, name


def test_answers_to_who_comes_too_often(launch, issuer, provider_options):
    topology = launch(**SHAPES["one_sqlite"], core_options=provider_options)
    topology.issuer = issuer
    world = World(topology)
    limited = [(operation, GOOD[operation.id](world)) for operation in OPERATIONS if TOO_MANY in operation.statuses]
    assert limited
    topology.core.options += [f"--limit-{name}=total=1/24h" for name in ("read", "write", "like", "renew", "sign-in", "export", "search")]
    topology.core.restart()
    for operation, request in limited:
        send(world, operation, request)  # at most one of each class
        assert send(world, operation, request).status == TOO_MANY, operation.id


@only(lambda operation: any(each["in"] == "query" for each in operation.parameters.values()))
def test_described_parameters_are_taken(world, operation):
    good = GOOD[operation.id](world)
    for name, parameter in operation.parameters.items():
        if parameter["in"] != "query":
            continue
        for value in right_values(operation.schema_of(name)):
            status = send(world, operation, replace(good, values={**good.values, name: value})).status
            assert status in (200, 302) or (status == 404 and name.endswith("Id")), (name, value, status)


@only(lambda operation: operation.body_type == "application/json")
def test_wrong_bodies_are_refused(world, operation):
    good = GOOD[operation.id](world)
    for body in wrong_bodies(good.body, operation.body_schema):
        request = replace(good, body=json.dumps(body), valid=False)
        assert send(world, operation, request).status == 400, body


@only(lambda operation: operation.body_type == "application/json")
def test_described_bodies_are_taken(world, operation):
    def bodies():  # made anew for each: some can be sent once only
        good = GOOD[operation.id](world)
        return [replace(good, body=body) for body in right_bodies(good.body, operation.body_schema)]

    for index in range(len(bodies())):
        request = bodies()[index]
        assert send(world, operation, request).status in (200, 201, 202, 204), request.body


@pytest.mark.parametrize("status,provoke", [
    (405, lambda world: world.author.put("/api/v1/feeds")),
    (431, lambda world: world.author.get("/api/v1/feeds", headers={"X-Long": "x" * 20_000})),
    (404, lambda world: world.author.get("/api/v1/no-such-thing")),
])
def test_what_the_host_refuses_is_described(world, status, provoke):
    answer = provoke(world)
    assert answer.status == status
    assert (answer.header("Allow") is not None) == (status == 405)
    failure = DESCRIPTION.document["components"]["schemas"]["Failure"]
    assert not DESCRIPTION.problems(answer.json(), {**failure, "additionalProperties": False})


def test_every_schema_is_one():
    places = list(DESCRIPTION.schemas())
    assert len(places) > len(OPERATIONS)
    for place, schema in places:
        jsonschema.Draft202012Validator.check_schema(schema)
        assert DESCRIPTION.resolved(schema), place


def test_paths_name_their_parameters():
    tags = {tag["name"] for tag in DESCRIPTION.document["tags"]}
    for operation in OPERATIONS:
        in_path = {name for name, parameter in operation.parameters.items() if parameter["in"] == "path"}
        assert in_path == {part[1:-1] for part in operation.path.split("/") if part.startswith("{")}, operation.id
        assert all(operation.parameters[name]["required"] for name in in_path), operation.id
        assert set(operation.described["tags"]) <= tags, operation.id


@pytest.mark.parametrize("spoil", [
    lambda answer, data: data.pop("likeCount"),
    lambda answer, data: data.update(likeCount="0"),
    lambda answer, data: data.update(likeCount=-1),
    lambda answer, data: data.update(feedId=2**63),
    lambda answer, data: data.update(createdAt="2026-01-02T03:04:05Z"),
    lambda answer, data: data.update(feedType="GREEN"),
    lambda answer, data: data.update(secret="x"),
    lambda answer, data: setattr(answer, "status", 201),
    lambda answer, data: answer.headers.replace_header("Content-Type", "text/plain"),
    lambda answer, data: answer.headers.add_header("X-Secret", "x"),
])
def test_the_judge_sees_what_is_wrong(world, spoil):
    operation = DESCRIPTION.operations["post"]
    good = send(world, operation, GOOD["post"](world))
    spoilt = Answer(good.status, good.headers, good.body)
    envelope = good.json()
    spoil(spoilt, envelope["data"])
    spoilt.body = json.dumps(envelope).encode()
    with pytest.raises(AssertionError):
        operation.check_answer(spoilt)
