"""What a platform is asked to show: a closed union that every platform renders in its own way."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.edition import Edition, Story
from bot.domain.reply import Reply


@dataclass(frozen=True, slots=True)
class EditionCard:
    """The one message in the channel."""

    edition: Edition
    late: datetime | None = None
    """When it was due, where it comes too late."""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One story, in the thread."""

    edition: Edition
    story: Story


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """The open question and the hint what to type, in the thread."""

    edition: Edition


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to a person."""

    reply: Reply
    language: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain word from the bot: progress, refusal of a command, an error."""

    text: str


Message = EditionCard | StoryPart | QuestionPart | Answer | Notice


Part = EditionCard | StoryPart | QuestionPart


def thread_of(edition: Edition, *, late: datetime | None = None) -> tuple[Part, ...]:
    """The parts of an edition in the order people read them: card, stories, the open question."""
    return (
        EditionCard(edition, late),
        *(StoryPart(edition, story) for story in edition.stories),
        QuestionPart(edition),
    )


def part_name(part: Part) -> str:
    """What the ledger calls a part: `card`, `story-2`, `question`."""
    match part:
        case EditionCard():
            return "card"
        case StoryPart(_, story):
            return f"story-{story.number}"
        case QuestionPart():
            return "question"
