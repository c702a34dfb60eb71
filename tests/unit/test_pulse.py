"""The pulse of the loops."""

from bot.services.pulse import Pulse


class Seconds:
    """A monotonic source that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_nobody_is_known_before_the_first_beat():
    """A loop that was never begun is not missed."""
    assert Pulse(Seconds()).ages() == {}


def test_each_loop_has_its_own_age_since_its_last_beat():
    """In the order of their names, whoever beat first."""
    seconds = Seconds()
    pulse = Pulse(seconds)
    pulse.beat("work")
    seconds.now += 20
    pulse.beat("timetable")
    seconds.now += 5
    pulse.beat("timetable")
    seconds.now += 2.5
    assert list(pulse.ages().items()) == [("timetable", 2.5), ("work", 27.5)]


def test_a_source_that_goes_back_makes_nobody_younger_than_now():
    """It should not, but no age is negative."""
    seconds = Seconds()
    pulse = Pulse(seconds)
    pulse.beat("work")
    seconds.now -= 10
    assert pulse.ages() == {"work": 0.0}
