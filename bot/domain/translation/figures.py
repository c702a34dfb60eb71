"""Numbers, dates and units of a translation beside those of its original: the same ones, in the form of its language.

`bot.domain.checks` reads numbers in digits of any language, in words of English and Russian and the small ones of a
few more, and days of five languages. What it cannot read (ordinals in words, dates of other languages) decides nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from bot.domain.checks.figures import Number, figures, missing_days, missing_numbers
from bot.domain.checks.lexicon import FOREIGN_UNITS, UNITS
from bot.domain.checks.units import changed_units

_SPELLS = frozenset({"en", "ru"})
"""Languages whose numbers in words are read."""
_SPELLS_SMALL = frozenset({"de", "fr", "es", "it", "pt"})
"""Those of which they are up to twelve."""
_DATES = frozenset({"en", "de", "fr", "es", "ru"})
_PERCENTS = _SPELLS | _SPELLS_SMALL | {"nl", "pl", "sv", "da", "no"}
_ORDINAL = re.compile(r"(?:first|second|third|\w{2,}th|\w{2,}ieth)", re.IGNORECASE)
_SMALL = 12
_LEAST_FORM = 4
"""Letters of a numeral by which a word that begins with it counts: `dreijährig`, «девятиминутный»."""
_HEAVY = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_APART = re.compile(rf"(?<={_HEAVY})(?=\d)|(?<=\d)(?={_HEAVY})")
_SCALES: Mapping[str, float] = {
    "千": 1e3, "천": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12,
}  # fmt: skip
_SCALED = re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s?([{''.join(_SCALES)}])")
_RUSSIAN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{forms})\b", re.IGNORECASE), plain)
    for forms, plain in (
        (r"понедельник\w{1,3}", "понедельник"), (r"вторник\w{1,3}", "вторник"), (r"среды|среде|средой|средам", "среда"),
        (r"четверг\w{1,3}", "четверг"), (r"пятниц\w{1,3}", "пятница"), (r"суббот\w{1,3}", "суббота"),
        (r"воскресень\w{1,3}", "воскресенье"), (r"январ(?:ю|ём|ем)", "январе"), (r"феврал(?:ю|ём|ем)", "феврале"),
        (r"март(?:у|ом)", "марте"), (r"апрел(?:ю|ем)", "апреле"), (r"июн(?:ю|ем)", "июне"), (r"июл(?:ю|ем)", "июле"),
        (r"август(?:у|ом)", "августе"), (r"сентябр(?:ю|ём|ем)", "сентябре"), (r"октябр(?:ю|ём|ем)", "октябре"),
        (r"ноябр(?:ю|ём|ем)", "ноябре"), (r"декабр(?:ю|ём|ем)", "декабре"), (r"трое|троих", "три"),
        (r"четверо|четверых", "четыре"), (r"пятеро|пятерых", "пять"), (r"сто|ста", "100"), (r"двести|двухсот", "200"),
        (r"триста|трёхсот|трехсот", "300"), (r"пятьсот|пятисот", "500"),
    )
)  # fmt: skip
"""Forms that the checks of editions do not read."""


def changed_figures(original: str, said: str, *, spoken: str, language: str) -> Iterator[str]:
    """What of the numbers, dates and units of a translation is not as in its original, in sentences for a model.

    `spoken` is the language of the original, `language` that of the translation.
    """
    original, said = _plain(original), _plain(said)
    for number in _lost(original, said, language):
        yield f"{number} is missing: write the number as the original has it"
    for number in _lost(said, original, spoken):
        yield f"{number} is not in the original"
    if {spoken, language} <= _DATES:
        yield from (f"{day} is missing: keep the date" for day in missing_days(original, [said], ()))
        yield from (f"{day} is not a date of the original" for day in missing_days(said, [original], ()))
    for written, theirs in changed_units(said, [original]):
        yield f"{written} is {theirs} in the original"


def _lost(one: str, other: str, language: str) -> Iterator[str]:
    """Numbers of one text that the other, which is in `language`, does not hold, as written."""
    theirs = figures(other)
    days = {float(value) for day in theirs.days for value in (day.day, day.month, day.year) if value}
    numbers = {number.written: number for number in figures(one).numbers}
    for written in missing_numbers(one, [other], ()):
        number = numbers[written]
        held = {float(value) for value in number.values if re.fullmatch(r"\d+(?:\.\d+)?", value)}
        vague = number.percent and language not in _PERCENTS and number.values & theirs.values
        if _can_tell(number, held, language) and not held & days and not vague and not _begins_a_word(held, other):
            yield written
    if language not in _DATES:
        values = {float(v) for v in theirs.values if re.fullmatch(r"\d+(?:\.\d+)?", v)} | days
        yield from (day.written for day in figures(one).days if day.day and float(day.day) not in values)


def _can_tell(number: Number, held: set[float], language: str) -> bool:
    """Whether a number that a language has not been found to say is surely missing there."""
    if not number.spelled:
        return True
    if _ORDINAL.fullmatch(number.written.split()[-1].split("-")[-1]):
        return False
    return language in _SPELLS or (language in _SPELLS_SMALL and any(value <= _SMALL for value in held))


def _begins_a_word(held: set[float], text: str) -> bool:
    forms = [
        form
        for table in (UNITS, FOREIGN_UNITS)
        for form, value in table.items()
        if float(value) in held and len(form) >= _LEAST_FORM
    ]
    return any(word.startswith(form) for word in re.findall(r"[^\W\d_]+", text.lower()) for form in forms)


def _plain(text: str) -> str:
    """A text whose numbers and days stand as the checks read them."""
    text = _SCALED.sub(_multiplied, unicodedata.normalize("NFKC", text))
    text = _APART.sub(" ", text)
    for pattern, plain in _RUSSIAN:
        text = pattern.sub(plain, text)
    return text


def _multiplied(match: re.Match[str]) -> str:
    return format(float(match[1].replace(",", "")) * _SCALES[match[2]], ".12g")
