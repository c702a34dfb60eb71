"""A text as its words are compared: without invisible characters, with one form of every digit and letter.

Who writes may be hostile, or only careless: a name with one letter of another alphabet, a number in full-width digits,
a zero-width space inside a word. What looks the same is the same here. Look-alikes are those of Unicode Technical
Standard 39 (confusables) between Latin, Greek and Cyrillic letters; a word of one alphabet alone stays as it is.
"""

import re
import unicodedata
from functools import lru_cache

_CONFUSED = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХЗаеѕіјкорсухһԁԛԝгпᴀΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανικρυ",
        "ABESIJKMHOPCTYX3aesijkopcyxhdqwrnAABEZHIKMNOPTYXoavikpu",
        strict=True,
    )
)
"""Letters of Cyrillic and Greek that look like Latin ones."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LOOKS_CYRILLIC = {latin: other for other, latin in _CONFUSED.items() if _CYRILLIC.match(other) and latin.isalpha()}
_OTHER_ALPHABET = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Control characters, turns of the writing direction, halves of characters, tags: none belongs into a sentence."""
_JOINERS = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0")
_LEAST_LATIN = 3
"""Latin letters for one letter of another alphabet, from which a word that could be Latin is taken for Latin."""


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text with compatibility forms, digits and look-alikes made plain, and nothing invisible in it."""
    if text.isascii():
        return text
    folded = "".join(map(_folded, unicodedata.normalize("NFC", text)))
    if not _OTHER_ALPHABET.search(folded):
        return folded
    latin = len(_LATIN.findall(folded)) > _LEAST_LATIN * len(_CYRILLIC.findall(folded))
    return _LETTERS.sub(lambda match: _one_alphabet(match.group(), latin=latin), folded)


def hidden(text: str) -> str | None:
    """What a text hides, in words, if it hides anything."""
    if not text.isascii() or _HIDDEN.search(text):
        if _HIDDEN.search(text):
            return "an invisible character"
        mixed = next(
            (w.group() for w in _LETTERS.finditer(text) if _LATIN.search(w[0]) and _CYRILLIC.search(w[0])), None
        )
        return f"a word of two alphabets (“{mixed}”)" if mixed else None
    return None


def _folded(letter: str) -> str:
    if letter.isascii() or letter.isspace():
        return letter
    category = unicodedata.category(letter)
    if category in {"Cf", "Cs", "Cc", "Co"} or letter in _JOINERS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "No":
        simple = unicodedata.normalize("NFKC", letter).replace("\u2044", "/")
        if simple == letter:
            return letter  # a number of a script that has no other form
        return f" {simple}" if not unicodedata.decomposition(letter).startswith(("<super", "<sub")) else " "
    return _letter(letter, category)


def _letter(letter: str, category: str) -> str:
    """A letter or sign in its usual form: full-width, mathematical and circled ones have another."""
    if category[0] in "LS" or "\uff00" <= letter <= "\uff60" or "\u2160" <= letter <= "\u2188":
        simple = unicodedata.normalize("NFKC", letter)
        return simple if len(simple) == 1 or simple.isascii() else letter
    return letter


def _one_alphabet(word: str, *, latin: bool) -> str:
    """A word that mixes alphabets, or that only looks Latin in a Latin text, in the alphabet it wants to be read in."""
    others = _OTHER_ALPHABET.findall(word)
    if not others:
        return word
    if any(letter not in _CONFUSED for letter in others):
        return "".join(_LOOKS_CYRILLIC.get(letter, letter) for letter in word) if _LATIN.search(word) else word
    if _LATIN.search(word) or (latin and len(word) > 1):
        return "".join(_CONFUSED.get(letter, letter) for letter in word)
    return word
