"""How the good mind writes a story: chosen passages, each with who says it; its own thoughts carry no name."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tests.fakes.minds.phrasing import Phrasing, Told, common_words, ended, excerpt, known_names, quoted
from tests.fakes.minds.prompts import Heard, Matter, Reading, Side

Answer = dict[str, Any]
_FOUL = re.compile(
    r"https?:|www\.|@\w|<[^>]*>|\]\(|[\u202a-\u202e\u2066-\u2069]|\bignore\b.{0,40}\binstructions?\b", re.IGNORECASE
)
_NEWS = re.compile(
    r"\b(?:today|yesterday|tomorrow|this week|next week|this month|next month|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|voted|died|released|announced|launched|has begun|began|new|first|after)\b"
)
_COMING = re.compile(
    r"\b(?:will|next (?:week|month|year)|tomorrow|later this year|before the end of|upcoming|scheduled|ahead of|"
    r"plans? to|is due|"
    r"by (?:Monday|Tuesday|Wednesday|Thursday|Friday|January|February|March|April|May|June|July|August|September))\b"
)
_FIGURE = re.compile(r"\d|\b(?:percent|per cent|half|third|twice|double)\b")
_OBJECTIONS = (
    (_FIGURE, "A figure says what was counted, and is silent on what was left out of the count."),
    (_COMING, "What is announced is an intention: until it is done, it shows what somebody wants to be seen planning."),
    (re.compile(r"\b(?:first|only|best|most)\b"), "A comparison is worth as much as the list of those compared."),
    (re.compile(r""), "Several reports of one thing can go back to one first account, and then they count once."),
)  # fmt: skip
_WATCH = (
    (_FIGURE, "Ask how it was counted before you repeat it."),
    (_COMING, "Watch whether what was announced is done, and who says so."),
    (re.compile(r""), "Look for the first account of it, and for somebody who was there."),
)
_WATCH_ELSEWHERE = {
    "ru": "Смотрите, подтвердит ли это кто-нибудь, кто был рядом.",
    "de": "Achten Sie darauf, ob es jemand bestätigt, der dabei war.",
}
_ALSO = "Writes {} and also {}"
_TERMS = (
    ("anniversary", "the day of the year on which something happened before"),
    ("sanctions", "punishments by which countries stop trade or travel"),
    ("impeach", "to accuse somebody in office formally, so that they may lose it"),
    ("inference", "having a trained model answer, as opposed to training it"),
    ("open source", "published so that everybody may read, change and use it"),
    ("benchmark", "a test that many are measured by, so that they can be compared"),
    ("latency", "how long one waits for an answer to begin"),
    ("sticking point", "the matter on which a talk gets no further"),
    ("interim", "for the time until somebody is chosen for good"),
    ("lender", "somebody who gave money and wants it back"),
    ("tide table", "a list of the hours of high and low water"),
    ("drift", "to go wrong a little every day, always the same way"),
    ("review", "having somebody read a change before it counts"),
    ("vulnerability", "a mistake in a program that lets others in"),
)


def write_story(reading: Reading, matter: Matter) -> Answer:
    """All fields of a story."""
    pen = StoryPen(reading, matter)
    title, standfirst = pen.heading()
    return {
        "title": title,
        "standfirst": cited(standfirst),
        "why_now": cited_or_none(pen.why_now()),
        "positions": [
            {"position": side.number, "claim": told.text, "evidence": list(told.evidence)}
            for side in matter.sides
            if (told := pen.position(side)) is not None
        ],
        "counter": pen.counter(),
        "body": [cited(told) for told in pen.body()],
        "synthesis": pen.synthesis(),
        "crux": pen.crux(),
        "pull_quote": pen.pull_quote(),
        "plain_words": pen.plain_words(),
        "analogy": None,
        "so_what": pen.so_what(),
    }


class StoryPen:
    """Writes one story; what was used once is not said again while there is something else."""

    def __init__(self, reading: Reading, matter: Matter) -> None:
        self._matter = matter
        self._orders = reading.orders
        self._phrasing = phrasing_of(reading)
        self._clean = [p for p in matter.passages if is_clean(p)] or matter.passages
        self._used: set[str] = set()
        decided = [i for side in matter.sides for i in side.evidence]
        self._first = [p for i in decided for p in self._clean if p.id == i]
        self.strongest = " ".join(p.words for p in self._first)

    def heading(self) -> tuple[str, Told]:
        """Title and standfirst; the title rests on what the standfirst cites."""
        title, source = self._title()
        own = [p for p in self._clean if p.number == source.number and p.id != source.id]
        others = [p for p in self._first if p.number != source.number]
        standfirst = None
        for passage in (*own, *others, *self._clean):
            standfirst = self._phrasing.tell(passage, self._matter.number, 120)
            if standfirst is not None:
                break
        if standfirst is None:
            standfirst = Told(_cut(source, 120), (source.id,))
        self._used |= {source.id, *standfirst.evidence}
        return title, Told(standfirst.text, tuple(dict.fromkeys((*standfirst.evidence, source.id))))

    def _title(self) -> tuple[str, Heard]:
        leading = {p.number for p in self._first[:1]}
        headlines = sorted((p for p in self._clean if p.headline), key=lambda p: p.number not in leading)
        for passage in headlines:
            if (title := self._phrasing.title(passage)) is not None:
                return title, passage
        for passage in (*self._first, *self._clean):
            if (title := self._phrasing.title(passage)) is not None:
                return title, passage
            said = excerpt(passage.words.rstrip("."), 78 - len(passage.name))
            if said is not None and len(said.split()) > 2:
                return f"{passage.name}: {quoted(said)}", passage
        source = (self._first or self._clean)[0]
        return _cut(source, 80), source

    def why_now(self) -> Told | None:
        """What happened just now, if a passage says so."""
        for passage in self._left():
            if _NEWS.search(passage.words) and (told := self._phrasing.tell(passage, 0, 180)) is not None:
                self._used.add(passage.id)
                return told
        return None

    def position(self, side: Side) -> Told | None:
        """The claim of somebody, on what was decided to be theirs."""
        own = self._matter.heard(side.evidence)
        if len(own) > 1 and own[0].name == own[1].name == side.name:
            first, second = excerpt(own[0].words.rstrip("."), 110), excerpt(own[1].words.rstrip("."), 80)
            if first and second:
                also = {"ru": "Пишет {} и ещё {}", "de": "Schreibt {} und auch {}"}.get(self._phrasing.language, _ALSO)
                text = ended(also.format(quoted(first), quoted(second)))
                return Told(text, (own[0].id, own[1].id))
        for passage in own:
            told = self._phrasing.claim(passage) if passage.name == side.name else _as_quoted(side, passage)
            if told is not None:
                return told
        return Told(_cut(own[0], 130, named=False), (own[0].id,)) if own else None

    def counter(self) -> Answer | None:
        """Somebody's answer, or an objection of ours."""
        decided = self._matter.counter
        if decided is None:
            if self._phrasing.language != "en":
                return None
            text = next(text for pattern, text in _OBJECTIONS if pattern.search(self.strongest))
            return {"text": text, "evidence": []}
        theirs = [p for p in self._matter.heard(decided.evidence) if p.name == decided.name]
        for passage in theirs or self._matter.heard(decided.evidence):
            told = self._phrasing.tell(passage, 1 if theirs else 0, 200)
            if told is not None:
                return cited(told)
        return None

    def body(self) -> Iterator[Told]:
        """Sentences, first those on what was decided, then the others, by turns of who speaks."""
        most, words = self._room()
        order = [p for p in _by_turns(self._first, self._clean) if p.id not in self._used]
        rest = [p for p in self._clean if p.id in self._used]
        said = 0
        for turn, (passage, other) in enumerate(_pairs([*order, *rest])):
            told = self._phrasing.join(passage, other) if other is not None else None
            told = told or self._phrasing.tell(passage, turn + self._matter.number)
            if told is None or words < len(told.text.split()):
                continue
            words -= len(told.text.split())
            said += 1
            yield told
            if said >= most:
                return

    def synthesis(self) -> Answer | None:
        """Where a contradiction stands; None where there is none."""
        if not self._matter.is_argued or self._phrasing.language != "en":
            return None
        one, other = self._opponents()
        if one is None or other is None:
            return None
        first, second = self._short(one), self._short(other)
        if not first or not second:
            return None
        text = ended(f"{one.name} writes {quoted(first)}; {other.name} writes {quoted(second)}, and both cannot hold")
        return {"kind": "split", "text": text, "evidence": [one.id, other.id]}

    def crux(self) -> Answer | None:
        """What would settle a contradiction."""
        if not self._matter.is_argued or self._phrasing.language != "en":
            return None
        one, other = self._opponents()
        if one is None or other is None or not (words := self._short(one)):
            return None
        return {
            "question": f"Would what {one.name} writes, {quoted(words)}, hold where {other.name} looked?",
            "would_settle": f"Somebody who is neither of them looks again, and finds {quoted(words)} or not.",
            "evidence": [one.id, other.id],
        }

    def pull_quote(self) -> Answer | None:
        """A short sentence of a person, letter by letter."""
        for passage in (*self._first, *self._clean):
            plain = not re.search(r"[“”\"«»]", passage.words)
            if plain and not passage.headline and 5 < len(passage.words.split()) <= 25 and passage.kind not in ACTED:
                return {"text": passage.words, "evidence": [passage.id]}
        return None

    def plain_words(self) -> list[Answer]:
        """Terms that stand in the passages and that we have a word for."""
        text = " ".join(p.words for p in self._clean).lower()
        if self._phrasing.language != "en":
            return []
        return [{"term": term, "meaning": meaning} for term, meaning in _TERMS if term in text][:2]

    def so_what(self) -> str:
        """What to watch."""
        if self._phrasing.language in _WATCH_ELSEWHERE:
            return _WATCH_ELSEWHERE[self._phrasing.language]
        return next(text for pattern, text in _WATCH if pattern.search(self.strongest))

    def _left(self) -> list[Heard]:
        return [p for p in (*self._first, *self._clean) if p.id not in self._used]

    def _opponents(self) -> tuple[Heard | None, Heard | None]:
        assert self._matter.counter is not None
        theirs = self._matter.heard(self._matter.counter.evidence)
        other = next((p for p in theirs if p.name == self._matter.counter.name), None)
        first = [p for p in self._first if other is not None and p.name != other.name]
        named = next((p for p in theirs if other is not None and p.name != other.name), None)
        return named or next(iter(first), None), other

    def _short(self, passage: Heard) -> str | None:
        return excerpt(passage.words.rstrip("."), 75)

    def _room(self) -> tuple[int, int]:
        found = re.search(r"body: ([^,;:]*?) sentences?, together at most (\d+) words", self._orders)
        numbers = [int(n) for n in re.findall(r"\d+", found[1])] if found else []
        # Others count hyphens and names otherwise: somewhat under what was asked is never too much.
        return max(numbers, default=6), int(found[2]) * 4 // 5 if found else 120


