"""The shape of a thought: what the picture of an episode shows, and what a screen reader says in its place.

Chapters are rows on a time line, split by who speaks; under them a lane for each of the most named people and things.
Advertisements have no row: they are no part of the thought, and their words are nobody's share of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.durations import duration
from bot.domain.episode import Chapter, Entity, Episode
from bot.domain.phrasing import Say
from bot.domain.shape import Shape, ShapeLane, ShapeRow, ShapeSpeaker
from bot.domain.text.visible import visible

MOST_ROWS = 14
MOST_SPEAKERS = 6
"""Tones that people tell apart; from one more on, those who speak least are `others` together."""
MOST_LANES = 4
LONGEST_ALT = 250
_MOST_CHARACTERS = 850
"""Of all titles together: 14 rows of 60, which is what they aim at. More would make too large a file."""
_SHARED = 14
"""Characters that say how many chapters share a row."""
_LEAST_MENTIONS = 2
"""Of something that has a lane: one mention has no shape."""
_LONGEST_TITLE_TOLD = 75
"""In place of the picture; a longer one is left to the text beside it."""
_LONGEST_TITLE, _LONGEST_HEADING, _LONGEST_NAME, _LONGEST_SHOW = 120, 120, 40, 60
_EDGE, _WIDEST_GAP = 0.2, 0.4
"""Parts of the duration: something is named throughout if that is so in the first and the last fifth, and never
pauses for longer than two fifths."""
_LONGEST_PART = 0.5
"""Of the duration: what is named in more of it is not said to be named in a part only."""
_PART_ENDS = re.compile(r"[,;:.!?](?= )| [–—|(-]")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def has_shape(episode: Episode) -> bool:
    """Whether there is something to draw: chapters with a length, found in what was really said."""
    return episode.card.transcript is not None and bool(_drawn(episode))


def shape_of(episode: Episode, say: Say) -> Shape:
    """What the picture shows, in the words of an interface language.

    Raises:
        ValueError: the episode has no shape; see `has_shape`.
    """
    chapters = _drawn(episode)
    if episode.card.transcript is None or not chapters:
        raise ValueError("an episode without a transcript, or without chapters, has no shape")
    length = max(episode.duration or 0.0, *(chapter.end for chapter in episode.chapters))
    voices = _voices(episode, chapters, say)
    lanes = _lanes(episode, length)
    return Shape(
        title=_shortened(episode.title, _LONGEST_HEADING),
        subtitle=_subtitle(episode, length, say),
        duration=length,
        speakers=voices.speakers,
        rows=_rows(chapters, voices, say),
        lanes=tuple(ShapeLane(name, say("shape-mentions", count=len(times)), times) for name, times in lanes),
        lanes_label=say("shape-lanes"),
        alt=_alt(episode, chapters, length, voices.speakers, lanes, say),
    )


def _drawn(episode: Episode) -> list[Chapter]:
    return [chapter for chapter in episode.chapters if chapter.kind != "ad" and chapter.end > chapter.start]


def _subtitle(episode: Episode, length: float, say: Say) -> str:
    parts = [
        _shortened(episode.show or "", _LONGEST_SHOW),
        duration(length),
        say("shape-chapters", count=len(episode.chapters)),
        say("shape-estimated") if episode.card.times == "estimated" else "",
    ]
    return " · ".join(part for part in parts if part)


# ---------------------------------------------------------------- who speaks


@dataclass(frozen=True, slots=True)
class _Voices:
    """The legend, and whose words count under which of its names."""

    speakers: tuple[ShapeSpeaker, ...] = ()
    members: tuple[frozenset[str], ...] = ()
    """Names as shares have them, of each in the legend."""

    def words(self, chapters: Iterable[Chapter]) -> tuple[int, ...]:
        """That each in the legend speaks in these chapters."""
        shares = [share for chapter in chapters for share in chapter.shares]
        return tuple(sum(share.words for share in shares if share.speaker in names) for names in self.members)


def _voices(episode: Episode, chapters: Sequence[Chapter], say: Say) -> _Voices:
    """Guests first, then hosts; on each side who speaks most first, those who are taken together last."""
    counted: Counter[str] = Counter()
    for chapter in chapters:
        counted.update({share.speaker: max(0, share.words) for share in chapter.shares})
    total = counted.total()
    # Less than one in a hundred cannot be seen, and is mostly a slip of who wrote the transcript.
    ranked = sorted((name for name in counted if counted[name] * 100 >= total > 0), key=lambda n: (-counted[n], n))
    if len(ranked) < 2:
        return _Voices()
    alone = ranked if len(ranked) <= MOST_SPEAKERS else ranked[: MOST_SPEAKERS - 1]
    rest = ranked[len(alone) :]
    hosts = {person.name for person in episode.people if person.role == "host"}
    short = _short_names(alone)
    found = [(name in hosts, False, short[name], frozenset({name})) for name in alone]
    if rest:
        found.append((all(name in hosts for name in rest), True, say("shape-others"), frozenset(rest)))
    found.sort(key=lambda one: one[:2])
    shares = _percents([sum(counted[name] for name in names) for *_, names in found])
    speakers = tuple(
        ShapeSpeaker(name, "host" if hosting else "guest", share)
        for (hosting, _, name, _), share in zip(found, shares, strict=True)
    )
    return _Voices(speakers, tuple(names for *_, names in found))


def _percents(counts: Sequence[int]) -> list[int]:
    """Whole percents that add up to 100: what is lost by cutting goes to those who lost most."""
    total = sum(counts)
    whole = [count * 100 // total for count in counts]
    losers = sorted(range(len(counts)), key=lambda n: (-(counts[n] * 100 % total), n))
    for loser in losers[: 100 - sum(whole)]:
        whole[loser] += 1
    return whole


def _short_names(names: Sequence[str]) -> dict[str, str]:
    """Last names where they tell people apart, else whole names."""
    last = {name: _last_name(name) for name in names}
    times = Counter(short.casefold() for short in last.values())
    return {
        name: _shortened(short if times[short.casefold()] == 1 else name, _LONGEST_NAME) for name, short in last.items()
    }


def _last_name(name: str) -> str:
    """With what belongs before it: `van Wirdum`. A name such as `Host A` has none."""
    words = name.split()
    while len(words) > 2 and words[-1].strip(".,").casefold() in _SUFFIXES:
        words.pop()
    if len(words) < 2 or len(words[-1]) < 2 or not words[-1][0].isupper() or any(map(str.isdigit, words[-1])):
        return name
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():
        first -= 1
    return " ".join(words[first:]).rstrip(",")


# ---------------------------------------------------------------- rows


def _grouped(chapters: Sequence[Chapter]) -> list[list[Chapter]]:
    """Chapters that share a row: the two shortest neighbours, again and again, until there is room for all."""
    groups = [[chapter] for chapter in chapters]
    while len(groups) > MOST_ROWS:
        lengths = [after[-1].end - before[0].start for before, after in pairwise(groups)]
        shortest = lengths.index(min(lengths))
        groups[shortest : shortest + 2] = [groups[shortest] + groups[shortest + 1]]
    return groups


def _rows(chapters: Sequence[Chapter], voices: _Voices, say: Say) -> tuple[ShapeRow, ...]:
    """Titles of a publisher may be of any length; all together they have to fit into one picture."""
    groups = _grouped(chapters)
    lengths = [len(_longest(group).title) + (_SHARED if len(group) > 1 else 0) for group in groups]
    most = _LONGEST_TITLE
    while sum(min(length, most) for length in lengths) > _MOST_CHARACTERS:
        most -= 1
    return tuple(_row(group, voices, most - (_SHARED if len(group) > 1 else 0), say) for group in groups)


def _row(group: Sequence[Chapter], voices: _Voices, most: int, say: Say) -> ShapeRow:
    """One chapter; of several, the longest gives the title, and how many more there are is said."""
    first, last = group[0], group[-1]
    longest = _longest(group)
    title, numbers = _shortened(longest.title, most), str(first.number)
    if len(group) > 1:
        title, numbers = say("shape-shared", title=title, count=len(group) - 1), f"{first.number}–{last.number}"
    return ShapeRow(f"{numbers}  {title}".rstrip(), first.start, last.end, voices.words(group))


def _longest(chapters: Iterable[Chapter]) -> Chapter:
    return max(chapters, key=lambda chapter: (chapter.end - chapter.start, -chapter.number))


# ---------------------------------------------------------------- what is named


def _lanes(episode: Episode, length: float) -> list[tuple[str, tuple[float, ...]]]:
    """The most named people and things with the times of their mentions; not those who speak themselves."""
    talking = {person.name for person in episode.people if person.role != "named"}
    talking |= {share.speaker for chapter in episode.chapters for share in chapter.shares}
    named = [(entity.name, _times(entity, length)) for entity in episode.entities if entity.name not in talking]
    seen = [(_shortened(name, _LONGEST_NAME), times) for name, times in named if len(times) >= _LEAST_MENTIONS]
    return sorted((lane for lane in seen if lane[0]), key=lambda lane: (-len(lane[1]), lane[1][0], lane[0]))[
        :MOST_LANES
    ]


def _times(entity: Entity, length: float) -> tuple[float, ...]:
    """All of them; its first few mentions alone would say where it is named, and be wrong."""
    return tuple(sorted(time for time in entity.times if 0 <= time <= length))


def _throughout(times: Sequence[float], length: float) -> bool:
    edge = length * _EDGE
    widest = max(after - before for before, after in pairwise(times))
    return times[0] <= edge and times[-1] >= length - edge and widest <= length * _WIDEST_GAP


def _in_part(times: Sequence[float], length: float) -> bool:
    return len(times) > _LEAST_MENTIONS and 1 <= times[-1] - times[0] <= length * _LONGEST_PART


# ---------------------------------------------------------------- what a screen reader says


def _alt(
    episode: Episode,
    chapters: Sequence[Chapter],
    length: float,
    speakers: Sequence[ShapeSpeaker],
    lanes: Sequence[tuple[str, tuple[float, ...]]],
    say: Say,
) -> str:
    """The finding in at most 250 characters: what is left out where it gets too long is told by the text beside it."""
    always = next((name for name, times in lanes if _throughout(times, length)), None)
    partly = next(((name, times) for name, times in lanes if _in_part(times, length)), None)
    named = list(_named(always, partly, say))
    shares = list(_spoken(speakers, say))
    leads = list(_leads(episode, chapters, length, say))
    for lead, share, name in _fewer(leads, shares, named):
        alt = " ".join(part for part in (lead, share, name) if part)
        if len(alt) <= LONGEST_ALT:
            return alt
    return leads[-1][:LONGEST_ALT]


def _fewer(leads: Sequence[str], shares: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What may be said, the fullest first: less of the shares, then of what is named, then without the long title."""
    for lead in leads:
        for name in names:
            for share in shares:
                yield lead, share, name


