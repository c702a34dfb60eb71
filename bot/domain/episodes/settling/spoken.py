"""The language of a transcript, and a second one where a good part of it is in that."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.text.tongue import UNKNOWN, tongue

_SAMPLES = 40
_SAMPLE_CHARACTERS = 240
_SURE = 0.8
_SECOND = 0.2
"""The share of words from which a second language is worth a note."""
_FEWEST_SAMPLES = 3


def languages(texts: Sequence[str], named: str | None) -> tuple[str | None, str | None]:
    """The language most of some utterances are in, and a second one that has a fifth of the words.

    Forty samples from beginning to end are looked at. `named` is what the file or its feed says: it is believed where
    the samples do not tell, and its tag is kept where it is the same language (`en-GB`).
    """
    heard: Counter[str] = Counter()
    unsure: Counter[str] = Counter()
    for sample in _samples(texts):
        code, certain = tongue(sample)
        if code != UNKNOWN:
            (heard if certain >= _SURE else unsure)[code] += len(sample.split())
    if not heard:
        heard = unsure
    named = named.strip().replace("_", "-") or None if named else None
    if not heard:
        return named, None
    (first, most), *others = sorted(heard.items(), key=lambda item: (-item[1], item[0]))
    words = sum(heard.values())
    second = next((code for code, count in others if count >= _SECOND * words), None)
    same = named is not None and named.lower().split("-")[0] == first
    if named is not None and (same or (len(texts) < _FEWEST_SAMPLES and most < _SAMPLES)):
        return named, second
    return first, second


def _samples(texts: Sequence[str]) -> list[str]:
    """Stretches of neighbouring utterances, evenly spread."""
    step = max(1, len(texts) // _SAMPLES)
    found = []
    for first in range(0, len(texts), step):
        sample = ""
        for text in texts[first : first + step]:
            sample = f"{sample} {text[:_SAMPLE_CHARACTERS]}".strip()
            if len(sample) >= _SAMPLE_CHARACTERS:
                break
        found.append(sample)
    return found
