"""What an edition is made of, and the stories found in it: read, find, list.

Finding takes seconds where thousands of items were read, so it is done once: whoever wants to know the candidates
before the edition is drafted gets them with all that was found, and hands that back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from bot.domain.claim import Claim
from bot.domain.desk import Desk
from bot.domain.drafted import OpenPromise
from bot.domain.edition import Edition, Slot, SourceDown, Window
from bot.domain.item import Item
from bot.domain.quotable import fitness, is_question
from bot.domain.read import read
from bot.domain.reading import Reading
from bot.domain.roster import Roster, Thinker
from bot.domain.sentence_ranking import rank_sentences
from bot.domain.stories import FoundStories, StoryDraft, find_stories

MOST_STORIES: Final = 5
THIN: Final = 3
"""Fewer stories than this make a thin day, and the edition says so."""
_MOST_CANDIDATES = 12
_MOST_NAMED = 4
"""Voices that a candidate names."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of the sources when an edition is composed."""

    read: int
    down: tuple[SourceDown, ...]
    silent: int
    unreachable: int
    """Thinkers who publish nowhere that can be read without a key."""


@dataclass(frozen=True, slots=True)
class Commission:
    """Everything an edition depends on."""

    id: str
    desk: Desk
    slot: Slot
    date: date
    window: Window
    language: str
    roster: Roster
    items: tuple[Item, ...]
    """Items in the window."""
    history: tuple[Item, ...]
    """Items of up to 14 days before it."""
    earlier: tuple[Edition, ...]
    """Earlier editions of the desk, newest first."""
    gathered: Gathered
    topic: str | None = None
    claims: tuple[Claim, ...] = ()
    """What was asserted before the window, in sources of the roster."""
    older: tuple[Item, ...] = ()
    """Items of those claims, as far as they are not in the history."""
    promises: tuple[OpenPromise, ...] = ()
    """Open promises of earlier editions in this language, oldest first."""
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Candidates for an edition, best first by our own order."""

    found: FoundStories
    candidates: tuple[str, ...]
    """A line for each of the stories found: topic, voices, first sentence. The words in it are of items."""


def shortlist(commission: Commission) -> Shortlist:
    """Up to twelve stories that an edition could tell."""
    found = find(commission, readings_of(commission), most=_MOST_CANDIDATES)
    return Shortlist(found, tuple(_line(draft) for draft in found.stories))


def picked(listed: Shortlist, order: Sequence[int]) -> FoundStories:
    """The stories of an edition in an order that somebody else gave, as numbers of candidates from 1.

    Numbers that are none, and repetitions, are passed over. What the order leaves out is left out, unless the edition
    would be thin without it: then our own order fills it up, so that no text among the candidates can empty an edition.
    """
    stories = listed.found.stories
    numbers = [n for n in dict.fromkeys(order) if 0 < n <= len(stories)][:MOST_STORIES]
    rest = (n for n in range(1, len(stories) + 1) if n not in numbers)
    numbers += [n for n, _ in zip(rest, range(THIN - len(numbers)), strict=False)]
    chosen = [stories[n - 1] for n in numbers]
    best = max((story.score for story in chosen), default=0.0) or 1.0
    return replace(listed.found, stories=tuple(replace(one, score=round(one.score / best, 3)) for one in chosen))


def find(commission: Commission, readings: Sequence[Reading], *, most: int = MOST_STORIES) -> FoundStories:
    """The stories of a commission, best first; with the topics of the whole window where the asked one has none."""
    history = _read(commission.history, commission.roster.owners())
    earlier, window = list(commission.earlier), commission.window
    found = find_stories(readings, history, earlier, window, most=most, topic=commission.topic)
    if commission.topic is not None and not found.stories:
        whole = find_stories(readings, history, earlier, window, most=most)
        found = replace(found, topics=whole.topics)
    return found


def readings_of(commission: Commission) -> list[Reading]:
    """What was published in the window, read."""
    return _read(commission.items, commission.roster.owners())


def archive(commission: Commission) -> Callable[[str], Reading | None]:
    """Items of earlier claims by their ids, read when they are asked for; what is in the window is not earlier."""
    owners = commission.roster.owners()
    inside = {item.id for item in commission.items}
    items: dict[str, list[Item]] = {}
    for item in (*commission.history, *commission.older):
        if item.id not in inside:
            items.setdefault(item.id, []).append(item)

    def reading(identity: str) -> Reading | None:
        return next(iter(_read(items.get(identity, ()), owners)), None)

    return lru_cache(maxsize=None)(reading)


def _read(items: Sequence[Item], owners: dict[str, Thinker]) -> list[Reading]:
    """One reading an item: of several sources that report it, the first on the roster counts."""
    order = {key: place for place, key in enumerate(owners)}
    known = sorted((item for item in items if item.source in order), key=lambda item: (order[item.source], item.id))
    first: dict[str, Item] = {}
    for item in known:
        first.setdefault(item.id, item)
    return [read(item, owners[item.source]) for item in first.values()]


def _line(draft: StoryDraft) -> str:
    """`Osero dam | Dora Hale, Cleo Frost and 1 more | Mira Talbot stopped work on the Osero dam.`"""
    voices = list(dict.fromkeys(reading.thinker.name for reading in draft.readings))
    more = f" and {len(voices) - _MOST_NAMED} more" if len(voices) > _MOST_NAMED else ""
    return " | ".join((draft.topic, ", ".join(voices[:_MOST_NAMED]) + more, _first_sentence(draft)))


def _first_sentence(draft: StoryDraft) -> str:
    """The most central sentence that stands alone, else the first headline."""
    rank = dict(rank_sentences(draft.readings))
    usable = [
        (-fitness(span.text) * (0.15 + score), span.item, span.start, span.text)
        for span, score in rank.items()
        if span.where == "text" and fitness(span.text) and not is_question(span.text)
    ]
    return min(usable)[3] if usable else next((r.item.title for r in draft.readings if r.item.title), "")
