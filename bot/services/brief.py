"""Write the edition."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.compose import Commission, Gathered, compose
from bot.domain.desk import DEFAULT_DESK, Desk
from bot.domain.edition import Edition, Slot, SourceDown, Window
from bot.domain.health import Health, SourceState
from bot.domain.rewriting import rewrite
from bot.domain.roster import Roster, SourceSpec, SourceType
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.phrases import Catalogue
from bot.ports.store import EditionKey, Store, Unit
from bot.services.write import Write

HISTORY = timedelta(days=14)
"""How far back a usual rate looks."""
_MEMORY = 28
"""Earlier editions that are remembered: two weeks of mornings and evenings."""
_LIMIT = timedelta(minutes=10)
_Date = date
"""Within `Request`, `date` is a field."""


@dataclass(frozen=True, slots=True)
class Request:
    """What kind of edition is wanted."""

    roster: Roster
    slot: Slot = "now"
    hours: float = 12
    zone: str = "UTC"
    language: str = "en"
    topic: str | None = None
    desk: Desk = DEFAULT_DESK
    window: Window | None = None
    """What it looks at; None: the `hours` before now."""
    date: _Date | None = None
    """The local date it is of; None: that of the window's end in `zone`."""
    deadline: datetime | None = None
    """When what the writer is not done with stays selected; None: it has all the time it needs."""


class Brief:
    """Composes editions of what was gathered, each key once."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        cores: Cores,
        catalogue: Catalogue,
        is_silent: Callable[[SourceType], bool],
        write: Write | None = None,
    ) -> None:
        """Prepare; nothing is read yet. Without `write`, editions stay as they are selected."""
        self._store = store
        self._clock = clock
        self._cores = cores
        self._catalogue = catalogue
        self._is_silent = is_silent
        self._write = write

    async def __call__(self, request: Request) -> Edition:
        """The edition of the asked window, else of the one that ends now; composed before, the same edition again.

        Raises:
            CoresError: composing took more than ten minutes or its worker died.
            StoreError: the database failed.
        """
        began = self._clock.now()
        window = request.window or Window(began - timedelta(hours=request.hours), began)
        key = _key(request, window, "selected" if self._write is None else self._write.name)
        async with self._store.unit() as unit:
            known = await unit.editions.by_key(key)
            if known is not None:
                return known
            commission = await self._commission(unit, request, window, key)
        edition = await self._composed(commission, request)
        if not self._clock.still:
            seconds = round((self._clock.now() - began).total_seconds(), 1)
            edition = replace(edition, card=replace(edition.card, seconds=seconds))
        async with self._store.unit() as unit:
            first = await unit.editions.by_key(key)
            if first is not None:
                return first
            await unit.editions.add(key, edition)
            await unit.commit()
        return edition

    async def _composed(self, commission: Commission, request: Request) -> Edition:
        """Selected first, complete and checked; then in the writer's words, as far as it gets."""
        say = self._catalogue.speak(request.language).say
        edition = await self._cores.call(compose, commission, say, limit=_LIMIT)
        if self._write is None or not edition.stories:
            return edition
        written = await self._write(edition, request.deadline)
        return await self._cores.call(rewrite, edition, written, request.desk, say, limit=_LIMIT)

    async def _commission(self, unit: Unit, request: Request, window: Window, key: EditionKey) -> Commission:
        specs = [spec for thinker in request.roster.thinkers for spec in thinker.sources]
        sources = [spec.key for spec in specs]
        date = request.date or window.end.astimezone(ZoneInfo(request.zone)).date()
        states = await unit.sources.get(sources)
        return Commission(
            id=f"{request.desk.id}-{date:%Y%m%d}-{request.slot}-{_hash(key)}",
            desk=request.desk,
            slot=request.slot,
            date=date,
            window=window,
            language=request.language,
            roster=request.roster,
            items=tuple(await unit.items.within(sources, window)),
            history=tuple(await unit.items.within(sources, Window(window.start - HISTORY, window.start))),
            earlier=tuple(await unit.editions.before(request.desk.id, window.start, most=_MEMORY)),
            gathered=self._gathered(request.roster, states),
            topic=request.topic,
        )

    def _gathered(self, roster: Roster, states: Mapping[str, SourceState]) -> Gathered:
        def silent(spec: SourceSpec) -> bool:
            return self._is_silent(spec.type)

        pairs = [(thinker, spec) for thinker in roster.thinkers for spec in thinker.sources]
        heard = [(thinker, spec) for thinker, spec in pairs if not silent(spec)]
        down = tuple(
            SourceDown(thinker.name, spec.address, states[spec.key].reason or "")
            for thinker, spec in heard
            if spec.key in states and states[spec.key].state is Health.DOWN
        )
        asked = sum(spec.key in states for _, spec in heard)
        unreachable = sum(bool(t.sources) and all(silent(spec) for spec in t.sources) for t in roster.thinkers)
        return Gathered(asked - len(down), down, len(pairs) - len(heard), unreachable)


def _key(request: Request, window: Window, writer: str) -> EditionKey:
    return EditionKey(
        desk=request.desk.id,
        roster=request.roster.digest(),
        window=window,
        slot=request.slot,
        language=request.language,
        writer=writer,
        topic=request.topic,
    )


def _hash(key: EditionKey) -> str:
    window = (key.window.start.isoformat(), key.window.end.isoformat())
    parts = (key.desk, key.roster, *window, key.slot, key.language, key.writer, key.topic or "")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]
