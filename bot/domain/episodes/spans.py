"""Into which parts an episode falls: the publisher's chapters where there are any, else those that are found.

A clip at the opening and advertisements are set apart before anything is looked for in the rest, so that a sponsor's
words neither begin a chapter nor hide where one ends. Every utterance lies in one span.
"""

import math
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from bot.domain.episode import ChapterKind
from bot.domain.episodes.clips import opening_clip
from bot.domain.episodes.cues import shows, tongue_of
from bot.domain.episodes.facts import EpisodeFacts, PublishedChapter
from bot.domain.episodes.naming import Cast
from bot.domain.episodes.segmenting import LEAST_WORDS, boundaries
from bot.domain.episodes.span import Clip, Span
from bot.domain.episodes.sponsors import is_place
from bot.domain.transcript import Transcript, Utterance

_SHORT_EPISODE: Final = 180.0
"""Seconds; such an episode is one chapter."""
_LEAST_SECONDS: Final = 20.0
"""Of a chapter on a topic."""
_AD_SECONDS: Final = 10.0
_INTRO: Final = (180.0, 500)
"""Seconds and words that an introduction has at most."""
_OUTRO: Final = (120.0, 300)
_GREETED_WITHIN = 80
"""Words."""
_INTRO_TITLE = frozenset(
    {"intro", "introduction", "introductions", "welcome", "opening", "intro and welcome", "вступление"}
)
_OUTRO_TITLE = frozenset({"outro", "closing", "closing words", "goodbye", "sign-off", "sign off", "прощание"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """Utterances `first` to `last`, both included."""

    first: int
    last: int
    kind: ChapterKind = "topic"
    clip: Clip | None = None


def spans(transcript: Transcript, facts: EpisodeFacts, cast: Cast) -> tuple[Span, ...]:
    """The parts of an episode in order; together they hold every utterance once, and their starts rise."""
    clip = opening_clip(transcript.utterances)
    theirs = _published(transcript, facts, clip)
    if theirs:
        return theirs
    return _timed(_found(transcript, cast, clip), transcript, facts)


def _found(transcript: Transcript, cast: Cast, clip: Clip | None) -> list[_Piece]:
    said = transcript.utterances
    if transcript.seconds - said[0].start < _SHORT_EPISODE:
        return [_Piece(0, len(said) - 1)]
    apart = _apart(said, clip)
    elsewhere = {index for piece in apart for index in range(piece.first, piece.last + 1)}
    talk = [index for index in range(len(said)) if index not in elsewhere]
    if not talk:
        return [_Piece(0, len(said) - 1)]
    only = replace(transcript, utterances=tuple(said[index] for index in talk))
    begins = {talk[place] for place in boundaries(only, _hosts(cast))}
    pieces = _merged(_pieces(talk, begins, apart), said)
    return _kinds(pieces, said, tongue_of([one.text for one in said], transcript.language))


def _hosts(cast: Cast) -> Collection[str]:
    """The labels of the people known to be hosts."""
    names = {person.name for person in cast.people if person.role == "host"}
    return sorted(label for label, name in cast.names.items() if name in names)


def _apart(said: Sequence[Utterance], clip: Clip | None) -> list[_Piece]:
    """The clip and the advertisements, in order."""
    apart = [_Piece(clip.first, clip.last, "clip", clip)] if clip else []
    begun = clip.last + 1 if clip else 0
    for ad, run in groupby(range(begun, len(said)), key=lambda index: said[index].ad):
        places = list(run)
        if ad and said[places[-1]].end - said[places[0]].start >= _AD_SECONDS:
            apart.append(_Piece(places[0], places[-1], "ad"))
    return apart


def _pieces(talk: Sequence[int], begins: Collection[int], apart: Sequence[_Piece]) -> list[_Piece]:
    """The talk cut where chapters begin and where something else lies between, with that in its place."""
    starts = [index for before, index in pairwise([-2, *talk]) if index != before + 1 or index in begins]
    cut = set(starts)
    ends = [*(before for before, index in pairwise(talk) if index in cut), talk[-1]]
    topics = [_Piece(first, last) for first, last in zip(starts, ends, strict=True)]
    return sorted((*topics, *apart), key=lambda piece: piece.first)


def _merged(pieces: Sequence[_Piece], said: Sequence[Utterance]) -> list[_Piece]:
    """Talk that is too short for a chapter joined to the talk next to it; between two breaks, to the first of them."""
    merged: list[_Piece] = []
    for piece in pieces:
        if merged and _joins(merged[-1], piece, said):
            merged[-1] = replace(merged[-1], last=piece.last)
        else:
            merged.append(piece)
    kept: list[_Piece] = []
    for index, piece in enumerate(merged):
        inside = 0 < index < len(merged) - 1
        if inside and piece.kind == "topic" and kept[-1].kind != "topic" and _too_short(piece, said):
            kept[-1] = replace(kept[-1], last=piece.last)
        else:
            kept.append(piece)
    return kept


def _joins(before: _Piece, piece: _Piece, said: Sequence[Utterance]) -> bool:
    """Whether two neighbours are one: they begin at the same moment, or one of two pieces of talk is too short."""
    if said[piece.first].start <= said[before.first].start:
        return True
    both = before.kind == "topic" == piece.kind
    return both and (_too_short(piece, said) or _too_short(before, said))


def _too_short(piece: _Piece, said: Sequence[Utterance]) -> bool:
    seconds, words = _size(piece, said)
    return seconds < _LEAST_SECONDS or words < LEAST_WORDS


def _size(piece: _Piece, said: Sequence[Utterance]) -> tuple[float, int]:
    """Seconds and words."""
    words = sum(len(one.text.split()) for one in said[piece.first : piece.last + 1])
    return _until(piece.last, said) - said[piece.first].start, words


def _until(last: int, said: Sequence[Utterance]) -> float:
    """When a part ends whose last utterance this is: where the next one starts."""
    return said[last + 1].start if last + 1 < len(said) else said[last].end


def _kinds(pieces: Sequence[_Piece], said: Sequence[Utterance], tongue: str) -> list[_Piece]:
    """The same, with the first and the last piece of talk named for what they are where they are short."""
    told = list(pieces)
    topics = [index for index, piece in enumerate(told) if piece.kind == "topic"]
    if len(topics) < 2:
        return told
    first, last = topics[0], topics[-1]
    if _is_intro(told[first], said, tongue):
        told[first] = replace(told[first], kind="intro")
    if _is_outro(told[last], said, tongue):
        told[last] = replace(told[last], kind="outro")
    return told


def _is_intro(piece: _Piece, said: Sequence[Utterance], tongue: str) -> bool:
    """Short, and somebody greets; or too short for anything else."""
    seconds, words = _size(piece, said)
    if seconds > _INTRO[0] or words > _INTRO[1]:
        return False
    begun = " ".join(one.text for one in said[piece.first : piece.last + 1]).split()[:_GREETED_WITHIN]
    return _too_short(piece, said) or shows(" ".join(begun), "greeting", tongue)


def _is_outro(piece: _Piece, said: Sequence[Utterance], tongue: str) -> bool:
    """Short, and somebody thanks or takes leave; or too short for anything else."""
    seconds, words = _size(piece, said)
    if seconds > _OUTRO[0] or words > _OUTRO[1]:
        return False
    taken = any(shows(one.text, "leaving", tongue) for one in said[piece.first : piece.last + 1])
    return taken or _too_short(piece, said)


def _timed(pieces: Sequence[_Piece], transcript: Transcript, facts: EpisodeFacts) -> tuple[Span, ...]:
    said = transcript.utterances
    return tuple(
        Span(
            first=piece.first,
            last=piece.last,
            start=said[piece.first].start,
            end=_end(piece.last, said, facts),
            kind=piece.kind,
            origin="transcript",
            clip=piece.clip,
        )
        for piece in pieces
    )


def _end(last: int, said: Sequence[Utterance], facts: EpisodeFacts) -> float:
    """Where the next part starts; the last one does not outlast the episode."""
    until = _until(last, said)
    if last + 1 < len(said) or facts.duration is None:
        return until
    return max(said[last].start, min(until, facts.duration))


def _published(transcript: Transcript, facts: EpisodeFacts, clip: Clip | None) -> tuple[Span, ...]:
    """The publisher's chapters on the utterances; none where there are fewer than two that hold words.

    A chapter begins with the utterance that starts nearest to its time. Of several at one utterance the longest is
    kept, whose title tells most of what is said there. Talk before the first chapter is an introduction, if it is long
    enough to be anything.
    """
    said = transcript.utterances
    theirs = _usable(facts.chapters, transcript)
    lengths = [*(later.start - one.start for one, later in pairwise(theirs)), math.inf]
    begun: dict[int, tuple[float, PublishedChapter]] = {}
    for one, length in zip(theirs, lengths, strict=False):
        place = _nearest(said, one.start)
        if place not in begun or length > begun[place][0]:
            begun[place] = (length, one)
    if len(begun) < 2:
        return ()
    places = sorted(begun)
    ends = [*(place - 1 for place in places[1:]), len(said) - 1]
    before = _Piece(0, places[0] - 1)
    lead = places[0] > 0 and not _too_short(before, said)
    found = [
        Span(
            first=place if lead or index else 0,
            last=last,
            start=said[place if lead or index else 0].start,
            end=_end(last, said, facts),
            kind=_kind_of(begun[place][1].title, _Piece(place, last), said, clip),
            origin="publisher",
            title=begun[place][1].title.strip() or None,
        )
        for index, (place, last) in enumerate(zip(places, ends, strict=True))
    ]
    if lead:
        found = [*_timed([replace(before, kind="intro")], transcript, facts), *found]
    return tuple(replace(span, clip=clip) if span.kind == "clip" else span for span in found)


def _usable(chapters: Sequence[PublishedChapter], transcript: Transcript) -> list[PublishedChapter]:
    """Those that start while somebody speaks or before, in order of their times."""
    usable = [one for one in chapters if math.isfinite(one.start) and 0 <= one.start < transcript.seconds]
    return sorted(usable, key=lambda one: one.start)


def _nearest(said: Sequence[Utterance], at: float) -> int:
    """The utterance that starts nearest to a moment; of several with one start the first, in a tie the later one."""
    after = bisect_left(said, at, key=lambda one: one.start)
    if after == 0:
        return 0
    if after < len(said) and said[after].start - at <= at - said[after - 1].start:
        return after
    return bisect_left(said, said[after - 1].start, key=lambda one: one.start)


def _kind_of(title: str, piece: _Piece, said: Sequence[Utterance], clip: Clip | None) -> ChapterKind:
    """What the title says it is, or its utterances; a chapter of the publisher's is a topic unless that is plain."""
    plain = " ".join(title.lower().split()).strip(" .:!-–—")
    marked = sum(one.ad for one in said[piece.first : piece.last + 1])
    if is_place(title) or marked * 2 > piece.last - piece.first + 1:
        return "ad"
    if clip is not None and piece.first == clip.first and piece.last == clip.last:
        return "clip"
    if plain in _INTRO_TITLE and piece.first == 0:
        return "intro"
    return "outro" if plain in _OUTRO_TITLE and piece.last == len(said) - 1 else "topic"
