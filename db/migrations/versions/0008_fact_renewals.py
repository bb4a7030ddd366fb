"""When each fact was written: what was published from it earlier is to be made again."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import RowNumber, SortedText, UtcMoment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fact_renewal",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("renewed_at", UtcMoment(), nullable=False),
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_fact_renewal_renewed_at"), "fact_renewal", ["renewed_at"], unique=False)
