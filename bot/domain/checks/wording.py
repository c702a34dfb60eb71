"""Rule 9: no prompt words, placeholders, markup, addresses or ellipsis of ours; short fields are written short."""

import re
from collections.abc import Iterator

from bot.domain.checks.case import Case, headlines
from bot.domain.checks.parts import Part
from bot.domain.checks.plain import hidden
from bot.domain.checks.verdict import Fault
from bot.domain.quotes import quotations, status, without_quotations

CARD_LINE = 90
"""Characters of title, lede and story title."""
LONGEST = 1_200
"""Characters of any part of ours: what is longer was not written for readers."""
_AIMED = {"standfirst": 140, "position": 160, "counter": 160, "synthesis": 160, "connection": 140, "open_question": 180}
"""Characters other short fields should keep to (a note, no fault)."""
_PROMPT = (
    r"\bIS score\b",
    r"\b(?-i:SO WHAT)\b",
    r"\bmandatory\b[^.]{0,20}\b(?:thread|section|field)\b",
    r"\bcontradiction thread\b",
    r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b",
    r"\b(?:passage|evidence) ids?\b",
    r"\bstandfirst\b",
    r"\bjson\b[^.]{0,12}\b(?:object|schema|format|output)\b",
    r"\bthe (?:provided|given|above) (?:passages?|evidence|sources?|text)\b",
    r"\bI (?:cannot|can't|can’t) (?:assist|help|comply)\b",
    r"\bhere (?:is|are) (?:the|your) (?:edition|story|summary|briefing|json)\b",
)
_LABELS = (
    "analogy", "so what", "why now", r"counter(?:[\s-]?(?:view|argument|point))?", "crux", "synthesis", "headline",
    "title", "lede", "body", "pull quote", "key positions?", "plain words", "connects to", "in plain english",
    "our reading", "аналогия", "суть",
)  # fmt: skip
_PLACEHOLDER = r"\{[^{}]*\}|\[(?:insert|name|title|source|todo)[^\]]*\]|\b(?:TODO|TBD|FIXME)\b|\b[Ll]orem ipsum\b"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an ellipsis of ours", re.compile(r"…|\.\.\.")),
    ("an address", re.compile(r"https?://|\bwww\.", re.IGNORECASE)),
    ("a mention", re.compile(r"@(?:everyone|here|channel)\b|<[@#!]\S*>", re.IGNORECASE)),
    ("markup", re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]{2,8}|#\d+);|```|\]\(|\bon[a-z]{3,12}\s?=\s?\S", re.IGNORECASE)),
    (
        "code",
        re.compile(
            r"\b(?:javascript|vbscript|data|blob|file|mailto|tel|ftp|slack|discord|skype|sms):\S", re.IGNORECASE
        ),
    ),
    ("a placeholder", re.compile(_PLACEHOLDER)),
    ("a typed citation number", re.compile(r"\[\d+(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?)*\]")),
    ("a word of the prompt", re.compile("|".join(_PROMPT), re.IGNORECASE)),
    ("a label", re.compile(rf"(?:^|[.!?]\s)\s*(?:\*\*)?(?:{'|'.join(_LABELS)})(?:\*\*)?\s*:", re.IGNORECASE)),
)


def lint(case: Case) -> Iterator[Fault]:
    """Text of ours holds only words for readers; what is quoted or an original headline is exempt."""
    for part in case.parts:
        text = without_quotations(part.text)
        found = next((what for what, pattern in _PATTERNS if pattern.search(text)), None) or hidden(text)
        if found and part.kind != "pull_quote" and not _is_original(part, case):
            yield Fault("wording", part.where, f"it holds {found}")


def lengths(case: Case) -> Iterator[Fault]:
    """A card line of ours fits its line."""
    for part in case.parts:
        over = len(part.text) - CARD_LINE
        if part.kind in {"title", "lede", "story_title"} and over > 0 and not _quotes(part, case):
            yield Fault("length", part.where, f"{len(part.text)} characters; a card line has {CARD_LINE}")
        elif len(part.text) > LONGEST and not _quotes(part, case):
            yield Fault("length", part.where, f"{len(part.text)} characters; no part is longer than {LONGEST}")


def blanks(case: Case) -> Iterator[Fault]:
    """A part that is there says something."""
    for part in case.parts:
        nothing_found = (
            part.kind == "counter"
            and part.story is not None
            and (case.edition.stories[part.story].counter.standing == "none")
        )
        needless = part.kind in {"title", "lede"} and not case.edition.stories
        if not part.text.strip() and not nothing_found and not needless:
            yield Fault("shape", part.where, "it is empty")


def long_fields(case: Case) -> Iterator[str]:
    """Notes on fields longer than they should be."""
    for part in case.parts:
        most = _AIMED.get(part.kind)
        if most and len(part.text) > most and not _quotes(part, case):
            yield f"{part.where} has {len(part.text)} characters; {most} read better"


def _is_original(part: Part, case: Case) -> bool:
    """Whether the whole text is an original sentence or headline."""
    support = case.support(part)
    texts = (*support.passages, *headlines(case.cited(part.evidence)))
    return any(status(part.text, text) for text in texts) and len(part.text.split()) > 2


def _quotes(part: Part, case: Case) -> bool:
    """Whether most of a text is original words."""
    quoted = sum(len(q.text) for q in quotations(part.text))
    return 2 * quoted >= len(part.text) or _is_original(part, case)
