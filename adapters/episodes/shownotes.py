"""What a publisher writes about an episode: chapters by their times, and what it links to.

Show notes have no format, only habits: a line with a time before or after a title, or a time by itself with what it is
about below. A list of chapters is told from times that merely stand in the text by its shape: at least three lines of
one habit, the times rising, beginning near the start. Files of chapters follow the JSON of the podcast namespace,
version 1.2.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from urllib.parse import urlsplit

from adapters.wire.addresses import is_disguised, literal, refused_class
from adapters.wire.markup import absolute, line
from bot.domain.episode import EpisodeLink
from bot.domain.episodes.facts import PublishedChapter
from bot.domain.identity import canonical_link
from bot.domain.transcript import LONGEST_SECONDS
from bot.errors import SourceMalformed

FEWEST = 3
"""Times that make a list of chapters."""
MOST = 200
"""Chapters of one episode."""
LATEST_START = 9 * 60
"""Seconds by which the first chapter has begun."""
MOST_LINKS = 60
MOST_NOTES = 200_000
"""Characters of notes that are looked at."""
LONGEST_TITLE = 200
_LONGEST_LINE = 4_000
_LONGEST_TAIL = 30
_RISING = 0.8
"""Share of the times of a list that are in order."""
_MOST_FRAMES = 30
"""Of a second of video, in software for editing."""
_NEAR_THE_HOUR = 40 * 60
_SOON_AFTER = 15 * 60

_TIME = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?!\d|:\d|[.,]\d|\s*[ap]\.?m\b)"
_TO = r"\s*(?:-{1,2}>?|–|—|→|to|bis|до)\s*"
_BULLET = r"(?:\d{1,2}[.)]\s+)?[^\w\[({<]{0,8}"
_LEADING = re.compile(
    rf"{_BULLET}[\[({{<]?\s*{_TIME}(?:{_TO}{_TIME})?\s*[\])}}>]?\s*(?:[-–—:|•·~>→=▶]+\s*|\.\s+)?(.*)", re.IGNORECASE
)
_TRAILING = re.compile(
    rf"(?:\s[-–—|@~→]{{1,2}}\s*|:\s+|\.{{2,}}\s*|…\s*)[\[(]?{_TIME}[\])]?\s*$|\s[\[(]\s*{_TIME}\s*[\])]\s*$",
    re.IGNORECASE,
)
_LINKED = re.compile(r"!?\[([^\[\]]{0,300})\]\(((?:[^\s()]|\([^\s()]{0,200}\)){1,2000})(?:\s{1,5}\"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+|^\s*>\s+")
_BULLETED = re.compile(r"^\s*(?:[*•·▪◦‣+–—-]\s+|\d{1,2}[.)]\s+)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”«»]+")
_EDGES = " \t-–—:|•·~>→=,;"


@dataclass(frozen=True, slots=True)
class _Timed:
    """A line with a time, its number and what it says beside it."""

    number: int
    start: float
    title: str
    end: float | None = None
    parts: int = 2
    """Of its time: two or three."""


def chapters_in(notes: str, duration: float | None = None) -> tuple[PublishedChapter, ...]:
    """The chapters that show notes list, in plain text or Markdown; none where there is no such list.

    `duration` (seconds) is the episode's: what begins behind it is no chapter. A time in a sentence is none either.
    """
    lines = _plain_lines(notes)
    leading = _in_order(_leading(lines), duration)
    trailing = _in_order(_trailing(lines), duration)
    best = max(leading, trailing, key=len)
    return tuple(PublishedChapter(each.start, each.title, each.end) for each in best[:MOST])


def chapters_of(document: bytes) -> tuple[PublishedChapter, ...]:
    """The chapters of a `podcast:chapters` file; those that are not for the table of contents are left out.

    Raises:
        SourceMalformed: it is no such file.
    """
    try:
        read = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise SourceMalformed("the file of chapters cannot be read as JSON") from error
    listed = read.get("chapters") if isinstance(read, dict) else None
    if not isinstance(listed, list):
        raise SourceMalformed("the file of chapters lists none")
    told = [chapter for one in listed[: MOST * 2] if isinstance(one, dict) and (chapter := _listed(one))]
    told.sort(key=lambda chapter: chapter.start)
    starts = {chapter.start: chapter for chapter in told}
    return tuple(list(starts.values())[:MOST])


def links_in(notes: str, addresses: Iterable[str] = ()) -> tuple[EpisodeLink, ...]:
    """What show notes link to, each address once, named by the words that carry it, with its chapter's time.

    `addresses` are those whose place in the text is not known: they are named by their host and path.
    """
    lines = notes[:MOST_NOTES].splitlines()
    times = {each.number: each.start for each in _in_order(_leading(_plain_lines(notes)), None)}
    links: dict[str, EpisodeLink] = {}
    at: float | None = None
    for number, written in enumerate(lines):
        at = times.get(number, at)
        for title, url in _linked(written):
            if (address := absolute("", url)) and not url.startswith("#"):
                links.setdefault(address, EpisodeLink(_cut(title) or _named(address), address, at))
    for address in addresses:
        if shown := absolute("", address):
            links.setdefault(shown, EpisodeLink(_named(shown), shown))
    return tuple(link for link in links.values() if is_for_people(link.url))[:MOST_LINKS]


def is_for_people(address: str) -> bool:
    """Whether a link of a publisher may be shown: none into a reader's own network, none whose host is in disguise."""
    link = canonical_link(address)
    host = (urlsplit(link).hostname or "") if link else ""
    number = literal(host)
    if number is not None:
        return refused_class(number) is None
    return bool(host) and "." in host and not is_disguised(host) and not host.endswith((".localhost", ".internal"))


