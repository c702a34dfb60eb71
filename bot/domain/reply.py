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
    "people",
]
ReplyState = Literal["whole", "growing", "stopped"]
MOST_WORDS_OF_AN_ITEM = 120
"""Words of one item that a reply shows: excerpts stay excerpts."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to press, or to type, next."""

    key: str
    """Key of its label in the interface catalogue."""
    command: str
    """The typed words that do the same."""
    url: str | None = None
    """Where it leads, if it is a link."""
    facts: tuple[tuple[str, str], ...] = ()
    """What its label is filled in with, such as the number of a chapter."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the bot. Evidence ids and citations are those of the edition (or of the archive, said so)."""

    kind: ReplyKind
    text: tuple[Sentence, ...]
    citations: tuple[Citation, ...] = ()
    private: bool = False
    actions: tuple[Action, ...] = ()
    story: int | None = None
    """Number of the story it looks into, if it is about one; of the chapter, where an episode is talked about."""
    writer: str | None = None
    """The model that phrased it, each sentence checked against its passages; None: original words and words of ours."""
    note: str = ""
    """One quiet line on how it came to be: that no questions are left, that no model answered."""
    state: ReplyState = "whole"
    """`growing`: more sentences are coming; `stopped`: whoever asked wanted no more of them."""


def announces(line: Sentence) -> bool:
    """Whether a line is a label of ours that announces what follows it."""
    return not line.evidence and line.text.endswith(":")
