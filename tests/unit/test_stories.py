"""Finding stories."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.edition import (
    Card,
    Checks,
    Citation,
    Cited,
    CitedPassage,
    Counter,
    Edition,
    Promises,
    Sentence,
    Signal,
    Story,
    Window,
)
from bot.domain.item import ItemKind
from bot.domain.reading import Reading
from bot.domain.stories import StoryDraft, find_stories
from tests.unit.story_samples import END, WINDOW, dam, ferry, noise, reading

ARGUED = (
    "I think the council should stop. The risk is real, because nobody agrees who is wrong. I believe it must change. "
    "However, we argue about the wrong problem. "
) * 9


def items(draft: StoryDraft) -> set[str]:
    return {r.item.id for r in draft.readings}


def ids(readings: list[Reading]) -> set[str]:
    return {r.item.id for r in readings}


def told_before(readings: list[Reading], *, topic: str = "Osero dam") -> Edition:
    """An edition of the evening before that told these items as its first story."""
    empty = Sentence("", ())
    citations = tuple(
        Citation(
            n,
            r.item.id,
            r.thinker.name,
            r.thinker.id,
            None,
            r.item.kind,
            r.item.title,
            r.item.url or "",
            r.item.at,
            tuple(CitedPassage(f"{n}.{i}", s.text) for i, s in enumerate(r.spans, 1)),
        )
        for n, r in enumerate(readings, 1)
    )
    story = Story(
        "desk-1/1",
        1,
        "Cracks halt the Osero dam",
        None,
        Sentence("Mira Talbot halted the Osero dam.", ("1.1",)),
        topic,
        "new",
        None,
        Signal(2, 2, 24, None, None, None, 1.0, empty),
        (),
        Counter("none", None, None, None, "", ()),
        (),
        None,
        None,
        None,
        (),
        None,
        None,
        (),
        tuple(range(1, len(readings) + 1)),
    )
    card = Card(
        sources_read=0,
        sources_down=(),
        items_read=0,
        items_used=0,
        cited=Cited(0, 0),
        checks=Checks(0, 0, 0, 0, 0, 0),
        writer="selected",
        tokens={"in": 0, "out": 0, "cached": 0},
        cost=0.0,
        seconds=None,
    )
    window = Window(WINDOW.start - timedelta(hours=24), WINDOW.start)
    return Edition(
        "desk-1",
        "desk",
        "pm",
        window.end.date(),
        window,
        "en",
        "",
        (),
        "",
        (),
        (story,),
        citations,
        (),
        None,
        Promises(),
        (),
        card,
    )


def test_reworded_reports_of_one_event_are_one_story() -> None:
    """Whatever words they choose; what nobody else speaks of stays out."""
    found = find_stories([*dam(), *ferry(), *noise()], [], [], WINDOW)
    assert [items(s) for s in found.stories] == [ids(dam()), ids(ferry())]
    best = found.stories[0]
    assert (best.voices, best.items, best.origins, best.score, best.state, best.continues) == (
        4,
        4,
        4,
        1.0,
        "new",
        None,
    )
    assert best.topic == "Osero dam"
    assert "Mira Talbot" in best.shared
    assert best.fresh == ids(dam())
    assert found.topics[0] == ("Osero dam", 4)


@settings(max_examples=8, deadline=None)
@given(st.permutations([*dam(), *ferry(), *noise()]))
def test_the_order_of_input_does_not_matter(shuffled: list[Reading]) -> None:
    """The same stories, readings and numbers."""
    assert find_stories(shuffled, [], [], WINDOW) == find_stories([*dam(), *ferry(), *noise()], [], [], WINDOW)


def test_who_speaks_and_when_matters() -> None:
    """One voice alone is no alliance; what lies outside the window is not seen."""
    one = [replace(r, thinker=dam()[0].thinker) for r in dam()]
    assert find_stories([*one, *noise()], [], [], WINDOW).stories == ()
    late = Window(END - timedelta(hours=3), END)
    assert find_stories([*dam(), *noise()], [], [], late).stories == ()


def test_a_common_word_binds_nobody() -> None:
    """Items that share only what everybody says are no story."""
    apart = [
        reading("alpha", "A model for plums", "The company builds a new model of a plum."),
        reading("beta", "The model railway", "A company in the north sells a model of a train.", hours=3),
    ]
    assert find_stories(apart, [], [], WINDOW).stories == ()


def test_a_copy_is_an_echo_and_no_second_origin() -> None:
    """Voices hear it, origins do not count it."""
    first = dam()
    copy = reading("epsilon", first[0].item.title, first[0].item.text, hours=1)
    found = find_stories([*first, copy, *noise()], [], [], WINDOW)
    assert found.duplicates == 1
    assert found.stories[0].echoes == (copy,)
    assert (found.stories[0].origins, found.stories[0].items, found.stories[0].voices) == (4, 4, 4)


def test_an_item_that_two_sources_carry_is_one_item() -> None:
    """A feed and its mirror report the same link."""
    mirrored = replace(dam()[0], item=replace(dam()[0].item, source="feed:mirror"))
    found = find_stories([*dam(), mirrored], [], [], WINDOW)
    assert found.stories[0].items == 4
    assert found.duplicates == 1


def test_a_roundup_does_not_join_its_subjects() -> None:
    """It may enter one story; the two stay two."""
    roundup = reading(
        "zeta",
        "This week",
        "The Osero dam stands still. The Lindholm ferry is on strike over night shifts. A fair opened in Marn. "
        "Ruth Oake won the chess cup. Snow fell in Pell. The price of salt rose. A new bridge in Tarrow has two lanes.",
    )
    found = find_stories([*dam(), *ferry(), roundup, *noise()], [], [], WINDOW)
    assert not any(items(s) & ids(dam()) and items(s) & ids(ferry()) for s in found.stories)


def test_sites_that_share_a_publisher_are_not_independent() -> None:
    """Two feeds of one company about its own release are one voice for choosing."""
    pair = [
        reading(
            f"feed{n}",
            "Pump 3 mends the Osero valve",
            f"Pump 3 mends the Osero valve {note}",
            url=f"https://pump.example/{n}",
            hours=n,
        )
        for n, note in ((2, "for everyone"), (3, "in the early channel"))
    ]
    assert find_stories([*pair, *noise()], [], [], WINDOW).stories == ()


def test_one_voice_fills_a_thin_day_only_with_a_long_argument() -> None:
    """A note does not make a story, an argued piece does, and at most two of them."""
    essays = [
        reading(who, f"Against the {thing} tax", f"The {thing} tax is old. {ARGUED.replace('council', thing)}")
        for who, thing in (("alpha", "salt"), ("beta", "window"), ("gamma", "dog"))
    ]
    found = find_stories([essays[0], *noise()], [], [], WINDOW)
    assert [items(s) for s in found.stories] == [ids(essays[:1])]
    assert len(found.stories[0].topic) <= 40


def test_a_release_alone_is_no_story() -> None:
    """An act is not a claim."""
    act = reading("alpha", "Osero 3", ARGUED, kind=ItemKind.RELEASE)
    assert find_stories([act, *noise()], [], [], WINDOW).stories == ()


def test_at_most_as_many_stories_as_asked_for() -> None:
    """The weaker group is named among those not chosen."""
    found = find_stories([*dam(), *ferry(), *noise()], [], [], WINDOW, most=1)
    assert len(found.stories) == 1
    assert [q.reason for q in found.quiet] == ["weaker"]


def test_a_topic_narrows_what_counts() -> None:
    """Only what speaks of it; one voice is enough then."""
    found = find_stories([*dam(), *ferry(), *noise()], [], [], WINDOW, topic="Lindholm ferry")
    assert [items(s) for s in found.stories] == [ids(ferry())]
    assert len(find_stories([*dam(), *noise()], [], [], WINDOW, topic="plums").stories) == 1
    assert find_stories(noise(), [], [], WINDOW, topic="zeppelin").stories == ()
    assert find_stories(noise(), [], [], WINDOW, topic="the").stories == ()


def test_a_story_told_before_returns_only_with_something_new() -> None:
    """Nothing new: it is left out and said so."""
    found = find_stories([*dam(), *noise()], [], [told_before(dam())], WINDOW)
    assert found.stories == ()
    assert [q.reason for q in found.quiet] == ["told"]


def test_a_story_with_something_new_is_an_update() -> None:
    """It names what it continues and which items are fresh; those come first."""
    news = [
        reading(
            "epsilon",
            "Court lets Osero dam go on",
            "Judges in Pell ruled that Mira Talbot lacked the power to halt the dam.",
            hours=1,
        ),
        reading(
            "zeta",
            "Osero dam ruling",
            "The ruling in Pell lets builders return to the Osero dam; Mira Talbot appeals.",
            hours=1.5,
        ),
    ]
    [story] = find_stories([*dam(), *news, *noise()], [], [told_before(dam())], WINDOW).stories
    assert (story.state, story.continues) == ("update", "desk-1/1")
    assert story.fresh == ids(news)
    assert {r.item.id for r in story.readings[:2]} == ids(news)


def test_a_copy_of_what_was_told_is_not_new() -> None:
    """Even from another voice and at another address."""
    old = dam()
    copies = [reading("epsilon", r.item.title, r.item.text, hours=1 + n) for n, r in enumerate(old[:2])]
    history = [replace(r, item=replace(r.item, published=WINDOW.start - timedelta(hours=2))) for r in old]
    assert find_stories([*copies, *noise()], history, [told_before(old)], WINDOW).stories == ()


def test_a_burst_is_counted_against_the_days_before() -> None:
    """Four items where there was one in twelve days; without history there is no usual rate."""
    past = [
        reading("alpha", "The Osero dam is planned", "Mira Talbot presented the Osero dam.", hours=100),
        *(
            reading("beta", f"Weather {n}", f"Wind from the north, force {n}, and rain over hills.", hours=30 + 24 * n)
            for n in range(12)
        ),
    ]
    [story] = find_stories([*dam(), *noise()], past, [], WINDOW).stories
    assert story.usual is not None
    assert story.burst == pytest.approx(4 / story.usual)
    assert story.p is not None
    assert story.p < 0.01
    assert find_stories([*dam(), *noise()], [], [], WINDOW).stories[0].usual is None


def test_an_empty_window_has_no_stories() -> None:
    """Nor one of wordless items."""
    assert find_stories([], [], [], WINDOW).stories == ()
    assert find_stories([reading("alpha", "…", "!"), reading("beta", "", "?")], [], [], WINDOW).stories == ()
