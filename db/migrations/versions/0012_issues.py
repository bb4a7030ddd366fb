"""Issues of the brief: what each told, so that a later one can correct it, and its documents as they were sent."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText, UtcMoment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issue",
        sa.Column("week", SortedText, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("digest", SortedText, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("week", "number"),
    )
    op.create_table(
        "issue_document",
        sa.Column("week", SortedText, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", SortedText, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["week", "number"], ["issue.week", "issue.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("week", "number", "name"),
    )
