"""The scopes we ask for, and why: one list for the manifest, for installing, for the doctor and for what is missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from bot.ports.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Scope:
    """Something we must be allowed to do in a workspace."""

    name: str
    """As Slack names it: it is what an admin looks for on the page of the app."""
    key: str
    """Key of the phrase that says what we need it for."""
    optional: bool = False
    """An admin may leave it out: something works less well, nothing breaks."""


HISTORY: Final = "channels:history"
PRIVATE_HISTORY: Final = "groups:history"
JOIN: Final = "channels:join"
PEOPLE: Final = "users:read"
FILES: Final = "files:write"
SCOPES: Final[tuple[Scope, ...]] = (
    Scope("chat:write", "scope-write"),
    Scope("commands", "scope-commands"),
    Scope("app_mentions:read", "scope-mentions"),
    Scope("channels:read", "scope-channels"),
    Scope(HISTORY, "scope-history"),
    Scope("im:history", "scope-direct"),
    Scope("im:write", "scope-open"),
    Scope(PEOPLE, "scope-people"),
    Scope("assistant:write", "scope-assistant"),
    Scope("groups:read", "scope-private", optional=True),
    Scope(PRIVATE_HISTORY, "scope-private-history", optional=True),
    Scope(JOIN, "scope-join", optional=True),
    Scope(FILES, "scope-files", optional=True),
)
REQUIRED: Final = tuple(scope.name for scope in SCOPES if not scope.optional)
OPTIONAL: Final = tuple(scope.name for scope in SCOPES if scope.optional)


def missing(granted: Collection[str], *, optional: bool = False) -> tuple[Scope, ...]:
    """What was not granted of what we need; with `optional`, of what we can do without. In the order of the list."""
    return tuple(scope for scope in SCOPES if scope.optional is optional and scope.name not in granted)


def names(scopes: Iterable[Scope]) -> str:
    """How the scopes are called, joined by commas: Slack does not translate them."""
    return ", ".join(scope.name for scope in scopes)


def remedy(scopes: Iterable[Scope], phrases: Phrases) -> tuple[str, ...]:
    """A sentence a scope: what it is for; and, first, where to give it. Empty if none is missing."""
    lines = tuple(phrases.say("right-line", right=scope.name, why=phrases.say(scope.key)) for scope in scopes)
    return (phrases.say("scopes-how"), *lines) if lines else ()
