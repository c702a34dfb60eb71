"""Moments as people and programs write them: `4:10`, `01:02:05.15`, `00:00:01,000`, `75:12`, `12.5`."""

import math
import re

MOMENT = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,6})?"
"""The pattern of a moment with at least minutes and seconds; linear, without groups."""
_PARTS = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?(?:[.,](\d{1,6}))?")
_NUMBER = re.compile(r"(-?\d{1,12}(?:\.\d{1,12})?)\s*(ms|s)?", re.IGNORECASE)
_SIXTY = 60


def moment(text: str) -> float | None:
    """Seconds, or None where it is no moment: `1:75` is none, `75:12` is."""
    parts = _PARTS.fullmatch(text.strip())
    if parts is None:
        return None
    first, second, third, fraction = parts.groups()
    whole = (int(first), int(second), int(third)) if third is not None else (0, int(first), int(second))
    hours, minutes, seconds = whole
    if seconds >= _SIXTY or (third is not None and minutes >= _SIXTY):
        return None
    return hours * 3600 + minutes * 60 + seconds + (float(f"0.{fraction}") if fraction else 0.0)


def seconds(value: object) -> float | None:
    """What a field of JSON or an attribute means: a number of seconds, or a moment as text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e12 and math.isfinite(value) else None
    if not isinstance(value, str):
        return None
    number = _NUMBER.fullmatch(value.strip())
    if number is not None:
        return float(number[1]) / (1000 if (number[2] or "").lower() == "ms" else 1)
    return moment(value)
