"""Whether two spellings are one name: how a machine heard it, and how its bearer writes it.

Distances are jellyfish's: metaphone (Philips 1990), Jaro-Winkler (Winkler 1990), Levenshtein (1966).
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.domain.episodes.naming.gazetteer import FIRST_NAMES, PARTICLES, SHORT_NAMES, SPELLINGS
from bot.domain.text.words import folded


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without accents and stops."""
    return tuple(folded(word.strip(".,").lower()) for word in re.split(r"[\s]+", name) if word.strip(".,"))


def one_spelling(heard: str, written: str, *, automatic: bool) -> bool:
    """Whether two full names are one name spelled twice. `automatic`: a machine wrote the first, it may be further off.

    All words must be close, at least one must sound the same. First names that sound alike but are different names
    (`Jane`, `John`) are never one.
    """
    left, right = parts(heard), parts(written)
    if left == right or "".join(left) == "".join(right):
        return True
    if len(left) != len(right) or len(left) < 2:
        return False
    if left[1:] == right[1:] and (right[0] in SHORT_NAMES.get(left[0], ()) or left[0] in SHORT_NAMES.get(right[0], ())):
        return True
    return all(_close(a, b, automatic=automatic) for a, b in zip(left, right, strict=True)) and any(
        _sounds(a) == _sounds(b) for a, b in zip(left, right, strict=True)
    )


def one_word(heard: str, written: str, *, automatic: bool) -> bool:
    """Whether two single words are one name: spelled alike, or short and long forms of it."""
    left, right = folded(heard.lower()), folded(written.lower())
    if right in SHORT_NAMES.get(left, ()) or left in SHORT_NAMES.get(right, ()):
        return True
    return _close(left, right, automatic=automatic)


def written_as(name: str, spellings: Iterable[str], *, automatic: bool) -> str | None:
    """The first of the trusted spellings that is this name, if any."""
    return next((one for one in spellings if one_spelling(name, one, automatic=automatic)), None)


@lru_cache(maxsize=50_000)
def _close(left: str, right: str, *, automatic: bool) -> bool:
    from jellyfish import jaro_winkler_similarity, levenshtein_distance

    if left == right:
        return True
    if left in FIRST_NAMES and right in FIRST_NAMES:
        return any(left in group and right in group for group in SPELLINGS)
    if min(len(left), len(right)) < 3 or left in PARTICLES or right in PARTICLES:
        return False
    alike = jaro_winkler_similarity(left, right)
    apart = levenshtein_distance(left, right)
    if _sounds(left) == _sounds(right) and alike >= 0.8:
        return True
    if left[0] != right[0]:
        return False
    return (apart <= 1 and len(left) >= 5) or (automatic and apart <= 2 and alike >= 0.8)


@lru_cache(maxsize=50_000)
def _sounds(word: str) -> str:
    """How it sounds, in English; a word of other letters stands for itself."""
    from jellyfish import metaphone

    return metaphone(word) or word if word.isascii() else word
