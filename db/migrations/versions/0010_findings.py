"""Findings: totals held against sums of rounds, prices against the money raised."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("event_date", SortedText, nullable=True),
        sa.Column("money", sa.JSON(), nullable=False),
        sa.Column("unsized", sa.Integer(), nullable=False),
        sa.Column("derived", SortedText, nullable=True),
        sa.CheckConstraint(
            "kind IN ('undisclosed', 'total_below_sum', 'price_mismatch', 'derived_price')", name="kind_is_known"
        ),
        sa.ForeignKeyConstraint(["company_key"], ["company.key"]),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "fact_id"),
    )
    op.create_index(op.f("ix_finding_company_key"), "finding", ["company_key"], unique=False)
