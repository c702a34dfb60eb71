"""Rules 3, 4 and 10: our argument stays ours, a contradiction has a kind, an act is not a claim."""

import re
from collections.abc import Iterator

from bot.domain.checks.attribution import credits_somebody, others_named
from bot.domain.checks.case import Case
from bot.domain.checks.names import capitals, words
from bot.domain.checks.plain import plain
from bot.domain.checks.verdict import Fault
from bot.domain.edition import Counter, Story
from bot.domain.item import ACTS
from bot.domain.quotes import without_quotations
from bot.domain.roster import ThinkerKind

_OURS = re.compile(
    r"^(?:(?:our|own|the)\s+)?(?:counter[\s-]?(?:argument|view|point)s?|argument|editors?|editorial|synthesis|assistant|ai|model)$",
    re.IGNORECASE,
)
_HOLDS = (
    r"(?:says?|said|argues?|argued|claims?|claimed|thinks?|believes?|writes?|wrote|warns?|notes?|replies|objects|counters|"
    r"говорит|сказал\w*|считает|пишет|утверждает|возражает)"
)
_ATTRIBUTED = re.compile(
    rf"(?P<name>[^\W\d_a-zа-яё][\w’'-]*(?:\s+[^\W\d_a-zа-яё][\w’'-]*)*)\s+(?:would\s+|might\s+)?{_HOLDS}\b"
    r"|\b(?:according\s+to|as)\s+(?P<other>[^\W\d_a-zа-яё][\w’'-]*)"
)
_ACT_WORDS = re.compile(
    r"\b(?:star(?:s|red|ring)?|releas\w+|push\w*|repost\w*|shar(?:es|ed)|boost\w*|publish\w*|ship\w*|launch\w*|fork\w*|version|commit\w*|"
    r"introduc\w+|announc\w+|v?\d+\.\d|отмет\w+|зв[её]зд\w*|выпу\w+|релиз\w*|репост\w*|верси\w+|запу\w+|опубликов\w+|поделил\w+)",
    re.IGNORECASE,
)


def arguments(case: Case) -> Iterator[Fault]:
    """Our own argument is never numbered as a source and never carries a name."""
    for index, citation in enumerate(case.edition.citations):
        if _OURS.match(citation.thinker.strip()):
            yield Fault(
                "argument", f"citations[{index}]", f"“{citation.thinker}” is nobody's words and cannot be a source"
            )
    for index, story in enumerate(case.edition.stories):
        counter = story.counter
        where = f"stories[{index}].counter"
        if counter.standing == "person":
            continue
        if counter.evidence or counter.thinker or counter.thinker_id:
            yield Fault(
                "argument",
                f"{where}.standing",
                f"a counter view of standing {counter.standing} has no source and no name",
            )
        if counter.standing == "argument" and (name := _attributed(counter.text, case) or _author(counter.text, case)):
            yield Fault("argument", where, f"our own argument is put into the mouth of {name}")
        elif counter.standing == "argument" and (person := _person(counter.text, case)):
            yield Fault("argument", where, f"our own argument names {person}; speak of the claim, not of the person")


def readings(case: Case) -> Iterator[Fault]:
    """What is our reading is nobody's words."""
    for part in case.parts:
        if part.kind == "reading" and (name := credits_somebody(plain(without_quotations(part.text)))):
            yield Fault("argument", part.where, f"our reading is put into the mouth of {name}")


def counters(case: Case) -> Iterator[Fault]:
    """A counter view says what it is."""
    for index, story in enumerate(case.edition.stories):
        problem = _counter_problem(story.counter, story)
        if problem:
            yield Fault("counter", f"stories[{index}].counter", problem)


def disagreements(case: Case) -> Iterator[Fault]:
    """`against` and a crux need a conflict between people."""
    for index, story in enumerate(case.edition.stories):
        if story.counter.standing == "person" and story.counter.kind == "conflict":
            continue
        for i, position in enumerate(story.positions):
            if position.stance == "against":
                yield Fault("counter", f"stories[{index}].positions[{i}].stance", "`against` needs a conflict")
        if story.crux:
            yield Fault("counter", f"stories[{index}].crux", "a crux needs two positions that conflict")


def acts(case: Case) -> Iterator[Fault]:
    """A star, push, release or repost supports that it happened, never what somebody thinks."""
    for part in case.parts:
        cited = case.cited(part.evidence)
        acted = [citation for citation in cited if citation.kind in ACTS]
        if part.kind == "pull_quote" and acted:
            yield Fault("act", part.where, f"a {acted[0].kind} is not a claim and cannot be a pull quote")
        elif not cited or len(acted) < len(cited):
            continue
        elif part.kind in {"position", "counter"}:
            if part.kind == "counter" or not _ACT_WORDS.search(part.text):
                yield Fault("act", part.where, f"a {acted[0].kind} is not a claim")
        elif part.kind != "line" and case.edition.language[:2] in {"en", "ru"} and not _ACT_WORDS.search(part.text):
            yield Fault("act", part.where, f"it rests on a {acted[0].kind} and does not say so")


def _attributed(text: str, case: Case) -> str | None:
    for match in _ATTRIBUTED.finditer(text):
        name = match["name"] or match["other"]
        if any(word.key in case.names for word in words(name)):
            return name
    return None


def _author(text: str, case: Case) -> str | None:
    """An author of this edition whom a text names by a name of several words, or lets say something."""
    bare = plain(without_quotations(text))
    authors = tuple(dict.fromkeys(plain(citation.thinker) for citation in case.edition.citations))
    return next(others_named(bare, authors, ()), None) or credits_somebody(bare)


def _person(text: str, case: Case) -> str | None:
    """A person of this edition, cited or quoted, whom a text names."""
    capital = capitals(plain(text))
    people = (thinker.name for thinker in case.edition.thinkers if thinker.kind in {ThinkerKind.PERSON, "quoted"})
    return next((name for name in people if {word.key for word in words(name)[-1:]} & capital), None)


def _counter_problem(counter: Counter, story: Story) -> str | None:
    if counter.standing == "none":
        return "what does not exist has no kind" if counter.kind else None
    if not counter.text.strip():
        return "it says nothing"
    if counter.standing == "argument":
        return "our argument is no conflict between people" if counter.kind in {"conflict", "changed", "echo"} else None
    if not counter.thinker:
        return "a counter view of standing person has a name"
    if counter.kind is None:
        return "a contradiction has a kind"
    others = {position.thinker for position in story.positions} - {counter.thinker}
    if counter.kind == "conflict" and story.positions and not others:
        return "one person's two statements are `changed`, not `conflict`"
    if counter.kind == "changed" and story.positions and counter.thinker not in {p.thinker for p in story.positions}:
        return "`changed` is about somebody who holds a position"
    return None
