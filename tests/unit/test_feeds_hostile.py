"""Files that stop, crash or mislead parsers end as a feed or as a sentence, soon."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.wire.feeds import Feed, parse
from bot.domain.text.visible import visible
from bot.errors import SourceMalformed
from tests.fakes.feeds import HOSTILE

RECORDED = sorted((Path(__file__).parents[1] / "recordings/sources").iterdir())


def outcome(body: bytes) -> Feed | None:
    """A feed, or None where it was refused in words; anything else fails the test."""
    try:
        return parse(body, base="https://a.example/feed")
    except SourceMalformed:
        return None


def sound(feed: Feed | None) -> None:
    for found in feed.found if feed else ():
        assert visible(found.title) == found.title
        assert visible(found.text) == found.text
        assert "\n" not in found.title
        assert found.link is None or found.link.startswith(("http://", "https://"))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_does_no_harm(name: str) -> None:
    """No other error, no invisible text, no long wait."""
    sound(outcome(HOSTILE[name]))


@pytest.mark.parametrize("name", ["entity bomb in text", "entity bomb in an attribute", "file through an entity"])
def test_entities_are_never_resolved(name: str) -> None:
    """Neither a bomb nor a file of ours comes out."""
    feed = outcome(HOSTILE[name])
    assert feed is not None
    assert "lol" not in repr(feed)
    assert "root:" not in repr(feed)


@pytest.mark.parametrize("name", ["a path", "an address"])
def test_what_looks_like_a_path_or_an_address_is_only_text(name: str) -> None:
    """Nothing is opened, nothing is fetched."""
    assert outcome(HOSTILE[name]) is None


def test_a_character_beyond_unicode_costs_only_itself() -> None:
    """feedparser raises at one of them."""
    feed = outcome(HOSTILE["a character beyond Unicode"])
    assert feed is not None
    assert feed.found[0].title == "a b"


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_refused(body: bytes) -> None:
    """Noise is refused in words."""
    sound(outcome(body))
    sound(outcome(b"<rss><channel><item><title>" + body))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(RECORDED), st.integers(0, 2**32))
def test_a_damaged_feed_is_a_feed_or_refused(path: Path, seed: int) -> None:
    """Pieces cut out, doubled, moved, and bytes changed."""
    draw = random.Random(seed)
    body = bytearray(path.read_bytes())
    for _ in range(draw.randint(1, 6)):
        at, length = draw.randrange(len(body)), draw.randint(1, 80)
        match draw.randrange(4):
            case 0:
                del body[at : at + length]
            case 1:
                body[at:at] = body[at : at + length] * draw.randint(1, 30)
            case 2:
                body[at : at + 1] = draw.randbytes(draw.randint(1, 4))
            case _:
                body[at:at] = draw.choice([b"<![CDATA[", b"]]>", b"<!--", b"&#xFFFFFF;", b"</item>", b"<item>", b"&"])
    sound(outcome(bytes(body)))
