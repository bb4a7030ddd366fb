"""Stories: articles that are copies of one another are one witness. Persons may judge articles, and companies apart."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import RowNumber, SortedText, UtcMoment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JUDGEMENT = "id, kind, about, subject, other, field, author, reason, made_at, undone_by, undone_reason, undone_at"
ABOUT = "about IN ('claim', 'company', 'article')"
VALUES = "about = 'claim' OR kind IN ('same', 'different')"


def upgrade() -> None:
    op.add_column("article", sa.Column("story_key", SortedText, nullable=True))
    op.create_index(op.f("ix_article_story_key"), "article", ["story_key"], unique=False)
    op.create_table(
        "article_sketch",
        sa.Column("article_key", SortedText, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_key", "revision"),
    )
    op.create_index(
        "sketch_waiting",
        "article_sketch",
        ["article_key"],
        unique=False,
        sqlite_where=sa.text("waiting"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        "sketch_band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("article_key", SortedText, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "article_key"),
        sqlite_with_rowid=False,
    )
    _judgements_of_articles()


def _judgements_of_articles() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("about_is_known", "judgement", type_="check")
        op.drop_constraint("companies_are_only_the_same", "judgement", type_="check")
        op.create_check_constraint("about_is_known", "judgement", ABOUT)
        op.create_check_constraint("only_claims_have_values", "judgement", VALUES)
        return
    op.drop_index(op.f("ix_judgement_subject"), "judgement")
    op.rename_table("judgement", "judgement_before")
    op.create_table(
        "judgement",
        sa.Column("id", RowNumber, nullable=False),
        *(sa.Column(name, SortedText, nullable=False) for name in ("kind", "about", "subject")),
        *(sa.Column(name, SortedText, nullable=True) for name in ("other", "field")),
        *(sa.Column(name, SortedText, nullable=False) for name in ("author", "reason")),
        sa.Column("made_at", UtcMoment(), nullable=False),
        *(sa.Column(name, SortedText, nullable=True) for name in ("undone_by", "undone_reason")),
        sa.Column("undone_at", UtcMoment(), nullable=True),
        sa.CheckConstraint("kind IN ('same', 'different', 'wrong', 'prefer')", name="kind_is_known"),
        sa.CheckConstraint(ABOUT, name="about_is_known"),
        sa.CheckConstraint(VALUES, name="only_claims_have_values"),
        sa.CheckConstraint("(kind IN ('same', 'different')) = (other IS NOT NULL)", name="pair_has_two"),
        sa.CheckConstraint("(kind = 'prefer') = (field IS NOT NULL)", name="preference_has_field"),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(f"INSERT INTO judgement ({JUDGEMENT}) SELECT {JUDGEMENT} FROM judgement_before")  # noqa: S608
    op.drop_table("judgement_before")
    op.create_index(op.f("ix_judgement_subject"), "judgement", ["subject"], unique=False)
