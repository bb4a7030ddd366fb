"""Indexes of what each day asks of all articles and facts: how many were read, which were withdrawn, what is talked of."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("article_counted", "article", ["language", "revision", "relevance", "published"])
    withdrawn, talk = sa.text("withdrawn_at IS NOT NULL"), sa.text("status = 'rumored'")
    op.create_index(
        "article_withdrawn", "article", ["withdrawn_at"], sqlite_where=withdrawn, postgresql_where=withdrawn
    )
    op.create_index(
        "fact_talk", "fact", ["type", "first_published", "company_key"], sqlite_where=talk, postgresql_where=talk
    )
