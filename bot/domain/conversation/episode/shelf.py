"""What was said in an episode, ready to be asked as an edition is.

Everybody who speaks is a citation of the episode under a number of their own, and what they say are its passages, each
with its time: so the same retrieval, the same exhibits and the same checks of a model's sentences work here, and know
who said what. People read the time where an edition has the number.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.conversation.asking import content
from bot.domain.conversation.episode.windows import Window, display_names, pieces, windows
from bot.domain.conversation.matter import Matter, fold, folded, is_cyrillic
from bot.domain.conversation.retrieval import Document, Hit, Shelf
from bot.domain.desk import DEFAULT_DESK
from bot.domain.edition import (
    Card,
    Checks,
    Citation,
    Cited,
    CitedPassage,
    CitedThinker,
    Edition,
    Promises,
    Tokens,
    number_of,
)
from bot.domain.edition import Window as Span
from bot.domain.episode import Episode, Role
from bot.domain.item import ItemKind
from bot.domain.roster import ThinkerKind
from bot.domain.transcript import Transcript

_FRAME = frozenset(
    (
        *content("episode podcast chapter talk video show guest host"),
        *content("чём эпизод подкаст глава выпуск видео гость разговор передача"),
    )
)
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"\b(?:the|their|his|her)\s+guests?\b", re.IGNORECASE), "guest"),
    (re.compile(r"\b(?:the|their)\s+hosts?\b", re.IGNORECASE), "host"),
)
_NEIGHBOURS = 3
"""Best passages whose neighbours are shown to a model, too."""
_LEAST_NAME = 3
_TIMES_IN_FOCUS = 3
"""An hour of talk says most words twice."""


class EpisodeShelf(Shelf):
    """The passages of one episode, ready to be asked: of its transcript, or of the overview where there is none."""

    frame = _FRAME

    def __init__(self, episode: Episode, transcript: Transcript | None, made: datetime) -> None:
        """`made` stands for the date of publication where none is known."""
        self.episode = episode
        self.transcript = transcript
        said = _told(episode) if transcript is None else windows(episode, transcript)
        citations = _citations(episode, said, made)
        documents = _documents(episode, said, citations)
        super().__init__(_as_edition(episode, citations, made), documents, _matter(episode, documents))
        self._spoken = tuple(document.passage for document in documents)
        self._times = [passage.at or 0.0 for passage in self._spoken]
        self._order = {passage.id: place for place, passage in enumerate(self._spoken)}
        self._starts = [] if transcript is None else [said.start for said in transcript.utterances]
        self._names = {} if transcript is None else display_names(episode, transcript)
        self._citations = {document.passage.id: document.citation for document in documents}

    @property
    def publication(self) -> Episode:
        """What is talked about."""
        return self.episode

    @property
    def sources(self) -> int:
        """One: the episode."""
        return 1

    def nearest(self, question: str, *, most: int = 3) -> list[Hit]:
        """The passages nearest to a question, best first; `the guest` is who that is, where there is one."""
        return super().nearest(self._by_name(question), most=most)

    def missing(self, question: str) -> list[str]:
        """Stems of a question that nobody says, in order."""
        return super().missing(self._by_name(question))

    def _by_name(self, question: str) -> str:
        for pattern, role in _ROLES:
            names = [person.name for person in self.episode.people if person.role == role]
            question = pattern.sub(names[0] if len(names) == 1 else "they", question)
        return question

    def around(self, hits: Sequence[Hit], first: Sequence[str] = ()) -> list[str]:
        """Ids of what is said right before and after the best of some hits."""
        best = [*first[:_NEIGHBOURS], *(hit.passage.id for hit in hits[:_NEIGHBOURS])]
        places = [place for i in best if (place := self._order.get(i)) is not None]
        near = [n for place in places for n in (place + 1, place - 1) if 0 <= n < len(self._spoken)]
        return [self._spoken[n].id for n in dict.fromkeys(near)]

    def cited(self, citations: Sequence[Citation], shown: Collection[str]) -> tuple[Citation, ...]:
        """Those that something was shown of, with that and nothing else: an answer is no transcript."""
        wanted = frozenset(shown)
        kept = (replace(c, passages=tuple(p for p in c.passages if p.id in wanted)) for c in citations)
        return tuple(citation for citation in kept if citation.passages)

    def spoken(self, start: float, end: float) -> tuple[CitedPassage, ...]:
        """What begins to be said from `start` to before `end`, in order."""
        first = bisect_right(self._times, start - 1e-6)
        return self._spoken[first : bisect_right(self._times, end - 1e-6)]

    def at(self, moment: float) -> CitedPassage | None:
        """What is being said at a moment; the first of all before that."""
        if not self._spoken:
            return None
        return self._spoken[max(0, bisect_right(self._times, moment + 1e-6) - 1)]

    def exact(self, moments: Sequence[float]) -> dict[float, CitedPassage]:
        """Passages of what is being said at some moments, each with that moment; they are no part of the shelf."""
        found: dict[float, CitedPassage] = {}
        taken = Counter({citation.n: len(citation.passages) for citation in self.edition.citations})
        for moment in moments:
            number, text = self._words_at(moment)
            taken[number] += 1
            found[moment] = CitedPassage(f"{number}.{taken[number]}", text, moment)
        return found

    def with_exact(self, exact: Mapping[float, CitedPassage]) -> tuple[Citation, ...]:
        """The citations of the episode with such passages among theirs."""
        own: defaultdict[int, list[CitedPassage]] = defaultdict(list)
        for passage in exact.values():
            own[number_of(passage.id)].append(passage)
        return tuple(replace(c, passages=(*c.passages, *own[c.n])) for c in self.edition.citations)

    def _words_at(self, moment: float) -> tuple[int, str]:
        """Whose words they are, by number, and what they say; in an advertisement, too."""
        near = self.at(moment)
        nearest = (1, "") if near is None else (self._citations[near.id].n, near.text)
        if self.transcript is None:
            return nearest
        place = bisect_right(self._starts, moment + 1e-6) - 1
        said = self.transcript.utterances[max(0, place)]
        *_, text = [words for at, words in pieces(said) if at <= moment + 1e-6] or [said.text]
        name = self._names.get(said.speaker or "", said.speaker)
        number = next((c.n for c in self.edition.citations if c.thinker == name), nearest[0])
        return number, text

    def speaker(self, passage: CitedPassage) -> str | None:
        """Who says it, where that is known."""
        citation = self._citations[passage.id]
        return citation.thinker if citation.thinker_id else None


def _told(episode: Episode) -> tuple[Window, ...]:
    """The sentences of the overview, where nothing else is known of what was said."""
    lines = [(told, chapter) for chapter in episode.chapters for told in chapter.told]
    found = [Window(told.at[0] if told.at else c.start, None, told.text, c.number) for told, c in lines]
    found += [Window(told.at[0] if told.at else 0.0, None, told.text, None) for told in episode.told]
    return tuple(sorted(found, key=lambda window: window.at))


def _citations(episode: Episode, said: Sequence[Window], made: datetime) -> dict[str | None, Citation]:
    """One a speaker, by name, numbered as they begin to speak."""
    passages: dict[str | None, list[CitedPassage]] = {}
    for window in said:
        own = passages.setdefault(window.speaker, [])
        number = list(passages).index(window.speaker) + 1
        own.append(CitedPassage(f"{number}.{len(own) + 1}", window.text, window.at))
    kind = ItemKind.EPISODE
    return {
        speaker: Citation(
            n=number,
            item=episode.id,
            thinker=speaker or episode.show or episode.title,
            thinker_id=None if speaker is None else fold(speaker).replace(" ", "-"),
            handle=None,
            kind=kind,
            title=episode.title,
            url=episode.url or "",
            published=episode.published or made,
            passages=tuple(own),
        )
        for number, (speaker, own) in enumerate(passages.items(), 1)
    }


def _documents(episode: Episode, said: Sequence[Window], citations: dict[str | None, Citation]) -> tuple[Document, ...]:
    beside = _surroundings(episode, said)
    above = {chapter.number: frozenset(content(chapter.title)) for chapter in episode.chapters}
    speakers = {name: frozenset(content(name)) if name else frozenset[str]() for name in citations}
    taken: Counter[str | None] = Counter()
    found: list[Document] = []
    for place, window in enumerate(said):
        citation = citations[window.speaker]
        passage = citation.passages[taken[window.speaker]]
        taken[window.speaker] += 1
        own = Counter(content(window.text))
        title = above.get(window.chapter or 0, frozenset())
        around = frozenset(beside[place])
        found.append(Document(citation, passage, (), own, speakers[window.speaker], around, title, own.total()))
    return tuple(found)


def _surroundings(episode: Episode, said: Sequence[Window]) -> defaultdict[int, set[str]]:
    """Stems of the sentences of the overview by the windows they tell of: they may be in another language."""
    times = [window.at for window in said]
    found: defaultdict[int, set[str]] = defaultdict(set)
    for told in (*episode.told, *(line for chapter in episode.chapters for line in chapter.told)):
        for at in told.at:
            found[max(0, bisect_right(times, at + 1e-6) - 1)].update(content(told.text))
    return found


def _matter(episode: Episode, documents: Sequence[Document]) -> Matter:
    """What it is about: chapters are its stories; its names are those of its people and entities."""
    counted: Counter[str] = Counter()
    chapters: defaultdict[int, set[str]] = defaultdict(set)
    bounds = [chapter.start for chapter in episode.chapters]
    for document in documents:
        counted.update(document.own)
        chapters[bisect_right(bounds, (document.passage.at or 0.0) + 1e-6)].update(document.known)
    people = frozenset(folded(person.name) for person in episode.people)
    named = [*people, *(folded(entity.name) for entity in episode.entities)]
    words = "".join(document.passage.text for document in documents[:50])
    lowered = {stem for stem, times in counted.items() if times >= _TIMES_IN_FOCUS}
    persons = {folded(entity.name) for entity in episode.entities if entity.type == "person"} | people
    single = {name.split()[-1] for name in persons if name} | {name for name in named if name and " " not in name}
    return Matter(
        stories=tuple(frozenset(stems) for _, stems in sorted(chapters.items())),
        focus=frozenset(lowered),
        names=frozenset(name for name in named if " " in name),
        surnames=frozenset(name for name in single if len(name) >= _LEAST_NAME and not name.isdigit()),
        people=frozenset(name for name in people if " " in name),
        latin=not is_cyrillic(words),
        recorded=True,
    )


def _as_edition(episode: Episode, citations: dict[str | None, Citation], made: datetime) -> Edition:
    """The episode as what retrieval and the checks of sentences know: an edition without stories."""
    cited = tuple(citations.values())
    thinkers = tuple(CitedThinker(c.thinker, c.thinker_id, ThinkerKind.PERSON, None, None, ()) for c in cited)
    nothing: Tokens = {"in": 0, "out": 0, "cached": 0}
    return Edition(
        id=episode.id,
        desk=DEFAULT_DESK.id,
        slot="now",
        date=made.date(),
        window=Span(made, made),
        language=episode.card.language,
        title=episode.title,
        title_evidence=(),
        lede="",
        lede_evidence=(),
        stories=(),
        citations=cited,
        thinkers=thinkers,
        open_question=None,
        promises=Promises(),
        dialogue=(),
        card=Card(0, (), 0, 0, Cited(1, len(cited)), Checks(0, 0, 0, 0, 0, 0), episode.card.writer, nothing, 0.0, None),
    )
