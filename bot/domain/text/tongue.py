"""What language a text is in, because a model that was asked for Russian may well answer in English.

The gate before posting must be sure before it refuses: a sentence of an edition is full of names, products and quoted
originals that stand in other languages on purpose. So three things are left out before anything is judged: quotations,
terms in brackets, and words that look like names (capitals, digits, addresses). What is left is judged twice:

1. By script. Only Russian, Ukrainian, … are written in Cyrillic, only Japanese has kana: common words in a script that
   the language is not written in, or letters its alphabet lacks, settle it without any statistics.
2. By `py3langid` (Lui & Baldwin 2012: naive Bayes over byte n-grams), among the languages of that script that
   editions may plausibly be in. Its 140 languages include many small relatives of large ones (Waray, Walloon, Venetian)
   that win short sentences by chance. A text is refused only where the language asked for is far behind the best one;
   between close relatives (Czech and Slovak, Danish and Norwegian) the distance must be greater.

Texts that are too short to tell pass. Everything here is deterministic; after the model is loaded (over half a second,
once a process) a sentence takes a fifth of a millisecond.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from bot.domain.quotes import without_quotations
from bot.domain.text.stopwords import word_set
from bot.domain.text.words import is_stopped

UNKNOWN = "und"
"""The language of a text that has no words of its own."""

_READ = 2_000
"""Characters of a text that are looked at."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|【[^【】]*】")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#]\w+|`[^`]*`")
_HEAVY_LETTERS = r"\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_MARKS = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece"
    r"\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
"""Vowel signs and accents: they belong to the letter before them, though `\\w` does not match them."""
_LETTER = rf"(?:(?![{_HEAVY_LETTERS}])[^\W\d_]|[{_MARKS}])"
_WORD = re.compile(rf"[{_HEAVY_LETTERS}]+|{_LETTER}+(?:['’ʼ]{_LETTER}+)*")
_MARKED = re.compile(r"(?<![A-Za-z.-])[A-Za-z.-]*[\d/\\_][A-Za-z\d./\\_%-]*|(?<![A-Za-z-])[A-Za-z-]+\.[A-Za-z]{2,5}\b")
"""Versions, paths, file names: words of no language."""

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(f"[{letters}]"))
    for name, letters in (
        ("latin", "a-zà-öø-ɏḁ-ỿ"),
        ("cyrillic", "\u0400-\u052f"),
        ("han", "\u3400-\u9fff\uf900-\ufaff"),
        ("kana", "\u3040-\u30ff"),
        ("hangul", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
        ("arabic", "\u0600-\u06ff\u0750-\u077f"),
        ("devanagari", "\u0900-\u097f"),
        ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
        ("hebrew", "\u0590-\u05ff"),
        ("thai", "\u0e00-\u0e7f"),
        ("bengali", "\u0980-\u09ff"),
        ("gurmukhi", "\u0a00-\u0a7f"),
        ("gujarati", "\u0a80-\u0aff"),
        ("tamil", "\u0b80-\u0bff"),
        ("telugu", "\u0c00-\u0c7f"),
        ("kannada", "\u0c80-\u0cff"),
        ("malayalam", "\u0d00-\u0d7f"),
        ("sinhala", "\u0d80-\u0dff"),
        ("georgian", "\u10a0-\u10ff"),
        ("armenian", "\u0530-\u058f"),
        ("khmer", "\u1780-\u17ff"),
        ("burmese", "\u1000-\u109f"),
        ("lao", "\u0e80-\u0eff"),
        ("ethiopic", "\u1200-\u137f"),
    )
)
_WRITTEN: Mapping[str, str] = {
    code: script
    for script, codes in (
        ("cyrillic", "ru uk be bg mk sr kk ky mn tg"),
        ("han", "zh"),
        ("kana", "ja"),
        ("hangul", "ko"),
        ("arabic", "ar fa ur ps"),
        ("devanagari", "hi mr ne"),
        ("greek", "el"),
        ("hebrew", "he"),
        ("thai", "th"),
        ("bengali", "bn as"),
        ("gurmukhi", "pa"),
        ("gujarati", "gu"),
        ("tamil", "ta"),
        ("telugu", "te"),
        ("kannada", "kn"),
        ("malayalam", "ml"),
        ("sinhala", "si"),
        ("georgian", "ka"),
        ("armenian", "hy"),
        ("khmer", "km"),
        ("burmese", "my"),
        ("lao", "lo"),
        ("ethiopic", "am"),
    )
    for code in codes.split()
}
"""What languages are written in that are not written in Latin letters; the first of a script is its likeliest."""
_EITHER = word_set("sr mn kk ky tg az uz ku")
"""Languages that are written in two scripts: their script says nothing."""
_LATIN = word_set(
    "en de fr es pt it nl pl tr cs sk ro hu sv da no fi et lv lt hr sl sq ca gl eu id vi sw af tl is ga cy az uz"
)
_NAMED: Mapping[str, str] = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "bs": "hr", "sh": "hr", "ms": "id", "yue": "zh",
    "wuu": "zh", "cmn": "zh",
}  # fmt: skip
"""Codes that are judged as another: older names, and variants that sentences do not tell apart."""
_STRANGE: Mapping[str, frozenset[str]] = {
    "ru": frozenset("іїєґўђјљњћџѓќѕ"),
    "uk": frozenset("ыэёъўђјљњћџѓќѕ"),
    "be": frozenset("ищъїєґђјљњћџѓќѕ"),
    "bg": frozenset("ыэёіїєґўђјљњћџѓќѕ"),
    "mk": frozenset("йыэёіїєґўъьщюяђћ"),
    "sr": frozenset("йыэёіїєґўъьщюяѓќѕ"),
    "ar": frozenset("پچژگٹڈڑںےۀۆۇ"),
}
"""Letters an alphabet lacks although its script has them."""
_HEAVY = frozenset({"han", "kana", "hangul"})
_SYLLABLE = 3
"""Latin letters that a character of those scripts is worth."""
_LEAST_STRANGE = 8
"""Letters in a foreign script that may stand in any sentence."""
_LEAST_WORDS, _LEAST_LETTERS = 3, 12
"""A shorter text cannot be told."""
_LONG_HAN = 12
"""Characters that no Japanese sentence goes on for without kana."""
_RELATIVES: tuple[frozenset[str], ...] = tuple(
    map(
        word_set,
        (
            "cs sk",
            "da no sv",
            "es gl ca pt it ro",
            "hr sr sl",
            "ru uk be bg mk sr",
            "hi mr ne",
            "nl af",
            "fa ar ur",
            "et fi",
        ),
    )
)
_FAR, _FAR_RELATIVE = 2.0, 2.5
"""How far behind the best language the wanted one must be: log odds over the square root of the bytes."""


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def load() -> None:
    """Load what tells languages apart, which takes most of a second, once a process: while something else is waited
    for, or the first text waits for it.
    """
    tongue("What language is this sentence written in?")


