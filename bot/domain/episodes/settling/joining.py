"""From pieces of a file to utterances: captions that break in mid-sentence are joined, speeches are cut.

A quotation lies within one utterance, so an utterance holds whole sentences wherever there are any; and it is short
enough that its start says where to listen.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.domain.episodes.settling.cutting import Bounds, pieces
from bot.domain.episodes.sponsors import is_place
from bot.domain.transcript import Utterance

CAPTIONS = Bounds(words=60, enough=30)
UNPUNCTUATED = Bounds(words=40, enough=30)
TURNS = Bounds(words=120, enough=100)
_LONGEST_JOINED = 30.0
"""Seconds of captions in one utterance."""
_SILENCE = 3.0
"""Seconds after which captions of one speaker are two utterances, whatever their words."""
_PAUSE = 0.6
"""Seconds at which a sentence without an end may be cut."""
_CAPTION_WORDS = 25
_TIMED = 0.8
_SAME_SPEAKER = 0.5
_WORDS_A_STOP = 80
"""More words to a full stop than this: nobody has put any in."""
_STOP = re.compile(r"[.!?…](?=\s|$|[\"'”’»)\]])|[。！？]")
_TURN_MARK = re.compile(r"(?:>{1,3}|&gt;&gt;|[-–—•])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the file with its place in time: `given` where the file says so."""

    text: str
    """One line, not empty."""
    start: float
    end: float
    speaker: str | None
    ad: bool
    given: bool


def utterances(said: Sequence[Piece]) -> list[Utterance]:
    """Utterances in the same order, with every word of the pieces, their times reckoned by characters within a piece.

    Where pieces are captions they are joined, sentence by sentence, to at most 60 words and 30 seconds; where they are
    turns or paragraphs each stays one utterance up to 120 words, and longer ones are cut at the ends of sentences.
    """
    punctuated = _is_punctuated(said)
    if not _are_captions(said):
        bounds = TURNS if punctuated else UNPUNCTUATED
        return [one for piece in said for one in _cut([piece], bounds)]
    bounds = CAPTIONS if punctuated else UNPUNCTUATED
    return [one for run in _runs(said) for one in _cut(run, bounds)]


def _are_captions(said: Sequence[Piece]) -> bool:
    """Whether pieces are lines of captions and not turns: short, timed, and one speaker has several on end."""
    timed = sum(piece.given for piece in said)
    if len(said) == 1 or timed < _TIMED * len(said):
        return False
    if median(len(piece.text.split()) for piece in said) > _CAPTION_WORDS:
        return False
    same = sum(one.speaker == other.speaker for one, other in pairwise(said))
    return same >= _SAME_SPEAKER * (len(said) - 1)


def _is_punctuated(said: Sequence[Piece]) -> bool:
    words = sum(len(piece.text.split()) for piece in said)
    stops = sum(len(_STOP.findall(piece.text)) for piece in said)
    return stops * _WORDS_A_STOP >= words


def _runs(said: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Captions that belong together: of one speaker, without a silence between them, without a mark of a new turn."""
    run: list[Piece] = []
    for piece in said:
        turn = _TURN_MARK.match(piece.text) is not None and piece.speaker is None
        if run and (turn or not _goes_on(run[-1], piece)):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _goes_on(before: Piece, piece: Piece) -> bool:
    if piece.speaker != before.speaker or piece.ad != before.ad:
        return False
    if piece.ad and (is_place(piece.text) or is_place(before.text)):
        return False
    return piece.start - before.end <= _SILENCE


def _cut(run: Sequence[Piece], bounds: Bounds) -> Iterator[Utterance]:
    """One run as utterances."""
    starts: list[int] = []
    parts: list[str] = []
    at = 0
    for piece in run:
        glue = "" if not parts or _is_mark(piece.text) else " "
        starts.append(at + len(glue))
        parts += [glue, piece.text] if parts or glue else [piece.text]
        at = starts[-1] + len(piece.text)
    text = "".join(parts)
    breaks = [
        starts[index] for index in range(1, len(run)) if run[index].start - run[index - 1].end >= _PAUSE
    ] or starts[1:]
    clock = _Clock(run, starts)
    for first, stop in _timely(pieces(text, bounds, breaks), clock, starts, caps=len(run) > 1):
        words = _without_mark(text[first:stop].rstrip(), run[0])
        if words:
            yield Utterance(clock.begins(first), clock.ends(stop), run[0].speaker, words, ad=run[0].ad)


def _is_mark(text: str) -> bool:
    """Whether a piece is punctuation only, as services give it apart from the word before it."""
    return text[0] in ".,;:!?…" and not any(map(str.isalnum, text))


def _without_mark(words: str, piece: Piece) -> str:
    """Without the sign that somebody else speaks, which captions have instead of a name."""
    mark = _TURN_MARK.match(words) if piece.speaker is None and piece.given else None
    if mark is None:
        return words
    return words[mark.end() :]


def _timely(
    spans: Sequence[tuple[int, int]], clock: "_Clock", starts: Sequence[int], *, caps: bool
) -> Iterator[tuple[int, int]]:
    """Spans of at most half a minute where the pieces are captions: longer ones are cut where a caption begins."""
    for begun, stop in spans:
        first = begun
        while caps and clock.ends(stop) - clock.begins(first) > _LONGEST_JOINED:
            inside = starts[bisect_right(starts, first) : bisect_left(starts, stop)]
            if not inside:
                break
            near = [at for at in inside if clock.begins(at) - clock.begins(first) <= _LONGEST_JOINED]
            cut = near[-1] if near else inside[0]
            yield first, cut
            first = cut
        yield first, stop


class _Clock:
    """When a character of joined pieces is spoken."""

    def __init__(self, run: Sequence[Piece], starts: Sequence[int]) -> None:
        self._run, self._starts = run, starts

    def begins(self, offset: int) -> float:
        """When the character at `offset` begins."""
        index = bisect_right(self._starts, offset) - 1
        return self._at(index, offset)

    def ends(self, offset: int) -> float:
        """When the character before `offset` is over."""
        index = bisect_left(self._starts, offset) - 1
        return self._at(index, offset)

    def _at(self, index: int, offset: int) -> float:
        piece = self._run[index]
        share = min(1.0, (offset - self._starts[index]) / len(piece.text))
        return piece.start + (piece.end - piece.start) * share
