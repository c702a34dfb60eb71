"""Rules 5, 6 and 7: a burst prints its arithmetic, a story appears once, a promise can be kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

from bot.domain.checks.case import Case
from bot.domain.checks.verdict import Fault
from bot.domain.edition import Signal, Story

LEAST_ITEMS = 3
LEAST_VOICES = 2
_SAME_TITLE = 92.0
"""Token-sorted similarity (0 to 100) from which two titles are one."""
_SAME_CITATIONS = 0.6
"""Share of the smaller story's own citations from which two stories are one."""


def bursts(case: Case) -> Iterator[Fault]:
    """A multiplier needs three items from two voices and a usual rate, and is their quotient."""
    for index, story in enumerate(case.edition.stories):
        problem = _burst_problem(story.signal)
        if problem:
            yield Fault("burst", f"stories[{index}].signal.burst", problem)
    scores = [story.signal.score for story in case.edition.stories]
    if scores and (max(scores) != 1.0 or min(scores) < 0):
        yield Fault("burst", "stories.score", "scores are shares of the best story's, which is 1")


def repeats(case: Case) -> Iterator[Fault]:
    """The same story appears once in an edition; an earlier one returns as an update."""
    for (i, one), (j, other) in combinations(enumerate(case.edition.stories), 2):
        if _same_title(one, other) or _same_sources(one, other):
            yield Fault("twice", f"stories[{j}]", f"it is story {i + 1} again")
    for index, story in enumerate(case.edition.stories):
        returns = story.continues is not None
        if returns and story.state == "new":
            yield Fault("twice", f"stories[{index}].state", "it continues an earlier story and does not say update")
        elif story.state == "update" and not returns:
            yield Fault("twice", f"stories[{index}].state", "an update names the story it continues")
        if returns and any(story.continues == here.id for here in case.edition.stories):
            yield Fault("twice", f"stories[{index}].continues", "it continues a story of this very edition")


def promises(case: Case) -> Iterator[Fault]:
    """A promise is about a story of this edition and falls due after it; what is closed was not made here."""
    edition = case.edition
    stories = {story.id for story in edition.stories}
    made: set[str] = set()
    for index, promise in enumerate(edition.promises.made):
        where = f"promises.made[{index}]"
        if promise.id in made or not promise.id:
            yield Fault("promise", where, "a promise has an id of its own")
        elif promise.story not in stories:
            yield Fault("promise", where, "it is about no story of this edition")
        elif _aware(promise.due) <= _aware(edition.window.end):
            yield Fault("promise", where, "it falls due before this edition ends")
        made.add(promise.id)
    closed: set[str] = set()
    for index, closing in enumerate(edition.promises.closed):
        if closing.id in made or closing.id in closed or not closing.id:
            yield Fault("promise", f"promises.closed[{index}]", "it closes no promise of an earlier edition")
        closed.add(closing.id)


def own_citations(story: Story) -> set[str]:
    """Citation numbers (as text) that a story's own sentences rest on, connections left out."""
    sentences = (story.standfirst.evidence, *(s.evidence for s in story.body), *(p.evidence for p in story.positions))
    return {i.partition(".")[0] for evidence in sentences for i in evidence}


def _burst_problem(signal: Signal) -> str | None:
    if signal.voices < 1 or signal.items < 1 or signal.voices > signal.items:
        return "it needs at least one item a voice"
    if signal.p is not None and not 0 <= signal.p <= 1:
        return "a probability lies between 0 and 1"
    if signal.burst is None:
        return None
    if signal.items < LEAST_ITEMS or signal.voices < LEAST_VOICES:
        return "a multiplier needs at least three items from two voices"
    if not signal.usual or signal.usual < 0:
        return "a multiplier needs a usual rate"
    quotient = signal.items / signal.usual
    coarse = 0.5 if signal.burst >= 10 and signal.burst == round(signal.burst) else 0.05
    return (
        None
        if abs(signal.burst - quotient) <= coarse + 1e-9
        else f"{signal.items} / {signal.usual:g} is not {signal.burst:g}"
    )


def _same_title(one: Story, other: Story) -> bool:
    from rapidfuzz import fuzz

    a, b = one.title.casefold(), other.title.casefold()
    return a == b or (min(len(a.split()), len(b.split())) > 2 and fuzz.token_sort_ratio(a, b) >= _SAME_TITLE)


def _same_sources(one: Story, other: Story) -> bool:
    mine, theirs = own_citations(one), own_citations(other)
    least = min(len(mine), len(theirs))
    return least > 0 and len(mine & theirs) / least >= _SAME_CITATIONS


def _aware(instant: datetime) -> datetime:
    """A due date without a time is the beginning of that day in UTC."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
