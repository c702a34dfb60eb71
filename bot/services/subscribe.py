"""Bring it here, at this time."""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from bot.domain.desk import Desks, OpenDesk
from bot.domain.edition import Edition
from bot.domain.languages import is_language_tag, no_language
from bot.domain.ledger import State, posting_key
from bot.domain.place import Place
from bot.domain.reasons import why_paused
from bot.domain.schedules import mistakes_of
from bot.domain.subscription import FOR_GOOD, Change, Subscription, subscription_id
from bot.domain.timetable import Due, Schedule, dues, next_due, previous_due
from bot.errors import ConfigError, NotFoundError
from bot.ports.clock import Clock
from bot.ports.store import Store, Unit
from bot.services.brief import Request
from bot.services.now import Now
from bot.services.upcoming import upcoming
from bot.services.variants import settle

_LONGEST_NAME = 200
"""Characters of a place, a tenant, an option or a reason."""
_MOST_OPTIONS = 20
_FARTHEST_PAUSE = timedelta(days=3660)
_LOOK_BACK = timedelta(days=10)
"""Slots this far back may still be planned: more than the timetable looks back."""
_AHEAD = timedelta(days=1)
"""Slots this far ahead may be composed already: more than any build takes."""
_INSTANT = timedelta(microseconds=1)
_PLATFORM = re.compile(r"[a-z][a-z0-9_-]{0,30}")


