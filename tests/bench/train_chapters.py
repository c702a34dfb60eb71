"""Learns the weights in `bot/domain/episodes/boundary_weights.py`, and prints that module.

`COUNTERPOINT_REAL_DATA=… python -m tests.bench.train_chapters > bot/domain/episodes/boundary_weights.py`

Logistic regression with an L2 penalty over the signs of every utterance but the first, by L-BFGS, from the same start:
the same data give the same numbers. `tests.bench.chapters` never uses the result to report a talk it was learned from:
it learns anew without the show, or without the half, that is measured. `tinyrec` is not learned from at all.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from bot.domain.episodes.boundary_weights import CHOSEN, Weights
from bot.domain.episodes.segmenting import signs
from tests.bench.episode_data import Sample, load

WORTH = {"chaptered-transcripts": 1.0, "newsletter-podcasts": 0.3, "meeting-topics": 0.2}
"""Of a talk of each folder: one show of one kind shall not outweigh twelve shows, nor long meetings both."""
_PENALTY = 50.0
_DIGITS = 3


@dataclass(frozen=True)
class Example:
    """A talk whose signs are measured."""

    folder: str
    sample: Sample
    shown: dict[str, Any]

    @property
    def show(self) -> str:
        """All talks of a show are held out together."""
        return f"{self.folder}/{self.sample.name.split('__')[0] if self.folder == 'chaptered-transcripts' else ''}"

    @property
    def begins(self) -> list[int]:
        """Where a human's chapters begin, without the first utterance."""
        return [index for index in self.sample.boundaries if index]


def examples(data: Path, folder: str) -> list[Example]:
    """All talks of a folder, in order of file names."""
    return [Example(folder, sample, signs(sample.transcript)) for sample in load(data / folder)]


def learn(known: Sequence[Example]) -> Weights:
    """The weights that make the beginnings of these talks likeliest."""
    names = list(known[0].shown)
    table = np.concatenate([np.stack([one.shown[name] for name in names], axis=1)[1:] for one in known])
    begins = np.concatenate([_marks(one)[1:] for one in known])
    worth = np.concatenate([np.full(len(one.sample.transcript.utterances) - 1, WORTH[one.folder]) for one in known])
    spread = table.std(axis=0)
    spread[spread < 1e-9] = 1.0
    middle = table.mean(axis=0)
    scaled = (table - middle) / spread

    def loss(guess: Any) -> tuple[float, Any]:
        odds = scaled @ guess[:-1] + guess[-1]
        cost = (worth * (np.logaddexp(0, odds) - begins * odds)).sum() + _PENALTY / 2 * (guess[:-1] ** 2).sum()
        error = worth * (expit(odds) - begins)
        return float(cost), np.append(scaled.T @ error + _PENALTY * guess[:-1], error.sum())

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    steps = best[:-1] / spread
    bias = float(best[-1] - steps @ middle)
    return Weights(dict(zip(names, map(float, steps), strict=True)), bias)


def _marks(example: Example) -> Any:
    marks = np.zeros(len(example.sample.transcript.utterances))
    marks[example.begins] = 1
    return marks


def _source(learned: Weights) -> str:
    """The module with new numbers: its text up to the learned ones, and these."""
    path = Path(sys.modules[Weights.__module__].__file__ or "")
    head, _, _ = path.read_text(encoding="utf-8").partition("LEARNED: Final")
    lines = [
        f'        "{name}": {round(weight, _DIGITS)},'
        for name, weight in sorted(learned.signs.items())
        if round(weight, _DIGITS)
    ]
    return "\n".join(
        [f"{head}LEARNED: Final = Weights(", "    {", *lines, "    },", f"    {round(learned.bias, _DIGITS)},", ")", ""]
    )


def main() -> int:
    """Print the module; 3 without the real data."""
    data = Path(os.environ.get("COUNTERPOINT_REAL_DATA") or "/nonexistent")
    if not data.is_dir():
        print("COUNTERPOINT_REAL_DATA names no folder of real data", file=sys.stderr)
        return 3
    known = [one for folder in WORTH for one in examples(data, folder)]
    assert not CHOSEN.signs.keys() - known[0].shown.keys(), "chosen weights of signs that are not shown"
    print(_source(learn(known)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
