"""Chinese notes of curated rows: what stands on Chinese pages in the place of our English note of a page."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claim", sa.Column("sentence_zh", SortedText, nullable=True))
