"""The demonstration: a newcomer's first edition, without keys and without a network, the same each time."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.cli.app import run
from adapters.cli.demonstration import SAMPLE, compose
from adapters.roster.reading import load
from adapters.storage.memory import MemoryStore
from adapters.wire.contract import from_json, to_json
from bot.bootstrap import application
from bot.config import Settings
from bot.domain.checks import check
from bot.domain.edition import Edition
from bot.services.brief import Request

EVENING = datetime(2026, 3, 5, 18, tzinfo=UTC)


async def demonstrated(roster: Path) -> Edition:
    """The edition of Thursday evening that a roster gives."""
    settings = Settings("", roster, Path(), None, "en", "UTC", ())
    async with application(settings, now=EVENING, roster_folder=roster.parent, store=MemoryStore()) as parts:
        return await compose(parts, roster, "en")


@pytest.fixture(scope="module")
def document(tmp_path_factory) -> str:
    """The demo's JSON, as a program that reads it gets it."""
    import contextlib
    import io

    screen = io.StringIO()
    with contextlib.redirect_stdout(screen):
        assert run(["demo", "--format", "json"]) == 0
    return screen.getvalue()


@pytest.fixture(scope="module")
def edition(document) -> Edition:
    """The demo's edition."""
    return from_json(Edition, document)


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of the sample roster to change."""
    folder: Path = tmp_path / "sample"
    shutil.copytree(SAMPLE.parent, folder)
    return folder / SAMPLE.name


def test_several_people_argue_about_several_things(edition):
    """At least three stories with two people or more, two with the counter view of a person, one with honestly none."""
    assert sum(story.signal.voices >= 2 for story in edition.stories) >= 3
    standings = [story.counter.standing for story in edition.stories]
    assert standings.count("person") >= 2
    assert "none" in standings


def test_the_edition_remembers_the_ones_before_it(edition):
    """At least one story goes on from an earlier edition and says so."""
    continued = [story for story in edition.stories if story.continues]
    assert continued
    assert all(story.state != "new" for story in continued)


def test_one_story_is_told_once(edition):
    """Titles and citations do not repeat."""
    titles = [story.title for story in edition.stories]
    assert len(set(titles)) == len(titles)
    assert len({citation.item for citation in edition.citations}) == len(edition.citations)


def test_the_edition_keeps_the_order_of_truth(edition):
    """What the product promises, checked from outside."""
    assert check(edition).faults == ()


def test_the_source_that_is_gone_is_named_on_the_card(edition):
    """Nothing is hidden."""
    assert [down.thinker for down in edition.card.sources_down] == ["Wim Talloir"]
    assert edition.card.sources_silent == 5


def test_nothing_of_the_hostile_item_is_repeated(document):
    """It is data, and not worth citing."""
    for needle in (
        "evil.example",
        "@everyone",
        "<script",
        "<!channel>",
        "Ignore previous",
        "\u202e",
        "\u200b",
        "five-notes",
    ):
        assert needle not in document


def test_every_quoted_word_is_in_its_item(edition):
    """Each passage stands in the sample as it is cited."""
    feeds = SAMPLE.parent / "feeds"
    everything = " ".join(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")) for path in sorted(feeds.iterdir()))
    letters = re.sub(r"[\W_]+|\\u\w{4}|&\w+;|&#\d+;", "", everything)
    for citation in edition.citations:
        for passage in citation.passages:
            assert re.sub(r"[\W_]+", "", passage.text)[:40] in letters, passage.text


async def test_the_edition_comes_from_the_feeds_and_the_names_from_the_roster(copied, edition):
    """Another name in the roster is another name in the edition, and nothing else changes."""
    text = copied.read_text("utf-8")
    copied.write_text(text.replace("Ansel Quirke", "Ottoline Brask"), "utf-8")
    changed = to_json(await demonstrated(copied))
    assert "Ottoline Brask" in changed
    assert edition.stories[0].title in changed


async def test_what_lies_outside_of_the_window_is_not_told(copied, edition):
    """A year later in the feeds, gone from the edition."""
    for path in sorted((copied.parent / "feeds").iterdir()):
        path.write_text(path.read_text("utf-8").replace("2026", "2027"), "utf-8")
    changed = await demonstrated(copied)
    assert changed.stories == ()
    assert check(changed).ok


async def test_twice_the_same_gives_the_same_bytes(document):
    """No clock, no chance, no order of a set."""
    assert to_json(await demonstrated(SAMPLE)) == document.rstrip("\n")


def test_as_text_it_prints_the_edition_and_a_short_exchange(capsys, edition):
    """Where nobody can type: what people type, and what they get, in two languages."""
    assert run(["demo"]) == 0
    printed = capsys.readouterr().out
    squeezed = " ".join(printed.split())
    for story in edition.stories:
        assert story.title in squeezed
    assert "> sources 1" in printed
    assert "> источники 1" in printed
    assert "Wim Talloir" in squeezed


def test_as_markdown_it_prints_the_edition_only(capsys):
    """A file to send around."""
    assert run(["demo", "--format", "markdown"]) == 0
    printed = capsys.readouterr().out
    assert "\n## " in printed
    assert "> sources 1" not in printed


def test_labels_come_in_the_language_asked_for(capsys):
    """Sentences stay as they were written."""
    assert run(["demo", "--language", "ru", "--format", "markdown"]) == 0
    printed = capsys.readouterr().out
    assert "Сигнал:" in printed
    assert "Signal:" not in printed


async def test_a_briefing_now_is_kept_for_a_while():
    """The same question within a quarter of an hour gets the same edition, composed of what is there."""
    settings = Settings("", SAMPLE, Path(), None, "en", "UTC", ())
    async with application(settings, now=EVENING, roster_folder=SAMPLE.parent, store=MemoryStore()) as parts:
        await compose(parts, SAMPLE, "en")
        first = await parts.now(Request(roster=load(SAMPLE)))
        assert first.slot == "now"
        assert await parts.now(Request(roster=load(SAMPLE))) is first
