"""What a story's topic is called, and groups that are one subject."""

import numpy as np
from scipy.sparse import csr_matrix

from bot.domain.reading import Reading
from bot.domain.stories import find_stories
from bot.domain.stories.candidates import candidate
from bot.domain.stories.features import keys_of, space
from bot.domain.stories.groups import Closeness, groups
from bot.domain.stories.subjects import joined
from tests.unit.story_samples import WINDOW, dam, ferry, noise, reading


def topics(*readings: Reading) -> list[str]:
    return [story.topic for story in find_stories([*readings, *noise()], [], [], WINDOW).stories]


def test_a_topic_is_a_run_of_words_from_the_material() -> None:
    """With a name in it, in sentence case, even if the headlines are in title case."""
    pair = [
        reading("alpha", "Pell Water Prices Rise Again", "Families pay more as Pell water prices rise."),
        reading("beta", "Why Pell Water Prices Hurt", "Farmers say that Pell water prices hurt them.", hours=3),
    ]
    assert topics(*pair) == ["Pell water prices"]


def three(*tails: str) -> list[Reading]:
    """Three voices whose titles begin with one name."""
    return [
        reading(who, f"{title} in Tarrow", tail, hours=2 + n)
        for n, (who, title, tail) in enumerate(
            zip(("alpha", "beta", "zeta"), ("Night", "Frost", "Salt"), tails, strict=True)
        )
    ]


def test_a_single_name_takes_a_companion() -> None:
    """The best longer run that some of the items share, behind a colon."""
    found = topics(
        *three(
            "Most people of Tarrow doubt grain exports.",
            "Old Tarrow needs grain exports.",
            "The road to Tarrow froze.",
        )
    )
    assert found == ["Tarrow: grain exports"]


def test_two_names_are_joined_by_and() -> None:
    """A colon would say that one is about the other."""
    found = topics(
        *three(
            "Most people of Tarrow met Ruth Oake.",
            "Old Tarrow trusts Ruth Oake.",
            "The road to Tarrow froze.",
        )
    )
    assert found == ["Tarrow and Ruth Oake"]


def test_a_shared_phrase_without_a_name_is_a_topic() -> None:
    """Several words, no name."""
    pair = [
        reading("alpha", "Talks on grain stall", "In Tarrow the envoys spoke about grain exports."),
        reading("beta", "What is next for grain exports?", "Farmers hope that Tarrow keeps its word.", hours=3),
    ]
    assert topics(*pair) == ["Grain exports"]


def test_a_small_word_inside_a_name_stays() -> None:
    """Though nobody would search for it."""
    pair = [
        reading("alpha", "Closed waters", "Ships avoid the Strait of Marn since the storm."),
        reading("beta", "Storm warning", "A storm closed the Strait of Marn to ships.", hours=3),
    ]
    assert topics(*pair) == ["Strait of Marn"]


def test_a_topic_is_at_most_forty_characters_and_has_no_ellipsis() -> None:
    """Without any shared name the best title is cut between words."""
    phrase = "“we would rather walk than wait here for nothing”"
    pair = [
        reading("alpha", "they would rather walk than wait for it, they told us", f"some said: {phrase}"),
        reading("beta", "on foot", f"more said: {phrase}", hours=3),
    ]
    for topic in topics(*pair):
        assert 0 < len(topic) <= 40
        assert not topic.endswith(("…", "...", " "))


def test_groups_of_one_subject_are_joined() -> None:
    """Two groups around the same names become one, another subject stays apart."""
    readings = [*dam(), *ferry()]
    keyed = [keys_of(one) for one in readings]
    made = space(keyed, [])
    origin = {one.item.id: one.item.id for one in readings}
    parts = [candidate(made, rows, readings, origin) for rows in ([0, 1], [2, 3], [4, 5])]
    assert [group.rows for group in joined(made, parts, readings, keyed, origin)] == [(0, 1, 2, 3), (4, 5)]
    assert joined(made, [], readings, keyed, origin) == []


def test_very_many_like_items_are_cut_into_parts() -> None:
    """Nothing of size n x n is built, and every row is in one group."""
    same = csr_matrix(np.ones((1_300, 1), dtype=np.float32))
    found = groups(same, [0.0] * 1_300, ["one"] * 1_300, Closeness())
    assert sorted(len(group) for group in found) == [100, 1_200]
