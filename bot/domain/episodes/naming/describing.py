"""One line about somebody or something, in the words of the talk: a clause that says what it is, or nothing.

Patterns are those with which people define: `X is a …`, `X, which is …`, `X, a …,`, `X stands for …` (Hearst
1992 and the
definition extraction that followed). The clause stays as it was said, but for a capital at its start and a stop
at its end.
"""

import re
from collections.abc import Sequence

from bot.domain.episodes.naming.hearing import Talk
from bot.domain.episodes.naming.presentable import LONGEST
from bot.domain.episodes.naming.terms import Place
from bot.domain.text.stopwords import word_set
from bot.domain.text.words import is_stopped

FEWEST, MOST = 4, 20
"""Words of a description."""
_WHAT = r"(?:an?|the|one of the|kind of an?|sort of an?|basically an?|essentially an?|just an?|это)\s"
_DEFINED = re.compile(
    r"(?P<lead>\s+(?:is|was)\s+(?:basically\s+|essentially\s+|really\s+|actually\s+)?)"
    r"(?P<clause>(?:an?|the|one of the)\s[^.?!;:\n]*)",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    rf"(?P<lead>,\s+(?:(?:which|who)(?:\s+is|\s+was|['’]s)\s+)?)(?P<clause>{_WHAT}[^,.?!;:\n()]*)", re.IGNORECASE
)
_STANDS = re.compile(
    r"(?P<lead>,?\s+(?:which\s+)?)(?P<clause>(?:stands for|is short for)\s[^.?!;:,\n]*)", re.IGNORECASE
)
_RUSSIAN = re.compile(r"(?P<lead>\s*[—–-]\s*(?:это\s+)?|,?\s+это\s+)(?P<clause>[^.?!;:,\n]*)", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:^|[.?!;:]\s+|^\W*)(?:(?:so|and|well|now|but|yeah|okay|right|basically|i mean|you know|ну|а|и|"
    r"итак)[, ]+)*(?:the\s+|an?\s+)?[\"“]?$",
    re.IGNORECASE,
)
"""What may stand before a name that a sentence is about."""
_NOT_SO = re.compile(
    r"^the one\b(?! of)|"
    r"\b(?:i|i['’]m|i['’]ve|you|you['’]re|your|we|we['’]re|our|my|me|us|this|these|those|they|them|he|she|here|there|"
    r"yeah|uh|um|gonna|thing we"
    r"|not|n['’]t|isn['’]t|wasn['’]t|question|я|ты|вы|мы|мой|наш|не)\b|\.\.\.|…|\[",
    re.IGNORECASE,
)
_EMPTY = word_set(
    """
    lot bit little good great bad big huge same one only best worst thing way problem question point reason idea case
    example first second last next other real nice cool interesting important hard easy different guy person such kind
    sort mess topic pain fun beast biggest right wrong perfect main
    """
)
_DANGLING = word_set(
    "one two three four five six seven eight nine ten least most "
    "a an the of to for and or but with in on at by from that which who as is was so because if when where like"
)
_OF_A_PART = re.compile(
    r"the (?:\w+ )?(?:author|co-?author|founder|co-?founder|creator|co-?creator|makers?|company|head|ceo|cto|inventor"
    r"|host|director|editor|capital|team|project|book|president|minister|professor|leader|lead|maintainer|developer"
    r"|organi[sz]ation)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where)\b", re.IGNORECASE)
_HAS_VERB = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|can|could|will|would|should|may|might|must|do|does|did|"
    r"says?|said|goes|went|gets?|got)\b"
    r"|['’](?:s|re|ll|d|ve) ",
    re.IGNORECASE,
)
"""An apposition has no verb of its own: with one, it is the next sentence."""
_CLAUSE = re.compile(
    r",?\s+(?:and|but|so|because|although|though|right|you know|i mean|which|where|но|потому)\b|,", re.IGNORECASE
)


def described(name: str, places: Sequence[Place], talk: Talk, *, term: bool = False) -> str:
    """The first clause that says what this is, verbatim but for its first letter and stop; empty where none does.

    After a `term` in small letters a comma alone begins a new thought more often than an apposition.
    """
    for place in places[:200]:
        text = talk.texts[place.utterance]
        clause = _clause(text, place, russian=talk.tongue == "ru", term=term)
        if clause and name.lower() not in clause.lower():
            return clause[0].upper() + clause[1:] + "."
    return ""


def _clause(text: str, place: Place, *, russian: bool, term: bool) -> str:
    after = text[place.end : place.end + 240]
    patterns = [_APPOSED, _STANDS]
    if _BEFORE.search(text[max(0, place.start - LONGEST) : place.start]):
        patterns = [_DEFINED, *patterns, *([_RUSSIAN] if russian else [])]
    for pattern in patterns:
        found = pattern.match(after)
        if found is None:
            continue
        stop = after[found.end() : found.end() + 1]
        clause = _cut(found["clause"], whole=pattern is not _DEFINED)
        if pattern is _APPOSED and not _is_apposition(clause, bare="wh" not in found["lead"], term=term):
            continue
        if stop != "?" and _is_telling(clause):
            return clause
    return ""


def _is_apposition(clause: str, *, bare: bool, term: bool) -> bool:
    """Whether what follows a comma is about the name before it, and not the next thought."""
    if _HAS_VERB.search(_RELATIVE.split(clause)[0]):
        return False
    return not bare or (not term and (not clause.lower().startswith("the ") or _OF_A_PART.match(clause) is not None))


def _cut(clause: str, *, whole: bool) -> str:
    """Up to the first place where the thought may end."""
    if not whole:
        found = _CLAUSE.search(clause)
        clause = clause[: found.start()] if found else clause
    return clause.strip(' ,—–-"“”')


def _is_telling(clause: str) -> bool:
    """Whether it would stand alone: long enough, about no one present, not only a judgement."""
    words = re.findall(r"[\w'’\-]+", clause.lower())
    if not FEWEST <= len(words) <= MOST or _NOT_SO.search(clause) or words[-1] in _DANGLING:
        return False
    content = [word for word in words if not is_stopped(word) and word not in _EMPTY]
    first = next(
        (word for word in words if word not in {"a", "an", "the", "one", "of", "kind", "sort", "basically"}), ""
    )
    return len(content) >= 2 and first not in _EMPTY
