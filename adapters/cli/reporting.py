"""How `counterpoint status` prints its report: for people, what needs attention first, then what there is."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.cli.output import Part, Table
from adapters.wire.contract import to_json
from bot.domain.report import (
    DeskReport,
    Lateness,
    Report,
    Spend,
    SubscriptionReport,
    attention,
    name_of,
    pause_in_words,
)

_MOST_ROWS = 20
_SHOWN_BUILDS = 3
_NOTHING = "Nothing needs attention."


def data_of(database: str, revision: str | None, report: Report) -> dict[str, Any]:
    """The report as data for programs; instants with their offset."""
    told = json.loads(to_json(report))
    counted = told.pop("figures")
    order = ("editions", "items", "sources", "postings", "deliveries")
    return {
        "database": database,
        "revision": revision,
        "attention": list(attention(report)),
        **{name: counted[name] for name in order},
        **told,
    }


def parts_of(database: str, revision: str | None, report: Report, *, currency: str = "") -> list[Part]:
    """The report for people; `currency` stands before what editions cost."""
    found: list[Part] = []
    if revision is not None:
        said = attention(report)
        found.append(Table(("", "needs attention"), tuple(("-", line) for line in said)) if said else _NOTHING)
    found.append(Table(("what", "now"), tuple(_facts(database, revision, report, currency))))
    if report.subscriptions:
        found += _places(report.subscriptions)
    if report.sources_down:
        rows = [(down.thinker, _minute(down.since), f"{down.reason} ({down.source})") for down in report.sources_down]
        found += _cut(("source down", "since (UTC)", "reason"), rows)
    if report.troubled:
        rows = [
            (_minute(t.due), t.state, f"{t.reason or 'no reason'} ({name_of(t.place)}, {t.desk})")
            for t in report.troubled
        ]
        found += _cut(("due (UTC)", "state", "reason"), rows)
    return found


def _facts(database: str, revision: str | None, report: Report, currency: str) -> list[tuple[str, str]]:
    figures = report.figures
    running = ", ".join(report.processes) or "no process"
    rows = [
        ("database", f"{database}, schema {revision}" if revision else f"{database}, not yet created"),
        ("running", running),
        ("editions", f"{figures.editions} kept, the latest: {report.latest}" if report.latest else "none"),
        ("sources", _counted(figures.sources)),
        ("items", f"{figures.items} kept"),
        ("slots", _counted(figures.postings)),
        ("messages", _counted(figures.deliveries)),
    ]
    rows += [("builds", _builds(desk)) for desk in report.desks if desk.seconds]
    if report.lateness.editions:
        rows.append(("lateness", _lateness(report.lateness)))
    if report.spend.editions:
        rows.append(("spent", _spent(report.spend, currency)))
    return rows


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {state}" for state, number in numbers.items()) or "none"


def _builds(desk: DeskReport) -> str:
    lasted = ", ".join(f"{seconds:.1f}" for seconds in desk.seconds[:_SHOWN_BUILDS])
    return f"{desk.desk}: the last took {lasted} s; begun {desk.lead / 60:.0f} min before the time"


def _lateness(late: Lateness) -> str:
    half, most, last = (_seconds(value) for value in (late.p50, late.p95, late.most))
    return f"half within {half}, 95 % within {most}, at most {last} ({late.editions} editions of {late.days} days)"


def _seconds(value: float | None) -> str:
    return "?" if value is None else f"{value:.1f} s" if value < 60 else f"{value / 60:.0f} min"


def _spent(spend: Spend, currency: str) -> str:
    tokens = f"{spend.tokens_in} tokens in ({spend.tokens_cached} of them cached), {spend.tokens_out} out"
    return f"{tokens}, cost {currency}{spend.cost:.2f} ({spend.editions} editions of {spend.days} days)"


def _places(subscriptions: Sequence[SubscriptionReport]) -> list[Part]:
    rows = [(_next(own), own.desk, f"{name_of(own.place)}: {_state(own)}") for own in subscriptions]
    return _cut(("next (its time)", "desk", "place"), rows)


def _next(own: SubscriptionReport) -> str:
    return "none" if own.next is None else f"{own.next.local:%a %d %b %H:%M}"


def _state(own: SubscriptionReport) -> str:
    """What is wrong with it, and what it got last."""
    last = "nothing yet"
    if own.last is not None:
        last = f"last {own.last.edition}, due {_minute(own.last.due)} UTC{', late' if own.last.late else ''}"
    return "; ".join(part for part in (own.problem, pause_in_words(own.paused) if own.paused else None, last) if part)


def _minute(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"


def _cut(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[Part]:
    """A table of at most twenty rows, and how many there are besides."""
    found: list[Part] = [Table(columns, tuple(rows[:_MOST_ROWS]))]
    if len(rows) > _MOST_ROWS:
        found.append(f"{len(rows) - _MOST_ROWS} more: --format json shows all.")
    return found
