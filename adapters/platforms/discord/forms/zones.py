"""Time zones as people find them here: by what their clock shows.

Discord tells a bot nobody's zone, so it is the one thing that set-up must ask. A list of names helps nobody; a clock
on the wall does: "It is 09:41 here". Here is which of them to offer first, to whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from adapters.wire.zones import COMMON, cities, found
from bot.domain.schedules import zone_named
from bot.ports.phrases import Catalogue, Phrases

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


def complete(typed: str, locale: str, guild_locale: str | None, catalogue: Catalogue) -> tuple[str, ...]:
    """At most 25 zones while somebody types; with nothing typed, the common ones, nearest first."""
    if not typed.strip():
        return tuple(dict.fromkeys((*offered(locale, guild_locale), *COMMON)))[:MOST]
    return found(typed, catalogue, most=MOST)
