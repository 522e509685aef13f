"""The desk's promises: routing, roster, callbacks, ratings, applications, flags, canned replies.

What was waiting is now pending, what was claimed is now open; nothing else about a case changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
LIVING_BEFORE = sa.text("status IN ('waiting', 'claimed')")
LIVING = sa.text("status IN ('pending', 'open', 'snoozed')")

ACCOUNT_COLUMNS = (
    sa.Column("topics", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("regions", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("languages", sa.JSON, nullable=False, server_default='["zh"]'),
    sa.Column("capacity", sa.Integer, nullable=False, server_default="5"),
    sa.Column("last_seen_at", TIME),
)
CASE_COLUMNS = (
    sa.Column("region", sa.String(64)),
    sa.Column("language", sa.String(8), nullable=False, server_default="zh"),
    sa.Column("groups", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("priority", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("last_day", sa.Date),
    sa.Column("previous_id", sa.Integer),
    sa.Column("assigned_at", TIME),
    sa.Column("first_reply_at", TIME),
    sa.Column("unanswered_at", TIME),
    sa.Column("read_at", TIME),
    sa.Column("offered_at", TIME),
    sa.Column("snoozed_until", TIME),
    sa.Column("asked", sa.String(16)),
    sa.Column("rating", sa.Integer),
    sa.Column("rated_at", TIME),
)


def upgrade() -> None:
    """Adds the columns and tables and renames the two statuses."""
    for column in ACCOUNT_COLUMNS:
        op.add_column("accounts", column.copy())
    for column in CASE_COLUMNS:
        op.add_column("cases", column.copy())
    op.drop_index("uq_cases_open_conversation", "cases")
    _rename_statuses({"waiting": "pending", "claimed": "open"}, {"claimed": "assigned"})
    _fill_in_times()
    _one_living_case(LIVING)
    op.create_index("ix_cases_lawyer_id_status", "cases", ["lawyer_id", "status"])
    op.create_index("ix_cases_first_reply_at", "cases", ["first_reply_at"])
    _duty_periods()
    _callbacks()
    _applications()
    _flags()
    _canned_replies()


def downgrade() -> None:
    """Takes all of it away again; snoozed cases wait in the queue."""
    for table in ("canned_replies", "bot_flags", "applications", "callbacks", "duty_periods"):
        op.drop_table(table)
    for index in ("ix_cases_first_reply_at", "ix_cases_lawyer_id_status"):
        op.drop_index(index, "cases")
    op.drop_index("uq_cases_open_conversation", "cases")
    _rename_statuses(
        {"pending": "waiting", "snoozed": "waiting", "open": "claimed"}, {"assigned": "claimed"}
    )
    _one_living_case(LIVING_BEFORE)
    for column in CASE_COLUMNS:
        op.drop_column("cases", column.name)
    for column in ACCOUNT_COLUMNS:
        op.drop_column("accounts", column.name)


def _rename_statuses(cases: dict[str, str], events: dict[str, str]) -> None:
    case = sa.table("cases", sa.column("status", sa.String))
    event = sa.table("case_events", sa.column("kind", sa.String))
    for old, new in cases.items():
        op.execute(case.update().where(case.c.status == old).values(status=new))
    for old, new in events.items():
        op.execute(event.update().where(event.c.kind == old).values(kind=new))


def _fill_in_times() -> None:
    """Takes from the events what the new columns repeat."""
    for column, kind, which in (
        ("assigned_at", "assigned", "max"),
        ("first_reply_at", "replied", "min"),
    ):
        op.execute(
            f"UPDATE cases SET {column} = (SELECT {which}(at) FROM case_events"  # noqa: S608
            f" WHERE case_events.case_id = cases.id AND case_events.kind = '{kind}')"
        )


def _one_living_case(living: sa.TextClause) -> None:
    op.create_index(
        "uq_cases_open_conversation",
        "cases",
        ["conversation"],
        unique=True,
        sqlite_where=living,
        postgresql_where=living,
    )


def _duty_periods() -> None:
    op.create_table(
        "duty_periods",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_duty_periods"),
        _to("duty_periods", "account_id", "accounts"),
    )
    op.create_index("ix_duty_periods_ends_at", "duty_periods", ["ends_at"])


def _callbacks() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("due_at", TIME),
        sa.Column("booked_at", TIME, nullable=False),
        sa.Column("booked_by", sa.Integer),
        sa.Column("done_at", TIME),
        sa.Column("done_by", sa.Integer),
        sa.Column("result", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callbacks"),
        _to("callbacks", "case_id", "cases"),
        _to("callbacks", "booked_by", "accounts"),
        _to("callbacks", "done_by", "accounts"),
    )
    op.create_index("ix_callbacks_done_at_due_at", "callbacks", ["done_at", "due_at"])
    op.create_index("ix_callbacks_case_id", "callbacks", ["case_id"])


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("matter", sa.String(200), nullable=False),
        sa.Column("institution", sa.String(200), nullable=False),
        sa.Column("handed_in_on", sa.Date, nullable=False),
        sa.Column("clocks", sa.JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        _to("applications", "case_id", "cases"),
        _to("applications", "account_id", "accounts"),
        sa.UniqueConstraint("case_id", name="uq_applications_case_id"),
    )


def _flags() -> None:
    op.create_table(
        "bot_flags",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("flagged_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sa.Column("done_by", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_bot_flags"),
        _to("bot_flags", "case_id", "cases"),
        _to("bot_flags", "account_id", "accounts"),
        _to("bot_flags", "done_by", "accounts"),
        sa.UniqueConstraint("case_id", "message_id", name="uq_bot_flags_case_id_message_id"),
    )
    op.create_index("ix_bot_flags_done_at", "bot_flags", ["done_at"])


def _canned_replies() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        _to("canned_replies", "account_id", "accounts"),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")
