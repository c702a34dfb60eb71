"""The liar: as fluent as the good mind, and about every second sentence is wrong in one way."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.checks.parts import walk
from bot.domain.edition import Edition
from bot.domain.episode import Episode
from tests.fakes.minds.good import Good, dumped
from tests.fakes.minds.good_story import Answer
from tests.fakes.minds.prompts import Heard, Reading, ids
from tests.fakes.minds.saying import Prompt, Said

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)?(?![\w])")
_WORDED = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand)\b")
_DAY = re.compile(r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_MONTH = re.compile(r"\b(January|February|March|April|June|July|August|September|October|November|December)\b")
_UNIT = re.compile(
    r"\b(percent|per cent|minutes?|hours?|days?|weeks?|months?|years?|million|billion|thousand|tons?|metres?|"
    r"kilometres?)\b"
)
_VERB = re.compile(r"\b(is|are|was|were|will|can|has|have|had)\b(?! not)")
_DENIED = re.compile(r" not\b|\bcannot\b|n['’]t\b")
_NAME = re.compile(r"(?<=[a-z,:] )[A-Z][\w’-]{2,}(?: [A-Z][\w’-]+)*")
_TURNED = {
    "percent": "million", "per cent": "million", "minute": "hour", "minutes": "hours", "hour": "week", "hours": "weeks",
    "day": "year", "days": "years", "week": "day", "weeks": "days", "month": "week", "months": "weeks", "year": "month",
    "years": "months", "million": "billion", "billion": "million", "thousand": "million", "ton": "gram",
    "tons": "grams",
    "metre": "mile", "metres": "miles", "kilometre": "metre", "kilometres": "metres",
}  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STRONG = ("proves that", "confirms beyond doubt that", "guarantees that", "has always known that")


@dataclass(frozen=True, slots=True)
class Lie:
    """One sentence that its passages do not say."""

    text: str
    kind: str
    evidence: tuple[str, ...]
    task: str
    cites: frozenset[str] = frozenset()
    """The words of the passages it cites; empty where its ids are invented."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A sentence before it is twisted, with what there is to twist it with."""

    where: str
    text: str
    evidence: tuple[str, ...]
    passages: tuple[Heard, ...]
    """All of the prompt."""
    chance: int

    @property
    def held(self) -> str:
        """The words it cites."""
        return " ".join(p.words for p in self.passages if p.id in self.evidence)

    def pick(self, some: list[str]) -> str | None:
        """One of some, always the same one."""
        return some[self.chance % len(some)] if some else None


Twisted = tuple[str, tuple[str, ...]] | None
Twist = Callable[[Truth], Twisted]


def _replaced(truth: Truth, pattern: re.Pattern[str], other: Callable[[str], str]) -> Twisted:
    # Words inside quotation marks change as well: then it is the quotation that is wrong.
    found = list(pattern.finditer(truth.text))
    if not found:
        return None
    match = found[truth.chance % len(found)]
    return truth.text[: match.start()] + other(match.group()) + truth.text[match.end() :], truth.evidence


def _number(truth: Truth) -> Twisted:
    def other(number: str) -> str:
        whole = re.sub(r"[.,]", "", number)
        return str(int(whole) + 3 + truth.chance % 50)

    return _replaced(truth, _NUMBER, other) or _replaced(truth, _WORDED, lambda _: "seventeen")


def _added_number(truth: Truth) -> Twisted:
    number = 61 + truth.chance % 30
    if str(number) in truth.held:
        return None
    return _before_end(truth.text, f", by {number} percent"), truth.evidence


def _date(truth: Truth) -> Twisted:
    def day(old: str) -> str:
        return _DAYS[(_DAYS.index(old) + 2) % 7]

    found = _replaced(truth, _DAY, day) or _replaced(truth, _MONTH, lambda m: "May")
    return found or (_before_end(truth.text, " on 29 August"), truth.evidence)


def _unit(truth: Truth) -> Twisted:
    return _replaced(truth, _UNIT, lambda unit: _TURNED.get(unit, "miles"))


def _name(truth: Truth) -> Twisted:
    """Another name of the material in the place of one."""
    all_names = {n for p in truth.passages for n in (p.name, *_NAME.findall(p.words))}
    cited = {p.name for p in truth.passages if p.id in truth.evidence}
    others = sorted(n for n in all_names if n not in truth.held and n not in truth.text and n not in cited)
    mine = sorted((n for n in all_names if n in truth.text and len(n) > 3), key=lambda n: (-len(n), n))
    other = truth.pick(others)
    return (truth.text.replace(mine[0], other), truth.evidence) if mine and other else None


