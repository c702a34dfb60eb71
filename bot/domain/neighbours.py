"""Near-duplicates: copies, truncations, reposts and quotes, linked to what they repeat.

Shingles of stems (Broder 1997) compared by containment, not resemblance: a quotation of 40 % of a post resembles it
little but is contained in it. Runs that many items of one source share are its boilerplate, and bind nothing. A short
quotation has few runs of stems left; where it stands in quotation marks, its words count instead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.domain.item import ItemKind
from bot.domain.reading import Reading
from bot.domain.text.words import tokens

Array: TypeAlias = Any
"""A numpy array or scipy matrix; scipy has no types."""
Relation = Literal["copy", "truncation", "repost", "quote"]

_FIGURE = re.compile(r"\w*\d[\w.]*")
_SHINGLE = 3
"""Stems of a run."""
_COMMON = 60
"""Items that share a run before it counts as a commonplace."""
_BOILERPLATE = 3
"""Items of one source that share a run before it counts as that source's furniture."""
_COPIED = 0.5
"""Contained share of both texts (of the shorter one, when the longer adds little) that makes a copy."""
_ADDED = 0.6
"""Share of the longer text that the shorter must make up to be the same item cut short."""
_QUOTED = 0.22
"""Share of the original's runs, or of its words, that make a quotation."""
_RUNS_QUOTED = 3
"""Runs in common that make a quotation, at least."""
_WORDS_QUOTED = 6
"""Words in quotation marks that are a quotation rather than a phrase of the language, at least."""
_NEARLY = 0.8
"""Contained share that leaves no doubt."""
_FEW = 6
"""Runs of a text so short that one word makes it another text."""
_OWN_WORDS = 20
"""Stems of one's own that make a post about a link more than its echo."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """One item that repeats another."""

    item: str
    original: str
    """Item id of the earliest item that says it."""
    relation: Relation
    share: float
    """Share of the original's runs of words that are repeated, 0 to 1."""

    @property
    def adds(self) -> bool:
        """Whether the item says something of its own beside what it repeats."""
        return self.relation == "quote"


def repetitions(readings: Sequence[Reading]) -> list[Repetition]:
    """Each item that repeats an earlier one, with the nearest original, ordered by item id.

    Copies, truncations and reposts add nothing; a quotation is linked to its original and stays an item of its own.
    """
    ordered = sorted(readings, key=_age)
    found: dict[str, Repetition] = {}
    kept: list[Reading] = []
    seen: dict[tuple[str, ...], str] = {}
    known: set[str] = set()
    for reading in ordered:
        same = seen.get(reading.stems) if len(reading.stems) >= _SHINGLE else None
        if reading.item.id in known:
            continue
        known.add(reading.item.id)
        if same is not None:
            found[reading.item.id] = Repetition(reading.item.id, same, _name(reading, "copy"), 1.0)
            continue
        seen[reading.stems] = reading.item.id
        kept.append(reading)
    for repetition in _overlapping(kept):
        held = found.get(repetition.item)
        if held is None or (held.adds, -held.share) > (repetition.adds, -repetition.share):
            found[repetition.item] = repetition
    return _rooted(found, ordered)


def _age(reading: Reading) -> tuple[bool, object, str, str]:
    return reading.item.kind is ItemKind.REPOST, reading.item.at, reading.item.id, reading.item.source


def _name(reading: Reading, relation: Relation) -> Relation:
    return "repost" if reading.item.kind is ItemKind.REPOST and relation != "quote" else relation


def _rooted(found: dict[str, Repetition], ordered: Sequence[Reading]) -> list[Repetition]:
    """The repetitions traced to the items that repeat nothing, by item id.

    A post without a headline may stand between two versions: what leads to another version's headline is left out.
    """
    rooted: dict[str, Repetition] = {}
    held = {reading.item.id: reading for reading in reversed(ordered)}
    for item in dict.fromkeys(reading.item.id for reading in ordered if reading.item.id in found):
        repetition = found[item]
        before = rooted.get(repetition.original)
        original = before.original if before is not None and not before.adds else repetition.original
        if _same_figures(held[original], held[item]):
            rooted[item] = Repetition(item, original, repetition.relation, repetition.share)
    return [rooted[item] for item in sorted(rooted)]


def _overlapping(readings: list[Reading]) -> list[Repetition]:
    """Repetitions among readings that are in order of age, by shared runs of stems."""
    from scipy.sparse import triu

    held, sizes = _runs(readings)
    if held.shape[1] == 0:
        return []
    common = triu((held @ held.T).tocsr(), k=1).tocoo()
    words: dict[str, str] = {}
    found = []
    for earlier, later, count in sorted(
        zip(common.row.tolist(), common.col.tolist(), common.data.tolist(), strict=True)
    ):
        first, second = readings[earlier], readings[later]
        runs = int(count), int(sizes[earlier]), int(sizes[later])
        share = count / sizes[earlier]
        relation = _relation(*runs)
        if relation is None and second.phrases:
            share = _quoted_share(first, second, words)
            relation = _quotation(*runs) if share >= _QUOTED else None
        if relation is not None and _same_figures(first, second):
            found.append(Repetition(second.item.id, first.item.id, _name(second, relation), min(1.0, share)))
    return found


