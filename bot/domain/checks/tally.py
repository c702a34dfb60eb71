"""What a card counts: quotations, exact ones, sentences with evidence."""

from dataclasses import dataclass

from bot.domain.checks.case import Case
from bot.domain.checks.parts import Part
from bot.domain.quotes import quotations, status

_UNCOUNTED = frozenset({"title", "lede"})


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one edition."""

    quotes: int
    """Quoted spans in all texts, and pull quotes."""
    quotes_exact: int
    quotes_verified: int
    sentences: int
    """Texts with evidence besides title and lede; a crux is two."""


def tally(case: Case) -> Tally:
    """Count an edition's quotations and sentences."""
    found = [status for part in case.parts for status in _statuses(part, case)]
    sentences = sum(bool(part.evidence) and part.kind not in _UNCOUNTED for part in case.parts)
    return Tally(len(found), found.count("exact"), len(found) - found.count("none"), sentences)


def _statuses(part: Part, case: Case) -> list[str]:
    passages = case.support(part).passages
    if part.kind == "pull_quote" and part.story is not None:
        quote = case.edition.stories[part.story].pull_quote
        wanted = [quote.original or quote.text if quote.status == "translated" else quote.text] if quote else []
    else:
        wanted = [quoted.text for quoted in quotations(part.text)] if part.kind != "story_title" else []
    return [_best({status(words, passage) for passage in passages}) for words in wanted]


def _best(found: set[str | None]) -> str:
    return "exact" if "exact" in found else "normalised" if "normalised" in found else "none"
