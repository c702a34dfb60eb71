"""What something is, told by its name, by what stands around it in the talk, and by what the notes link to.

Each hint is worth points for a type; the type with most points counts if it has enough and is ahead of the others. What
stays unsure is left out: a wrong type is worse than a missing entity.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast as as_type
from urllib.parse import urlsplit

from bot.domain.episode import EntityType
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming.cast import Cast
from bot.domain.episodes.naming.gazetteer import (
    CONCEPT_WORDS,
    CONCEPTS,
    FIRST_NAMES,
    ORGANISATION_WORDS,
    ORGANISATIONS,
    PLACES,
    SOFTWARE,
    SOFTWARE_WORDS,
    WORK_WORDS,
)
from bot.domain.episodes.naming.hearing import Talk
from bot.domain.episodes.naming.spelling import parts
from bot.domain.episodes.naming.terms import Place
from bot.domain.text.stopwords import word_set

_SURE = 5
"""Points by a list alone, from which on no surroundings are read."""
LEAST = 1.0
"""Points that a type needs."""
_AHEAD = 0.25
_LOOKED_AT = 30
"""Mentions whose surroundings are read."""
_NEAR = 48
"""Characters to each side."""

_BEFORE: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (kind, points, re.compile(rf"(?:{pattern})$", re.IGNORECASE))
    for kind, points, pattern in (
        (
            "organization",
            1.2,
            (
                r"\b(?:at|joined|joining|work(?:s|ed|ing)? (?:at|for)|employed by|folks (?:at|from)|people (?:at|"
                r"from)|team at) "
            ),
        ),
        (
            "organization",
            3.0,
            (
                r"\b(?:company|startup|organi[sz]ation|firm|nonprofit|agency|manufacturer|"
                r"vendor)(?:,)?(?: (?:called|named|like))? "
            ),
        ),
        (
            "organization",
            3.0,
            r"\b(?:ceo|cto|founder|co-founder|president|employee|director|head|chairman) (?:of|at) (?:the )?",
        ),
        (
            "organization",
            2.0,
            (
                r"\b(?:acquired by|funded by|hired by|bought by|owned by|sued|founded|co-founded|partner(?:ed|"
                r"ing)? with) "
            ),
        ),
        ("organization", 0.5, r"\bfrom "),
        (
            "software",
            1.5,
            (
                r"\b(?:us(?:e|es|ed|ing)|install(?:ed|ing)?|download(?:ed|ing)?|runn?(?:ing|s)?|upgrad(?:e|ed|"
                r"ing) to|switch(?:ed)? to|deploy(?:ed|ing)?(?: on| to)?|built (?:on|with|in)|writ(?:ten|ing|"
                r"e) (?:it )?in|program(?:med|ming)? in|powered by) (?:a |an |the )?"
            ),
        ),
        (
            "software",
            2.5,
            (
                r"\b(?:library|framework|tool|app|application|software|language|platform|plugin|database|wallet|"
                r"browser|service|package|product|project|implementation|protocol|network|device|board|"
                r"client)(?:,)?(?: is)? (?:called|named|like) "
            ),
        ),
        (
            "software",
            1.5,
            (
                r"\b(?:version of|release of|support for|fork of|port of|integration with|users of|"
                r"instead of) "
            ),
        ),
        ("software", 0.45, r"\b(?:on|in|with|to|into|via|for) "),
        (
            "place",
            2.5,
            (
                r"\b(?:liv(?:e|es|ed|ing) in|based (?:out )?(?:in|of)|moved to|born (?:and raised |"
                r"and brought up )?in|grew up in|city of|live from|flew to|trip to|up in|conference in|"
                r"traveling to|visit(?:ed|ing)?) "
            ),
        ),
        (
            "work",
            3.0,
            (
                r"\b(?:book|novel|paper|article|essay|blog post|album|song|film|movie|documentary|podcast|"
                r"newsletter|talk|report|magazine|series|tv show)(?:,)?(?: is)?(?: called| titled| named|"
                r",)? [\"“'‘]?"
            ),
        ),
        ("place", 0.8, r"\b(?:in|from|to|near|around|across) "),
        ("work", 2.0, r"\b(?:read(?:ing)?|wrote|author of|watch(?:ed|ing)?) (?:the )?[\"“]"),
        (
            "person",
            2.0,
            (
                r"\b(?:mr|mrs|ms|dr|prof|professor|president|senator|my friend|friend|guy named|named|hi|hey|"
                r"hello|colleague|by the name of|brother|author)\.?,? "
            ),
        ),
        ("person", 1.5, r"\b(?:thanks|thank you|welcome|welcome back|cheers)(?: so much)?,? "),
        ("person", 0.8, r"\b(?:by|with|and|told|asked|met|interviewed|about) "),
        ("concept", 1.5, r"\b(?:notion of|concept of|idea of|theory of|kind of|type of|called an?|term) [\"“]?"),
        ("concept", 0.6, r"\b(?:a|an|these|those|this|each|every|any|multiple|your|our|of these) "),
    )
)
_AFTER: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (kind, points, re.compile(pattern, re.IGNORECASE))
    for kind, points, pattern in (
        ("person", 2.2, r"['’]s (?:book|paper|idea|proposal|work|point|article|post|comment|question|talk|laughter)\b"),
        ("person", 2.0, r",? who(?:['’]s)?\b(?! (?:is a company|make|makes|build))"),
        (
            "person",
            2.0,
            (
                r" (?:said|says|saying|wrote|writes|thinks|thought|told|tells|asked|asks|mentioned|mentions|"
                r"talked|argued|argues|invented|tweeted|replied|replies|explained|pointed|believes|knew|knows|"
                r"commenting|nailed|himself|herself|brought|joked|and i)\b"
            ),
        ),
        (
            "person",
            1.0,
            r" (?:was|is|has|had|did|came|went|would|might|also|proposed|suggested|published|posted|just) ",
        ),
        ("person", 2.0, r" and (?:a few |some |his |her )(?:others?|other people|co-?authors|colleagues|team)\b"),
        ("organization", 2.2, r"['’]s (?:ceo|founder|board|office|employees|customers|lawyers)\b"),
        (
            "organization",
            2.2,
            (
                r" (?:announced|hired|acquired|raised|employees|engineers|inc\b|employs|is (?:a|"
                r"an) \w* ?(?:company|startup|organi[sz]ation)|(?:and [A-Z]\w+ )?are (?:\w+ )?companies|offices?|"
                r"where (?:i|we))\b"
            ),
        ),
        (
            "software",
            1.8,
            (
                r"(?: v?\d+(?:\.\d+)+| version (?:of|\d)| library| framework| api| sdk| app\b| apps\b| plugin|"
                r" codebase| code\b| client| server| database| repo\b| repository| cli\b| command| package|"
                r" compiler| nodes?\b| users?\b| release| implementation| software| developers?\b| binary|"
                r" interface| extension| integration| boards?\b| projects?\b| support\b| model\b| account)"
            ),
        ),
        (
            "concept",
            1.5,
            (
                r" (?:algorithm|attack|theory|effect|method|principle|approach|technique|problem|address|"
                r"addresses|transactions?|scheme|signatures?|proposal|rules?|output|outputs|inputs?|channels?|"
                r"keys?|script|systems?|filters?|sets?|size|limit|opcodes?)\b"
            ),
        ),
    )
)
_ADDRESSED = re.compile(
    r"(?:^|[.?!,] )(?:(?:yeah|so|all right|okay|thanks|hi|hey|well|right|great|and),? )*$", re.IGNORECASE
)
_ASKED = re.compile(
    r"[,.?] (?:do|did|are|is|what|how|any|you|can|i(?:'m| am| don| wanted| think| know)|would|have|"
    r"could|go ahead|over to|thank|thanks|welcome)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"[?!,.]")
"""After that: somebody is spoken to by name. A name that could be anything has to be asked something."""
_LISTED = (
    SOFTWARE
    | ORGANISATIONS
    | PLACES
    | SOFTWARE_WORDS
    | WORK_WORDS
    | {"director", "executive", "senior", "chief", "head"}
)


@dataclass(frozen=True, slots=True)
class Typing:
    """What is known before the talk is read."""

    people: frozenset[tuple[str, ...]]
    """Names of the cast as words, and their single words."""
    organisations: frozenset[str]
    repositories: frozenset[str]
    """Last parts of the addresses of code that the notes link to, in lower case."""
    shows: frozenset[str]

    @staticmethod
    def of(facts: EpisodeFacts, cast: Cast) -> "Typing":
        """From notes, links and cast."""
        whole = {parts(person.name) for person in cast.people}
        single = {(word,) for name in whole for word in (name[0], name[-1]) if name}
        code = set()
        for link in facts.links[:300]:
            address = urlsplit(link.url)
            if (address.hostname or "").removeprefix("www.") in {
                "github.com",
                "gitlab.com",
                "codeberg.org",
            }:
                code |= {part.lower() for part in address.path.strip("/").split("/")[:2][-1:] if part}
        orgs = {person.org.lower() for person in cast.people if person.org}
        return Typing(
            frozenset(whole | single), frozenset(orgs), frozenset(code), frozenset({(facts.show or "").lower()})
        )


def typed(name: str, places: Sequence[Place], talk: Talk, known: Typing) -> EntityType | None:
    """The type of what bears this name, None where it stays unsure."""
    points: dict[str, float] = defaultdict(float)
    _by_name(name, points, known)
    if not points.get("sure"):
        _by_shape(name, points, talk, len(places))
        _by_surroundings(name, places, talk, points)
    points.pop("sure", None)
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < LEAST:
        return None
    if (
        len(ranked) > 1
        and ranked[0][1] - ranked[1][1] < _AHEAD
        and {ranked[0][0], ranked[1][0]} != {"concept", "software"}
    ):
        return None
    return as_type("EntityType", ranked[0][0])


def _by_name(name: str, points: dict[str, float], known: Typing) -> None:
    low = name.lower()
    words = low.split()
    if parts(name) in known.people:
        points["person"] += 8
    if low in known.organisations:
        points["organization"] += 6
    if low.replace(" ", "-") in known.repositories or low.replace(" ", "") in known.repositories:
        points["software"] += 6
    if low in known.shows:
        points["work"] += 6
    _by_lists(low, points)
    if max(points.values(), default=0) >= _SURE:
        points["sure"] = 1
    if len(words) > 1 and not points.get("sure"):
        _by_last_word(words, points)
    if words[0] in FIRST_NAMES and not points.get("sure"):
        points["person"] += 4 if len(words) > 1 else 2.5


_AMBIGUOUS_PLACES = word_set(
    "phoenix princeton cambridge oxford austin charlotte jordan georgia sofia lima washington virginia turkey"
)
"""Places that are also firms, schools, people: only what stands before them says so."""
_JOINED = re.compile(r"-(?:of|to|and)-")
"""`proof-of-stake` names an idea."""


def _by_lists(low: str, points: dict[str, float]) -> None:
    lists = (("place", PLACES), ("organization", ORGANISATIONS), ("software", SOFTWARE), ("concept", CONCEPTS))
    for kind, listed in lists:
        if low in _AMBIGUOUS_PLACES and kind == "place":
            points[kind] += 0.5
        elif {low, low.replace("-", " "), low.replace(".", "")} & listed or (kind == "concept" and _JOINED.search(low)):
            points[kind] += 5


def _by_last_word(words: Sequence[str], points: dict[str, float]) -> None:
    last = words[-1]
    if last in ORGANISATION_WORDS or words[0] in {"university", "bank", "institute", "department", "ministry"}:
        points["organization"] += 4
        points["sure"] = 1
    elif last.rstrip("s") in CONCEPT_WORDS or last in CONCEPT_WORDS:
        points["concept"] += 3
    elif last in SOFTWARE_WORDS:
        points["software"] += 2
    if last in WORK_WORDS:
        points["work"] += 3
    if last in {"conference", "summit", "meetup", "conf"}:
        points["work"] += 3


def _by_shape(name: str, points: dict[str, float], talk: Talk, count: int) -> None:
    words = name.split()
    if len(words) == 1:
        inner = any(c.isupper() for c in name[1:]) and not name.isupper()
        if re.fullmatch(r"[A-Z0-9]{2,7}s", name):
            points["concept"] += 2.6
        elif "_" in name or (name.isupper() and 2 <= len(name) <= 7):
            points["concept"] += 1.3
        elif inner or re.search(r"\w\.\w|\d", name):
            points["software"] += 1.3
        return
    plain = [word for word in words if word.isalpha() and word[1:].islower() and word[0].isupper()]
    alone = [word.lower() for word in words if talk.inner[word.lower()] > count]
    common = [word for word in plain if talk.small[word.lower()] or word.lower() in _LISTED]
    if len(plain) == len(words) and len(words) in (2, 3) and not common and len(alone) < 2:
        points["person"] += 0.9


def _by_surroundings(name: str, places: Sequence[Place], talk: Talk, points: dict[str, float]) -> None:
    found: dict[str, float] = defaultdict(float)
    looked = places[:_LOOKED_AT]
    personal = name.lower().split()[0] in FIRST_NAMES or points.get("person", 0.0) > 0
    for place in looked:
        text = talk.texts[place.utterance]
        before = text[max(0, place.start - _NEAR) : place.start]
        after = text[place.end : place.end + _NEAR]
        best = _hinted(before, after)
        if _ADDRESSED.search(before) and (_ASKED if not personal else _CALLED).match(after):
            best["person"] = max(2.0, best.get("person", 0.0))
        if name.lower() not in _AMBIGUOUS_PLACES and best.get("place", 0.0) < 1:
            best.pop("place", None)
        for kind, worth in best.items():
            found[kind] += worth if kind != "person" or personal or worth >= 1.5 else 0.0
    for kind, worth in found.items():
        share = worth / len(looked)
        points[kind] += min(worth, 1.0 + 3 * share if kind != "person" or personal else 2.2 * share)


def _hinted(before: str, after: str) -> dict[str, float]:
    """The strongest hint of each type in the words beside a mention."""
    best: dict[str, float] = {}
    for kind, worth, pattern in _BEFORE:
        if worth > best.get(kind, 0.0) and pattern.search(before):
            best[kind] = worth
    for kind, worth, pattern in _AFTER:
        if worth > best.get(kind, 0.0) and pattern.match(after):
            best[kind] = worth
    return best
