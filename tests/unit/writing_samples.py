"""An invented press and what is ordered of the writer, for tests of whole editions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.argument import argue, quotes_of
from bot.domain.compose import Commission, Gathered, compose
from bot.domain.desk import DEFAULT_DESK
from bot.domain.edition import Edition, Evidence, Story, Window
from bot.domain.item import Item, ItemKind
from bot.domain.phrasing import Say
from bot.domain.reading import Reading
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.domain.stories import StoryDraft
from bot.domain.writing.citing import Citing
from bot.domain.writing.story import Pen, StoryMatter, headline, write_story
from tests.fakes.readings import NOON, item, thinker

WINDOW = Window(NOON - timedelta(hours=24), NOON)
BROOK, STONE, FROST, HALE = (thinker(name) for name in ("Ada Brook", "Ben Stone", "Cleo Frost", "Dora Hale"))
QUAY = thinker("Quay Weekly", ThinkerKind.NEWSLETTER)
HARBOUR = thinker("Harbour Lab", ThinkerKind.ORGANIZATION)
PIER = thinker("Pier Talk", ThinkerKind.PODCAST)
MOL = Thinker(
    "vera-mol",
    "Вера Мол",
    ThinkerKind.PERSON,
    (SourceSpec(SourceType.BLUESKY, "mol.example"), SourceSpec(SourceType.FEED, "https://vera-mol.example/feed.xml")),
)
PRESS = (BROOK, STONE, FROST, HALE, QUAY, HARBOUR, PIER, MOL)
NOTHING_DOWN = Gathered(read=8, down=(), silent=0, unreachable=0)

CLAIM = "Marlin cut review time by 40 percent in our team of nine engineers."
DENIAL = "Ada Brook is wrong about Marlin: review time went up by 15 percent in the same months."


def marlin() -> list[Item]:
    """Four voices on a review tool: a claim, a denial of it, a scope, a question; one of them sells something."""
    return [
        item(
            BROOK,
            f"{CLAIM} Marlin reads every change before a person does, and it never gets tired of small ones. "
            "I run a company that sells Marlin to banks and hospitals.",
            title="Marlin cut our review time",
            hours=6,
            slug="marlin",
        ),
        item(
            STONE,
            f"{DENIAL} We counted the reopened changes of Marlin, and nobody in that team had counted them. "
            "The whole gain of Marlin is a question of what you stop counting.",
            title="Marlin made reviews slower",
            hours=4,
            slug="slower",
            links=("https://ada-brook.example/marlin",),
        ),
        item(
            FROST,
            "Marlin helps a small team, but only when every change is short. "
            "Who counts the changes that Marlin reopens a week later?",
            title="Where Marlin helps",
            hours=3,
        ),
        item(
            QUAY,
            "Banks and hospitals bought Marlin in spring, the paper reports. "
            "Two hospitals have stopped paying for Marlin since then.",
            title="Hospitals leave Marlin",
            hours=2,
        ),
    ]


def dam() -> list[Item]:
    """Three voices on one event, nobody disagrees."""
    return [
        item(
            HALE,
            "Mira Talbot stopped work on the Osero dam after cracks were found in its northern wall. "
            "Nobody below the Osero dam was told before the evening news.",
            title="Talbot halts the Osero dam",
            hours=9,
        ),
        item(
            FROST,
            "Engineers found cracks in the northern wall of the Osero dam, and Mira Talbot halted the work at once.",
            title="Cracks stop work at Osero",
            hours=8,
        ),
        item(
            QUAY,
            "The lenders of the Osero dam want answers from Mira Talbot before the end of the month.",
            title="Who pays for the Osero dam now?",
            hours=5,
        ),
    ]


def kit() -> list[Item]:
    """A release, a star, and somebody who tried the thing."""
    return [
        item(
            HARBOUR,
            "Tidekit 2.1 reads tide tables from paper and from screens. Tidekit 2.1 needs no clock of its own.",
            title="Tidekit 2.1",
            hours=7,
            kind=ItemKind.RELEASE,
        ),
        item(
            BROOK,
            "A kit that reads tide tables from paper and from screens.",
            title="harbour-lab/tidekit",
            hours=6,
            kind=ItemKind.STAR,
        ),
        item(
            HALE,
            "I tried Tidekit 2.1 on the low pier, and its tide tables were right on every day but one. "
            "I think Tidekit 2.1 is the only kit that a lone sailor should trust.",
            title="A week with Tidekit 2.1",
            hours=1,
        ),
    ]


def press() -> list[Item]:
    """All three subjects."""
    return [*marlin(), *dam(), *kit()]


def say(language: str = "en") -> Say:
    """The interface phrases of a language."""
    return FluentCatalogue().speak(language).say


def commission(items: Sequence[Item], **facts: Any) -> Commission:
    """What is ordered of the writer: a morning edition of 5 March 2026, with some facts changed."""
    known: dict[str, Any] = {
        "id": "default-20260305-am-0a1b2c3d",
        "desk": DEFAULT_DESK,
        "slot": "am",
        "date": NOON.date(),
        "window": WINDOW,
        "language": "en",
        "roster": Roster(PRESS),
        "items": tuple(items),
        "history": (),
        "earlier": (),
        "gathered": NOTHING_DOWN,
    }
    return Commission(**{**known, **facts})


def composed(items: Sequence[Item], **facts: Any) -> Edition:
    """The edition of some items."""
    order = commission(items, **facts)
    return compose(order, say(order.language))


def story_about(edition: Edition, word: str) -> Story:
    """The one story whose title or topic holds a word."""
    (story,) = (s for s in edition.stories if word in s.title or word in s.topic)
    return story


def words_behind(edition: Edition, evidence: Evidence) -> list[str]:
    """The cited words."""
    return [edition.passages()[passage][1].text for passage in evidence]


def at(hours: float) -> datetime:
    """Some hours before noon of 5 March 2026."""
    return NOON - timedelta(hours=hours)


def pen(language: str = "en") -> Pen:
    """A pen that has written nothing yet."""
    return Pen(Citing(), say(language), language)


def matter(*readings: Reading, shared: tuple[str, ...] = (), fresh: Sequence[Reading] | None = None) -> StoryMatter:
    """A story's matter, its sentences in the order of their fitness; all items are fresh unless some are named."""
    quotes = tuple(quotes_of(readings, {}))
    draft = StoryDraft(
        topic=shared[0] if shared else "Harbour",
        readings=readings,
        echoes=(),
        origins=len(readings),
        voices=len({r.thinker.id for r in readings}),
        items=len(readings),
        shared=shared,
        usual=None,
        burst=None,
        p=None,
        score=1.0,
        state="new",
        continues=None,
        fresh=frozenset(r.item.id for r in (readings if fresh is None else fresh)),
    )
    return StoryMatter(draft, quotes, argue(quotes))


def written(one: StoryMatter, with_pen: Pen | None = None) -> Story:
    """The story of a matter, before any check."""
    title = headline(one)
    assert title is not None
    return write_story(one, title, 1, "e", WINDOW, with_pen or pen())
