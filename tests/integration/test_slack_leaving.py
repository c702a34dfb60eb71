"""What is left of a workspace that removed us, and of somebody who wants to be forgotten: nothing that names them."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from adapters.storage import schema
from adapters.storage.database import SqlStore
from bot.domain.timetable import Schedule
from bot.domain.visitor import Visitor
from bot.services.privacy import Privacy
from bot.services.tenancy import GRACE, Tenancy
from tests.contract.ledger_samples import at_address
from tests.fakes.slack import Person
from tests.integration.slack_harbour import Harbour, harbour

WORD = "periwinkles"
"""Stands in everything that people ask."""


@asynccontextmanager
async def kept(folder: Path) -> AsyncIterator[tuple[Harbour, SqlStore, Path]]:
    """A workspace whose bot has a database in a file."""
    file = folder / "counterpoint.db"
    opened = at_address(f"sqlite:///{file}")
    store: Any = opened.one
    async with harbour(published=False) as here:
        here.store = store
        here.__post_init__()
        await here.publish()
        async with store.unit() as unit:
            await unit.subscriptions.put(replace(here.subscribing.found[0], schedule=Schedule("UTC")))
            await unit.tenants.arrive(f"slack:{here.team.id}", at=here.clock.now())
            await unit.commit()
        try:
            yield here, store, file
        finally:
            await opened.close()


async def talked(here: Harbour) -> Person:
    """Somebody does all there is to do."""
    nell = here.person()
    await nell.say(here.keepers, f"@Counterpoint who counts the {WORD}?", thread=here.thread)
    await nell.direct(f"Who counts the {WORD} at night?")
    form = await nell.press(here.posted["card"], "Ask a question")
    await nell.submit(form, question=f"And who counts {WORD} by day?")
    await nell.close()
    window = await nell.press(here.posted["story-2"], "Sources")
    await nell.submit(window)
    await nell.close()
    await nell.press(here.posted["story-1"], "Go deeper", until="heard")
    async with here.store.unit() as unit:
        await unit.usage.spend(
            f"slack:{here.team.id}/{nell.id}", f"slack:{here.team.id}", "question", here.clock.now().date(), 3
        )
        await unit.commit()
    return nell


async def naming(store: SqlStore, names: Iterable[str]) -> list[str]:
    """Every row of any table in which one of these stands."""
    found: list[str] = []
    async with store.reader() as connection:
        for table in schema.metadata.sorted_tables:
            for row in await connection.execute(select(table)):
                said = repr(tuple(row))
                found += [f"{table.name}: {said[:200]}" for name in names if name in said]
    return found


async def test_when_we_are_removed_nothing_names_the_workspace_or_its_people(tmp_path: Path) -> None:
    """Every table, a moment after Slack has told us; what was read and written stays, as it is nobody's."""
    async with kept(tmp_path) as (here, store, _):
        async with here.awake():
            nell = await talked(here)
            named = (here.team.id, nell.id, here.mira.id, here.keepers.id)
            assert len(await naming(store, named)) > 10
            await here.mira.uninstall()
            await here.hears(lambda: "slack_uninstalled" in here.events.names())
        assert await naming(store, named) == []
        async with store.unit() as unit:
            assert await unit.editions.get(here.edition.id) is not None


async def test_when_our_token_was_revoked_it_waits_and_then_nothing_names_it(tmp_path: Path) -> None:
    """Whoever installs us again within the time finds everything as it was."""
    async with kept(tmp_path) as (here, store, _):
        async with here.awake():
            nell = await talked(here)
            named = (here.team.id, nell.id, here.mira.id)
            await here.mira.revoke()
            await here.hears(lambda: "slack_removed" in here.events.names())
        tenancy = Tenancy(store, here.clock, platforms=["slack"])
        assert await tenancy.purge(here.clock.now() + GRACE / 2) == 0
        assert await naming(store, named)
        assert await tenancy.purge(here.clock.now() + GRACE * 2) == 1
        assert await naming(store, named) == []


async def test_who_wants_to_be_forgotten_is_named_nowhere(tmp_path: Path) -> None:
    """What belongs to the workspace stays."""
    async with kept(tmp_path) as (here, store, _):
        async with here.awake():
            nell = await talked(here)
        assert await naming(store, [nell.id])
        visitor = Visitor("slack", f"{here.team.id}/{nell.id}", f"slack:{here.team.id}", here.place, "en")
        await Privacy(store).forget(visitor)
        assert await naming(store, [nell.id]) == []
        assert await naming(store, [here.team.id])


async def test_what_people_ask_is_nowhere_in_the_file_and_not_in_the_journal(tmp_path: Path) -> None:
    """Bytes of the database and of its log; questions, forms, direct messages."""
    async with kept(tmp_path) as (here, _, file):
        async with here.awake():
            await talked(here)
            assert WORD in str([message.text for message in here.fake.world.messages.values()])
        files = sorted(file.parent.glob("counterpoint.db*"))
        assert files
        assert not [one.name for one in files if WORD.encode() in one.read_bytes()]
        assert WORD not in str(here.events.told) + str(here.events.warned)
        assert here.reports == []
