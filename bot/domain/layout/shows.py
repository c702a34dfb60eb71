"""Pages about shows: which are read, and the episodes of one, newest first. Names and titles come from outside."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.domain.document import Block, Document, Heading, Paragraph, Points, Run, Runs, Small
from bot.domain.durations import duration
from bot.domain.layout.cutting import cut
from bot.domain.layout.runs import Speaks
from bot.domain.layout.timetables import language_named
from bot.domain.show import Listed, Show

MOST: Final = 20
"""Shows or episodes on a page: a menu of them must hold all."""
_NAME, _TITLE = 60, 110


def shows(found: Sequence[Show], phrases: Speaks) -> Document:
    """The shows that are read, the one with the newest episode first."""
    heading = Heading((Run(phrases.say("shows-title")),), 2)
    if not found:
        return (heading, Paragraph((Run(phrases.say("shows-none")),)))
    listed = Points(tuple(_show(show, phrases) for show in found[:MOST]))
    return (heading, listed, *_rest(len(found), "shows-more", phrases))


def episodes(show: Show, found: Sequence[Listed], phrases: Speaks) -> Document:
    """What is known of the episodes of a show, newest first."""
    blocks: list[Block] = [Heading((Run(cut(show.name, _NAME)),), 2), Small(_facts(show, phrases))]
    if not found:
        return (*blocks, Paragraph((Run(phrases.say("episodes-none")),)))
    listed = Points(tuple(_episode(one, phrases) for one in found[:MOST]))
    return (*blocks, listed, *_rest(len(found), "episodes-more", phrases))


def length_of(one: Listed, phrases: Speaks) -> str:
    """The facts of an episode as one line of a menu: when, how long."""
    when = _day(one.published, phrases).text if one.published else ""
    return " · ".join(filter(None, (when, duration(one.duration) if one.duration else "")))


def _show(show: Show, phrases: Speaks) -> Runs:
    return (Run(cut(show.name, _NAME), "bold"), Run(" · "), *_facts(show, phrases))


def _facts(show: Show, phrases: Speaks) -> Runs:
    said = [
        *([language_named(show.language, phrases)] if show.language else []),
        phrases.say("show-episodes", n=show.episodes),
        phrases.say("show-transcripts", n=show.transcripts),
    ]
    runs = Run(" · ".join(said))
    return (runs,) if show.latest is None else (runs, Run(" · "), _day(show.latest, phrases))


def _episode(one: Listed, phrases: Speaks) -> Runs:
    runs: list[Run] = [Run(cut(one.title, _TITLE), "bold", url=one.url)]
    if one.published is not None:
        runs += [Run(" · "), _day(one.published, phrases)]
    said = [duration(one.duration)] if one.duration is not None else []
    said.append(phrases.say("episode-transcript" if one.transcript else "episode-no-transcript"))
    said += [phrases.say("episode-overview")] if one.overview else []
    return (*runs, Run(f" · {' · '.join(said)}"))


def _rest(count: int, key: str, phrases: Speaks) -> Document:
    return (Small((Run(phrases.say(key, n=count - MOST)),)),) if count > MOST else ()


def _day(at: datetime, phrases: Speaks) -> Run:
    utc = at.astimezone(UTC)
    return Run(phrases.say("day", day=utc.day, month=utc.month, year=str(utc.year)), at=at, grain="day")