def _plain_lines(notes: str) -> list[str]:
    """The lines without Markdown, under their numbers; an endless one says nothing."""
    return [_plain(written) if len(written) <= _LONGEST_LINE else "" for written in notes[:MOST_NOTES].splitlines()]


def _plain(written: str) -> str:
    text = _LINKED.sub(r"\1", _HEADING.sub("", written)).replace("：", ":")
    return " ".join(_EMPHASIS.sub("", text).split())


def _leading(lines: Sequence[str]) -> Iterator[_Timed]:
    for number, text in enumerate(lines):
        found = _LEADING.fullmatch(text)
        if not found:
            continue
        start, end = _seconds(*found.groups()[:3]), _seconds(*found.groups()[3:6])
        title = _title(found[7]) or _below(lines, number)
        if title and start is not None:
            yield _Timed(number, start, title, end if end is not None and end > start else None, 2 + bool(found[1]))


def _below(lines: Sequence[str], number: int) -> str:
    """What stands under a time by itself, up to the next time."""
    text = next((each for each in lines[number + 1 : number + 4] if each), "")
    return "" if _LEADING.fullmatch(text) else _title(_BULLETED.sub("", text))


def _trailing(lines: Sequence[str]) -> Iterator[_Timed]:
    for number, text in enumerate(lines):
        tail = text[-_LONGEST_TAIL:] if len(text) <= LONGEST_TITLE else ""
        found = _TRAILING.search(tail)
        if not found:
            continue
        title = _title(_BULLETED.sub("", text[: len(text) - len(tail) + found.start()]))
        one, other = found.groups()[:3], found.groups()[3:]
        start = _seconds(*(one if one[1] else other))
        if title and start is not None:
            yield _Timed(number, start, title, None, 2 + bool(one[0] or other[0]))


def _in_order(found: Iterable[_Timed], duration: float | None) -> list[_Timed]:
    """The list of chapters among them: strictly rising, begun soon, inside the episode; empty where there is none.

    One time in five may be out of order, people mistype; where more are, the longest run that rises is the list.
    """
    timed = _carried(_without_frames(list(islice(found, MOST * 5)), duration))
    inside = [each for each in timed if duration is None or each.start < duration]
    rising = _rising(inside)
    if len(rising) < len(inside) * _RISING:
        rising = max(_runs(inside), key=len, default=[])
    return rising if len(rising) >= FEWEST and rising[0].start <= LATEST_START else []


