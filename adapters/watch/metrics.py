"""The metrics: what happened in this process, counted from its events, and how many there are in the database.

Labels are names of states, loops, platforms and kinds of work, never a place, a server or a person: there are few of
them however many places there are. Events that are not counted here are of no consequence.
"""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from bot.domain.health import Health
from bot.domain.ledger import CARD, State
from bot.domain.report import MUCH_TOO_LATE, Figures
from bot.ports.events import Fact

PREFIX = "counterpoint"
_PRINT, CONTENT_TYPE = choose_encoder("")
_LATE = (1, 5, 10, 30, 60, 120, MUCH_TOO_LATE, 900, 3600, 10800)
_BUILD = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800)
_CALL = (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180)
_KINDS = ("gather", "build", "deliver")
_OTHER = "other"


class _Counted(NamedTuple):
    """A number that grows with an event."""

    name: str
    help: str
    by: str | None = None
    """The fact that says by how much; one if there is none."""
    only_if: str | None = None
    """The fact that must be true for it to count."""


_COUNTED: tuple[tuple[str, _Counted], ...] = (
    (
        "tick_failed",
        _Counted("ticks_failed", "Looks at the timetable that failed; the next one looks at everything anew."),
    ),
    ("planned", _Counted("slots_planned", "Slots of places for which an edition was planned.", by="places")),
    ("skipped", _Counted("skipped", "Editions that were not posted because they could not be in time.")),
    ("missed", _Counted("skipped", "", by="places")),
    ("build_done", _Counted("builds", "Editions that were composed.")),
    ("build_failed", _Counted("builds_failed", "Builds that failed; they are tried again.")),
    ("part_sent", _Counted("parts_sent", "Messages that stand in their place.")),
    ("part_sent", _Counted("parts_found", "Of these, found to be there when we looked.", only_if="found")),
    ("posted", _Counted("editions_posted", "Editions that were posted in full to a place.")),
    ("held_back", _Counted("retries", "Attempts that did not go through and are made again.")),
    (
        "held_back",
        _Counted("doubtful", "Attempts of which nobody knows whether they went through.", only_if="doubtful"),
    ),
    ("parked", _Counted("parked", "Messages that were given up: a person has to look.")),
    ("withdrawn", _Counted("withdrawn", "Messages left out because people deleted what they follow.")),
    ("restored", _Counted("restored", "Messages that were posted before the database was restored.")),
    ("late_writer", _Counted("late_writers", "Results that came after the message had passed to another process.")),
    ("place_paused", _Counted("places_paused", "Places that were closed to us and are paused.")),
    ("store_failed", _Counted("store_errors", "Failures of the database.")),
    ("model_called", _Counted("model_calls", "Calls of models that gave an answer.")),
    ("model_failed", _Counted("model_failures", "Calls of models that gave none, also after retries.")),
    ("model_called", _Counted("model_cost", "What calls of models cost, by the table of prices.", by="cost")),
    ("model_failed", _Counted("model_cost", "", by="cost")),
)
"""What each event adds to."""


