"""`counterpoint schema`, `migrate` and `status`: the contracts, the database, what is kept."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from adapters.cli.choices import Chosen, RosterOption, choose
from adapters.cli.output import Format, FormatOption, Part, Table, show, write_json
from bot.config import load
from bot.errors import ConfigError

if TYPE_CHECKING:
    from adapters.storage.database import SqlStore

T = TypeVar("T")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_EDITIONS = 100_000


def schema(
    contract: Annotated[str, typer.Argument(metavar="edition|reply", help="What to describe.")],
) -> None:
    """Print the JSON Schema of an edition or a reply."""
    from adapters.wire.contract import schema as describe
    from bot.domain.edition import Edition
    from bot.domain.reply import Reply

    known: dict[str, type[object]] = {"edition": Edition, "reply": Reply}
    if contract == "episode":
        raise ConfigError(["there is no contract for an episode yet: this version reads none; known: edition, reply"])
    if contract not in known:
        raise ConfigError([f"there is no contract {contract!r}; known: edition, reply"])
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the database holds for a roster."""

    database: str
    revision: str | None
    editions: int
    latest: str | None
    sources: dict[str, int]
    """Sources by state; `never` were not gathered yet."""
    items: int


def status(roster: RosterOption = None, form: FormatOption = Format.TEXT) -> None:
    """Show what is kept: editions, sources by state, items. Creates nothing."""
    import asyncio

    settings, chosen = choose(roster)

    async def work(store: "SqlStore") -> _Kept:
        return await _kept(store, settings.database, chosen)

    kept = asyncio.run(with_store(settings.database_url, work))
    show(_parts(kept), asdict(kept), form)


async def _kept(store: "SqlStore", database: str, chosen: Chosen) -> _Kept:
    from adapters.wire.clock import SystemClock
    from bot.domain.desk import DEFAULT_DESK
    from bot.domain.edition import Window

    keys = [source.key for thinker in chosen.roster.thinkers for source in thinker.sources]
    revision = await store.revision()
    if revision is None:
        return _Kept(database, None, 0, None, {"never": len(keys)}, 0)
    end = SystemClock().now() + timedelta(days=1)
    async with store.unit() as unit:
        states = await unit.sources.get(keys)
        latest = await unit.editions.get("latest")
        editions = await unit.editions.before(DEFAULT_DESK.id, end, most=_MOST_EDITIONS)
        items = await unit.items.within(keys, Window(_BEGINNING, end))
    counted = Counter(states[key].state.value if key in states else "never" for key in keys)
    return _Kept(
        database, revision, len(editions), latest.id if latest else None, dict(sorted(counted.items())), len(items)
    )


def _parts(kept: _Kept) -> list[Part]:
    sources = ", ".join(f"{count} {state}" for state, count in kept.sources.items())
    rows = (
        (
            "database",
            f"{kept.database}, schema {kept.revision}" if kept.revision else f"{kept.database}, not yet created",
        ),
        ("editions", f"{kept.editions} of mornings and evenings"),
        ("latest", kept.latest or "none"),
        ("sources", sources or "none"),
        ("items", f"{kept.items} of this roster that an edition may use"),
    )
    return [Table(("what", "kept"), rows)]
