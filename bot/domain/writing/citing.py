"""Numbers for what is cited, and the limit of what may be shown of one item."""

from bot.domain.argument import Quote
from bot.domain.checks.shape import MOST_WORDS
from bot.domain.edition import Citation, CitedPassage
from bot.domain.item import ItemKind
from bot.domain.quotable import words
from bot.domain.reading import Reading, Span

_WHOLE_POST_WORDS = 80
"""A post of so many words may be whole."""


class Citing:
    """Gives every cited item a number and every cited sentence a passage id, in order of first use.

    A passage id is stable once given; the numbers follow the order of calls, and the finished edition is renumbered in
    reading order by the checks.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._readings: list[Reading] = []
        self._spans: dict[str, list[Span]] = {}

    def fits(self, quote: Quote) -> bool:
        """Whether this sentence may still be shown, and can be cited at all."""
        item = quote.reading.item
        if item.url is None:
            return False
        spans = self._spans.get(item.id, [])
        if quote.span in spans:
            return True
        whole = words(item.text)
        most = _WHOLE_POST_WORDS if item.kind is ItemKind.POST and whole <= _WHOLE_POST_WORDS else MOST_WORDS
        return sum(words(span.text) for span in spans) + words(quote.text) <= most

    def cite(self, quote: Quote) -> str:
        """The passage id of a sentence, for instance `3.1`."""
        item = quote.reading.item
        if item.id not in self._numbers:
            self._numbers[item.id] = len(self._numbers) + 1
            self._readings.append(quote.reading)
        spans = self._spans.setdefault(item.id, [])
        if quote.span not in spans:
            spans.append(quote.span)
        return f"{self._numbers[item.id]}.{spans.index(quote.span) + 1}"

    def citations(self) -> tuple[Citation, ...]:
        """All citations so far."""
        return tuple(self._citation(number, reading) for number, reading in enumerate(self._readings, start=1))

    def _citation(self, number: int, reading: Reading) -> Citation:
        spans = self._spans[reading.item.id]
        passages = tuple(
            CitedPassage(f"{number}.{k}", span.text, reading.item.said_at(span.text))
            for k, span in enumerate(spans, start=1)
        )
        return citation_of(reading, number, passages)


def citation_of(reading: Reading, number: int, passages: tuple[CitedPassage, ...] = ()) -> Citation:
    """An item as it is cited under a number."""
    item, thinker = reading.item, reading.thinker
    return Citation(
        n=number,
        item=item.id,
        thinker=thinker.name,
        thinker_id=thinker.id,
        handle=thinker.handle,
        kind=item.kind,
        title=item.title or None,
        url=item.url or "",
        published=item.at,
        passages=passages,
    )
