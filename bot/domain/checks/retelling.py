"""Where a sentence takes over words of a passage and changes one in their midst.

No sentence has to be taken over whole for that: it is enough that the words on both sides of a place stand side by side
in the passage, with a denial between them in one of the two only, or with another unit, month or opposite word between.
Whoever copies that much around a place speaks of the same thing there.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import lru_cache
from itertools import islice, pairwise
from typing import Literal

from bot.domain.checks.clauses import pieces_of, stem
from bot.domain.checks.lexicon import FAMILY, MONTHS, WEEKDAYS, vocabulary
from bot.domain.checks.names import Word, words
from bot.domain.checks.opposites import NEGATORS, NO_DENIAL, opposed

_STOPS, _PAUSES = ".!?…", ",;:—–"
_MOST_WORDS = 400
"""Of a text that is compared."""
_AROUND = 4
"""Words that both have in common around a place, on its two sides together."""
_LONGEST_NAME = 4
"""Words of a name."""
_NEAR = 10
"""Words before and after a place in which another denial may make up for one."""
_MOST_CHANGED = 2
"""Words that stand in the place."""
_LIGHT = vocabulary("do does did a an the any some all every each")
"""Words that come or go with a denial."""
_SPANS: tuple[frozenset[str], ...] = tuple(
    vocabulary(group)
    for group in (
        "second seconds секунда секунды секунд sekunde sekunden",
        "minute minutes минута минуты минут minuten",
        "hour hours hourly час часа часов stunde stunden",
        "day days daily день дня дней tag tage tagen",
        "night nights ночь ночи ночей",
        "week weeks weekly неделя недели недель неделю woche wochen",
        "fortnight fortnights",
        "month months monthly месяц месяца месяцев monat monate monaten",
        "quarter quarters quarterly",
        "year years yearly annual annually год года лет году jahr jahre jahren",
        "decade decades десятилетие десятилетия десятилетий jahrzehnt jahrzehnte jahrzehnten",
        "century centuries век века веков jahrhundert jahrhunderte",
        "million millions миллион миллиона миллионов millionen",
        "billion billions миллиард миллиарда миллиардов milliarden",
        "trillion trillions триллион триллиона триллионов",
        "thousand thousands тысяча тысячи тысяч tausend",
        "kilometre kilometres kilometer kilometers km",
        "mile miles",
        "metre metres meter meters",
        "gram grams kilogram kilograms",
        "ton tons tonne tonnes",
        "percent",
        "dollar dollars",
        "euro euros",
        "pound pounds",
    )
)
"""Spans of time and other units, each in its forms."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A word that was put in, left out or exchanged."""

    kind: Literal["denial", "unit", "date", "opposite", "name"]
    written: str
    theirs: str
    """What stands there in the passage; one of the two may be empty."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of the sentence and of the passage between words that both have."""

    here: tuple[str, ...]
    there: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    around: int
    """How many more denials stand near it in the sentence than in the passage."""


def changes(sentence: str, passages: Sequence[str]) -> list[Changed]:
    """What a sentence changes in words that it takes over (both made plain before); none where a passage has it so."""
    held = list(dict.fromkeys(s for p in passages for s in (*_stretches(p, _STOPS), *_stretches(p, _STOPS + _PAUSES))))
    mine = dict.fromkeys((*_stretches(sentence, _STOPS), *_stretches(sentence, _STOPS + _PAUSES)))
    found: dict[Changed, None] = {}
    for stretch in mine:
        for theirs in held:
            for place in _places(stretch, theirs):
                changed = _changed(place)
                if changed and not any(_has(place, other) for other in held):
                    found[changed] = None
    return list(found)


def renamed(sentence: str, passages: Sequence[str]) -> list[Changed]:
    """Names that a sentence has where the words it takes over have another one, and that no passage has."""
    held = {word.key for passage in passages for word in words(passage)}
    families = {FAMILY[key] for key in held & FAMILY.keys()}
    mine = words(sentence)[:_MOST_WORDS]
    found: dict[Changed, None] = {}
    for passage in passages:
        theirs = words(passage)[:_MOST_WORDS]
        for one, two in pairwise(_blocks([word.key for word in mine], [word.key for word in theirs])):
            here, there = mine[one.a + one.size : two.a], theirs[one.b + one.size : two.b]
            both = one.size and one.size + two.size >= _AROUND
            if (
                both
                and _are_names(here)
                and _are_names(there)
                and not any(_is_known(word, held, families) for word in here)
            ):
                changed = (" ".join(word.text for word in some) for some in (here, there))
                found[Changed("name", *changed)] = None
    return list(found)


