"""What finds chapters without any signal but words, or none at all: the baselines beside ours.

Each is told how many chapters there are, which ours is not.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.domain.episodes.cohesion import cohesion, content
from bot.domain.transcript import Transcript

_BLOCK = 5
"""Utterances around each that TreeSeg-style vectors are of."""


def nothing(transcript: Transcript, count: int) -> list[int]:
    """No boundary."""
    del transcript, count
    return []


def equidistant(transcript: Transcript, count: int) -> list[int]:
    """As many utterances in each chapter."""
    size = len(transcript.utterances)
    return sorted({max(1, round(index * size / (count + 1))) for index in range(1, count + 1)} & set(range(1, size)))


def texttiling(transcript: Transcript, count: int) -> list[int]:
    """The deepest dips of likeness between 100 content stems before and after (Hearst 1997), two apart at least."""
    depth = cohesion(content([said.text for said in transcript.utterances], transcript.language))["depth_100"]
    taken: list[int] = []
    for place in sorted(range(1, len(depth)), key=lambda index: (-depth[index], index)):
        if len(taken) < count and all(abs(place - other) > 1 for other in taken):
            taken.append(place)
    return sorted(taken)


def treeseg(transcript: Transcript, count: int) -> list[int]:
    """Divisive: the part that gains most is split where squared distances to the means fall most (TreeSeg 2024).

    On TF-IDF vectors of blocks of utterances in place of neural ones.
    """
    vectors = _vectors(content([said.text for said in transcript.utterances], transcript.language))
    cuts: list[int] = []
    parts = [_split(vectors, 0, len(vectors))]
    while len(cuts) < count and parts:
        best = max(range(len(parts)), key=lambda index: (parts[index][0], -index))
        gain, first, cut, last = parts.pop(best)
        if gain <= 0:
            break
        cuts.append(cut)
        parts += [_split(vectors, first, cut), _split(vectors, cut, last)]
    return sorted(cuts)


def _vectors(spoken: Sequence[Sequence[str]]) -> Any:
    numbers = {one: number for number, one in enumerate(dict.fromkeys(stem for said in spoken for stem in said))}
    counts = np.zeros((len(spoken), max(1, len(numbers))), dtype=np.float32)
    for row, said in enumerate(spoken):
        for stem in said:
            counts[row, numbers[stem]] += 1
    rarity = np.log((1 + len(spoken)) / (1 + (counts > 0).sum(axis=0))) + 1
    up_to = np.concatenate([np.zeros((1, counts.shape[1]), dtype=np.float32), (counts * rarity).cumsum(axis=0)])
    ends = np.minimum(np.arange(len(spoken)) + 1, len(spoken))
    blocks = up_to[ends] - up_to[np.maximum(ends - _BLOCK, 0)]
    return blocks / np.maximum(np.linalg.norm(blocks, axis=1, keepdims=True), 1e-9)


def _split(vectors: Any, first: int, last: int) -> tuple[float, int, int, int]:
    """Gain, and first, cut and end of a part; blocks look back, so those that reach over the cut count for neither."""
    size = last - first
    if size < 4:
        return -1.0, first, first, last
    sums = vectors[first:last].cumsum(axis=0)
    left = np.arange(1, size)
    before = (sums[:-1] ** 2).sum(axis=1) / left
    after = ((sums[-1] - sums[:-1]) ** 2).sum(axis=1) / (size - left)
    gains = before + after - (sums[-1] ** 2).sum() / size
    gains[0] = gains[-1] = -1.0
    best = int(gains.argmax())
    return float(gains[best]), first, first + best + 1, last
