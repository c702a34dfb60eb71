"""Names of people stand as they are written, never in other letters and never bent by another language's grammar.

«Орбан» for Orban is a spelling of ours, «Orban’а» a form that nobody bears. Only people are looked at: countries and
cities have names in every language.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_BENT = re.compile(r"\b[A-Za-z]{2,}(?:['’-][а-яё]{1,2}|[а-яё]{1,3})\b")
_CAPITAL = re.compile(r"(?<![.!?…«“\"]\s)(?<!\A)(?<![«“\"\w])[А-ЯЁ][а-яё]{2,}")
_LETTERS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True))
    | {"ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "iu", "я": "ia"}
)
_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"))
_VOWELS = re.compile(r"[aeiou]")
_DOUBLE = re.compile(r"(.)\1+")
_ENDINGS = re.compile(r"(?:ami|iami|ov|om|oi|em|ei|iu|ia|[aeiu])\Z")
_ALIKE = 80.0
_LEAST_SOUNDS = 3


def bent_name(text: str, people: Iterable[str]) -> str | None:
    """A word of a text that writes the Latin name of one of these people in Cyrillic, or bends it; else None."""
    if not _CYRILLIC.search(text):
        return None
    parts = [part for name in people if not _CYRILLIC.search(name) for part in re.findall(r"[^\W\d_]{3,}", name)]
    for match in _BENT.finditer(text):
        if any(match.group().lower().startswith(part.lower()) for part in parts):
            return match.group()
    spelled = (match.group() for match in _CAPITAL.finditer(text))
    return next((word for word in spelled if any(_sounds_like(word, part) for part in parts)), None)


@lru_cache(maxsize=4096)
def _sounds_like(word: str, name: str) -> bool:
    from rapidfuzz import fuzz

    written, wanted = _sounds(word.lower().translate(_LETTERS)), _sounds(name.lower())
    if written[:1] != wanted[:1]:
        return False
    return any(
        fuzz.ratio(form, wanted) >= _ALIKE or _is_skeleton(form, wanted)
        for form in (written, _ENDINGS.sub("", written))
    )


def _sounds(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLE.sub(r"\1", word)


def _is_skeleton(one: str, other: str) -> bool:
    """Whether two words have the same consonants, and enough of them."""
    mine = _VOWELS.sub("", one)
    return len(mine) >= _LEAST_SOUNDS and mine == _VOWELS.sub("", other)
