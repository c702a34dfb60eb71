"""The tables, one shape for SQLite and PostgreSQL.

A change here needs a migration beside it: a test compares the two on both databases.
"""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP, VARCHAR
from sqlalchemy.types import TypeDecorator, TypeEngine

REVISION = "0006"
"""The newest schema revision this code works with."""
VERSION_TABLE = "counterpoint_revision"
"""Ours, and not `alembic_version`: on PostgreSQL another program may keep its own there."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Words(TypeDecorator[str]):
    """Text that sorts by code point on both databases.

    Characters a database cannot hold (NUL, halves of surrogate pairs; both occur in feeds) become U+FFFD.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text; on PostgreSQL with the collation that sorts as SQLite does."""
        return dialect.type_descriptor(VARCHAR(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """What is written."""
        return value if value is None else _UNSTORABLE.sub("\ufffd", value)


class Instant(TypeDecorator[datetime]):
    """An aware instant, back in UTC with its microseconds, comparable in SQL."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A timestamp on PostgreSQL; SQLite has none: ISO 8601 in UTC, of fixed width, so text order is time order."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """What is written."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What was kept, in UTC."""
        if value is None or isinstance(value, datetime):
            return value and value.astimezone(UTC)
        return datetime.fromisoformat(value)


metadata = MetaData()

