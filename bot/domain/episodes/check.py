"""Whether an overview is whole: what is not is never published.

Every rule answers to a fault that was seen in overviews elsewhere: an episode without one, a raw structure where words
should be, chapters without text, times as `[0, 10]`, quotations nobody said.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.episode import MOST_QUOTES, OVERVIEW_WORDS, Chapter, Entity, Episode, Told
from bot.domain.episodes.moments import words_in
from bot.domain.transcript import Transcript, Utterance

ENOUGH_WORDS: Final = 150
"""Of a transcript: less is no episode that could be summed up."""
_SLACK: Final = 1.0
"""Seconds that a time may lie beside: they are printed whole."""
_RAW: Final = re.compile(
    r"""[{\[]\s*['"][\w-]+['"]\s*:|\[\d+(?:\.\d+)?,\s*\d|^#{1,6}\s|\*\*|</?[a-z]+>|\b(?:None|null|undefined)\b[,}\]]"""
)
_BARE: Final = frozenset({"ad", "clip", "intro", "outro"})
"""Kinds of chapters that need no summary."""


def faults(episode: Episode, transcript: Transcript | None) -> tuple[str, ...]:
    """What is wrong with it, a sentence each; none: it may be published."""
    return (
        *_overview(episode, transcript),
        *_order(episode),
        *(fault for chapter in episode.chapters for fault in _chapter(chapter, transcript)),
        *(fault for entity in episode.entities for fault in _entity(entity, episode, transcript)),
    )


def _overview(episode: Episode, transcript: Transcript | None) -> Iterator[str]:
    if not episode.title.strip():
        yield "it has no title"
    least, most = OVERVIEW_WORDS
    count = words_in(episode.overview)
    if count > most or count < (least if transcript is not None else 1):
        yield f"the overview has {count} words, not {least} to {most}"
    yield from _words("the overview", episode.overview, episode.told)


def _words(where: str, text: str, told: Sequence[Told]) -> Iterator[str]:
    if told and text != " ".join(one.text for one in told):
        yield f"{where} is not what its sentences say"
    if _RAW.search(text):
        yield f"{where} holds a raw structure"


def _order(episode: Episode) -> Iterator[str]:
    before = 0.0
    for number, chapter in enumerate(episode.chapters, 1):
        where = f"chapter {chapter.number}"
        if chapter.number != number:
            yield f"{where} stands at place {number}"
        if not before - _SLACK <= chapter.start <= chapter.end:
            yield f"{where} begins before the one before it ends, or ends before it begins"
        before = chapter.end
    if episode.duration is not None and before > episode.duration + _SLACK:
        yield "the last chapter ends after the episode"


def _chapter(chapter: Chapter, transcript: Transcript | None) -> Iterator[str]:
    where = f"chapter {chapter.number}"
    if not chapter.title.strip():
        yield f"{where} has no title"
    if _RAW.search(chapter.title):
        yield f"the title of {where} holds a raw structure"
    if transcript is None:
        return
    if not chapter.summary.strip() and chapter.kind not in _BARE:
        yield f"{where} is empty"
    yield from _words(f"the summary of {where}", chapter.summary, chapter.told)
    yield from _quotes(where, chapter, transcript)


def _quotes(where: str, chapter: Chapter, transcript: Transcript) -> Iterator[str]:
    if len(chapter.quotes) > MOST_QUOTES:
        yield f"{where} has {len(chapter.quotes)} quotations"
    for quote in chapter.quotes:
        said = quote.original if quote.status == "translated" else quote.text
        if not chapter.start - _SLACK <= quote.at <= chapter.end + _SLACK:
            yield f"a quotation of {where} is of {quote.at:g} s"
        if not said or not any(said in utterance.text for utterance in _near(quote.at, transcript)):
            yield f"nobody said what {where} quotes"


def _entity(entity: Entity, episode: Episode, transcript: Transcript | None) -> Iterator[str]:
    if not entity.name.strip() or _RAW.search(f"{entity.name} {entity.description}"):
        yield "a person or term has no name, or a raw structure for one"
    last = (episode.duration or 0.0) + _SLACK
    if any(not 0 <= at <= last for at in entity.times):
        yield f"{entity.name} is named outside of the episode"
    if transcript is None:
        return
    for mention in entity.mentions:
        if not any(mention.text in utterance.text for utterance in _near(mention.at, transcript)):
            yield f"{entity.name} is not named where it says"


def _near(at: float, transcript: Transcript) -> Iterator[Utterance]:
    """The utterances of a moment."""
    said = transcript.utterances
    until = bisect_right(said, at + _SLACK, key=lambda one: one.start)
    while until and (said[until - 1].end >= at - _SLACK or said[until - 1].start >= at - _SLACK):
        until -= 1
        yield said[until]
