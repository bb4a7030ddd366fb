"""What persons decided: rows with author, reason and time, that name claims and companies and can be taken back."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import RowNumber, SortedText, UtcMoment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("about", SortedText, nullable=False),
        sa.Column("subject", SortedText, nullable=False),
        sa.Column("other", SortedText, nullable=True),
        sa.Column("field", SortedText, nullable=True),
        sa.Column("author", SortedText, nullable=False),
        sa.Column("reason", SortedText, nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("undone_by", SortedText, nullable=True),
        sa.Column("undone_reason", SortedText, nullable=True),
        sa.Column("undone_at", UtcMoment(), nullable=True),
        sa.CheckConstraint("kind IN ('same', 'different', 'wrong', 'prefer')", name="kind_is_known"),
        sa.CheckConstraint("about IN ('claim', 'company')", name="about_is_known"),
        sa.CheckConstraint("about = 'claim' OR kind = 'same'", name="companies_are_only_the_same"),
        sa.CheckConstraint("(kind IN ('same', 'different')) = (other IS NOT NULL)", name="pair_has_two"),
        sa.CheckConstraint("(kind = 'prefer') = (field IS NOT NULL)", name="preference_has_field"),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_judgement_subject"), "judgement", ["subject"], unique=False)