items = Table(
    "items",
    metadata,
    Column("id", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("guid", Words, nullable=False),
    Column("url", Words),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("published", Instant),
    Column("first_seen", Instant, nullable=False),
    Column("at", Instant, nullable=False),  # published, else first_seen: what windows ask for
    Column("backlog", Boolean, nullable=False),
    Column("author", Words),
    Column("links", Words, nullable=False),  # a JSON list
    Column("media", Words),
    Column("recording", Words),  # as JSON
    PrimaryKeyConstraint("id", "source", name="items_pkey"),
    Index("items_source_at", "source", "at"),
)

sources = Table(
    "sources",
    metadata,
    Column("key", Words, nullable=False),
    Column("cursor", Words),
    Column("state", Words, nullable=False),
    Column("reason", Words),
    Column("since", Instant),
    Column("first_gathered", Instant),
    Column("last_gathered", Instant),
    Column("retry_at", Instant),
    PrimaryKeyConstraint("key", name="sources_pkey"),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Words, nullable=False),
    Column("key", String(64), nullable=False),  # SHA-256 of the key's parts, which follow for people who look
    Column("desk", Words, nullable=False),
    Column("slot", Words, nullable=False),
    Column("window_start", Instant, nullable=False),
    Column("window_end", Instant, nullable=False),
    Column("roster", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("writer", Words, nullable=False),
    Column("topic", Words),
    Column("document", Words, nullable=False),  # the edition as JSON
    PrimaryKeyConstraint("id", name="editions_pkey"),
    Index("editions_key", "key", unique=True),
    Index("editions_desk_window_end", "desk", "window_end", "id"),
    Index("editions_window_end", "window_end", "id"),
)

inbounds = Table(
    "inbounds",
    metadata,
    Column("platform", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("platform", "message", name="inbounds_pkey"),
    Index("inbounds_at", "at"),
)

results = Table(
    "results",
    metadata,
    Column("key", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("key", name="results_pkey"),
    Index("results_at", "at"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Words, nullable=False),
    Column("tenant", Words, nullable=False),
    Column("platform", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("thread", Words),
    Column("desk", Words, nullable=False),
    Column("schedule", Words, nullable=False),  # a line such as `Europe/Berlin mon,tue am=07:00`
    Column("language", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("options", Words, nullable=False),  # a JSON object
    Column("paused_until", Instant),
    Column("pause_reason", Words),
    PrimaryKeyConstraint("id", name="subscriptions_pkey"),
    Index("subscriptions_tenant", "tenant", "id"),
    Index("subscriptions_schedule", "schedule", "id"),
)

postings = Table(
    "postings",
    metadata,
    Column("key", Words, nullable=False),
    Column("subscription", Words, nullable=False),
    Column("tenant", Words, nullable=False),
    Column("platform", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("thread", Words),
    Column("desk", Words, nullable=False),
    Column("slot", Words, nullable=False),
    Column("date", Words, nullable=False),  # local, YYYY-MM-DD
    Column("due", Instant, nullable=False),
    Column("language", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("edition", Words),
    Column("window_end", Instant),
    Column("late", Boolean, nullable=False),
    Column("reason", Words),
    Column("tries", Integer, nullable=False),
    Column("retry_at", Instant),
    PrimaryKeyConstraint("key", name="postings_pkey"),
    Index("postings_state_due", "state", "due"),
    Index("postings_subscription_due", "subscription", "due"),
    Index("postings_place", "place", "edition"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("posting", Words, nullable=False),
    Column("part", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False),  # of an intent: as it was before its claim
    Column("lease_until", Instant),  # on the database's clock; null: it has ended
    Column("message", Words),
    Column("thread", Words),
    Column("reason", Words),
    Column("sent_at", Instant),
    PrimaryKeyConstraint("posting", "part", name="deliveries_pkey"),
    Index("deliveries_state", "state"),
    # Looked up at every message that people write.
    Index("deliveries_message", "message"),
    Index("deliveries_thread", "thread", "sent_at"),
)

builds = Table(
    "builds",
    metadata,
    Column("key", Words, nullable=False),
    Column("desk", Words, nullable=False),
    Column("due", Instant, nullable=False),
    Column("language", Words, nullable=False),
    Column("slot", Words, nullable=False),
    Column("date", Words, nullable=False),
    Column("window_start", Instant, nullable=False),
    Column("window_end", Instant, nullable=False),
    Column("edition", Words),
    Column("seconds", Float),
    Column("reason", Words),
    PrimaryKeyConstraint("key", name="builds_pkey"),
    Index("builds_desk_due", "desk", "due"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Words, nullable=False),
    Column("holder", Words, nullable=False),
    Column("until", Instant, nullable=False),  # on the database's clock
    PrimaryKeyConstraint("name", name="leases_pkey"),
)

tenants = Table(
    "tenants",
    metadata,
    Column("tenant", Words, nullable=False),
    Column("arrived", Instant, nullable=False),
    Column("left", Instant),
    PrimaryKeyConstraint("tenant", name="tenants_pkey"),
)

follows = Table(
    "follows",
    metadata,
    Column("tenant", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("thinker", Words),  # a thinker as JSON
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant", "id", name="follows_pkey"),
)

usage = Table(
    "usage",
    metadata,
    Column("who", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("day", Words, nullable=False),  # in UTC, YYYY-MM-DD
    Column("tenant", Words, nullable=False),  # where it was first counted on that day
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("who", "kind", "day", name="usage_pkey"),
)

grants = Table(
    "grants",
    metadata,
    Column("key", Words, nullable=False),
    Column("tenant", Words, nullable=False),
    Column("sealed", Words, nullable=False),  # secret: of the adapter that wrote it
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("key", name="grants_pkey"),
    Index("grants_tenant", "tenant", "key"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Words, nullable=False),
    Column("thinker", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("item", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("course", Words, nullable=False),
    Column("before", Words),  # id of a claim, which may be forgotten by now
    PrimaryKeyConstraint("id", name="claims_pkey"),
    Index("claims_said", "source", "at"),
    Index("claims_at", "at"),
)

episodes = Table(
    "episodes",
    metadata,
    Column("id", Words, nullable=False),
    Column("tenant", Words),
    Column("source", Words),
    Column("made", Instant, nullable=False),
    Column("rules", Integer, nullable=False),
    Column("document", Words, nullable=False),  # the overview as JSON
    Column("transcript", Words),  # as JSON
    PrimaryKeyConstraint("id", name="episodes_pkey"),
    Index("episodes_tenant", "tenant"),
)
