"""What a sentence says that its passages do not: quotations, numbers, dates, names."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from bot.domain.checks.figures import Number, missing_days, missing_numbers
from bot.domain.checks.names import missing_names
from bot.domain.quotes import quotations, status, without_quotations
from bot.domain.text.words import language, stems, tokens

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_STEM = 6
_LEAST_WORDS = 4
"""A shorter sentence need not repeat a word of its passages."""


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind a sentence."""

    passages: tuple[str, ...]
    """The cited words: they vouch for everything."""
    authors: tuple[str, ...] = ()
    """Names of who published them: they need no passage."""
    context: tuple[str, ...] = ()
    """Headlines and other passages of the same items: they vouch for names only."""
    scene: tuple[str, ...] = ()
    """The story's passages: they vouch for peoples as adjectives only."""
    published: tuple[date, ...] = ()
    own: tuple[Number, ...] = ()
    elsewhere: frozenset[str] = field(default=frozenset())
    common: frozenset[str] = field(default=frozenset())
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a sentence says without support: the rule it breaks, and the words."""

    rule: str
    words: str


def lacks(sentence: str, support: Support) -> list[Lack]:
    """Everything in a sentence that its support does not hold, in the order quotations, numbers, dates, names."""
    return [*_quotations(sentence, support), *_facts(without_quotations(sentence), support)]


def supported(sentence: str, passages: Sequence[str], *, known: Collection[str]) -> list[str]:
    """What in the sentence (quotations, numbers, dates, names) its passages lack, as written; empty when nothing.

    `known` are names that need no passage: the authors of the cited items.
    """
    return [lack.words for lack in lacks(sentence, Support(tuple(passages), tuple(known)))]


def shared_words(sentence: str, passages: Sequence[str], tongue: str = "en") -> int | None:
    """How many content words a sentence has in common with its passages; None where the two cannot be compared."""
    mine = _beginnings(sentence)
    if len(tokens(sentence)) < _LEAST_WORDS or not mine:
        return None
    if not any(_comparable(sentence, passage, tongue) for passage in passages):
        return None
    return len(mine & frozenset().union(*(_beginnings(passage) for passage in passages)))


@lru_cache(maxsize=8192)
def _beginnings(text: str) -> frozenset[str]:
    """Stems, and the first letters of long words: a paraphrase may turn a verb into its noun."""
    return frozenset(stem if len(stem) < _STEM else stem[: _STEM - 1] for stem in stems(text))


def _comparable(sentence: str, passage: str, tongue: str) -> bool:
    if bool(_CYRILLIC.search(sentence)) != bool(_CYRILLIC.search(passage)):
        return False
    return bool(_CYRILLIC.search(sentence)) or tongue[:2] == language(tokens(passage))


def _quotations(sentence: str, support: Support) -> Iterator[Lack]:
    for quoted in quotations(sentence):
        found = any(status(quoted.text, passage) for passage in support.passages)
        if not found and not _is_foreign_name(quoted.text, support.passages):
            yield Lack("quote", f"“{quoted.text}”")


def _is_foreign_name(words: str, passages: Sequence[str]) -> bool:
    """Whether quotation marks hold a name in another script than its passages, as Russian writes «Газпром»."""
    return (
        bool(_CYRILLIC.search(words))
        and len(words.split()) < 3
        and words[:1].isupper()
        and not any(_CYRILLIC.search(passage) for passage in passages)
    )


def _facts(sentence: str, support: Support) -> Iterator[Lack]:
    for written in missing_numbers(sentence, (*support.passages, *support.authors), support.own):
        yield Lack("number", written)
    for written in missing_days(sentence, support.passages, support.published):
        yield Lack("number", written)
    vouching = (*support.passages, *support.authors, *support.context)
    for written in missing_names(
        sentence,
        vouching,
        scene=support.scene,
        elsewhere=support.elsewhere,
        common=support.common,
        language=support.language,
    ):
        yield Lack("name", written)
