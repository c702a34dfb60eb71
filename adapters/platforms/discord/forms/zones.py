"""Time zones as people find them: by what their clock shows, or by a city.

Discord tells a bot nobody's zone, so it is the one thing that set-up must ask. A list of names helps nobody; a clock
on the wall does: "It is 09:41 here". The rules of zones are the standard library's; here is only which of them to
offer first, to whom.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.schedules import zone_named
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
MOST: Final = 25
_FEW: Final = 5
_REGIONS: Final = (
    ("Europe/Berlin", "Europe/London", "Europe/Helsinki", "Europe/Moscow", "America/New_York"),
    ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/London"),
    ("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Mexico_City", "Europe/London"),
    ("Asia/Kolkata", "Asia/Dubai", "Asia/Bangkok", "Asia/Shanghai", "Europe/London"),
    ("Asia/Tokyo", "Asia/Shanghai", "Asia/Bangkok", "Asia/Kolkata", "Australia/Sydney"),
)
_HOMES: Final[Mapping[str, str]] = {
    "en-US": "America/New_York",
    "en-GB": "Europe/London",
    "es-419": "America/Mexico_City",
    "pt-BR": "America/Sao_Paulo",
    "ru": "Europe/Moscow",
    "tr": "Europe/Moscow",
    "uk": "Europe/Helsinki",
    "fi": "Europe/Helsinki",
    "el": "Europe/Helsinki",
    "bg": "Europe/Helsinki",
    "ro": "Europe/Helsinki",
    "lt": "Europe/Helsinki",
    "hi": "Asia/Kolkata",
    "th": "Asia/Bangkok",
    "vi": "Asia/Bangkok",
    "id": "Asia/Bangkok",
    "zh-CN": "Asia/Shanghai",
    "zh-TW": "Asia/Shanghai",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Tokyo",
}
"""Discord's locales whose people mostly do not live on Berlin's clock."""
_USUAL = "Europe/Berlin"
_NEAR = 80.0
"""Likeness, of 100, from which a name may have been meant."""
_SHORTEST = 2
"""Letters from which a beginning says something."""


@dataclass(frozen=True, slots=True)
class Clockface:
    """A zone and what its clock shows."""

    zone: str
    label: str
    """"It is 09:41 here (Europe/Berlin)", at most 75 characters."""
    also: str
    """Other cities on the same clock; empty where none is known."""


def offered(locale: str, guild_locale: str | None) -> tuple[str, ...]:
    """The five zones to choose from first: that of the server's locale, then its neighbours.

    A server that never chose a language says en-US; then the person's own locale knows better.
    """
    chosen = guild_locale if guild_locale and guild_locale != "en-US" else locale
    home = _HOMES.get(chosen, _USUAL)
    region = next((zones for zones in _REGIONS if zones[0] == home), None)
    region = region or next((zones for zones in _REGIONS if home in zones), _REGIONS[0])
    return tuple(dict.fromkeys((home, *region)))[:_FEW]


def face(zone: str, now: datetime, phrases: Phrases) -> Clockface:
    """What a zone's clock shows at an instant (aware). A zone that is not known shows UTC."""
    local = now.astimezone(zone_named(zone) or ZoneInfo("UTC"))
    label = phrases.say("zone-here", time=f"{local:%H:%M}", zone=zone)
    return Clockface(zone, label[:75], cities(zone, phrases) if zone in COMMON else "")


def cities(zone: str, phrases: Phrases) -> str:
    """The cities of a common zone, in the reader's language."""
    return phrases.say(f"zone-{zone.lower().replace('/', '-').replace('_', '-')}")


def found(typed: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The zones that somebody may mean by a city or a name, the likeliest first, at most 25; nothing for nothing."""
    wanted = _plain(typed)[:60]
    if not wanted:
        return ()
    ranked = [(rank, zone) for zone in _ordered() if (rank := _rank(wanted, zone, catalogue)) is not None]
    best = min((rank for rank, _ in ranked), default=None)
    return tuple(([zone for rank, zone in ranked if rank == best] or _alike(wanted))[:MOST])


def complete(typed: str, locale: str, guild_locale: str | None, catalogue: Catalogue) -> tuple[str, ...]:
    """At most 25 zones while somebody types; with nothing typed, the common ones, nearest first."""
    if not typed.strip():
        return tuple(dict.fromkeys((*offered(locale, guild_locale), *COMMON)))[:MOST]
    return found(typed, catalogue)


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
