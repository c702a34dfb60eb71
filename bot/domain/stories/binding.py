"""What binds readings into one story: names, links and quoted phrases that few others share.

Nobody enters a story because their words are alike; they must speak of the same thing.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from bot.domain.stories.features import Space

_RARE = 0.04
"""Largest share of all items a key may have and still bind."""
_RARE_WORD = 0.02
"""The same for a plain word, which binds only beside another."""
_ENOUGH = {"n": 1.0, "l": 1.0, "q": 1.0, "b": 1.0, "s": 0.5}
"""How far a shared key of each kind goes towards binding; 1 is enough."""


def binding_keys(space: Space, rows: Sequence[int]) -> dict[str, list[int]]:
    """Keys that bind two or more of the rows, strongest first, with the rows that hold them."""
    import numpy as np

    holders: dict[int, list[int]] = {}
    weight: Counter[int] = Counter()
    for row in rows:
        start, stop = space.matrix.indptr[row], space.matrix.indptr[row + 1]
        for column, value in zip(
            space.matrix.indices[start:stop].tolist(), space.matrix.data[start:stop].tolist(), strict=True
        ):
            holders.setdefault(column, []).append(row)
            weight[column] += value
    shared = [column for column, held in holders.items() if len(held) > 1 and _can_bind(space, column, len(held))]
    order = sorted(shared, key=lambda c: (-len(holders[c]) * float(np.round(weight[c], 6)), space.keys[c]))
    return {space.keys[column]: holders[column] for column in order}


def _can_bind(space: Space, column: int, held: int) -> bool:
    """Whether few enough items hold the key, those of the group itself aside."""
    key = space.keys[column]
    largest = _RARE_WORD if key[0] == "s" else _RARE
    known = 1.0 / max(space.least_share, 1e-9)
    return float(space.share[column]) - held / known <= largest


def binds(keys: Sequence[str]) -> bool:
    """Whether an item that holds these keys of a story would have been counted to it: more than one of them."""
    return sum(_ENOUGH[key[0]] for key in keys) >= 1.5


def bound(rows: Sequence[int], keys: dict[str, list[int]]) -> list[list[int]]:
    """The rows in parts whose members share enough with another member; alone ones are left out. Largest part first."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    strength: dict[tuple[int, int], float] = {}
    for key, held in keys.items():
        for pair in combinations(held, 2):
            strength[pair] = strength.get(pair, 0.0) + _ENOUGH[key[0]]
    place = {row: index for index, row in enumerate(rows)}
    pairs = sorted(pair for pair, reached in strength.items() if reached >= 1)
    ones = [1] * len(pairs)
    ends = ([place[first] for first, _ in pairs], [place[second] for _, second in pairs])
    count, labels = connected_components(coo_matrix((ones, ends), shape=(len(rows), len(rows))), directed=False)
    parts: list[list[int]] = [[] for _ in range(count)]
    for row, label in zip(rows, labels.tolist(), strict=True):
        parts[label].append(row)
    return sorted((part for part in parts if len(part) > 1), key=lambda part: (-len(part), part))
