"""`docs/operating.md` and the code say the same: metrics, states, pages, and alerts that ring when they should."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.watch.metrics import Metrics
from bot.domain.ledger import State
from bot.domain.report import Figures
from bot.ports.events import Fact

DOCUMENT = (Path(__file__).parents[2] / "docs/operating.md").read_text(encoding="utf-8")
QUIET = Figures({"sent": 10}, {"sent": 60}, {"ok": 5, "unchanged": 3, "silent": 1, "never": 1}, 3, 0, 100, 10)
RULES = dict(re.findall(r"- alert: (\w+)\n +expr: (.+)\n", DOCUMENT))
_EXPRESSION = re.compile(r'(increase\()?(counterpoint_\w+)(?:\{(\w+)="(\w+)"\})?(?:\[\w+\]\))? (>|==) (\d+)')

Series = dict[tuple[str, frozenset[tuple[str, str]]], float]


@dataclass
class Bot:
    """What a Prometheus server would read of a bot."""

    metrics: Metrics = field(default_factory=Metrics)
    figures: Figures | None = QUIET
    ages: dict[str, float] = field(default_factory=lambda: {"timetable": 9.0, "work": 4.0, "platform console": 4.0})
    answers: bool = True

    def read(self) -> Series:
        if not self.answers:
            return {}
        page = self.metrics.page(self.figures, self.ages).decode()
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(page)
            for sample in family.samples
        }


def families() -> set[str]:
    """The names of all metrics, as the document writes them."""
    page = Bot().metrics.page(QUIET, {"timetable": 1.0}).decode()
    names = {f"{f.name}_total" if f.type == "counter" else f.name for f in text_string_to_metric_families(page)}
    return {name for name in names if not name.startswith("counterpoint_process_")}


def rings(expression: str, before: Series, after: Series) -> bool:
    """Whether a rule holds, of the few shapes that the document uses."""
    absent = re.fullmatch(r"absent\((\w+)\)", expression)
    if absent:
        return not any(name == absent[1] for name, _ in after)
    found = _EXPRESSION.fullmatch(expression)
    assert found, expression
    growth, name, label, value, sign, bound = found.groups()
    for series, now in after.items():
        if series[0] == name and (label is None or (label, value) in series[1]):
            number = now - before.get(series, 0.0) if growth else now
            if number > float(bound) if sign == ">" else number == float(bound):
                return True
    return False


def a_clean_day(bot: Bot) -> None:
    """What happens when all is well, and the small troubles that mend themselves."""
    for slot in range(2):
        bot.metrics.tell("planned", places=3, slot="am")
        bot.metrics.tell("build_started", build="b")
        bot.metrics.tell("build_done", seconds=12.0, places=3, tokens_in=1000, cost=0.4)
        for place in range(3):
            for part in ("card", "story-1", "question"):
                bot.metrics.tell(
                    "part_sent", part=part, late_seconds=3.0 + place, found=False, place=f"discord:{place}"
                )
            bot.metrics.tell("posted", late_seconds=9.0)
        bot.metrics.tell("held_back", doubtful=bool(slot))
    bot.metrics.warn("withdrawn", part="story-2")
    bot.metrics.warn("task_failed", kind="gather", error="CoresError: too slow")


def warns(times: int, event: str, **facts: Fact) -> Callable[[Bot], None]:
    """An event, several times."""

    def happen(bot: Bot) -> None:
        for _ in range(times):
            bot.metrics.warn(event, **facts)

    return happen


INCIDENTS: dict[str, Callable[[Bot], object]] = {
    "CounterpointGone": lambda bot: setattr(bot, "answers", False),
    "CounterpointStuck": lambda bot: bot.ages.update(timetable=61.0),
    "CounterpointDatabaseDown": lambda bot: setattr(bot, "figures", None),
    "CounterpointDatabaseErrors": warns(4, "tick_failed", error="StoreUnavailable: full"),
    "CounterpointPlatformDown": warns(1, "platform_down", platform="console", error="gone"),
    "CounterpointLate": warns(1, "part_sent", part="card", late_seconds=301.0, found=False),
    "CounterpointSkipped": warns(1, "missed", places=1),
    "CounterpointParked": warns(1, "parked", part="card"),
    "CounterpointDoubtful": warns(6, "held_back", doubtful=True),
    "CounterpointBuildsFail": warns(2, "build_failed", reason="x"),
    "CounterpointSourcesDown": lambda bot: setattr(bot, "figures", replace(QUIET, sources={"down": 1})),
    "CounterpointPlacePaused": warns(1, "place_paused", reason="closed"),
    "CounterpointSpends": warns(1, "model_called", cost=5.5),
}


def test_every_metric_is_described_and_every_described_one_exists() -> None:
    """In the table of metrics; and the rules name no other."""
    table = DOCUMENT.split("## Metrics")[1].split("## Alerts")[0]
    described = set(re.findall(r"`(counterpoint_\w+?)(?:\{\w+\})?`", table))
    assert described == families()
    named = set(re.findall(r"counterpoint_[a-z_]+[a-z]", "".join(RULES.values())))
    assert named <= families()
    assert len(named) > 10


def test_every_state_is_explained() -> None:
    """In the order of the ledger."""
    table = DOCUMENT.split("## What the states mean")[1].split("## Metrics")[0]
    assert re.findall(r"^\| (\w+) \|", table, re.MULTILINE) == ["state", *(state.value for state in State)]


def test_each_rule_has_an_incident_and_each_incident_a_rule() -> None:
    """No alert that nobody has seen ring."""
    assert set(RULES) == set(INCIDENTS)


def test_a_clean_day_rings_nothing() -> None:
    """Small troubles that mend themselves wake nobody."""
    bot = Bot()
    bot.metrics.tell("platform_up", platform="console")
    before = bot.read()
    a_clean_day(bot)
    assert [name for name, rule in RULES.items() if rings(rule, before, bot.read())] == []


@pytest.mark.parametrize("incident", INCIDENTS)
def test_each_incident_rings_its_alert_and_no_other(incident: str) -> None:
    """On an otherwise clean day."""
    bot = Bot()
    bot.metrics.tell("platform_up", platform="console")
    before = bot.read()
    a_clean_day(bot)
    INCIDENTS[incident](bot)
    assert [name for name, rule in RULES.items() if rings(rule, before, bot.read())] == [incident]
