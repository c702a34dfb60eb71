"""Whether a message is for us. People who talk to each other are left alone.

A typed word counts as the whole message. Otherwise the bot speaks when it is mentioned, replied to, or asked: a
question that turns to nobody in particular and shares its words or names with the edition under which it
stands. Silence is the cheaper mistake: whoever wanted an answer can mention the bot.
"""

import re
from typing import Literal

from bot.domain.conversation.asking import asked_stems
from bot.domain.conversation.cues import (
    ABOUT_THE_EDITION,
    ABOUT_THE_EPISODE,
    ASKING,
    AT_SOMEBODY,
    CHAPTER_NUMBER,
    EVERYDAY,
    IMPERSONAL,
    LEADING,
    NO_NAMES,
    OURSELVES,
    PEOPLE,
    POINTING,
    REQUESTS,
    RHETORICAL,
    TAGS,
    VOCATIVE_FIRST,
    VOCATIVE_LAST,
    WONDERING,
)
from bot.domain.conversation.matter import Matter, fold, is_cyrillic, named
from bot.domain.conversation.words import Command, Words, parse
from bot.domain.place import Inbound

Policy = Literal["mentions", "questions", "all"]
"""When to speak without being called: never, when asked, always."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BETWEEN = re.compile(r"(?<=[.!?…])\s+|\n")
_BARE = frozenset({"sources", "counter", "audio", "transcript", "list", "help", "translate", "chapter", "people"})
"""Typed words that need no number: nobody says them to a person as a whole message by chance."""
_SINGULAR = frozenset({"source", "источник", "источника"})
"""`source?` asks a person where they have it from; with a number it is a typed word."""
_PLURAL = frozenset({"quotes", "цитаты"})
_RECORDED = frozenset({"chapter", "people"})
"""Bare, they are for us only where an episode is talked about."""
_LONGEST_QUESTION = 60
"""Words of a message that is still a question and not a letter to somebody."""
_NAME_SHARE, _SHARE = 0.3, 0.6


def should_answer(inbound: Inbound, policy: Policy, words: Words, about: Matter) -> bool:
    """Whether this message wants an answer from us. `about` is the matter of the edition it stands under."""
    if inbound.from_bot or not inbound.text.strip():
        return inbound.pressed or (inbound.mentions_us and not inbound.from_bot)
    if inbound.pressed or inbound.mentions_us or inbound.replies_to_us:
        return True
    command = parse(inbound.text, words)
    if command is not None and _is_meant(command, inbound, about):
        return True
    if policy == "mentions" or inbound.mentions_others:
        return False
    return policy == "all" or is_asked(inbound.text, about)


def _is_meant(command: Command, inbound: Inbound, about: Matter) -> bool:
    """`why`, `who is coming` and `quote` are also what people say to each other."""
    if command.kind == "who":
        # `who is Tom` is a question of people unless Tom is someone in the edition.
        return not inbound.mentions_others and bool(named(command.argument, about))
    if command.number is not None or command.at is not None:
        return True
    alone = inbound.text.strip(" /?!.").casefold()
    if about.recorded and alone in _PLURAL:
        return not inbound.mentions_others
    if command.kind in _RECORDED and not about.recorded:
        return False
    return command.kind in _BARE and not inbound.mentions_others and alone not in _SINGULAR


def is_asked(text: str, about: Matter) -> bool:
    """Whether an unaddressed text is a question to whoever knows this edition."""
    plain = text.replace("’", "'").strip()
    whose = _addressee(plain, about)
    if whose is not None:
        return whose in OURSELVES
    if AT_SOMEBODY.search(plain) or TAGS.search(plain) or len(_WORD.findall(plain)) > _LONGEST_QUESTION:
        return False
    if _concerns_people(plain):
        return False
    return any(_is_question(sentence) and _is_about(sentence, about) for sentence in _BETWEEN.split(plain))


def _addressee(text: str, about: Matter) -> str | None:
    """The folded name a message turns to (`Tom, can you …`, `…, Tom?`), if it turns to one."""
    first, last = VOCATIVE_FIRST.match(text), VOCATIVE_LAST.search(text)
    for match in (first, last):
        if match is None:
            continue
        called = [fold(word) for word in match.groups() if word]
        if not called or called[0] in NO_NAMES or called[0] in ASKING or named(" ".join(called), about):
            continue
        # `…, says Venn?` and `…, old or new?` end in two words that are no name: a name has capitals.
        if len(called) > 1 and not all(word[:1].isupper() for word in match.groups() if word):
            continue
        return called[0]
    return None


def _concerns_people(text: str) -> bool:
    """Whether a message speaks to, or of, the people in the room."""
    rest = IMPERSONAL.sub(" ", REQUESTS.sub(" ", text))
    # `US` is a country, `us` are people.
    return any(word.casefold() in PEOPLE for word in _WORD.findall(rest) if word != "US") or (
        re.search(r"\bus\b", rest) is not None
    )


def _is_question(sentence: str) -> bool:
    text = sentence.strip(" \t\"'“”«»()-–—")
    if RHETORICAL.search(text):
        return False
    if REQUESTS.search(text):
        return True
    words = [word.casefold() for word in _WORD.findall(text)]
    while len(words) > 1 and words[0] in LEADING and words[0] not in ASKING:
        words = words[1:]
    if not words or len(words) == 1:
        return False
    marked = text.rstrip(" )\"'”»").endswith("?")
    if is_cyrillic(text):
        # Russian asks by intonation: the mark alone makes a question, `ли` and a question word do as well.
        return marked or "ли" in words or words[0] in ASKING
    if marked:
        return words[0] in ASKING or any(word in WONDERING for word in words[:4])
    return words[0] in WONDERING


def _is_about(sentence: str, about: Matter) -> bool:
    """Whether a question shares enough with one story of the edition to be about it."""
    if ABOUT_THE_EDITION.search(sentence) or CHAPTER_NUMBER.search(sentence):
        return True
    if about.recorded and ABOUT_THE_EPISODE.search(sentence):
        return True
    asked = dict.fromkeys(asked_stems(sentence))
    called = named(sentence, about)
    if called and about.latin and is_cyrillic(sentence):
        return True
    return bool(asked) and any(_shares(list(asked), story, called, sentence, about) for story in about.stories)


def _shares(asked: list[str], story: frozenset[str], called: frozenset[str], sentence: str, about: Matter) -> bool:
    """Whether what was asked, and the names it calls, are enough of one story."""
    shared = [stem for stem in asked if stem in story]
    telling = [stem for stem in shared if stem not in EVERYDAY]
    share = len(shared) / len(asked)
    central = any(stem in about.focus for stem in telling)
    if called and share >= _NAME_SHARE:
        # A town that is mentioned once is no subject; who speaks in the edition is one.
        return central or len(telling) > 1 or not called.isdisjoint(about.people)
    if len(telling) >= 2:
        return share >= _SHARE
    # A single word says little: the edition must come back to it, and it must be all of the question.
    return central and share == 1.0 and POINTING.search(sentence) is None
