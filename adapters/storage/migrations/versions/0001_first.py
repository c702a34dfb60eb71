"""The first schema: items, sources, editions, inbounds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def words() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def instant() -> sa.types.TypeEngine[str]:
    return sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column("id", words(), nullable=False),
        sa.Column("source", words(), nullable=False),
        sa.Column("guid", words(), nullable=False),
        sa.Column("url", words()),
        sa.Column("title", words(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("published", instant()),
        sa.Column("first_seen", instant(), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.Column("backlog", sa.Boolean(), nullable=False),
        sa.Column("author", words()),
        sa.Column("links", words(), nullable=False),
        sa.Column("media", words()),
        sa.PrimaryKeyConstraint("id", "source", name="items_pkey"),
    )
    op.create_index("items_source_at", "items", ["source", "at"])
    op.create_table(
        "sources",
        sa.Column("key", words(), nullable=False),
        sa.Column("cursor", words()),
        sa.Column("state", words(), nullable=False),
        sa.Column("reason", words()),
        sa.Column("since", instant()),
        sa.Column("first_gathered", instant()),
        sa.Column("last_gathered", instant()),
        sa.Column("retry_at", instant()),
        sa.PrimaryKeyConstraint("key", name="sources_pkey"),
    )
    op.create_table(
        "editions",
        sa.Column("id", words(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("desk", words(), nullable=False),
        sa.Column("slot", words(), nullable=False),
        sa.Column("window_start", instant(), nullable=False),
        sa.Column("window_end", instant(), nullable=False),
        sa.Column("roster", words(), nullable=False),
        sa.Column("language", words(), nullable=False),
        sa.Column("writer", words(), nullable=False),
        sa.Column("topic", words()),
        sa.Column("document", words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="editions_pkey"),
    )
    op.create_index("editions_key", "editions", ["key"], unique=True)
    op.create_index("editions_desk_window_end", "editions", ["desk", "window_end", "id"])
    op.create_index("editions_window_end", "editions", ["window_end", "id"])
    op.create_table(
        "inbounds",
        sa.Column("platform", words(), nullable=False),
        sa.Column("message", words(), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "message", name="inbounds_pkey"),
    )
    op.create_index("inbounds_at", "inbounds", ["at"])
