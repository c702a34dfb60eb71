"""A timetable in words, and the form that changes one: times, days, language, and one field more."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.platforms.discord.payloads import Payload, field, line_of, modal, option, select
from bot.domain.timetable import EVERY_DAY, Schedule
from bot.ports.phrases import Phrases

LANGUAGES: Final = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "tr", "ar", "zh", "ja", "ko")
"""Languages of editions that are offered; any other tag may be typed."""
_WORKDAYS = (0, 1, 2, 3, 4)


def language_named(tag: str, phrases: Phrases) -> str:
    """A language in the reader's language; its tag where we have no name for it."""
    return phrases.say(f"language-{tag}") if tag in LANGUAGES else tag


def days_named(days: Sequence[int], phrases: Phrases) -> str:
    """Weekdays as people say them."""
    if tuple(days) == EVERY_DAY:
        return phrases.say("days-every")
    if tuple(days) == _WORKDAYS:
        return phrases.say("days-work")
    return ", ".join(phrases.say(f"weekday-{day}") for day in days)


def editions_line(schedule: Schedule, language: str, phrases: Phrases) -> str:
    """When editions come, and in which language, as one sentence."""
    facts = {"days": days_named(schedule.days, phrases), "language": language_named(language, phrases)}
    times = [f"{at:%H:%M}" for _, at in schedule.slots]
    if len(times) == 2:
        return phrases.say("editions-both", am=times[0], pm=times[1], **facts)
    return phrases.say("editions-one", at=times[0], **facts)


def times_form(
    custom_id: str, schedule: Schedule, language: str, phrases: Phrases, *, last: Payload | None = None
) -> Payload:
    """Morning, evening, days, language, and one field more."""
    times = {name: f"{at:%H:%M}" for name, at in schedule.slots}
    days = [option(_capital(phrases.say(f"day-{day}")), str(day), chosen=day in schedule.days) for day in EVERY_DAY]
    tags = LANGUAGES if language in LANGUAGES else (language, *LANGUAGES)
    spoken = [option(_capital(language_named(tag, phrases)), tag, chosen=tag == language) for tag in tags]
    hint = phrases.say("time-hint")
    fields = (
        field(phrases.say("field-am"), line_of("am", value=times.get("am", ""), required=False, most=5), hint),
        field(phrases.say("field-pm"), line_of("pm", value=times.get("pm", ""), required=False, most=5), hint),
        field(phrases.say("field-days"), select("days", phrases.say("field-days"), days, min_values=1, max_values=7)),
        field(phrases.say("field-language"), select("language", phrases.say("field-language"), spoken)),
    )
    return modal(custom_id, phrases.say("change"), *fields, *([last] if last else []))


def desk_field(desks: Mapping[str, str], chosen: str, phrases: Phrases) -> Payload | None:
    """Which desk; None where there is no choice. `desks` are names by id."""
    if len(desks) < 2:
        return None
    offered = [option(name, key, chosen=key == chosen) for key, name in list(desks.items())[:25]]
    return field(phrases.say("field-desk"), select("desk", phrases.say("field-desk"), offered))


def zone_field(zone: str, phrases: Phrases) -> Payload:
    """Which zone, by its name or a city."""
    return field(phrases.say("field-zone"), line_of("zone", value=zone, most=60), phrases.say("city-hint"))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
