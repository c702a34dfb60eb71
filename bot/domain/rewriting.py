"""An edition in a writer's words, as far as they hold.

The writer phrases and does not choose: what a story is, who says and who denies it, and what may be cited stay as they
were drafted. Each part is tried by itself against every check; one that does not stand leaves the selected part in its
place, so that a bad answer never costs a story.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.checks import check, enforce
from bot.domain.checks.case import Case
from bot.domain.checks.parts import walk
from bot.domain.checks.renumber import renumber
from bot.domain.checks.tally import tally as counted
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Line, Story, Tokens
from bot.domain.phrasing import Say
from bot.domain.prose import dialogue as talk
from bot.domain.prose import frame as around
from bot.domain.prose import story as telling
from bot.domain.prose.pieces import Care, Frame, StoryPiece
from bot.domain.prose.trial import bare, faults, with_story
from bot.domain.tokens import Used
from bot.domain.writing.dialogue import write_dialogue

_UNCOUNTED = frozenset({"title", "lede"})
_STORY = re.compile(r"stories\[(\d+)\]")
_WRITER = re.compile(r"written by .+, checked", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Telling:
    """How an edition came to be written."""

    writer: str
    """What the card says of it: `written by <model>, checked`."""
    used: Used = field(default_factory=Used)
    care: Care = field(default_factory=Care)
    unfinished: int = 0
    """How many stories it was not done with in time."""
    spent: bool = False
    """Whether something was not written because there were no tokens left for it."""


def told(drafted: Drafted, pieces: Mapping[str, StoryPiece]) -> Edition:
    """The draft with the stories that were written and stand; ids and citations are the draft's, nothing is renumbered.

    `pieces` by the id of the selected story. Their frame is not trusted: whatever a piece says about it, the selected
    story's is kept.
    """
    plain = drafted.open_to_all()
    stories: dict[str, Story] = {}
    for selected in drafted.edition.stories:
        piece = pieces.get(selected.id)
        story = selected if piece is None else _standing(piece.story, drafted, selected)
        if story != selected:
            stories[selected.id] = story
    while True:
        current = _with_stories(plain, tuple(stories.values()))
        # What stands by itself may still repeat another story, or miss a name that only a selected one had.
        bad = [int(match[1]) for fault in faults(bare(current)) if (match := _STORY.match(fault.where))]
        if not bad or not stories:
            return current
        failing = [current.stories[at].id for at in sorted(bad, reverse=True)]
        del stories[next((each for each in failing if each in stories), next(reversed(stories)))]


def finished(
    drafted: Drafted, edition: Edition, frame: Frame | None, lines: tuple[Line, ...] | None, telling: Telling, say: Say
) -> Edition:
    """The told `edition` with its frame and its dialogue, checked, numbered, its card filled.

    Where frame or lines are None, or do not stand, title, lede, question and promises stay as they were selected, and
    the hosts read quotations. The result passes every check that the drafted edition passes, and has its stories.
    """
    for stories, around_them, spoken in _tries(drafted, edition, frame, lines):
        whole = _assembled(drafted, stories, around_them, spoken, say)
        if whole is not None:
            return _with_card(whole.edition, whole.extracted, drafted, telling, say)
    return _with_notes(_paid(drafted.edition, telling), telling, say)


_Try = tuple[Edition, Frame | None, tuple[Line, ...] | None]


def _tries(drafted: Drafted, edition: Edition, frame: Frame | None, lines: tuple[Line, ...] | None) -> Iterator[_Try]:
    """All of it, then less and less: without the frame, without the lines, then with fewer written stories."""
    if not drafted.edition.stories:
        return
    plain = drafted.open_to_all()
    written = [story for story, before in zip(edition.stories, plain.stories, strict=True) if story != before]
    if not written and frame is None and lines is None:
        return
    yield edition, frame, lines
    if frame is not None:
        yield edition, None, lines
    if lines is not None:
        yield edition, frame, None
    for keep in range(len(written), 0, -1):
        yield _with_stories(plain, written[:keep]), None, None
    if len(written) > 1:
        for story in written[1:]:
            yield with_story(plain, story), None, None


def _with_stories(plain: Edition, stories: Sequence[Story]) -> Edition:
    for story in stories:
        plain = with_story(plain, story)
    return plain


def _standing(story: Story, drafted: Drafted, selected: Story) -> Story:
    """A written story in its frame, without what does not stand; the selected one where too little does."""
    try:
        return telling.settle(telling.in_frame(replace(story, id=selected.id), drafted), drafted)[0]
    except ValueError:
        return selected


@dataclass(frozen=True, slots=True)
class _Whole:
    edition: Edition
    extracted: frozenset[str]
    """What the hosts would read of it without a model."""


def _assembled(
    drafted: Drafted, edition: Edition, frame: Frame | None, lines: tuple[Line, ...] | None, say: Say
) -> _Whole | None:
    """The whole, checked and numbered; None where a part does not stand, or a story was lost."""
    dropped = 0
    try:
        if frame is not None:
            settled, dropped = around.settle(frame, drafted, edition)
            edition = around.framed(edition, settled)
        extracted = spoken = write_dialogue(edition, drafted.desk, say)
        if lines is not None:
            spoken, less = talk.settle(talk.asking(lines, edition), drafted, edition, say)
            dropped += less
    except ValueError:
        return None
    numbered = renumber(replace(edition, dialogue=spoken))
    whole, found = enforce(talk.recounted(numbered, edition, drafted, say), nobody=say("counter-none-here"))
    if len(whole.stories) != len(edition.stories) or (found and not check(whole).ok):
        return None
    checks = replace(whole.card.checks, sentences_dropped=whole.card.checks.sentences_dropped + dropped)
    whole = replace(whole, card=replace(whole.card, checks=checks))
    return _Whole(whole, frozenset(line.text for line in extracted))


def _with_card(whole: Edition, extracted: frozenset[str], drafted: Drafted, telling: Telling, say: Say) -> Edition:
    """The card of a written edition: what stands as it was selected counts as extractive."""
    before = {(part.kind, part.text) for part in walk(drafted.edition)}
    own = sum(
        (part.kind, part.text) not in before and not (part.kind == "line" and part.text in extracted)
        for part in walk(whole)
        if part.evidence and part.kind not in _UNCOUNTED
    )
    heads = (whole.title, whole.lede) != (drafted.edition.title, drafted.edition.lede)
    card, sentences = whole.card, counted(Case(whole)).sentences
    checks = replace(
        card.checks,
        sentences_extractive=sentences - own,
        sentences_repaired=min(telling.care.repaired, sentences),
        sentences_dropped=card.checks.sentences_dropped + telling.care.dropped,
    )
    writer = telling.writer if _WRITER.fullmatch(telling.writer) else f"written by {telling.writer}, checked"
    stands = own > 0 or heads
    whole = replace(whole, card=replace(card, checks=checks, writer=writer if stands else "selected"))
    return _with_notes(_paid(whole, telling), telling, say)


def _paid(edition: Edition, telling: Telling) -> Edition:
    """With what the calls took, whatever came of them."""
    used = telling.used
    tokens: Tokens = {"in": used.taken, "out": used.given, "cached": used.cached}
    return replace(edition, card=replace(edition.card, tokens=tokens, cost=used.cost))


def _is_written(edition: Edition) -> bool:
    """Whether most of an edition is in the writer's words, and so in the edition's language."""
    checks = edition.card.checks
    return edition.card.writer != "selected" and 2 * checks.sentences_extractive < checks.sentences


def _with_notes(edition: Edition, telling: Telling, say: Say) -> Edition:
    notes = [note for note in edition.card.notes if note != say("note-original-language") or not _is_written(edition)]
    if telling.unfinished:
        notes.append(say("note-unfinished", n=telling.unfinished, all=len(edition.stories)))
    if telling.spent:
        notes.append(say("note-spent"))
    return replace(edition, card=replace(edition.card, notes=tuple(notes)))
