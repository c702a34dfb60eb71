"""What is remembered for a while."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fresh import Fresh
from tests.fakes.clock import FakeClock

MINUTE = timedelta(minutes=1)


def test_what_is_remembered_is_bounded_and_goes_stale() -> None:
    """The oldest is forgotten first; what is stale is still there for whoever asks for it."""
    clock = FakeClock()
    fresh: Fresh[int] = Fresh(clock, lasts=MINUTE, most=2)
    for n, name in enumerate("abca"):
        fresh.put(name, n)
    assert [fresh.get(name) for name in "abc"] == [3, None, 2]
    clock.advance(MINUTE)
    assert (fresh.get("a"), fresh.stale("a")) == (None, 3)
    fresh.forget("a")
    fresh.forget("never there")
    assert fresh.stale("a") is None


def test_a_clock_that_was_put_back_makes_nothing_last_longer() -> None:
    """What was remembered in the future is looked up again."""
    clock = FakeClock()
    fresh: Fresh[str] = Fresh(clock, lasts=MINUTE, most=2)
    assert fresh.put("a", "b") == "b"
    clock.instant -= timedelta(days=1)
    assert fresh.get("a") is None


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 90)), max_size=40), st.integers(1, 4))
def test_it_says_nothing_but_what_was_last_said_and_lasts(told: list[tuple[str, int]], most: int) -> None:
    """Whatever is put under which name and when: the newest `most` names of the last minute."""
    clock = FakeClock()
    fresh: Fresh[int] = Fresh(clock, lasts=MINUTE, most=most)
    known: dict[str, tuple[int, int]] = {}
    seconds = 0
    for n, (name, later) in enumerate(told):
        seconds += later
        clock.advance(timedelta(seconds=later))
        fresh.put(name, n)
        known.pop(name, None)
        known[name] = (seconds, n)
        newest = dict(list(known.items())[-most:])
        for each in "abcde":
            at, value = newest.get(each, (seconds - 60, None))
            assert fresh.get(each) == (value if seconds - at < 60 else None)
