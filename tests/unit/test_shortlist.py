"""Candidates for an edition, and the order somebody else gave them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.checks import check
from bot.domain.commission import MOST_STORIES, THIN, Shortlist, picked, shortlist
from bot.domain.compose import draft
from bot.domain.edition import Edition
from bot.domain.stories import FoundStories
from tests.fakes.readings import item
from tests.unit.writing_samples import BROOK, FROST, HALE, PRESS, commission, marlin, matter, press, say

TOPICS = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel")


def listed(scores: tuple[float, ...] = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2)) -> Shortlist:
    """Candidates that only their topics tell apart."""
    draft = matter().draft
    stories = tuple(replace(draft, topic=topic, score=score) for topic, score in zip(TOPICS, scores, strict=False))
    return Shortlist(FoundStories(stories, 3, (), ()), tuple(story.topic for story in stories))


def told(order: tuple[int, ...], one: Shortlist | None = None) -> list[str]:
    return [story.topic for story in picked(one or listed(), order).stories]


def test_a_candidate_is_a_line_with_topic_voices_and_first_sentence() -> None:
    """In our own order, which is that of the edition where nobody else has one."""
    order = commission(press())
    found = shortlist(order)
    edition = draft(order, say()).edition
    assert [line.split(" | ")[0] for line in found.candidates] == [story.topic for story in edition.stories]
    topic, voices, sentence = found.candidates[0].split(" | ")
    texts = "\n".join(one.text for one in press())
    assert topic == found.found.stories[0].topic
    assert set(voices.split(", ")) == {reading.thinker.name for reading in found.found.stories[0].readings}
    assert sentence in texts
    assert not sentence.endswith("?")


def test_many_voices_are_counted_and_a_story_of_headlines_has_one() -> None:
    """A line is short, and never empty."""
    items = [
        item(who, "", title=f"Mira Talbot halts the Osero dam in part {n}", hours=n) for n, who in enumerate(PRESS)
    ]
    (line,) = shortlist(commission(items)).candidates
    assert " and 4 more | Mira Talbot halts the Osero dam" in line


def test_the_order_decides_what_is_told_and_in_which_order() -> None:
    """At most five; shares are of the best that is told."""
    assert told((7, 2, 4, 1, 6, 3)) == ["Ginkgo", "Birch", "Dogwood", "Alder", "Fir"]
    assert [story.score for story in picked(listed(), (3, 2, 6)).stories] == [0.75, 1.0, 0.375]


def test_what_the_order_leaves_out_fills_a_thin_edition_only() -> None:
    """Nobody empties an edition by what is written in a candidate."""
    assert told((6,)) == ["Fir", "Alder", "Birch"]
    assert told((6, 5, 4)) == ["Fir", "Elm", "Dogwood"]
    assert told(()) == ["Alder", "Birch", "Cedar"]
    assert told((2,), listed((1.0, 0.5))) == ["Birch", "Alder"]
    assert told((1,), Shortlist(FoundStories((), 0, (), ()), ())) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-3, 12), max_size=20), st.integers(0, 7))
def test_any_order_gives_some_of_the_candidates_each_once(order: list[int], many: int) -> None:
    """Whatever numbers it holds."""
    scores = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2)[:many]
    found = picked(listed(scores), order)
    topics = [story.topic for story in found.stories]
    assert len(set(topics)) == len(topics)
    assert min(THIN, many) <= len(topics) <= min(MOST_STORIES, many)
    assert set(topics) <= set(TOPICS[:many])
    assert max((story.score for story in found.stories), default=1.0) == 1.0
    assert found.duplicates == 3


def edition_in(order: tuple[int, ...]) -> Edition:
    one = commission(press())
    return draft(one, say(), shortlist(one), order).edition


def test_an_edition_is_told_in_the_order_of_its_desk() -> None:
    """It passes every check, and tells the same stories as without."""
    own = draft(commission(press()), say()).edition
    turned = edition_in((3, 1, 2))
    assert check(turned).faults == ()
    assert [s.topic for s in turned.stories] == [own.stories[n].topic for n in (2, 0, 1)]
    assert edition_in((1, 2, 3)) == own


@pytest.mark.parametrize("topic", ["Osero dam", "Nothing of that kind"])
def test_a_topic_limits_the_candidates(topic: str) -> None:
    """As it limits an edition."""
    order = commission([*press(), *marlin()[:1]], topic=topic)
    assert len(shortlist(order).candidates) == len(draft(order, say()).edition.stories)
    assert {BROOK, FROST, HALE} <= set(PRESS)
