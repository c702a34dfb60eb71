"""A followed show has published: its overview is made, and goes to every place that wants those of what it follows.

An edition can then cite what was said, instead of the blurb. Asked for after each gather of a show's source, so it does
nothing most of the time; the ledger sees that a place gets an overview once, however often this runs and in however
many processes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.domain.desk import Desks
from bot.domain.episode import Episode
from bot.domain.item import Item
from bot.domain.place import Place
from bot.domain.subscription import Subscription
from bot.domain.visitor import Visitor
from bot.errors import ConfigError, CoresError, NotFoundError, SourceError, SpeechError
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.store import Store
from bot.services.listening import Listening

OPTION: Final = "episodes"
"""Option of a subscription: `yes` has the overviews of its shows posted."""
FRESH: Final = timedelta(days=2)
"""Transcripts often follow the sound by a day; what is older is no news."""
_MOST: Final = 3
"""Episodes of one source at a time."""
_AGAIN: Final = timedelta(hours=3)
"""What was looked at, or could not be had, is not looked at again before."""
_REMEMBERED: Final = 1_000
_NOBODY: Final = Visitor("", "", "", Place("", ""), "")
"""Whom an overview is made for before anybody wants it: in the operator's language."""


class Announce:
    """Posts overviews of new episodes."""

    def __init__(self, *, store: Store, clock: Clock, desks: Desks, listening: Listening, events: Events) -> None:
        """Prepare; nothing is read yet."""
        self._store = store
        self._clock = clock
        self._desks = desks
        self._listening = listening
        self._events = events
        self._tried: dict[str, datetime] = {}

    async def __call__(self, source: str) -> None:
        """Post what this source has newly published to where it is wanted.

        Raises:
            StoreError: the database failed.
        """
        now = self._clock.now()
        async with self._store.unit() as unit:
            newest = await unit.episodes.of([source], most=_MOST)
        fresh = [item for item in newest if item.url and not item.backlog and now - item.at <= FRESH]
        due = [item for item in fresh if now - self._tried.get(item.id, now - _AGAIN) >= _AGAIN]
        wanted = await self._wanted(source) if due else []
        for item in due:
            # A place gets it once, whatever desks it reads.
            places = {own.place: own for own in reversed(wanted) if own.since <= item.at}
            if places or (item.recording and item.recording.transcripts):
                await self._announced(item, reversed(places.values()))
                self._remember(item)

    async def _wanted(self, source: str) -> list[Subscription]:
        """Subscriptions that want overviews and read this source."""
        async with self._store.unit() as unit:
            every = await unit.subscriptions.find()
        now = self._clock.now()
        asked = [own for own in every if dict(own.options).get(OPTION) == "yes" and not own.paused_at(now)]
        return [own for own in asked if self._reads(own, source)]

    def _reads(self, own: Subscription, source: str) -> bool:
        served = self._desks.served(own.desk, own.tenant)
        return served is not None and source in served.roster.owners()

    async def _announced(self, item: Item, places: Iterable[Subscription]) -> None:
        """Make it, and post it everywhere it is wanted; where that fails, the others have it all the same."""
        wanted = list(places)
        # Nobody asked for it: it is read where its publisher offers a transcript, and not heard.
        made = await self._overview(item, _NOBODY, hears=bool(wanted))
        # The blurb alone is no news: there may be a transcript tomorrow.
        if made is None or made.card.transcript is None:
            return
        for own in wanted:
            visitor = Visitor(own.place.platform, "", own.tenant, own.place, own.language)
            episode = await self._overview(item, visitor, hears=True)
            if episode is not None and episode.card.transcript is not None:
                await self._listening.publish(episode.id, own.place, tenant=own.tenant)

    async def _overview(self, item: Item, visitor: Visitor, *, hears: bool) -> Episode | None:
        """None where it cannot be had now; that is told."""
        try:
            return await self._listening.overview(visitor, item.url or "", counted=False, hears=hears)
        except (ConfigError, SourceError, SpeechError, CoresError, NotFoundError) as error:
            self._events.warn("episode_not_announced", episode=item.id, reason=str(error)[:200])
            return None

    def _remember(self, item: Item) -> None:
        self._tried[item.id] = self._clock.now()
        while len(self._tried) > _REMEMBERED:
            del self._tried[next(iter(self._tried))]