ACTED = frozenset({"star", "release", "push", "repost"})


def phrasing_of(reading: Reading) -> Phrasing:
    """How passages are retold in this prompt."""
    texts = [p.words for p in reading.passages.values()]
    return Phrasing(
        common_words(texts), known_names(texts, [p.name for p in reading.passages.values()]), reading.language
    )


def is_clean(passage: Heard) -> bool:
    """Whether a passage is worth citing: no address, no mention, no order to a machine."""
    return not _FOUL.search(passage.words) and len(passage.words) > 12


def looks_ahead(passage: Heard) -> bool:
    """Whether a passage names something to come."""
    return bool(_COMING.search(passage.words))


def cited(told: Told) -> Answer:
    """A sentence with its evidence, as the schemas have it."""
    return {"text": told.text, "evidence": list(told.evidence)}


def cited_or_none(told: Told | None) -> Answer | None:
    """The same, if there is one."""
    return None if told is None else cited(told)


def _as_quoted(side: Side, passage: Heard) -> Told | None:
    """What somebody says in another's item: the words that stand in quotation marks there."""
    found = re.search(r"[“\"]([^”\"]{12,110})[”\"]", passage.words)
    if found:
        return Told(ended(f"Said: {quoted(found[1].strip(' ,'))}"), (passage.id,))
    cut = excerpt(passage.words.rstrip("."), 128 - len(passage.name) - 12)
    return Told(ended(f"{passage.name} writes: {quoted(cut)}"), (passage.id,)) if cut else None


def _cut(passage: Heard, most: int, *, named: bool = True) -> str:
    """As many words as fit, quoted."""
    lead = f"{passage.name}: " if named else "Writes: "
    kept = ""
    for word in passage.words.rstrip(".").split(" "):
        if len(lead) + len(kept) + len(word) + 4 > most:
            break
        kept = f"{kept} {word}".strip()
    return ended(f"{lead}{quoted(kept)}")


def _by_turns(first: Sequence[Heard], rest: Sequence[Heard]) -> list[Heard]:
    """What was decided first, then the sentences of the others, then headlines; each once."""
    order = [*first, *(p for p in rest if not p.headline), *(p for p in rest if p.headline)]
    return list(dict.fromkeys(order))


def _pairs(order: Sequence[Heard]) -> Iterator[tuple[Heard, Heard | None]]:
    """Passages, two short ones of one person together."""
    done: set[str] = set()
    for passage in order:
        if passage.id in done:
            continue
        done.add(passage.id)
        short = [
            p for p in order if p.id not in done and p.name == passage.name and len(p.words) + len(passage.words) < 190
        ]
        other = short[0] if short and len(done) % 3 == 1 else None
        if other is not None:
            done.add(other.id)
        yield passage, other
