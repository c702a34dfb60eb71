"""What a platform is asked to show: a closed union that every platform renders in its own way."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.document import Document
from bot.domain.edition import Edition, Story
from bot.domain.episode import Episode
from bot.domain.reply import Action, Reply

Publication = Edition | Episode
"""What is published to places and discussed in threads."""
_EPISODE = re.compile(r"[0-9a-f]{16}")


def is_episode(publication: str) -> bool:
    """Whether an id is that of an episode: sixteen hex digits; ids of editions have dashes."""
    return _EPISODE.fullmatch(publication) is not None


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
class EpisodeOverview:
    """The overview of an episode: the one message in the channel."""

    episode: Episode


@dataclass(frozen=True, slots=True)
class EpisodeContents:
    """The first screen of its chapters and what to type, in the thread."""

    episode: Episode


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to a person."""

    reply: Reply
    language: str
    edition: Publication | None = None
    """What it is about, an edition or an episode: gives a look-up its heading, and its buttons something to act on."""
    command: str | None = None
    """The typed words that give it again, such as `sources 2`; None for the answer to a question."""
    shared_by: str | None = None
    """The name of who showed a private look-up to all."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain word from the bot: refusal of a command, an error."""

    text: str
    actions: tuple[Action, ...] = ()
    note: str | None = None
    """A fact in small print, such as the id of an error."""
    edition: str | None = None
    """The id of the edition that its actions are about."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Work goes on; the answer will take its place."""

    sources: int
    """How many are read."""
    language: str
    edition: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page for one person, laid out already: status, sources, what is kept about them."""

    document: Document
    language: str


Message = (
    EditionCard | StoryPart | QuestionPart | EpisodeOverview | EpisodeContents | Answer | Notice | Progress | Sheet
)


def language_of(message: Message) -> str | None:
    """The language a message is in; None where its words are all there is, and nothing says which they are in."""
    match message:
        case Answer(_, language) | Progress(_, language, _) | Sheet(_, language):
            return language
        case EditionCard(edition) | StoryPart(edition) | QuestionPart(edition):
            return edition.language
        case EpisodeOverview(episode) | EpisodeContents(episode):
            return episode.card.language
        case Notice():
            return None


def edition_of(message: Message) -> str:
    """Id of the edition a message is about; empty where it is about none."""
    match message:
        case EditionCard(edition) | StoryPart(edition) | QuestionPart(edition):
            return edition.id
        case EpisodeOverview(episode) | EpisodeContents(episode):
            return episode.id
        case Answer(edition=Edition() | Episode() as edition):
            return edition.id
        case Notice(edition=str(name)) | Progress(edition=name):
            return name
    return ""


Part = EditionCard | StoryPart | QuestionPart | EpisodeOverview | EpisodeContents


def thread_of(publication: Publication, *, late: datetime | None = None) -> tuple[Part, ...]:
    """The parts in the order people read them: card, stories, the open question; overview, chapters."""
    if isinstance(publication, Episode):
        return (EpisodeOverview(publication), EpisodeContents(publication))
    return (
        EditionCard(publication, late),
        *(StoryPart(publication, story) for story in publication.stories),
        QuestionPart(publication),
    )


def leads_on(part: Part) -> bool:
    """Whether a part leads to stories that are posted after it."""
    match part:
        case EditionCard(edition):
            return bool(edition.stories)
        case StoryPart(edition, story):
            later = {other.id for other in edition.stories if other.number > story.number}
            return any(link.story in later for link in story.connects_to)
    return False


def part_name(part: Part) -> str:
    """What the ledger calls a part: `card`, `story-2`, `question`, `chapters`."""
    match part:
        case EditionCard() | EpisodeOverview():
            return "card"
        case StoryPart(_, story):
            return f"story-{story.number}"
        case QuestionPart():
            return "question"
        case EpisodeContents():
            return "chapters"
