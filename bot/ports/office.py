"""What people ask of us besides questions: the commands, forms and menus of every platform call these.

A platform looks up what a person may do and says so in the `Visitor`; the office decides what follows from it. All
methods raise `StoreError` when the database failed; what else they raise is said beside them, and every message of
such an error can be shown to the person.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.desk import Desks
from bot.domain.edition import Edition
from bot.domain.episode import Episode
from bot.domain.follow import Follow, Followed, Tried
from bot.domain.kept import Kept
from bot.domain.place import Place
from bot.domain.reply import Reply
from bot.domain.report import Report
from bot.domain.show import Listed, Listened, Show
from bot.domain.subscription import Change, Subscription
from bot.domain.timetable import Due, Schedule
from bot.domain.visitor import Visitor
from bot.ports.recordings import Pictures, Upload
from bot.ports.store import Standing


class Subscribing(Protocol):
    """Which place receives which desk, and when."""

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
        """From now on; the same desk in the same place again is the same subscription.

        Raises:
            ConfigError: every mistake.
            NotFoundError: another tenant has subscribed this place.
        """
        ...

    async def settings(self, subscription: str, change: Change, *, tenant: str | None = None) -> Subscription:
        """Change what is given.

        Raises:
            NotFoundError: there is no such subscription.
            ConfigError: every mistake; nothing was changed.
        """
        ...

    async def unsubscribe(self, subscription: str, *, tenant: str | None = None) -> None:
        """End it.

        Raises:
            NotFoundError: there is no such subscription.
        """
        ...

    async def list(self, tenant: str | None = None) -> Sequence[Subscription]:
        """The tenant's subscriptions; by (tenant, id)."""
        ...


class Pausing(Protocol):
    """Holding editions back, and when the next one comes."""

    async def pause(
        self, subscription: str, *, until: datetime | None, reason: str | None = None, tenant: str | None = None
    ) -> Subscription:
        """Skip every slot before `until`; without one, until somebody resumes it.

        Raises:
            NotFoundError: there is no such subscription.
            ConfigError: `until` is over already or too far away.
        """
        ...

    async def resume(self, subscription: str, *, tenant: str | None = None) -> Subscription:
        """End a pause.

        Raises:
            NotFoundError: there is no such subscription.
        """
        ...

    async def upcoming(self, subscriptions: Sequence[Subscription]) -> dict[str, Due | None]:
        """The slot that each gets next, by subscription; None while it is paused until somebody resumes it."""
        ...


class OnDemand(Protocol):
    """Editions that somebody asks for."""

    async def now(
        self,
        visitor: Visitor,
        *,
        topic: str | None = None,
        hours: float | None = None,
        language: str | None = None,
        desk: str | None = None,
        sooner: Callable[[Edition], Awaitable[None]] | None = None,
    ) -> Edition:
        """What was gathered so far, of the desk of the visitor's place, else the default one. Hours 1 to 168.

        Where a model writes, `sooner` gets what is selected, at once, and the result is what was written; without
        `sooner` it is what is selected.

        Raises:
            LimitReached: the visitor has had today's; an edition that is kept already is free.
            ConfigError: the hours, language or desk are none.
            CoresError: it could not be composed.
        """
        ...

    async def preview(self, subscription: str, *, tenant: str | None = None) -> Edition:
        """What the next edition would say now.

        Raises:
            NotFoundError: there is no such subscription, or its desk is no more.
            ConfigError: its zone is not known on this machine.
            CoresError: it could not be composed.
        """
        ...

    async def publish(self, edition: str, place: Place, *, tenant: str) -> bool:
        """Post a kept edition to a place, through the ledger, once; False if it was asked for there before.

        Raises:
            NotFoundError: the edition is not kept.
        """
        ...

    async def search(self, visitor: Visitor, query: str) -> Reply:
        """What earlier editions of the desk of the visitor's place have on it; a refusal where they have nothing."""
        ...


class Listening(Protocol):
    """Overviews of podcasts and videos."""

    async def overview(
        self, visitor: Visitor, wanted: str | Upload, *, told: Callable[[Listened], Awaitable[None]] | None = None
    ) -> Episode:
        """The overview of what is behind a link, or under a name (an episode of a show that is read), or of a
        transcript file; kept ones come at once, and are the same for everybody. `told` hears what it is waiting for.

        Raises:
            LimitReached: the visitor has had today's.
            ConfigError, SourceError, SpeechError, CoresError: with a sentence for the person; nothing was published.
            NotFoundError: no episode has this name; the nearest are named.
        """
        ...

    async def publish(self, episode: str, place: Place, *, tenant: str) -> bool:
        """Post a kept overview to a place, through the ledger, once; False if it was asked for there before.

        Raises:
            NotFoundError: it is not kept, or is another tenant's.
        """
        ...

    async def episode(self, episode: str, *, tenant: str | None = None) -> Episode | None:
        """A kept overview."""
        ...


