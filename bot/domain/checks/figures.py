"""Numbers and dates of a text as values: `1,000`, `1000` and `one thousand` are one, a swapped digit is not."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.domain.checks.lexicon import (
    AMBIGUOUS_MONTHS,
    FOREIGN_UNITS,
    GLUED,
    MAGNITUDES,
    MEASURED,
    MONTHS,
    PERCENT,
    SHORT_MONTHS,
    TENS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)

_SPACES = " \u00a0\u2009\u202f"
_DIGITS = re.compile(
    rf"(?<![^\W_])(?:\d{{1,3}}(?:[{_SPACES}'’]\d{{3}}(?!\d))+|\d+)(?:[.,:]\d+)*(?P<glued>[^\W\d_]*)"
    rf"(?P<tail>\s?%|[\s-]?(?:{PERCENT})\b)?",
    re.IGNORECASE,
)
_MULTIPLIER = re.compile("|".join(rf"(?P<m{i}>{words})" for i, (words, _) in enumerate(MAGNITUDES)), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"[\s‑-]{0,2}([^\W\d_]+)")
_PERCENT = re.compile(rf"[\s-]?(?:%|(?:{PERCENT})\b)", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"(?<![\w.,])(\d{1,2})(?:st|nd|rd|th|\.|-?го|-?е)?\s+(?:of\s+|de\s+)?$", re.IGNORECASE)
_FIRST_DAY = re.compile(r"(?<![\w.,])(\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:[–-]|to|bis)\s?$", re.IGNORECASE)
"""The day on which a stretch of days begins."""
_LAST_DAY = re.compile(r"\s?(?:[–-]|to|bis)\s?(\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)", re.IGNORECASE)
"""The day on which it ends, where the month stands before."""
_DAY_AFTER = re.compile(r"\s+(\d{1,2})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)", re.IGNORECASE)
_YEAR_AFTER = re.compile(r",?\s+(?:de\s+)?(\d{4})\b")
_TIME_WORD = re.compile(
    r"\b(?:in|of|by|since|until|till|last|next|this|early|late|mid|for|from|to|through|before|after|during|between|and|im|en|au|в|к|до|с|от)[\s-]$",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\s(?:began|begins|starts|started|ended|ends|saw|brought)\b")
"""What a month does."""
_ORDINALS = {"first": "1", "second": "2", "первый": "1", "второй": "2"}
_STRETCH = re.compile(r"[.;:!?—–()]")
_LAST_LISTED = re.compile(r"\b(?:and|or|und|oder|и|или)\b")
_LIST = range(3, 8)
"""Lengths of lists that are counted in words."""
_MEASURES = (("decade", 10.0, 0.0), ("dozen", 12.0, 0.0), ("quarter", 25.0, 3.0), ("third", 100 / 3, 3.0),
             ("quarter", 15.0, 0.0), ("jahrzehnt", 10.0, 0.0), ("десятилет", 10.0, 0.0))  # fmt: skip
"""Beginnings of measures, how much smaller ones make one (of parts: per cent), and how exact that is."""
_PARTS = {"half": 50.0, "quarter": 25.0, "third": 33.0, "three quarters": 75.0, "two thirds": 67.0, "halb": 50.0,
          "viertel": 25.0, "drittel": 33.0, "половин": 50.0, "четверт": 25.0, "треть": 33.0}  # fmt: skip
_MARKED = re.compile(r"(?<![^\W_])v\.?(\d+(?:\.\d+)*)(?![^\W_])", re.IGNORECASE)
"""A version."""
_NINETIES = re.compile(r"['’‘](\d0)s\b")
_ROMAN = re.compile(r"(?<![^\W_])(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![^\W_])")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_ALONE = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
"""Magnitudes that are a number themselves: "a million"."""
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, the values it may mean, and what follows it."""

    written: str
    values: frozenset[str]
    percent: bool = False
    after: str = ""
    """The next word, lower case: what is counted."""
    spelled: bool = False
    start: int = 0
    """Where it stands in its text, with the magnitude and the per cent that belong to it."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or weekday as written; None is what was not said."""

    written: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything countable in a text."""

    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    values: frozenset[str]
    """Of all numbers, with the years of days."""
    percents: frozenset[str]


@lru_cache(maxsize=8192)
def figures(text: str) -> Figures:
    """Read the numbers and days of a text."""
    days, rest = _days(text)
    written = list(_digits(rest))
    for start, end, _ in written:
        rest = rest[:start] + "“" * (end - start) + rest[end:]
    numbers = (*(number for _, _, number in written), *_spelled(rest))
    years = {_value(float(day.year)) for day in days if day.year}
    return Figures(
        numbers,
        days,
        frozenset(years.union(*(number.values for number in numbers))),
        frozenset().union(*(number.values for number in numbers if number.percent)),
    )


def missing_numbers(sentence: str, passages: Collection[str], own: Collection[Number]) -> list[str]:
    """Numbers of a sentence that no passage holds, as written; `own` are counts of ours that need none."""
    theirs = [figures(passage) for passage in passages]
    values = frozenset().union(*(f.values for f in theirs), *(_foreign(passage) for passage in passages))
    percents = frozenset().union(*(f.percents for f in theirs), *(_shares(passage) for passage in passages))
    return [
        number.written
        for number in figures(sentence).numbers
        if not number.values & (percents if number.percent else values)
        and not _is_vague(number, values)
        and not _only_points(number)
        and not any(number.values & mine.values and number.after.startswith(mine.after) for mine in own)
        and not _counts(number, passages)
        and not _other_measure(number, values)
    ]


def missing_days(sentence: str, passages: Collection[str], published: Collection[date]) -> list[str]:
    """Dates of a sentence that no passage holds and on which nothing cited was published, as written."""
    theirs = [day for passage in passages for day in figures(passage).days]
    values = frozenset().union(*(figures(passage).values for passage in passages))
    theirs += [Day("", p.year, p.month, p.day) for p in published]
    wanted = figures(sentence).days
    return [day.written for day in wanted if not any(_agrees(day, other, values) for other in theirs)]


@lru_cache(maxsize=4096)
def count(value: int, noun: str = "") -> Number:
    """A count of our own, with the beginning of the noun it counts."""
    return Number(str(value), frozenset({_value(float(value))}), after=noun)


def _counts(number: Number, passages: Collection[str]) -> bool:
    """Whether a small number in words counts what a passage lists: `three steps` for `this, that and a third`."""
    if not number.spelled or number.percent or any(number.after.startswith(unit) for unit in MEASURED):
        return False
    lists = {_value(float(n)) for passage in passages for n in _listed(passage)}
    return bool(number.values & lists)


@lru_cache(maxsize=4096)
def _listed(text: str) -> frozenset[int]:
    """How many things the lists of a text may have."""
    found: set[int] = set()
    for stretch in _STRETCH.split(text):
        last = max((match.start() for match in _LAST_LISTED.finditer(stretch)), default=0)
        commas = stretch.count(",", 0, last)
        if commas:
            found |= {commas + 1, commas + 2}
    return frozenset(n for n in found if n in _LIST)


def _other_measure(number: Number, values: frozenset[str]) -> bool:
    """Whether the passages say the same with another measure: four decades are 40 years, three quarters 45 minutes."""
    readings = [float(value) for value in sorted(number.values) if _is_plain(value)]
    wanted = [
        (r * factor, spread) for start, factor, spread in _MEASURES if number.after.startswith(start) for r in readings
    ]
    theirs = [float(value) for value in values if _is_plain(value)]
    return any(abs(value - want) <= spread for value in theirs for want, spread in wanted)


@lru_cache(maxsize=4096)
def _shares(text: str) -> frozenset[str]:
    """Halves, thirds and quarters of a text, in per cent."""
    return frozenset(_value(share) for word, share in _PARTS.items() if word in text.lower())


def _agrees(day: Day, other: Day, values: frozenset[str]) -> bool:
    """Whether a day of a sentence is one of a passage. A published day vouches for a full date only."""
    if day.weekday:
        return day.weekday == other.weekday
    if day.day is None and other.written == "":
        return False
    if day.month != other.month or (day.day is not None and day.day != other.day):
        return False
    return day.year is None or day.year == other.year or (other.year is None and _value(float(day.year)) in values)


def _only_points(number: Number) -> bool:
    """`one`, and `two` where it measures nothing, point at things more often than they count."""
    if not number.spelled or number.percent:
        return False
    if number.values == {"1"}:
        return True
    return number.values == {"2"} and not any(number.after.startswith(unit) for unit in MEASURED)


def _is_vague(number: Number, values: frozenset[str]) -> bool:
    """Whether `thousands` stands for a number of thousands."""
    for value in number.values:
        if value.startswith("~"):
            least = float(value[1:])
            return any(least <= float(v) < 1000 * least for v in values if _is_plain(v))
    return False


def _value(number: float) -> str:
    return format(number, ".12g")


def _days(text: str) -> tuple[tuple[Day, ...], str]:
    """The days of a text, and the text with them blanked out."""
    found: list[tuple[int, Day]] = []
    rest = text

    def take(start: int, end: int, day: Day) -> None:
        nonlocal rest
        found.append((start, day))
        rest = rest[:start] + " " * (end - start) + rest[end:]

    for match in _ISO.finditer(text):
        take(*match.span(), Day(match.group(), int(match[1]), int(match[2]), int(match[3])))
    for match in _DOTTED.finditer(rest):
        take(*match.span(), Day(match.group(), int(match[3]), int(match[2]), int(match[1])))
    for match in _MONTH.finditer(rest):
        if (named := _named_month(rest, match)) is not None:
            for span in (named, *_other_days(rest, *named)):
                take(*span)
    for match in _WEEKDAY.finditer(rest):
        take(*match.span(), Day(match.group(), weekday=WEEKDAYS[match.group().lower()]))
    return tuple(day for _, day in sorted(found, key=lambda pair: pair[0])), rest


def _other_days(text: str, start: int, end: int, day: Day) -> Iterator[tuple[int, int, Day]]:
    """The other end of a stretch of days: `4 to 8 September`."""
    if day.day is None:
        return
    for match in (_FIRST_DAY.search(text, max(0, start - 8), start), _LAST_DAY.match(text, end)):
        if match:
            yield (*match.span(1), replace(day, written=match[1], day=int(match[1])))


def _named_month(text: str, match: re.Match[str]) -> tuple[int, int, Day] | None:
    """A month with the day and year around it, unless the word means something else there."""
    word = match.group().lower().rstrip(".")
    start, end = match.span()
    before = _DAY_BEFORE.search(text, max(0, start - 16), start)
    after = None if before else _DAY_AFTER.match(text, end)
    end = after.end() if after else end
    year = _YEAR_AFTER.match(text, end)
    alone = not (before or after or year)
    if word.isascii() and match.group()[0].islower() and (alone or word in AMBIGUOUS_MONTHS) and not before:
        return None
    if alone and word in SHORT_MONTHS and not match.group().endswith("."):
        return None
    if (
        alone
        and word in AMBIGUOUS_MONTHS
        and not (_TIME_WORD.search(text, max(0, start - 9), start) or _BEGINS.match(text, end))
    ):
        return None
    end = year.end() if year else end
    start = before.start() if before else start
    number = before or after
    day = Day(
        text[start:end].strip(" ."), int(year[1]) if year else None, MONTHS[word], int(number[1]) if number else None
    )
    return start, end, day


def _digits(text: str) -> Iterator[tuple[int, int, Number]]:
    """Numbers in digits, with the span they and their magnitude word take."""
    for match in _DIGITS.finditer(text):
        glued = match["glued"].lower()
        body = match.group()[: match.start("glued") - match.start()]
        follows = text[match.end() :]
        values = _readings(body)
        scale, length = _scale(follows) if not glued else (None, 0)
        if scale is not None:
            values = frozenset(_value(float(v) * scale) for v in values if _is_plain(v))
        if glued in GLUED:
            values |= {_value(float(v) * GLUED[glued]) for v in values if _is_plain(v)}
        follows = follows[length:]
        percent = bool(match["tail"]) or bool(_PERCENT.match(follows))
        end = match.end() + length
        written = text[match.start() : end].strip()
        yield (
            match.start(),
            end,
            Number(written, values, percent, _next_word(follows), start=match.start(), end=end),
        )


def _is_plain(value: str) -> bool:
    """Whether a value is a number, not a version or a time."""
    return value.replace(".", "", 1).replace("e+", "", 1).isdigit()


def _readings(body: str) -> frozenset[str]:
    """What digits with separators may mean: `1,000` is a thousand, or one in a language with decimal commas."""
    bare = re.sub(rf"[{_SPACES}'’]", "", body)
    if ":" in bare:
        return frozenset({bare})
    readings: set[str] = set()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        readings.add(_value(float(bare.replace(",", ""))))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare):
        readings.add(_value(float(bare.replace(".", "").replace(",", "."))))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", bare):
        readings.add(_value(float(bare.replace(",", "."))))
    if not readings and "," in bare and "." not in bare:
        readings.update(_value(float(part)) for part in bare.split(","))
    return frozenset(readings or {bare})


def _scale(follows: str) -> tuple[float | None, int]:
    """What a magnitude word right after a number multiplies it by, and how far it reaches."""
    word = _NEXT.match(follows)
    match = _MULTIPLIER.fullmatch(word[1]) if word else None
    return (MAGNITUDES[int((match.lastgroup or "m0")[1:])][1], word.end()) if match and word else (None, 0)


def _next_word(follows: str) -> str:
    word = _NEXT.match(follows)
    return word[1].lower() if word else ""


def _spelled(text: str) -> Iterator[Number]:
    """Numbers in words, joined by the grammar units + tens, times magnitudes."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        number, length = _phrase(text, words[at : at + 8])
        if not length:
            vague = VAGUE.get(words[at].group().lower())
            if vague:
                start, end = words[at].span()
                yield Number(words[at].group(), frozenset({f"~{_value(vague)}"}), spelled=True, start=start, end=end)
            at += 1
            continue
        last = words[at + length - 1].end()
        follows = text[last:]
        percent = bool(_PERCENT.match(follows))
        start = words[at].start()
        yield Number(text[start:last], frozenset({_value(number)}), percent, _next_word(follows), True, start, last)
        at += length


