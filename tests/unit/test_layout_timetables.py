"""A timetable is one sentence, on every platform."""

from datetime import time

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.layout.timetables import days_named, editions_line, language_named
from bot.domain.timetable import EVERY_DAY, Schedule

ENGLISH = FluentCatalogue().speak("en")
WORKDAYS = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("schedule", "language", "said"),
    [
        (Schedule("UTC"), "en", "Editions at 07:00 and 18:00, every day, in English."),
        (Schedule("UTC", WORKDAYS), "en", "Editions at 07:00 and 18:00, Monday to Friday, in English."),
        (Schedule("UTC", (0, 6), (("pm", time(9)),)), "en", "Editions at 09:00, Mon, Sun, in English."),
        (Schedule("UTC", WORKDAYS, (("am", time(7, 30)),)), "xx", "Editions at 07:30, Monday to Friday, in xx."),
    ],
)
def test_a_timetable_in_words(schedule: Schedule, language: str, said: str) -> None:
    """Wall time, days, language."""
    assert editions_line(schedule, language, ENGLISH) == said


def test_what_has_no_name_is_named_by_its_tag() -> None:
    """A language that is offered has a name in the reader's language."""
    assert [language_named(tag, ENGLISH) for tag in ("de", "sv")] == ["German", "sv"]
    assert days_named(EVERY_DAY, ENGLISH) == "every day"
