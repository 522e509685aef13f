"""Roles, second factor, limits on guessing, the audit trail, urgent looks, quality reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds the columns and makes the tables; everybody who has an account is a lawyer."""
    _accounts()
    _sign_in()
    _audit()
    _supervision()


def downgrade() -> None:
    """Drops the tables and the columns."""
    for table in (
        "reviews",
        "break_glass",
        "audit_head",
        "audit_log",
        "recovery_codes",
        "login_limits",
    ):
        op.drop_table(table)
    for column in (
        "last_login_at",
        "totp_step",
        "totp_secret",
        "must_change_password",
        "disabled_at",
        "role",
    ):
        op.drop_column("accounts", column)
    op.add_column("accounts", sa.Column("locked_until", TIME))
    op.add_column(
        "accounts", sa.Column("failed_logins", sa.Integer, nullable=False, server_default="0")
    )


def _accounts() -> None:
    # Not as a batch: SQLite would make the table anew, and cases refer to it.
    role = sa.Column("role", sa.String(16), nullable=False, server_default="lawyer")
    op.add_column("accounts", role)
    op.add_column("accounts", sa.Column("disabled_at", TIME))
    must = sa.Column("must_change_password", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("accounts", must)
    op.add_column("accounts", sa.Column("totp_secret", sa.String(255)))
    op.add_column("accounts", sa.Column("totp_step", sa.Integer))
    op.add_column("accounts", sa.Column("last_login_at", TIME))
    op.drop_column("accounts", "failed_logins")
    op.drop_column("accounts", "locked_until")


def _sign_in() -> None:
    op.create_table(
        "login_limits",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("locked_until", TIME),
        sa.PrimaryKeyConstraint("key", name="pk_login_limits"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("used_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_recovery_codes_account_id"
        ),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])


def _audit() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor_id", sa.Integer),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(16)),
        sa.Column("subject_id", sa.Integer),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_subject_subject_id", "audit_log", ["subject", "subject_id"])
    op.create_index("ix_audit_log_actor_id", "audit_log", ["actor_id"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "last_id": 0, "hash": "0" * 64}])


def _supervision() -> None:
    op.create_table(
        "break_glass",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("seen_by", sa.Integer),
        sa.Column("seen_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_break_glass"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_break_glass_account_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_break_glass_case_id"),
        sa.ForeignKeyConstraint(["seen_by"], ["accounts.id"], name="fk_break_glass_seen_by"),
    )
    op.create_index("ix_break_glass_account_id_case_id", "break_glass", ["account_id", "case_id"])
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("drawn_at", TIME, nullable=False),
        sa.Column("drawn_by", sa.Integer, nullable=False),
        sa.Column("marks", sa.JSON),
        sa.Column("remark", sa.Text),
        sa.Column("reviewer_id", sa.Integer),
        sa.Column("reviewed_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("case_id", name="uq_reviews_case_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_reviews_case_id"),
        sa.ForeignKeyConstraint(["drawn_by"], ["accounts.id"], name="fk_reviews_drawn_by"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["accounts.id"], name="fk_reviews_reviewer_id"),
    )
    op.create_index("ix_reviews_drawn_at", "reviews", ["drawn_at"])
