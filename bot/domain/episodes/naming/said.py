"""Who people say they are: what notes, a title and the opening of a talk tell of names, parts and employers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.episode import Role
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.gazetteer import FIRST_NAMES
from bot.domain.episodes.naming.presentable import is_part, is_person_name, presentable, tidied
from bot.domain.episodes.naming.proper import looks_like_person, organisation_at, people_at, person_at
from bot.domain.transcript import Utterance

Told = Literal["publisher", "title", "notes", "talk"]


@dataclass(frozen=True, slots=True)
class Introduced:
    """A person as somebody names them."""

    name: str
    by: Told
    role: Role | None = None
    org: str | None = None
    label: str | None = None
    """The speaker label that says this of itself."""


_WORK = (
    r"(?:works?|working|worked|ceo|cto|coo|cfo|co-?founder|founder|president|vice[- ]president|head|"
    r"chief|director|lead(?:er)?"
    r"|engineer|developer|scientist|strategist|researcher|professor|manager|partner|contributor|"
    r"editor|journalist|author"
    r"|economist|fellow|analyst|architect|designer|advocate|maintainer|producer|reporter|student|lecturer|consultant"
    r"|employed|основатель|директор|инженер|разработчик|профессор|руководитель|редактор|журналист|работаю|работает)"
)
_EMPLOYED = re.compile(
    rf"[^.;:!?\n]{{0,70}}?\b{_WORK}\b(?:(?:[^.;:!?\n]{{0,60}}?\b(?:at|with|for|в))|(?:\s+\w+){{0,2}}\s+of|\s+by)\s+(?:the\s+)?"
    r"(?=[^\W_])",
    re.IGNORECASE,
)
_DOES_AT = re.compile(r",?\s+who\s+(?:[\w\-]+\s+){1,6}at\s+(?:the\s+)?(?=[^\W_])", re.IGNORECASE)
_FROM = re.compile(
    r"\s*,?\s*(?:who\s+is\s+|is\s+)?(?:here\s+)?(?:at|from|of|из)\s+(?:the\s+)?(?=[^\W_])", re.IGNORECASE
)
_AFTER_NAME = re.compile(r"\s*(?:[,–—(-]|who\b|is\b|works\b)", re.IGNORECASE)
_HOSTS = re.compile(
    r"(?:\b(?:hosts?|hosted by|your hosts?|co-?hosts?|moderators?|moderated by|presented by|ведущ(?:ий|ая|ие))"
    r"(?:\s*(?:are|is|today|:|–|—|-|,))*)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_GUESTS = re.compile(
    r"\b(?:(?:special |our |my |today['’]s |this week['’]s )?guests?(?:\s*(?:are|is|today|this week|:|–|—|-|,))*"
    r"|featuring:?|feat\.|ft\.|interview(?:s|ed|ing)? with|interviews|(?:in )?conversation with|joined by"
    r"|(?:speaks?|talks?|speaking|talking|chats?|sits? down|sat down) (?:with|to)|гост(?:ь|и|ья)(?:\s*[:–—-])?"
    r"|в гостях(?: у нас)?:?|у нас в гостях)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:\bwith|\bw/|\bfeat\.|\bft\.|\bfeaturing|[—–|]|\s-)\s+(?=[^\W\d_])", re.IGNORECASE)
_HEADING = re.compile(r"\s*(?::|\s-|—|–|\bon\b|\bjoins\b)\s*", re.IGNORECASE)
_JOINS = re.compile(r"\s+(?:joins|returns|talks|explains|discusses|is here|stops by|присоединяется|рассказывает)\b")
_MYSELF = re.compile(r"\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s|меня зовут|Меня зовут)\s+(?=[^\W\d_])")
_THIS_IS = re.compile(r"\bthis is\s+(?=[^\W\d_])", re.IGNORECASE)
_WELCOMED = re.compile(
    r"(?:joined (?:again |today |as always |here |once again )*by|with (?:us|me)(?: here)?(?: today|"
    r" this week)?(?: is| are)?"
    r"|(?:today|this week|here),? we have(?: with us)?|we(?:['’]ve| have)(?: got)?|(?:our|my)(?: special)? guests?"
    r"(?: today| this week)?(?: is| are|,)*|please welcome|welcome(?: back)?(?: to the (?:show|podcast))?,?"
    r"|(?:talking|speaking) (?:to|with)|here with|in conversation with|у нас в гостях|с нами(?: сегодня)?)\s+"
    r"(?:(?:is |our |my |also )?(?:good |special )?(?:friend|colleague|guest)s?,?\s+)?(?=[^\W\d_])",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\bco-?hosts?(?:\s*(?:,|is|are|here))*\s+(?=[^\W\d_])", re.IGNORECASE)
_GREETING = 24
"""Characters before somebody says who they are."""
OPENING = 40
"""Utterances in which people are introduced."""


def of_facts(facts: EpisodeFacts) -> Iterator[Introduced]:
    """Everybody whom publisher, title and notes name as somebody who speaks, most certain first."""
    for person in facts.people:
        name = presentable(person.name)
        if name is not None and is_person_name(name):
            yield Introduced(name, "publisher", _role_of(person.role))
    yield from _of_title(" ".join(facts.title[:500].split()))
    for line in facts.notes[:20_000].split("\n"):
        yield from _of_line(line)


def of_talk(utterances: Sequence[Utterance]) -> Iterator[Introduced]:
    """Everybody who is introduced in the opening, in order."""
    for index, said in enumerate(utterances[:OPENING]):
        yield from _of_opening(said, first=index < 6)


def employer(text: str, after: int) -> str | None:
    """The organisation that is said to employ the person whose name ends at `after`, verbatim."""
    straight = _FROM.match(text, after)
    if straight is not None:
        return organisation_at(text, straight.end())
    if not _AFTER_NAME.match(text, after):
        return None
    told = _DOES_AT.match(text, after) or _EMPLOYED.match(text, after)
    return organisation_at(text, told.end()) if told is not None else None


def own_employer(text: str) -> str | None:
    """The organisation that somebody says they work for."""
    for found in re.finditer(r"\bI(?:['’]m| am| work)\b|\bЯ\b|\bя\b", text):
        told = _EMPLOYED.match(text, found.start())
        name = organisation_at(text, told.end()) if told is not None else None
        if name is not None:
            return name
    return None


def _role_of(role: str) -> Role | None:
    low = role.lower()
    if any(word in low for word in ("host", "moderator", "presenter", "ведущ")):
        return "host"
    return "guest" if any(word in low for word in ("guest", "interviewee", "speaker", "panel", "гост")) else None


def _of_title(title: str) -> Iterator[Introduced]:
    for cue in _WITH.finditer(title):
        for name, end in people_at(title, cue.end()):
            if looks_like_person(name) or not cue[0].strip(" ").strip("—–|-"):
                yield Introduced(name, "title", "guest", _behind_comma(title, end))
            elif cue[0].strip().lower() in {"with", "w/", "feat.", "ft.", "featuring"} and not title[:1].islower():
                yield Introduced(name, "title", "guest", employer(title, end))
    head = person_at(title, 0)
    if head is not None and looks_like_person(head[0]) and _HEADING.match(title, head[1]):
        yield Introduced(head[0], "title", "guest")


def _behind_comma(title: str, end: int) -> str | None:
    """`— Jane Doe, Acme`: what stands behind the name, where it is no second person."""
    rest = re.compile(r",\s+").match(title, end)
    if rest is None:
        return employer(title, end)
    other = person_at(title, rest.end())
    return None if other is not None and looks_like_person(other[0]) else organisation_at(title, rest.end())


def _of_line(line: str) -> Iterator[Introduced]:
    roles: tuple[tuple[re.Pattern[str], Role], ...] = ((_HOSTS, "host"), (_GUESTS, "guest"))
    for pattern, role in roles:
        for cue in pattern.finditer(line):
            for name, end in people_at(line, cue.end()):
                yield Introduced(name, "notes", role, employer(line, end))
    start = person_at(line, len(line) - len(line.lstrip(" -–—•*")))
    if start is not None and looks_like_person(start[0]):
        name, end = start
        role_named = re.compile(r"\s*[–—(:,-]\s*(?:co-?)?(host|guest)\b", re.IGNORECASE).match(line, end)
        if role_named is not None:
            yield Introduced(name, "notes", _role_of(role_named[1]))
        elif _JOINS.match(line, end):
            yield Introduced(name, "notes", "guest", employer(line, end))
        else:
            org = employer(line, end)
            if org is not None:
                yield Introduced(name, "notes", None, org)


def _of_opening(said: Utterance, *, first: bool) -> Iterator[Introduced]:
    text = said.text[:4000]
    for cue in _MYSELF.finditer(text):
        found = person_at(text, cue.end(), least=1)
        if found is not None and (
            _is_name_of_somebody(found[0], text, found[1]) or _is_nickname(said, found[0], cue.start(), found[1])
        ):
            yield Introduced(found[0], "talk", None, employer(text, found[1]) or own_employer(text), said.speaker)
    for cue in _THIS_IS.finditer(text) if first else ():
        found = person_at(text, cue.end())
        if found is not None and looks_like_person(found[0]):
            yield Introduced(found[0], "talk", None, employer(text, found[1]) or own_employer(text), said.speaker)
    yield from _of_others(text)


def _of_others(text: str) -> Iterator[Introduced]:
    roles: tuple[tuple[re.Pattern[str], Role], ...] = ((_BESIDE, "host"), (_WELCOMED, "guest"))
    for pattern, role in roles:
        for cue in pattern.finditer(text):
            for name, end in people_at(text, cue.end()):
                if looks_like_person(name) or _AFTER_NAME.match(text, end):
                    yield Introduced(name, "talk", role, employer(text, end))


def _is_nickname(said: Utterance, name: str, start: int, end: int) -> bool:
    """`Hi, I'm Murk,` at the beginning of what somebody says whose name is known: another name of theirs."""
    known = said.speaker is not None and not is_part(said.speaker)
    return known and " " not in name and start <= _GREETING and said.text[end : end + 1] in {".", ",", "!"}


def _is_name_of_somebody(name: str, text: str, end: int) -> bool:
    """`I'm Jane` is a name; `I'm Dutch` is none, nor is `I'm Head of Sales`."""
    words = tidied(name).lower().split()
    if words[0] in FIRST_NAMES:
        return True
    return len(words) > 1 and text[end : end + 1] in {".", ",", "", "!"}
