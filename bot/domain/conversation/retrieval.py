"""Which passages bear on a question, and whether they answer it: of an edition, or of what was said in an episode.

Ranking is BM25 (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75) over stems. A passage is found by its own words,
and at a lower weight by what surrounds it: the speaker's name, the item's title, the sentences of the edition
that cite it (which in a translated edition are the only bridge between languages) and the story's title.

A high rank is no answer: the best of many bad passages is still bad. A passage supports an answer when it
covers nearly all that was asked, weighed by rarity, and holds the kind of thing that was asked for: a number
for "how many", a time for "when", a cause for "why". Both thresholds lean towards refusing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.conversation.asking import Wanted, asked_stems, content, gives, quotes, speaker_of, wanted
from bot.domain.conversation.cues import STORY_NUMBER
from bot.domain.conversation.matter import Matter, matter_of, named
from bot.domain.edition import Citation, CitedPassage, Edition, Story, number_of
from bot.domain.message import Publication

_K1, _B = 1.2, 0.75
_BESIDE = 0.45
"""Weight of what surrounds a passage against its own words."""
ENOUGH = 0.72
"""Share of the question, weighed by rarity, that a passage must cover to support an answer."""
_OWN = 0.45
"""Share that its own words must cover."""
_NOTHING = 1e-9
_FEW = 30
"""Passages below which rarity would mean nothing: in an edition of two, every word is common."""
_PARTIAL = 0.6
_DISTANT = 0.35
"""What the surroundings of a passage, and the title of its story, count in coverage."""
_MANY = 1_000
_COMMON = 0.1
"""Of many passages, those are not looked at that share only words with a question which stand in a tenth of all: such
passages come last and answer nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that bears on a question."""

    citation: Citation
    passage: CitedPassage
    story: Story | None
    score: float
    """BM25, above 0."""
    covered: float
    """Share of what was asked that it covers, 0 to 1, weighed by rarity."""
    own: float
    """The part of `covered` that its own words carry."""
    fits: bool
    """Whether it holds the kind of thing that was asked for."""

    @property
    def supports(self) -> bool:
        """Whether it can be shown as an answer."""
        return self.fits and self.covered >= ENOUGH and self.own >= _OWN


@dataclass(frozen=True, slots=True)
class Document:
    """A passage as it is found: by stems of its own, and of what surrounds it."""

    citation: Citation
    passage: CitedPassage
    stories: tuple[Story, ...]
    own: Counter[str]
    speaker: frozenset[str]
    beside: frozenset[str]
    """Stems of the item's title and of our sentences that cite the passage."""
    above: frozenset[str]
    """Stems of the titles of its stories, or of its chapter."""
    length: int

    @property
    def known(self) -> frozenset[str]:
        """All stems it is found by."""
        return frozenset().union(self.own, self.speaker, self.beside, self.above)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its stems with their weights (rarity), those that are names of the edition, what it wants."""

    stems: dict[str, float]
    names: frozenset[str]
    kind: Wanted


class Shelf:
    """The passages of one edition, ready to be asked. Building takes some 10 ms, asking under one.

    `bot.domain.conversation.episode.shelf` puts what was said in an episode on one.
    """

    frame: frozenset[str] = frozenset()
    """Stems that say what is asked, and are not what it is about."""

    def __init__(
        self, edition: Edition, documents: Sequence[Document] | None = None, matter: Matter | None = None
    ) -> None:
        """Without `documents` and `matter`, they are read off the edition."""
        self.edition = edition
        self.matter: Matter = matter_of(edition) if matter is None else matter
        self._documents = _documents(edition) if documents is None else tuple(documents)
        self._average = max(1.0, sum(d.length for d in self._documents) / max(1, len(self._documents)))
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, document in enumerate(self._documents):
            for stem in document.known:
                self._places[stem].append(place)

    @property
    def publication(self) -> Publication:
        """What is talked about."""
        return self.edition

    @property
    def sources(self) -> int:
        """How many are read to answer."""
        return len(self.edition.citations)

    def nearest(self, question: str, *, most: int = 3) -> list[Hit]:
        """The passages nearest to a question, best first; none when it shares no word with the edition."""
        asked = self._asked(question)
        meant = {int(n) for n in STORY_NUMBER.findall(question)}
        hits = [
            hit
            for document in self._sharing(asked)
            if not meant or any(s.number in meant for s in document.stories)
            if (hit := self._weigh(document, asked, question)) is not None
        ]
        hits.sort(key=lambda h: (-h.supports, -h.score, h.citation.n, h.passage.id))
        return hits[:most]

    def missing(self, question: str) -> list[str]:
        """Stems of a question that stand nowhere in the edition, in order."""
        return [stem for stem in self._asked(question).stems if stem not in self._places]

    def around(self, hits: Sequence[Hit], first: Sequence[str] = ()) -> list[str]:
        """Ids of what stands around the best of some hits: its story. `first` are passages of an earlier answer."""
        story = next((hit.story for hit in hits if hit.story), None) or self._story_of(first)
        return [] if story is None else passages_of(story, self.edition)

    def cited(self, citations: Sequence[Citation], shown: Collection[str]) -> tuple[Citation, ...]:
        """Citations as an answer has them that rests on some of their passages."""
        del shown
        return tuple(citations)

    def _story_of(self, ids: Sequence[str]) -> Story | None:
        numbers = {number_of(i) for i in ids}
        return next((story for story in self.edition.stories if numbers.intersection(story.citations)), None)

    def _sharing(self, asked: "_Asked") -> list[Document]:
        """Those that share a word with a question, in order."""
        shared = [self._places[stem] for stem in asked.stems if stem in self._places]
        if len(self._documents) > _MANY:
            rare = [places for places in shared if len(places) <= _COMMON * len(self._documents)]
            shared = rare or shared
        return [self._documents[place] for place in sorted({place for places in shared for place in places})]

    def _asked(self, question: str) -> _Asked:
        """What a question asks; names in Cyrillic become those of the edition."""
        asked = dict.fromkeys(stem for stem in asked_stems(question) if stem not in self.frame)
        names: set[str] = set()
        for name in sorted(named(question, self.matter)):
            parts = content(name)
            if parts and not any(part in asked for part in parts):
                asked.update(dict.fromkeys(parts[-1:]))
            names.update(part for part in parts if part in asked)
        weights = {stem: self._rarity(stem) for stem in asked}
        return _Asked(weights, frozenset(names), wanted(question))

    def _rarity(self, stem: str) -> float:
        total, containing = max(len(self._documents), _FEW), len(self._places.get(stem, ()))
        return math.log(1 + (total - containing + 0.5) / (containing + 0.5))

    def _weigh(self, document: Document, asked: _Asked, question: str) -> Hit | None:
        score = own = near = speaker = 0.0
        for stem, rarity in asked.stems.items():
            times = float(document.own[stem])
            spoken = stem in document.speaker
            if times:
                own += rarity
            elif spoken:
                speaker += rarity
            elif stem in document.beside:
                near += _PARTIAL * rarity
            elif stem in document.above:
                near += _DISTANT * rarity
            heavy = times + _BESIDE * (spoken or stem in document.beside or stem in document.above)
            score += rarity * heavy * (_K1 + 1) / (heavy + _K1 * (1 - _B + _B * document.length / self._average))
        if score <= 0:
            return None
        total = sum(asked.stems.values())
        # What somebody says is theirs without their name in it; a bare name asks for no number.
        rest = total - speaker
        share = own / rest if rest > _NOTHING else float(asked.kind == "anything")
        known = document.own.keys() | document.speaker | document.beside
        # A story has many people: the passage itself, or what cites it, must be about those who were asked about.
        fits = asked.names <= known and self._holds(document, asked, question)
        covered = (own + speaker + near) / total
        story = document.stories[0] if document.stories else None
        return Hit(document.citation, document.passage, story, score, covered, share, fits)

    @staticmethod
    def _holds(document: Document, asked: _Asked, question: str) -> bool:
        text = document.passage.text
        said_by = speaker_of(question)
        if said_by and not said_by <= document.speaker and not (said_by <= document.own.keys() and quotes(text)):
            return False
        return gives(asked.kind, text, question)


def nearest(question: str, edition: Edition, *, most: int = 3) -> list[Hit]:
    """The passages of an edition that are nearest to a question, best first."""
    return Shelf(edition).nearest(question, most=most)


def answers(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits that support an answer, best first; none when the question must be refused."""
    supporting = [hit for hit in hits if hit.supports]
    best = max((hit.covered for hit in supporting), default=0.0)
    # A passage that covers clearly less than the best one would only blur the answer.
    return tuple(hit for hit in supporting if hit.covered >= best - 0.15)