class Subscribe:
    """Subscriptions, as the people of a place make and change them.

    Every method that is given `tenant` sees that tenant's subscriptions only; None is the operator, who sees all. Of
    another tenant's subscription nothing is told, not even that it is there.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        desks: Mapping[str, OpenDesk],
        now: Now,
        zones: Callable[[str], tzinfo | None],
    ) -> None:
        """Prepare; nothing is read yet. `zones` gives a zone by its name, None for one that is not known."""
        self._store = store
        self._clock = clock
        self._desks = Desks.of(desks)
        self._now = now
        self._zones = zones

    async def subscribe(
        self,
        place: Place,
        *,
        tenant: str,
        desk: str = "default",
        schedule: Schedule | None = None,
        language: str | None = None,
        options: Mapping[str, str] | None = None,
    ) -> Subscription:
        """Have a desk's editions brought to a place from now on; what is not given is as the desk has it.

        The same desk in the same place again is the same subscription: it gets these settings and is not paused. A
        tenant that changed what is read gets its variant of the desk, under the same name.

        Raises:
            ConfigError: every mistake.
            NotFoundError: another tenant has subscribed this place.
            StoreError: the database failed.
        """
        name = self._desks.name_of(desk, tenant)
        opened = self._desks.named.get(name)
        made = Subscription(
            id=subscription_id(place, name),
            tenant=tenant,
            place=place,
            desk=name,
            schedule=schedule or (opened.schedule if opened else Schedule("UTC")),
            language=language or (opened.language if opened else "en"),
            since=self._clock.now(),
            options=_options({}, options or {}),
        )
        unknown = [] if opened else [no_desk(desk, self._desks.named)]
        _tell([*_wrong_place(made), *unknown, *_wrong(made, self._zones)])
        async with self._store.unit() as unit:
            for before in await unit.subscriptions.find([made.id]):
                if before.tenant != tenant:
                    raise NotFoundError(f"There is no place {place.platform}:{place.id} to bring it to.")
                made = replace(made, since=_since(_awake(before, made.since), made, self._zones, made.since))
            await unit.subscriptions.put(made)
            # After the first write nobody else writes: what is settled here is not changed behind our back.
            follows = await settle(unit, self._desks, tenant)
            made = await _own(unit, made.id, tenant)
            await unit.commit()
        self._desks.learn(follows, tenant)
        return made

    async def settings(self, subscription: str, change: Change, *, tenant: str | None = None) -> Subscription:
        """Change what is given, and leave the rest.

        A slot that is new and lies before now is not owed any more today.

        Raises:
            NotFoundError: there is no such subscription.
            ConfigError: every mistake; nothing was changed.
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            before = await _own(unit, subscription, tenant)
            after = replace(
                before,
                schedule=change.applied(before.schedule),
                language=change.language or before.language,
                options=_options(dict(before.options), change.options or {}),
            )
            _tell(_wrong(after, self._zones))
            after = replace(after, since=_since(before, after, self._zones, self._clock.now()))
            await unit.subscriptions.put(after)
            await unit.commit()
        return after

    async def pause(
        self, subscription: str, *, until: datetime | None, reason: str | None = None, tenant: str | None = None
    ) -> Subscription:
        """Skip every slot due before `until` (aware); without one, until somebody resumes it.

        Raises:
            NotFoundError: there is no such subscription.
            ConfigError: `until` is over already or too far away, or the reason is too long.
            StoreError: the database failed.
        """
        now = self._clock.now()
        _tell(_wrong_pause(until, reason, now))
        async with self._store.unit() as unit:
            before = await _own(unit, subscription, tenant)
            end = FOR_GOOD if until is None else until.astimezone(UTC)
            after = replace(before, paused_until=end, pause_reason=" ".join((reason or "").split()) or None)
            await unit.subscriptions.put(after)
            await _hold_back(unit, after, self._zones(after.schedule.zone), now)
            await unit.commit()
        return after

    async def resume(self, subscription: str, *, tenant: str | None = None) -> Subscription:
        """End a pause. Nothing that was due in it is owed.

        Raises:
            NotFoundError: there is no such subscription.
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            after = _awake(await _own(unit, subscription, tenant), self._clock.now())
            await unit.subscriptions.put(after)
            await unit.commit()
        return after

    async def preview(self, subscription: str, *, tenant: str | None = None) -> Edition:
        """What it would get now, of what was gathered so far: as long a window as that of its next edition.

        Owes nothing and marks nothing: the next edition tells the same again.

        Raises:
            NotFoundError: there is no such subscription, or its desk is no more.
            ConfigError: its zone is not known on this machine.
            CoresError, StoreError: as `Brief`.
        """
        async with self._store.unit() as unit:
            own = await _own(unit, subscription, tenant)
            self._desks.learn(await unit.follows.find(own.tenant), own.tenant)
        opened, zone = self._desks.get(own.desk), self._zones(own.schedule.zone)
        if opened is None:
            raise NotFoundError(no_desk(own.desk, self._desks.named))
        if zone is None:
            raise ConfigError(mistakes_of(own.schedule, zone))
        coming = next_due(own.schedule, zone, self._clock.now()).at
        hours = (coming - previous_due(own.schedule, zone, coming).at) / timedelta(hours=1)
        return await self._now(
            Request(roster=opened.roster, hours=hours, zone=own.schedule.zone, language=own.language, desk=opened.desk)
        )

    async def unsubscribe(self, subscription: str, *, tenant: str | None = None) -> None:
        """End it. What was not begun is not brought; what is in the place stays there.

        Raises:
            NotFoundError: there is no such subscription.
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            await _own(unit, subscription, tenant)
            await unit.subscriptions.drop(subscription)
            await unit.commit()

    async def upcoming(self, subscriptions: Sequence[Subscription]) -> dict[str, Due | None]:
        """The slot that each gets next, by subscription; None while it is paused until somebody resumes it.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            return await upcoming(unit, subscriptions, self._zones, self._clock.now())

    async def list(self, tenant: str | None = None) -> Sequence[Subscription]:
        """The tenant's subscriptions; by (tenant, id).

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            return await unit.subscriptions.find(tenant=tenant)


async def _own(unit: Unit, subscription: str, tenant: str | None) -> Subscription:
    found = await unit.subscriptions.find([subscription], tenant=tenant)
    if not found:
        raise NotFoundError(f"There is no subscription {subscription[:_LONGEST_NAME]!r}.")
    return found[0]


