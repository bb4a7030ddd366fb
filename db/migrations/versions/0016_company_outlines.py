"""Outlines: what the company table shows of a company, worked out when its facts are formed."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_outline",
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("made_by", SortedText, nullable=False),
        sa.Column("outline", SortedText, nullable=False),
        sa.ForeignKeyConstraint(["company_key"], ["company.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("company_key"),
    )
