"""What a model may rest an answer on: the passages that it is shown, and no others.

All are of the edition that is talked about; where that has nothing, of earlier ones of the same desk, numbered on after
its own, so that one number never means two things in a thread.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.conversation.asking import asked_stems
from bot.domain.conversation.cues import POINTING
from bot.domain.conversation.retrieval import Hit, Shelf, answers, passages_of
from bot.domain.edition import Citation, CitedPassage, Edition, Story, in_order
from bot.domain.prose.showing import shown_passage
from bot.domain.tokens import tokens_of

MOST_TOKENS = 1_200
"""Of the passages of one answer."""
_NEAREST = 8
"""Passages that are looked for by the words of a question; the others are those that stand around them."""
_MOST_OLDER = 6
_HITS_OF_AN_OLDER = 3


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The passages of one answer."""

    edition: Edition
    citations: tuple[Citation, ...]
    """Those of the edition, then those of earlier ones."""
    shown: tuple[str, ...]
    """Ids of the passages that were shown: nothing else is evidence."""
    older: Mapping[int, Edition] = field(default_factory=dict)
    """Earlier editions, by the numbers of what is theirs."""
    story: Story | None = None
    """What it is about, first of all."""

    def passages(self) -> dict[str, tuple[Citation, CitedPassage]]:
        """The passages that were shown, by their ids."""
        every = {passage.id: (citation, passage) for citation in self.citations for passage in citation.passages}
        return {i: every[i] for i in self.shown}

    def text(self) -> str:
        """As a model reads them: one a line, after its id."""
        return "\n".join(shown_passage(*pair) for pair in self.passages().values())


def leads_back(question: str, shelf: Shelf) -> bool:
    """Whether a question can only be understood by what was said before it, such as `and why?`."""
    return not asked_stems(question) or POINTING.search(question) is not None or not shelf.nearest(question, most=1)


def has_answer(question: str, shelf: Shelf) -> bool:
    """Whether an edition has passages that answer a question by themselves."""
    return bool(answers(shelf.nearest(question, most=_NEAREST)))


def exhibits(
    question: str,
    shelf: Shelf,
    older: Sequence[Shelf] = (),
    *,
    first: Sequence[str] = (),
    tokens: int = MOST_TOKENS,
) -> Exhibits:
    """What bears on a question, in `tokens`: its nearest passages, what earlier editions have, and all that stands
    around the best of it. `first` are ids of passages that an earlier answer rested on.
    """
    hits = shelf.nearest(question, most=_NEAREST)
    before, editions = _earlier(question, older, shelf.edition)
    known = shelf.edition.passages()
    story = next((hit.story for hit in hits if hit.story), None)
    wanted = [
        *(i for i in first if i in known),
        *(passage.id for citation in before for passage in citation.passages),
        *(hit.passage.id for hit in hits),
        *shelf.around(hits, first),
    ]
    found = Exhibits(shelf.edition, (*shelf.edition.citations, *before), (), editions, story)
    fitting = _fitting(found, wanted, tokens)
    return replace(fitting, citations=shelf.cited(fitting.citations, fitting.shown))


def exhibits_of(story: Story, edition: Edition, *, tokens: int = MOST_TOKENS) -> Exhibits:
    """The passages of one story, in `tokens`: those first that its parts rest on."""
    decided = [i for position in story.positions for i in position.evidence]
    wanted = [*story.standfirst.evidence, *decided, *story.counter.evidence, *passages_of(story, edition)]
    return _fitting(Exhibits(edition, edition.citations, (), story=story), wanted, tokens)


def _fitting(found: Exhibits, wanted: Iterable[str], tokens: int) -> Exhibits:
    every = {passage.id: (citation, passage) for citation in found.citations for passage in citation.passages}
    left = tokens
    kept: list[str] = []
    for i in dict.fromkeys(wanted):
        if i not in every:
            continue
        size = tokens_of(f"{shown_passage(*every[i])}\n")
        if size <= left:
            kept.append(i)
            left -= size
    return replace(found, shown=tuple(in_order(kept)))


def _earlier(
    question: str, older: Sequence[Shelf], edition: Edition
) -> tuple[tuple[Citation, ...], dict[int, Edition]]:
    """What earlier editions have that answers a question, the best first, numbered on; whose it is."""
    found = [(hit, shelf) for shelf in older for hit in answers(shelf.nearest(question, most=_HITS_OF_AN_OLDER))]
    found.sort(key=lambda pair: -pair[0].covered)
    best: dict[tuple[str, str], tuple[Hit, Shelf]] = {}
    for hit, shelf in found:
        best.setdefault((hit.citation.item, hit.passage.text), (hit, shelf))
    items: dict[tuple[str, str], list[tuple[Hit, Shelf]]] = {}
    for hit, shelf in list(best.values())[:_MOST_OLDER]:
        items.setdefault((shelf.edition.id, hit.citation.item), []).append((hit, shelf))
    after = max((citation.n for citation in edition.citations), default=0)
    citations: list[Citation] = []
    editions: dict[int, Edition] = {}
    for number, pairs in enumerate(items.values(), after + 1):
        passages = tuple(replace(hit.passage, id=f"{number}.{k}") for k, (hit, _) in enumerate(pairs, 1))
        citations.append(replace(pairs[0][0].citation, n=number, passages=passages))
        editions[number] = pairs[0][1].edition
    return tuple(citations), editions
