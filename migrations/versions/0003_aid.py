"""The table of kept checklists: aid_checklists."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "aid_checklists",
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("at_hand", sa.JSON, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("link", name="pk_aid_checklists"),
    )
    op.create_index("ix_aid_checklists_expires_at", "aid_checklists", ["expires_at"])


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("aid_checklists")
