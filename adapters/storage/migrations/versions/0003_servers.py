"""Servers, what they read, what was used; and which edition a message, a thread or a place has."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def words() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def instant() -> sa.types.TypeEngine[str]:
    return sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_index("postings_place", "postings", ["place", "edition"])
    op.create_index("deliveries_message", "deliveries", ["message"])
    op.create_index("deliveries_thread", "deliveries", ["thread", "sent_at"])
    op.create_table(
        "tenants",
        sa.Column("tenant", words(), nullable=False),
        sa.Column("arrived", instant(), nullable=False),
        sa.Column("left", instant()),
        sa.PrimaryKeyConstraint("tenant", name="tenants_pkey"),
    )
    op.create_table(
        "follows",
        sa.Column("tenant", words(), nullable=False),
        sa.Column("id", words(), nullable=False),
        sa.Column("state", words(), nullable=False),
        sa.Column("name", words(), nullable=False),
        sa.Column("thinker", words()),
        sa.Column("by", words(), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="follows_pkey"),
    )
    op.create_table(
        "usage",
        sa.Column("who", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("day", words(), nullable=False),
        sa.Column("tenant", words(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("who", "kind", "day", name="usage_pkey"),
    )