def tongue(text: str) -> tuple[str, float]:
    """The likeliest language of a text as a two-letter code, and how sure that is (0 to 1); `und`, 0 without words."""
    words = _own_words(text)
    weights = _weights(words)
    if not weights:
        return UNKNOWN, 0.0
    script = max(sorted(weights), key=weights.__getitem__)
    candidates = _candidates(script, weights)
    if len(candidates) == 1:
        return candidates[0], 1.0
    ranked = _ranked(" ".join(words), candidates)
    best = ranked[0][1]
    odds = [math.exp(score - best) for _, score in ranked]
    return ranked[0][0], 1.0 / sum(odds)


def is_in(text: str, language: str) -> bool:
    """Whether a text may be in a language (`ru`, `pt-BR`): False only where it plainly is in another one.

    Quotations, terms in brackets and names are left out of account; what is left may be too short to tell, and passes.
    """
    wanted = _wanted(language)
    words = _own_words(text)
    weights = _weights(words)
    script = _WRITTEN.get(wanted, "latin")
    if wanted not in _EITHER and _is_foreign(weights, script):
        return False
    if _has_strange_letters(words, wanted):
        return False
    letters = sum(weights.values())
    if letters < _LEAST_LETTERS or (script not in _HEAVY and len(words) < _LEAST_WORDS):
        return True
    candidates = _candidates(max(sorted(weights), key=weights.__getitem__), weights)
    if wanted not in candidates:
        candidates = (*candidates, wanted)
    return len(candidates) == 1 or _is_near(" ".join(words), wanted, candidates)


def _wanted(language: str) -> str:
    code = re.split(r"[-_]", language.lower(), maxsplit=1)[0]
    return _NAMED.get(code, code)


def _own_words(text: str) -> list[str]:
    """The words of a text that are neither quoted nor in brackets nor names."""
    plain = without_quotations(unicodedata.normalize("NFC", text[:_READ]))
    plain = _ADDRESS.sub(" ", _BRACKETS.sub(" ", plain))
    if plain.isupper():
        plain = plain.lower()
    return [word for word in _WORD.findall(_MARKED.sub(" ", plain)) if not _may_be_name(word)]


def _may_be_name(word: str) -> bool:
    """Whether a word has a capital and is none of the small words that begin sentences and fill headlines."""
    return word != word.lower() and not is_stopped(word.lower())


def _weights(words: Iterable[str]) -> dict[str, int]:
    """How many letters of each script some words have; a syllable counts as three."""
    joined = "".join(words)
    counted = {name: len(pattern.findall(joined)) * (_SYLLABLE if name in _HEAVY else 1) for name, pattern in _SCRIPTS}
    return {name: weight for name, weight in counted.items() if weight}


def _is_foreign(weights: Mapping[str, int], script: str) -> bool:
    """Whether most of a text is in a script its language is not written in."""
    own = {script, "han"} if script == "kana" else {script}
    native = sum(weights.get(name, 0) for name in own)
    foreign = sum(weight for name, weight in weights.items() if name not in own)
    if script == "kana" and not weights.get("kana") and weights.get("han", 0) > _LONG_HAN * _SYLLABLE:
        return True
    return foreign >= _LEAST_STRANGE and foreign > native


def _has_strange_letters(words: Iterable[str], wanted: str) -> bool:
    strange = _STRANGE.get(wanted, frozenset())
    return bool(strange) and sum(not strange.isdisjoint(word) for word in words) > 1


def _candidates(script: str, weights: Mapping[str, int]) -> tuple[str, ...]:
    if script == "han" and weights.get("kana"):
        return ("ja",)
    if script == "latin":
        return tuple(sorted(_LATIN))
    return tuple(code for code, written in _WRITTEN.items() if written == script)


def _is_near(text: str, wanted: str, candidates: Iterable[str]) -> bool:
    ranked = _ranked(text, candidates)
    scores = dict(ranked)
    best = ranked[0][0]
    if wanted not in scores:
        return True
    kin = any({best, wanted} <= relatives for relatives in _RELATIVES)
    return ranked[0][1] - scores[wanted] < (_FAR_RELATIVE if kin else _FAR)


def _ranked(text: str, candidates: Iterable[str]) -> list[tuple[str, float]]:
    """Candidates with their log odds over the square root of the text's bytes (the library's temperature)."""
    wanted = frozenset(candidates)
    scale = math.sqrt(len(text.encode("utf-8", "replace")) or 1)
    return [(code, score / scale) for code, score in _identifier().rank(text) if code in wanted]


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    return made
