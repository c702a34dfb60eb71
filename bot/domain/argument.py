"""Who says what inside a story, and who really says otherwise.

Everything here points at original sentences: a position is a sentence its thinker wrote, a counter view a sentence of
another thinker that `bot.domain.conflict` accepts as a reply to it. Nothing is phrased.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from bot.domain.conflict import Difference, alike, denies, difference, overlap
from bot.domain.edition import Stance
from bot.domain.item import ACTS, ItemKind
from bot.domain.quotable import fitness, is_question
from bot.domain.reading import Reading, Span
from bot.domain.roster import Thinker, ThinkerKind

_COMPARED = 14
"""Sentences of a thinker that are held against those of the others."""
_MOST_POSITIONS = 6
_HEADLINE = 0.45
"""Weight of a headline beside a whole sentence."""
_SELLS = re.compile(
    r"\b(I|we)\b(?=.*\b(sell|sells|selling|founded|run\s+a\s+(company|startup|consultancy)|invest(ed)?\s+in)\b)"
    r"|\b(my|our)\s+(company|startup|firm|product|platform)\s+(sells|makes\s+money|is\s+built\s+on|offers|earns)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_TELLS_OF_RELEASE = re.compile(r"\d\.\d|\breleas|\bвыпу|\bрелиз", re.IGNORECASE)
_MOSTLY = 0.5
"""From this share on a sentence is somebody else's, carried by who quotes it."""
_WHOLLY = 0.75
"""From this share on it is a repost of one sentence and says nothing of its own."""
_SAME_CLAIM = 0.7
"""Share of common stems from which a sentence makes the same claim; reporting a thing is not being for it."""
_AGREES = re.compile(
    r"\b(agree[sd]?|(is|was|were|are)\s+right|rightly|confirm(s|ed)?|exactly|same\s+here|likewise|as\s+\w+\s+says|"
    r"соглас(ен|на|ны)|прав[аы]?|подтвержда\w+)\b",
    re.IGNORECASE,
)
_IDLE_QUESTION = re.compile(
    r"^[“\"]?(want|wanna|ready|curious|have\s+you|are\s+you|did\s+you|do\s+you|sound\s+familiar|why\s+not\s+try|"
    r"what\s+do\s+you|what\s+could\s+go|who\s+(knew|knows)|right|interested|questions|got\s)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence with the reading it stands in."""

    reading: Reading
    span: Span
    weight: float
    """How well it represents its story and stands alone, 0 to 1."""

    @property
    def text(self) -> str:
        """Its original words."""
        return self.span.text


@dataclass(frozen=True, slots=True)
class Side:
    """A thinker's position."""

    thinker: Thinker
    stance: Stance
    claim: Quote
    sells: Quote | None = None
    """The sentence in which they say that they sell what they argue for."""


ReplyKind = Difference | Literal["changed"]
"""`changed` where both sentences are of the same thinker."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A sentence that says otherwise than another one."""

    kind: ReplyKind
    said: Quote
    against: Quote


@dataclass(frozen=True, slots=True)
class Argument:
    """A story's positions in reading order, its counter view and the question its items raise."""

    sides: tuple[Side, ...]
    counter: Reply | None
    question: Quote | None
    recalled: Reply | None = None
    """What was said in weeks before against a position of which nobody in the window says otherwise."""


def quotes_of(readings: Iterable[Reading], rank: Mapping[Span, float]) -> list[Quote]:
    """Every sentence worth quoting, best first; a headline counts less than a sentence that stands alone.

    The text under a star, a push or a repost is not its sender's; of a release, what says that it is one is.
    """
    found = []
    for reading in readings:
        kind = reading.item.kind
        for span in reading.spans:
            if kind in ACTS and not (kind is ItemKind.RELEASE and _TELLS_OF_RELEASE.search(span.text)):
                continue
            fit = _HEADLINE * fitness(span.text, headline=True) if span.where == "title" else fitness(span.text)
            if fit and _quoted_share(span.text) < _WHOLLY:
                found.append(Quote(reading, span, fit * (0.15 + rank.get(span, 0.0))))
    return sorted(found, key=lambda quote: (-quote.weight, quote.span.item, quote.span.where, quote.span.start))


def argue(quotes: Sequence[Quote]) -> Argument:
    """Decide positions, stances, counter view and question for one story.

    `quotes` are all usable sentences of the story, best first (see `quotes_of`).
    """
    claims = _claiming(quotes)
    voices = assertions(quotes)
    interests: dict[str, Quote] = {}
    for quote in claims:
        if _SELLS.search(quote.text):
            interests.setdefault(quote.reading.thinker.id, quote)
    counter = _counter(voices)
    return Argument(_sides(voices, interests, counter), counter, _question(claims))


def assertions(quotes: Sequence[Quote]) -> dict[str, list[Quote]]:
    """What each voice asserts in a story, by the voice's id, best first.

    Acts, questions, words of others that somebody carries or repeats, and what somebody sells are no assertions.
    """
    found: dict[str, list[Quote]] = {}
    for quote in _claiming(quotes):
        if _asserts(quote.text):
            found.setdefault(quote.reading.thinker.id, []).append(quote)
    return found


def _claiming(quotes: Sequence[Quote]) -> list[Quote]:
    return _own([q for q in quotes if q.reading.item.kind not in ACTS and not _carried(q.text)])


def _own(quotes: Sequence[Quote]) -> list[Quote]:
    """Without sentences that another voice wrote before: an echo holds no position and contradicts nobody."""
    first: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda q: (q.reading.item.at, q.span.item)):
        first.setdefault(" ".join(quote.text.casefold().split()), quote)
    writers = {text: quote.reading.thinker.id for text, quote in first.items()}
    return [q for q in quotes if writers[" ".join(q.text.casefold().split())] == q.reading.thinker.id]