def _are_names(some: Sequence[Word]) -> bool:
    return 0 < len(some) <= _LONGEST_NAME and all(word.text[0].isupper() and not word.opens for word in some)


def _is_known(word: Word, held: Collection[str], families: Collection[int]) -> bool:
    """Whether a passage has the name, or a name may stand for another: peoples, countries, initials."""
    return word.key in held or FAMILY.get(word.key) in families or word.text.isupper()


def _blocks(mine: Sequence[str], theirs: Sequence[str]) -> list[Match]:
    return SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()


def _changed(place: _Place) -> Changed | None:
    written, theirs = " ".join(place.here), " ".join(place.there)
    mine, other = (_denials(some, place.after) for some in (place.here, place.there))
    if mine != other and not place.around and _bare(place.here) == _bare(place.there):
        return Changed("denial", written, theirs)
    if len(place.here) != 1 or len(place.there) != 1:
        return None
    (one,), (two,) = place.here, place.there
    if _differ(one, two, _SPANS):
        return Changed("unit", written, theirs)
    if (one in MONTHS and two in MONTHS) or (one in WEEKDAYS and two in WEEKDAYS):
        return Changed("date", written, theirs)
    return Changed("opposite", written, theirs) if opposed(one, two) else None


def _denials(some: Sequence[str], after: Sequence[str]) -> bool:
    """Whether some words deny what follows them: one denial, since two say yes."""
    following = [*some[1:], *after[:1]]
    strict = [
        word
        for at, word in enumerate(some)
        if word in NEGATORS and (at >= len(following) or following[at] not in NO_DENIAL.get(word, ()))
    ]
    return len(strict) % 2 == 1


def _bare(some: Sequence[str]) -> list[str]:
    """What is said, apart from whether it is denied."""
    return [stem(word, "en") for word in some if word not in NEGATORS | _LIGHT]


def _differ(one: str, two: str, groups: Sequence[frozenset[str]]) -> bool:
    mine = [group for group in groups if one in group]
    return bool(mine) and any(two in group for group in groups) and not any(two in group for group in mine)


def _places(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[_Place]:
    for one, two in pairwise(_blocks(mine, theirs)):
        here = mine[one.a + one.size : two.a]
        there = theirs[one.b + one.size : two.b]
        if not one.size or max(len(here), len(there)) > _MOST_CHANGED:
            continue
        after = mine[two.a : two.a + two.size]
        if one.size + len(after) >= _AROUND and (after or len(here) == len(there)):
            around = _denying(mine, one.a + one.size, two.a) - _denying(theirs, one.b + one.size, two.b)
            yield _Place(here, there, mine[one.a : one.a + one.size], after, around)


def _denying(some: tuple[str, ...], start: int, end: int) -> int:
    """How many denials stand before and after a place."""
    near = (*some[max(0, start - _NEAR) : start], *some[end : end + _NEAR])
    return sum(word in NEGATORS for word in near)


def _has(place: _Place, theirs: tuple[str, ...]) -> bool:
    """Whether a passage has the sentence's own words in the place."""
    wanted = (*place.before[-1:], *place.here, *place.after[:1])
    return any(theirs[at : at + len(wanted)] == wanted for at in range(len(theirs) - len(wanted) + 1))


@lru_cache(maxsize=8192)
def _stretches(text: str, borders: str) -> tuple[tuple[str, ...], ...]:
    """The words between the borders of a text."""
    found: list[list[str]] = [[]]
    for piece in islice(pieces_of(text), _MOST_WORDS):
        if piece in borders:
            found.append([])
        elif piece[0].isalnum():
            found[-1].append(piece)
    return tuple(tuple(stretch) for stretch in found if stretch)
