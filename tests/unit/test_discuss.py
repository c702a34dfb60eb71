"""The one path of typed words and questions: this edition, then earlier ones, then a refusal."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from adapters.storage.memory import MemoryStore
from bot.domain.desk import variant_id
from bot.domain.edition import Edition
from bot.errors import NotFoundError
from bot.ports.store import EditionKey
from bot.services.discuss import Discuss
from tests.fakes.talk import older, sample


async def keep(store: MemoryStore, *editions: Edition) -> None:
    async with store.unit() as unit:
        for edition in editions:
            await unit.editions.add(
                EditionKey(edition.desk, edition.id, edition.window, edition.slot, "en", "selected"), edition
            )
        await unit.commit()


async def discussion(*editions: Edition) -> Discuss:
    store = MemoryStore()
    await keep(store, *editions)
    return Discuss(store, FluentCatalogue())


async def test_a_typed_word_is_carried_out_for_the_edition_that_was_asked() -> None:
    """By id, and by `latest`."""
    discuss = await discussion(sample(), older())
    here = await discuss.reply("latest", "sources 2", language="en")
    there = await discuss.reply(older().id, "list", language="en")
    assert here.kind == "sources"
    assert [c.n for c in here.citations] == [5, 6, 7]
    assert "Kelp farms" in there.text[1].text


async def test_words_of_every_language_work_and_the_reply_speaks_the_readers() -> None:
    """A Russian word in an English interface is understood."""
    discuss = await discussion(sample())
    assert (await discuss.reply("latest", "источники 2", language="en")).text[0].text.startswith("Story 2")
    assert (await discuss.reply("latest", "sources 2", language="ru-RU")).text[0].text.startswith("Сюжет 2")


async def test_a_question_goes_to_this_edition_then_to_earlier_ones_then_is_refused() -> None:
    """The archive is said as such; a refusal says that it was searched."""
    discuss = await discussion(sample(), older())
    here = await discuss.reply("latest", "What is the fork called?", language="en")
    archive = await discuss.reply("latest", "How many tonnes of seaweed did kelp farms sell?", language="en")
    refused = await discuss.reply("latest", "Who won the chess olympiad?", language="en")
    assert (here.kind, archive.kind, refused.kind) == ("answer", "answer", "refusal")
    assert archive.text[0].text.startswith("Not in this edition. From 1 older")
    assert "Not in 1 older edition either." in [s.text for s in refused.text]


async def test_earlier_means_earlier() -> None:
    """An older edition is not answered from a newer one."""
    discuss = await discussion(sample(), older())
    reply = await discuss.reply(older().id, "What is the fork called?", language="en")
    assert reply.kind == "refusal"
    assert all("older edition" not in s.text for s in reply.text)


async def test_an_edition_that_is_not_kept_is_an_error() -> None:
    """The caller says so in its own way."""
    discuss = await discussion()
    with pytest.raises(NotFoundError):
        await discuss.reply("latest", "list", language="en")


async def test_nothing_typed_is_a_call_for_help() -> None:
    """A bare mention gets the commands; so does text of invisible characters."""
    discuss = await discussion(sample())
    assert (await discuss.reply("latest", " \u200b ", language="en")).kind == "help"


async def test_hostile_text_is_only_a_question() -> None:
    """However long, whatever it holds."""
    discuss = await discussion(sample())
    for text in (
        "@everyone <script>" + "\u202e" * 5000,
        "a" * 100_000,
        "'; DROP TABLE editions; --",
        "🙂" * 3000,
        "\x00\x1b[2J",
    ):
        reply = await discuss.reply("latest", text, language="en")
        assert all("@everyone" not in s.text and "<script>" not in s.text for s in reply.text)


async def test_an_edition_that_changes_is_read_again() -> None:
    """Shelves are kept ready, but never stale: the store decides."""
    discuss = await discussion(sample())
    first = await discuss.shelf("latest")
    assert await discuss.shelf("latest") is first
    store = MemoryStore()
    await keep(store, sample(), older())
    crowded = Discuss(store, FluentCatalogue(), shelves=1)
    before = await crowded.shelf(sample().id)
    await crowded.shelf(older().id)
    assert await crowded.shelf(sample().id) is not before


async def test_the_latest_is_never_of_what_one_server_reads():
    """Who asks from nowhere in particular gets an edition that everybody gets; without one, nothing."""
    everybodys = replace(sample(), desk="default", slot="am")
    later = replace(everybodys.window, end=everybodys.window.end + timedelta(hours=1))
    theirs = replace(sample("default--0123456789-20260305-pm-1"), desk=variant_id("default", "discord:1"), window=later)
    assert (await (await discussion(everybodys, theirs)).shelf("latest")).edition.id == everybodys.id
    with pytest.raises(NotFoundError):
        await (await discussion(theirs)).shelf("latest")
