"""How Slack checks JSON: what a value must be, and the words in which it says where it is not.

A check is given where a value stands (`/blocks/0/text`), the value, and the surface it is for, and yields complaints.
What Slack writes about each complaint is as its answers have it; where they are not known, it is in the same manner.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MESSAGE, MODAL, HOME = "message", "modal", "home"
Complaints = Iterator[str]
Check = Callable[[str, Any, str], Complaints]


def said(where: str, words: str) -> str:
    """A complaint as Slack writes it."""
    return f"{words} [json-pointer:{where}]"


def string(most: int, least: int = 1) -> Check:
    """A text of so many characters."""

    def check(where: str, value: Any, surface: str) -> Complaints:
        if not isinstance(value, str):
            yield said(where, "must be a string")
        elif len(value) < least:
            yield said(where, f"must be more than {least - 1} characters")
        elif len(value) > most:
            yield said(where, f"must be less than {most + 1} characters")

    return check


def flag(where: str, value: Any, surface: str) -> Complaints:
    """True or false."""
    if not isinstance(value, bool):
        yield said(where, "must be a boolean")


def number(least: int, most: int) -> Check:
    """A whole number."""

    def check(where: str, value: Any, surface: str) -> Complaints:
        if isinstance(value, bool) or not isinstance(value, int):
            yield said(where, "must be an integer")
        elif not least <= value <= most:
            yield said(where, f"must be between {least} and {most}")

    return check


def among(*allowed: str) -> Check:
    """One of these words."""

    def check(where: str, value: Any, surface: str) -> Complaints:
        if value not in allowed:
            yield said(where, f"must be a valid enum value: {', '.join(allowed)}")

    return check


def shaped(matches: Callable[[str], bool], words: str) -> Check:
    """A text of a certain form."""

    def check(where: str, value: Any, surface: str) -> Complaints:
        if not (isinstance(value, str) and matches(value)):
            yield said(where, words)

    return check


def many(each: Check, most: int, least: int = 1) -> Check:
    """A list of these."""

    def check(where: str, value: Any, surface: str) -> Complaints:
        if not isinstance(value, list):
            yield said(where, "must be an array")
            return
        if len(value) > most:
            yield said(where, f"no more than {most} items allowed")
        if len(value) < least:
            yield said(where, f"no fewer than {least} items allowed" if least > 1 else "no items found")
        for position, one in enumerate(value):
            yield from each(f"{where}/{position}", one, surface)

    return check


def text(most: int, *kinds: str, least: int = 1) -> Check:
    """A text object; `kinds`: what its type may be, plain text only where none is given."""
    allowed = kinds or ("plain_text",)

    def check(where: str, value: Any, surface: str) -> Complaints:
        if not isinstance(value, Mapping):
            yield said(where, "must provide an object")
            return
        kind = value.get("type")
        if kind not in allowed:
            yield said(where, f"must be a valid text object: {' or '.join(allowed)}, not {kind}")
            return
        fields = {"type", "text", "emoji" if kind == "plain_text" else "verbatim"}
        for name in sorted(set(value) - fields):
            yield said(where, f"invalid additional property: {name}")
        for name in sorted((fields & set(value)) - {"type", "text"}):
            yield from flag(f"{where}/{name}", value[name], surface)
        yield from string(most, least)(f"{where}/text", value.get("text"), surface)

    return check


@dataclass(frozen=True, slots=True)
class Rule:
    """What an object of one type consists of."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    surfaces: Collection[str] = (MESSAGE, MODAL, HOME)
    more: Callable[[str, Mapping[str, Any], str], Complaints] | None = None
    """What cannot be said of one field."""


def obey(rule: Rule, where: str, value: Mapping[str, Any], surface: str, given: Collection[str] = ()) -> Complaints:
    """Check an object by a rule; `given`: fields that it has anyhow, such as `type`."""
    for name in sorted(set(value) - set(rule.required) - set(rule.optional) - set(given)):
        yield said(where, f"invalid additional property: {name}")
    for name, check in rule.required.items():
        if value.get(name) is None:
            yield said(where, f"missing required field: {name}")
        else:
            yield from check(f"{where}/{name}", value[name], surface)
    for name, check in rule.optional.items():
        if value.get(name) is not None:
            yield from check(f"{where}/{name}", value[name], surface)
    if rule.more is not None:
        yield from rule.more(where, value, surface)


def exactly(rule: Rule, *given: str) -> Check:
    """An object of one kind, which has no type."""

    def check(where: str, value: Any, surface: str) -> Complaints:
        if not isinstance(value, Mapping):
            yield said(where, "must provide an object")
        else:
            yield from obey(rule, where, value, surface, given)

    return check


def typed(rules: Callable[[], Mapping[str, Rule]], *allowed: str) -> Check:
    """An object whose `type` says by which rule it goes; `allowed`: the types that may stand here, all if none."""

    def check(where: str, value: Any, surface: str) -> Complaints:
        kind = value.get("type") if isinstance(value, Mapping) else None
        rule = rules().get(str(kind))
        if rule is None or (allowed and kind not in allowed) or surface not in rule.surfaces:
            yield said(where, f"unsupported type: {kind}")
            return
        yield from obey(rule, where, value, surface, ("type",))

    return check
