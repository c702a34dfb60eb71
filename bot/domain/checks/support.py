"""What a sentence says that its passages do not, or say otherwise.

Quotations, numbers, dates, names and units; what is denied, what is left open, and who says or does it. Each lack is
told in a sentence that a writer can act on.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from bot.domain.checks.attribution import others_named, unheard
from bot.domain.checks.certainty import dropped_hedge, overclaims
from bot.domain.checks.clauses import clauses
from bot.domain.checks.figures import Number, figures, missing_days, missing_numbers
from bot.domain.checks.names import capitals, missing_names, words
from bot.domain.checks.plain import plain
from bot.domain.checks.polarity import Turn, turned
from bot.domain.checks.retelling import Changed, changes, renamed
from bot.domain.checks.speakers import misattributed, swapped
from bot.domain.checks.units import changed_units
from bot.domain.quotes import quotations, status, without_quotations
from bot.domain.text.words import language, stems, tokens

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_STEM = 6
MOST_JUDGED = 2_000
"""Characters of a sentence; a longer one is none, and would take long to judge."""
_LIGHT_WORDS = 2
_MOST_TOLD = 4
"""Numbers of the passages named beside a wrong one."""
_LONGEST_TOLD = 60
_RULES = {"denial": "polarity", "opposite": "polarity", "unit": "unit", "date": "number", "name": "name"}
"""Of what is changed in words that are taken over."""
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
    by: tuple[str, ...] = ()
    """Who published each of the passages, as far as it is known."""
    others: tuple[str, ...] = ()
    """Names of the other authors of the edition."""
    says_again: bool = True
    """The sentence says in other words what its passages say; else only what it names or counts has to be there."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a sentence says without support, or against it."""

    rule: str
    """quote · number · name · unit · polarity · certainty · speaker · length"""
    words: str
    text: str
    """A sentence for whoever has to put it right."""


def lacks(sentence: str, support: Support) -> list[Lack]:
    """Everything in a sentence that its support does not hold, or holds otherwise."""
    if len(sentence) > MOST_JUDGED:
        return [
            Lack("length", _short(sentence), f"it has {len(sentence)} characters; write one sentence of its passages")
        ]
    simple = plain(without_quotations(sentence))
    made = _plain_support(support)
    found = [*_quotations(sentence, support), *_facts(simple, made)]
    if not support.says_again or any(status(sentence, passage) for passage in support.passages):
        return found
    return [*found, *_otherwise(simple, made)]


def supported(sentence: str, passages: Sequence[str], *, known: Collection[str]) -> list[str]:
    """What in the sentence (quotations, numbers, dates, names) its passages lack, as written; empty when nothing.

    `known` are names that need no passage: the authors of the cited items.
    """
    return [lack.words for lack in lacks(sentence, Support(tuple(passages), tuple(known)))]


def shared_words(sentence: str, passages: Sequence[str], tongue: str = "en") -> int | None:
    """How many content words a sentence has in common with its passages; None where the two cannot be compared."""
    sentence, passages = plain(sentence), [plain(passage) for passage in passages]
    mine = beginnings(sentence)
    if len(tokens(sentence)) < _LEAST_WORDS or not mine:
        return None
    if not any(comparable(sentence, passage, tongue) for passage in passages):
        return None
    shared = len(mine & frozenset().union(*(beginnings(passage) for passage in passages)))
    return shared or _light_words(sentence, passages)


def _light_words(sentence: str, passages: Sequence[str]) -> int:
    """Whether they share two words that are too common to be counted, where no other is: 1 or 0."""
    mine = clauses(sentence)
    theirs = [read for passage in passages if (read := clauses(passage))]
    if mine is None:
        return 0
    held = {stem for read in theirs for stem in read.places}
    shared = [stem for stem in sorted(mine.places) if stem in held or stem.removeprefix("un") in held]
    return int(len(shared) >= _LIGHT_WORDS)


@lru_cache(maxsize=8192)
def beginnings(text: str) -> frozenset[str]:
    """Stems, and the first letters of long words: a paraphrase may turn a verb into its noun."""
    return frozenset(stem if len(stem) < _STEM else stem[: _STEM - 1] for stem in stems(text))


def comparable(sentence: str, passage: str, tongue: str) -> bool:
    """Whether the words of the two can be compared: one alphabet, one language."""
    if bool(_CYRILLIC.search(sentence)) != bool(_CYRILLIC.search(passage)):
        return False
    return bool(_CYRILLIC.search(sentence)) or tongue[:2] == _tongue(passage)


@lru_cache(maxsize=8192)
def _tongue(text: str) -> str:
    return language(tokens(text))


