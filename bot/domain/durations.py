"""Durations as people read and type them: the one place that prints `m:ss` and `h:mm:ss`."""

import re

_TYPED = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]?\d)")


def duration(seconds: float) -> str:
    """Seconds as `m:ss`, from an hour on as `h:mm:ss`; parts of a second are cut, less than nothing is `0:00`."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read_duration(text: str) -> float | None:
    """Seconds of `m:ss` or `h:mm:ss` (digits of any script), or None when the text is not one."""
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part) if part else 0 for part in match.groups())
    return float(hours * 3600 + minutes * 60 + seconds)
