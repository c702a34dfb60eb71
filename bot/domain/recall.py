"""Who said otherwise in the weeks before: counter views from the ledger of claims.

Asked only where nobody of an edition's own window contradicts a position. The bar is higher than inside a window: the
ledger holds thousands of sentences, and the world moves on between two of them. So a number or a direction that differs
is no contradiction, an outlet contradicts nobody by what it reported then, and both sentences name the same thing.
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from bot.domain.argument import Argument, Quote, Reply, ReplyKind, Side, assertions, names_in_both
from bot.domain.claim import Claim, claim_id
from bot.domain.conflict import difference, overlap, turned
from bot.domain.quotable import fitness
from bot.domain.reading import Reading
from bot.domain.roster import ThinkerKind
from bot.domain.writing.story import StoryMatter, topic_words

Archive = Callable[[str], Reading | None]
"""An earlier item, read; None where it is not there, or not earlier."""
Answered = Literal["item", "sentence"]
"""What of an earlier item is answered: it is linked or quoted, or its author is named in the very sentence."""
_SHORT = 2
"""Letters of a name that may be a word as well."""
_LEAST_SHARED = 2
"""Content stems that two sentences have in common before they are looked at more closely."""
_MOST_A_VOICE = 2
"""Claims of a voice that are kept of one story."""
_GOOD = 0.5
"""Fitness of a sentence that means the same when it is read again weeks later."""
_OPINIONATED = frozenset({ThinkerKind.PERSON, ThinkerKind.ORGANIZATION})
"""Who changes a view; what an outlet reports changes with the world."""


def claims_of(matters: Sequence[StoryMatter]) -> tuple[Claim, ...]:
    """What every voice asserts in some stories: positions, both sides of a conflict, the best sentences of each."""
    found: dict[str, Claim] = {}
    for matter in matters:
        argument = matter.argument
        quotes = [side.claim for side in argument.sides]
        quotes += [argument.counter.said, argument.counter.against] if argument.counter else []
        for said in assertions(matter.quotes).values():
            quotes += [quote for quote in said if fitness(quote.text) >= _GOOD][:_MOST_A_VOICE]
        for quote in quotes:
            claim = _claim(quote, matter.draft.topic)
            found.setdefault(claim.id, claim)
    return tuple(found.values())


def recall(argument: Argument, claims: Sequence[Claim], archive: Archive) -> Reply | None:
    """The strongest earlier claim against a position of a story that nobody contradicts now; None where there is none,
    or somebody does.

    Before the rest comes what somebody else said (`conflict`), then the speaker's own other view (`changed`), then a
    difference of scope; a position that speaks of the earlier item before one that does not; the newest of equals.
    """
    if argument.counter is not None:
        return None
    found: list[tuple[tuple[int, bool, int, float, str], Reply]] = []
    for side in argument.sides:
        for claim in claims:
            shared, _ = overlap(side.claim.text, claim.text)
            earlier = _quoted(claim, archive) if shared >= _LEAST_SHARED else None
            if earlier is None or earlier.span.item == side.claim.span.item:
                continue
            answered = _answers(side.claim, earlier.reading)
            kind = _kind(side, earlier, answered=answered)
            if kind is not None:
                rank = ("scope", "changed", "conflict").index(kind)
                order = (rank, answered is not None, shared, claim.at.timestamp(), claim.id)
                found.append((order, Reply(kind, earlier, side.claim)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _kind(side: Side, earlier: Quote, *, answered: Answered | None) -> ReplyKind | None:
    names = names_in_both(side.claim, earlier)
    kinds = {side.thinker.kind, earlier.reading.thinker.kind}
    own = side.thinker.id == earlier.reading.thinker.id
    if answered is not None and not own:
        kind = difference(earlier.text, side.claim.text, names=names, addressed=True)
        return kind if answered == "item" or kind == "conflict" else None
    whole = side.claim.span.where == earlier.span.where == "text"
    opinions = kinds <= (_OPINIONATED if own else {ThinkerKind.PERSON})
    if not (whole and opinions and names and turned(earlier.text, side.claim.text, names=names)):
        return None
    return "changed" if own else "conflict"


def _answers(claim: Quote, other: Reading) -> Answered | None:
    """Whether a sentence answers an earlier item: its own item links to that one or quotes it, or the sentence itself
    names who wrote it. That an item names somebody somewhere is too little: over the weeks everybody names everybody.
    """
    reading = claim.reading
    if (other.item.url and other.item.url in reading.links) or reading.phrases & other.phrases:
        return "item"
    names = [other.thinker.name, (other.thinker.handle or "").lstrip("@")]
    names += other.thinker.name.split()[-1:] if other.thinker.kind is ThinkerKind.PERSON else []
    named = any(len(name) > _SHORT and re.search(rf"\b{re.escape(name)}\b", claim.text) for name in names)
    return "sentence" if named else None


def _quoted(claim: Claim, archive: Archive) -> Quote | None:
    """The claim where its item still says it."""
    reading = archive(claim.item)
    if reading is None or reading.thinker.id != claim.thinker or not reading.item.url:
        return None
    span = next((span for span in reading.spans if span.text == claim.text), None)
    return None if span is None else Quote(reading, span, fitness(span.text))


def _claim(quote: Quote, topic: str) -> Claim:
    item, thinker = quote.reading.item, quote.reading.thinker
    # A topic may come from another item, of a source that whoever asks for this claim does not read.
    held = topic_words(topic) <= topic_words(f"{item.title}\n{item.text}")
    return Claim(
        id=claim_id(thinker.id, item.id, quote.text),
        thinker=thinker.id,
        source=item.source,
        item=item.id,
        topic=topic if held else "",
        text=quote.text,
        at=item.at,
    )
