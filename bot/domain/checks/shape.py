"""Rules 8, 13, 14 and the numbering: one item one number, in reading order, none unused; excerpts stay excerpts."""

import re
from collections.abc import Iterator

from bot.domain.checks.case import Case
from bot.domain.checks.parts import story_parts
from bot.domain.checks.tally import tally
from bot.domain.checks.verdict import Fault
from bot.domain.edition import Citation, Story
from bot.domain.item import ItemKind

MOST_WORDS = 60
"""Words an edition shows of one item."""
MOST_WORDS_OF_A_POST = 120
"""A short post may be whole."""
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
_FULL_ID = re.compile(r"(?P<desk>[a-z0-9-]+)-(?P<date>\d{8})-(?P<slot>am|pm|now)-[0-9a-f]{8}")
_WRITER = re.compile(r"selected|written by .+, checked", re.DOTALL)
_MOST_OPENING_LINES = 6


def numbering(case: Case) -> Iterator[Fault]:
    """Citations are numbered 1 to N by first use, their passages n.1 to n.k; nothing is unused, no item comes twice."""
    used = list(dict.fromkeys(i for part in case.parts for i in part.evidence if i in case.passages))
    order = list(dict.fromkeys(case.passages[i][0].n for i in used))
    numbers = [citation.n for citation in case.edition.citations]
    if numbers != list(range(1, len(numbers) + 1)):
        yield Fault("numbering", "citations", "numbers run from 1 without a gap")
    elif order != sorted(order):
        first = next(n for n, m in zip(order, sorted(order), strict=True) if n != m)
        yield Fault("numbering", "citations", f"[{first}] is used before smaller numbers")
    seen: set[str] = set()
    for index, citation in enumerate(case.edition.citations):
        where = f"citations[{index}]"
        ids = [passage.id for passage in citation.passages]
        if citation.item in seen:
            yield Fault("numbering", where, f"item {citation.item} has another number already")
        elif citation.n not in order:
            yield Fault("numbering", where, f"[{citation.n}] is used nowhere")
        elif ids != [f"{citation.n}.{k}" for k in range(1, len(ids) + 1)]:
            yield Fault("numbering", where, "passage ids are its number and 1, 2, 3")
        elif unused := [i for i in ids if i not in used]:
            yield Fault("numbering", where, f"passage {unused[0]} is used nowhere")
        seen.add(citation.item)


def sources(case: Case) -> Iterator[Fault]:
    """A citation has an address and words, and shows no more of its item than an excerpt."""
    for index, citation in enumerate(case.edition.citations):
        where = f"citations[{index}]"
        if not re.match(r"https?://[^\s/]+", citation.url, re.IGNORECASE):
            yield Fault("shape", f"{where}.url", "an item without an http(s) address cannot be cited")
        if any(not passage.text.strip() for passage in citation.passages):
            yield Fault("evidence", f"{where}.url", "a passage has no words")
        if shown_words(citation) > most_words(citation):
            yield Fault(
                "excerpt", f"{where}.passages", f"{shown_words(citation)} words of one item are more than an excerpt"
            )


def stories(case: Case) -> Iterator[Fault]:
    """Story ids and numbers follow the order; each lists exactly the citations it uses; connections lead to others."""
    edition = case.edition
    ids = {story.id for story in edition.stories}
    for index, story in enumerate(edition.stories):
        where = f"stories[{index}]"
        if story.id != f"{edition.id}/{story.number}" or story.number != index + 1:
            yield Fault("shape", f"{where}.id", "a story's id is its edition's with its number")
        if list(story.citations) != used_numbers(story, index):
            yield Fault("numbering", f"{where}.citations", "it lists other citations than it uses")
        if len(story.body) < 2:
            yield Fault("shape", where, "a story has at least two sentences")
        for i, connection in enumerate(story.connects_to):
            if connection.story not in ids - {story.id}:
                yield Fault("shape", f"{where}.connects_to[{i}]", "it connects to no other story of this edition")


def thinkers(case: Case) -> Iterator[Fault]:
    """Everyone cited is listed with the stories that cite them; nobody else is, but those who are quoted."""
    expected = spoken_in(case)
    listed = {thinker.name: thinker for thinker in case.edition.thinkers}
    quoted = {p.thinker for story in case.edition.stories for p in story.positions}
    quoted |= {story.counter.thinker or "" for story in case.edition.stories}
    quoted |= {story.pull_quote.thinker for story in case.edition.stories if story.pull_quote}
    for name, where in expected.items():
        if name not in listed:
            yield Fault("shape", "thinkers", f"{name} is cited and not listed")
        elif listed[name].stories != where:
            yield Fault("shape", "thinkers", f"{name} is listed with other stories than cite them")
    for name in listed.keys() - expected.keys():
        if listed[name].kind != "quoted" or name not in quoted:
            yield Fault("shape", "thinkers", f"{name} is listed and not cited")


