"""What an answer from the web is: a feed, a page, a transcript, a sound file, or nothing to us.

The content decides, not the name and not what the server calls it. Runs in a worker process: bytes in, plain values
out.
"""

import re
from dataclasses import dataclass

from adapters.episodes.entries import FeedSaid, Wanted, read_entries
from adapters.episodes.formats import Read, read_cues
from adapters.episodes.pages import PageSaid, read_page
from adapters.wire.feeds.decoding import decoded
from adapters.wire.feeds.reading import read
from bot.errors import SourceMalformed

_SOUND = re.compile(rb"ID3|\xff[\xe2-\xff]|OggS|fLaC|RIFF....WAVE|....ftyp|\x1aE\xdf\xa3", re.DOTALL)
_MARKUP = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FEWEST_TURNS = 20
_MOST_LOOKED = 2_000


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, as it came."""

    body: bytes
    content_type: str
    charset: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What it is; exactly one of these, else there is nothing to us in it."""

    feed: FeedSaid | None = None
    page: PageSaid | None = None
    transcript: str | None = None
    """Its title; empty where it has none."""
    sound: bool = False
    spoken: bool = False
    """The page holds its transcript itself."""
    wrong: str = ""
    """Why there is nothing, in a sentence."""


def look(answered: Answered, wanted: Wanted) -> Seen:
    """What an answer is; of a feed, with the entry that is wanted. Pure and picklable. Never raises."""
    body = answered.body
    if _SOUND.match(body) or answered.content_type.startswith(("audio/", "video/")):
        return Seen(sound=True)
    try:
        source, _ = read(body, content_type="", charset=answered.charset, base=answered.url)
        return Seen(feed=read_entries(source, answered.url, wanted))
    except SourceMalformed:
        pass  # it is something else
    return _page(answered) if _MARKUP.search(body, 0, _MOST_LOOKED) else _transcript(answered)


def _page(answered: Answered) -> Seen:
    said = read_page(decoded(answered.body, answered.charset), answered.url)
    turns = _turns(answered)
    if turns is not None and not said.episode and not said.feeds:
        return Seen(transcript=turns.title or said.facts.title)
    return Seen(page=said, spoken=turns is not None)


def _turns(answered: Answered) -> Read | None:
    """The transcript in a page: many turns of more than one speaker, or with times. An article has neither."""
    try:
        turns = read_cues(answered.body, type="text/html", name=answered.url)
    except ValueError:
        return None
    told = sum(cue.speaker is not None for cue in turns.cues) if len(turns.speakers) > 1 else 0
    timed = sum(cue.start is not None for cue in turns.cues)
    return turns if len(turns.cues) >= _FEWEST_TURNS and max(told, timed) * 2 >= len(turns.cues) else None


def _transcript(answered: Answered) -> Seen:
    try:
        turns = read_cues(answered.body, type=answered.content_type, name=answered.url)
    except ValueError as error:
        return Seen(wrong=str(error))
    return Seen(transcript=turns.title or "")
