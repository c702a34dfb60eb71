"""The passages that are laid before a writer: what the selected story cites, and more, as an editor would mark it up.

Breadth before depth: of every item of a story first its best sentence, then its headline, then a second and a third;
items the selected story cites before others, each voice before anyone's next item. Of an item no more is offered than
may be shown of it, so that whatever a writer cites stays an excerpt; of a story no more than a writer can weigh,
however many sources there are. A passage is a whole sentence or headline in its original words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.argument import Quote
from bot.domain.checks.shape import MOST_WORDS, MOST_WORDS_OF_A_POST, shown_words
from bot.domain.conflict import alike
from bot.domain.drafted import Material, OpenPromise
from bot.domain.edition import Citation, CitedPassage, Edition, Story
from bot.domain.item import ACTS, Item, ItemKind
from bot.domain.promises import cited
from bot.domain.quotable import fitness, is_harmless, words
from bot.domain.reading import Reading, Span
from bot.domain.tokens import tokens_of
from bot.domain.writing.citing import citation_of
from bot.domain.writing.story import StoryMatter

MOST_ITEMS = 12
"""Items of one story that are offered."""
MOST_STORY_TOKENS = 740
"""Tokens of one story's passages, as they are shown, unless the selected story itself cites more: some 320 words, so
that five stories with all that is said of them stay below 4,500.
"""
_AROUND = " [12.3] , article, 2026-02-17, headline:"
"""What stands around a passage where it is shown, besides who published it."""
_DEPTH = 5
"""Passages of one item."""
_SAME = 0.8
"""Share of common stems from which one sentence of an item, or its headline, says nothing beside another."""
_LONGEST_NAME = 75
"""Characters of what an act was done to: a repository, a version."""


def offered(
    edition: Edition, matters: Sequence[StoryMatter], promises: Sequence[OpenPromise] = ()
) -> tuple[tuple[Citation, ...], tuple[Material, ...], tuple[OpenPromise, ...]]:
    """All that may be cited for an edition, for each of its stories what may be cited there, and the promises with what
    they rested on.

    `matters` are those of its stories, in their order. The citations begin with the edition's own under their numbers;
    more passages of them, and more citations, follow.
    """
    known = {citation.item: citation for citation in edition.citations}
    kept = tuple(replace(one, evidence=cited(one, known)) for one in promises)
    materials = tuple(
        Material(story.id, _passages(story, matter, edition, known))
        for story, matter in zip(edition.stories, matters, strict=True)
    )
    return tuple(known.values()), materials, kept


def _passages(story: Story, matter: StoryMatter, edition: Edition, known: dict[str, Citation]) -> tuple[str, ...]:
    """Ids for one story: its own in the order of their numbers, then the others, best first."""
    own = [(c.item, p) for n in story.citations for c in edition.citations if c.n == n for p in c.passages]
    held = {item: [p.id for one, p in own if one == item] for item, _ in own}
    ids = [passage.id for _, passage in own]
    shown = sum(_cost(passage.text, known[item].thinker) for item, passage in own)
    readings = _in_order(matter, list(held))
    spans = {reading.item.id: list(_spans(reading, matter.quotes)) for reading in readings}
    for depth in range(1, _DEPTH + 1):
        for reading in readings:
            mine = held.setdefault(reading.item.id, [])
            while len(mine) < depth and (rest := spans[reading.item.id]):
                span = rest.pop(0)
                cost = _cost(span.text, reading.thinker.name)
                if shown + cost > MOST_STORY_TOKENS:
                    continue
                passage = _offer(span, reading, known)
                if passage is not None and passage not in mine:
                    mine.append(passage)
                    ids += [] if passage in ids else [passage]
                    shown += cost
    return tuple(ids)


def _cost(text: str, thinker: str) -> int:
    """Tokens of a passage as it is shown."""
    return tokens_of(_AROUND + thinker + text)


def _in_order(matter: StoryMatter, first: Sequence[str]) -> list[Reading]:
    """The items of a story: those of these ids, then the others as they were found, each voice before anyone's next."""
    readings = [reading for reading in matter.draft.readings if reading.item.url]
    place = {item: n for n, item in enumerate(first)}
    return sorted(readings, key=lambda reading: place.get(reading.item.id, len(place)))[:MOST_ITEMS]


def _spans(reading: Reading, quotes: Sequence[Quote]) -> Iterator[Span]:
    """What is worth citing of an item: its best sentence, its headline, the other sentences."""
    best = [quote.span for quote in quotes if quote.span.item == reading.item.id and quote.span.where == "text"]
    heading = next((span for span in reading.spans if span.where == "title" and _is_heading(span, reading.item)), None)
    yield from best[:1]
    if heading is not None:
        yield heading
    yield from best[1:]


def _is_heading(span: Span, item: Item) -> bool:
    """Whether a title says something by itself; of an act, what it was done to does."""
    if item.kind in ACTS:
        return len(span.text) <= _LONGEST_NAME and is_harmless(span.text)
    return fitness(span.text, headline=True) > 0


def _offer(span: Span, reading: Reading, known: dict[str, Citation]) -> str | None:
    """The id of a sentence among the citations, which get it; None where no more of its item may be shown, or where it
    says what is shown already.
    """
    item = reading.item
    citation = known.get(item.id) or citation_of(reading, len(known) + 1)
    same = next((passage.id for passage in citation.passages if passage.text == span.text), None)
    if same is not None:
        return same
    if any(alike(span.text, passage.text) >= _SAME for passage in citation.passages):
        return None
    if shown_words(citation) + words(span.text) > _most(item):
        return None
    passage = CitedPassage(f"{citation.n}.{len(citation.passages) + 1}", span.text, item.said_at(span.text))
    known[item.id] = replace(citation, passages=(*citation.passages, passage))
    return passage.id


def _most(item: Item) -> int:
    """Words that may be shown of an item: a short post may be whole."""
    whole = item.kind is ItemKind.POST and words(item.text) <= MOST_WORDS_OF_A_POST
    return MOST_WORDS_OF_A_POST if whole else MOST_WORDS
