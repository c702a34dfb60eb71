"""What a number counts: minutes are not hours, dollars are not euros, per cent are not percentage points.

Only units that are written in a closed set of ways are known; a number of anything else has none, and nothing is
decided about it.
"""

import re
from collections.abc import Collection

from bot.domain.checks.figures import Number, figures
from bot.domain.checks.lexicon import vocabulary

_UNITS: tuple[tuple[str, str], ...] = (
    ("seconds", r"s|secs?|seconds?|секунд\w*|sekunden?"),
    ("milliseconds", r"ms|milliseconds?|миллисекунд\w*"),
    ("minutes", r"mins?|minutes?|минут\w*|minuten?"),
    ("hours", r"h|hrs?|hours?|час|часа|часов|часам|stunden?"),
    ("days", r"days?|день|дня|дней|дням|tage?n?"),
    ("weeks", r"weeks?|недел\w+|wochen?"),
    ("months", r"months?|месяц\w*|monate?n?"),
    ("years", r"years?|yrs?|год|года|годам|лет|jahre?n?"),
    ("decades", r"decades?|десятилети\w+|jahrzehnte?n?"),
    ("centuries", r"century|centuries|век|века|веков|jahrhunderte?"),
    ("dollars", r"\$|usd|dollars?|долл|доллар\w*"),
    ("euros", r"€|eur|euros?|евро"),
    ("pounds", r"£|gbp"),
    ("yen", r"¥|jpy|yen|иен\w*"),
    ("yuan", r"cny|rmb|yuan|юан\w*"),
    ("roubles", r"₽|rub|roubles?|rubles?|руб|рубл\w+"),
    ("rupees", r"₹|inr|rupees?"),
    ("cents", r"cents?"),
    ("percentage points", r"percentage points?|points?|pp|п\.\s?п|процентн\w+ пункт\w*|prozentpunkte?n?"),
    ("per cent", r"%|per\s?cent|percent|процент\w*|prozent"),
    ("kilometres", r"km|kilomet(?:re|er)s?|километр\w*|kilometern?"),
    ("miles", r"miles?|mi|миль|мил[яи]|meilen?"),
    ("metres", r"m|met(?:re|er)s?|метр\w*|metern?"),
    ("feet", r"ft|feet|foot"),
    ("inches", r"inch|inches"),
    ("centimetres", r"cm|centimet(?:re|er)s?|сантиметр\w*"),
    ("millimetres", r"mm|millimet(?:re|er)s?|миллиметр\w*"),
    ("kilograms", r"kg|kilos?|kilograms?|кг|килограмм\w*"),
    ("grams", r"g|grams?|грамм\w*"),
    ("tons", r"tons?|tonnes?|тонн\w*|tonnen?"),
    ("pounds of weight", r"lbs?"),
    ("kilobytes", r"kb|kib|kilobytes?"),
    ("megabytes", r"mb|mib|megabytes?"),
    ("gigabytes", r"gb|gib|gigabytes?"),
    ("terabytes", r"tb|tib|terabytes?"),
    ("megawatts", r"mw|megawatts?"),
    ("gigawatts", r"gw|gigawatts?"),
    ("kilowatts", r"kw|kilowatts?"),
    ("degrees Celsius", r"°\s?c|celsius"),
    ("degrees Fahrenheit", r"°\s?f|fahrenheit"),
)  # fmt: skip
_UNIT = re.compile(
    r"[\s‑-]{0,2}(?:" + "|".join(f"(?P<u{i}>{words})" for i, (_, words) in enumerate(_UNITS)) + r")(?![^\W_])",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:(?<![^\W_])(?:US|A|C|AU|CA)?(\$)|([€£¥₽₹])|\b(USD|EUR|GBP))\s?$", re.IGNORECASE)
_SIGNS = {"$": "dollars", "usd": "dollars", "€": "euros", "eur": "euros", "£": "pounds", "gbp": "pounds",
          "¥": "yen", "₽": "roubles", "₹": "rupees"}  # fmt: skip
_COUNTED = re.compile(r"[^\W\d_]{1,12}")
_DOUBTFUL = vocabulary("s m h g mi points point pp")
"""Short forms that are letters of other things as well: they agree with everything, but for points with per cent."""


def changed_units(sentence: str, passages: Collection[str]) -> list[tuple[str, str]]:
    """Numbers whose unit no passage gives them: (as written with the unit, as the passages have it)."""
    wanted = [(number, unit) for number in figures(sentence).numbers if (unit := unit_of(number, sentence))]
    if not wanted:
        return []
    held = [(number, unit_of(number, passage)) for passage in passages for number in figures(passage).numbers]
    found = []
    for number, unit in wanted:
        theirs = [other for same, other in held if same.values & number.values]
        if theirs and all(theirs) and unit not in theirs:
            found.append((f"{number.written} {unit}", f"{number.written} {theirs[0]}"))
    return found


def unit_of(number: Number, text: str) -> str | None:
    """The unit of a number of this text, in words; None where none is known."""
    before = _PREFIX.search(text, max(0, number.start - 5), number.start)
    if before:
        return _SIGNS[(before[1] or before[2] or before[3]).lower()]
    body = re.match(r".*\d", number.written, re.DOTALL)
    glued = text[number.start + body.end() : number.end] if body and not number.spelled else ""
    if glued and (unit := _UNIT.fullmatch(glued.strip().removesuffix("."))):
        return _name(unit, glued)
    after = _UNIT.match(text, number.end)
    return _name(after, after.group()) if after else None


def _name(unit: re.Match[str], written: str) -> str | None:
    name = _UNITS[int((unit.lastgroup or "u0")[1:])][0]
    short = written.strip(" -‑").lower()
    return None if short in _DOUBTFUL and name != "percentage points" else name