def _person(truth: Truth) -> Twisted:
    return _before_end(truth.text, ", as Helena Marwick of the Orlov Institute has shown"), truth.evidence


def _quote(truth: Truth) -> Twisted:
    names = [p.name for p in truth.passages if p.id in truth.evidence]
    said = f"{truth.pick(names) or 'A witness'} adds: “Nobody who has seen it will ever doubt it again.”"
    return f"{truth.text} {said}", truth.evidence


def _mutated_quote(truth: Truth) -> Twisted:
    found = re.search(r"“([^”]+)”", truth.text)
    words = found[1].split(" ") if found else []
    if found is None or len(words) < 4:
        return None
    words[len(words) // 2] = "allegedly"
    return truth.text.replace(found[1], " ".join(words)), truth.evidence


def _polarity(truth: Truth) -> Twisted:
    """Of a clause that is in a passage: what a host thinks, and what we say of our own stories, can be denied."""
    for pattern, other in ((_DENIED, ""), (_VERB, r"\g<0> not")):
        for match in pattern.finditer(truth.text):
            around = truth.text[max(0, match.start() - 8) : match.end() + 8]
            if around in truth.held:
                return truth.text[: match.start()] + match.expand(other) + truth.text[match.end() :], truth.evidence
    return None


def _unknown_id(truth: Truth) -> Twisted:
    return truth.text, (f"{90 + truth.chance % 9}.{1 + truth.chance % 3}",)


def _other_id(truth: Truth) -> Twisted:
    """The id of a passage by somebody else that shares hardly a word with the sentence."""
    mine = set(re.findall(r"\w{4,}", truth.text.lower()))
    numbers = {i.partition(".")[0] for i in truth.evidence}
    far = [p.id for p in truth.passages if p.number not in numbers and p.name not in truth.text]
    far = [
        i
        for i in far
        if not mine & set(re.findall(r"\w{4,}", next(p.words for p in truth.passages if p.id == i).lower()))
    ]
    other = truth.pick(sorted(far))
    return (truth.text, (other,)) if other else None


def _overclaim(truth: Truth) -> Twisted:
    """Certainty that no passage has."""
    strong = _STRONG[truth.chance % len(_STRONG)]
    for weak in (" says that ", " reports that ", "Says that "):
        if weak in truth.text:
            new = strong.capitalize() if weak.startswith("S") else f" {strong}"
            return truth.text.replace(weak, f"{new} ", 1), truth.evidence
    if truth.where == "title":
        return f"Proof at last: {truth.text}"[:88], truth.evidence
    return None


def _disagreement(truth: Truth) -> Twisted:
    names = sorted({p.name for p in truth.passages if p.id not in truth.evidence and p.name not in truth.text})
    other = truth.pick(names)
    return (_before_end(truth.text, f", and {other} hits back at that"), truth.evidence) if other else None


def _in_the_mouth(truth: Truth) -> Twisted:
    """Our own argument as somebody's."""
    other = truth.pick(sorted({p.name for p in truth.passages}))
    return (f"{other} argues that {truth.text[0].lower()}{truth.text[1:]}", truth.evidence) if other else None


def _before_end(text: str, more: str) -> str:
    end = re.search(r"[.!?]?[”’]*$", text)
    assert end is not None
    return text[: end.start()] + more + "." if not end.group().endswith(("”", "’")) else text + more.rstrip() + "."


TWISTS: Final[Mapping[str, Twist]] = {
    "number": _number, "added_number": _added_number, "date": _date, "unit": _unit, "name": _name, "person": _person,
    "quote": _quote, "mutated_quote": _mutated_quote, "polarity": _polarity, "unknown_id": _unknown_id,
    "other_id": _other_id, "overclaim": _overclaim, "disagreement": _disagreement,
}  # fmt: skip
"""Ways to lie about what passages say."""


class Liar:
    """Twists about every second sentence; the same seed and the same prompts, the same lies."""

    KINDS: Final = (*TWISTS, "in_the_mouth")

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._good = Good()
        self.lies: list[Lie] = []

    def answer(self, prompt: Prompt) -> Said:
        """The good mind's answer with lies in it; a repair lies again in half of its parts, otherwise than before."""
        reading = Reading(prompt)
        thought = self._good.think(reading)
        if isinstance(thought, str):
            return Said("\n".join(self._line(line, at, reading) for at, line in enumerate(thought.split("\n"))))
        if reading.task.partition(" ")[0] in {"second", "choose", "translate"}:
            return Said(dumped(thought))
        for where, holder, key in list(_sentences(thought)):
            self._twist(where, holder, key, reading)
        return Said(dumped(thought))

    def _line(self, line: str, at: int, reading: Reading) -> str:
        found = ids(line)
        if not found:
            return line
        holder = {"text": re.sub(r"(?:\s*\[\d+\.\d+\])+\s*$", "", line), "evidence": list(found)}
        self._twist(f"line[{at}]", holder, "text", reading)
        return f"{holder['text']} {' '.join(f'[{i}]' for i in holder['evidence'])}"

    def _twist(self, where: str, holder: Answer, key: str, reading: Reading) -> None:
        text = holder[key]
        chance = self._chance(reading.task, where, text)
        if not text or chance % 2:
            return
        evidence = tuple(holder.get("evidence") or ())
        truth = Truth(where, text, evidence, tuple(reading.passages.values()), chance // 2)
        kind, twisted = self._lied(truth)
        if twisted is not None:
            holder[key] = twisted[0]
            if "evidence" in holder:
                holder["evidence"] = list(twisted[1])
            cites = frozenset(p.words for i in twisted[1] if (p := reading.passages.get(i)) is not None)
            self.lies.append(Lie(twisted[0], kind, twisted[1], reading.task, cites))

    def _lied(self, truth: Truth) -> tuple[str, Twisted]:
        if not truth.evidence and truth.where == "counter":
            return "in_the_mouth", _in_the_mouth(truth)
        kinds = list(TWISTS) if truth.evidence else ["overclaim", "person", "added_number"]
        start = truth.chance % len(kinds)
        for kind in (*kinds[start:], *kinds[:start]):
            twisted = TWISTS[kind](truth)
            if twisted is not None and twisted != (truth.text, truth.evidence):
                return kind, twisted
        return "", None

    def _chance(self, *of: str) -> int:
        digest = hashlib.sha256("\x1f".join([str(self._seed), *of]).encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:6], "big")


def published(lies: Iterable[Lie], edition: Edition) -> list[Lie]:
    """The lies that stand in an edition: the same words on the same passages, however they are numbered."""
    passages = edition.passages()
    said = {(_bare(p.text), frozenset(_folded(passages[i][1].text) for i in p.evidence)) for p in walk(edition)}
    return [lie for lie in lies if (_bare(lie.text), lie.cites) in said]


def published_of(lies: Iterable[Lie], episode: Episode, times: Mapping[str, float]) -> list[Lie]:
    """The lies that stand in an overview: its paragraph, titles, summaries, and lines on people and things.

    `times` are those of the passages by their ids: a true sentence on a false passage is a lie where it stands under
    the time of that one; a line shows no time.
    """
    told = [*episode.told, *(line for chapter in episode.chapters for line in chapter.told)]
    said = {(_bare(line.text), frozenset(line.at)) for line in told}
    titles = {_bare(chapter.title) for chapter in episode.chapters}
    bare = titles | {_bare(entity.description) for entity in episode.entities} | {text for text, _ in said}
    return [
        lie
        for lie in lies
        if (_bare(lie.text), frozenset(times.get(i, -1.0) for i in lie.evidence)) in said
        or (lie.kind not in {"unknown_id", "other_id"} and _bare(lie.text) in bare)
    ]


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _sentences(answer: Any, where: str = "") -> Iterator[tuple[str, Answer, str]]:
    """Every sentence of an answer: its path, what holds it, and under which key."""
    if isinstance(answer, list):
        for at, each in enumerate(answer):
            yield from _sentences(each, f"{where}[{at}]")
    if not isinstance(answer, dict):
        return
    for key, value in answer.items():
        if isinstance(value, dict | list):
            yield from _sentences(value, f"{where}.{key}".strip("."))
        elif isinstance(value, str) and key in {"text", "claim", "title", "reason", "question", "so_what", "meaning"}:
            yield (where if key == "text" else key if not where else f"{where}.{key}"), answer, key
