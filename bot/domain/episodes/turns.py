"""How a conversation passes from one to the other: who asks, who answers at length, who has not spoken for long.

A chapter begins most often where a host, after a long answer, takes the floor again and asks. Who is a host is taken
from what is known; otherwise the one whose share of the questions is farthest above their share of the words.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from bot.domain.transcript import Utterance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHORT = 4
"""Words of an utterance that only acknowledges."""
_LONG_AGO = 9.0
"""The logarithm of words since somebody spoke last, for whoever has not spoken yet."""
_NEIGHBOURS = 4
"""Utterances before and after whose words are counted together."""
_NEAR_END = 150.0
"""Words from the beginning or the end at which that matters a third as much."""
_BACK_AND_FORTH: dict[str, tuple[int, ...]] = {
    "words": (1, 2, -1, -2),
    "asker": (1,),
    "host": (1, -1),
    "ends_asking": (1, -1),
    "asks": (1, -1),
    "short": (1,),
    "settled": (1, -1),
    "turning": (1, -1),
    "answering": (1, -1),
    "going_on": (1, -1),
    "announcing": (1, -1),
    "proposing": (1, -1),
}
"""Signs that tell of a place when neighbours show them: 1 is the utterance before, -1 the one after."""


def askers(utterances: Sequence[Utterance]) -> dict[str, float]:
    """Each speaker's share of the question marks less that of the words, in order of appearance."""
    questions: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for said in utterances:
        if said.speaker is not None:
            questions[said.speaker] += said.text.count("?")
            words[said.speaker] += len(said.text.split())
    asked, spoken = max(1, questions.total()), max(1, words.total())
    return {name: questions[name] / asked - words[name] / spoken for name in words}


def hosts(utterances: Sequence[Utterance], known: Collection[str] = ()) -> frozenset[str]:
    """The labels of the hosts: those known that speak, else the likeliest one; none where fewer than two speak."""
    leaning = askers(utterances)
    named = frozenset(known) & leaning.keys()
    if named and len(named) < len(leaning):
        return named
    return frozenset({max(leaning, key=leaning.__getitem__)}) if len(leaning) > 1 else frozenset()


def turns(utterances: Sequence[Utterance], known: Collection[str] = ()) -> "dict[str, NDArray[np.float64]]":
    """Signs of the turns at each utterance, by name. All are 0 that need speakers where there are none."""
    import numpy as np

    leaning, leading = askers(utterances), hosts(utterances, known)
    several = len(leaning) > 1
    labels = [said.speaker for said in utterances]
    words = np.array([len(said.text.split()) for said in utterances], dtype=float)
    since = _since(labels, words.tolist()) if several else [0.0] * len(labels)
    before = np.concatenate([[0.0], words.cumsum()])
    places = np.arange(len(labels))
    after = before[np.minimum(len(labels), places + 1 + _NEIGHBOURS)] - before[places + 1]
    spoken = dict.fromkeys(leaning, 0.0)
    for label, count in zip(labels, words.tolist(), strict=True):
        if label is not None:
            spoken[label] += count
    return {
        "same": np.array(
            [several and index > 0 and labels[index - 1] == label for index, label in enumerate(labels)], dtype=float
        ),
        "words": np.log1p(words),
        "words_share": words / max(1.0, float(words.mean())),
        "words_before": np.log1p(before[places] - before[np.maximum(0, places - _NEIGHBOURS)]),
        "words_after": np.log1p(after),
        "short": (words <= _SHORT).astype(float),
        "asker": np.array([leaning.get(label or "", 0.0) if several else 0.0 for label in labels]),
        "host": np.array([label in leading for label in labels], dtype=float),
        "talker": np.array([spoken.get(label or "", 0.0) / max(1.0, float(before[-1])) for label in labels]),
        "ends_asking": np.array([said.text.rstrip().endswith("?") for said in utterances], dtype=float),
        "asks": np.array(["?" in said.text for said in utterances], dtype=float),
        "since": np.array(since),
        "newcomer": np.array([one == _LONG_AGO for one in since], dtype=float),
        "place": before[:-1] / max(1.0, float(before[-1])),
        "beginning": np.exp(-before[:-1] / _NEAR_END),
        "ending": np.exp(-(before[-1] - before[:-1]) / _NEAR_END),
    }


def with_neighbours(signs: "dict[str, NDArray[np.float64]]") -> "dict[str, NDArray[np.float64]]":
    """The signs, and those that neighbours show: `words+1` is of the utterance after, `words-2` of two before."""
    import numpy as np

    told = dict(signs)
    for name, steps in _BACK_AND_FORTH.items():
        for step in steps:
            moved = np.zeros_like(signs[name])
            if step > 0:
                moved[step:] = signs[name][:-step]
            else:
                moved[:step] = signs[name][-step:]
            told[f"{name}{-step:+d}"] = moved
    return told


def pauses(utterances: Sequence[Utterance]) -> "NDArray[np.float64]":
    """How much longer than its words take it lasted until each utterance, in usual deviations, from -3 to 3."""
    import numpy as np

    starts = np.array([said.start for said in utterances])
    words = np.array([len(said.text.split()) for said in utterances], dtype=float)
    rate = max(0.5, float(words.sum()) / max(1.0, float(starts[-1])))
    beyond = np.zeros(len(utterances))
    beyond[1:] = np.diff(starts) - words[:-1] / rate
    result: NDArray[np.float64] = np.clip(beyond / (beyond.std() + 1e-6), -3, 3)
    return result


def _since(labels: Sequence[str | None], words: Sequence[float]) -> list[float]:
    """The logarithm of the words that were said since the speaker of each utterance spoke last."""
    import math

    last: dict[str | None, float] = {}
    passed = 0.0
    found: list[float] = []
    for label, count in zip(labels, words, strict=True):
        found.append(math.log1p(passed - last[label]) if label in last else _LONG_AGO)
        passed += count
        last[label] = passed
    return found
