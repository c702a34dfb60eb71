"""Fields of a timetable, how they are read back, and what is wrong with what was filled in. Pure.

The block's id is the name of the field: what Slack says of a form comes by it, and an error goes back to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from adapters.platforms.slack.payloads import Json, Payload, checkboxes, field, option, searched, select, time_of_day
from adapters.wire.zones import COMMON, found
from bot.domain.layout.timetables import LANGUAGES, language_named
from bot.domain.schedules import local_time_from, zone_named
from bot.domain.timetable import EVERY_DAY, Schedule, SlotName
from bot.ports.phrases import Catalogue, Phrases

AM, PM, DAYS, ZONE, LANGUAGE, DESK = "am", "pm", "days", "zone", "language", "desk"
"""Ids of blocks."""
SEARCHED: Final = "zone"
"""What the menu of zones is called where it asks for options."""
_NAMES: Final[tuple[SlotName, ...]] = ("am", "pm")
_MOST: Final = 100
_MOST_DESKS: Final = 25
Filled = Mapping[str, tuple[str, ...]]
"""`payloads.filled` of a form."""


@dataclass(frozen=True, slots=True)
class Times:
    """A timetable as it was filled in, without mistakes."""

    slots: tuple[tuple[SlotName, time], ...]
    zone: str
    language: str
    days: tuple[int, ...]


# ---------------------------------------------------------------- fields


def time_fields(slots: Sequence[tuple[SlotName, time]], phrases: Phrases) -> tuple[Payload, Payload]:
    """Morning and evening; one that is cleared is off."""
    chosen = {name: f"{at:%H:%M}" for name, at in slots}
    say = phrases.say

    def one(name: SlotName, label: str) -> Payload:
        picker = time_of_day("set", say("slack-time"), chosen=chosen.get(name))
        return field(say(label), picker, block=name, about=say("slack-time-hint"), optional=True)

    return one("am", "slack-am"), one("pm", "slack-pm")


def days_field(days: Sequence[int], phrases: Phrases) -> Payload:
    """Which days of the week."""
    offered = [option(_capital(phrases.say(f"day-{day}")), str(day)) for day in EVERY_DAY]
    boxes = checkboxes("set", offered, chosen=[str(day) for day in days])
    return field(phrases.say("slack-days"), boxes, block=DAYS)


def zone_field(zone: str | None, now: datetime, phrases: Phrases, *, about: str) -> Payload:
    """Which zone: searched, by a city or its name; `about` is the key of what is said of it."""
    chosen = zone_option(zone, now) if zone and zone_named(zone) is not None else None
    menu = searched(SEARCHED, phrases.say("slack-zone"), chosen=chosen)
    return field(phrases.say("slack-zone"), menu, block=ZONE, about=phrases.say(about))


def zone_option(zone: str, now: datetime) -> Payload:
    """A zone and what its clock shows; nothing of it is in any language."""
    local = now.astimezone(zone_named(zone) or ZoneInfo("UTC"))
    return option(f"{zone}, {local:%H:%M}", zone)


def zones_for(typed: str, now: datetime, catalogue: Catalogue) -> list[Payload]:
    """What the menu of zones offers while somebody types; the common ones first."""
    zones = found(typed, catalogue, most=_MOST) if typed.strip() else COMMON
    return [zone_option(zone, now) for zone in zones]


def language_field(language: str, phrases: Phrases) -> Payload:
    """The language of the editions."""
    tags = LANGUAGES if language in LANGUAGES else (language, *LANGUAGES)
    offered = [option(_capital(language_named(tag, phrases)), tag) for tag in tags]
    menu = select("set", phrases.say("slack-language"), offered, chosen=language)
    return field(phrases.say("field-language"), menu, block=LANGUAGE)


def desk_field(desks: Mapping[str, str], chosen: str, phrases: Phrases) -> Payload | None:
    """Which desk; None where there is no choice. `desks` are names by id."""
    if len(desks) < 2:
        return None
    offered = [option(name, key) for key, name in list(desks.items())[:_MOST_DESKS]]
    return field(
        phrases.say("field-desk"), select("set", phrases.say("field-desk"), offered, chosen=chosen), block=DESK
    )


# ---------------------------------------------------------------- what was filled in


def mistakes(typed: Filled, phrases: Phrases, *, days: bool) -> dict[str, str]:
    """What is wrong, by the block it stands beside; `days`: the form asks for them."""
    wrong: dict[str, str] = {}
    times = [_time(typed, name) for name in _NAMES]
    if not any(times):
        wrong[AM] = phrases.say("times-none")
    am, pm = times
    if am and pm and am >= pm:
        wrong[PM] = phrases.say("times-order")
    if days and not typed.get(DAYS):
        wrong[DAYS] = phrases.say("slack-days-none")
    if zone_named(next(iter(typed.get(ZONE, ())), "")) is None:
        wrong[ZONE] = phrases.say("zone-unknown")
    return wrong


def times_of(typed: Filled, before: Schedule, language: str) -> Times:
    """What was filled in; `before` and `language` where the form does not ask."""
    slots = tuple((name, at) for name in _NAMES if (at := _time(typed, name)) is not None)
    days = tuple(sorted(int(day) for day in typed.get(DAYS, ()) if day.isdecimal()))
    (zone, *_) = typed.get(ZONE, (before.zone,))
    (spoken, *_) = typed.get(LANGUAGE, (language,))
    return Times(slots, zone, spoken, days or before.days)


def _time(typed: Filled, name: SlotName) -> time | None:
    try:
        return local_time_from(typed[name][0]) if name in typed else None
    except ValueError:
        return None


def read_errors(wrong: Mapping[str, str]) -> Json:
    """What Slack is told of mistakes: each stands beside its field."""
    return {"response_action": "errors", "errors": dict(wrong)}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