def passages_of(story: Story, edition: Edition) -> list[str]:
    """Ids of all passages of a story."""
    cited = (citation for n in story.citations if (citation := edition.citation(n)) is not None)
    return [passage.id for citation in cited for passage in citation.passages]


def _documents(edition: Edition) -> tuple[Document, ...]:
    beside = _surroundings(edition)
    stories: defaultdict[int, list[Story]] = defaultdict(list)
    for story in edition.stories:
        for n in story.citations:
            stories[n].append(story)
    found: list[Document] = []
    for citation in edition.citations:
        for passage in citation.passages:
            own = Counter(content(passage.text))
            speaker = frozenset(content(citation.thinker))
            around = {*content(citation.title or ""), *beside[passage.id]}
            above = frozenset(s for story in stories[citation.n] for s in content(f"{story.title} {story.topic}"))
            length = sum(own.values())
            in_stories = tuple(stories[citation.n])
            found.append(Document(citation, passage, in_stories, own, speaker, frozenset(around), above, length))
    return tuple(found)


def _surroundings(edition: Edition) -> defaultdict[str, set[str]]:
    """Stems of the edition's own sentences by the passages they cite."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    said: list[tuple[str, Iterable[str]]] = []
    for story in edition.stories:
        said += [(line.text, line.evidence) for line in (story.standfirst, *story.body)]
        said += [(f"{p.thinker} {p.claim}", p.evidence) for p in story.positions]
        if story.counter.standing == "person":
            said.append((story.counter.text, story.counter.evidence))
    for text, evidence in said:
        found_stems = content(text)
        for passage_id in evidence:
            found[passage_id].update(found_stems)
    return found
