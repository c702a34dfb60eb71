"""Which sentences say it best: for choosing what represents an item, a story, an edition.

A sentence's worth is its likeness to the whole (centroid, Radev et al. 2004), times where it stands, how long it is and
how much it holds. Choosing several, each next one is weighed against what the chosen ones already say (maximal marginal
relevance, Carbonell & Goldstein 1998).
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.reading import Reading, Span
from bot.domain.text.common_stems import COMMON_STEMS
from bot.domain.text.words import stems

_READ = 60
"""Sentences of an item that are looked at."""
_SHORT, _LONG = 7, 40
"""Words of a sentence that need no mark-down."""
_LEAD_WORDS = 25
"""Words of a lead that is short enough to stand for its item."""
_TITLE_WORDS = 3
_REPEATED = 0.7
"""How strongly a sentence loses for what the chosen ones already say."""
_HEADING = re.compile(r"^\s*(?:#|\d+[.)]\s)|[^.!?…。！？\"”’»)]$")
_LEANING = re.compile(
    r"^(?:[-*•]\s*)?(?:this|that|these|those|it|he|she|they|but|and|so|however|also|here|there|then|эт\w+|он\w?)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Weighed:
    span: Span
    vector: _Vector
    worth: float
    order: tuple[int, int]


def rank_sentences(readings: Sequence[Reading], *, context: Sequence[Reading] = ()) -> list[tuple[Span, float]]:
    """All sentences of some readings with their worth (0 to 1, the best has 1), best first.

    They are weighed against what the readings say together. `context` are readings about other things: words common
    there tell little.
    """
    weighed = _weighed(readings, context)
    return [(w.span, w.worth) for w in sorted(weighed, key=lambda w: (-w.worth, w.order))]


def central_sentences(
    readings: Sequence[Reading], *, most: int, context: Sequence[Reading] = (), titles: bool = True
) -> list[Span]:
    """At most `most` sentences that together say most, best first.

    They come from different readings while there are any, and none repeats another. Without `titles`, only sentences of
    texts.
    """
    left = [w for w in _weighed(readings, context) if titles or w.span.where == "text"]
    chosen: list[_Weighed] = []
    used: Counter[str] = Counter()
    while left and len(chosen) < most:
        best = max(left, key=lambda w: (_gain(w, chosen, used), [-place for place in w.order]))
        if chosen and _gain(best, chosen, used) <= 0:
            break
        chosen.append(best)
        used[best.span.item] += 1
        left = [w for w in left if w is not best]
    return [w.span for w in chosen]


def lead_sentence(reading: Reading) -> Span | None:
    """The one sentence that stands for an item: its lead if that is short, else its title, else its best sentence.

    On human-written summaries of a newsletter this beats leads alone and titles alone (`tests/bench/brief.py`).
    """
    titles = [span for span in reading.spans if span.where == "title" and len(span.text.split()) >= _TITLE_WORDS]
    leads = [s for s in reading.spans if s.where == "text" and not s.text.startswith("#")][:1]
    short = [span for span in leads if len(span.text.split()) <= _LEAD_WORDS]
    best = short or titles or leads or list(reading.spans[:1])
    return best[0] if best else None


def _gain(sentence: _Weighed, chosen: Sequence[_Weighed], used: Counter[str]) -> float:
    """What a sentence adds to the chosen ones."""
    repeated = max((_likeness(sentence.vector, other.vector) for other in chosen), default=0.0)
    return round(sentence.worth * 0.5 ** used[sentence.span.item] - _REPEATED * repeated * sentence.worth, 9)


def _weighed(readings: Sequence[Reading], context: Sequence[Reading]) -> list[_Weighed]:
    rarity = _rarity([*readings, *context])
    made: list[tuple[Span, _Vector, tuple[int, int], Reading]] = []
    centre: _Vector = {}
    for place, reading in enumerate(readings):
        for index, span in enumerate(reading.spans[:_READ]):
            counts = Counter(stems(span.text))
            vector = {stem: (1 + math.log(count)) * rarity(stem) for stem, count in sorted(counts.items())}
            vector = _unit(vector)
            made.append((span, vector, (place, index), reading))
            share = 1.0 / (1 + 0.15 * index) / max(1, len(readings))
            for stem, weight in vector.items():
                centre[stem] = centre.get(stem, 0.0) + weight * share
    whole = _unit(centre)
    worths = [_likeness(v, whole) * _form(span, reading, order[1]) for span, v, order, reading in made]
    top = max(worths, default=0.0) or 1.0
    return [
        _Weighed(span, vector, round(worth / top, 9), order)
        for (span, vector, order, _), worth in zip(made, worths, strict=True)
    ]


def _rarity(readings: Sequence[Reading]) -> Callable[[str], float]:
    counts: Counter[str] = Counter()
    for reading in readings:
        counts.update(set(reading.stems))
    known = len(readings)

    def rarity(stem: str) -> float:
        share = (counts[stem] * 0.25 + COMMON_STEMS.get(stem, 0.0) * 100 + 0.5) / (known * 0.25 + 101)
        return math.log(1.0 / share)

    return rarity


def _form(span: Span, reading: Reading, index: int) -> float:
    """How fit a sentence is to stand alone: its place, length, names and figures, and whether it leans on another."""
    words = len(span.text.split())
    place = 1.0 / (1 + 0.25 * index)
    length = min(1.0, words / _SHORT) * min(1.0, _LONG / max(words, 1))
    held = (
        1.0
        + 0.1 * bool(_FIGURE.search(span.text))
        + 0.1 * any(n in span.text.lower() for n in sorted(reading.names)[:60])
    )
    if span.where == "text" and _HEADING.search(span.text):
        held *= 0.5
    if index > 1 and _LEANING.match(span.text):
        held *= 0.7
    return place * length * held


def _unit(vector: _Vector) -> _Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else {}


def _likeness(first: _Vector, second: _Vector) -> float:
    if len(first) > len(second):
        first, second = second, first
    return sum(weight * second.get(stem, 0.0) for stem, weight in first.items())
