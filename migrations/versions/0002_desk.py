"""The desk's tables: accounts, cases, case_events."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
OPEN = sa.text("status IN ('waiting', 'claimed')")


def upgrade() -> None:
    """Creates the three tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("display_name", sa.String(64), nullable=False),
        sa.Column("failed_logins", sa.Integer, nullable=False),
        sa.Column("locked_until", TIME),
        sa.Column("session_number", sa.Integer, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("urgency", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("eligibility", sa.JSON),
        sa.Column("lawyer_id", sa.Integer),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("accepted_at", TIME),
        sa.Column("closed_at", TIME),
        sa.Column("outcome", sa.String(32)),
        sa.Column("held_at", TIME),
        sa.Column("held_transcript", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.ForeignKeyConstraint(["lawyer_id"], ["accounts.id"], name="fk_cases_lawyer_id"),
    )
    op.create_index("ix_cases_conversation", "cases", ["conversation"])
    op.create_index("ix_cases_status_opened_at", "cases", ["status", "opened_at"])
    op.create_index(
        "uq_cases_open_conversation",
        "cases",
        ["conversation"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("account_id", sa.Integer),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("submission", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_case_events"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_events_case_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_case_events_account_id"),
        sa.UniqueConstraint("case_id", "submission", name="uq_case_events_case_id_submission"),
    )
    op.create_index("ix_case_events_case_id_kind", "case_events", ["case_id", "kind"])


def downgrade() -> None:
    """Drops the three tables."""
    for table in ("case_events", "cases", "accounts"):
        op.drop_table(table)
