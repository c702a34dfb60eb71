"""Planted errors: how many of them the checks find, and how often they reject what is true.

The figures asked for: at least 99 % of changed numbers, dates, quoted words and unknown passage ids, 90 % of ids of
other items, 95 % of names, at most 1 % of true sentences refused.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from adapters.wire.contract import from_json
from bot.domain.checks import check
from bot.domain.checks.case import Case
from bot.domain.checks.evidence import belonging, existing, holding, topical
from bot.domain.checks.figures import figures
from bot.domain.checks.names import words
from bot.domain.checks.parts import Part, walk
from bot.domain.edition import Edition
from bot.domain.quotes import quotations
from tests.fakes.editions import edition

STRANGERS = ("Helmut Brandt", "Acme Rowing", "Quentin Ferrow", "Lisbeth Moor")
CLOSE = frozenset(["title", "lede", "standfirst", "why_now", "position", "body", "synthesis", "connection", "counter"])
"""Kinds whose sentences say what their passages say; a line of dialogue may only point at them."""


def test_planted_errors_in_our_own_edition_are_found() -> None:
    """Numbers, dates, quoted words and ids: all of them; names: nearly all; nothing true is refused."""
    tally = planted(edition())
    assert_figures(tally)


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["edition-selected.json", "edition-written.json"])
def test_an_edition_made_by_hand_from_real_feeds_passes_and_its_planted_errors_do_not(
    name: str, real_data: Path
) -> None:
    """The two golden examples keep the order of truth; errors planted into them break it."""
    path = real_data.parent / "reference" / "examples" / name
    if not path.is_file():
        pytest.skip("no reference examples beside the real data")
    golden = from_json(Edition, path.read_text(encoding="utf-8"))
    verdict = check(golden)
    assert verdict.faults == ()
    assert len(verdict.notes) <= 1
    assert_figures(planted(golden))


def assert_figures(tally: Counter[str]) -> None:
    """Hold a tally of planted errors against the figures asked for."""
    assert tally["refused"] <= 0.01 * tally["true"]
    for kind, least in (
        ("number", 0.99),
        ("date", 0.99),
        ("quote", 0.99),
        ("dangling", 0.99),
        ("id", 0.9),
        ("name", 0.95),
    ):
        assert tally[f"{kind} planted"] > 0, kind
        assert tally[f"{kind} found"] >= least * tally[f"{kind} planted"], (kind, tally)


def planted(whole: Edition) -> Counter[str]:
    """Plant one error at a time into every cited sentence, and count what is found."""
    case = Case(whole)
    tally: Counter[str] = Counter()
    draw = random.Random(7)
    for part in walk(whole):
        if not part.evidence or part.kind == "pull_quote":
            continue
        tally["true"] += 1
        tally["refused"] += refused(case, part)
        for kind, changed in errors(case, part, draw):
            tally[f"{kind} planted"] += 1
            tally[f"{kind} found"] += refused(case, changed)
    return tally


def refused(case: Case, part: Part) -> bool:
    """Whether the rules for evidence refuse a part put into this edition."""
    trial = Case(case.edition)
    trial.__dict__["parts"] = (part,)
    trial.__dict__["common"] = case.common
    trial.__dict__["names"] = case.names
    return any(fault for rule in (existing, holding, belonging, topical) for fault in rule(trial))


def errors(case: Case, part: Part, draw: random.Random) -> Iterator[tuple[str, Part]]:
    """Versions of a part with one error each, and the kind of the error."""
    text = part.text
    for number in figures(text).numbers:
        if number.values - {"1", "2"}:
            grown = re.sub(r"\d+", lambda m: str(int(m.group()) + 1 + draw.randrange(9)), number.written, count=1)
            yield (
                "number",
                replace(part, text=text.replace(number.written, "seventeen" if number.spelled else grown, 1)),
            )
    for day in figures(text).days:
        yield "date", replace(part, text=text.replace(day.written, other_day(day.written), 1))
    for quoted in quotations(text):
        at = draw.choice(list(re.finditer(r"\w+", quoted.text)))
        changed = quoted.text[: at.start()] + draw.choice(["lantern", "seldom", "seven"]) + quoted.text[at.end() :]
        yield "quote", replace(part, text=text.replace(quoted.text, changed, 1))
    for start, end in runs(text, case):
        for other in (draw.choice(foreign_names(case, part.evidence)), draw.choice(STRANGERS)):
            yield "name", replace(part, text=text[:start] + other + text[end:])
    yield "dangling", replace(part, evidence=("99.9", *part.evidence[1:]))
    if part.kind in CLOSE:
        mine = {citation.n for citation in case.cited(part.evidence)}
        others = [
            i for i, (citation, passage) in case.passages.items() if citation.n not in mine and passage.text.isascii()
        ]
        yield "id", replace(part, evidence=(draw.choice(others),))


def other_day(written: str) -> str:
    """Another day than the one written."""
    days = {"Monday": "Friday", "Tuesday": "Sunday", "Wednesday": "Monday", "April": "October", "March": "May"}
    for one, other in days.items():
        if one in written:
            return written.replace(one, other)
    return re.sub(r"\d+", lambda m: str(int(m.group()) + 1), written, count=1)


def runs(text: str, case: Case) -> list[tuple[int, int]]:
    """Where a text names somebody of this edition, outside quotations."""
    inside = [(quoted.start, quoted.end) for quoted in quotations(text)]
    found: list[tuple[int, int]] = []
    last = False
    for word in words(text):
        named = word.text[0].isupper() and word.key in case.names and not any(a <= word.start < b for a, b in inside)
        if named and last and word.joined:
            found[-1] = (found[-1][0], word.start + len(word.text))
        elif named:
            found.append((word.start, word.start + len(word.text)))
        last = named
    return found


@cache
def names_of(passages: tuple[str, ...], names: frozenset[str]) -> list[str]:
    """Full names of two words or more in some passages."""
    case = Case(edition())
    case.__dict__["names"] = names
    return sorted({text[a:b] for text in passages for a, b in runs(text, case) if " " in text[a:b]})


def foreign_names(case: Case, evidence: tuple[str, ...]) -> list[str]:
    """Names of this edition that no cited item of a part holds."""
    everything = tuple(passage.text for _, passage in case.passages.values())
    everything += tuple(citation.thinker for citation in case.edition.citations)
    cited = case.cited(evidence)
    held = " ".join([*(p.text for c in cited for p in c.passages), *(f"{c.thinker} {c.title}" for c in cited)]).lower()
    free = [name for name in names_of(everything, case.names) if not any(w.key[:4] in held for w in words(name))]
    return [name for name in free if name.isascii()] or list(STRANGERS)