def _carried(text: str) -> bool:
    """Whether a sentence is mostly quotation: its words are not its carrier's claim."""
    return _quoted_share(text) > _MOSTLY


def _quoted_share(text: str) -> float:
    return sum(len(match) for match in _QUOTED.findall(text)) / max(1, len(text))


def _counter(voices: Mapping[str, Sequence[Quote]]) -> Reply | None:
    """The strongest reply: a conflict before a difference of scope, an addressed one before an apparent one."""
    found: list[tuple[tuple[bool, bool, bool, int, float], Reply]] = []
    for one, other in permutations(sorted(voices), 2):
        for said in voices[other][:_COMPARED]:
            addressed_items: dict[str, bool] = {}
            for claim in voices[one][:_COMPARED]:
                if said.reading.item.at < claim.reading.item.at:
                    continue
                addressed = addressed_items.setdefault(claim.span.item, addresses(said, claim.reading))
                kind = difference(claim.text, said.text, names=names_in_both(claim, said), addressed=addressed)
                if kind:
                    shared, _ = overlap(claim.text, said.text)
                    order = (kind == "conflict", addressed, denies(said.text), shared, claim.weight + said.weight)
                    found.append((order, Reply(kind, said, claim)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def addresses(said: Quote, other: Reading) -> bool:
    """Whether the item of `said` speaks of the other item: its author's name, its link or its quoted words."""
    item = said.reading.item
    if other.item.url and other.item.url in said.reading.links:
        return True
    if said.reading.phrases & other.phrases:
        return True
    names = {other.thinker.name, (other.thinker.handle or "").lstrip("@")}
    last = other.thinker.name.split()[-1] if other.thinker.kind == "person" else ""
    text = f"{item.title}\n{item.text}"
    return any(len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", text) for name in {*names, last})


def names_in_both(one: Quote, other: Quote) -> frozenset[str]:
    """Proper names that both sentences hold, in lower case."""
    a, b = one.text.lower(), other.text.lower()
    return frozenset(name for name in one.reading.names & other.reading.names if name in a and name in b)


def _asserts(text: str) -> bool:
    """Whether a sentence claims something about the matter: no question, and not what its writer sells."""
    return not is_question(text) and not _SELLS.search(text)


def _sides(
    voices: Mapping[str, Sequence[Quote]], interests: Mapping[str, Quote], counter: Reply | None
) -> tuple[Side, ...]:
    if not voices:
        return ()
    thesis = (
        counter.against
        if counter
        else max((said[0] for said in voices.values()), key=lambda q: (q.weight, q.span.item))
    )
    sides = []
    for voice in sorted(voices, key=lambda v: (-voices[v][0].weight, v)):
        claim, stance = _stand(voices[voice], thesis, counter)
        sides.append(Side(claim.reading.thinker, stance, claim, interests.get(voice)))
    leading = {thesis.reading.thinker.id, counter.said.reading.thinker.id if counter else ""}
    sides.sort(key=lambda side: side.thinker.id not in leading)
    order: dict[Stance, int] = {"for": 0, "against": 1, "adjacent": 2}
    return tuple(sorted(sides[:_MOST_POSITIONS], key=lambda side: order[side.stance]))


def _stand(said: Sequence[Quote], thesis: Quote, counter: Reply | None) -> tuple[Quote, Stance]:
    """The claim of one voice and where it stands towards the thesis."""
    if said[0].reading.thinker.id == thesis.reading.thinker.id:
        return thesis, "for"
    if counter and said[0].reading.thinker.id == counter.said.reading.thinker.id:
        return counter.said, "against" if counter.kind == "conflict" else "adjacent"
    for quote in said[:4]:
        names = names_in_both(thesis, quote)
        kind = difference(thesis.text, quote.text, names=names, addressed=addresses(quote, thesis.reading))
        if kind == "conflict" and counter and counter.kind == "conflict":
            return quote, "against"
        agrees = overlap(thesis.text, quote.text)[0] >= 2 and _AGREES.search(quote.text)
        # An outlet that reports a thing is not for it; a person who says the same is.
        argues = quote.span.where == "text" and quote.reading.thinker.kind is ThinkerKind.PERSON
        if kind is None and names and (agrees or (argues and alike(thesis.text, quote.text) >= _SAME_CLAIM)):
            return quote, "for"
    return said[0], "adjacent"


def _question(quotes: Sequence[Quote]) -> Quote | None:
    asked = [
        q
        for q in quotes
        if is_question(q.text) and len(q.text) <= 180 and q.weight and not _IDLE_QUESTION.search(q.text)
    ]
    return max(asked, key=lambda q: (q.weight, q.reading.item.at, q.span.item), default=None)
