"""One pass of all rules over an edition."""

from collections.abc import Callable, Iterable

from bot.domain.checks import astray, evidence, shape, signals, stances, wording
from bot.domain.checks.case import Case
from bot.domain.checks.tally import tally
from bot.domain.checks.verdict import Fault, Verdict
from bot.domain.edition import Edition

Rule = Callable[[Case], Iterable[Fault]]

RULES: tuple[Rule, ...] = (
    evidence.existing,
    evidence.holding,
    evidence.belonging,
    evidence.pull_quotes,
    evidence.titles,
    evidence.topical,
    evidence.people,
    astray.astray,
    astray.unasked,
    astray.terms,
    stances.arguments,
    stances.readings,
    stances.counters,
    stances.disagreements,
    stances.acts,
    signals.bursts,
    signals.repeats,
    signals.promises,
    wording.lint,
    wording.lengths,
    wording.blanks,
    shape.numbering,
    shape.sources,
    shape.stories,
    shape.thinkers,
    shape.dialogue,
    shape.frame,
    shape.card,
)
"""Every rule, in the order in which its faults are told."""


_UNSUPPORTED = frozenset(
    ["quote", "evidence", "number", "name", "title", "act", "unit", "polarity", "certainty", "speaker"]
)
"""Rules that say a text does not rest on its passages."""


def check(edition: Edition) -> Verdict:
    """Hold an edition against the order of truth.

    Rules 11 (no invented alliances) and 12 (a speaker who sells what they argue for) cannot be decided from an edition
    alone: they are kept where stories are made.
    """
    case = Case(edition)
    faults = tuple(dict.fromkeys(fault for rule in RULES for fault in rule(case)))
    return Verdict(faults, (*shape.unusual(case), *wording.long_fields(case)), _rates(case, faults))


def _rates(case: Case, faults: tuple[Fault, ...]) -> dict[str, float]:
    counted = tally(case)
    bad = {fault.where for fault in faults if fault.rule in _UNSUPPORTED}
    cited = [part for part in case.parts if part.evidence]
    used = {i for part in case.parts for i in part.evidence}
    return {
        "quotes_verified": _share(counted.quotes_verified, counted.quotes),
        "quotes_exact": _share(counted.quotes_exact, counted.quotes),
        "sentences_supported": _share(sum(part.where not in bad for part in cited), len(cited)),
        "passages_used": _share(len(used & case.passages.keys()), len(case.passages)),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
