"""Where people, organisations, software and the rest are named in a talk: places first, what they are comes later.

Names are those of `bot.domain.text.names`; here they get places, lose what is no part of them, and captions without
capitals are searched for what notes and title spell out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.naming.gazetteer import (
    CONCEPT_WORDS,
    FIRST_NAMES,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    PLACES,
    SOFTWARE,
    SOFTWARE_WORDS,
    WORK_WORDS,
)
from bot.domain.episodes.naming.hearing import Talk, Word
from bot.domain.episodes.naming.presentable import presentable
from bot.domain.episodes.naming.proper import looks_like_person, person_at
from bot.domain.episodes.naming.terms import Place
from bot.domain.text.names import is_shaped, names
from bot.domain.text.sentences import sentences
from bot.domain.text.stopwords import CALENDAR, word_set
from bot.domain.text.words import is_stopped

_LONGEST = 6
_NO_ENTITY = word_set(
    """
    yeah yes yep nope okay ok hello hey hi oh wow thanks thank welcome god gosh jesus sorry please cheers bye goodbye
    right well cool great awesome nice sure exactly absolutely totally definitely interesting perfect good
    i'd i'm i've i'll we're we've we'll we'd you're you've you'll you'd they're they've they'll it's that's
    there's what's
    he's she's let's don't can't who's here's monday tuesday wednesday thursday friday saturday sunday christmas easter
    english american european german french british chinese russian japanese australian canadian indian dutch spanish
    italian western eastern americans europeans democrats republican republicans democrat christian jewish muslim
    internet web email tv pc id ceo cto cfo coo vp hr pr prs ph ph.d phd phds ceos ui ux qa faq api apis cpu cpus
    gpu gpus ram os
    lol omg tldr diy aka asap irl tmi fyi imo btw am pm utc usd eur mr mrs ms dr x y z a.m p.m u
    unintelligible inaudible
    crosstalk laughter laughs music transcript speaker speakers episode podcast newsletter show q&a bs da ага привет
    да нет ну вот так
    """
)
_LISTED = SOFTWARE | ORGANISATIONS | PLACES
_SUFFIX = re.compile(
    r"-(?:ish|like|based|wrapped|style|only|specific|y|enabled|compatible|powered|native|type|wide|"
    r"esque|related|driven)$",
    re.IGNORECASE,
)
"""`Acme-based` names Acme."""
_TITLE = re.compile(
    r"\b(?:book|novel|paper|article|essay|post|album|song|film|movie|documentary|podcast|talk|report|series)"
    r"(?:,)?(?: is)?(?: called| titled| named)? [\"“]([A-Z][^\"“”.?!]{2,58})[\"”]"
)
_HEADS = ORGANISATION_WORDS | CONCEPT_WORDS | WORK_WORDS | SOFTWARE_WORDS | {"academia"}
"""Words that are a name only with others."""
_SIGNS = re.compile(r"\+\+|#")
_GENERIC_ENDS = word_set("i i'm i've i'd i'll and or but so the a an yeah okay well oh no yes if when what why how")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*[a-z]?", re.IGNORECASE)
_CAPTIONS_LEAST = 4
"""Characters of a name that is searched for in small letters."""


def trusted(facts: EpisodeFacts, cast: Cast) -> tuple[str, ...]:
    """Names as publisher, title and notes spell them."""
    found: dict[str, None] = dict.fromkeys(person.name for person in cast.people if not person.as_heard)
    found |= dict.fromkeys(name for one in facts.people if (name := presentable(one.name)))
    text = "\n".join([facts.title[:500], facts.notes[:20_000], *(link.title[:200] for link in facts.links[:200])])
    low = names("", text, sentences(text), most=400)
    for name in sorted(low):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            if match[0] != match[0].lower():
                shown = presentable(match[0])
                if shown is not None and not _is_nothing(shown.lower()):
                    found[shown] = None
                break
    return tuple(found)


def mentions(talk: Talk, spellings: Sequence[str]) -> Iterator[tuple[str, Place]]:
    """Every place where something is named, and the name as it stands there. `spellings` are trusted ones."""
    wanted = {spelling.lower() for spelling in spellings}
    if not talk.cased:
        yield from _in_captions(talk, wanted)
        return
    wanted |= {name.split()[-1] for name in talk.names if " " in name and name.split()[0] in FIRST_NAMES}
    for index, line in enumerate(talk.words):
        yield from _of_line(talk, index, line, wanted)
        yield from _titles(talk, index)


def _of_line(talk: Talk, index: int, line: tuple[Word, ...], wanted: set[str]) -> Iterator[tuple[str, Place]]:
    text = talk.texts[index]
    at = 0
    while at < len(line):
        word = line[at]
        last = None
        if word.text[0].isupper() or is_shaped(word.text):
            last = _person_to(line, at, text) if word.low in FIRST_NAMES else None
            last = last if last is not None else _name_to(talk, line, at, wanted)
        if last is None:
            at += 1
            continue
        first, end = _trimmed(line, at, last)
        at = last + 1
        if first <= end and _is_name(talk, line[first : end + 1], wanted):
            tail = _SUFFIX.search(line[end].text)
            stop = line[end].end - (len(tail[0]) if tail else 0)
            signs = _SIGNS.match(text, stop) if line[end].text in {"C", "F"} else None
            place = Place(index, line[first].start, signs.end() if signs else stop)
            shown = presentable(text[place.start : place.end])
            if shown is not None:
                yield shown, place


def _titles(talk: Talk, index: int) -> Iterator[tuple[str, Place]]:
    """Titles of works in quotation marks, which the search for names takes for the beginnings of sentences."""
    for found in _TITLE.finditer(talk.texts[index]):
        shown = presentable(found[1])
        if shown is not None:
            yield shown, Place(index, found.start(1), found.end(1))


def _person_to(line: tuple[Word, ...], at: int, text: str) -> int | None:
    """The last word of a full name of a person that begins here."""
    found = person_at(text, line[at].start)
    if found is None or not looks_like_person(found[0]):
        return None
    if line[at].opens and is_stopped(line[at].low):
        return None
    return next((i for i in range(at, len(line)) if line[i].end >= found[1]), None)


def _name_to(talk: Talk, line: tuple[Word, ...], at: int, wanted: set[str]) -> int | None:
    """The last word of the longest known name that begins here."""
    if line[at].text == "C" and talk.inner["c"] >= 3:
        return at
    far = at
    while (
        far + 1 < len(line)
        and far - at < _LONGEST - 1
        and line[far + 1].joined
        and line[far].end + 1 == line[far + 1].start
    ):
        far += 1
    for last in range(far, at - 1, -1):
        key = " ".join(word.low for word in line[at : last + 1])
        if (key in talk.names or key in wanted) and (last == at or not line[last].text[0].islower()):
            return last if key in wanted else _first_listed(line, at, last)
    return None


def _first_listed(line: tuple[Word, ...], at: int, last: int) -> int:
    """The last word of the first of two well-known names that only stand side by side (`Firefox Discord`)."""
    for end in range(last - 1, at - 1, -1):
        left, right = (" ".join(word.low for word in part) for part in (line[at : end + 1], line[end + 1 : last + 1]))
        if left in _LISTED and right in _LISTED and f"{left} {right}" not in _LISTED:
            return end
    return last


def _trimmed(line: tuple[Word, ...], first: int, last: int) -> tuple[int, int]:
    """Without words that only stand beside a name, and without its version at the end."""
    while first <= last and (line[first].low in _GENERIC_ENDS or (line[first].low in _NO_ENTITY and first < last)):
        first += 1
    while last > first and (line[last].low in _GENERIC_ENDS or _VERSION.fullmatch(line[last].text)):
        last -= 1
    return first, last


def _is_name(talk: Talk, words: Sequence[Word], wanted: set[str]) -> bool:
    whole = " ".join(word.low for word in words)
    if len(words) > 1 and whole in wanted:
        return True
    if len(words) > 1:
        return not all(_is_nothing(word.low) or _is_mostly_small(talk, word) for word in words)
    word = words[0]
    if _is_nothing(word.low) or len(word.text) < 2:
        return word.text == "C"
    if is_stopped(word.low) and word.low not in FIRST_NAMES and not word.text.isupper():
        return False
    return not _is_mostly_small(talk, word) or whole in _LISTED


def _is_nothing(low: str) -> bool:
    if low in _LISTED:
        return False
    if low in _NO_ENTITY or low in CALENDAR or low.removesuffix("s") in CALENDAR or low in _HEADS:
        return True
    return _VERSION.fullmatch(low) is not None or low.isdigit() or (len(low) > 5 and low.endswith("ly"))


def _is_mostly_small(talk: Talk, word: Word) -> bool:
    """Whether the talk writes the word small at least as often: a capital that says nothing."""
    if word.text.isupper() or any(c.isupper() for c in word.text[1:]) or word.low in SOFTWARE:
        return False
    return talk.small[word.low] >= max(1, talk.inner[word.low])


def _in_captions(talk: Talk, wanted: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """Names of notes and title in a talk without capitals."""
    known = sorted(
        (one for one in wanted if len(one) >= _CAPTIONS_LEAST and not is_stopped(one)), key=lambda one: (-len(one), one)
    )
    if not known:
        return
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, known)) + r")(?!\w)", re.IGNORECASE)
    for index, text in enumerate(talk.texts):
        for match in pattern.finditer(text):
            yield match[0], Place(index, match.start(), match.end())
