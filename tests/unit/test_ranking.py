"""Which sentences say it best."""

from bot.domain.sentence_ranking import central_sentences, lead_sentence, rank_sentences
from tests.unit.story_samples import dam, noise, reading


def test_the_sentence_nearest_to_all_comes_first() -> None:
    """Asides and headings come last; the best is worth 1."""
    one = reading(
        "alpha",
        "",
        "Mira Talbot halted the Osero dam because engineers found cracks.\nMore below\nIt rained. Plums are blue.",
    )
    ranked = rank_sentences([one, *dam()], context=noise())
    assert ranked[0][1] == 1.0
    texts = [span.text for span, _ in ranked]
    assert texts.index(one.spans[0].text) < texts.index("Plums are blue.")
    assert texts.index(one.spans[0].text) < texts.index("More below")


def test_chosen_sentences_come_from_different_items_and_repeat_nothing() -> None:
    """Each item speaks before one speaks twice."""
    chosen = central_sentences(dam(), most=4, context=noise())
    assert len({span.item for span in chosen}) == 4


def test_the_same_sentence_is_chosen_once_while_others_remain() -> None:
    """A copy adds nothing."""
    first, copy = reading("alpha", "", "The Osero dam leaks."), reading("beta", "", "The Osero dam leaks.", hours=3)
    other = reading("gamma", "", "The Osero council sleeps through winter.")
    assert {s.item for s in central_sentences([first, copy, other], most=2)} >= {other.item.id}


def test_titles_can_be_left_out() -> None:
    """For a body that stands under its title."""
    assert all(span.where == "text" for span in central_sentences(dam(), most=6, titles=False))


def test_a_short_lead_stands_for_an_item_else_its_title() -> None:
    """A lead of thirty words gives way to the title."""
    short, long = (
        reading("alpha", "The dam of Osero", "It leaks."),
        reading("alpha", "The dam of Osero", "It " + "leaks " * 30),
    )
    assert [s.where for s in (lead_sentence(short), lead_sentence(long)) if s] == ["text", "title"]
    untitled = lead_sentence(reading("alpha", "", "It " + "leaks " * 30))
    assert untitled is not None
    assert lead_sentence(reading("alpha", "", "")) is None


def test_nothing_to_rank() -> None:
    """No readings, no sentences; words without a subject are worth nothing."""
    assert rank_sentences([]) == []
    assert central_sentences([], most=3) == []
    assert [worth for _, worth in rank_sentences([reading("alpha", "", "And so it is.")])] == [0.0]
