"""Titles of chapters against those people gave: how many of their content words are in ours.

Beside ours: the first eight words of the chapter's first sentence, and all words of the chapter, which no title of its
own words can pass. Constants were set on the even files of both folders; the odd ones were held out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.episodes.naming import people
from bot.domain.episodes.words import worded
from bot.domain.text.sentences import sentences
from bot.domain.text.words import stems
from tests.bench.episode_data import Sample, load
from tests.bench.episode_quotes import given_spans
from tests.bench.row import Row

_FOLDERS = ("chaptered-transcripts", "newsletter-podcasts")
_FIXED = frozenset(stems("introduction introductions intro conclusion outro"))
"""Words of titles that say what kind of part it is, not what it speaks of."""
_WORDS = 8


@dataclass(frozen=True)
class _Shares:
    """Of the content words of one human title."""

    ours: float
    first: float
    everything: float


def measure(data: Path) -> Iterator[Row]:
    """The held-out half of each folder, then the other."""
    for folder in _FOLDERS:
        samples = load(data / folder)
        for name, half in (("held out", samples[1::2]), ("tuned on", samples[::2])):
            shares = [share for sample in half for share in _compared(sample)]
            yield Row(
                f"{folder}, {name}: words of {len(shares)} human titles in ours",
                f"{fmean(one.ours for one in shares):.3f}",
                f"first sentence {fmean(one.first for one in shares):.3f}, "
                f"in the chapter at all {fmean(one.everything for one in shares):.3f}",
                ">= .50",
            )


def _compared(sample: Sample) -> Iterator[_Shares]:
    given = given_spans(sample)
    said = sample.transcript.utterances
    cast = people(sample.facts, sample.transcript, ())
    chapters = worded(given, sample.transcript, sample.facts, cast, FluentCatalogue().speak("en").say)
    human = dict(zip(sample.boundaries, sample.titles, strict=True))
    for span, chapter in zip(given, chapters, strict=True):
        wanted = frozenset(stems(human.get(span.first, ""))) - _FIXED
        text = " ".join(one.text for one in said[span.first : span.last + 1])
        if wanted:
            yield _Shares(*(_share(wanted, stems(words)) for words in (chapter.title, _first(text), text)))


def _first(text: str) -> str:
    start, end = sentences(text)[0]
    return " ".join(text[start:end].split()[:_WORDS])


def _share(wanted: frozenset[str], found: Sequence[str]) -> float:
    return len(wanted.intersection(found)) / len(wanted)
