"""What sources of embedded JSON, searches and registers need to be described, and how long a host's last pause was."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("items", "page", "dated", "terms", "needs"):
        op.add_column("source", sa.Column(name, SortedText, nullable=True))
    op.add_column("host_pause", sa.Column("step", sa.Integer(), nullable=True))
