"""One file in, its pieces out: the format is told by content, and what is no transcript is refused with a sentence."""

from collections.abc import Callable

from adapters.episodes.formats import captions, marked, objects, pages, turns
from adapters.episodes.formats.opening import MOST_PIECES, opened
from adapters.episodes.formats.result import Read
from bot.domain.transcript import MOST_CHARACTERS

__all__ = ["Read", "read_cues"]


def read_cues(data: bytes, *, type: str = "", name: str = "") -> Read:  # noqa: A002 (a media type, as feeds call it)
    """Read WebVTT, SubRip, SubStation, TTML, the JSON of podcasts, of YouTube and of speech recognition, HTML pages,
    Markdown and plain text with or without speakers and times.

    `type` (a media type) and `name` (of the file) only tip the scales between Markdown and plain text. Pure, linear in
    the size of the file, and fit for a worker process: bytes in, plain values out.

    Raises:
        ValueError: one plain sentence that says what is wrong: what it is instead, that it is too large, empty, damaged
            or without words.
    """
    text = opened(data)
    read = _reader(text, f"{type} {name}".lower())(text)
    if not read.cues or not any(cue.ad or any(map(str.isalpha, cue.text)) for cue in read.cues):
        raise ValueError("There are no spoken words in this file.")
    if len(read.cues) > MOST_PIECES:
        raise ValueError(f"The transcript is in {len(read.cues):,} pieces; at most {MOST_PIECES:,} are read.")
    characters = sum(len(cue.text) for cue in read.cues)
    if characters > MOST_CHARACTERS:
        raise ValueError(f"The transcript has {characters:,} characters; at most {MOST_CHARACTERS:,} are read.")
    return read


def _reader(text: str, hints: str) -> Callable[[str], Read]:
    """Who reads such a text."""
    if text.startswith(("{", "[")) and objects.is_json(text):
        return objects.read
    if captions.is_substation(text):
        return captions.read_substation
    if captions.is_timed(text):
        return captions.read
    if pages.is_markup(text):
        return pages.read
    return turns.read_markdown if marked.is_markdown(text, hints) else turns.read_plain
