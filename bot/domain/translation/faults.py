"""A translation held against its original. Nothing is understood: what must be the same is compared, what must not be
there is looked for, and what cannot be told passes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.domain.languages import english_name
from bot.domain.prose.as_written import bent_name
from bot.domain.prose.wording import tidied
from bot.domain.quotes import quotations, status, without_quotations
from bot.domain.text.tongue import UNKNOWN, is_in, tongue
from bot.domain.text.words import is_stopped
from bot.domain.translation.denials import turned
from bot.domain.translation.figures import changed_figures
from bot.domain.translation.parts import Names, Part

_LEAST, _MOST = 0.4, 2.5
"""Length of a translation, in lengths of its original."""
_SHORT = 20
"""Letters below which a length says little."""
_HEAVY = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BESIDE = 3
"""Letters that one of those is worth."""
_BRACKETS = re.compile(r"\s*[(（]([^()（）]*(?:\([^()]*\)[^()（）]*)*)[)）]")
_CLEAR = 0.5
_FOREIGN = re.compile(
    r"(?:https?:|ftp:|mailto:)\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*|\b[\w-]+\.(?:com|org|net|io|example|ru|"
    r"de|info|dev|ai|app|xyz|me|co)\b|\S*@\w\S*|<[^>\s][^>]*>?|(?<!\w)#\w+|[`{}\[\]|\\*]|\(\w+:",
    re.IGNORECASE,
)
"""Links, mentions, markup."""
_LATIN = "A-Za-zÀ-ɏ"
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_PART_OF_A_NAME = re.compile(r"[^\W\d_][\w'’-]{2,}")


def tidy(said: str, language: str) -> str:
    """A translation as it is examined and shown: one line, without markup, with the quotation marks of its language."""
    return tidied(said, language, ()).text


def faults(part: Part, said: str, language: str, names: Names, *, spoken: str) -> tuple[str, ...]:
    """What does not stand of a translation of a part's words, in sentences for whoever translates again.

    `said` is tidy; `spoken` is the language of the edition, which its original is taken to be in where nothing tells.
    """
    if not re.search(r"\w", said):
        return ("it is missing",)
    found = [
        *_alien(part.words, said),
        *_named(part.words, said, names),
        *_languages(part, said, language),
        *([] if part.is_quotation else _quoted(part.words, said, language)),
        *_lengths(part, said),
    ]
    mine, theirs = _own(part, part.words), _own(part, said)
    tongues = {"spoken": _language_of(part.words, spoken), "language": language.partition("-")[0]}
    found += changed_figures(mine, theirs, **tongues)
    if wrong := turned(mine, theirs, **tongues):
        found.append(wrong)
    return tuple(dict.fromkeys(found))


def _own(part: Part, text: str) -> str:
    """What a text says itself: its quotations stand in the original, with their translations behind them."""
    return text if part.is_quotation else without_quotations(_without_glosses(text))


def _language_of(text: str, spoken: str) -> str:
    found, sure = tongue(text)
    return spoken.partition("-")[0] if found == UNKNOWN or sure < _CLEAR else found


def _alien(original: str, said: str) -> Iterator[str]:
    """Links, mentions, markup, pictures and brackets that the original does not have."""
    for match in _FOREIGN.finditer(said):
        if match.group() not in original:
            yield f"“{match.group()[:40]}” is not in the original"
    for sign in said:
        if unicodedata.category(sign) in {"So", "Sk"} and sign not in original:
            yield f"“{sign}” is not in the original"


def _languages(part: Part, said: str, language: str) -> Iterator[str]:
    texts = [said, *(gloss for _, gloss in _glossed(said))]
    if said.casefold() == part.words.casefold():
        # Nothing was translated. A headline has capitals everywhere: as running text its language can be told.
        texts.append(said.lower())
    if not all(is_in(text, language) for text in texts):
        yield f"write it in {english_name(language)}"


# ---------------------------------------------------------------- names


def _named(original: str, said: str, names: Names) -> Iterator[str]:
    """Names stay in their letters, unbent, and no other joins them."""
    latin = [name for name in (*names.people, *names.others) if not _CYRILLIC.search(name)]
    for name in sorted({form for one in latin for form in _forms(one, persons=names.people)}):
        there, here = _stands(name, original), _stands(name, said)
        if there and not here:
            yield f"{name} is missing: a name stands in its own letters, and is not bent"
        elif here and not there:
            yield f"{name} is not named in the original"
    if bent := bent_name(without_quotations(said), names.people):
        yield f"{bent}: a name stands in its own letters, and is not bent"


def _forms(name: str, *, persons: Iterable[str]) -> list[str]:
    """What of a name has to stay: of a person each part, of others the whole."""
    if name not in persons:
        return [name.removeprefix("The ")]
    parts = _PART_OF_A_NAME.findall(name)
    return [part for part in parts if part[0].isupper() and not is_stopped(part.lower())]


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<![{_LATIN}]){re.escape(name)}(?![{_LATIN}])", text) is not None


# ---------------------------------------------------------------- quotations


def _quoted(original: str, said: str, language: str) -> Iterator[str]:
    """Quotations stay in the original, each followed by its translation in brackets; no other words get marks."""
    outside, glossed = _without_glosses(said), _glossed(said)
    kept = quotations(outside)
    for span in quotations(original):
        if not any(status(span.text, one.text) and status(one.text, span.text) for one in kept):
            yield f"keep “{span.text}” in the original, and put your translation in brackets after it"
        elif not is_in(span.text, language) and not any(status(span.text, quote) for quote, _ in glossed):
            yield f"“{span.text}” needs your translation in brackets after it"
    for one in kept:
        if not status(one.text, original):
            yield f"“{one.text[:80]}” is no quotation of the original"
    for content in _BRACKETS.findall(_without_quoted_glosses(said)):
        if f"({content})" not in original and not _is_of(content, original) and not _has_brackets(original):
            yield f"({content[:80]}) is not in the original"


def _is_of(content: str, original: str) -> bool:
    return content.casefold().strip("“”«»\"' ") in original.casefold()


def _has_brackets(original: str) -> bool:
    return _BRACKETS.search(original) is not None


def _glossed(said: str) -> list[tuple[str, str]]:
    """Quotations with what stands in brackets right after them."""
    found = []
    for span in quotations(said):
        match = _BRACKETS.match(said, span.end)
        if match:
            found.append((span.text, match[1].strip('“”«»„" ')))
    return found


def _without_quoted_glosses(said: str) -> str:
    """A text without the brackets that follow its quotations."""
    pieces: list[str] = []
    past = 0
    for span in quotations(said):
        match = _BRACKETS.match(said, span.end)
        if match and span.start >= past:
            pieces.append(said[past : span.end])
            past = match.end()
    return "".join([*pieces, said[past:]])


def _without_glosses(said: str) -> str:
    """A text without what stands in brackets."""
    return _BRACKETS.sub("", _without_quoted_glosses(said))


# ---------------------------------------------------------------- lengths


def _lengths(part: Part, said: str) -> Iterator[str]:
    pairs = [(_weight(part.words), _weight(_without_quoted_glosses(said)))]
    if not part.is_quotation:
        pairs += [(_weight(quote), _weight(gloss)) for quote, gloss in _glossed(said)]
    for original, mine in pairs:
        if mine > _MOST * max(original, _SHORT):
            yield "it is much longer than the original: add nothing"
        elif original > _SHORT and mine < _LEAST * original:
            yield "it is much shorter than the original: leave nothing out"


def _weight(text: str) -> int:
    return len(text) + (_BESIDE - 1) * len(_HEAVY.findall(text))
