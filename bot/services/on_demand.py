"""Editions that somebody asks for: made now, seen before their time, posted to all, or searched."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from bot.domain.desk import DEFAULT_DESK, Desks, OpenDesk
from bot.domain.edition import Edition
from bot.domain.languages import is_language_tag, no_language, primary
from bot.domain.ledger import Posting, State, wish_key
from bot.domain.place import Place
from bot.domain.reply import Reply
from bot.domain.subscription import Subscription
from bot.domain.visitor import Visitor
from bot.errors import ConfigError, CoresError, NotFoundError
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.services.allowance import Allowance
from bot.services.brief import Request
from bot.services.discuss import Discuss
from bot.services.now import Now
from bot.services.subscribe import Subscribe, no_desk

Sooner = Callable[[Edition], Awaitable[None]]
"""Shows an edition to who asked, until a better one is there."""
USUAL_HOURS = 12.0
MOST_HOURS = 168.0
LONGEST_TOPIC = 100
"""Characters of a topic."""


@dataclass(frozen=True, slots=True)
class _Here:
    """What a place has, for who asks there."""

    name: str
    """The operator's id of the desk."""
    opened: OpenDesk
    """The desk as it is read there."""
    own: Subscription | None


class OnDemand:
    """What people get without waiting for the timetable. None of it marks anything as told for scheduled editions."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        desks: Mapping[str, OpenDesk],
        now: Now,
        subscribe: Subscribe,
        discuss: Discuss,
        allowance: Allowance,
        zones: Callable[[str], tzinfo | None],
    ) -> None:
        """Prepare; nothing is read yet. `zones` gives a zone by its name, None for one that is not known."""
        self._store = store
        self._clock = clock
        self._desks = Desks.of(desks)
        self._now = now
        self._subscribe = subscribe
        self._discuss = discuss
        self._allowance = allowance
        self._zones = zones

    async def now(
        self,
        visitor: Visitor,
        *,
        topic: str | None = None,
        hours: float | None = None,
        language: str | None = None,
        desk: str | None = None,
        sooner: Sooner | None = None,
    ) -> Edition:
        """What was gathered so far, of the desk of the visitor's place, else the default one. Hours 1 to 168.

        Where a model writes, `sooner` gets what is selected, at once, and the result is what was written; without
        `sooner` it is what is selected. A model that does not manage changes nothing.

        Raises:
            LimitReached: the visitor has had today's; an edition that is kept already is free.
            ConfigError: every mistake in topic, hours, language and desk.
            CoresError, StoreError: as `Now`; it does not count.
        """
        topic = " ".join((topic or "").split()) or None
        mistakes = _wrong(topic, hours, language)
        here = await self._here(visitor, desk, mistakes)
        if mistakes or here is None:
            raise ConfigError(mistakes)
        request = self._request(visitor, here, topic, USUAL_HOURS if hours is None else float(hours), language)
        kept = self._now.kept(request)
        if kept is not None:
            return kept
        async with self._allowance.counted(visitor, "now"):
            selected = await self._now(request)
        return selected if sooner is None else await self._written(request, selected, sooner)

    async def _written(self, request: Request, selected: Edition, sooner: Sooner) -> Edition:
        """Shown as it is selected, and told in a model's words when they are there."""
        if not self._now.writes or not selected.stories:
            return selected
        await sooner(selected)
        try:
            return await self._now.written(request, selected) or selected
        except CoresError:
            return selected

    async def preview(self, subscription: str, *, tenant: str | None = None) -> Edition:
        """What the next edition would say now; as `Subscribe.preview`, which says what it raises."""
        return await self._subscribe.preview(subscription, tenant=tenant)

    async def publish(self, edition: str, place: Place, *, tenant: str) -> bool:
        """Post a kept edition to a place, through the ledger, once; False if it was asked for there before.

        The next tick delivers it like what the timetable owes, but it pauses no subscription and is never late.

        Raises:
            NotFoundError: the edition is not kept, or is of what another tenant reads.
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            self._desks.learn(await unit.follows.find())
            kept = await unit.editions.get(edition)
            if kept is None or (kept.desk in self._desks and kept.desk not in self._desks.read_by(tenant)):
                raise NotFoundError(f"There is no edition {edition[:60]!r}.")
            opened = await unit.threads.open(_posting(kept, place, tenant, self._clock))
            await unit.commit()
        return opened

    async def search(self, visitor: Visitor, query: str) -> Reply:
        """What earlier editions of the desk of the visitor's place have on it; a refusal where they have nothing.

        A server that changed what it reads finds what the desk told before, too.

        Raises:
            StoreError: the database failed.
        """
        here = await self._here(visitor, None, [])
        desks = dict.fromkeys([here.opened.desk.id, here.name] if here else [DEFAULT_DESK.id])
        return await self._discuss.search(list(desks), query, language=visitor.language)

    async def _here(self, visitor: Visitor, desk: str | None, mistakes: list[str]) -> _Here | None:
        """The desk somebody means at a place; None, with a mistake more, if there is none of that name."""
        async with self._store.unit() as unit:
            self._desks.learn(await unit.follows.find(visitor.tenant), visitor.tenant)
            own = _nearest(await unit.subscriptions.find(tenant=visitor.tenant), visitor.place)
        name = self._desks.name_of(desk or (own.desk if own else DEFAULT_DESK.id), visitor.tenant)
        if desk is None and name not in self._desks.named:
            name = DEFAULT_DESK.id
        opened = self._desks.served(name, visitor.tenant)
        if opened is None:
            mistakes.append(no_desk(name, self._desks.named))
            return None
        return _Here(name, opened, own)

    def _request(self, visitor: Visitor, here: _Here, topic: str | None, hours: float, language: str | None) -> Request:
        zone = here.own.schedule.zone if here.own else here.opened.schedule.zone
        # An interface in `en-GB` asks for the edition that one in `en-US` gets.
        of_person = primary(visitor.language)
        wanted = language or (here.own.language if here.own else of_person)
        return Request(
            roster=here.opened.roster,
            hours=hours,
            zone=zone if self._zones(zone) else "UTC",
            language=wanted if is_language_tag(wanted) else here.opened.language,
            topic=topic,
            desk=here.opened.desk,
        )


def _wrong(topic: str | None, hours: float | None, language: str | None) -> list[str]:
    wrong = []
    if topic is not None and (len(topic) > LONGEST_TOPIC or not topic.isprintable()):
        wrong.append(f"a topic is words that can be printed, of at most {LONGEST_TOPIC} characters")
    # Written so that "not a number" is none either.
    if hours is not None and not 1 <= hours <= MOST_HOURS:
        wrong.append(f"{hours:g} hours are not between 1 and {MOST_HOURS:g}")
    if language is not None and not is_language_tag(language):
        wrong.append(no_language(language))
    return wrong


def _nearest(subscriptions: Sequence[Subscription], place: Place) -> Subscription | None:
    """The subscription of a place: of the thread itself before that of its channel, the oldest first."""
    covering = [
        own
        for own in subscriptions
        if (own.place.platform, own.place.id) == (place.platform, place.id) and own.place.thread in {None, place.thread}
    ]
    return min(covering, key=lambda own: (own.place.thread != place.thread, own.since, own.id), default=None)


def _posting(edition: Edition, place: Place, tenant: str, clock: Clock) -> Posting:
    return Posting(
        key=wish_key(edition.id, place),
        subscription="",
        tenant=tenant,
        place=place,
        desk=edition.desk,
        slot=edition.slot,
        date=edition.date,
        due=clock.now(),
        language=edition.language,
        state=State.COMPOSED,
        edition=edition.id,
        window_end=edition.window.end,
    )
