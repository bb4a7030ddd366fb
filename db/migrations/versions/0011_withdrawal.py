"""Bytes that were dropped, and articles whose evidence was withdrawn."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText, UtcMoment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("capture", sa.Column("dropped_at", UtcMoment(), nullable=True))
    op.add_column("article", sa.Column("withdrawn_at", UtcMoment(), nullable=True))
    op.add_column("article", sa.Column("withdrawn_reason", SortedText, nullable=True))
