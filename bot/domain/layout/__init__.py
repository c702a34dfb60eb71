"""Messages laid out as documents: what stands where, under which label.

The order of parts and the labels are the product's form; every platform shares them. An empty part leaves no
label, no divider and no gap.
"""

from typing import assert_never

from bot.domain.document import Actions, Document, Paragraph, Run, Small
from bot.domain.layout.answer import answered, noticed
from bot.domain.layout.card import card
from bot.domain.layout.episode import contents, overview
from bot.domain.layout.question import question
from bot.domain.layout.runs import Speaks, coded, instant, site, timed
from bot.domain.layout.story import arithmetic, story_part
from bot.domain.message import (
    Answer,
    EditionCard,
    EpisodeContents,
    EpisodeOverview,
    Message,
    Notice,
    Part,
    Progress,
    QuestionPart,
    Sheet,
    StoryPart,
    is_episode,
)
from bot.domain.reply import Action

__all__ = ["Speaks", "arithmetic", "coded", "instant", "lay_out", "site", "timed"]


def lay_out(message: Message, phrases: Speaks) -> Document:
    """The document of a message in an interface language."""
    match message:
        case Answer():
            return answered(message, phrases)
        case Notice(text, actions, note):
            said = Paragraph(noticed(text))
            return (said, *([Small((Run(note),))] if note else []), *([Actions(actions)] if actions else []))
        case Progress(sources, _, about):
            reading = phrases.say("progress-episode") if is_episode(about) else phrases.say("progress", n=sources)
            return (Paragraph((Run(reading),)), Actions((Action("stop", "stop"),)))
        case Sheet(document, _):
            return document
    return _published(message, phrases)


def _published(part: Part, phrases: Speaks) -> Document:
    """A part of an edition or of an overview."""
    match part:
        case EditionCard(edition, late):
            return card(edition, late, phrases)
        case StoryPart(edition, story):
            return story_part(edition, story, phrases)
        case QuestionPart(edition):
            return question(edition, phrases)
        case EpisodeOverview(episode):
            return overview(episode, phrases)
        case EpisodeContents(episode):
            return contents(episode, phrases)
    assert_never(part)
