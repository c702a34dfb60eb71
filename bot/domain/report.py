"""What a person who runs the bot is told of it: one report, whether in a terminal, in chat or to a program.

Plain data, and the sentences that follow from it. Everything is told from what is kept, so any process can tell it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ledger import Posting, State
from bot.domain.place import Place
from bot.domain.reasons import PAUSED, RESTORED, UNSUBSCRIBED, WITHDRAWN

MUCH_TOO_LATE = 300.0
"""Seconds after its time from which on a person should wonder why an edition came so late."""
_MOST_NAMED = 5
_CHOSEN = (PAUSED, UNSUBSCRIBED)
"""How the reasons begin of what was skipped because somebody said so."""
_EXPECTED = (*_CHOSEN, WITHDRAWN, RESTORED)
"""The same of everything that nobody has to look at."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many there are of everything; keys are names of states."""

    postings: Mapping[str, int]
    deliveries: Mapping[str, int]
    sources: Mapping[str, int]
    """Sources of all desks; `never` were not gathered yet."""
    subscriptions: int
    paused: int
    items: int
    editions: int


@dataclass(frozen=True, slots=True)
class LastEdition:
    """The newest edition that was sent to a place."""

    edition: str | None
    due: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class NextEdition:
    """The next edition that a place will get."""

    at: datetime
    local: datetime
    """The same instant on the place's clock."""
    slot: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A place that gets nothing now."""

    until: datetime | None
    """None: until somebody resumes it."""
    reason: str | None


@dataclass(frozen=True, slots=True)
class SubscriptionReport:
    """One place and one desk."""

    id: str
    tenant: str
    place: Place
    desk: str
    language: str
    schedule: str
    last: LastEdition | None
    next: NextEdition | None
    """None while it is paused for good, or where `problem` says why there will be none."""
    paused: Pause | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SourceTrouble:
    """A source that is down."""

    thinker: str
    source: str
    reason: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """An edition that was parked or skipped."""

    posting: str
    place: Place
    desk: str
    due: datetime
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class DeskReport:
    """How long editions of a desk take."""

    desk: str
    seconds: tuple[float, ...]
    """Of its last builds, newest first."""
    lead: float
    """Seconds before its time at which the next build begins."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """Seconds from the due instant to the card, over some days; null where there was no edition."""

    days: int
    editions: int
    much_too_late: int
    p50: float | None
    p95: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Spend:
    """What the scheduled editions of some days cost, by their cards."""

    days: int
    editions: int
    tokens_in: int
    tokens_out: int
    tokens_cached: int
    cost: float


@dataclass(frozen=True, slots=True)
class Report:
    """The state of a bot, as far as it is kept."""

    at: datetime
    figures: Figures
    latest: str | None
    """Id of the edition whose window ended last."""
    processes: tuple[str, ...]
    """Those that run now."""
    subscriptions: tuple[SubscriptionReport, ...]
    sources_down: tuple[SourceTrouble, ...]
    troubled: tuple[Trouble, ...]
    """The newest; without what was skipped because somebody said so."""
    unexpected: Mapping[str, int]
    """How many were parked or skipped in these days, by state, without what nobody has to look at."""
    desks: tuple[DeskReport, ...]
    lateness: Lateness
    spend: Spend


def trouble(posting: Posting) -> Trouble:
    """What is told of a posting that was parked or skipped."""
    return Trouble(posting.key, posting.place, posting.desk, posting.due, posting.state.value, posting.reason)


def is_chosen(posting: Posting) -> bool:
    """Whether it was skipped because somebody paused or ended the subscription."""
    return posting.state is State.SKIPPED and (posting.reason or "").startswith(_CHOSEN)


def is_expected(state: str, reason: str | None) -> bool:
    """Whether nobody has to look at something that was parked or skipped."""
    return state == State.SKIPPED.value and (reason or "").startswith(_EXPECTED)


def lateness(seconds: Sequence[float], *, days: int) -> Lateness:
    """Figures of delays, which come in order of size. Percentiles are by nearest rank: each is one that occurred."""
    if not seconds:
        return Lateness(days, 0, 0, None, None, None)

    def rank(share: float) -> float:
        return seconds[max(0, math.ceil(share * len(seconds)) - 1)]

    much = sum(delay > MUCH_TOO_LATE for delay in seconds)
    return Lateness(days, len(seconds), much, rank(0.5), rank(0.95), seconds[-1])


def attention(report: Report) -> tuple[str, ...]:
    """What a person should look at, a sentence each, the worst first; nothing where all is well."""
    return (
        *_standstill(report),
        *_problems(report),
        *_of_state(report, State.PARKED, "is parked", "are parked"),
        *_of_state(report, State.SKIPPED, "was skipped", "were skipped"),
        *_pauses(report),
        *_delays(report.lateness),
        *_down(report.sources_down),
    )


def _standstill(report: Report) -> tuple[str, ...]:
    if report.processes or not report.subscriptions:
        return ()
    return ("Counterpoint is not running: nothing will be posted. Start it: counterpoint run",)


def _problems(report: Report) -> tuple[str, ...]:
    found = dict.fromkeys(s.problem for s in report.subscriptions if s.problem)
    return tuple(
        f"{_count(sum(s.problem == problem for s in report.subscriptions), 'place gets', 'places get')} no edition: "
        f"{problem}"
        for problem in found
    )


def _of_state(report: Report, state: State, one: str, many: str) -> tuple[str, ...]:
    number = report.unexpected.get(state.value, 0)
    if not number:
        return ()
    newest = next((t for t in report.troubled if t.state == state.value and not is_expected(t.state, t.reason)), None)
    said = (newest and newest.reason) or "for no reason that is known"
    which = "" if number == 1 or newest is None else f"the newest, due {newest.due:%Y-%m-%d %H:%M} UTC: "
    return (f"{_count(number, f'edition {one}', f'editions {many}')}: {which}{said}",)


def _pauses(report: Report) -> tuple[str, ...]:
    """Places that stay paused until somebody does something; the others come back by themselves."""
    paused = [(s.place, s.paused) for s in report.subscriptions if s.paused is not None and s.paused.until is None]
    told = [f"{name_of(place)} {pause_in_words(pause)}" for place, pause in paused[:_MOST_NAMED]]
    others = len(paused) - len(told)
    return (*told, f"{_count(others, 'other place is', 'other places are')} paused") if others else tuple(told)


def _delays(late: Lateness) -> tuple[str, ...]:
    if not late.much_too_late or late.most is None:
        return ()
    said = _count(late.much_too_late, "edition", "editions")
    minutes = f"{MUCH_TOO_LATE / 60:.0f} min"
    return (f"{said} of {late.days} days came more than {minutes} after the time, at most {late.most / 60:.0f} min",)


def _down(sources: Sequence[SourceTrouble]) -> tuple[str, ...]:
    if not sources:
        return ()
    if len(sources) == 1:
        return (f"1 source is down: {sources[0].thinker}: {sources[0].reason or 'no reason'}",)
    names = list(dict.fromkeys(source.thinker for source in sources))
    others = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return (f"{len(sources)} sources are down: {', '.join(names[:_MOST_NAMED])}{others}",)


def name_of(place: Place) -> str:
    """A place in a line for people: `console:terminal`."""
    return f"{place.platform}:{place.id}{f' in thread {place.thread}' if place.thread else ''}"


def pause_in_words(pause: Pause) -> str:
    """Until when and why: `is paused until it is resumed: the place is closed`."""
    until = "it is resumed" if pause.until is None else f"{pause.until:%Y-%m-%d %H:%M} UTC"
    return f"is paused until {until}{f': {pause.reason}' if pause.reason else ''}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
