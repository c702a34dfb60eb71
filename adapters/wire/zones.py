"""Time zones as people find them: by a city, by a part of a name, nearly spelled right.

The rules of zones are the standard library's; here is only which of them are offered first, and which are meant.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from bot.ports.phrases import Catalogue, Phrases

COMMON: Final = (
    "Europe/Berlin",
    "Europe/London",
    "Europe/Helsinki",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "America/Bogota",
    "America/Argentina/Buenos_Aires",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Asia/Yekaterinburg",
    "UTC",
)
"""25 zones, each standing for its neighbours on the same clock: the largest first within a part of the world."""
_NEAR: Final = 80.0
"""Likeness, of 100, from which a name may have been meant."""
_SHORTEST: Final = 2
"""Letters from which a beginning says something."""


def cities(zone: str, phrases: Phrases) -> str:
    """The cities of a common zone, in the reader's language."""
    return phrases.say(f"zone-{zone.lower().replace('/', '-').replace('_', '-')}")


def found(typed: str, catalogue: Catalogue, *, most: int = 25) -> tuple[str, ...]:
    """The zones that somebody may mean by a city or a name, the likeliest first; nothing for nothing."""
    wanted = _plain(typed)[:60]
    if not wanted:
        return ()
    ranked = [(rank, zone) for zone in _ordered() if (rank := _rank(wanted, zone, catalogue)) is not None]
    best = min((rank for rank, _ in ranked), default=None)
    return tuple(([zone for rank, zone in ranked if rank == best] or _alike(wanted))[:most])


def _rank(wanted: str, zone: str, catalogue: Catalogue) -> int | None:
    """How well a zone fits what was typed: 0 exactly, 1 by its beginning, 2 by a part of its name; None not at all."""
    names = list(_names(zone, catalogue))
    if wanted in names:
        return 0
    if len(wanted) >= _SHORTEST and any(name.startswith(wanted) for name in names):
        return 1
    return 2 if len(wanted) > _SHORTEST and any(wanted in name for name in names) else None


def _names(zone: str, catalogue: Catalogue) -> Iterator[str]:
    yield _plain(zone)
    yield _plain(zone.rpartition("/")[2])
    if zone in COMMON:
        for language in catalogue.languages:
            yield from (_plain(city) for city in cities(zone, catalogue.speak(language)).split(","))


def _alike(wanted: str) -> list[str]:
    """Zones whose city is nearly what was typed."""
    from rapidfuzz import fuzz

    scored = ((fuzz.ratio(wanted, _plain(zone.rpartition("/")[2])), zone) for zone in _ordered())
    return [zone for _, zone in sorted((-score, zone) for score, zone in scored if score >= _NEAR)]


@cache
def _ordered() -> tuple[str, ...]:
    """Every zone, the common ones first. Etc/GMT+2 is two hours behind Greenwich: nobody means it."""
    known = sorted(zone for zone in available_timezones() if "GMT" not in zone and not zone.startswith("SystemV"))
    return tuple(dict.fromkeys((*(zone for zone in COMMON if zone in known), *(z for z in known if "/" in z), *known)))


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().replace("ё", "е").split())
