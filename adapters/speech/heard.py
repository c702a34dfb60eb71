"""What ears say, as cues: checked, for they too make things up."""

import math
from collections.abc import Mapping
from typing import Final

from adapters.speech.cutting import Piece
from bot.domain.languages import primary
from bot.domain.transcript import Cue

_LONGEST_TEXT: Final = 20_000
"""Characters of one segment."""


def base_language(tag: str | None) -> str:
    """`en` of `en-GB`, as models of speech name languages; empty where nothing is known."""
    base = primary(tag or "")
    return base if len(base) in (2, 3) and base.isalpha() and base != "und" else ""


def cue(segment: Mapping[str, object], piece: Piece) -> Cue | None:
    """A segment (`start`, `end` in seconds of its piece, `text`) in the time of the recording; None if it is empty."""
    text = segment.get("text")
    words = " ".join(text.split())[:_LONGEST_TEXT] if isinstance(text, str) else ""
    start, end = _seconds(segment.get("start"), piece), _seconds(segment.get("end"), piece)
    if not words:
        return None
    return Cue(words, start, end if start is None or end is None or end >= start else start)


def _seconds(value: object, piece: Piece) -> float | None:
    """Within the piece: what is said after its end is not there."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(piece.start + min(max(0.0, float(value)), piece.seconds), 3)