def dialogue(case: Case) -> Iterator[Fault]:
    """Lines belong to stories of this edition; only sign-on and sign-off cite nothing."""
    ids = {story.id for story in case.edition.stories}
    lines = case.edition.dialogue
    silent = [i for i, line in enumerate(lines) if not line.evidence and line.story is None]
    for index, line in enumerate(lines):
        if line.story is not None and line.story not in ids:
            yield Fault("shape", f"dialogue[{index}]", "its story is not in this edition")
    tail = next((i for i in range(len(lines), 0, -1) if i - 1 not in silent), 0)
    for index in silent:
        if index >= _MOST_OPENING_LINES and index < tail:
            yield Fault("evidence", f"dialogue[{index}]", "only sign-on and sign-off cite nothing")


def frame(case: Case) -> Iterator[Fault]:
    """Id, window and writer are well formed."""
    edition = case.edition
    if not _ID.fullmatch(edition.id):
        yield Fault("shape", "id", "an id has at most 48 characters of a-z, 0-9 and -")
    if edition.window.start >= edition.window.end:
        yield Fault("shape", "window", "it ends before it begins")
    if not _WRITER.fullmatch(edition.card.writer):
        yield Fault("card", "card.writer", "the card says `selected` or `written by <model>, checked`")


def card(case: Case) -> Iterator[Fault]:
    """The card's counts are those of the edition."""
    said, counted = case.edition.card, tally(case)
    cited = len(case.edition.citations), len({c.thinker for c in case.edition.citations})
    if (said.cited.items, said.cited.thinkers) != cited:
        yield Fault("card", "card.cited", f"{cited[0]} items by {cited[1]} thinkers are cited")
    if not len(case.edition.citations) <= said.items_used <= said.items_read:
        yield Fault("card", "card.items_used", "items cited, used and read come to no such numbers")
    checks = said.checks
    if (checks.quotes, checks.quotes_exact) != (counted.quotes, counted.quotes_exact):
        yield Fault(
            "card", "card.checks", f"{counted.quotes} quotations are shown, {counted.quotes_exact} of them exact"
        )
    elif checks.sentences != counted.sentences:
        yield Fault("card", "card.checks", f"{counted.sentences} sentences cite evidence")
    elif (
        not 0 <= checks.sentences_extractive <= checks.sentences
        or checks.sentences_dropped < 0
        or checks.duplicates < 0
    ):
        yield Fault("card", "card.checks", "its counts contradict each other")


def unusual(case: Case) -> Iterator[str]:
    """Notes on what is no breach of the order of truth."""
    edition = case.edition
    match = _FULL_ID.fullmatch(edition.id)
    told = (edition.desk, f"{edition.date:%Y%m%d}", edition.slot)
    if not match or (match["desk"], match["date"], match["slot"]) != told:
        yield "the id is not desk, date, slot and eight hex digits of the key"
    if edition.dialogue:
        for story in edition.stories:
            if not any(line.story == story.id for line in edition.dialogue):
                yield f"the dialogue leaves out story {story.number}"
    hours = (edition.window.end - edition.window.start).total_seconds() / 3600
    for story in edition.stories:
        if abs(story.signal.window_hours - hours) > 0.01:
            yield f"the signal of story {story.number} counts another window"
        if len({i.partition(".")[0] for s in story.body for i in s.evidence}) > story.signal.items:
            yield f"story {story.number} cites more items than its signal counts"


def used_numbers(story: Story, index: int) -> list[int]:
    """Numbers of the citations a story's parts use, ascending."""
    return sorted(
        {int(i.partition(".")[0]) for part in story_parts(story, index) for i in part.evidence if i[:1].isdigit()}
    )


def spoken_in(case: Case) -> dict[str, tuple[str, ...]]:
    """Authors of citations with the ids of the stories that list them, in order of citation."""
    found: dict[str, tuple[str, ...]] = {citation.thinker: () for citation in case.edition.citations}
    for story in case.edition.stories:
        for name in dict.fromkeys(citation.thinker for citation in case.sources(story)):
            found[name] = (*found[name], story.id)
    return found


def shown_words(citation: Citation) -> int:
    """Words shown of a cited item."""
    return sum(len(passage.text.split()) for passage in citation.passages)


def most_words(citation: Citation) -> int:
    """Words that may be shown of it."""
    return MOST_WORDS_OF_A_POST if citation.kind is ItemKind.POST else MOST_WORDS
