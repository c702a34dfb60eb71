"""What who manages a place is told to look at: in words, with the places by name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.document import Run
from bot.domain.layout.troubles import troubles
from bot.domain.ledger import State
from bot.domain.place import Place
from bot.domain.report import Figures, Lateness, Pause, Report, SourceTrouble, Spend, SubscriptionReport, Trouble

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WELL = Report(
    NOW, Figures({}, {}, {}, 0, 0, 0, 0), None, (), (), (), (), {}, (), Lateness(7, 0, 0, None, None, None),
    Spend(7, 0, 0, 0, 0, 0.0),
)  # fmt: skip


def told(report: Report, language: str = "en") -> list[str]:
    found = troubles(report, lambda place: Run(f"#{place.id}"), FluentCatalogue().speak(language))
    return ["".join(run.text for run in line) for line in found]


def place(name: str, *, paused: Pause | None = None, problem: str | None = None) -> SubscriptionReport:
    return SubscriptionReport("1", "t", Place("slack", name), "default", "en", "UTC", None, None, paused, problem)


def missed(reason: str, state: State = State.SKIPPED) -> Trouble:
    return Trouble("p", Place("slack", "a"), "default", NOW, state.value, reason)


def test_where_all_is_well_nothing_is_told():
    """Neither of a pause that ends by itself, nor of no process: who reads this was just answered by one."""
    assert told(WELL) == []
    assert told(replace(WELL, subscriptions=(place("a", paused=Pause(NOW + timedelta(days=1), None)),))) == []


def test_each_trouble_is_a_sentence():
    """The worst first."""
    down = tuple(SourceTrouble(f"T{n}", f"s{n}", "503", NOW) for n in range(7))
    report = replace(
        WELL,
        subscriptions=(place("a", problem="there is no desk 'sport'"), place("b", paused=Pause(None, "tired"))),
        unexpected={"skipped": 2},
        troubled=(missed("missed: the bot was not running"),),
        lateness=Lateness(7, 9, 3, 1.0, 2.0, 900.0),
        sources_down=down,
    )
    assert told(report) == [
        "#a: there is no desk 'sport'",
        "2 editions were not posted. Reason: missed: the bot was not running.",
        "#b: Paused until somebody resumes it. Reason: tired.",
        "3 editions of the last 7 days came more than 5 minutes late.",
        "7 sources are down: T0, T1, T2, T3, T4 and 2 more.",
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_of_many_paused_places_the_others_are_counted(language):
    """In the reader's language."""
    many = tuple(place(f"c{n}", paused=Pause(None, None)) for n in range(7))
    lines = told(replace(WELL, subscriptions=many), language)
    assert len(lines) == 6
    assert lines[-1] == {"en": "2 other channels are paused.", "ru": "Приостановлены ещё 2 канала."}[language]


def test_what_has_no_reason_is_counted_all_the_same():
    """As is what was parked."""
    assert told(replace(WELL, unexpected={"parked": 1})) == ["1 edition was not posted."]
