"""Reading one item."""

from bot.domain.item import MAX_TEXT
from tests.unit.story_samples import reading


def test_spans_are_the_title_and_the_sentences() -> None:
    """In their original characters."""
    made = reading("alpha", " A title ", "One. Two.\n\nThree.")
    assert [(s.where, s.text) for s in made.spans] == [
        ("title", "A title"),
        ("text", "One."),
        ("text", "Two."),
        ("text", "Three."),
    ]
    for span in made.spans:
        assert getattr(made.item, span.where)[span.start : span.end] == span.text


def test_quoted_phrases_of_four_words_are_kept() -> None:
    """Words only, in lower case; shorter ones are not."""
    made = reading("alpha", "", 'He said “the Water is too Cold” and "no way" and «мы не знаем этого пока».')
    assert made.phrases == {"the water is too cold", "мы не знаем этого пока"}


def test_links_leave_out_the_item_itself_and_name_repositories() -> None:
    """A repository that is linked is a name."""
    made = reading(
        "alpha",
        "Note",
        "See it.",
        url="https://alpha.example/n",
        links=("https://alpha.example/n", "https://github.com/osero/pump"),
    )
    assert made.links == {"https://github.com/osero/pump"}
    assert "osero/pump" in made.names


def test_a_very_long_text_is_read_within_bounds() -> None:
    """At most 2,000 stems; an item without a title has no title span."""
    made = reading("alpha", "", "water flows north. " * (MAX_TEXT // 19))
    assert len(made.stems) == 2_000
    assert made.spans[0].where == "text"
