"""How speakers are called: the same one always the same way, nobody where nobody is named."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.domain.text.stopwords import word_set

_LONGEST = 80
_MOST = 200
"""People in one recording. Of more, what stands before the words are no names, and to compare them takes hours."""
_EDGES = " \t:;,-–—>*_#|"
_GENERIC = re.compile(r"(?:speaker|spk|voice|person|participant)?[ _#-]*(?:\d{1,3}|[a-z])?", re.IGNORECASE)
_NOBODY = word_set(
    "unknown unidentified inaudible unintelligible none null n/a na ? ?? ??? unk und speaker? неизвестно unbekannt"
) | {"unknown speaker", "unidentified speaker", "no speaker", "speaker unknown", "неизвестный", "unbekannter sprecher"}


def labelled(labels: Iterable[str | None]) -> dict[str, str | None]:
    """What each label of a file becomes: tidied, one spelling of capitals, None for nobody.

    A label that only counts (`SPEAKER_01`) says nothing where it is the only one; nor do labels without number.
    """
    counted = Counter(label for label in labels if label)
    tidied = {label: _tidied(label) for label in counted}
    forms: dict[str, Counter[str]] = {}
    for label, name in tidied.items():
        if name is not None:
            forms.setdefault(name.casefold(), Counter())[name] += counted[label]
    best = {key: max(sorted(names), key=names.__getitem__) for key, names in forms.items()}
    if len(best) > _MOST:
        return dict.fromkeys(tidied)
    alone = len(best) == 1 and _GENERIC.fullmatch(next(iter(best.values()))) is not None
    return {label: None if name is None or alone else best[name.casefold()] for label, name in tidied.items()}


def _tidied(label: str) -> str | None:
    name = " ".join(label.split()).strip(_EDGES)
    if name[:1] in "[(" and name[-1:] in "])":
        name = name[1:-1].strip(_EDGES)
    if not name or name.casefold() in _NOBODY or not any(map(str.isalnum, name)):
        return None
    return name[:_LONGEST].rstrip()
