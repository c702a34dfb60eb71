"""A timetable in words: which days, at what times, in which language, as every platform's forms and pages say it."""

from collections.abc import Sequence
from typing import Final

from bot.domain.layout.runs import Speaks
from bot.domain.timetable import EVERY_DAY, Schedule

LANGUAGES: Final = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "tr", "ar", "zh", "ja", "ko")
"""Languages of editions that are offered; any other tag may be typed."""
_WORKDAYS = (0, 1, 2, 3, 4)


def language_named(tag: str, phrases: Speaks) -> str:
    """A language in the reader's language; its tag where we have no name for it."""
    return phrases.say(f"language-{tag}") if tag in LANGUAGES else tag


def days_named(days: Sequence[int], phrases: Speaks) -> str:
    """Weekdays as people say them."""
    if tuple(days) == EVERY_DAY:
        return phrases.say("days-every")
    if tuple(days) == _WORKDAYS:
        return phrases.say("days-work")
    return ", ".join(phrases.say(f"weekday-{day}") for day in days)


def editions_line(schedule: Schedule, language: str, phrases: Speaks) -> str:
    """When editions come, and in which language, as one sentence."""
    facts = {"days": days_named(schedule.days, phrases), "language": language_named(language, phrases)}
    times = [f"{at:%H:%M}" for _, at in schedule.slots]
    if len(times) == 2:
        return phrases.say("editions-both", am=times[0], pm=times[1], **facts)
    return phrases.say("editions-one", at=times[0], **facts)
