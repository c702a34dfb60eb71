"""Where in the recording a piece of an utterance is said, and how many words a text has in any script."""

import re

from bot.domain.transcript import Utterance

_LONG = 20.0
"""Seconds from which the start of an utterance says too little of where a sentence of it stands."""
_UNSPACED = re.compile(r"[\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that set no blanks between words: Thai, Lao, Burmese, Khmer, kana, Han."""
_WORD = re.compile(rf"{_UNSPACED.pattern}{{1,2}}|(?:(?!{_UNSPACED.pattern})\S){{1,60}}")
"""A word as `words_in` counts it; what is longer than any word is several."""


def words_of(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends, in any script; at least as many as `words_in` counts."""
    return [found.span() for found in _WORD.finditer(text)]


def words_in(text: str) -> int:
    """How many words a person would count; two characters are a word where a script sets no blanks."""
    if text.isascii():
        return sum(word[0].isalnum() or any(map(str.isalnum, word)) for word in text.split())
    unspaced = len(_UNSPACED.findall(text))
    spaced = _UNSPACED.sub(" ", text) if unspaced else text
    return sum(any(map(str.isalnum, word)) for word in spaced.split()) + (unspaced + 1) // 2


def moment(said: Utterance, offset: int) -> float:
    """Seconds at which the character `offset` of an utterance is said; the start of a short one."""
    length = said.end - said.start
    if length <= _LONG or offset <= 0:
        return said.start
    return round(said.start + length * min(1.0, offset / len(said.text)), 2)
