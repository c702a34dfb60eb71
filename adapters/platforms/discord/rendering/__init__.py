"""What a message looks like on Discord: JSON payloads and nothing else, so that everything about them can be tested.

No discord.py here: a payload is data. What stands where is decided in `bot.domain.layout`; this module decides what of
it fits into one message. `components` turns blocks into components.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from adapters.platforms.discord.payloads import CV2, EPHEMERAL, SILENT, Payload
from adapters.platforms.discord.rendering.components import Frame, composed
from adapters.platforms.discord.rendering.limits import NAME, check, faults
from adapters.wire.runs import plain
from bot.domain.document import Document
from bot.domain.durations import duration
from bot.domain.episode import Episode
from bot.domain.layout import lay_out
from bot.domain.layout.cutting import cut
from bot.domain.layout.portions import continued, portions, shorter
from bot.domain.message import (
    Answer,
    EditionCard,
    EpisodeContents,
    EpisodeOverview,
    Message,
    Publication,
    QuestionPart,
    StoryPart,
    edition_of,
)
from bot.ports.phrases import Phrases

__all__ = ["Where", "jump", "render", "thread_name"]

ACCENT: Final = 0xE0A23B
"""Of the card, and of nothing else."""
_ROLE: Final = re.compile(r"\d{1,20}")


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of the place a message is shown in. Everything may be missing: then less is linked."""

    stories: Mapping[int, str] = field(default_factory=dict)
    """Story number to the address of its message (`jump`), as far as they are posted: for "Connects to story 3"."""
    guild: str | None = None
    """Id of the server; None in a direct message."""
    thread: str | None = None
    """Id of the thread of the edition, once there is one."""
    mention_role: str | None = None
    """Id of the role that the card mentions: the only mention that ever leaves."""
    private: bool = False
    """Only one person sees it (flag 64): what is not for all, such as Share, is offered only then."""
    pictures: Collection[str] = ()
    """Names of the files of pictures that are sent with it; others are left out."""


def render(message: Message, phrases: Phrases, where: Where) -> tuple[Payload, ...]:
    """The payloads of a message, in the words of `phrases`: one; more, in their order, where it is too long for one.

    Every payload has passed `limits.check`. Flags: 32768 always, 4096 (silent) on story and question parts, 64 where
    `where.private`. What is too long loses tracking parameters of addresses first; then a list of sources shows fewer
    of its passages (each can be read by itself), and everything else but the card is split: a story at its second
    divider. No sentence is cut, no citation left out, no number unlinked for it. Card, progress and question are one
    message each, but for text nobody could have written. Payload n of a part is posted under `derived(key, n)`.

    Raises:
        MessageRefused: it cannot be shown within the limits; the words name what is too long.
    """
    if isinstance(message, Answer):
        message = replace(message, reply=replace(message.reply, private=where.private))
    frame = _frame(message, phrases, where)
    document = lay_out(message, phrases)
    for tight in (replace(frame, trims=False), replace(frame, trims=True)):
        payload = composed(document, tight)
        if not faults(payload):
            return (payload,)
    for smaller in shorter(message, document):
        payload = composed(smaller, replace(frame, trims=True))
        if not faults(payload):
            return (payload,)
        document = smaller
    return _several(document, replace(frame, trims=True), continued(message, phrases))


def thread_name(publication: Publication, phrases: Phrases) -> str:
    """The name of a publication's thread, at most 90 characters: of an edition date, slot and the first two parts of
    its title; of an episode its show and title.
    """
    if isinstance(publication, Episode):
        return _episode_name(publication, phrases)
    edition = publication
    day = phrases.say("day", day=edition.date.day, month=edition.date.month, year=str(edition.date.year))
    when = f"{day}, {phrases.say(f'slot-{edition.slot}')}"
    parts = [part for part in re.split(r"[,;] ", plain(edition.title)) if part][:2]
    if not parts:
        return when
    most = NAME - len(when) - len(": ")
    both = ", ".join(parts)
    return f"{when}: {both if len(both) <= most else cut(parts[0], most)}"


def _episode_name(episode: Episode, phrases: Phrases) -> str:
    show, title = plain(episode.show or ""), plain(episode.title) or phrases.say("episode-untitled")
    show = cut(show, NAME // 2)
    return f"{show}: {cut(title, NAME - len(show) - len(': '))}" if show else cut(title, NAME)


def jump(guild: str | None, channel: str, message: str) -> str:
    """The address of a message, to link to it."""
    return f"https://discord.com/channels/{guild or '@me'}/{channel}/{message}"


# ---------------------------------------------------------------- one message


def _frame(message: Message, phrases: Phrases, where: Where) -> Frame:
    flags = CV2 | (EPHEMERAL if where.private else 0)
    frame = Frame(phrases, flags, edition=edition_of(message), stories=dict(where.stories), pictures=where.pictures)
    match message:
        case EditionCard(edition):
            facts = {} if edition.audio is None else {"time": duration(edition.audio.seconds)}
            role = where.mention_role if where.mention_role and _ROLE.fullmatch(where.mention_role) else None
            return replace(frame, boxed=True, accent=ACCENT, facts=facts, role=role, whole=True)
        case EpisodeOverview():
            return replace(frame, boxed=True, whole=True)
        case StoryPart() | QuestionPart() | EpisodeContents():
            return replace(frame, boxed=True, flags=flags | SILENT)
        case Answer(reply, edition=Episode()) if reply.kind == "chapter" and not where.private:
            # A chapter for all is a part of the thread, as what the desk publishes is.
            return replace(frame, boxed=True)
    return frame


# ---------------------------------------------------------------- what is too long


def _several(document: Document, frame: Frame, head: Document) -> tuple[Payload, ...]:
    parts = [document]
    if not frame.whole:
        parts = portions(document, lambda part: not faults(composed((*head, *part), frame)))
    payloads = tuple(composed((*(head if n else ()), *part), frame) for n, part in enumerate(parts))
    for payload in payloads:
        check(payload)
    return payloads
