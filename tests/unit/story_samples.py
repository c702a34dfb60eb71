"""Readings for tests of stories: a small invented press."""

from datetime import UTC, datetime, timedelta

from bot.domain.edition import Window
from bot.domain.item import Item, ItemKind, item_id
from bot.domain.read import read
from bot.domain.reading import Reading
from bot.domain.roster import Thinker, ThinkerKind

END = datetime(2026, 3, 10, 6, tzinfo=UTC)
WINDOW = Window(END - timedelta(hours=24), END)


def reading(
    who: str,
    title: str,
    text: str = "",
    *,
    hours: float = 2,
    kind: ItemKind = ItemKind.ARTICLE,
    links: tuple[str, ...] = (),
    url: str | None = None,
) -> Reading:
    """An item of a thinker, published some hours before the window ends."""
    address = url or f"https://{who}.example/{item_id(title + text + str(hours))}"
    at = END - timedelta(hours=hours)
    item = Item(item_id(address), f"feed:{who}", address, address, title, text, kind, at, at, False, links=links)
    return read(item, Thinker(who, who.title(), ThinkerKind.PERSON))


def dam() -> list[Reading]:
    """Four voices about one event, in different words."""
    return [
        reading(
            "alpha", "Talbot halts the Osero dam", "Mira Talbot stopped work on the Osero dam after cracks were found."
        ),
        reading(
            "beta",
            "Cracks stop work at Osero",
            "Engineers found cracks in the Osero dam, and Mira Talbot halted it.",
            hours=4,
        ),
        reading(
            "gamma",
            "Who pays for the Osero dam now?",
            "The lenders of the Osero dam want answers from Mira Talbot.",
            hours=6,
        ),
        reading(
            "delta", "Villages below Osero wait", "Families below the Osero dam do not trust Mira Talbot.", hours=8
        ),
    ]


def ferry() -> list[Reading]:
    """Two voices about another event."""
    return [
        reading(
            "alpha",
            "Lindholm ferry strike begins",
            "Crews of the Lindholm ferry walked out over night shifts.",
            hours=3,
        ),
        reading(
            "gamma",
            "Night shifts end in a ferry strike",
            "The Lindholm ferry does not sail: crews refuse night shifts.",
            hours=5,
        ),
    ]


def noise() -> list[Reading]:
    """Items about nothing that others speak of."""
    return [
        reading("beta", "A cake with plums", "Flour, butter and plums make a cake for an afternoon."),
        reading("delta", "Notes on knots", "The bowline holds and comes loose again without a knife."),
        reading("epsilon", "Chess for bears", "A bear that plays chess would open with its paws."),
    ]
