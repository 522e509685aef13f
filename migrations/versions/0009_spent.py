"""Deliveries that must have no effect again, and replies that have certainly not left."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table and adds the column.

    What is leased while this runs may have left.
    """
    op.add_column(
        "outbox", sa.Column("begun", sa.Boolean, nullable=False, server_default=sa.true())
    )
    op.create_table(
        "spent_deliveries",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_spent_deliveries"),
    )
    op.create_index("ix_spent_deliveries_created_at", "spent_deliveries", ["created_at"])


def downgrade() -> None:
    """Drops both."""
    op.drop_column("outbox", "begun")
    op.drop_table("spent_deliveries")
