"""Chapters in show notes: how many human lists of times are read completely.

A list counts as complete when every line that begins with a time (whatever stands before it that is no word) comes back
as a chapter, in order. Files are told even and odd by their sorted names. The form of the lists was known when the
reading was written, so nothing here is unseen; the misses are what to look at. Beside it: lines that begin with a time
and a blank or a hyphen, the pattern of the usual players.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.row import Row

_LINE = re.compile(r"^\W{0,24}(?:\d{1,2}[.)]\s\W{0,8})?(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?![\d:])", re.MULTILINE)
_USUAL = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\s*-?\s+\S", re.MULTILINE)


def _starts(pattern: re.Pattern[str], notes: str) -> list[int]:
    return [
        sum(int(part or 0) * unit for part, unit in zip(found, (3600, 60, 1), strict=True))
        for found in pattern.findall(notes)
    ]


def measure(data: Path) -> Iterator[Row]:
    """Complete lists on `chapter-shownotes`."""
    from adapters.episodes.shownotes import chapters_in

    notes = [path.read_text() for path in sorted((data / "chapter-shownotes").glob("*.md")) if path.name != "README.md"]
    listed = [text for text in notes if len(_starts(_LINE, text)) >= 3]

    def complete(read: Callable[[str], int], texts: list[str]) -> int:
        return sum(read(text) == len(_starts(_LINE, text)) for text in texts)

    def ours(text: str) -> int:
        return len(chapters_in(text))

    whole = complete(ours, listed)
    lines = sum(len(_starts(_LINE, text)) for text in listed)
    told = sum(map(ours, listed))
    yield Row(
        f"show notes: human lists of chapters read completely ({len(listed)} of {len(notes)} files)",
        f"{whole} ({whole / len(listed):.1%}); even {complete(ours, listed[::2])}/{len(listed[::2])},"
        f" odd {complete(ours, listed[1::2])}/{len(listed[1::2])}; lines {told}/{lines}",
        f"plain lines {complete(lambda text: len(_starts(_USUAL, text)), listed)}",
        ">= 95 %",
    )
