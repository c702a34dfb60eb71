"""Dates of feeds, in all the ways they are written.

The standards first (RFC 3339, RFC 822), then the habits: missing seconds, two-digit years, names of zones, months in
other languages. A date without a zone is in UTC. What cannot be read is no date: a wrong one would put an entry in the
wrong edition.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing was published in a feed before; such dates are defaults of broken software."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen янв sty led", "feb fév fev febr фев lut úno", "mar mär maa мар mrt bře már",
            "apr avr abr апр kwi dub ápr", "may mai mag мая май mei maj kvě máj", "jun jui giu июн cze čer jún juin",
            "jul lug июл lip juil júl", "aug aoû aou ago авг sie srp", "sep set сен wrz zář szep",
            "oct okt out ott oct окт paź říj", "nov noy ноя lis now list", "dec dez dic déc дек gru pro",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "met": 60, "eet": 120,
    "eest": 180, "msk": 180, "ist": 330, "hkt": 480, "sgt": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600,
    "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "brt": -180, "art": -180,
}  # fmt: skip
_CLOCK = r"(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\b\.?)?"
_ZONE = r"(?:\s*(?:\(?([A-Za-z]{1,5})\)?)?\s*([+-]\d{1,2}:?\d{2})?)?"
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|\.|º)?[\s.\-/]+(?:de\s+)?([^\W\d_]+)\.?[\s.,\-/]+(?:de\s+)?(\d{{2,4}})(?:[\s,T]+{_CLOCK}{_ZONE})?"
)
_MONTH_FIRST = re.compile(
    rf"([^\W\d_]{{3,}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?:[\s,]+(?:at\s+)?{_CLOCK}{_ZONE})?"
)
_C_STYLE = re.compile(
    rf"([^\W\d_]{{3,}})\s+(\d{{1,2}})\s+{_CLOCK}(?:\s+([A-Za-z]{{1,5}}))?(?:\s*([+-]\d{{2}}:?\d{{2}}))?\s+(\d{{4}})"
)
_NUMBERS = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?(?:[\sTt]+{_CLOCK}{_ZONE})?")
_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (?:(GMT|UTC|Z)|[+-]\d{4})", re.ASCII
)
_MOST = 80


def instant(text: str) -> datetime | None:
    """The instant that `text` names, aware, in UTC; None where it cannot be told or lies before 1990. Never raises."""
    text = text.strip()
    try:
        when = _standard(text) or _habit(" ".join(text[:_MOST].split()))
        if when is None:
            return None
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return when if when >= EARLIEST else None


def _standard(text: str) -> datetime | None:
    if usual := _USUAL.fullmatch(text):
        day, name, year, clock, zero = usual.groups()
        if month := _MONTHS.get(name.lower()):
            text = f"{year}-{month:02}-{day:0>2}T{clock}{'+00:00' if zero else text[-5:]}"
    if text[4:5] == "-" or (text[:8].isdigit() and text[8:9] in ("", "T")):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


def _habit(text: str) -> datetime | None:
    if found := _NUMBERS.match(text):
        year, month, day, *clock = found.groups()
        return _at(int(year), int(month), int(day or 1), clock)
    if found := _C_STYLE.search(text):
        name, day, hour, minute, second, half, zone, offset, year = found.groups()
        return _named(year, name, day, [hour, minute, second, half, zone, offset])
    if found := _MONTH_FIRST.search(text):
        name, day, year, *clock = found.groups()
        return _named(year, name, day, clock)
    if found := _DAY_FIRST.search(text):
        day, name, year, *clock = found.groups()
        return _named(year, name, day, clock)
    return None


def _named(year: str, name: str, day: str, clock: list[str | None]) -> datetime | None:
    name = name.lower()
    month = next((_MONTHS[name[:size]] for size in (5, 4, 3) if name[:size] in _MONTHS), None)
    if month is None:
        return None
    number = int(year)
    if number < 100:
        number += 2000 if number < 70 else 1900
    return _at(number, month, int(day), clock)


def _at(year: int, month: int, day: int, clock: list[str | None]) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock[:3])
    half, zone, offset = clock[3:]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    # 24:00 is how some write midnight, 60 is a leap second.
    when = datetime(year, month, day, hour % 24, minute, min(second, 59), tzinfo=_zone(zone, offset))
    return when + timedelta(days=1) if hour == 24 else when


def _zone(name: str | None, offset: str | None) -> timezone:
    minutes = _ZONES.get(name.lower(), 0) if name else 0
    if offset:
        digits = offset[1:].replace(":", "").zfill(4)
        minutes = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if offset[0] == "-" else 1)
    return timezone(timedelta(minutes=minutes))
