"""What a description says may be sent, taken at its word: values at the edges of a schema, and values just past them."""

WIDE = "😀"  # one code point, two UTF-16 units, four bytes


def wrong_values(schema):
    """Values that the schema forbids and that must be refused."""
    if schema.get("enum"):
        yield "no such word"
    elif _is(schema, "integer"):
        yield from ("x", "1.5", "", 2**63)
        if "minimum" in schema:
            yield schema["minimum"] - 1
        if "maximum" in schema:
            yield schema["maximum"] + 1
    elif schema.get("format") == "date":
        yield from ("yesterday", "2026-02-30", "2026-1-2", "")
    elif _is(schema, "string"):
        if schema.get("minLength") == 1:
            yield ""
        if "maxLength" in schema:
            yield "x" * (schema["maxLength"] + 1)


def right_values(schema):
    """Values at the edges of what the schema allows."""
    if schema.get("enum"):
        yield from schema["enum"]
    elif _is(schema, "integer"):
        yield schema.get("minimum", -2**63)
        yield schema.get("maximum", 2**63 - 1)


def wrong_bodies(good, schema):
    """Bodies that a schema of an object forbids."""
    yield from ([], "text", None)
    schema = schema.get("oneOf", [schema])[0]
    for name, part in schema["properties"].items():
        if name in schema.get("required", []):
            yield {key: value for key, value in good.items() if key != name}
        yield {**good, name: "no list" if _is(part, "array") else ["a list"]}
        if _is(part, "integer"):
            yield from ({**good, name: value} for value in ("1", 1.5, 2**63))
        elif _is(part, "string"):
            yield {**good, name: 1}
            yield from ({**good, name: value} for value in wrong_values(part))
        if not _is(part, "null"):
            yield {**good, name: None}


def right_bodies(good, schema):
    """Bodies at the edges of what the schema allows."""
    schema = schema.get("oneOf", [schema])[0]
    optional = set(schema["properties"]) - set(schema.get("required", []))
    yield {key: value for key, value in good.items() if key not in optional}
    for name, part in schema["properties"].items():
        if _is(part, "null"):
            yield {**good, name: None}
        if "maxLength" in part:
            yield {**good, name: WIDE * part["maxLength"]}
        if part.get("minLength") == 1:
            yield {**good, name: WIDE}


def _is(schema, kind):
    return kind in ([schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", []))
