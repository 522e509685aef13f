"""The table of facts carried from a chat to the papers page: aid_carried_facts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "aid_carried_facts",
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("link", name="pk_aid_carried_facts"),
    )
    op.create_index("ix_aid_carried_facts_expires_at", "aid_carried_facts", ["expires_at"])


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("aid_carried_facts")
