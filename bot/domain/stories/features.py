"""What readings are compared by: weighted words, word pairs, names, links and quoted phrases.

TF-IDF with sublinear counts (Salton & Buckley 1988). Document frequencies come from everything known, history included,
on top of a prior for common words, so that a window of ten items does not take `model` for a rare word.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from bot.domain.neighbours import Array
from bot.domain.reading import Reading
from bot.domain.text.common_stems import COMMON_STEMS
from bot.domain.text.names import names
from bot.domain.text.sentences import sentences
from bot.domain.text.words import folded, stems

_PRIOR_DOCUMENTS = 400
"""Documents the prior counts for."""
_LEAD = 60
"""Stems of a text that count in full; later ones count half."""
_READ = 240
"""Stems of a text that count at all."""
_MOST_KEYS = 90
"""Keys kept of one reading: its heaviest."""
_KIND_WEIGHT = {"s": 1.0, "b": 0.5, "n": 0.7, "l": 0.8, "q": 1.0}
Keys = dict[str, float]


@dataclass(frozen=True, slots=True)
class Space:
    """Readings as unit vectors over shared keys."""

    matrix: Array
    """scipy CSR matrix, one row a reading, rows of length 1 (or 0)."""
    columns: dict[str, int]
    keys: tuple[str, ...]
    """The key of each column: `s:stem`, `b:two stems`, `n:name`, `l:link`, `q:quoted phrase`."""
    rarity: Array
    """Inverse document frequency of each column."""
    share: Array
    """Share of all known readings that hold the column's key (prior included)."""
    least_share: float
    """What one reading adds to a share."""


def keys_of(reading: Reading) -> Keys:
    """The keys of a reading with their weights before rarity."""
    heading = stems(reading.item.title)
    found = _word_keys(heading, reading.stems[len(heading) :], reading.names)
    for link in subject_links(reading):
        found["l:" + link] = _KIND_WEIGHT["l"]
    for phrase in reading.phrases:
        found["q:" + phrase] = _KIND_WEIGHT["q"]
    return found


def keys_of_text(title: str, text: str) -> Keys:
    """The keys of a text that is no item."""
    heading, body = stems(title), stems(text)
    return _word_keys(heading, body, names(title, text, sentences(text)))


def _word_keys(heading: Sequence[str], body: Sequence[str], held: Iterable[str]) -> Keys:
    """Keys of words, word pairs and names."""
    counts: dict[str, float] = {}
    for stem in heading:
        counts["s:" + stem] = counts.get("s:" + stem, 0.0) + 2
    for place, stem in enumerate(body[:_READ]):
        counts["s:" + stem] = counts.get("s:" + stem, 0.0) + (1 if place < _LEAD else 0.5)
    for words in (heading, body[:_LEAD]):
        for first, second in pairwise(words):
            pair = f"b:{first} {second}"
            counts[pair] = counts.get(pair, 0.0) + 1
    found = {key: _sublinear(count) * _KIND_WEIGHT[key[0]] for key, count in counts.items()}
    found.update({"n:" + folded(name): _KIND_WEIGHT["n"] for name in held})
    return found


def subject_links(reading: Reading) -> list[str]:
    """Links that point to a page, not to a home page, sorted; with the reading's own address, so that a post meets what
    it links to. A reading with very many links is a list: its links bind nothing.
    """
    pages = {link for link in reading.links if len(urlsplit(link).path.strip("/")) > 1}
    if len(pages) > _MOST_LINKS:
        pages = set()
    return sorted(pages | ({reading.item.url} if reading.item.url else set()))


_MOST_LINKS = 25


def _sublinear(count: float) -> float:
    return 1 + math.log(count) if count >= 1 else count


def space(keyed: Sequence[Keys], background: Iterable[Keys]) -> Space:
    """Vectors of `keyed` readings; document frequencies from them and from the `background`."""
    import numpy as np

    frequency: Counter[str] = Counter()
    known = len(keyed)
    for keys in keyed:
        frequency.update(keys.keys())
    ordered = sorted(frequency)
    compared = np.array([frequency[key] > 1 or key[0] == "s" for key in ordered], dtype=bool)
    for keys in background:
        known += 1
        frequency.update(key for key in keys if key in frequency)
    columns = {key: column for column, key in enumerate(ordered)}
    share = np.array([_share(key, frequency[key], known) for key in ordered], dtype=np.float64)
    rarity = np.log(1.0 / share) if ordered else share
    matrix = unit_rows(_heaviest(keyed, columns, rarity, compared))
    return Space(matrix, columns, tuple(ordered), rarity, share, 1.0 / (known + _PRIOR_DOCUMENTS + 1))


def _heaviest(keyed: Sequence[Keys], columns: dict[str, int], rarity: Array, compared: Array) -> Array:
    """The heaviest keys of each reading, as CSR; of keys that nobody shares, only words count for the length."""
    import numpy as np
    from scipy.sparse import csr_matrix

    lengths = [len(keys) for keys in keyed]
    column = np.fromiter((columns[key] for keys in keyed for key in keys), dtype=np.int32, count=sum(lengths))
    weight = np.fromiter((held for keys in keyed for held in keys.values()), dtype=np.float64, count=sum(lengths))
    weight *= rarity[column]
    row = np.repeat(np.arange(len(keyed)), lengths)
    order = np.lexsort((column, -weight, row))
    place = np.arange(len(order)) - np.repeat(np.cumsum([0, *lengths])[:-1], lengths)
    order = order[(place < _MOST_KEYS) & compared[column[order]]]
    values = weight[order].astype(np.float32)
    matrix = csr_matrix((values, (row[order], column[order])), shape=(len(keyed), len(columns)))
    matrix.eliminate_zeros()
    return matrix


def unit_rows(matrix: Array) -> Array:
    """The rows scaled to length 1; empty ones stay empty."""
    import numpy as np
    from scipy.sparse import diags

    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1.0 / np.where(lengths > 0, lengths, 1.0)) @ matrix).tocsr()


def _share(key: str, count: int, known: int) -> float:
    prior = COMMON_STEMS.get(key[2:], 0.0) if key[0] == "s" else 0.0
    return (count + prior * _PRIOR_DOCUMENTS + 0.5) / (known + _PRIOR_DOCUMENTS + 1)
