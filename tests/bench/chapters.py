"""Chapters: where they begin, without being told how many there are.

`learned` is measured on talks that its weights have not seen: in `chaptered-transcripts` each show is held out in turn,
in the other folders the halves (even and odd by file name) in turn, and `tinyrec` altogether. `chosen` are the weights
written down without data. A boundary is the index of a chapter's first utterance; 0 is none. Beside ours stand methods
that are told the number of chapters. Intervals are 95 % bootstrap intervals over episodes.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from bot.domain.episodes.boundary_weights import CHOSEN, LEARNED, Weights
from bot.domain.episodes.naming import Cast
from bot.domain.episodes.segmenting import fitting, places, probabilities
from bot.domain.episodes.spans import spans
from bot.domain.transcript import Transcript
from tests.bench.boundaries import boundary_similarity, f1, interval, pk, window_diff
from tests.bench.episode_data import FOLDERS
from tests.bench.row import Row
from tests.bench.segmenters import equidistant, nothing, texttiling, treeseg
from tests.bench.train_chapters import WORTH, Example, examples, learn

_TARGETS = {"chaptered-transcripts": "F1 >= .50, Pk <= .34"}
_NEAR_SECONDS = 30
_BASELINES: tuple[Callable[[Transcript, int], list[int]], ...] = (nothing, equidistant, texttiling, treeseg)


@dataclass(frozen=True)
class Measured:
    """One talk, by one method."""

    f1: float
    f1_seconds: float
    pk: float
    window_diff: float
    similarity: float
    ratio: float
    """Boundaries found for each of the human's."""

    @property
    def right_number(self) -> bool:
        """Whether the number of chapters is within 30 %."""
        return 0.7 <= self.ratio <= 1.3


def measure(data: Path) -> Iterator[Row]:
    """Each folder: learned, chosen, and the baselines beside them."""
    every = {folder: examples(data, folder) for folder in FOLDERS}
    unseen = _unseen(every)
    for folder, talks in every.items():
        weights = unseen[folder]
        yield from _rows(folder, talks, weights, [one.begins for one in talks])
        if folder == "tinyrec":
            yield from _rows(f"{folder} fine", talks, weights, [[at for at in one.sample.fine if at] for one in talks])
    yield _speed(every["chaptered-transcripts"])


def _unseen(every: dict[str, list[Example]]) -> dict[str, list[Weights]]:
    """For each talk of each folder, weights that were learned without it, and without its show or half."""
    halves = {folder: (talks[::2], talks[1::2]) for folder, talks in every.items()}
    rest = [folder for folder in WORTH if folder != "chaptered-transcripts"]
    first, second = ([one for folder in rest for one in halves[folder][half]] for half in (0, 1))
    shown = every["chaptered-transcripts"]
    of_show = {
        show: learn([one for one in shown if one.show != show] + first)
        for show in dict.fromkeys(one.show for one in shown)
    }
    by_half = learn([*shown, *second]), learn([*shown, *first])
    everything = learn([*shown, *first, *second])
    return {
        folder: [of_show[one.show] for one in talks]
        if folder not in rest and folder in WORTH
        else [by_half[index % 2] if folder in rest else everything for index in range(len(talks))]
        for folder, talks in every.items()
    }


def _rows(
    what: str, talks: Sequence[Example], weights: Sequence[Weights], gold: Sequence[Sequence[int]]
) -> Iterator[Row]:
    beside = "; ".join(
        f"{method.__name__} {_short([_told(one, method, theirs) for one, theirs in zip(talks, gold, strict=True)])}"
        for method in _BASELINES
    )
    learned = [
        _measured(one, _found(one, _fitting(one, weight)), theirs)
        for one, weight, theirs in zip(talks, weights, gold, strict=True)
    ]
    chosen = [_measured(one, _found(one, CHOSEN), theirs) for one, theirs in zip(talks, gold, strict=True)]
    shipped = [
        _measured(one, _found(one, fitting(one.sample.transcript)), theirs)
        for one, theirs in zip(talks, gold, strict=True)
    ]
    target = _TARGETS.get(what, "")
    yield Row(
        f"chapters, {what} ({len(talks)}), learned, held out", _long(learned), f"told the number: {beside}", target
    )
    yield Row(f"chapters, {what} ({len(talks)}), chosen by hand", _long(chosen), "", "")
    yield Row(f"chapters, {what} ({len(talks)}), as shipped (seen while learning)", _short(shipped), "", "")


def _fitting(example: Example, weights: Weights) -> Weights:
    """As `fitting` has it, with other learned weights."""
    return weights if fitting(example.sample.transcript) is LEARNED else weights.mean(CHOSEN)


def _found(example: Example, weights: Weights) -> list[int]:
    words = [len(said.text.split()) for said in example.sample.transcript.utterances]
    return places(probabilities(example.shown, words, weights), words)


def _told(example: Example, method: Callable[[Transcript, int], list[int]], gold: Sequence[int]) -> Measured:
    """A method that is told the number of boundaries."""
    return _measured(example, method(example.sample.transcript, len(gold)), gold)


def _measured(example: Example, found: Sequence[int], gold: Sequence[int]) -> Measured:
    said = example.sample.transcript.utterances
    theirs, ours = ([said[index].start for index in boundaries] for boundaries in (gold, found))
    return Measured(
        f1=f1(gold, found, 1),
        f1_seconds=f1(theirs, ours, _NEAR_SECONDS) if example.sample.transcript.times == "given" else 0.0,
        pk=pk(gold, found, len(said)),
        window_diff=window_diff(gold, found, len(said)),
        similarity=boundary_similarity(gold, found),
        ratio=len(found) / max(1, len(gold)),
    )


def _short(measured: Sequence[Measured]) -> str:
    return f"F1 {fmean(one.f1 for one in measured):.3f} Pk {fmean(one.pk for one in measured):.3f}"


def _long(measured: Sequence[Measured]) -> str:
    mean, low, high = interval([one.f1 for one in measured])
    error, least, most = interval([one.pk for one in measured])
    seconds = fmean(one.f1_seconds for one in measured)
    return (
        f"F1±1 {mean:.3f} ({low:.3f}-{high:.3f}), {f'F1±30s {seconds:.3f}, ' if seconds else ''}"
        f"Pk {error:.3f} ({least:.3f}-{most:.3f}), WindowDiff {fmean(one.window_diff for one in measured):.3f}, "
        f"B {fmean(one.similarity for one in measured):.3f}, number {fmean(one.ratio for one in measured):.2f} of the "
        f"human's, within 30 % in {fmean(one.right_number for one in measured):.2f}"
    )


def _speed(talks: Sequence[Example]) -> Row:
    """The talk whose length is nearest to an hour."""
    near = min(talks, key=lambda one: abs(one.sample.transcript.seconds - 3600))
    took = []
    for _ in range(6):
        begun = time.process_time()
        spans(near.sample.transcript, near.sample.facts, Cast())
        took.append(time.process_time() - begun)
    return Row(
        f"chapters of {near.sample.transcript.seconds / 60:.0f} min, CPU seconds, median of 5",
        f"{median(took[1:]):.3f}",
        f"{len(near.sample.transcript.utterances)} utterances",
        "< 0.5",
    )