def _phrase(text: str, words: list[re.Match[str]]) -> tuple[float, int]:
    """The number that begins at the first of some words, and how many of them spell it."""
    total = current = 0.0
    length = 0
    for index, match in enumerate(words):
        word = match.group().lower()
        if index and not re.fullmatch(r"[\s‑-]{1,2}", text[words[index - 1].end() : match.start()]):
            break
        if word in UNITS and (not current or current % 10 == 0) and current < 1000:
            current += UNITS[word]
        elif word in TENS and current % 100 == 0:
            current += TENS[word]
        elif (scale := _scale(word)[0]) is not None and (current or (index == 0 and word in _ALONE)):
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        elif word == "and" and index and current >= 100:
            continue
        else:
            break
        length = index + 1
    return total + current, length


@lru_cache(maxsize=4096)
def _foreign(text: str) -> frozenset[str]:
    """Numerals of other languages or of Rome, and first ordinals, as a passage may write what a sentence counts."""
    words = {word.lower() for word in _WORD.findall(text)}
    values = {_value(float(FOREIGN_UNITS[word])) for word in words & FOREIGN_UNITS.keys()}
    values |= {_ORDINALS[word] for word in words & _ORDINALS.keys()}
    values |= {_value(float(_roman(match.group()))) for match in _ROMAN.finditer(text)}
    values |= {_value(1900.0 + float(match[1])) for match in _NINETIES.finditer(text)}
    versions = frozenset().union(*(_readings(match[1]) for match in _MARKED.finditer(text)))
    return frozenset(values) | versions


def _roman(numeral: str) -> int:
    """The value of a Roman numeral."""
    values = [_ROMAN_DIGITS[digit] for digit in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
