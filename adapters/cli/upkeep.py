"""`counterpoint schema`, `migrate`, `status` and `backup`: the contracts, the database, how the bot is doing."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from adapters.cli.choices import Chosen, RosterOption, choose
from adapters.cli.output import Format, FormatOption, Table, show, write_json
from bot.config import Settings, load
from bot.errors import ConfigError

if TYPE_CHECKING:
    from adapters.storage.database import SqlStore
    from bot.domain.desk import OpenDesk
    from bot.domain.report import Report
    from bot.ports.store import Store

T = TypeVar("T")


def schema(
    contract: Annotated[str, typer.Argument(metavar="edition|episode|reply", help="What to describe.")],
) -> None:
    """Print the JSON Schema of an edition, an episode or a reply."""
    from adapters.wire.contract import schema as describe
    from bot.domain.edition import Edition
    from bot.domain.episode import Episode
    from bot.domain.reply import Reply

    known: dict[str, type[object]] = {"edition": Edition, "episode": Episode, "reply": Reply}
    if contract not in known:
        raise ConfigError([f"there is no contract {contract!r}; known: edition, episode, reply"])
    write_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **describe(known[contract])})


def migrate(form: FormatOption = Format.TEXT) -> None:
    """Create the database or bring it to the newest schema. The other commands do so by themselves."""
    import asyncio

    settings = load()

    async def work(store: "SqlStore") -> tuple[str | None, str]:
        return await store.revision(), await store.migrate()

    before, revision = asyncio.run(with_store(settings.database_url, work))
    data = {"database": settings.database, "before": before, "revision": revision}
    if before is None:
        said = f"Created the schema {revision} in {settings.database}."
    elif before == revision:
        said = f"{settings.database} has the newest schema, {revision}."
    else:
        said = f"Brought {settings.database} from schema {before} to {revision}."
    show([said], data, form)


async def with_store(url: str, work: "Callable[[SqlStore], Awaitable[T]]") -> T:
    """What `work` makes of the database, which is closed afterwards."""
    from adapters.storage.sql import build

    store = build(url)
    try:
        return await work(store)
    finally:
        await store.close()


def status(roster: RosterOption = None, form: FormatOption = Format.TEXT) -> None:
    """Show what needs attention, editions, sources. Creates nothing."""
    import asyncio

    from adapters.cli.reporting import data_of, parts_of

    settings, chosen = choose(roster)
    desks = _desks(settings, chosen)

    async def work(store: "SqlStore") -> "tuple[str | None, Report]":
        revision = await store.revision()
        return revision, await _report(store if revision else None, desks)

    told = asyncio.run(with_store(settings.database_url, work))
    show(parts_of(settings.database, *told, currency=settings.currency), data_of(settings.database, *told), form)


def _desks(settings: Settings, chosen: Chosen) -> "Mapping[str, OpenDesk]":
    from adapters.roster.desks import load as read_desks

    return read_desks(settings.desks, chosen.roster, settings.zone, settings.language, folder=chosen.folder)


async def _report(store: "Store | None", desks: "Mapping[str, OpenDesk]") -> "Report":
    """What is told of a store; where there is none yet, of an empty one that is forgotten again."""
    from adapters.storage.memory import MemoryStore
    from adapters.wire.clock import SystemClock
    from bot.domain.schedules import zone_named
    from bot.services.overview import Overview

    return await Overview(store or MemoryStore(), SystemClock(), desks, zone_named)()


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; nothing may be there yet.")],
    form: FormatOption = Format.TEXT,
) -> None:
    """Copy the database to a file, also while it is in use.

    How to restore it is said at the end. On PostgreSQL, use pg_dump.
    """
    import asyncio

    settings = load()
    target = target.expanduser().absolute()
    if target.exists():
        raise ConfigError([f"{target} exists already; a backup never replaces a file: name another one"])
    if not target.parent.is_dir():
        raise ConfigError([f"there is no folder {target.parent}: make it first, or name another one"])

    async def work(store: "SqlStore") -> str:
        await store.backup(target)
        return store.where

    database = Path(asyncio.run(with_store(settings.database_url, work))).absolute()
    size = target.stat().st_size
    steps = [
        "Stop Counterpoint.",
        f"Remove {database}-wal and {database}-shm, if they are there.",
        f"Copy {target} to {database}.",
        "Start Counterpoint. What was due before the start is looked for before it is posted: nothing comes twice.",
    ]
    said = f"Copied {database} to {target}: {size / 1_000_000:.1f} MB, complete and checked."
    rows = tuple((f"{number}.", step) for number, step in enumerate(steps, 1))
    show(
        [said, Table(("", "to restore it"), rows)],
        {"database": str(database), "file": str(target), "bytes": size, "restore": steps},
        form,
    )
