"""What to do with a document that is too long for one message: shorter forms of it, and its parts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.document import (
    Actions,
    Block,
    Divider,
    Document,
    Entry,
    Heading,
    Menu,
    Paragraph,
    Points,
    Quotation,
    Run,
    Runs,
    Small,
    Sources,
)
from bot.domain.layout.cutting import cut, halves
from bot.domain.layout.runs import Speaks
from bot.domain.message import Answer, EditionCard, EpisodeOverview, Message, StoryPart

Fits = Callable[[Document], bool]
_NUMBER: Final = re.compile(r"\[\d+\]|\d+(?::\d\d)+")
"""What stands after a sentence: the number of a source, a time."""
_CARD_RUNS: Final = (400, 200, 100, 60)
"""Characters that a text on a card keeps where the card would be too long."""
_OVERVIEW_RUNS: Final = (300, 150)
"""The same of a sentence of an overview."""


def portions(document: Document, fits: Fits) -> list[Document]:
    """Parts that fit one message each, in order: at the second divider if that is enough, else wherever need be.

    A part that cannot be made to fit is among them, too: whoever sends it finds out.
    """
    dividers = [n for n, block in enumerate(document) if isinstance(block, Divider)]
    if len(dividers) > 1:
        parts = [document[: dividers[1]], document[dividers[1] + 1 :]]
        if all(map(fits, parts)):
            return parts
    return _parts(document, fits)


def _parts(document: Document, fits: Fits) -> list[Document]:
    if fits(document):
        return [document]
    halved = _halved(document)
    if halved is None:
        return [document]
    return [part for half in halved for part in _parts(half, fits)]


def _halved(document: Document) -> tuple[Document, Document] | None:
    """Two parts: at the line between blocks nearest to the middle, or inside of the only block."""
    said = [block for block in document if not isinstance(block, Menu | Actions)]
    controls = tuple(block for block in document if isinstance(block, Menu | Actions))
    while said and isinstance(said[-1], Divider):
        said.pop()
    if len(said) > 1:
        at = _middle(said)
        rest = said[at + 1 :] if isinstance(said[at], Divider) else said[at:]
        return tuple(said[:at]), (*rest, *controls)
    halved = _in_two(said[0]) if said else None
    return None if halved is None else ((halved[0],), (halved[1], *controls))


def _middle(blocks: Sequence[Block]) -> int:
    """Where to part blocks: at a divider if there is one, as near to the middle as can be."""
    weights = [_weight(block) for block in blocks]
    places = [n for n in range(1, len(blocks)) if isinstance(blocks[n], Divider)] or list(range(1, len(blocks)))
    return min(places, key=lambda n: abs(2 * sum(weights[:n]) - sum(weights)))


def _weight(block: Block) -> int:
    match block:
        case Heading(runs) | Paragraph(runs) | Small(runs):
            return _length(runs)
        case Sources(_, links):
            return _length(links)
        case Points(points):
            return sum(map(_length, points))
        case Quotation(one, two, three) | Entry(one, two, three):
            return _length(one) + _length(two) + _length(three)
    return 0


def _length(runs: Runs) -> int:
    return sum(len(run.text) + len(run.url or "") for run in runs)


def _in_two(block: Block) -> tuple[Block, Block] | None:
    match block:
        case Points(points) if len(points) > 1 and not block.numbered:
            return Points(points[: len(points) // 2]), Points(points[len(points) // 2 :])
        case Points((runs,)):
            parts = halves(runs)
            return parts and (Points((parts[0],)), Points((parts[1],)))
        case Sources(label, links) if len(links) > 1:
            return Sources(label, links[: len(links) // 2]), Sources(label, links[len(links) // 2 :])
        case Paragraph(runs) | Small(runs) | Heading(runs):
            parts = halves(runs)
            return parts and (replace(block, runs=parts[0]), replace(block, runs=parts[1]))
        case Quotation(words, whose, original):
            parts = halves(words)
            return parts and (Quotation(parts[0], ()), Quotation(parts[1], whose, original))
    return None


def continued(message: Message, phrases: Speaks) -> Document:
    """What stands over every further part of a message."""
    if not isinstance(message, StoryPart):
        return ()
    facts = {"number": message.story.number, "total": len(message.edition.stories)}
    return (Small((Run(phrases.say("story-continued", **facts)),)),)


# ---------------------------------------------------------------- shorter forms


def shorter(message: Message, document: Document) -> list[Document]:
    """Shorter forms of what is not to be parted, or not yet, the longest first."""
    if isinstance(message, EditionCard):
        # Its lede stands in the stories, too, with its numbers; without a card there is no edition.
        return [bare(document), *(clipped(bare(document), most) for most in _CARD_RUNS)]
    if isinstance(message, EpisodeOverview):
        # The times stand at the chapters, too, and its sentences in their summaries.
        return [sparse(document), bare(document), *(clipped(bare(document), most) for most in _OVERVIEW_RUNS)]
    return unquoted(document) if isinstance(message, Answer) else []


def unquoted(document: Document) -> list[Document]:
    """A list of sources with fewer and fewer of their passages, from the last on: each can be read by itself."""
    held = [n for n, block in enumerate(document) if isinstance(block, Entry) and block.words]
    shorter: list[Document] = []
    for n in reversed(held):
        document = tuple(
            replace(b, words=()) if at == n and isinstance(b, Entry) else b for at, b in enumerate(document)
        )
        shorter.append(document)
    return shorter


def sparse(document: Document) -> Document:
    """With one number or time after a sentence."""
    return tuple(_changed(block, _first_number) for block in document)


def _first_number(runs: Runs) -> Runs:
    kept: list[Run] = []
    numbered = False
    for run in runs:
        number = run.url is not None and _NUMBER.fullmatch(run.text) is not None
        if not (number and numbered):
            kept.append(run)
        # A blank between two numbers says nothing.
        numbered = number or (numbered and not run.text.strip())
    return tuple(kept)


def bare(document: Document) -> Document:
    """Without numbers of sources, for what repeats what stands elsewhere with its sources."""
    return tuple(_changed(block, _unnumbered) for block in document)


def _unnumbered(runs: Runs) -> Runs:
    return tuple(run for run in runs if run.url is None or not _NUMBER.fullmatch(run.text))


def clipped(document: Document, most: int) -> Document:
    """With no text longer than this."""
    return tuple(
        _changed(block, lambda runs: tuple(replace(run, text=cut(run.text, most)) for run in runs))
        for block in document
    )


def _changed(block: Block, change: Callable[[Runs], Runs]) -> Block:
    match block:
        case Heading(runs) | Paragraph(runs) | Small(runs):
            return replace(block, runs=change(runs))
        case Points(points):
            return replace(block, points=tuple(map(change, points)))
    return block
