"""What each source costs and brings in each run, and how database and archive grow."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COUNTS = ("requests", "not_modified", "blocked", "failed", "articles", "relevant", "claims")


def upgrade() -> None:
    for name in COUNTS:
        op.add_column("run_source", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("run_source", sa.Column("bytes", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("run_source", sa.Column("seconds", sa.Float(), nullable=False, server_default="0"))
    op.add_column("run", sa.Column("database_bytes", sa.BigInteger(), nullable=True))
    op.add_column("run", sa.Column("archive_bytes", sa.BigInteger(), nullable=True))
