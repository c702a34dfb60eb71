"""Overviews of podcasts and videos, and what feeds say of recordings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def words() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def instant() -> sa.types.TypeEngine[str]:
    return sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("items", sa.Column("recording", words()))
    op.create_table(
        "episodes",
        sa.Column("id", words(), nullable=False),
        sa.Column("tenant", words()),
        sa.Column("source", words()),
        sa.Column("made", instant(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("document", words(), nullable=False),
        sa.Column("transcript", words()),
        sa.PrimaryKeyConstraint("id", name="episodes_pkey"),
    )
    op.create_index("episodes_tenant", "episodes", ["tenant"])
