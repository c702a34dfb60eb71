"""One subject, one story: joins groups that cluster apart but tell the same thing.

Average linkage leaves the aspects of one event in several groups. Of the strongest groups, those whose centres are
alike and that have a name, link or quotation in common are joined, the most alike first.
"""

from collections.abc import Mapping, Sequence

from bot.domain.reading import Reading
from bot.domain.stories.candidates import Candidate, candidate
from bot.domain.stories.features import Keys, Space, unit_rows

_SAME = 0.27
"""Likeness of two groups' centres that makes them one story."""
_LOOKED_AT = 60
"""Strongest groups that are compared with each other; weaker ones are far from being chosen."""


def joined(
    space: Space,
    found: Sequence[Candidate],
    readings: Sequence[Reading],
    keyed: Sequence[Keys],
    origin: Mapping[str, str],
) -> list[Candidate]:
    """The candidates with those of one subject joined, strongest first."""
    strong = [group for group in found if len(group.rows) > 1 or group.voices > 1][:_LOOKED_AT]
    held = {group.rows for group in strong}
    rest = [group for group in found if group.rows not in held]
    while (pair := _most_alike(space, strong, keyed)) is not None:
        first, second = (strong[index] for index in pair)
        both = candidate(space, [*first.rows, *second.rows], readings, origin)
        strong = [both, *(group for group in strong if group is not first and group is not second)]
    return sorted([*strong, *rest], key=lambda group: (-group.strength, group.rows))


def _most_alike(space: Space, groups: Sequence[Candidate], keyed: Sequence[Keys]) -> tuple[int, int] | None:
    """The two groups that are most surely one subject, None when there are none."""
    if not groups:
        return None
    import numpy as np
    from scipy.sparse import csr_matrix

    members = [row for group in groups for row in group.rows]
    owners = [index for index, group in enumerate(groups) for _ in group.rows]
    shape = (len(groups), space.matrix.shape[0])
    centres = unit_rows(csr_matrix((np.ones(len(members)), (owners, members)), shape=shape) @ space.matrix)
    alike = np.triu(np.round((centres @ centres.T).toarray(), 6), k=1)
    names = [_held(keyed, group) for group in groups]
    for first, second in sorted(
        np.argwhere(alike >= _SAME).tolist(), key=lambda pair: (-alike[pair[0], pair[1]], pair)
    ):
        if names[first] & names[second]:
            return first, second
    return None


def _held(keyed: Sequence[Keys], group: Candidate) -> set[str]:
    """The names, links and phrases that at least half of a group holds."""
    counts: dict[str, int] = {}
    for row in group.rows:
        for key in keyed[row]:
            if key[0] in "nlq":
                counts[key] = counts.get(key, 0) + 1
    return {key for key, count in counts.items() if count * 2 >= len(group.rows)}
