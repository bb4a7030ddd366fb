"""To whom the brief of a week was sent: to each address once."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText, UtcMoment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brief_delivery",
        sa.Column("week", SortedText, nullable=False),
        sa.Column("address", SortedText, nullable=False),
        sa.Column("state", SortedText, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("detail", SortedText, nullable=False),
        sa.Column("tried_at", UtcMoment(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sending', 'sent', 'given_up')", name="state_is_known"),
        sa.PrimaryKeyConstraint("week", "address"),
    )