class Metrics:
    """Counts events; prints everything when it is asked for."""

    def __init__(self) -> None:
        """With a registry of its own: two of them in one process do not mix."""
        self._registry = CollectorRegistry()
        self._kept = _Kept()
        self._registry.register(self._kept)
        ProcessCollector(namespace=PREFIX, registry=self._registry)
        counters = {
            counted.name: Counter(f"{PREFIX}_{counted.name}", counted.help, registry=self._registry)
            for _, counted in _COUNTED
            if counted.help
        }
        self._counters = [(event, counted, counters[counted.name]) for event, counted in _COUNTED]
        self._store_errors = counters["store_errors"]
        self._late = Counter(
            f"{PREFIX}_late", "Editions whose card came more than 5 minutes after its time.", registry=self._registry
        )
        self._lateness = Histogram(
            f"{PREFIX}_lateness_seconds",
            "From the time an edition was due to its card.",
            buckets=_LATE,
            registry=self._registry,
        )
        self._builds = Histogram(
            f"{PREFIX}_build_seconds", "How long editions took.", buckets=_BUILD, registry=self._registry
        )
        self._tokens = Counter(
            f"{PREFIX}_tokens", "Tokens of models that editions took.", ["kind"], registry=self._registry
        )
        self._model_tokens = Counter(
            f"{PREFIX}_model_tokens", "Tokens that calls of models took.", ["kind"], registry=self._registry
        )
        self._model_seconds = Histogram(
            f"{PREFIX}_model_seconds", "How long calls of models took.", buckets=_CALL, registry=self._registry
        )
        self._cost = Counter(f"{PREFIX}_cost", "What editions cost, by their cards.", registry=self._registry)
        self._failed = Counter(
            f"{PREFIX}_tasks_failed", "Tasks that failed; the timetable puts them again.", ["kind"],
            registry=self._registry,
        )  # fmt: skip
        self._platforms = Gauge(
            f"{PREFIX}_platform_up", "Whether a platform is connected.", ["platform"], registry=self._registry
        )
        for kind in ("in", "out", "cached"):
            self._tokens.labels(kind)
            self._model_tokens.labels(kind)
        for kind in (*_KINDS, _OTHER):
            self._failed.labels(kind)

    def tell(self, event: str, /, **facts: Fact) -> None:
        """Count that something happened."""
        for name, counted, counter in self._counters:
            if name == event and (counted.only_if is None or facts.get(counted.only_if) is True):
                counter.inc(1.0 if counted.by is None else _number(facts, counted.by))
        if str(facts.get("error") or "").startswith("Store"):
            self._store_errors.inc()
        self._observe(event, facts)

    def warn(self, event: str, /, **facts: Fact) -> None:
        """The same: what is told and what is warned of are counted alike."""
        self.tell(event, **facts)

    def page(self, figures: Figures | None, ages: Mapping[str, float]) -> bytes:
        """All metrics in the format of Prometheus; `figures` is None where the database does not answer."""
        self._kept.figures, self._kept.ages = figures, ages
        printed: bytes = _PRINT(_Brief(self._registry))
        return printed

    def _observe(self, event: str, facts: Mapping[str, Fact]) -> None:
        """What is more than a number that grows."""
        match event:
            case "part_sent" if facts.get("part") == CARD and not facts.get("found"):
                self._card(_number(facts, "late_seconds"))
            case "build_done":
                self._built(facts)
            case "model_called" | "model_failed":
                self._asked(facts)
            case "task_failed":
                kind = facts.get("kind")
                self._failed.labels(kind if kind in _KINDS else _OTHER).inc()
            case "platform_up" | "platform_down":
                self._platforms.labels(str(facts.get("platform"))).set(event == "platform_up")

    def _card(self, seconds: float) -> None:
        self._lateness.observe(seconds)
        if seconds > MUCH_TOO_LATE:
            self._late.inc()

    def _built(self, facts: Mapping[str, Fact]) -> None:
        if _is_number(facts.get("seconds")):
            self._builds.observe(_number(facts, "seconds"))
        for kind in ("in", "out", "cached"):
            self._tokens.labels(kind).inc(_number(facts, f"tokens_{kind}"))
        self._cost.inc(_number(facts, "cost"))

    def _asked(self, facts: Mapping[str, Fact]) -> None:
        if _is_number(facts.get("seconds")):
            self._model_seconds.observe(_number(facts, "seconds"))
        for kind, name in (("in", "tokens_in"), ("out", "tokens_out"), ("cached", "cached")):
            self._model_tokens.labels(kind).inc(_number(facts, name))


class _Kept(Collector):
    """What is in the database and how the loops are, as it was last looked at."""

    def __init__(self) -> None:
        self.figures: Figures | None = None
        self.ages: Mapping[str, float] = {}

    def collect(self) -> Iterable[Metric]:
        """One family for each number; those of the database are missing while it does not answer."""
        yield _gauge("database_up", "Whether the database answers.", float(self.figures is not None))
        yield _gauges("loop_age_seconds", "Since the last beat of each loop.", "loop", self.ages)
        figures = self.figures
        if figures is None:
            return
        states = {state.value: 0 for state in State}
        health = {state.value: 0 for state in Health}
        yield _gauges("postings", "Slots of places, by state.", "state", {**states, **figures.postings})
        yield _gauges("deliveries", "Messages, by state.", "state", {**states, **figures.deliveries})
        yield _gauges("sources", "Sources, by state.", "state", {**health, **figures.sources})
        yield _gauge("subscriptions", "Places that receive editions.", figures.subscriptions)
        yield _gauge("subscriptions_paused", "Of these, paused now.", figures.paused)
        yield _gauge("items", "Items that are kept.", figures.items)
        yield _gauge("editions", "Editions that are kept.", figures.editions)


class _Brief:
    """A registry without the instants at which its counters were made: they would double the page."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        """Every family."""
        for family in self._registry.collect():
            family.samples = [sample for sample in family.samples if not sample.name.endswith("_created")]
            yield family


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}_{name}", said, value=value)


def _gauges(name: str, said: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{PREFIX}_{name}", said, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _is_number(value: Fact) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _number(facts: Mapping[str, Fact], name: str) -> float:
    """A fact that can be counted; zero for what is missing, negative or no number."""
    value = facts.get(name)
    return float(value) if _is_number(value) and value is not None else 0.0
