"""Which readings are about the same thing: average-linkage clusters of a sparse similarity graph.

Average linkage (UPGMA, Sokal & Michener 1958) is slow to chain: a group grows only while the mean likeness of all its
pairs stays above the threshold, so a digest that touches ten subjects cannot join them. Two groups can only merge if
some pair reaches the threshold, so each connected part of the graph is clustered alone and nothing of size n x n is
ever built.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.neighbours import Array

_ROWS_AT_ONCE = 250
"""Rows compared at once; what they are compared with takes this many times all rows in memory, at most."""
_ROWS_PER_TURN = 2_000
"""Rows after which those already compared are left out; a multiple of the rows at once."""
_LARGEST_PART = 1_200
"""Readings of a connected part that is clustered exactly; a larger one is first cut at a higher threshold."""
_STEP = 1.25


@dataclass(frozen=True, slots=True)
class Closeness:
    """How pairs are adjusted before they are compared with the threshold."""

    threshold: float = 0.16
    half_life_hours: float | None = 96.0
    """Hours apart at which likeness counts half; None: time does not matter."""
    same_voice: float = 0.85
    """Factor for two items of one thinker, whose house style is alike."""


def groups(matrix: Array, hours: Sequence[float], voices: Sequence[str], closeness: Closeness) -> list[list[int]]:
    """Row numbers in groups, each ascending, ordered by first member; every row is in exactly one group.

    `matrix` holds unit rows (CSR), `hours` when each was published, `voices` who published it.
    """
    import numpy as np

    graph = _graph(matrix, closeness.threshold)
    moment = np.asarray(hours, dtype=np.float64)
    owner = np.unique(np.asarray(voices, dtype=object).astype(str), return_inverse=True)[1] if voices else moment
    found: list[list[int]] = []
    for part in _parts(graph, closeness.threshold):
        found.extend(_cluster(matrix, part, moment, owner, closeness))
    return sorted(found)


def _graph(matrix: Array, threshold: float) -> Array:
    """Pairs at or above the threshold, each once (upper triangle), made block by block."""
    import numpy as np
    from scipy.sparse import csr_matrix

    size = matrix.shape[0]
    held: list[tuple[Array, Array, Array]] = []
    for first in range(0, size, _ROWS_PER_TURN):
        later = matrix[first:].T.tocsr()
        for start in range(first, min(first + _ROWS_PER_TURN, size), _ROWS_AT_ONCE):
            block = matrix[start : min(start + _ROWS_AT_ONCE, size)] @ later
            near = np.flatnonzero(block.data >= threshold)
            row = np.searchsorted(block.indptr, near, side="right") - 1 + start
            column = block.indices[near] + first
            above = column > row
            held.append((row[above], column[above], block.data[near][above]))
    if not held:
        return csr_matrix((0, 0))
    row, column, alike = (np.concatenate(part) for part in zip(*held, strict=True))
    return csr_matrix((alike, (row, column)), shape=(size, size))


def _parts(graph: Array, threshold: float) -> list[list[int]]:
    """Connected parts, each small enough to be clustered exactly."""
    from scipy.sparse.csgraph import connected_components

    rows: list[list[int]] = []
    waiting = [(list(range(graph.shape[0])), threshold)] if graph.shape[0] else []
    while waiting:
        members, level = waiting.pop()
        inner = graph[members][:, members]
        inner.data[inner.data < level] = 0
        inner.eliminate_zeros()
        count, labels = connected_components(inner, directed=False)
        parts: list[list[int]] = [[] for _ in range(count)]
        for member, label in zip(members, labels, strict=True):
            parts[label].append(member)
        for part in parts:
            if len(part) > _LARGEST_PART and level * _STEP < 1:
                waiting.append((part, level * _STEP))
            elif len(part) > _LARGEST_PART:  # nothing tells them apart: any cut is as good
                rows.extend(part[start : start + _LARGEST_PART] for start in range(0, len(part), _LARGEST_PART))
            else:
                rows.append(part)
    return rows


def _cluster(matrix: Array, part: list[int], moment: Array, owner: Array, closeness: Closeness) -> list[list[int]]:
    """One connected part, clustered."""
    if len(part) == 1:
        return [part]
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    rows = matrix[part]
    alike = (rows @ rows.T).toarray().astype(np.float64)
    if closeness.half_life_hours is not None:
        apart = np.abs(moment[part][:, None] - moment[part][None, :])
        alike *= 0.5 ** (apart / closeness.half_life_hours)
    alike *= np.where(owner[part][:, None] == owner[part][None, :], closeness.same_voice, 1.0)
    distance = np.clip(1.0 - (alike + alike.T) / 2, 0.0, 1.0)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), "average")
    labels = fcluster(tree, 1.0 - closeness.threshold, "distance")
    found: dict[int, list[int]] = {}
    for row, label in zip(part, labels, strict=True):
        found.setdefault(int(label), []).append(row)
    return list(found.values())
