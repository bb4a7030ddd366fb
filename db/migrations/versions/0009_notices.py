"""What a person is told unasked: whom one follows, troubles of sources, messages and their delivery."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import RowNumber, SortedText, UtcMoment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("name", SortedText, nullable=False),
        sa.Column("added_at", UtcMoment(), nullable=False),
        sa.Column("after_change", RowNumber, nullable=False),
        sa.CheckConstraint("kind IN ('company', 'investor', 'segment')", name="kind_is_known"),
        sa.PrimaryKeyConstraint("kind", "name"),
    )
    op.create_table(
        "message",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("composed_at", UtcMoment(), nullable=False),
        sa.Column("title", SortedText, nullable=False),
        sa.Column("body", SortedText, nullable=False),
        sa.Column("after_change", RowNumber, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("day"),
    )
    op.create_table(
        "source_alert",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("source_key", SortedText, nullable=False),
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("detail", SortedText, nullable=False),
        sa.Column("noted_at", UtcMoment(), nullable=False),
        sa.Column("message_id", RowNumber, nullable=True),
        sa.Column("over_at", UtcMoment(), nullable=True),
        sa.CheckConstraint("kind IN ('silent', 'failing', 'moved')", name="kind_is_known"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_source_alert_source_key"), "source_alert", ["source_key"], unique=False)
    op.create_table(
        "message_fact",
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("message_id", RowNumber, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"]),
        sa.PrimaryKeyConstraint("fact_id"),
    )
    op.create_table(
        "delivery",
        sa.Column("message_id", RowNumber, nullable=False),
        sa.Column("address", SortedText, nullable=False),
        sa.Column("state", SortedText, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("detail", SortedText, nullable=False),
        sa.Column("tried_at", UtcMoment(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sending', 'sent', 'given_up')", name="state_is_known"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"]),
        sa.PrimaryKeyConstraint("message_id", "address"),
    )
