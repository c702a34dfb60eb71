"""Reading an item: what can be said of it before it is compared with others.

Pure and independent of other items, so that items can be read side by side in worker processes.
"""

import re
import unicodedata

from bot.domain.item import Item
from bot.domain.reading import Reading, Span
from bot.domain.roster import Thinker
from bot.domain.text.names import names
from bot.domain.text.sentences import sentences
from bot.domain.text.words import stems, tokens

_MOST_STEMS = 2_000
_READ = 20_000
"""Characters of a text that names and stems are taken from."""
_QUOTED = re.compile(r"“([^”]{15,600})”|«([^»]{15,600})»|(?<![\w\"])\"([^\"\n]{15,600})\"(?!\w)")
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/([\w-]+/[\w.-]+)")
_SHORTEST_PHRASE = 4
"""Words of a quoted phrase."""


def read(item: Item, thinker: Thinker) -> Reading:
    """What can be read off one item."""
    title_spans = _spans(item, "title", [_whole(item.title)] if item.title.strip() else [])
    found = sentences(item.text)
    body = item.text[:_READ]
    near = [(start, end) for start, end in found if end <= _READ]
    repositories = [
        name
        for link in (item.url or "", *item.links)
        for name in _REPOSITORY.findall(link)
        if not name.endswith(".git")
    ]
    return Reading(
        item=item,
        thinker=thinker,
        spans=(*title_spans, *_spans(item, "text", found)),
        stems=tuple((stems(item.title) + stems(body))[:_MOST_STEMS]),
        names=names(item.title, body, near, address_names=repositories),
        links=frozenset(link for link in item.links if link != item.url),
        phrases=_phrases(item.title + "\n" + body),
    )


def _whole(title: str) -> tuple[int, int]:
    return len(title) - len(title.lstrip()), len(title.rstrip())


def _spans(item: Item, where: str, bounds: list[tuple[int, int]]) -> tuple[Span, ...]:
    if where == "title":
        return tuple(Span(item.id, "title", start, end, item.title[start:end]) for start, end in bounds)
    return tuple(Span(item.id, "text", start, end, item.text[start:end]) for start, end in bounds)


def _phrases(text: str) -> frozenset[str]:
    """Quoted phrases of four words or more: lower case, words only, single spaces."""
    found: set[str] = set()
    for match in _QUOTED.finditer(unicodedata.normalize("NFKC", text)):
        words = tokens(next(group for group in match.groups() if group))
        if len(words) >= _SHORTEST_PHRASE:
            found.add(" ".join(words))
    return frozenset(found)
