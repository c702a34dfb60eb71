"""What binds readings into one story: names, links and quoted phrases that few others share.

Nobody enters a story because their words are alike; they must speak of the same thing.
"""

from collections.abc import Sequence

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

    if len(rows) < 2:
        return {}
    held = space.matrix[list(rows)]
    owner = np.repeat(np.asarray(rows), np.diff(held.indptr))
    columns, place, counts = np.unique(held.indices, return_inverse=True, return_counts=True)
    weight = np.round(np.bincount(place, weights=held.data, minlength=len(columns)), 6)
    shared = [at for at in np.flatnonzero(counts > 1).tolist() if _can_bind(space, int(columns[at]), int(counts[at]))]
    order = sorted(shared, key=lambda at: (-int(counts[at]) * float(weight[at]), space.keys[columns[at]]))
    owner = owner[np.argsort(place, kind="stable")]
    stops = np.cumsum(counts)
    return {space.keys[columns[at]]: owner[stops[at] - counts[at] : stops[at]].tolist() for at in order}


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
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    place = {row: index for index, row in enumerate(rows)}
    lengths = [len(held) for held in keys.values()]
    holder = [place[row] for held in keys.values() for row in held]
    key = np.repeat(np.arange(len(keys)), lengths)
    enough = np.repeat([_ENOUGH[name[0]] for name in keys], lengths)
    shape = (len(rows), len(keys))
    strength = csr_matrix((enough, (holder, key)), shape=shape) @ csr_matrix(
        (np.ones(len(key)), (key, holder)), shape[::-1]
    )
    strength.data[strength.data < 1] = 0
    strength.eliminate_zeros()
    _, labels = connected_components(strength, directed=False)
    parts: list[list[int]] = [[] for _ in rows]
    for row, label in zip(rows, labels.tolist(), strict=True):
        parts[label].append(row)
    return sorted((part for part in parts if len(part) > 1), key=lambda part: (-len(part), part))
