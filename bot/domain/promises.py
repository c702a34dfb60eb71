"""Promises of earlier editions: what is open, what falls due, and what is said of it without a model.

"We will check back" is owed an answer (order of truth, rule 7). Whether a thing happened is read in passages, which a
writer may do; that nothing is there yet, and that we give up, is told from dates alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.checks.shape import most_words, shown_words
from bot.domain.drafted import Drafted, OpenPromise
from bot.domain.edition import (
    Citation,
    CitedPassage,
    ClosedPromise,
    Edition,
    Evidence,
    Promise,
    Slot,
    Story,
    Window,
    dated,
)
from bot.domain.phrasing import Say
from bot.domain.quotable import words

PATIENCE = timedelta(days=14)
"""How long after it fell due a promise is open."""
_FINAL = frozenset({"happened", "dropped"})


def open_after(earlier: Sequence[Edition], last: Drafted | None) -> tuple[OpenPromise, ...]:
    """Promises that are open when these editions are read, oldest first.

    `earlier` are editions of one desk in one language, newest first. `last` is what the newest of them was made of: it
    hands on what editions made that are too old to be among them.
    """
    found = {kept.promise.id: replace(kept, evidence=()) for kept in (*last.promises, *last.pending)} if last else {}
    for edition in reversed(earlier):
        for promise in edition.promises.made:
            found.setdefault(promise.id, _kept(promise, edition))
    for edition in reversed(earlier):
        for closed in edition.promises.closed:
            if closed.outcome in _FINAL:
                found.pop(closed.id, None)
            elif closed.id in found:
                found[closed.id] = replace(found[closed.id], told=True)
    return tuple(sorted(found.values(), key=lambda kept: (kept.made, kept.promise.id)))


def fallen_due(
    promises: Iterable[OpenPromise], stories: Sequence[Story], earlier: Sequence[Edition], window: Window
) -> tuple[tuple[OpenPromise, ...], tuple[OpenPromise, ...]]:
    """Those of which an edition has to say something, and the others.

    It has to when a promise fell due and nobody said so yet, when patience with it is at its end, and when a story of
    the edition goes on with the story that it was made in.
    """
    going_on = _going_on(stories, earlier)
    now: list[OpenPromise] = []
    later: list[OpenPromise] = []
    for kept in promises:
        due = _due(kept) <= window.end and not kept.told
        (now if due or _given_up(kept, window) or kept.promise.story in going_on else later).append(kept)
    return tuple(now), tuple(later)


def closings(
    promises: Iterable[OpenPromise], edition: Edition, earlier: Sequence[Edition], say: Say
) -> tuple[tuple[ClosedPromise, ...], tuple[Citation, ...]]:
    """What the code itself says of promises, with the citations of the edition and of what they rested on.

    One that fell due is open still, unless a story of the edition goes on with it: whether that is the answer, only a
    reader of it can say. One that has been due for two weeks is dropped.
    """
    going_on = _going_on(edition.stories, earlier)
    known = {citation.item: citation for citation in edition.citations}
    found = []
    for kept in promises:
        if _given_up(kept, edition.window):
            text = say("promise-left", day=_day(kept, say), text=kept.promise.text)
            found.append(ClosedPromise(kept.promise.id, "dropped", text, cited(kept, known)))
        elif _due(kept) <= edition.window.end and not kept.told and kept.promise.story not in going_on:
            text = say("promise-still", when=_when(kept, edition.date), day=_day(kept, say), text=kept.promise.text)
            found.append(ClosedPromise(kept.promise.id, "not_yet", text, cited(kept, known)))
    return tuple(found), tuple(known.values())


def cited(kept: OpenPromise, known: dict[str, Citation]) -> Evidence:
    """Ids, among some citations, of the passages that a promise rested on; the citations get what they lack of them,
    as far as that much may be shown of an item. `known` is by item.
    """
    ids = []
    for source in kept.rests:
        citation = known.get(source.item, replace(source, n=len(known) + 1, passages=()))
        for passage in source.passages:
            same = next((held.id for held in citation.passages if held.text == passage.text), None)
            if same is None and shown_words(citation) + words(passage.text) <= most_words(citation):
                same = f"{citation.n}.{len(citation.passages) + 1}"
                citation = replace(
                    citation, passages=(*citation.passages, CitedPassage(same, passage.text, passage.at))
                )
            ids += [] if same is None else [same]
        if citation.passages:
            known[source.item] = citation
    return tuple(ids)


def _kept(promise: Promise, edition: Edition) -> OpenPromise:
    """A promise with its passages."""
    wanted = set(promise.evidence)
    rests = (
        replace(citation, passages=tuple(p for p in citation.passages if p.id in wanted))
        for citation in edition.citations
    )
    return OpenPromise(
        promise, edition.id, edition.window.end, tuple(citation for citation in rests if citation.passages)
    )


def _going_on(stories: Sequence[Story], earlier: Sequence[Edition]) -> set[str]:
    """Every earlier story that a story of now goes on with, through all between them."""
    before = {story.id: story.continues for edition in earlier for story in edition.stories}
    found: set[str] = set()
    for story in stories:
        identity = story.continues
        while identity is not None and identity not in found:
            found.add(identity)
            identity = before.get(identity)
    return found


def _due(kept: OpenPromise) -> datetime:
    due = kept.promise.due
    return due if due.tzinfo else due.replace(tzinfo=UTC)


def _given_up(kept: OpenPromise, window: Window) -> bool:
    return _due(kept) + PATIENCE <= window.end


def _made_on(kept: OpenPromise) -> tuple[date, Slot]:
    """The local date and the slot of the edition that made it, which stand in its id."""
    return dated(kept.edition) or (kept.made.date(), "now")


def _when(kept: OpenPromise, today: date) -> str:
    day, slot = _made_on(kept)
    if day == today and slot != "now":
        return "morning" if slot == "am" else "evening"
    return "yesterday" if day == today - timedelta(days=1) else "day"


def _day(kept: OpenPromise, say: Say) -> str:
    day, _ = _made_on(kept)
    return say("long-day", day=day.day, month=day.month)
