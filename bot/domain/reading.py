"""A reading: what can be read off one item before it is compared with others."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.item import Item
from bot.domain.roster import Thinker


@dataclass(frozen=True, slots=True)
class Span:
    """A passage that has no number yet: one sentence of an item's title or text, in its original characters."""

    item: str
    where: Literal["title", "text"]
    start: int
    end: int
    text: str
    """Exactly `title[start:end]` or `text[start:end]`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One item with what was read off it."""

    item: Item
    thinker: Thinker
    """Who publishes the source it came from."""
    spans: tuple[Span, ...]
    """The title (if any), then the sentences of the text in order."""
    stems: tuple[str, ...]
    """Content words of title and text, stemmed, lower case, in order, at most 2,000."""
    names: frozenset[str]
    """Proper names, products, handles, versions: normalised to lower case, single spaces."""
    links: frozenset[str]
    """Canonical links the text points to, without the item's own."""
    phrases: frozenset[str]
    """Quoted phrases of four words or more, normalised."""
