"""The passages that are laid before a writer: what the selected story cites, and more of the same items.

Of each item no more is offered than may be shown of it, so that whatever a writer cites stays an excerpt.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.argument import Quote
from bot.domain.checks.shape import MOST_WORDS
from bot.domain.drafted import Material
from bot.domain.edition import Citation, CitedPassage, Edition, Story
from bot.domain.quotable import words
from bot.domain.writing.story import StoryMatter

_MOST_ITEMS = 12
"""Items of one story that are offered."""
_MOST_WORDS = 420
"""Words of one story that are offered."""


def offered(edition: Edition, matters: Sequence[StoryMatter]) -> tuple[tuple[Citation, ...], tuple[Material, ...]]:
    """All that may be cited for an edition, and for each of its stories what may be cited there.

    `matters` are those of its stories, in their order.
    """
    known = {citation.item: citation for citation in edition.citations}
    materials = []
    for story, matter in zip(edition.stories, matters, strict=True):
        ids = _own(story, edition)
        for quote in matter.quotes:
            taken = {known[item].n for item in known} & {int(i.partition(".")[0]) for i in ids}
            shown = sum(words(p.text) for c in known.values() for p in c.passages if p.id in ids)
            if shown + words(quote.text) > _MOST_WORDS:
                break
            if quote.reading.item.id not in known and len(taken) >= _MOST_ITEMS:
                continue
            passage = _offer(quote, known)
            if passage is not None and passage not in ids:
                ids.append(passage)
        materials.append(Material(story.id, tuple(ids)))
    return tuple(known.values()), tuple(materials)


def _own(story: Story, edition: Edition) -> list[str]:
    """What the selected story cites, in the order of the numbers."""
    return [p.id for n in story.citations for c in edition.citations if c.n == n for p in c.passages]


def _offer(quote: Quote, known: dict[str, Citation]) -> str | None:
    """The id of a sentence among the citations, which get it; None where no more of its item may be shown."""
    item, thinker = quote.reading.item, quote.reading.thinker
    citation = known.get(item.id)
    if citation is None:
        citation = Citation(
            n=len(known) + 1,
            item=item.id,
            thinker=thinker.name,
            thinker_id=thinker.id,
            handle=thinker.handle,
            kind=item.kind,
            title=item.title or None,
            url=item.url or "",
            published=item.at,
            passages=(),
        )
    same = next((passage.id for passage in citation.passages if passage.text == quote.text), None)
    if same is not None:
        return same
    if sum(words(passage.text) for passage in citation.passages) + words(quote.text) > MOST_WORDS:
        return None
    passage = CitedPassage(f"{citation.n}.{len(citation.passages) + 1}", quote.text)
    known[item.id] = replace(citation, passages=(*citation.passages, passage))
    return passage.id
