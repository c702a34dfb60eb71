"""Write the edition."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.commission import Commission, Gathered, Shortlist, shortlist
from bot.domain.compose import draft
from bot.domain.desk import DEFAULT_DESK, Desk
from bot.domain.drafted import Drafted
from bot.domain.edition import Edition, Slot, SourceDown, Window
from bot.domain.episodes.speech import with_speech
from bot.domain.health import Health, SourceState
from bot.domain.item import RECORDED, Item
from bot.domain.promises import open_after
from bot.domain.roster import Roster, SourceSpec, SourceType
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.phrases import Catalogue
from bot.ports.store import EditionKey, Store, Unit
from bot.services.waiting import in_time
from bot.services.write import Write

HISTORY = timedelta(days=14)
"""How far back a usual rate looks."""
REMEMBERED = timedelta(days=180)
"""How far back claims are looked for that say otherwise; older ones are not kept."""
_MOST_CLAIMS = 3000
"""Claims that are looked at, the newest: each costs its item."""
_MEMORY = 28
"""Earlier editions that are remembered: two weeks of mornings and evenings."""
_LIMIT = timedelta(minutes=10)
_DRAFT = "draft:"
"""Before the id of an edition: what it was made of, among the results."""
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
    next_due: datetime | None = None
    """When the next edition comes to those who get this one; None where none is due, or nobody can say."""


class Brief:
    """Composes editions of what was gathered, each key once, and keeps what each was made of."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        cores: Cores,
        catalogue: Catalogue,
        is_silent: Callable[[SourceType], bool],
        dump: Callable[[Drafted], str],
        load: Callable[[str], Drafted],
        write: Write | None = None,
    ) -> None:
        """Prepare; nothing is read yet. Without `write`, editions stay as they are selected.

        `dump` and `load` turn a draft into text and back; what `load` refuses with ValueError counts as not kept.
        """
        self._store = store
        self._clock = clock
        self._cores = cores
        self._catalogue = catalogue
        self._is_silent = is_silent
        self._dump = dump
        self._load = load
        self._write = write

    async def __call__(self, request: Request) -> Edition:
        """The edition of the asked window, else of the one that ends now; composed before, the same edition again.

        Raises:
            CoresError: composing took more than ten minutes or its worker died.
            StoreError: the database failed.
        """
        began = self._clock.now()
        window = request.window or Window(began - timedelta(hours=request.hours), began)
        key = _key(request, window, "selected" if self._write is None else self._write.mark(request.desk))
        async with self._store.unit() as unit:
            known = await unit.editions.by_key(key)
            if known is not None:
                return known
            commission = await self._commission(unit, request, window, key)
        drafted = await self._drafted(commission, request)
        edition = await self._written(drafted, request)
        if not self._clock.still:
            seconds = round((self._clock.now() - began).total_seconds(), 1)
            edition = replace(edition, card=replace(edition.card, seconds=seconds))
        return await self._kept(key, edition, drafted)

    async def drafted(self, edition: str) -> Drafted | None:
        """What an edition was made of; None where that is not kept (any more).

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            return await self._kept_draft(unit, edition)

    async def _drafted(self, commission: Commission, request: Request) -> Drafted:
        """Selected, complete and checked: the best stories, or those that a desk's rubric puts first."""
        say = self._catalogue.speak(request.language).say
        if self._write is None or not request.desk.rubric:
            return await self._cores.call(draft, commission, say, limit=_LIMIT)
        listed = await self._cores.call(shortlist, commission, limit=_LIMIT)
        order = await self._chosen(self._write, listed, request) if len(listed.candidates) > 1 else None
        return await self._cores.call(draft, commission, say, listed if order else None, order, limit=_LIMIT)

    async def _chosen(self, write: Write, listed: Shortlist, request: Request) -> tuple[int, ...] | None:
        """The order of the candidates; None where the writer has none, or takes half of all the time there is."""
        choosing = asyncio.create_task(write.choose(request.desk, listed.candidates))
        now, deadline = self._clock.now(), request.deadline
        await in_time([choosing], self._clock, None if deadline is None else now + (deadline - now) / 2)
        return None if choosing.cancelled() else choosing.result()

    async def _written(self, drafted: Drafted, request: Request) -> Edition:
        """In the writer's words, as far as it gets."""
        if self._write is None or not drafted.edition.stories:
            return drafted.edition
        say = self._catalogue.speak(request.language).say
        return await self._write(drafted, say, request.deadline)

    async def _kept(self, key: EditionKey, edition: Edition, drafted: Drafted) -> Edition:
        """The edition that is kept under the key: this one, unless somebody was quicker."""
        text = self._dump(replace(drafted, claims=()))
        async with self._store.unit() as unit:
            first = await unit.editions.by_key(key)
            if first is not None:
                return first
            await unit.editions.add(key, edition)
            await unit.claims.add(drafted.claims)
            await unit.results.put(f"{_DRAFT}{edition.id}", text, at=self._clock.now())
            await unit.commit()
        return edition

    async def _kept_draft(self, unit: Unit, edition: str) -> Drafted | None:
        text = await unit.results.get(f"{_DRAFT}{edition}")
        if text is None:
            return None
        try:
            return self._load(text)
        except ValueError:
            return None  # kept by another version of this program

    async def _commission(self, unit: Unit, request: Request, window: Window, key: EditionKey) -> Commission:
        specs = [spec for thinker in request.roster.thinkers for spec in thinker.sources]
        sources = [spec.key for spec in specs]
        date = request.date or window.end.astimezone(ZoneInfo(request.zone)).date()
        states = await unit.sources.get(sources)
        items = await _with_speech(unit, await unit.items.within(sources, window))
        history = await unit.items.within(sources, Window(window.start - HISTORY, window.start))
        claims = await unit.claims.said(sources, Window(window.start - REMEMBERED, window.start), most=_MOST_CLAIMS)
        missing = {claim.item for claim in claims} - {item.id for item in (*items, *history)}
        earlier = await unit.editions.before(request.desk.id, window.start, most=_MEMORY)
        ours = [edition for edition in earlier if edition.language == request.language]
        last = await self._kept_draft(unit, ours[0].id) if ours else None
        return Commission(
            id=f"{request.desk.id}-{date:%Y%m%d}-{request.slot}-{_hash(key)}",
            desk=request.desk,
            slot=request.slot,
            date=date,
            window=window,
            language=request.language,
            roster=request.roster,
            items=tuple(items),
            history=tuple(history),
            earlier=tuple(earlier),
            gathered=self._gathered(request.roster, states),
            topic=request.topic,
            claims=tuple(claims),
            older=tuple(await unit.items.get(sorted(missing))),
            promises=open_after(ours, last),
            next_due=request.next_due,
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


async def _with_speech(unit: Unit, items: Sequence[Item]) -> list[Item]:
    """The items; episodes that have an overview with what was really said in them, before their show notes."""
    kept = await unit.episodes.get([item.id for item in items if item.kind in RECORDED])
    return [with_speech(item, kept[item.id].episode) if item.id in kept else item for item in items]