def _without_frames(timed: list[_Timed], duration: float | None) -> list[_Timed]:
    """Editing software writes minutes, seconds and frames; read as hours, they leave every episode behind."""
    if not timed or any(each.parts == 2 for each in timed):
        return timed
    last = max(each.start for each in timed)
    if last <= (duration or LONGEST_SECONDS) or any(each.start % 60 > _MOST_FRAMES for each in timed):
        return timed
    return [replace(each, start=float(each.start // 60), end=None) for each in timed]


def _carried(timed: list[_Timed]) -> list[_Timed]:
    """After an hour some go on counting minutes from zero: the few that follow get their hour back."""
    for at, (one, after) in enumerate(pairwise(timed), start=1):
        if after.start < one.start:
            rest = [replace(each, start=each.start + 3600, end=None) for each in timed[at:]]
            soon = one.start >= _NEAR_THE_HOUR and after.start <= _SOON_AFTER
            lost = all(each.parts == 2 for each in timed[at:]) and len(rest) * 2 < at
            return timed[:at] + rest if soon and lost and _rises([one, *rest]) else timed
    return timed


def _rising(timed: Sequence[_Timed]) -> list[_Timed]:
    """As many as rise strictly, in their order; of equal ones the later. Patience sorting (Schensted 1961)."""
    ends: list[float] = []
    tops: list[int] = []
    before: list[int] = []
    for at, each in enumerate(timed):
        pile = bisect_left(ends, each.start)
        before.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [each.start]
        tops[pile : pile + 1] = [at]
    chosen: list[_Timed] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chosen.append(timed[at])
        at = before[at]
    return chosen[::-1]


def _runs(timed: Sequence[_Timed]) -> list[list[_Timed]]:
    runs: list[list[_Timed]] = [[]]
    for each in timed:
        if runs[-1] and each.start <= runs[-1][-1].start:
            runs.append([])
        runs[-1].append(each)
    return runs


def _rises(timed: Sequence[_Timed]) -> bool:
    return all(one.start < after.start for one, after in pairwise(timed))


def _seconds(hours: str | None, minutes: str | None, rest: str | None) -> float | None:
    if minutes is None or rest is None:
        return None
    if hours is not None and int(minutes) > 59:
        return None
    return float(int(hours or 0) * 3600 + int(minutes) * 60 + int(rest))


def _title(text: str) -> str:
    title = _cut(text.strip(_EDGES))
    return title if any(sign.isalnum() for sign in title) else ""


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rsplit(" ", 1)[0]


def _listed(chapter: dict[str, object]) -> PublishedChapter | None:
    start, end, title = (chapter.get(key) for key in ("startTime", "endTime", "title"))
    if chapter.get("toc") is False or not isinstance(title, str) or not (said := _cut(line(title[:2_000]))):
        return None
    begins = _moment(start)
    return None if begins is None else PublishedChapter(begins, said, _moment(end))


def _moment(value: object) -> float | None:
    """A number of seconds; some write it as a string."""
    try:
        moment = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        return None
    return moment if 0 <= moment < 1e6 else None


def _linked(written: str) -> Iterator[tuple[str, str]]:
    """Titles and addresses of a line: Markdown's links, then those that stand as they are behind their title."""
    for found in _LINKED.finditer(written):
        yield _plain(found[1]), found[2]
    bare = _LINKED.sub(" ", written)
    at = 0
    for found in _ADDRESS.finditer(bare):
        before = _BULLETED.sub("", _plain(bare[at : found.start()])).strip(_EDGES + "([<")
        timed = _LEADING.fullmatch(before)
        yield _title(timed[7] if timed else before), found[0].rstrip(".,;:!?)]}>*_")
        at = found.end()


def _named(address: str) -> str:
    parts = urlsplit(address)
    return _cut(f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}")
