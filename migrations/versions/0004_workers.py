"""Several workers: turn leases, push windows and stops, reminders, kinds of messages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)

NEW_COLUMNS: dict[str, list[sa.Column[object]]] = {
    "conversations": [sa.Column("turn_worker", sa.String(32)), sa.Column("turn_until", TIME)],
    "messages": [
        sa.Column("kind", sa.String(8), nullable=False, server_default="text"),
        sa.Column("attachment", sa.String(200)),
    ],
    "outbox": [
        sa.Column("parts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("notice", sa.String(8), nullable=False, server_default=""),
    ],
}


def upgrade() -> None:
    """Adds the columns and creates the three tables."""
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.add_column(table, column.copy())
    op.create_table(
        "push_windows",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("left", sa.Integer, nullable=False),
        sa.Column("bot_left", sa.Integer, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "kind", name="pk_push_windows"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_push_windows_conversation_id"
        ),
    )
    op.create_table(
        "push_stops",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("detail", sa.String(100), nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_push_stops"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_reminders_conversation_id"
        ),
        sa.UniqueConstraint("conversation_id", "key", name="uq_reminders_conversation_id_key"),
    )
    op.create_index("ix_reminders_due_at", "reminders", ["due_at"])


def downgrade() -> None:
    """Drops what was added."""
    for table in ("reminders", "push_stops", "push_windows"):
        op.drop_table(table)
    for table, columns in NEW_COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)
