"""Words for comparing texts: tokens, stems, and the words that carry no subject.

Stemming is Snowball's (Porter 2001). The language is guessed from script and stop words, per text.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from threading import get_ident
from typing import Protocol

from bot.domain.text.stopwords import ALWAYS_STOPPED, STOP_WORDS

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)?")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_POSSESSIVE = re.compile(r"['’](?:s|ll|re|ve|d|m|t)$")
_SNOWBALL = {
    "en": "english", "ru": "russian", "de": "german", "fr": "french", "es": "spanish", "it": "italian",
    "pt": "portuguese", "nl": "dutch",
}  # fmt: skip
_OTHERS = tuple(name for name in STOP_WORDS if name != "ru")
_SPOKEN_IN = {
    word: tuple(name for name in _OTHERS if word in STOP_WORDS[name])
    for word in sorted(frozenset().union(*(STOP_WORDS[name] for name in _OTHERS)))
}
"""The languages of a stop word; Russian is known by its letters."""
_SAMPLE = 200
"""Words looked at to guess the language."""
_LONGEST = 40
"""Characters of a word; anything longer is no word."""


def tokens(text: str) -> list[str]:
    """Words and numbers of a text in lower case, in order; addresses are left out, CJK text gives character pairs."""
    found: list[str] = []
    for token in _TOKEN.findall(_ADDRESS.sub(" ", text).lower()):
        if not token.isascii() and _CJK.match(token):
            found.extend(token[i : i + 2] for i in range(max(1, len(token) - 1)))
        elif len(token) <= _LONGEST:
            found.append(token if token.isalnum() else _POSSESSIVE.sub("", token))
    return found


def language(words: list[str]) -> str:
    """The likeliest language of some lower-case words: `ru` by script, else by stop words, else `en`."""
    sample = words[:_SAMPLE]
    if not "".join(sample).isascii() and sum("а" <= word[0] <= "я" for word in sample if word) * 2 > len(sample):
        return "ru"
    counts = Counter(name for word in sample for name in _SPOKEN_IN.get(word, ()))
    best = max(sorted(_OTHERS), key=lambda name: (counts[name], name == "en"))
    return best if counts[best] > counts["en"] else "en"


def stems(text: str) -> list[str]:
    """Stems of the content words of a text, in order."""
    words = tokens(text)
    tongue = language(words)
    stopped = STOP_WORDS[tongue]
    return [
        _stem(word, tongue)
        for word in words
        if word not in stopped and word not in ALWAYS_STOPPED and (len(word) > 1 or word.isdigit())
    ]


def stem(word: str, tongue: str) -> str:
    """What the forms of a lower-case word have in common, in a language we can stem."""
    return _stem(word, tongue)


def is_stopped(word: str) -> bool:
    """Whether a lower-case word is a stop word of any language we know."""
    return word in ALWAYS_STOPPED or any(word in stopped for stopped in STOP_WORDS.values())


def folded(word: str) -> str:
    """A Latin word without its accents, so that `José` and `Jose` are one."""
    if word.isascii() or any("а" <= letter <= "я" for letter in word):
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def _stem(word: str, tongue: str) -> str:
    if word[0].isdigit():
        return word
    return folded(_stemmer(tongue, get_ident()).stemWord(word))


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's name)


@lru_cache(maxsize=64)
def _stemmer(tongue: str, thread: int) -> _Stemmer:
    """One a thread: a stemmer keeps the word it is at in its own fields, so that two at once spoil each other's."""
    del thread
    import snowballstemmer

    made: _Stemmer = snowballstemmer.stemmer(_SNOWBALL[tongue])
    return made
