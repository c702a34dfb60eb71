"""Transcripts people read: paragraphs under the names of those who speak, with times here and there, or bare words.

Lines are first looked at one by one (`heads`), then decided on together: a name counts when it comes back, when a time
stands with it, or when most paragraphs begin with one, so that "The point: it works" is nobody's turn.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from adapters.episodes.formats import marked
from adapters.episodes.formats.heads import Head, head
from adapters.episodes.formats.moments import MOMENT, moment
from adapters.episodes.formats.opening import MOST_PIECES, limited
from adapters.episodes.formats.result import Format, Read
from adapters.episodes.formats.tags import plain
from bot.domain.episodes.facts import PublishedChapter
from bot.domain.episodes.sponsors import is_place
from bot.domain.text.stopwords import word_set
from bot.domain.transcript import MOST_CHARACTERS, Cue

_OFTEN = 3
"""Bare moments before lines that make a habit."""
_TWICE = 2
_INNER = re.compile(rf"\\?\[[ \t]*({MOMENT})[ \t]*\\?\]")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]*_]{0,4}$|[。！？]$")
_NOBODY = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday note update summary example
    tip warning понедельник вторник среда четверг пятница суббота воскресенье примечание итог пример
    montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo
    """
)
"""Bold words before a colon that are the heading of a point, not of a turn."""
_LONGEST_HEAD = 400
"""Characters of a line that are looked at for its head."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    head: Head | None
    first: bool
    """It begins a paragraph."""
    heading: str | None = None


@dataclass(slots=True)
class _Turns:
    """What has been read so far, and who is speaking."""

    markdown: bool
    cues: list[Cue] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    place: bool = False
    """An advertisement is or was here, and no words of it have come yet."""
    bare_break: bool = False
    """The last head said `Break`: what is written in the next paragraph is talk again."""
    said: list[str] = field(default_factory=list)


def read_plain(text: str) -> Read:
    """Plain text; a paragraph is a piece, its head says who speaks and when."""
    return _read(text, "text", None)


def read_markdown(text: str) -> Read:
    """Markdown: the same, with names in bold; headings are chapters, not words."""
    text, title = marked.without_front(text)
    return _read(text, "markdown", title)


def from_paragraphs(paragraphs: Sequence[str], title: str | None) -> Read:
    """Paragraphs of a page, which have lost their markup already."""
    return _read("\n\n".join(paragraphs), "html", title)


def _read(text: str, form: Format, title: str | None) -> Read:
    if len(text) > _TWICE * MOST_CHARACTERS:
        raise ValueError(f"The transcript has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read.")
    limited(text, "\n", MOST_PIECES, "lines")
    lines = list(_lines(text, markdown=form == "markdown"))
    turns = _Turns(markdown=form == "markdown")
    for line, wanted in zip(lines, _decided(lines), strict=True):
        _take(turns, line, wanted)
    _close(turns)
    return Read(tuple(turns.cues), form, title=title, chapters=_chapters(turns))


def _lines(text: str, *, markdown: bool) -> Iterator[_Line]:
    first = True
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            first = True
            continue
        found = head(line[:_LONGEST_HEAD]) or (_headed_heading(line) if markdown else None)
        if markdown and found is None:
            titled = marked.heading(line)
            line = "" if titled else marked.unprefixed(line)
            found = head(line[:_LONGEST_HEAD]) if line != raw.strip() else None
            if titled:
                yield _Line("", None, True, titled)
        if line:
            if found is not None and len(line) > _LONGEST_HEAD:
                found = _whole(found, line)
            yield _Line(line, found, first)
        first = False


def _headed_heading(line: str) -> Head | None:
    """The head of a turn that is written as a heading: `# **Break:** [22:39]`."""
    inner = line.lstrip("#").strip()
    found = head(inner) if line.startswith("#") and len(inner) <= _LONGEST_HEAD else None
    return found if found is not None and found.bold else None


def _whole(found: Head, line: str) -> Head:
    """The head with all that is said on a long line."""
    rest = found.rest + line[_LONGEST_HEAD:]
    return Head(found.name, found.start, found.end, rest, found.bold, found.colon, found.bare)


def _decided(lines: Sequence[_Line]) -> list[bool]:
    """For each line whether its head is one."""
    names = Counter(line.head.name.casefold() for line in lines if line.head is not None and line.head.name)
    bold = sum(line.head is not None and line.head.bold and line.head.colon for line in lines)
    bare = sum(line.head is not None and line.head.bare for line in lines)
    paragraphs = sum(line.first for line in lines) or 1
    recurring = sum(
        line.head is not None and line.head.name is not None and names[line.head.name.casefold()] >= _TWICE
        for line in lines
    )
    strict = bold >= _TWICE
    headed = recurring * _TWICE >= paragraphs and recurring >= _TWICE
    return [
        line.head is not None and _is_head(line.head, names, strict=strict, headed=headed, timed=bare >= _OFTEN)
        for line in lines
    ]


def _is_head(found: Head, names: Counter[str], *, strict: bool, headed: bool, timed: bool) -> bool:
    if found.name is None:
        return not found.bare or timed
    if is_place(found.name) or found.start is not None:
        return True
    if found.name.casefold() in _NOBODY:
        return False
    often = names[found.name.casefold()] >= _TWICE
    if found.bold:
        return found.colon or (often and not strict and not found.rest)
    return not strict and (often or headed)


def _take(turns: _Turns, line: _Line, wanted: bool) -> None:
    """One more line."""
    found = line.head if wanted else None
    if line.first or found is not None:
        _flush(turns)
    if line.heading is not None:
        turns.headings.append((len(turns.cues), line.heading))
        return
    if found is None:
        if line.first and turns.bare_break:
            _close(turns)
        turns.said.append(line.text)
        return
    if found.name is not None:
        _close(turns)
        turns.place = is_place(found.name)
        turns.bare_break = found.name.casefold() == "break"
        turns.speaker = None if turns.place else found.name
    if found.start is not None:
        turns.start, turns.end = found.start, found.end
    if found.rest:
        turns.said.append(found.rest)


def _flush(turns: _Turns) -> None:
    """What has been gathered becomes a piece, or several where moments stand between its sentences."""
    text = "\n".join(turns.said).strip()
    turns.said.clear()
    if not text:
        return
    ad = turns.place
    for piece, start in _apart(text, turns.start):
        words = marked.spoken(piece) if turns.markdown else plain(piece)
        if words.strip():
            turns.cues.append(Cue(words.strip(), start, turns.end, turns.speaker, ad=ad))
        turns.end = None
    turns.start, turns.end, turns.place = None, None, False


def _close(turns: _Turns) -> None:
    """The turn is over; a place of an advertisement without words is a piece of its own."""
    _flush(turns)
    if turns.place:
        turns.cues.append(Cue("", turns.start, turns.end, None, ad=True))
        turns.start, turns.end, turns.place = None, None, False


def _apart(text: str, start: float | None) -> Iterator[tuple[str, float | None]]:
    """The text cut before moments that follow a sentence; a moment within one is left out."""
    kept: list[str] = []
    at = 0
    for found in _INNER.finditer(text):
        when = moment(found[1])
        if when is None:
            continue
        kept.append(text[at : found.start()])
        at = found.end()
        before = "".join(kept).rstrip()
        if not before or _ENDED.search(before[-8:]):
            if before:
                yield before, start
            start, kept = when, []
    yield "".join([*kept, text[at:]]), start


def _chapters(turns: _Turns) -> tuple[PublishedChapter, ...]:
    """Headings that are followed by a piece with a time."""
    return tuple(
        PublishedChapter(start, title)
        for index, title in turns.headings
        if index < len(turns.cues) and (start := turns.cues[index].start) is not None
    )
