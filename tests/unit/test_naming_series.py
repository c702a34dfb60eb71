"""Series marks before titles."""

import pytest

from bot.domain.episode import Series
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming import series
from bot.domain.recording import NamedPerson


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[Harvest Preview] What the orchard taught us", Series("Harvest Preview", "[Harvest Preview]")),
        ("🔬 Bench Notes Science: yeast that waits", Series("Bench Notes Science", "🔬")),
        ("⚡️ Short Talks — how to prune a pear tree", Series("Short Talks", "⚡️")),
        ("⚡️ How to prune a pear tree", Series("high voltage", "⚡️")),
        ("🔬How yeast waits — Ada Quill, Dunmore", Series("microscope", "🔬")),
        ("🇳🇱 Polder politics", Series("flag NL", "🇳🇱")),
    ],
)
def test_a_mark_before_the_title_is_kept_and_named(title: str, expected: Series) -> None:
    """A tag names itself; an emoji is named by the show's own words, else by Unicode."""
    assert series(EpisodeFacts("x", title)) == expected


@pytest.mark.parametrize(
    "title",
    [
        "How to prune a pear tree",
        "",
        "[Only a tag]",
        "🔬",
        "Pears [live]",
        "[@everyone] free pears",
        "[http://x.example] y",
    ],
)
def test_no_series_where_no_mark_opens_the_title(title: str) -> None:
    """No mark, nothing behind it, or a mark that may not be shown."""
    assert series(EpisodeFacts("x", title)) is None


def test_a_guest_before_the_dash_is_no_series() -> None:
    """`⚡️ Martin Pocket - Why …` names a person; also one whom only the publisher knows as such."""
    guest = EpisodeFacts("x", "⚡️ Martin Pocket - Why pears matter")
    handle = EpisodeFacts("x", "⚡️ Zrx Live: Why pears matter", people=(NamedPerson("Zrx Live", "guest"),))
    assert series(guest) == Series("high voltage", "⚡️")
    assert series(handle) == Series("high voltage", "⚡️")
