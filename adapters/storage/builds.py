"""Editions that are to be composed for postings, in SQL."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    RowMapping,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    update,
)

from adapters.storage import schema, timetable_rows
from adapters.storage.dialect import insert
from adapters.storage.owing import COMPOSED_ONCE
from adapters.storage.postings import changed, values_of
from adapters.storage.rows import aware
from adapters.storage.transaction import Transaction
from bot.domain.ledger import Build, BuildKey, State

_builds = schema.builds.c
_postings = schema.postings.c


class SqlBuilds:
    """Editions that are to be composed for postings."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def waiting(self, until: datetime) -> list[BuildKey]:
        """Builds of planned postings due at or before `until`; each once, by due instant."""
        columns = _postings.due, _postings.desk, _postings.language, _postings.slot, _postings.date
        waiting = _postings.state == State.PLANNED.value, _postings.due <= aware(until)
        wanted = select(*columns).distinct().where(*waiting).order_by(*columns)
        return await self._transaction.read([wanted], timetable_rows.build_key)

    async def start(self, key: BuildKey, end: datetime, start: datetime) -> Build:
        """The build under this key; begun now, with the window (start, end], if there is none."""
        known = replace(key, due=aware(key.due))
        wanted = select(schema.builds).where(_builds.key == str(known))
        found = await self._transaction.read([wanted], timetable_rows.build)
        if not found:
            beginning = self._beginning(known, aware(end), aware(start))
            await self._transaction.write(partial(changed, statements=[beginning]))
            found = await self._transaction.read([wanted], timetable_rows.build)
        return found[0]

    def _beginning(self, key: BuildKey, end: datetime, start: datetime) -> Executable:
        newest = _newest_window_end(key)
        in_between = and_(newest.c.window_end >= start, newest.c.window_end < end)
        columns: dict[str, ColumnElement[Any]] = {
            name: literal(value, _builds[name].type)
            for name, value in {"key": str(key), **timetable_rows.key_row(key), "window_end": end}.items()
        }
        columns["window_start"] = case((in_between, newest.c.window_end), else_=literal(start, schema.Instant))
        # `true` keeps SQLite from reading what follows as a join's condition.
        source = select(*columns.values()).where(true())
        return (
            insert(self._transaction.dialect, schema.builds).from_select(list(columns), source).on_conflict_do_nothing()
        )

    async def finish(self, build: Build) -> int:
        """Keep how a build ended. With an edition, its planned postings become composed with it; returns how many."""
        key = replace(build.key, due=aware(build.key.due))
        row: dict[str, Any] = {
            "key": str(key),
            **timetable_rows.key_row(key),
            "window_start": aware(build.window_start),
            "window_end": aware(build.window_end),
        }
        told = {"edition": build.edition, "seconds": build.seconds, "reason": build.reason}
        adding = insert(self._transaction.dialect, schema.builds).values({**row, **told})
        # Who fails after somebody else has composed it changes nothing.
        renewing = adding.on_conflict_do_update(
            index_elements=[_builds.key],
            set_={name: adding.excluded[name] for name in told},
            where=or_(_builds.edition.is_(None), adding.excluded.edition.is_not(None)),
        )
        await self._transaction.write(partial(changed, statements=[renewing]))
        if build.edition is None:
            return 0
        composing = update(schema.postings).where(*_planned_for(key))
        composed = composing.values(
            state=State.COMPOSED.value, edition=build.edition, window_end=aware(build.window_end)
        )
        return await self._transaction.write(partial(changed, statements=[composed]))

    async def lasted(self, desk: str, most: int = 10) -> list[float]:
        """Seconds that the last builds of a desk took, newest first."""
        wanted = (
            select(_builds.seconds)
            .where(_builds.desk == desk, _builds.seconds.is_not(None))
            .order_by(_builds.due.desc(), _builds.key.desc())
            .limit(most)
        )
        return await self._transaction.read([wanted], _seconds)


def _seconds(row: RowMapping) -> float:
    return float(row["seconds"])


def _planned_for(key: BuildKey) -> list[ColumnElement[bool]]:
    same = [_postings[name] == value for name, value in timetable_rows.key_row(key).items()]
    return [_postings.state == State.PLANNED.value, *same]


def _newest_window_end(key: BuildKey) -> Subquery:
    """One row: where the window ended of the newest composed posting of any place that waits for this build.

    Of each place only its newest is looked at, by an index: how much it had before does not matter.
    """
    earlier = schema.postings.alias().c
    newest_of_place = (
        select(earlier.window_end)
        .where(
            earlier.subscription == _postings.subscription,
            earlier.state.in_(values_of(COMPOSED_ONCE)),
            earlier.window_end.is_not(None),
        )
        .order_by(earlier.due.desc())
        .limit(1)
        .correlate(schema.postings)
        .scalar_subquery()
    )
    newest = func.max(newest_of_place, type_=schema.Instant())
    return select(newest.label("window_end")).where(*_planned_for(key)).subquery()
