"""What the hosts say: brought into order, examined, mended, settled."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.checks import check, enforce
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Line
from bot.domain.prose import dialogue as talk
from bot.domain.prose.shapes import LineProse, MendedProse, RepairProse
from tests.unit.prose_samples import BROOK, CRACKS, FROST, at, dialogue_prose, drafted, story_of
from tests.unit.writing_samples import say


def told() -> Edition:
    return drafted().open_to_all()


def phrased(draft: Drafted | None = None, **changes: Any) -> tuple[Line, ...]:
    return talk.phrase(dialogue_prose(**changes), draft or drafted(), told(), say())


def wrong(lines: tuple[Line, ...]) -> dict[str, str]:
    return {flaw.where: "; ".join(flaw.reasons) for flaw in talk.flaws(lines, drafted(), told())}


def number(word: str) -> int:
    return story_of(word).number


@pytest.mark.parametrize(("stories", "measure"), [(0, (0, 0)), (1, (180, 270)), (2, (360, 540)), (5, (720, 1080))])
def test_thin_days_are_talked_of_for_less_long(stories: int, measure: tuple[int, int]) -> None:
    """In proportion, from four stories on in full."""
    assert talk.measure_of(stories) == measure


def test_a_good_dialogue_stands_as_it_is() -> None:
    """It opens with the conflict, then the hosts say who they are; it ends with what was read."""
    lines = phrased()
    assert wrong(lines) == {}
    assert talk.settle(lines, drafted(), told(), say()) == (lines, 0)
    assert lines[0].story == story_of("Marlin").id
    assert (lines[1].text, lines[1].host) == ("This is Counterpoint. I’m Nora.", "Nora")
    assert lines[2].text.startswith("And I’m Elias.")
    assert lines[-2].text == "You heard 6 voices out of 8 sources that we read."
    assert [line.evidence for line in (*lines[1:3], *lines[-2:])] == [(), (), (), ()]


def test_the_result_passes_every_check() -> None:
    """As part of the whole edition."""
    whole, faults = enforce(replace(told(), dialogue=phrased()))
    assert check(whole).ok
    assert not [fault for fault in faults if fault.where.startswith("dialogue")]


def test_each_story_is_one_chapter() -> None:
    """Whoever comes back to an earlier story is heard there; lines of no story belong to the one before."""
    one, two = drafted().edition.stories[:2]
    mixed = [
        LineProse(1, 2, "Second.", ()),
        LineProse(2, None, "Of the second, too.", ()),
        LineProse(1, 1, "First.", ()),
        LineProse(2, 77, "Of none.", ()),
        LineProse(2, 1, "", ()),
    ]
    lines = phrased(lines=tuple(mixed), opening=())
    assert [(line.story, line.text) for line in lines if line.story] == [
        (one.id, "First."), (two.id, "Second."), (two.id, "Of the second, too."),
    ]  # fmt: skip
    assert not [line for line in phrased(lines=(LineProse(1, None, "Lost.", ()),), opening=()) if line.story]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (LineProse(1, 1, "Marlin cut review time by 60 percent, she says.", at(BROOK)), "60"),
        (LineProse(1, 1, "Marlin was sold by Napoleon.", at(BROOK)), "Napoleon"),
        (LineProse(1, 1, "Marlin cut review time.", at(CRACKS)), "evidence"),
        (LineProse(2, 1, "Marlin war schneller als alle anderen, und das wird auch so bleiben.", at(BROOK)), "English"),
    ],
)
def test_a_line_that_does_not_stand_is_named(line: LineProse, reason: str) -> None:
    """Evidence of another story is none."""
    marlin = replace(line, story=number("Marlin"))
    lines = phrased(opening=(marlin,))
    found = wrong(lines)
    assert list(found) == ["lines[0]"]
    assert reason in found["lines[0]"] or "cites nothing" in found["lines[0]"]


def test_we_disagree_needs_a_conflict() -> None:
    """In the story of the line."""
    text = "We disagree about this one: work on the Osero dam stopped."
    assert "disagree" in wrong(phrased(opening=(LineProse(1, number("Osero"), text, at(CRACKS)),)))["lines[0]"]
    other = "We disagree about this one: did Marlin cut review time?"
    assert wrong(phrased(opening=(LineProse(1, number("Marlin"), other, at(BROOK)),))) == {}


def test_what_is_said_again_takes_its_place() -> None:
    """Only where it was complained of; null leaves a line out."""
    bad = LineProse(1, number("Marlin"), "Marlin was sold by Napoleon.", at(BROOK))
    lines = phrased(opening=(bad, bad))
    found = talk.flaws(lines, drafted(), told())
    repair = RepairProse(
        (
            MendedProse("lines[0]", "Marlin cut review time by 40 percent, says Ada Brook.", at(BROOK)),
            MendedProse("lines[0]", "Again.", ()),
            MendedProse("lines[1]", None, ()),
            MendedProse("lines[4]", "Taken over.", ()),
        )
    )
    mended = talk.mend(lines, found, repair, drafted(), told())
    assert wrong(mended) == {}
    assert mended[0].text == "Marlin cut review time by 40 percent, says Ada Brook."
    assert mended[1:] == lines[2:]


def test_a_story_that_nobody_speaks_of_gets_a_selected_line() -> None:
    """In its place: before the next story, after the hosts have said who they are."""
    full = dialogue_prose(lines_a_story=9).lines
    for word in ("Marlin", "Osero", "Tidekit"):
        lines = phrased(lines=tuple(line for line in full if line.story != number(word)), opening=())
        settled, dropped = talk.settle(lines, drafted(), told(), say())
        assert dropped == 0
        order = [line.story for line in settled if line.story]
        assert list(dict.fromkeys(order)) == [story.id for story in drafted().edition.stories]
        assert [line.story for line in settled[:2]] == [None, None]
        assert wrong(settled) == {}


def test_a_dialogue_of_which_too_little_stands_is_none() -> None:
    """Three fifths of the least are enough."""
    with pytest.raises(ValueError, match="words of 324 stand"):
        talk.settle(phrased(lines=dialogue_prose(lines_a_story=2).lines), drafted(), told(), say())
    lies = tuple(replace(line, text=f"They say of Napoleon: {line.text}") for line in dialogue_prose().lines)
    with pytest.raises(ValueError, match="stand"):
        talk.settle(phrased(lines=lies), drafted(), told(), say())


def test_a_dialogue_far_too_long_loses_the_ends_of_its_longest_stories() -> None:
    """And no story; five thousand lines cost nothing."""
    few = dialogue_prose(lines_a_story=2).lines
    many = tuple(line for line in dialogue_prose(lines_a_story=1_700).lines if line.story == 1)
    lines = phrased(lines=(*few, *many))
    spoken = [line for line in lines if line.story]
    assert sum(len(line.text.split()) for line in spoken) <= 1.25 * 810 + 40
    assert {line.story for line in spoken} == {story.id for story in drafted().edition.stories}


VIENNA = ZoneInfo("Europe/Vienna")


@pytest.mark.parametrize(
    ("hours", "language", "said"),
    [
        (10, "en", "comes this evening"),
        (3, "en", "comes this afternoon"),
        (20, "en", "comes tomorrow morning"),
        (26, "en", "comes tomorrow afternoon"),
        (90, "en", "in a few days"),
        (10, "ru", "выйдет сегодня вечером"),
        (20, "ru", "выйдет завтра утром"),
    ],
)
def test_it_says_when_the_next_edition_comes(hours: int, language: str, said: str) -> None:
    """In words, in the zone of the timetable; and passes the checks that allow no number without a passage."""
    end = drafted().edition.window.end.astimezone(VIENNA)
    draft = replace(drafted(), next_due=end + timedelta(hours=hours))
    edition = replace(told(), language=language)
    lines = talk.phrase(dialogue_prose(), draft, edition, say(language))
    assert said in lines[-2].text
    ours = [f"lines[{i}]" for i, line in enumerate(lines) if line.story is None and not line.evidence]
    assert not {flaw.where for flaw in talk.flaws(lines, draft, edition)} & set(ours)


@pytest.mark.parametrize("due", [None, datetime(2020, 1, 1, tzinfo=VIENNA)])
def test_what_is_not_known_is_not_said(due: datetime | None) -> None:
    """No next edition, no sources: only whose this was."""
    silent = replace(told(), card=replace(told().card, sources_read=0))
    lines = talk.phrase(dialogue_prose(), replace(drafted(), next_due=due), silent, say())
    assert [line.text for line in lines[-2:] if not line.evidence] == [
        "That was Counterpoint. The links are in the thread."
    ]


def test_the_sharpest_story_has_a_conflict() -> None:
    """The biggest of those; the first where nobody contradicts anybody."""
    assert talk.sharpest(told()) == number("Marlin")
    assert talk.sharpest(replace(told(), stories=(story_of("Osero"),))) == 1


def test_the_question_is_that_of_the_edition() -> None:
    """It is written beside the dialogue, at the same time."""
    lines, edition = phrased(), told()
    assert edition.open_question is not None
    other = replace(edition.open_question, text="Who counts?", evidence=at(FROST))
    place = next(i for i, line in enumerate(lines) if line.story is None and line.evidence)
    asked = talk.asking(lines, replace(edition, open_question=other))
    assert (asked[place].text, asked[place].evidence, len(asked)) == ("Who counts?", at(FROST), len(lines))
    without = talk.asking(lines, replace(edition, open_question=None))
    assert len(without) == len(lines) - 1
    again = talk.asking(without, replace(edition, open_question=other))
    assert again[place].text == "Who counts?"
    assert talk.asking((), edition) == ()


def test_lines_are_read_a_second_time_where_they_cite() -> None:
    """Ours are not."""
    lines = phrased()
    assert len(talk.sentences(lines)) == sum(bool(line.evidence) for line in lines)
    assert {where for where, _ in talk.sentences(lines)}.isdisjoint({"lines[1]", f"lines[{len(lines) - 1}]"})
