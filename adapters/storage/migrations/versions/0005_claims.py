"""What thinkers asserted, over the weeks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"


def words() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def instant() -> sa.types.TypeEngine[str]:
    return sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", words(), nullable=False),
        sa.Column("thinker", words(), nullable=False),
        sa.Column("source", words(), nullable=False),
        sa.Column("item", words(), nullable=False),
        sa.Column("topic", words(), nullable=False),
        sa.Column("text", words(), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.Column("course", words(), nullable=False),
        sa.Column("before", words()),
        sa.PrimaryKeyConstraint("id", name="claims_pkey"),
    )
    op.create_index("claims_said", "claims", ["source", "at"])
    op.create_index("claims_at", "claims", ["at"])
