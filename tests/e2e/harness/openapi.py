"""The description of the API, as a judge of requests and answers. Objects are closed: what is not described may not be there."""

import copy
import json
import re
from datetime import date
from urllib.parse import quote, urlencode

import jsonschema

METHODS = ("get", "put", "post", "delete", "patch")
# What the host puts on any answer, whatever is asked.
HOST_FIELDS = {
    "access-control-allow-credentials", "access-control-allow-origin", "access-control-expose-headers", "cache-control",
    "connection", "content-length", "content-security-policy", "content-type", "date", "keep-alive", "referrer-policy",
    "strict-transport-security", "transfer-encoding", "vary", "x-content-type-options", "x-frame-options", "x-request-id",
}

FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("int64")
def _is_int64(value):
    return not isinstance(value, int) or -2**63 <= value < 2**63


@FORMATS.checks("date", raises=ValueError)
def _is_day(value):
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


@FORMATS.checks("date-time")
def _is_moment(value):
    """RFC 3339 in UTC with milliseconds (contract, section 1)."""
    return not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value) is not None


class Description:
    def __init__(self, document):
        self.document = document
        self._closed = _closed(copy.deepcopy(document))
        self.operations = {}
        for path, item in document["paths"].items():
            for method, described in item.items():
                assert method in METHODS, f"{path}: {method} is not read by this judge"
                operation = Operation(self, method.upper(), path, self._closed["paths"][path][method])
                assert operation.id not in self.operations, f"two operations are called {operation.id}"
                self.operations[operation.id] = operation

    def resolved(self, thing):
        """What a `$ref` points at, or the thing itself."""
        while "$ref" in thing:
            prefix, *keys = thing["$ref"].split("/")
            assert prefix == "#", thing
            thing = self._closed
            for key in keys:
                thing = thing[key]
        return thing

    def problems(self, value, schema):
        resolver = jsonschema.RefResolver.from_schema(self._closed)
        validator = jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=FORMATS)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def schemas(self):
        """Every schema of the document, with where it stands."""
        return _schemas(self._closed, "#")


class Operation:
    def __init__(self, description, method, path, described):
        self._description = description
        self.method, self.path, self.described = method, path, described
        self.id = described["operationId"]
        self.parameters = {each["name"]: each for each in described.get("parameters", [])}
        self.statuses = sorted(int(status) for status in described["responses"])
        body = described.get("requestBody", {}).get("content", {})
        assert len(body) < 2, f"{self.id}: one media type a body is read"
        self.body_type, self.body_schema = next(((media, self._resolved(content["schema"]))
                                                 for media, content in body.items()), (None, None))

    def schema_of(self, parameter):
        return self._resolved(self.parameters[parameter]["schema"])

    def needs(self):
        """The cookie it needs, by the scheme's name; None: anybody may call."""
        wanted = self.described.get("security", self._description.document["security"])
        assert len(wanted) < 2, self.id
        return next(iter(wanted[0]), None) if wanted else None

    def target(self, values):
        """The path and query with `values` in the places that the description names."""
        unknown = set(values) - set(self.parameters)
        assert not unknown, f"{self.id} does not describe {unknown}"
        places = {name: quote(str(value), safe="") for name, value in values.items() if self._place(name) == "path"}
        pairs = [(name, value) for name, value in values.items() if self._place(name) == "query"]
        return self.path.format_map(places) + ("?" + urlencode(pairs) if pairs else "")

    def headers(self, values):
        return {name: value for name, value in values.items() if self._place(name) == "header"}

    def check_request(self, values, body):
        """That what is about to be sent is what the description asks for."""
        for name, parameter in self.parameters.items():
            if name in values:
                self._expect(values[name], parameter["schema"], f"parameter {name}")
            else:
                assert not parameter["required"], f"{self.id}: {name} is required"
        assert (body is None) == (self.body_type is None), f"{self.id}: a body, or none, was not expected"
        if body is not None:
            self._expect(body, self.body_schema, "body")

    def check_answer(self, answer):
        """That an answer is one of those described, to the last property and field."""
        described = self.described["responses"].get(str(answer.status))
        assert described, f"{self.id} does not describe {answer}"
        described = self._description.resolved(described)
        self._check_fields(answer, described.get("headers", {}))
        content = described.get("content")
        if content is None:
            assert answer.body == b"", f"{self.id}: {answer.status} has a body: {answer}"
            return
        media = (answer.header("Content-Type") or "").split(";")[0]
        assert media in content, f"{self.id}: {answer.status} is {media!r}, described: {list(content)}"
        schema = content[media]["schema"]
        text = answer.body.decode("latin-1" if "contentMediaType" in schema else "utf-8")
        value = json.loads(text, object_pairs_hook=_unique) if media.endswith("json") else text
        self._expect(value, schema, f"{answer.status} {text[:300]}")

    def _check_fields(self, answer, described):
        for name, reference in described.items():
            field = self._description.resolved(reference)
            found = answer.headers.get_all(name) or []
            assert found or not field.get("required"), f"{self.id}: {answer.status} without {name}"
            for value in found:
                whole = int(value) if field["schema"]["type"] == "integer" else value
                self._expect(whole, field["schema"], f"{answer.status}, {name}")
        names = {name.lower() for name in answer.headers.keys()}
        strange = names - HOST_FIELDS - {name.lower() for name in described}
        assert not strange, f"{self.id}: {answer.status} does not describe the fields {strange}"

    def _expect(self, value, schema, where):
        problems = self._description.problems(value, schema)
        assert not problems, f"{self.id}, {where}: {'; '.join(problems)}"

    def _place(self, name):
        return self.parameters[name]["in"]

    def _resolved(self, schema):
        return self._description.resolved(schema)


def _unique(pairs):
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"a property is there twice: {names}"
    return dict(pairs)


def _closed(node):
    """The document with every object schema that names its properties closed."""
    if isinstance(node, list):
        return [_closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    node = {name: _closed(value) for name, value in node.items()}
    assert "allOf" not in node, "closing would make an allOf impossible to meet"
    if node.get("type") == "object" and "properties" in node:
        node.setdefault("additionalProperties", False)
    return node


def _schemas(node, place):
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from _schemas(each, f"{place}/{index}")
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "schema":
                yield f"{place}/schema", value
            elif place == "#/components" and name == "schemas":
                yield from ((f"{place}/schemas/{key}", schema) for key, schema in value.items())
            else:
                yield from _schemas(value, f"{place}/{name}")
