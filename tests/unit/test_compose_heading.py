"""Title and lede of an edition: what they are made of and what they rest on."""

from dataclasses import replace

import pytest

from bot.domain.edition import Edition
from bot.domain.roster import Roster
from tests.fakes.readings import item
from tests.unit.writing_samples import (
    BROOK,
    FROST,
    PRESS,
    STONE,
    composed,
    dam,
    press,
    words_behind,
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Three stories of ten items by six thinkers."""
    return composed(press())


def test_the_title_rests_on_the_words_it_is_made_of(edition: Edition) -> None:
    """Each topic's words stand in the passages behind the title, or in their headlines."""
    cited = [edition.passages()[passage] for passage in edition.title_evidence]
    behind = " ".join(f"{c.title} {p.text}" for c, p in cited).casefold()
    words = edition.title.replace("·", " ").replace(":", " ").split()
    assert all(word.casefold() in behind for word in words if word != "of")


def test_a_title_takes_only_as_many_topics_as_fit() -> None:
    """A card line has ninety characters; stories that are not in the title are told all the same."""
    subjects = (
        (
            "Northern Saltsedge Harbour Commission",
            "After a winter without pay the crews of the {} stopped all ferries.",
            "Nobody asked the {} why its lamps went dark, the mayor said on Monday.",
        ),
        (
            "Grauholm Lamp Keepers Brotherhood",
            "A painter bought the oldest tower of the {} and wants to live in it.",
            "For sixty years the {} had never sold a single stone of the coast.",
        ),
        (
            "Wexmouth Paper Chart Company",
            "Every chart of the {} is now printed on thin paper from old sails.",
            "Sailors complain that the {} forgets the rocks near the southern cape.",
        ),
    )
    items = [
        item(who, text.format(name), title=f"{name} {state}", hours=3 * place + 1)
        for place, (name, *texts) in enumerate(subjects)
        for who, text, state in zip((BROOK, STONE), texts, ("in trouble", "under fire"), strict=True)
    ]
    whole = composed(items)
    topics = [story.topic for story in whole.stories]
    assert len(" · ".join(topics)) > 90
    assert whole.title == " · ".join(topics[:2])
    assert len(whole.title) <= 90


def test_the_lede_is_one_short_quotation_that_no_standfirst_uses(edition: Edition) -> None:
    """It names who says it."""
    assert len(edition.lede) <= 110
    assert edition.lede not in {story.standfirst.text for story in edition.stories}
    assert not any(story.title in edition.lede for story in edition.stories)
    assert len(edition.lede_evidence) == 1


def test_topics_that_only_headlines_name_rest_on_one_headline() -> None:
    """As few passages as hold the words."""
    items = [
        item(
            BROOK,
            "After a winter without pay the crews stopped the work at noon. "
            "Nobody below the wall was told before the evening news.",
            title="Osero dam stands still",
            hours=1,
        ),
        item(
            STONE,
            "Two judges heard the engineers for nine hours and sent everybody home. "
            "A third one wants to see the cracks in person.",
            title="Judges look at the Osero dam",
            hours=2,
        ),
        item(
            FROST,
            "The lenders want an answer before the end of the month. "
            "Families in the valley pack their boats for the spring.",
            title="Osero dam: the bill",
            hours=3,
        ),
    ]
    whole = composed(items)
    assert whole.title == "Osero dam"
    (behind,) = words_behind(whole, whole.title_evidence)
    assert "Osero dam" in behind


def test_the_lede_is_not_the_standfirst_again() -> None:
    """Where the claims are long, the next short sentence is taken."""
    voices = (BROOK, STONE, FROST)
    longs = (
        "Mira Talbot stopped work on the Osero dam after cracks as long as a ferry were found in its northern wall.",
        "Families in the three villages below the Osero dam pack their boats, because they do not trust Mira Talbot.",
        "Lenders of the Osero dam want every letter of last winter from Mira Talbot, whoever wrote it and to whom.",
    )
    shorts = (
        "Nobody in Osero was asked before the evening news.",
        "Boats of the Osero valley stay dry this spring.",
        "Nine letters about Osero lie on a desk in the capital.",
    )
    items = [
        item(who, f"{long} {short}", title="Osero dam", hours=hours)
        for hours, (who, long, short) in enumerate(zip(voices, longs, shorts, strict=True))
    ]
    whole = composed(items)
    (story,) = whole.stories
    assert words_behind(whole, story.standfirst.evidence)[0] in shorts
    assert words_behind(whole, whole.lede_evidence)[0] in shorts
    assert whole.lede != story.standfirst.text


def test_without_a_short_sentence_the_lede_is_the_shortest_standfirst() -> None:
    """There is always one, and it is never a title again."""
    long = "Society of Harbour Pilots and Lamp Keepers "
    roster = Roster(tuple(replace(t, name=long + t.name) for t in PRESS))
    whole = composed(dam(), roster=roster)
    (story,) = whole.stories
    assert whole.lede == story.standfirst.text
    assert whole.lede_evidence == story.standfirst.evidence
