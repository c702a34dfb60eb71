"""What to say of a table that is not as it should be: a checker's findings as sentences a person can act on."""

import difflib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic_core import ErrorDetails

_SHOWN = 60
"""Characters of a wrong value that a message shows."""
_WANTED = {
    "string_type": "it should be text in quotation marks",
    "list_type": "it should be a list",
    "bool_type": "it should be true or false",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a file may hold, by the names that people know it under."""

    known: Mapping[str, Collection[str]]
    """The keys of each table (`a thinker`), and the values of each key that takes only some (`kind`)."""
    inside: Mapping[str, str]
    """What a table in a list is called, by the list's key: `sources` holds `a source`."""
    wanted: Mapping[str, str]
    """What should stand there, by the checker's name for the mistake, where the general words do not do."""


def in_words(detail: ErrorDetails, what: str, words: Vocabulary) -> str:
    """What is wrong in one place of a table: `sources[1]: type "feeed" is not known; did you mean "feed"?`."""
    *places, key = detail["loc"]
    if isinstance(key, int):
        places, key = [*places, key], ""
    place = "".join(f"[{part}]" if isinstance(part, int) else f"{part}" for part in places)
    what = words.inside.get(place.partition("[")[0], what) if "[" in place else what
    problem = _problem(detail, str(key), what, words)
    return f"{place}: {problem}" if place else problem


def _problem(detail: ErrorDetails, key: str, what: str, words: Vocabulary) -> str:
    value = detail["input"]
    match detail["type"]:
        case "missing":
            return f"{key} is missing"
        case "extra_forbidden":
            return f'key "{key}" is not known{meant(key, words.known[what])}'
        case "literal_error" if key == "schema_version":
            return f"schema_version {shown(value)} is not 1, the only one this version reads"
        case "enum" | "literal_error":
            return f"{key} {shown(value)} is not known{meant(value, words.known[key])}"
        case "string_pattern_mismatch":
            return f"{key} {shown(value)} is not made of {words.wanted['string_pattern_mismatch']}".lstrip()
        case "string_too_short":
            return f"{key} is empty"
        case other:
            wanted = words.wanted.get(other) or _WANTED.get(other, detail["msg"].lower())
            return f"{key} {shown(value)} is not right: {wanted}".lstrip()


def meant(value: object, known: Collection[str]) -> str:
    """What was probably meant, else everything that is known; the end of a sentence."""
    near = difflib.get_close_matches(str(value).casefold(), known, n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; known: {', '.join(known)}"


def shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} and so on"
