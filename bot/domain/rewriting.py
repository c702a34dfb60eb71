"""A composed edition with the stories a writer has phrased, as far as they hold.

The writer phrases and does not choose: what a story is, who says and who denies it, and what is cited stay as they
were composed. Each written story is tried by itself against every check; one that does not stand leaves the selected
story in its place, so that a bad answer never costs a story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.checks import enforce
from bot.domain.checks.case import Case
from bot.domain.checks.parts import story_parts, walk
from bot.domain.checks.tally import tally
from bot.domain.desk import Desk
from bot.domain.edition import Edition, Story
from bot.domain.writing.dialogue import write_dialogue
from bot.domain.writing.story import Say

_UNCOUNTED = frozenset({"title", "lede"})


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer made of an edition."""

    writer: str
    """What the card says of it."""
    stories: Mapping[str, Story]
    """Those it has written, by the id of the composed story."""
    unfinished: int = 0
    """How many it was not done with in time."""


def rewrite(edition: Edition, written: Written, desk: Desk, say: Say) -> Edition:
    """The edition with what was written, checked; its card tells who wrote, and how much of it was selected."""
    nobody = say("counter-none-here")
    current = edition
    for index, selected in enumerate(edition.stories):
        answer = written.stories.get(selected.id)
        story = selected if answer is None else _phrased(selected, answer, index)
        if story == selected:
            continue
        trial = _with_story(current, index, story)
        if len(enforce(trial, nobody=nobody)[0].stories) == len(edition.stories):
            current = trial
    if current != edition:
        checked = enforce(current, nobody=nobody)[0]
        spoken = replace(checked, dialogue=write_dialogue(checked, desk, say))
        current = _counted(enforce(spoken, nobody=nobody)[0], edition, written.writer)
    return _with_note(current, written.unfinished, say)


def _with_story(edition: Edition, index: int, story: Story) -> Edition:
    stories = list(edition.stories)
    stories[index] = story
    return replace(edition, stories=tuple(stories))


def _phrased(selected: Story, answer: Story, index: int) -> Story:
    """The answer in the frame of the selected story; the selected story where the answer cites anything else."""
    sides = [(p.thinker, p.thinker_id, p.stance) for p in selected.positions]
    same_sides = sides == [(p.thinker, p.thinker_id, p.stance) for p in answer.positions]
    mine, theirs = selected.counter, answer.counter
    same_counter = (mine.standing, mine.kind, mine.thinker_id) == (theirs.standing, theirs.kind, theirs.thinker_id)
    story = replace(
        answer,
        id=selected.id,
        number=selected.number,
        topic=selected.topic,
        state=selected.state,
        continues=selected.continues,
        signal=selected.signal,
        positions=answer.positions if same_sides else selected.positions,
        counter=replace(theirs, thinker=mine.thinker) if same_counter else mine,
        connects_to=selected.connects_to,
        citations=selected.citations,
    )
    known = {i for part in story_parts(selected, index) for i in part.evidence}
    cited = {i for part in story_parts(story, index) for i in part.evidence}
    return story if cited <= known else selected


def _counted(edition: Edition, selected: Edition, writer: str) -> Edition:
    """The card of a written edition: what stands as it was selected counts as extractive."""
    originals = {(part.kind, part.text) for part in walk(selected)}
    new = sum(
        bool(part.evidence) and part.kind not in _UNCOUNTED and (part.kind, part.text) not in originals
        for part in walk(edition)
    )
    checks = replace(edition.card.checks, sentences_extractive=tally(Case(edition)).sentences - new)
    return replace(edition, card=replace(edition.card, writer=writer, checks=checks))


def _with_note(edition: Edition, unfinished: int, say: Say) -> Edition:
    if not unfinished:
        return edition
    note = say("note-unfinished", n=unfinished, all=len(edition.stories))
    return replace(edition, card=replace(edition.card, notes=(*edition.card.notes, note)))
