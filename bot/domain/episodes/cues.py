"""What people say when they turn to something else, or do not: small classes of phrases in several languages.

The classes are those of studies of discourse markers (Passonneau & Litman 1997): closing what was ("okay", "great"),
turning ("so", "now"), answering ("yes", "exactly"), going on ("and", "because"), announcing ("next"), proposing ("let's
talk about"), greeting, taking leave, and asking. None is of one field.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.episodes.cue_phrases import PHRASES
from bot.domain.languages import primary
from bot.domain.text.stopwords import STOP_WORDS
from bot.domain.text.words import language, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OPENING: Final = ("settled", "turning", "answering", "going_on")
"""Classes of the first words of an utterance."""
WITHIN: Final = ("announcing", "proposing", "leaving", "greeting", "asking", "you", "we")
"""Classes of its beginning."""
LAST: Final = ("announcing", "proposing", "leaving")
"""Classes that tell at the end of the utterance before, too."""
_BEGINNING, _END = 40, 25
"""Words."""
_MOST_LETTERS = 400
"""Of an utterance without spaces."""


def tongue_of(texts: Sequence[str], named: str | None) -> str:
    """The language whose phrases are looked for: the one named (`de-AT` is `de`), else the likeliest."""
    tongue = primary(named or "")
    if tongue in STOP_WORDS:
        return tongue
    return language([word for text in texts[len(texts) // 4 :][:60] for word in tokens(text)])


def cues(texts: Sequence[str], tongue: str) -> "dict[str, NDArray[np.float64]]":
    """Which classes of phrases each utterance shows, 1 or 0, by name; `last_…` tells of the utterance before."""
    import numpy as np

    low = [text.lower().replace("’", "'") for text in texts]
    begun = [" ".join(text[:_MOST_LETTERS].split()[:_BEGINNING]) for text in low]
    ended = [" ".join(text[-_MOST_LETTERS:].split()[-_END:]) for text in low]
    shown: dict[str, list[bool]] = {}
    for name in OPENING:
        pattern = _opening(name, tongue)
        shown[name] = [bool(pattern.match(text)) for text in begun]
    for name in WITHIN:
        pattern = _within(name, tongue)
        shown[name] = [bool(pattern.search(text)) for text in begun]
    shown["asking"] = [asks and "?" in text for asks, text in zip(shown["asking"], begun, strict=True)]
    for name in LAST:
        pattern = _within(name, tongue)
        shown[f"last_{name}"] = [False, *(bool(pattern.search(text)) for text in ended[:-1])]
    return {name: np.array(values, dtype=float) for name, values in shown.items()}


def shows(text: str, name: str, tongue: str) -> bool:
    """Whether a text holds a phrase of this class."""
    return bool(_within(name, tongue).search(text.lower().replace("’", "'")))


@lru_cache(maxsize=128)
def _opening(name: str, tongue: str) -> re.Pattern[str]:
    """At the start; words that answer or settle may come before the word that turns: "Okay, so"."""
    if name != "turning":
        return re.compile(rf"\W*(?:{_alternatives(name, tongue)})\b")
    first = f"{_alternatives('answering', tongue)}|{_alternatives('settled', tongue)}"
    return re.compile(rf"\W*(?:(?:{first})\b\W*){{0,3}}(?:{_alternatives(name, tongue)})\b")


@lru_cache(maxsize=128)
def _within(name: str, tongue: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(name, tongue)})\b")


def _alternatives(name: str, tongue: str) -> str:
    phrases = (PHRASES.get(tongue) or PHRASES["en"])[name].split(",")
    return "|".join(
        sorted((re.escape(" ".join(phrase.split())) for phrase in phrases), key=lambda one: (-len(one), one))
    )
