"""What stands beside the conversations: attachments, ratings, wechat_tokens, wechat_scenes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the tables."""
    time = sa.DateTime(timezone=True)
    op.create_table(
        "attachments",
        sa.Column("message_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("detail", sa.String(100), nullable=False),
        sa.Column("media_type", sa.String(40)),
        sa.Column("size", sa.Integer),
        sa.Column("content", sa.LargeBinary),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", time, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_attachments"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_attachments_message_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_attachments_status_next_at", "attachments", ["status", "next_at"])
    op.create_table(
        "ratings",
        sa.Column("message_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("mark", sa.String(8), nullable=False),
        sa.Column("created_at", time, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_ratings"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_ratings_message_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "wechat_tokens",
        sa.Column("appid", sa.String(64), nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("expires_at", time, nullable=False),
        sa.Column("forced_at", time),
        sa.Column("leased_until", time),
        sa.PrimaryKeyConstraint("appid", name="pk_wechat_tokens"),
    )
    op.create_table(
        "wechat_scenes",
        sa.Column("scene", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("follows", sa.Integer, nullable=False),
        sa.Column("scans", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scene", "day", name="pk_wechat_scenes"),
    )


def downgrade() -> None:
    """Drops the tables."""
    for table in ("wechat_scenes", "wechat_tokens", "ratings", "attachments"):
        op.drop_table(table)
