"""Rule 9: no prompt words, placeholders, markup, addresses or ellipsis of ours; short fields are written short."""

import re
from collections.abc import Iterator

from bot.domain.checks.case import Case, headlines
from bot.domain.checks.parts import Part
from bot.domain.checks.verdict import Fault
from bot.domain.quotes import quotations, status, without_quotations

CARD_LINE = 90
"""Characters of title, lede and story title."""
_AIMED = {"standfirst": 140, "position": 160, "counter": 160, "synthesis": 160, "connection": 140, "open_question": 180}
"""Characters other short fields should keep to (a note, no fault)."""
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern, flags))
    for what, pattern, flags in (
        ("an ellipsis of ours", r"…|\.\.\.", 0),
        ("an address", r"https?://|\bwww\.", re.IGNORECASE),
        ("a mention", r"@(?:everyone|here|channel)\b|<[@#!]\S*>", re.IGNORECASE),
        ("markup", r"</?[a-z][^<>]*>|&(?:[a-z]{2,8}|#\d+);|```|\]\(", re.IGNORECASE),
        (
            "a placeholder",
            r"\{[^{}]*\}|\[(?:insert|name|title|source|todo)[^\]]*\]|\blorem ipsum\b|\b(?:TODO|TBD|FIXME)\b",
            0,
        ),
        ("a typed citation number", r"\[\d+(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?)*\]", 0),
        (
            "a word of the prompt",
            r"\bIS score\b|\b(?-i:SO WHAT)\b|\bmandatory\b[^.]{0,20}\b(?:thread|section|field)\b|\b(?:contradiction|jobs|sprawl) thread\b|"
            r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b|\b(?:passage|evidence) ids?\b|\bstandfirst\b|"
            r"\bjson\b[^.]{0,12}\b(?:object|schema|format|output)\b|\bthe (?:provided|given|above) (?:passages?|evidence|sources?|text)\b|"
            r"\bI (?:cannot|can't|can’t) (?:assist|help|comply)\b|\bhere (?:is|are) (?:the|your) (?:edition|story|summary|briefing|json)\b",
            re.IGNORECASE,
        ),
        (
            "a label",
            r"(?:^|[.!?]\s)\s*(?:\*\*)?(?:analogy|so what|why now|counter(?:[\s-]?(?:view|argument|point))?|crux|synthesis|headline|title|lede|body|"
            r"pull quote|key positions?|plain words|connects to|in plain english|our reading|аналогия|суть)(?:\*\*)?\s*:",
            re.IGNORECASE,
        ),
    )
)


def lint(case: Case) -> Iterator[Fault]:
    """Text of ours holds only words for readers; what is quoted or an original headline is exempt."""
    for part in case.parts:
        text = without_quotations(part.text)
        found = next((what for what, pattern in _PATTERNS if pattern.search(text)), None)
        if found and part.kind != "pull_quote" and not _is_original(part, case):
            yield Fault("wording", part.where, f"it holds {found}")


def lengths(case: Case) -> Iterator[Fault]:
    """A card line of ours fits its line."""
    for part in case.parts:
        over = len(part.text) - CARD_LINE
        if part.kind in {"title", "lede", "story_title"} and over > 0 and not _quotes(part, case):
            yield Fault("length", part.where, f"{len(part.text)} characters; a card line has {CARD_LINE}")


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
    return any(status(part.text, text) for text in texts) and len(part.text.split()) > 2  # noqa: PLR2004


def _quotes(part: Part, case: Case) -> bool:
    """Whether most of a text is original words."""
    quoted = sum(len(q.text) for q in quotations(part.text))
    return 2 * quoted >= len(part.text) or _is_original(part, case)
