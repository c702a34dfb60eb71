"""Captions that roll up: each shows the line before once more, so that every word stands there twice or thrice."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.transcript import Cue

_SHARE = 0.3
"""Of captions that begin with what the one before ended with and go on: talk does not come near it."""
_FEWEST = 2
_MOST_LINES = 6
"""Lines of a caption that may roll."""


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Each line once, at the moment it first appears; captions that do not roll come back as they are.

    Two ways are known: the last lines of a caption stand first in the next one, or the next one is the same and longer.
    """
    lines = [[" ".join(line.split()) for line in cue.text.split("\n") if line.strip()] for cue in cues]
    fresh = [_fresh(before, now) for before, now in zip([[], *lines], lines, strict=False)]
    # Whoever says the same twice and nothing more has just said it twice.
    rolling = sum(bool(words) for words in fresh)
    if rolling < _FEWEST or rolling < _SHARE * len(cues):
        return list(cues)
    return [
        cue if words is None else replace(cue, text=words)
        for cue, words in zip(cues, fresh, strict=True)
        if words is None or words
    ]


def _fresh(before: Sequence[str], now: Sequence[str]) -> str | None:
    """What `now` shows that `before` did not, None where it repeats nothing."""
    for count in range(min(len(before), len(now), _MOST_LINES), 0, -1):
        if list(before[-count:]) == list(now[:count]):
            return " ".join(now[count:])
    shown, whole = " ".join(before), " ".join(now)
    return whole[len(shown) :].strip() if shown and whole.startswith(shown + " ") else None