class Shows(Protocol):
    """The shows on the roster of a tenant."""

    async def shows(self, tenant: str | None) -> Sequence[Show]:
        """All podcasts and channels that are read; the one with the newest episode first."""
        ...

    async def episodes(self, tenant: str | None, show: str) -> tuple[Show, Sequence[Listed]]:
        """A show by id or name, and what is known of its episodes, newest first.

        Raises:
            NotFoundError: no show of this name is read; the nearest are named.
        """
        ...


class Reporting(Protocol):
    """How everything is doing."""

    async def report(self, tenant: str | None = None) -> Report:
        """Of a tenant: its subscriptions and what is wrong with them; of sources and desks, all."""
        ...


class Following(Protocol):
    """What a tenant reads. Changing it needs `visitor.manages`."""

    async def sources(self, tenant: str) -> Sequence[Followed]:
        """Everything on the roster of the default desk and every change of the tenant to it; by name."""
        ...

    async def add(self, visitor: Visitor, address: str, *, name: str | None = None) -> Followed:
        """Read this address (a page, a feed, an account) from now on.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            ConfigError: it is no address we know, it is read already, or there are 200 already.
            SourceError: nothing to read was found there.
        """
        ...

    async def remove(self, visitor: Visitor, thinker: str) -> Followed:
        """Do not read this thinker any more, by id or name.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            NotFoundError: nobody of that name is read.
        """
        ...

    async def test(self, address: str) -> Tried:
        """Read an address once and keep nothing.

        Raises:
            ConfigError: it is no address we know.
            SourceError: nothing to read was found there.
        """
        ...


class Proposing(Protocol):
    """What members would like to be read, and lists."""

    async def propose(self, visitor: Visitor, address: str) -> Follow:
        """Keep a proposal for those who manage the server; at most 3 a day and person.

        Raises:
            LimitReached, ConfigError, SourceError: as `add`.
        """
        ...

    async def decide(self, visitor: Visitor, thinker: str, *, accept: bool) -> Follow:
        """Add what was proposed, or drop it.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            NotFoundError: there is no such proposal.
        """
        ...

    async def take_list(self, visitor: Visitor, opml: bytes) -> tuple[int, Sequence[str]]:
        """Add every feed of a list; how many were new, and a sentence on everything left out.

        Raises:
            NotAllowedError: the visitor does not manage the server.
            ConfigError: the file is no OPML, or too large.
        """
        ...


class Privacy(Protocol):
    """What is kept about people."""

    async def kept(self, visitor: Visitor) -> Kept:
        """Everything."""
        ...

    async def forget(self, visitor: Visitor) -> int:
        """Delete it, but for the subscriptions, which belong to the server: they lose the name. How many rows."""
        ...


class Tenancy(Protocol):
    """Servers come and go."""

    async def arrived(self, tenant: str) -> bool:
        """We are in this server; True if it is new or had been left: it may be greeted."""
        ...

    async def left(self, tenant: str) -> None:
        """We were removed: its rows are deleted after a grace time. Not to be called for an outage."""
        ...

    async def ended(self, tenant: str) -> None:
        """Its admin removed us for good, where a platform tells that from a mere removal: its rows are deleted now."""
        ...

    async def seen(self, platform: str, tenants: Collection[str]) -> None:
        """All servers we are in, after a start: those that are missing were left meanwhile."""
        ...


class Whereabouts(Protocol):
    """What stands where."""

    async def edition_at(self, place: Place, message: str | None = None) -> str | None:
        """Id of the edition that a message, thread or place is about; None where nothing of ours stands.

        What is known of a thread is remembered for some minutes: it may be asked about every message in it.
        """
        ...

    async def standing(self, edition: str, place: Place) -> Sequence[Standing]:
        """The messages of an edition at a place, by number."""
        ...

    async def edition(self, edition: str) -> Edition | None:
        """A kept edition; `latest` is the newest."""
        ...

    async def shared(self, look_up: str, place: Place, ref: str | None = None) -> str | None:
        """The message that shows this look-up in this place to all, if one does; `ref` becomes it, if first."""
        ...


async def home(whereabouts: Whereabouts, edition: str, place: Place) -> Place:
    """Where an edition is discussed: the thread somebody is in, else the one under its card, else the place itself.

    Raises:
        StoreError: the database failed.
    """
    if place.thread is not None or not edition:
        return place
    standing = await whereabouts.standing(edition, place)
    return next((one.place for one in standing if one.place.thread is not None), place)


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a platform's commands need of the core."""

    subscribing: Subscribing
    pausing: Pausing
    on_demand: OnDemand
    reporting: Reporting
    following: Following
    proposing: Proposing
    privacy: Privacy
    tenancy: Tenancy
    whereabouts: Whereabouts
    listening: Listening
    shows: Shows
    pictures: Pictures
    desks: Desks
    """Those of the operator are `named`; a subscription may stand at a variant of one."""
