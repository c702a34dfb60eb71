"""What a store in memory holds, and what its repositories ask of the unit they work in."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Protocol

from bot.domain.claim import Claim
from bot.domain.edition import Edition
from bot.domain.follow import Follow
from bot.domain.grant import Grant
from bot.domain.health import SourceState
from bot.domain.item import Item
from bot.domain.kept import Used
from bot.domain.ledger import Build, BuildKey, Delivery, Posting
from bot.domain.subscription import Subscription
from bot.ports.episodes import KeptEpisode
from bot.ports.store import EditionKey


@dataclass(frozen=True, slots=True)
class Leased:
    """A delivery and the instant its lease ends, on the store's clock."""

    delivery: Delivery
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """Who may do something, until when on the store's clock."""

    holder: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """When we came to a tenant, and when we were removed."""

    arrived: datetime
    left: datetime | None = None


@dataclass(slots=True)
class Contents:
    """Every table, by its key."""

    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    sources: dict[str, SourceState] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    keys: dict[EditionKey, str] = field(default_factory=dict)
    inbounds: dict[tuple[str, str], datetime] = field(default_factory=dict)
    results: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    postings: dict[str, Posting] = field(default_factory=dict)
    deliveries: dict[str, dict[str, Leased]] = field(default_factory=dict)
    """By posting, then by part. The inner dictionaries are replaced, never changed."""
    builds: dict[BuildKey, Build] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    tenants: dict[str, Stay] = field(default_factory=dict)
    follows: dict[tuple[str, str], Follow] = field(default_factory=dict)
    usage: dict[tuple[str, str, date], Used] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    episodes: dict[str, KeptEpisode] = field(default_factory=dict)

    def copy(self) -> "Contents":
        """The same contents, apart."""
        return Contents(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


class Turn(Protocol):
    """The unit a repository works in."""

    def reading(self) -> Contents:
        """What this unit sees."""
        ...

    async def writing(self) -> Contents:
        """What this unit may change, once it is its turn."""
        ...

    def now(self) -> datetime:
        """The store's clock, on which leases run."""
        ...
