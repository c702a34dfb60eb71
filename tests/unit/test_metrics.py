"""The metrics: counted from events and from the database, few series, no secret, nothing about a place."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.watch.metrics import Metrics
from bot.domain.report import Figures

FIGURES = Figures(
    postings={"sent": 40, "parked": 1},
    deliveries={"sent": 300},
    sources={"ok": 10, "down": 2, "never": 1},
    subscriptions=3,
    paused=1,
    items=500,
    editions=20,
)


def samples(metrics: Metrics, figures: Figures | None = FIGURES) -> dict[str, float]:
    """Every number by its name with labels."""
    text = metrics.page(figures, {"timetable": 2.0, "work": 0.5}).decode()
    return {
        sample.name + "".join(f"{{{name}={value}}}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_every_name_begins_with_ours_and_no_series_is_doubled():
    """Nothing of another library's registry is in it, and the page can be read by Prometheus' own parser."""
    names = list(samples(Metrics()))
    assert len(names) > 40
    assert all(name.startswith("counterpoint_") for name in names)
    assert not [name for name in names if "_created" in name]


def test_two_in_one_process_do_not_mix():
    """Each has a registry of its own."""
    one, two = Metrics(), Metrics()
    one.warn("parked")
    assert samples(one)["counterpoint_parked_total"] == 1
    assert samples(two)["counterpoint_parked_total"] == 0


@pytest.mark.parametrize(
    ("event", "facts", "name"),
    [
        ("tick_failed", {"error": "OSError: x"}, "ticks_failed_total"),
        ("planned", {"places": 1}, "slots_planned_total"),
        ("skipped", {"reason": "missed"}, "skipped_total"),
        ("missed", {"places": 1}, "skipped_total"),
        ("build_done", {}, "builds_total"),
        ("build_failed", {"reason": "x"}, "builds_failed_total"),
        ("part_sent", {"part": "story-1"}, "parts_sent_total"),
        ("part_sent", {"part": "card", "found": True}, "parts_found_total"),
        ("posted", {}, "editions_posted_total"),
        ("held_back", {"doubtful": False}, "retries_total"),
        ("held_back", {"doubtful": True}, "doubtful_total"),
        ("parked", {}, "parked_total"),
        ("withdrawn", {}, "withdrawn_total"),
        ("restored", {}, "restored_total"),
        ("late_writer", {}, "late_writers_total"),
        ("place_paused", {}, "places_paused_total"),
        ("tick_failed", {"error": "StoreUnavailable: the disk is full"}, "store_errors_total"),
        ("task_failed", {"error": "StoreError: x"}, "store_errors_total"),
        ("task_failed", {"kind": "build"}, "tasks_failed_total{kind=build}"),
        ("task_failed", {"kind": "anything"}, "tasks_failed_total{kind=other}"),
        ("build_done", {"tokens_in": 1}, "tokens_total{kind=in}"),
        ("build_done", {"cost": 1.0}, "cost_total"),
        ("part_sent", {"part": "card", "late_seconds": 301.0}, "late_total"),
        ("part_sent", {"part": "card", "late_seconds": 2}, "lateness_seconds_count"),
        ("build_done", {"seconds": 4.0}, "build_seconds_count"),
        ("platform_up", {"platform": "console"}, "platform_up{platform=console}"),
        ("model_called", {}, "model_calls_total"),
        ("model_failed", {"error": "ModelUnavailable"}, "model_failures_total"),
        ("model_called", {"cost": 1.0}, "model_cost_total"),
        ("model_failed", {"cost": 1.0}, "model_cost_total"),
        ("model_called", {"tokens_in": 1}, "model_tokens_total{kind=in}"),
        ("model_failed", {"tokens_out": 1}, "model_tokens_total{kind=out}"),
        ("model_called", {"cached": 1}, "model_tokens_total{kind=cached}"),
        ("model_called", {"seconds": 2.5}, "model_seconds_count"),
    ],
)
def test_an_event_moves_its_number_by_one(event, facts, name):
    """From nothing, whether it was told or warned of."""
    for say in ("tell", "warn"):
        metrics = Metrics()
        assert samples(metrics).get(f"counterpoint_{name}", 0) == 0
        getattr(metrics, say)(event, **facts)
        assert samples(metrics)[f"counterpoint_{name}"] == 1


@pytest.mark.parametrize(
    ("event", "facts", "name"),
    [
        ("part_sent", {"part": "story-1", "late_seconds": 9000}, "lateness_seconds_count"),
        ("part_sent", {"part": "card", "late_seconds": 9000, "found": True}, "late_total"),
        ("part_sent", {"part": "card", "late_seconds": 299}, "late_total"),
        ("held_back", {"doubtful": False}, "doubtful_total"),
        ("source_down", {"error": "SourceUnavailable: x"}, "store_errors_total"),
        ("build_done", {"seconds": None}, "build_seconds_count"),
        ("model_called", {"seconds": None}, "model_seconds_count"),
        ("model_called", {"tokens_in": 5}, "tokens_total{kind=in}"),
        ("missed", {"places": -3}, "skipped_total"),
        ("missed", {"places": float("nan")}, "skipped_total"),
        ("build_done", {"cost": "much"}, "cost_total"),
    ],
)
def test_what_does_not_count_does_not_move_it(event, facts, name):
    """Only cards tell how late an edition was; what is no number counts as none."""
    metrics = Metrics()
    metrics.tell(event, **facts)
    assert samples(metrics)[f"counterpoint_{name}"] == 0


def test_how_late_and_how_long_are_histograms():
    """In seconds, with the bound from which on an edition is much too late."""
    metrics = Metrics()
    for seconds in (0.4, 20, 200, 4000):
        metrics.tell("part_sent", part="card", late_seconds=seconds)
    found = samples(metrics)
    assert found["counterpoint_lateness_seconds_bucket{le=300.0}"] == 3
    assert found["counterpoint_lateness_seconds_sum"] == pytest.approx(4220.4)
    assert found["counterpoint_late_total"] == 1


def test_slots_missed_by_many_places_count_for_each():
    """A downtime costs as many editions as there are places."""
    metrics = Metrics()
    metrics.warn("missed", places=12)
    metrics.warn("skipped", reason="missed")
    assert samples(metrics)["counterpoint_skipped_total"] == 13


def test_a_platform_that_comes_and_goes_is_a_number():
    """One for up, zero for down."""
    metrics = Metrics()
    metrics.tell("platform_up", platform="console")
    metrics.warn("platform_down", platform="console", error="RuntimeError: gone")
    assert samples(metrics)["counterpoint_platform_up{platform=console}"] == 0


def test_the_database_is_told_by_state_also_where_a_state_has_no_row():
    """So that a rule on parked rows works before the first one."""
    found = samples(Metrics())
    assert found["counterpoint_database_up"] == 1
    assert found["counterpoint_postings{state=parked}"] == 1
    assert found["counterpoint_postings{state=skipped}"] == 0
    assert found["counterpoint_deliveries{state=intent}"] == 0
    assert found["counterpoint_sources{state=down}"] == 2
    assert found["counterpoint_sources{state=never}"] == 1
    kept = {
        name: found[f"counterpoint_{name}"] for name in ("subscriptions", "subscriptions_paused", "items", "editions")
    }
    assert kept == {"subscriptions": 3, "subscriptions_paused": 1, "items": 500, "editions": 20}
    assert found["counterpoint_loop_age_seconds{loop=timetable}"] == 2.0


def test_without_the_database_its_numbers_are_missing_and_not_old():
    """What was true a minute ago is not passed off as true."""
    metrics = Metrics()
    samples(metrics)
    found = samples(metrics, None)
    assert found["counterpoint_database_up"] == 0
    assert not [name for name in found if name.startswith(("counterpoint_postings", "counterpoint_items"))]
    assert "counterpoint_loop_age_seconds{loop=work}" in found


def test_an_event_that_nobody_knows_is_harmless_and_adds_no_series():
    """Nor do places, servers, or secrets in facts."""
    metrics = Metrics()
    before = set(samples(metrics))
    for number in range(50):
        facts = {"tenant": f"discord:{number}", "place": f"canary-{number}", "error": f"canary-{number}"}
        metrics.tell(f"event_{number}", **facts)
        metrics.warn("parked", **facts, reason=f"canary-{number}")
        metrics.warn("task_failed", **facts, kind=f"canary-{number}")
    assert set(samples(metrics)) == before
    assert not re.search("canary|discord", metrics.page(None, {}).decode())
