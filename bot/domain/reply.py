"""What people type in a thread, and what they get back, as `counterpoint ask --format json` prints it."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.edition import Citation, Sentence

ReplyKind = Literal[
    "sources",
    "quote",
    "counter",
    "crux",
    "deeper",
    "chapter",
    "why",
    "who",
    "audio",
    "transcript",
    "translate",
    "list",
    "answer",
    "refusal",
    "help",
    "passage",
    "find",
    "story",
]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to press, or to type, next."""

    key: str
    """Key of its label in the interface catalogue."""
    command: str
    """The typed words that do the same."""
    url: str | None = None
    """Where it leads, if it is a link."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the bot. Evidence ids and citations are those of the edition (or of the archive, said so)."""

    kind: ReplyKind
    text: tuple[Sentence, ...]
    citations: tuple[Citation, ...] = ()
    private: bool = False
    actions: tuple[Action, ...] = ()
    story: int | None = None
    """Number of the story it looks into, if it is about one."""