def _since(before: Subscription, after: Subscription, zones: Callable[[str], tzinfo | None], now: datetime) -> datetime:
    """From when on the changed subscription is owed something.

    As before, unless the new schedule has slots in the past that the old one had not: nobody was promised them, and
    they would come late or be reported as missed. Then from now on.
    """
    old, new = zones(before.schedule.zone), zones(after.schedule.zone)
    if old is None or new is None:
        return now
    recent = now - _LOOK_BACK
    # A slot that was moved is known by its date: its old time may lie a day or two before the new one.
    since_then, somewhat_earlier = (max(before.since, at) - _INSTANT for at in (recent, recent - 2 * _AHEAD))
    known = {(due.date, due.slot) for due in dues(before.schedule, old, somewhat_earlier, now)}
    owed = {(due.date, due.slot) for due in dues(after.schedule, new, since_then, now)}
    return before.since if owed <= known else now


def _awake(paused: Subscription, now: datetime) -> Subscription:
    """It without its pause, owing nothing of the time of it."""
    if paused.paused_until is None:
        return paused
    since = max(paused.since, min(paused.paused_until, now))
    return replace(paused, since=since, paused_until=None, pause_reason=None)


async def _hold_back(unit: Unit, paused: Subscription, zone: tzinfo | None, now: datetime) -> None:
    """Skip what is composed for the pause already; its time has not come, so nobody has begun to post it."""
    coming = dues(paused.schedule, zone, now, now + _AHEAD) if zone else ()
    for posting in await unit.postings.find(keys=[posting_key(paused.id, due) for due in coming]):
        if posting.state is State.COMPOSED and posting.due > now and paused.paused_at(posting.due):
            await unit.postings.put(replace(posting, state=State.SKIPPED, reason=why_paused(paused)))


def _tell(mistakes: Sequence[str]) -> None:
    if mistakes:
        raise ConfigError(mistakes)


def no_desk(desk: str, desks: Mapping[str, OpenDesk]) -> str:
    """What to say of a name that no desk has."""
    near = difflib.get_close_matches(desk[:_LONGEST_NAME].casefold(), desks, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(desks)}"
    return f"there is no desk {desk[:_LONGEST_NAME]!r}; {hint}"


def _wrong(own: Subscription, zones: Callable[[str], tzinfo | None]) -> list[str]:
    """What is wrong with its schedule, language and options."""
    options = own.options
    long = [name for pair in options for name in pair if len(name) > _LONGEST_NAME or not name.isprintable()]
    return [
        *mistakes_of(own.schedule, zones(own.schedule.zone)),
        *([] if is_language_tag(own.language) else [no_language(own.language)]),
        *([f"there are {len(options)} options; at most {_MOST_OPTIONS}"] if len(options) > _MOST_OPTIONS else []),
        *(["an option is longer than 200 characters or cannot be printed"] if long else []),
    ]


def _wrong_place(made: Subscription) -> list[str]:
    names = [made.place.id, made.tenant, *([] if made.place.thread is None else [made.place.thread])]
    good = _PLATFORM.fullmatch(made.place.platform) and all(
        0 < len(name) <= _LONGEST_NAME and name.isprintable() and not re.search(r"\s", name) for name in names
    )
    return [] if good else ["a place or its server is not a name without spaces, of at most 200 characters"]


def _wrong_pause(until: datetime | None, reason: str | None, now: datetime) -> list[str]:
    wrong = []
    if until is not None and until <= now:
        wrong.append(f"{until.astimezone(UTC):%Y-%m-%d %H:%M} UTC is over already; a pause ends later than now")
    if until is not None and until > now + _FARTHEST_PAUSE:
        wrong.append("a pause ends within ten years; give no end to pause until it is resumed")
    if len(reason or "") > _LONGEST_NAME or not " ".join((reason or "").split()).isprintable():
        wrong.append("the reason is longer than 200 characters or cannot be printed")
    return wrong


def _options(before: Mapping[str, str], changes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Options with changes, sorted by name; one set to nothing is taken away."""
    return tuple(sorted((name, value) for name, value in {**before, **changes}.items() if value))
