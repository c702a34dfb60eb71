"""Quotations of chapters on real transcripts: exact, inside their chapter, in most chapters, and quick.

Chapters are people's own where there are any; of `tech-podcast-transcripts`, which has none, those that are found.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.episode import Chapter, EpisodeQuote
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.moments import words_in
from bot.domain.episodes.naming import Cast, people
from bot.domain.episodes.span import Span
from bot.domain.episodes.spans import spans
from bot.domain.episodes.words import worded
from bot.domain.transcript import Transcript
from tests.bench.episode_data import Sample, load, transcripts
from tests.bench.row import Row

_FOLDERS = ("chaptered-transcripts", "newsletter-podcasts")
_ENOUGH = 200
"""Words of a chapter that must have a quotation."""
_WORDS_AN_HOUR = 10_000
_LENGTHS = range(8, 61)


@dataclass(frozen=True)
class _Told:
    transcript: Transcript
    cast: Cast
    spans: Sequence[Span]
    chapters: Sequence[Chapter]
    seconds: float

    @property
    def words(self) -> int:
        """Of the transcript."""
        return sum(words_in(one.text) for one in self.transcript.utterances)


def measure(data: Path) -> Iterator[Row]:
    """A block of rows for each folder."""
    _tell(EpisodeFacts("0" * 16, "warm"), next(transcripts(data / "tech-podcast-transcripts"))[1], None)
    found = (
        _tell(EpisodeFacts("0" * 16, name), transcript, None)
        for name, transcript in transcripts(data / "tech-podcast-transcripts")
    )
    yield from _rows("tech-podcast-transcripts", list(found))
    for folder in _FOLDERS:
        told = (_tell(one.facts, one.transcript, given_spans(one)) for one in load(data / folder))
        yield from _rows(folder, list(told))


def given_spans(sample: Sample) -> list[Span]:
    """The chapters people gave a transcript; what is before the first is one as well."""
    said = sample.transcript.utterances
    starts = sorted({0, *sample.boundaries})
    ends = [*(start - 1 for start in starts[1:]), len(said) - 1]
    return [
        Span(first, last, said[first].start, said[last].end, "topic", "transcript")
        for first, last in zip(starts, ends, strict=True)
    ]


def _tell(facts: EpisodeFacts, transcript: Transcript, given: Sequence[Span] | None) -> _Told:
    cast = people(facts, transcript, ())
    parts = spans(transcript, facts, cast) if given is None else given
    start = time.perf_counter()
    chapters = worded(parts, transcript, facts, cast, FluentCatalogue().speak("en").say)
    return _Told(transcript, cast, parts, chapters, time.perf_counter() - start)


def _rows(folder: str, told: Sequence[_Told]) -> Iterator[Row]:
    quotes = [(one, span, quote) for one in told for span, quote in _quotes(one)]
    exact = sum(_is_said(one, span, quote) for one, span, quote in quotes)
    right = sum(words_in(quote.text) in _LENGTHS for _, _, quote in quotes)
    large = [chapter for one in told for span, chapter in _pairs(one) if _size(one, span) >= _ENOUGH]
    quoted = sum(bool(chapter.quotes) for chapter in large)
    asked = [(one, quote) for one, _, quote in quotes if _roles(one).get(quote.speaker or "") == "host"]
    hosts = [one for one in told if "guest" in _roles(one).values()]
    mixed = sum(one in hosts for one, _, _ in quotes)
    by_hosts = sum(one in hosts for one, _ in asked)
    said_by_hosts = _share_of_hosts(hosts)
    hour = fmean(one.seconds / one.words for one in told) * _WORDS_AN_HOUR
    slowest = max(one.seconds / max(one.words, _WORDS_AN_HOUR) for one in told) * _WORDS_AN_HOUR
    yield Row(f"{folder}: {len(quotes):,} quotations, exact and in their chapter", f"{exact:,}", "", "all")
    yield Row(f"{folder}: quotations of 8 to 60 words", f"{right:,}", "", "all")
    yield Row(
        f"{folder}: {len(large):,} chapters of 200 words, with one", f"{quoted / max(1, len(large)):.1%}", "", ">= 90 %"
    )
    yield Row(
        f"{folder}: quotations by hosts where there are guests",
        f"{by_hosts / max(1, mixed):.0%}",
        f"of words {said_by_hosts:.0%}",
        "",
    )
    yield Row(
        f"{folder}: chapters in words, seconds for an hour of talk",
        f"{hour:.2f}",
        f"slowest {slowest:.2f}",
        "<= 1 in all",
    )


def _pairs(told: _Told) -> Iterator[tuple[Span, Chapter]]:
    yield from ((span, chapter) for span, chapter in zip(told.spans, told.chapters, strict=True) if span.kind != "ad")


def _quotes(told: _Told) -> Iterator[tuple[Span, EpisodeQuote]]:
    for span, chapter in zip(told.spans, told.chapters, strict=True):
        yield from ((span, quote) for quote in chapter.quotes)


def _is_said(told: _Told, span: Span, quote: EpisodeQuote) -> bool:
    """Whether one utterance of the chapter, by that speaker, at that time, holds the words as they stand."""
    return any(
        quote.text in one.text
        and one.start <= quote.at <= one.end
        and not one.ad
        and (one.speaker is None or told.cast.names.get(one.speaker, one.speaker) == quote.speaker)
        for one in told.transcript.utterances[span.first : span.last + 1]
    )


def _size(told: _Told, span: Span) -> int:
    return sum(words_in(one.text) for one in told.transcript.utterances[span.first : span.last + 1] if not one.ad)


def _roles(told: _Told) -> dict[str, str]:
    return {person.name: person.role for person in told.cast.people}


def _share_of_hosts(told: Sequence[_Told]) -> float:
    of_all = [(share.words, _roles(one).get(share.speaker)) for one in told for c in one.chapters for share in c.shares]
    return sum(words for words, role in of_all if role == "host") / max(1, sum(words for words, _ in of_all))