def _quotations(sentence: str, support: Support) -> Iterator[Lack]:
    for quoted in quotations(sentence):
        found = any(status(quoted.text, passage) for passage in support.passages)
        if not found and not _is_foreign_name(quoted.text, support.passages):
            text = (
                f"“{_short(quoted.text)}” is not in the cited passages word for word; quote exactly or drop the marks"
            )
            yield Lack("quote", f"“{quoted.text}”", text)


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
        yield Lack("number", written, _instead(written, support.passages))
    for written in missing_days(sentence, support.passages, support.published):
        yield Lack("number", written, _instead_day(written, support.passages))
    for written, theirs in changed_units(sentence, support.passages):
        yield Lack("unit", written, f"the passages do not say {written}; they say {theirs}")
    vouching = (*support.passages, *support.authors, *support.context)
    for written in missing_names(
        sentence,
        vouching,
        scene=support.scene,
        elsewhere=support.elsewhere,
        common=support.common,
        language=support.language,
    ):
        text = f"{_short(written)} stands in no cited passage and is no cited author; drop it or cite who names it"
        yield Lack("name", written, text)
    for name in others_named(sentence, support.others, (*support.passages, *support.context)):
        yield Lack("name", name, f"it names {_short(name)}, whom it does not cite; cite them, or leave them out")
    for name in unheard(sentence, support.passages, support.authors, support.context):
        yield Lack(
            "speaker", name, f"no cited passage is by {_short(name)} or lets them speak; say whose words it cites"
        )


def _otherwise(sentence: str, support: Support) -> Iterator[Lack]:
    """What the passages say the other way round."""
    spoken = _speaking(sentence, support)
    for turn in turned(sentence, spoken):
        yield Lack("polarity", turn.written or turn.theirs, _turn(turn))
    for changed in (*changes(sentence, support.passages), *renamed(sentence, support.passages)):
        yield Lack(_RULES[changed.kind], changed.written or changed.theirs, _change(changed))
    for word in overclaims(sentence, support.passages):
        yield Lack("certainty", word, f"no cited passage says “{word}”; say who says it, no more")
    if dropped := dropped_hedge(sentence, spoken):
        word, hedge = dropped
        yield Lack("certainty", word, f"the passages say “{hedge}” of “{word}”; the sentence states it as a fact")
    if wrong := misattributed(sentence, (*support.passages, *support.context), support.authors):
        text = f"the passages let {_short(wrong.theirs)} say something, not {_short(wrong.name)}"
        yield Lack("speaker", wrong.name, text)
    if wrong := swapped(sentence, support.passages):
        text = f"the passages have it the other way round: {_short(wrong.theirs)}"
        yield Lack("speaker", wrong.name, text)


def _turn(turn: Turn) -> str:
    """A turned place, told."""
    if not turn.written:
        return f"the passages say “{turn.theirs}”; the sentence leaves it out and says the opposite"
    if not turn.theirs:
        return f"no cited passage denies anything; the sentence says “{turn.written}”"
    return f"the passages say “{turn.theirs}” where the sentence says “{turn.written}”"


def _change(changed: Changed) -> str:
    """A word that was changed in words that were taken over, told."""
    if not changed.written:
        return f"the passages say “{changed.theirs}” where the sentence leaves it out"
    if not changed.theirs:
        return f"the sentence says “{changed.written}” where the passages do not"
    return f"the passages say “{changed.theirs}” where the sentence says “{changed.written}”"


def _speaking(sentence: str, support: Support) -> tuple[str, ...]:
    """The passages to lay beside a sentence: those of the one author it names, else all."""
    if len(support.by) != len(support.passages) or len(set(support.by)) < 2:
        return support.passages
    capital = capitals(sentence)
    named = {name for name in support.by if {word.key for word in words(name)[-1:]} & capital}
    chosen = tuple(text for text, name in zip(support.passages, support.by, strict=True) if name in named)
    return chosen if len(named) == 1 else support.passages


@lru_cache(maxsize=1024)
def _plain_support(support: Support) -> Support:
    return replace(
        support,
        passages=tuple(map(plain, support.passages)),
        authors=tuple(map(plain, support.authors)),
        context=tuple(map(plain, support.context)),
        scene=tuple(map(plain, support.scene)),
        others=tuple(map(plain, support.others)),
    )


def _instead(written: str, passages: Sequence[str]) -> str:
    """What is wrong about a number, with the numbers that would be right."""
    return _told(written, [number.written for passage in passages for number in figures(passage).numbers], "number")


def _instead_day(written: str, passages: Sequence[str]) -> str:
    return _told(written, [day.written for passage in passages for day in figures(passage).days], "date")


def _told(written: str, theirs: Sequence[str], what: str) -> str:
    some = ", ".join(_short(one) for one in list(dict.fromkeys(theirs))[:_MOST_TOLD])
    return f"the passages do not say {_short(written)}; they " + (f"say {some}" if some else f"hold no {what}")


def _short(text: str) -> str:
    """Words of a passage or of the sentence, short enough to be told."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TOLD else f"{line[:_LONGEST_TOLD]}…"
