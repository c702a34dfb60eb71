"""Subscriptions, what is owed to them, the ledger, builds, results of stages, leases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def words() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def instant() -> sa.types.TypeEngine[str]:
    return sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "results",
        sa.Column("key", words(), nullable=False),
        sa.Column("value", words(), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="results_pkey"),
    )
    op.create_index("results_at", "results", ["at"])
    op.create_table(
        "subscriptions",
        sa.Column("id", words(), nullable=False),
        sa.Column("tenant", words(), nullable=False),
        sa.Column("platform", words(), nullable=False),
        sa.Column("place", words(), nullable=False),
        sa.Column("thread", words()),
        sa.Column("desk", words(), nullable=False),
        sa.Column("schedule", words(), nullable=False),
        sa.Column("language", words(), nullable=False),
        sa.Column("since", instant(), nullable=False),
        sa.Column("options", words(), nullable=False),
        sa.Column("paused_until", instant()),
        sa.Column("pause_reason", words()),
        sa.PrimaryKeyConstraint("id", name="subscriptions_pkey"),
    )
    op.create_index("subscriptions_tenant", "subscriptions", ["tenant", "id"])
    op.create_index("subscriptions_schedule", "subscriptions", ["schedule", "id"])
    op.create_table(
        "postings",
        sa.Column("key", words(), nullable=False),
        sa.Column("subscription", words(), nullable=False),
        sa.Column("tenant", words(), nullable=False),
        sa.Column("platform", words(), nullable=False),
        sa.Column("place", words(), nullable=False),
        sa.Column("thread", words()),
        sa.Column("desk", words(), nullable=False),
        sa.Column("slot", words(), nullable=False),
        sa.Column("date", words(), nullable=False),
        sa.Column("due", instant(), nullable=False),
        sa.Column("language", words(), nullable=False),
        sa.Column("state", words(), nullable=False),
        sa.Column("edition", words()),
        sa.Column("window_end", instant()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reason", words()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_at", instant()),
        sa.PrimaryKeyConstraint("key", name="postings_pkey"),
    )
    op.create_index("postings_state_due", "postings", ["state", "due"])
    op.create_index("postings_subscription_due", "postings", ["subscription", "due"])
    op.create_table(
        "deliveries",
        sa.Column("posting", words(), nullable=False),
        sa.Column("part", words(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", words(), nullable=False),
        sa.Column("state", words(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("lease_until", instant()),
        sa.Column("message", words()),
        sa.Column("thread", words()),
        sa.Column("reason", words()),
        sa.Column("sent_at", instant()),
        sa.PrimaryKeyConstraint("posting", "part", name="deliveries_pkey"),
    )
    op.create_index("deliveries_state", "deliveries", ["state"])
    op.create_table(
        "builds",
        sa.Column("key", words(), nullable=False),
        sa.Column("desk", words(), nullable=False),
        sa.Column("due", instant(), nullable=False),
        sa.Column("language", words(), nullable=False),
        sa.Column("slot", words(), nullable=False),
        sa.Column("date", words(), nullable=False),
        sa.Column("window_start", instant(), nullable=False),
        sa.Column("window_end", instant(), nullable=False),
        sa.Column("edition", words()),
        sa.Column("seconds", sa.Float()),
        sa.Column("reason", words()),
        sa.PrimaryKeyConstraint("key", name="builds_pkey"),
    )
    op.create_index("builds_desk_due", "builds", ["desk", "due"])
    op.create_table(
        "leases",
        sa.Column("name", words(), nullable=False),
        sa.Column("holder", words(), nullable=False),
        sa.Column("until", instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="leases_pkey"),
    )
