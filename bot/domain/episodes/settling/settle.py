"""The one way from pieces to a transcript."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain.episodes.settling.joining import Piece, utterances
from bot.domain.episodes.settling.labels import labelled
from bot.domain.episodes.settling.order import ordered
from bot.domain.episodes.settling.spoken import languages
from bot.domain.episodes.settling.timing import spoken_words, spread
from bot.domain.episodes.sponsors import is_place, reads
from bot.domain.transcript import (
    LONGEST_SECONDS,
    MOST_CHARACTERS,
    MOST_UTTERANCES,
    Cue,
    Origin,
    Times,
    Transcript,
    Utterance,
)

BREAK = "[Break]"
"""What stands for an advertisement that a file marks and does not write down."""
_MOSTLY = 0.5
_FEWEST_TIMES = 2
_SLOWEST = 80 / 60
"""Words a second: a recording whose length asks for a slower pace has more in it than its transcript."""


def settle(
    cues: Sequence[Cue],
    *,
    origin: Origin,
    language: str | None,
    duration: float | None,
    automatic: bool = False,
) -> Transcript:
    """A transcript of some pieces. Pure and deterministic; linear but for a logarithm.

    Every word of the pieces is in it, in order, once; white space is folded. A place where an advertisement was, of
    which nothing is written down, is an utterance of its own: `[Break]`, with `ad`. Utterances follow each other: none
    begins before the one before begins, or ends after the next one has begun.

    Raises:
        ValueError: one sentence that says why this is no usable transcript: without words, too long, its times in no
            order, of another recording.
    """
    said = _folded(cues)
    said, repairs = ordered(said, duration)
    if duration is not None and (duration <= 0 or duration > LONGEST_SECONDS):
        duration = None
    times = _kind(said)
    made = utterances(_placed(said, duration, times))
    if len(made) > MOST_UTTERANCES:
        raise ValueError(f"The transcript has {len(made):,} utterances; at most {MOST_UTTERANCES:,} are read.")
    made = _held(made, duration)
    made = [replace(one, ad=True) if sold and not one.ad else one for one, sold in zip(made, reads(made), strict=True)]
    spoken, also = languages([one.text for one in made if one.text != BREAK], language)
    return Transcript(tuple(made), spoken, origin, times, tuple(repairs), automatic, also)


def _folded(cues: Sequence[Cue]) -> list[Cue]:
    """Pieces with words only: one line each, speakers tidied, places of advertisements marked.

    Raises:
        ValueError: there are no words, or too many characters.
    """
    names = labelled(cue.speaker for cue in cues)
    kept = []
    characters = 0
    for cue in cues:
        text = " ".join(cue.text.split())
        place = is_place(text) if text else cue.ad
        text = text or (BREAK if place else "")
        if text:
            characters += len(text)
            kept.append(
                replace(cue, text=text, speaker=names[cue.speaker] if cue.speaker else None, ad=cue.ad or place)
            )
    if not any(any(map(str.isalpha, cue.text)) for cue in kept if cue.text != BREAK):
        raise ValueError("There are no spoken words in this transcript.")
    if characters > MOST_CHARACTERS:
        raise ValueError(f"The transcript has {characters:,} characters; at most {MOST_CHARACTERS:,} are read.")
    return kept


def _kind(said: Sequence[Cue]) -> Times:
    known = sum(cue.start is not None for cue in said)
    if known >= _MOSTLY * len(said) and (known >= _FEWEST_TIMES or len(said) == 1):
        return "given"
    return "sparse" if known >= _FEWEST_TIMES else "estimated"


def _placed(said: Sequence[Cue], duration: float | None, times: Times) -> list[Piece]:
    """Every piece with a start and an end."""
    texts = [cue.text for cue in said]
    moments = spread(
        texts, [cue.start for cue in said], _believable(texts, duration) if times == "estimated" else duration
    )
    return [
        Piece(cue.text, start, _end(cue, start, following), cue.speaker, cue.ad, cue.start is not None)
        for cue, (start, following) in zip(said, pairwise(moments), strict=True)
    ]


def _end(cue: Cue, start: float, following: float) -> float:
    """Where a piece ends: as given if there is such a time, else where the next one begins."""
    return max(start, following if cue.end is None else cue.end)


def _believable(texts: Sequence[str], duration: float | None) -> float | None:
    """The length of the recording, unless the words would have to be stretched to fill it."""
    if duration is None:
        return None
    words = sum(map(spoken_words, texts))
    return duration if words >= duration * _SLOWEST else None


def _held(made: Sequence[Utterance], duration: float | None) -> list[Utterance]:
    """Within the recording, none beginning before the one before, none running into the next."""
    latest = 0.0
    held: list[Utterance] = []
    for one in made:
        start = max(one.start, latest)
        if duration is not None:
            start = min(start, max(duration, latest))
        end = max(start, one.end if duration is None else min(one.end, duration))
        held.append(one if (start, end) == (one.start, one.end) else replace(one, start=start, end=end))
        latest = start
    for index in range(len(held) - 2, -1, -1):
        if held[index].end > held[index + 1].start:
            held[index] = replace(held[index], end=held[index + 1].start)
    return held
