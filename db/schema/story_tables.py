"""The tables of stories: each text's sketch, and where it is filed so that its copies find it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlmodel import Field, SQLModel


class SketchRow(SQLModel, table=True):
    """The sketch of one version of an article's text; a text too short to be told from others has none."""

    __tablename__ = "article_sketch"
    __table_args__ = (
        Index("sketch_waiting", "article_key", sqlite_where=text("waiting"), postgresql_where=text("waiting")),
    )
    article_key: str = Field(primary_key=True, foreign_key="article.key", ondelete="CASCADE")
    revision: int = Field(primary_key=True)
    hashes: bytes = Field(sa_type=LargeBinary)
    waiting: bool = True


class SketchBandRow(SQLModel, table=True):
    """A part of a sketch as a number: articles that share one may be copies of one another."""

    __tablename__ = "sketch_band"
    __table_args__ = ({"sqlite_with_rowid": False},)
    band: int = Field(primary_key=True, sa_type=BigInteger)
    article_key: str = Field(primary_key=True, foreign_key="article.key", ondelete="CASCADE")
