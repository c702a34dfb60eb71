"""What a server decides about its editions on Discord, as strings and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.discord.options import ANSWERS, EPISODES, Options
from bot.errors import ConfigError

SNOWFLAKES = st.none() | st.integers(1, 2**63).map(str)
PLACES = st.sampled_from([("text", "thread"), ("text", "day"), ("news", "thread"), ("news", "day"), ("forum", "forum")])


def test_nothing_decided_is_as_usual():
    """A thread for each edition, no mention, questions are answered."""
    assert Options.read({}) == Options("thread", None, "questions", None, "text", None)


def test_a_forum_has_posts_without_being_asked():
    """There is no other way in a forum."""
    assert Options.read({"kind": "forum"}).placement == "forum"


@given(PLACES, SNOWFLAKES, st.sampled_from(ANSWERS), SNOWFLAKES, SNOWFLAKES, st.sampled_from(EPISODES))
def test_what_is_written_reads_the_same(place, role, answers, host, guild, episodes):
    """As usual is not written at all."""
    kind, placement = place
    options = Options(placement, role, answers, host, kind, guild, episodes)
    assert Options.read(options.written()) == options
    assert Options.read(tuple(sorted(options.written().items()))) == options
    assert "" not in options.written().values()


def test_what_cannot_be_read_is_as_usual_where_an_edition_must_come():
    """Another version wrote it."""
    assert Options.read_or_usual({"placement": "wall", "role": "7"}) == Options()
    assert Options.read_or_usual({"role": "7"}) == Options(role="7")


def test_every_mistake_is_named_at_once():
    """With the option, what stands there, and what could."""
    with pytest.raises(ConfigError) as raised:
        Options.read(
            {
                "placement": "wall",
                "answers": "never",
                "kind": "voice",
                "episodes": "maybe",
                "role": "@everyone",
                "host": "٣",
            }
        )
    assert [mistake.partition(":")[0] for mistake in raised.value.mistakes] == [
        "placement",
        "answers",
        "kind",
        "episodes",
        "role",
        "host",
    ]
    assert "thread, forum, day" in raised.value.mistakes[0]


@pytest.mark.parametrize(("kind", "placement"), [("forum", "day"), ("forum", "thread"), ("text", "forum")])
def test_a_placement_must_go_with_the_channel(kind, placement):
    """A forum takes posts only, and only a forum does."""
    with pytest.raises(ConfigError, match="placement"):
        Options.read({"kind": kind, "placement": placement})


def test_what_others_keep_there_is_left_alone():
    """Options of other adapters, and of later versions, are no mistakes."""
    assert Options.read({"colour": "blue"}) == Options()
