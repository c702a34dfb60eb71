"""The numbers of a signal as people read them, the same in a story, a look-up and the dialogue."""

from bot.domain.edition import Signal


def rate_facts(signal: Signal) -> dict[str, float]:
    """Facts for the phrases `signal-…` and `why-…`: counts, and two significant digits so that they can be followed.

    `chance`: such a count comes by accident at most once in so many windows; beyond 10,000 the model knows no better.
    """
    facts: dict[str, float] = {
        "voices": signal.voices,
        "items": signal.items,
        "hours": _short(signal.window_hours, 3),
    }
    if signal.usual is not None:
        facts["usual"] = _short(signal.usual, 2)
    if signal.burst is not None:
        facts["burst"] = _short(signal.burst, 2)
        facts["chance"] = int(_short(min(10_000.0, 1 / max(signal.p or 0.0, 1e-9)), 1))
    return facts


def _short(number: float, digits: int) -> float:
    """A number rounded to some significant digits; whole numbers stay whole."""
    rounded = float(f"{number:.{digits}g}")
    return int(rounded) if rounded == int(rounded) else rounded
