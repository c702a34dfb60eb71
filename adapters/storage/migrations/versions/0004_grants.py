"""What admins of workspaces granted us."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def words() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def instant() -> sa.types.TypeEngine[str]:
    return sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "grants",
        sa.Column("key", words(), nullable=False),
        sa.Column("tenant", words(), nullable=False),
        sa.Column("sealed", words(), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="grants_pkey"),
    )
    op.create_index("grants_tenant", "grants", ["tenant", "key"])
