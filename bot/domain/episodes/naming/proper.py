"""Reading a name that begins at a place in a text: of people, and of organisations."""

import re
from collections.abc import Iterator

from bot.domain.episodes.naming.gazetteer import (
    CONCEPT_WORDS,
    FIRST_NAMES,
    ORGANISATION_WORDS,
    PARTICLES,
    PLACES,
    SOFTWARE,
    SOFTWARE_WORDS,
    WORK_WORDS,
)
from bot.domain.episodes.naming.presentable import is_person_name, presentable
from bot.domain.text.stopwords import CALENDAR, word_set
from bot.domain.text.words import is_stopped

_TOKEN = re.compile(r"[^\W\d_](?:[\w'’\-]|\.(?=\w))*")
_ORGANISATION_TOKEN = re.compile(r"[^\W_](?:[\w'’\-+&]|\.(?=\w))*|&")
_LINK = word_set("of for & the de")
_THINGS = (
    ORGANISATION_WORDS
    | SOFTWARE_WORDS
    | WORK_WORDS
    | CONCEPT_WORDS
    | word_set("texas notes dice agreement conference summit")
)
_INNER_CAPITAL = re.compile(r"(?<!^Mc)(?<!^Mac)(?<!^De)(?<!^Di)(?<!^La)(?<!^Le)(?<!['’\-])(?<!^)[A-Z]")
_NO_NAME = word_set(
    """
    welcome today hello hi hey thanks thank yeah yes yep okay ok oh well so right sure exactly cool great awesome wow
    please maybe absolutely totally definitely sorry episode podcast show part senior chief head software engineer
    developer director manager president founder professor doctor team newsletter english american sir mr mrs ms dr
    ceo cto coo cfo vp principal lead staff executive good happy excited glad
    """
)
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+(?:and|&|и)\s+)(?:also\s+)?(?:my\s+co-?hosts?,?\s+)?")


def person_at(text: str, at: int, *, least: int = 2, most: int = 4) -> tuple[str, int] | None:
    """The person's name that begins here, and where it ends: capitalised words with particles and initials between."""
    words: list[str] = []
    end, position = at, at
    while len(words) <= most:
        found = _TOKEN.match(text, position)
        if found is None or not _continues(found[0], words):
            break
        word = re.sub(r"['’]s$", "", found[0])
        words.append(word)
        end = found.start() + len(word)
        position = found.end()
        if word != found[0]:
            break
        if len(word) == 1 and text.startswith(".", position):
            position = end = position + 1
        if not text.startswith(" ", position):
            break
        position += 1
    while words and words[-1].lower() in PARTICLES:
        end -= len(words.pop()) + 1
    name = presentable(text[at:end]) if len(words) >= least else None
    return (name, end) if name is not None and is_person_name(name) else None


def people_at(text: str, at: int, *, least: int = 2) -> Iterator[tuple[str, int]]:
    """The names of a list that begins here: `Jane Doe, John Roe and Mary Major`."""
    for _ in range(8):
        found = person_at(text, at, least=least)
        if found is None:
            return
        yield found
        joint = _AND.match(text, found[1])
        if joint is None:
            return
        at = joint.end()


def organisation_at(text: str, at: int) -> str | None:
    """The organisation's name that begins here, as it stands: up to six capitalised words, `of` and `&` between."""
    words: list[str] = []
    end, position = at, at
    while len(words) < 6:
        found = _ORGANISATION_TOKEN.match(text, position)
        if found is None or not (_is_capital(found[0]) or (words and found[0] in _LINK)):
            break
        word = re.sub(r"['’]s$", "", found[0])
        words.append(word)
        end, position = found.start() + len(word), found.end()
        if word != found[0] or not text.startswith(" ", position):
            break
        position += 1
    while words and words[-1] in _LINK:
        end -= len(words.pop()) + 1
    name = presentable(text[at:end]) if words else None
    if name is None or name.lower() in PLACES | SOFTWARE or name.lower() in CALENDAR or words[0].lower() in _NO_NAME:
        return None
    return None if len(words) == 1 and (is_stopped(words[0].lower()) or len(words[0]) < 2) else name


def looks_like_person(name: str) -> bool:
    """Whether a name alone says that it is a person's: its first word is a common first name, none is a firm's."""
    words = name.lower().split()
    if len(words) < 2 or words[0].strip(".") not in FIRST_NAMES or any(word in _THINGS for word in words):
        return False
    last = name.rsplit(maxsplit=1)[-1]
    return len(last.strip(".")) > 1 and not _INNER_CAPITAL.search(last) and not (last.isupper() and not name.isupper())


def _continues(word: str, words: list[str]) -> bool:
    low = word.lower()
    if words and low in PARTICLES:
        return True
    if low == "i" or low.startswith(("i'", "i’")):
        return False
    if not word[0].isupper() or low in _NO_NAME or (low in CALENDAR and not (words or low in FIRST_NAMES)):
        return False
    return bool(words) or low in FIRST_NAMES or not is_stopped(low)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or any(c.isupper() for c in word[1:3])
