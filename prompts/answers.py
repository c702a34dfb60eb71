"""Reads what models answer: the JSON in the words around it, as the data that was asked for.

Forgiven are fences, words before and after, trailing commas, an end that is missing (what was complete before it
counts), one wrapper around all, a bare text where a text with evidence was asked for, null for an empty list. Whatever
arrives, the outcome is data or a ValueError with a sentence for the model, within a fraction of a second: the library
that repairs JSON takes seconds for hostile input, so it only sees what is short and flat.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.domain.text.visible import visible
from bot.ports.prompts import Form

T = TypeVar("T")
_FENCE = re.compile(r"```[a-z]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE)
_LONGEST = 65_536
"""Characters of an answer that are looked at."""
_LONGEST_REPAIRED = 20_000
"""The longest answer that we ask for has some eight thousand."""
_DEEPEST = 24
_MOST_STARTS = 8
"""Opening braces that are tried as the beginning."""
_MOST_ENTRIES = 200
"""Of one list; more than any answer needs."""
_LONGEST_TEXT = 8_000
_TOLD = 5
"""Mistakes that a model is told at once."""
_TRAILING = re.compile(r",(\s*[}\]])")
_SCHEMA_WORDS = frozenset({"default", "title", "$defs", "description"})
Json = Any
"""JSON of any shape."""


def form_of(answers: type[T]) -> Form[T]:
    """What an answer of this kind looks like, and how to read one."""
    adapter = TypeAdapter(answers)
    schema = _strict(adapter.json_schema(), {})

    def read(answer: str) -> T:
        data = _fitted(_loaded(answer, schema), schema)
        try:
            return adapter.validate_python(data, strict=False)
        except ValidationError as error:
            raise ValueError(_mistakes(error)) from error

    return Form(answers.__name__, schema, read)


def json_in(answer: str) -> str:
    """The JSON of an answer, as far as it can be told from the words around it."""
    text = answer[:_LONGEST].strip()
    inside = _FENCE.search(text)
    if inside and "{" in inside[1]:
        text = inside[1].strip()
    begin = text.find("{")
    return text[begin:] if begin >= 0 else text


def _strict(schema: Json, definitions: Mapping[str, Json]) -> Json:
    """The schema in the form that servers hold models to: every field required, none beside them, no references."""
    if isinstance(schema, list):
        return [_strict(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    definitions = schema.get("$defs", definitions)
    if "$ref" in schema:
        return _strict(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    strict = {key: _strict(value, definitions) for key, value in schema.items() if key not in _SCHEMA_WORDS}
    # A field may be called `title`, too: of properties, every name is kept.
    if isinstance(schema.get("properties"), dict):
        strict["properties"] = {name: _strict(value, definitions) for name, value in schema["properties"].items()}
        strict |= {"required": list(schema["properties"]), "additionalProperties": False}
    return strict


def _loaded(answer: str, schema: Json) -> Json:
    """The object in an answer that has most of the fields asked for."""
    text = json_in(answer)
    if "{" not in text:
        raise ValueError("answer: no JSON object in it")
    wanted = set(schema["properties"])
    best: dict[str, Json] = {}
    for found in _objects(text):
        best = max(best, found, key=lambda each: len(each.keys() & wanted))
        if wanted <= best.keys():
            return best
    best = max(best, _repaired(text), key=lambda each: len(each.keys() & wanted))
    if not wanted & best.keys():
        raise ValueError(f"answer: an object with the fields {', '.join(schema['properties'])} is wanted")
    return best


def _objects(text: str) -> Iterator[dict[str, Json]]:
    """Whole objects in a text, and what they wrap."""
    decoder = json.JSONDecoder(strict=False)
    text = _TRAILING.sub(r"\1", text)
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield found
            yield from (value for value in found.values() if isinstance(value, dict))
        at = text.find("{", end)


def _repaired(text: str) -> dict[str, Json]:
    """What a library makes of an object that is not whole."""
    import json_repair

    text = text[:_LONGEST_REPAIRED]
    if _depth(text) > _DEEPEST:
        raise ValueError("answer: nested too deeply")
    try:
        found = json_repair.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("answer: no JSON object that can be read") from error
    if isinstance(found, list):
        found = next((each for each in found if isinstance(each, dict)), {})
    return found if isinstance(found, dict) else {}


def _depth(text: str) -> int:
    """How deep brackets stand in each other, those in texts included."""
    depth = deepest = 0
    for letter in text:
        if letter in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "}]":
            depth = max(0, depth - 1)
    return deepest


def _fitted(value: Json, schema: Json) -> Json:
    """A value with small slips put right, no deeper and no longer than its schema has it."""
    if "anyOf" in schema:
        return _fitted_or_null(value, schema["anyOf"])
    kind = schema.get("type")
    if kind == "object":
        return _object(value, schema)
    if kind == "array":
        entries = value if isinstance(value, list) else [] if value is None else [value]
        fitted = (_fitted(each, schema["items"]) for each in entries[:_MOST_ENTRIES])
        # An answer that breaks off leaves its last entry without some fields.
        return [each for each in fitted if not _is_torn(each, schema["items"])]
    if kind == "string" and isinstance(value, str | float):
        # The id of a passage may be written as a number.
        return visible(str(value)[:_LONGEST_TEXT])
    return value if isinstance(value, str | int | float | bool | None) else None


def _fitted_or_null(value: Json, choices: list[Json]) -> Json:
    """A value that may be null; one that breaks off is none."""
    other = next(each for each in choices if each.get("type") != "null")
    if value is None or value == "":
        return None
    fitted = _fitted(value, other)
    return None if _is_torn(fitted, other) else fitted


def _object(value: Json, schema: Json) -> Json:
    """An object with the fields of its schema and no others; missing ones are empty where they may be."""
    names: dict[str, Json] = schema["properties"]
    if isinstance(value, str) and names.keys() == {"text", "evidence"}:
        value = {"text": value}
    if not isinstance(value, dict):
        return None
    given = {name: value.get(name) for name in names if name in value or _may_be_empty(names[name])}
    return {name: _fitted(each, names[name]) for name, each in given.items()}


def _may_be_empty(schema: Json) -> bool:
    return schema.get("type") == "array" or any(each.get("type") == "null" for each in schema.get("anyOf", ()))


def _is_torn(value: Json, schema: Json) -> bool:
    return schema.get("type") == "object" and (
        not isinstance(value, dict) or value.keys() != schema["properties"].keys()
    )


def _mistakes(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in error.errors()[:_TOLD])