def _leads(episode: Episode, chapters: Sequence[Chapter], length: float, say: Say) -> Iterator[str]:
    whole = duration(length)
    longest = _longest(chapters)
    title = _shortened(longest.title, _LONGEST_TITLE).rstrip(".")
    if len(chapters) == 1:
        if 0 < len(title) <= _LONGEST_TITLE_TOLD:
            yield say("shape-alt-one", title=title, duration=whole)
        yield say("shape-alt-one-untitled", duration=whole)
        return
    facts: dict[str, str | int] = {
        "count": len(episode.chapters),
        "duration": whole,
        "number": longest.number,
        "length": duration(longest.end - longest.start),
    }
    if 0 < len(title) <= _LONGEST_TITLE_TOLD:
        yield say("shape-alt", title=title, **facts)
    yield say("shape-alt-untitled", **facts)


def _spoken(speakers: Sequence[ShapeSpeaker], say: Say) -> Iterator[str]:
    """Who speaks how much, most first; of fewer and fewer people, at last nothing."""
    together = say("shape-others")
    ranked = sorted(speakers, key=lambda one: (one.name == together, -one.share))
    for many in range(len(ranked), 1, -1):
        first, *others = ranked[:many]
        rest = ", ".join(f"{one.name} {one.share}%" for one in others)
        yield say("shape-alt-shares", name=first.name, share=first.share, others=rest)
    yield ""


def _named(always: str | None, partly: tuple[str, Sequence[float]] | None, say: Say) -> Iterator[str]:
    """What is named all the time and what only in a part; less and less of it."""
    if partly is not None:
        facts = {"start": duration(partly[1][0]), "end": duration(partly[1][-1])}
        if always is not None:
            yield say("shape-alt-both", name=always, other=partly[0], **facts)
        yield say("shape-alt-part", name=partly[0], **facts)
    if always is not None:
        yield say("shape-alt-throughout", name=always)
    yield ""


def _shortened(text: str, most: int) -> str:
    """One visible line; what is longer ends where a part of it ends, else with a whole word."""
    line = " ".join(visible(text).split())
    if len(line) <= most:
        return line
    parts = [match.start() for match in _PART_ENDS.finditer(line, most // 2, most + 1)]
    words = line.rfind(" ", most // 2, most + 1)
    return line[: parts[-1] if parts else words if words > 0 else most].rstrip()
