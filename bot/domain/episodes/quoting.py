"""What was said, for the reader to hear: at most three quotations a chapter, none rather than a weak one."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.domain.episode import MOST_QUOTES, EpisodeQuote
from bot.domain.episodes.moments import moment
from bot.domain.episodes.sayings import Saying, alike
from bot.domain.episodes.span import Clip, Span
from bot.domain.text.words import stems
from bot.domain.transcript import Transcript, Utterance

_WEAK = 0.35
"""Worth below which nothing is quoted."""
_GOOD = 0.6
"""Share of the best one's worth that a second and a third need."""
_FEW_WORDS, _SOME_WORDS = 120, 400
"""Words of a chapter up to which it has one quotation, and two."""
_SAME_TURN = 0.7
"""What is left of the worth of a second quotation from one turn."""


def chosen(
    said: Sequence[Saying], span: Span, transcript: Transcript, taken: Collection[str]
) -> tuple[EpisodeQuote, ...]:
    """The quotations of a chapter, out of its sayings, in order of time.

    `taken` are the texts quoted already in this episode: nothing like them is quoted again. Advertisements have none.
    """
    if span.kind == "ad":
        return ()
    used = [frozenset(stems(text)) for text in taken]
    free = [one for one in said if one.worth >= _WEAK and not any(alike(one.stems, other) for other in used)]
    best = _best(free, _room(span, transcript))
    return tuple(_quote(one, span, transcript) for one in sorted(best, key=lambda one: (one.index, one.at)))


def _room(span: Span, transcript: Transcript) -> int:
    words = sum(len(one.text.split()) for one in transcript.utterances[span.first : span.last + 1] if not one.ad)
    if span.kind != "topic" or words < _FEW_WORDS:
        return 1
    return 2 if words < _SOME_WORDS else MOST_QUOTES


def _best(free: Sequence[Saying], room: int) -> list[Saying]:
    """The best, then the best of those that say something else."""
    left = sorted(free, key=lambda one: (-one.worth, one.index, one.at, one.text))
    found: list[Saying] = []
    while left and len(found) < room:
        best = left[0]
        if found and best.worth < _GOOD * found[0].worth:
            break
        found.append(best)
        left = [
            replace(one, worth=one.worth * _SAME_TURN) if one.index == best.index else one
            for one in left[1:]
            if not alike(one.stems, best.stems)
        ]
        left.sort(key=lambda one: (-one.worth, one.index, one.at, one.text))
    return found


def _quote(one: Saying, span: Span, transcript: Transcript) -> EpisodeQuote:
    place = None if span.clip is None else _said_again(one.text, transcript.utterances[span.last + 1 :], span.clip)
    return EpisodeQuote(at=one.at, text=one.text, speaker=one.speaker, status="exact", clip_of=place)


def _said_again(text: str, later: Sequence[Utterance], clip: Clip) -> float:
    """Where the talk itself says what its clip says: as near as can be told."""
    again = next((one for one in later if text in one.text and not one.ad), None)
    return clip.at if again is None else moment(again, again.text.find(text))
