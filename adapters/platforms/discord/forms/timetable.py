"""The form that changes a timetable: times, days, language, and one field more."""

from collections.abc import Mapping

from adapters.platforms.discord.payloads import Payload, field, line_of, modal, option, select
from bot.domain.layout.timetables import LANGUAGES, language_named
from bot.domain.timetable import EVERY_DAY, Schedule
from bot.ports.phrases import Phrases


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