def _relation(shared: int, earlier: int, later: int) -> Relation | None:
    """What a number of shared runs means for two texts with so many runs each."""
    smaller, larger = min(earlier, later), max(earlier, later)
    if not smaller:
        return None
    inside = shared / smaller
    if smaller < _FEW and inside < _NEARLY:
        return None
    if inside >= _COPIED and smaller >= _ADDED * larger:
        return "copy"
    if inside >= _NEARLY and shared >= _RUNS_QUOTED and later < earlier:
        return "truncation"
    if shared >= _RUNS_QUOTED and shared / earlier >= _QUOTED:
        return _quotation(shared, earlier, later)
    return None


def _quotation(shared: int, earlier: int, later: int) -> Relation:
    """A quotation, unless hardly a word is the quoting text's own."""
    return "quote" if later - shared >= _OWN_WORDS or later > earlier else "truncation"


def _quoted_share(earlier: Reading, later: Reading, words: dict[str, str]) -> float:
    """Share of the earlier text's words that the later one repeats in quotation marks.

    `words` keeps texts made plain, by item id.
    """
    longest = 0
    for phrase in later.phrases:
        size = phrase.count(" ") + 1
        if size < max(_WORDS_QUOTED, longest + 1, _QUOTED * len(earlier.stems)):
            continue
        if earlier.item.id not in words:
            words[earlier.item.id] = f" {' '.join(tokens(f'{earlier.item.title}. {earlier.item.text}'))} "
        if f" {phrase} " in words[earlier.item.id]:
            longest = size
    return longest / max(1, words[earlier.item.id].count(" ") - 1) if longest else 0.0


def _same_figures(earlier: Reading, later: Reading) -> bool:
    """Whether two headlines do not name different figures: version 4.6 is not version 4.5, however alike the words."""
    if not (earlier.item.title and later.item.title):
        return True
    return set(_FIGURE.findall(earlier.item.title)) == set(_FIGURE.findall(later.item.title))


def _runs(readings: list[Reading]) -> tuple[Array, Array]:
    """A 0/1 matrix of items by runs that at least two items share, and how many distinct runs each item has."""
    import numpy as np
    from scipy.sparse import csr_matrix

    vocabulary: dict[str, int] = {}
    lengths = [len(reading.stems) for reading in readings]
    flat = np.fromiter(
        (vocabulary.setdefault(stem, len(vocabulary) + 1) for reading in readings for stem in reading.stems),
        dtype=np.uint64,
        count=sum(lengths),
    )
    rows = np.repeat(np.arange(len(readings)), lengths)
    if len(flat) < _SHINGLE:
        return csr_matrix((len(readings), 0)), np.zeros(len(readings), dtype=int)
    factor = np.uint64(len(vocabulary) + 2)
    run = (flat[:-2] * factor + flat[1:-1]) * factor + flat[2:]
    whole = rows[:-2] == rows[2:]
    pairs = np.unique(np.stack([rows[:-2][whole].astype(np.uint64), run[whole]], axis=1), axis=0)
    sizes = np.bincount(pairs[:, 0].astype(int), minlength=len(readings))
    ids, column, count = np.unique(pairs[:, 1], return_inverse=True, return_counts=True)
    column = column.reshape(-1)
    furniture = _furniture(readings, pairs[:, 0].astype(int), column, len(ids))
    wanted = ((count >= 2) & (count <= _COMMON) & ~furniture)[column]
    sizes -= np.bincount(pairs[:, 0].astype(int)[furniture[column]], minlength=len(readings))
    matrix = csr_matrix(
        (np.ones(int(wanted.sum()), dtype=np.int32), (pairs[:, 0].astype(int)[wanted], column[wanted])),
        shape=(len(readings), len(ids)),
    )
    return matrix, sizes


def _furniture(readings: list[Reading], rows: Array, column: Array, runs: int) -> Array:
    """Which runs several items of one source share."""
    import numpy as np

    sources = sorted({reading.item.source for reading in readings})
    number = {source: index for index, source in enumerate(sources)}
    source = np.array([number[reading.item.source] for reading in readings], dtype=np.int64)[rows]
    pair, count = np.unique(column.astype(np.int64) * len(sources) + source, return_counts=True)
    marked = np.zeros(runs, dtype=bool)
    marked[pair[count >= _BOILERPLATE] // len(sources)] = True
    return marked


def origins(readings: Sequence[Reading], repeated: Sequence[Repetition]) -> dict[str, str]:
    """Item id -> the id of the item it originates from; independent items are their own origin.

    Copies share their original's origin. So do posts with hardly a word of their own that link to the same page: they
    echo that page.
    """
    origin = {reading.item.id: reading.item.id for reading in readings}
    for repetition in repeated:
        if not repetition.adds and repetition.item in origin:
            origin[repetition.item] = repetition.original
    addresses = {
        reading.item.url: reading.item.id for reading in sorted(readings, key=_age, reverse=True) if reading.item.url
    }
    first: dict[str, str] = {}
    for reading in sorted(readings, key=_age):
        if origin[reading.item.id] != reading.item.id or len(reading.stems) >= _OWN_WORDS or len(reading.links) != 1:
            continue
        link = next(iter(reading.links))
        target = addresses.get(link) or first.setdefault(link, reading.item.id)
        origin[reading.item.id] = origin.get(target, target)
    return origin
