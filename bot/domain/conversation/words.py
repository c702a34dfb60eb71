"""Typed words: a short command counts only when it is the whole message.

People type fast and on phones, so case, punctuation, blanks, a leading `/`, `#` and digits of other scripts are
forgiven. Anything more than the command is a sentence to somebody, and no command.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.durations import duration, read_duration
from bot.domain.languages import english_name, language_named
from bot.domain.reply import ReplyKind

Words = Mapping[str, tuple[str, ...]]
"""`Phrases.words()`: a command's key to its spellings; also `filler`, `polite` and `language-<tag>`."""

MOST_CHARACTERS = 120
"""A longer message is no typed word."""
_MOST_DIGITS = 4
_MOST_NAME = 6
_NUMBERED: tuple[ReplyKind, ...] = ("sources", "quote", "counter", "crux", "deeper", "why", "passage", "story")
_PLAIN: tuple[ReplyKind, ...] = ("audio", "list", "help", "people")
_ORDER: tuple[ReplyKind, ...] = (*_NUMBERED, "chapter", "transcript", *_PLAIN, "who", "translate")
_DEEDS = ("stop", "pause", "retry")
_LANGUAGE = "language-"
_OWN = "mine"
"""`in my language`."""


@dataclass(frozen=True, slots=True)
class Command:
    """One typed word with what it is about."""

    kind: ReplyKind
    number: int | None = None
    """Of the story or chapter; of `passage`, of the citation; of `transcript`, of the page."""
    at: float | None = None
    """Seconds, of `chapter 12:40` and `transcript 12:40`."""
    argument: str = ""
    """The name of `who is …` as typed; the language tag of `in German`, empty for `in my language`."""


def parse(text: str, words: Words) -> Command | None:
    """The command that a message is, or None. Never raises, whatever the text."""
    if len(text) > MOST_CHARACTERS:
        return None
    typed = _tokens(text)
    if typed is None:
        return None
    polite = {_fold(word) for word in words.get("polite", ())}
    while typed and _fold(typed[-1]) in polite:
        typed.pop()
    folded = [_fold(word) for word in typed]
    candidates = (
        (len(spelling), kind, len(spelling))
        for kind in _ORDER
        for spelling in map(_spelling, words.get(kind, ()))
        if spelling and tuple(folded[: len(spelling)]) == spelling
    )
    # The longest spelling is the one that was meant: `counter view 2` is not `counter` and a rest.
    for _, kind, length in sorted(candidates, key=lambda found: -found[0]):
        command = _complete(kind, typed[length:], folded[length:], words)
        if command is not None:
            return command
    return None


def deed(text: str, words: Words) -> str | None:
    """`stop`, `pause` or `retry`, if that is the whole message: words that do something instead of asking."""
    typed = _tokens(text) if len(text) <= MOST_CHARACTERS else None
    folded = [_fold(word) for word in typed or ()]
    polite = {_fold(word) for word in words.get("polite", ())}
    while folded and folded[-1] in polite:
        folded.pop()
    return next((name for name in _DEEDS if folded and tuple(folded) in map(_spelling, words.get(name, ()))), None)


def spelled(command: Command) -> str:
    """The English words that give this command again, such as `sources 2`."""
    if command.kind == "translate":
        named = english_name(command.argument) if command.argument else "my language"
        return f"in {named} {command.number or ''}".strip()
    word = "who is" if command.kind == "who" else command.kind
    about = command.number if command.number is not None else command.argument
    return f"{word} {duration(command.at) if command.at is not None else about}".strip()


def join(all_words: Iterable[Words]) -> Words:
    """The typed words of several languages together: people do not always type in the language of their interface."""
    joined: dict[str, tuple[str, ...]] = {}
    for words in all_words:
        for key, spellings in words.items():
            joined[key] = tuple(dict.fromkeys((*joined.get(key, ()), *spellings)))
    return joined


def _complete(kind: ReplyKind, rest: Sequence[str], folded: Sequence[str], words: Words) -> Command | None:
    """The command with what follows its spelling; None when what follows does not belong to it."""
    if kind == "who":
        return Command(kind, argument=" ".join(rest)) if 1 <= len(rest) <= _MOST_NAME else None
    if kind == "translate":
        return _translation(folded, words)
    if not rest:
        # A lone "story" is a word that people say to each other.
        return None if kind == "story" else Command(kind)
    if kind in _PLAIN:
        return None
    filler = {_fold(word) for word in words.get("filler", ())}
    start = next((i for i, word in enumerate(folded) if word not in filler), len(folded))
    if start != len(folded) - 1:
        return None
    last = folded[-1]
    if last.isdecimal() and len(last) <= _MOST_DIGITS:
        return Command(kind, number=int(last))
    at = read_duration(last) if kind in {"chapter", "transcript"} else None
    return None if at is None else Command(kind, at=at)


def _translation(folded: Sequence[str], words: Words) -> Command | None:
    """The language, and the story if one is named after it; no language is that of who asks."""
    filler = {_fold(word) for word in words.get("filler", ())}
    number = None
    if len(folded) > 1 and folded[-1].isdecimal() and len(folded[-1]) <= _MOST_DIGITS:
        number, folded = int(folded[-1]), folded[:-1]
        while len(folded) > 1 and folded[-1] in filler:
            folded = folded[:-1]
    for key, spellings in words.items():
        if key.startswith(_LANGUAGE) and tuple(folded) in map(_spelling, spellings):
            tag = key.removeprefix(_LANGUAGE)
            return Command("translate", number, argument="" if tag == _OWN else tag)
    known = language_named(" ".join(folded))
    return None if known is None else Command("translate", number, argument=known)


@lru_cache(maxsize=4096)  # those of all interface languages: every message is compared with each of them
def _spelling(spelling: str) -> tuple[str, ...]:
    return tuple(_fold(word) for word in _tokens(spelling) or ())


def _fold(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _tokens(text: str) -> list[str] | None:
    """Words of a message; None when it holds a symbol (an emoji, a plus): then it is not just a command."""
    kept: list[str] = []
    plain = unicodedata.normalize("NFKC", text.replace("№", " "))
    for place, mark in enumerate(plain):
        category = unicodedata.category(mark)
        if category in {"So", "Sm", "Sc"}:
            return None
        if category == "Cf":
            continue
        between = plain[place - 1 : place + 2] if place else ""
        digits = len(between) == 3 and between[0].isdecimal() and between[2].isdecimal()
        letters = len(between) == 3 and between[0].isalpha() and between[2].isalpha()
        if mark == ":" and digits:
            kept.append(mark)
        elif mark in "'’" and letters:
            kept.append("'")
        else:
            kept.append(" " if category[0] in "PZC" or category == "Sk" else mark)
    return "".join(kept).split()
