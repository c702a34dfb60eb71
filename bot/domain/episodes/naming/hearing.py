"""A talk as words in place: what every search for names and terms looks at, made once."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.text.names import names, spelled
from bot.domain.text.sentences import sentences
from bot.domain.text.words import language, tokens
from bot.domain.transcript import Utterance

_MOST_NAMES = 3_000
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ENDS = frozenset('.?!…:;"“”«»(—–|•')


class Word(NamedTuple):
    """A word of an utterance, without its possessive ending. A tuple: an hour of talk makes ten thousand."""

    text: str
    low: str
    start: int
    end: int
    opens: bool
    """It begins a sentence, a quotation or a clause after a dash: its capital says nothing."""
    joined: bool
    """Only a blank stands between it and the word before."""


@dataclass(frozen=True, slots=True)
class Talk:
    """All words of a talk, and what they tell together."""

    texts: tuple[str, ...]
    words: tuple[tuple[Word, ...], ...]
    names: frozenset[str]
    """In lower case, as `bot.domain.text.names` finds them."""
    inner: Counter[str] = field(default_factory=Counter)
    """How often a word has a capital inside a sentence."""
    small: Counter[str] = field(default_factory=Counter)
    """How often it has none."""
    tongue: str = "en"
    cased: bool = True
    """Most utterances begin with a capital; captions of machines often have none."""


def heard(utterances: Sequence[Utterance], title: str = "") -> Talk:
    """The talk as words in place. Advertisements count as silence."""
    texts = tuple("" if said.ad else said.text for said in utterances)
    plain = [_ADDRESS.sub(lambda found: " " * len(found[0]), text) for text in texts]
    words = tuple(tuple(_words(text)) for text in plain)
    whole = "\n".join(texts)
    found = names(title if whole else "", whole, sentences(whole), most=_MOST_NAMES)
    inner: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for line in words:
        for word in line:
            if word.text[0].islower():
                small[word.low] += 1
            elif not word.opens and word.text[0].isupper():
                inner[word.low] += 1
    begun = [line[0].text[0].isupper() for line in words if line]
    return Talk(texts, words, found, inner, small, language(tokens(whole[:4000])), sum(begun) * 2 > len(begun))


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    last = 0
    for match in spelled(text):
        between = text[last : match.start()]
        own = match[0]
        if len(own) > 2 and own[-2] in "'’" and own[-1] in "sS":
            own = own[:-2]
        elif own[-1] in "'’":
            own = own[:-1]
        opens = last == 0 or (between != " " and (not _ENDS.isdisjoint(between) or between.strip() == "-"))
        found.append(Word(own, own.lower(), match.start(), match.start() + len(own), opens, between == " "))
        last = match.end()
    return found
