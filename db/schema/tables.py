"""The tables of companies, articles, claims and facts. Migrations in `db.migrations` create them; nothing else does."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

import db.schema.crawl_tables
import db.schema.renewal_tables  # noqa: F401  (both register tables: articles name their source and their capture)
from db.model import ClaimType, EvidenceClass, Language, Relevance, SaidBy, Status
from db.nouns.change import Cause, ChangeKind
from db.nouns.facts import JudgementKind
from db.nouns.us_dollars import UsdBasis
from db.schema.columns import ExactNumber, RowNumber, UtcMoment, one_of
from db.values import OPERATORS, Precision


def _index_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index of the rows for which a condition holds; a query finds it that states the same, word by word."""
    return Index(name, *columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))


def _money_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("amount IS NULL OR amount_op IS NOT NULL", name="amount_has_operator"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_is_not_negative"),
        CheckConstraint("amount IS NOT NULL OR currency IS NULL", name="currency_has_amount"),
        one_of("amount_op", OPERATORS),
    )


def _date_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("(event_date IS NULL) = (event_date_precision IS NULL)", name="date_has_precision"),
        one_of("event_date_precision", get_args(Precision)),
    )


DatabaseKind = Literal["real", "sample"]


class DatabaseMark(SQLModel, table=True):
    """One row: whether this database holds news or samples. The two never meet."""

    __tablename__ = "database_mark"
    __table_args__ = (one_of("kind", get_args(DatabaseKind)), CheckConstraint("id = 1", name="only_one"))
    id: int = Field(default=1, primary_key=True)
    kind: str
    knowledge_digest: str | None = None
    rules_digest: str | None = None
    created_at: datetime = Field(sa_type=UtcMoment)


class CompanyRow(SQLModel, table=True):
    """A company: curated, or a candidate found in the news."""

    __tablename__ = "company"
    key: str = Field(primary_key=True)
    name: str = Field(index=True)
    name_zh: str | None = None
    legal_name: str | None = None
    kind: str | None = None
    segment: str | None = None
    country: str | None = None
    city: str | None = None
    founded_on: str | None = None
    founders: list[str] = Field(default_factory=list, sa_type=JSON)
    domain: str | None = None
    operating_status: str | None = None
    parent_key: str | None = Field(default=None, foreign_key="company.key", ondelete="SET NULL")
    candidate: bool = False


class AliasRow(SQLModel, table=True):
    """Another name of a company. A weak one needs a second sign in the text."""

    __tablename__ = "alias"
    company_key: str = Field(primary_key=True, foreign_key="company.key", ondelete="CASCADE")
    alias: str = Field(primary_key=True)
    weak: bool = False


class ProductRow(SQLModel, table=True):
    """A product of a company."""

    __tablename__ = "product"
    company_key: str = Field(primary_key=True, foreign_key="company.key", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    name_zh: str | None = None


class InvestorRow(SQLModel, table=True):
    """An investor we know: an organisation or a person."""

    __tablename__ = "investor"
    key: str = Field(primary_key=True)
    name: str = Field(index=True)
    name_zh: str | None = None
    kind: str | None = None
    country: str | None = None


class ArticleRow(SQLModel, table=True):
    """An article as last read. Its texts are its revisions."""

    __tablename__ = "article"
    __table_args__ = (
        one_of("language", get_args(Language)),
        one_of("relevance", get_args(Relevance)),
        Index("article_published", "published", "key"),
        Index("article_counted", "language", "revision", "relevance", "published"),
        _index_where("withdrawn_at IS NOT NULL", "article_withdrawn", "withdrawn_at"),
    )
    key: str = Field(primary_key=True)
    url: str | None
    title: str
    publisher: str | None = None
    original_publisher: str | None = None
    publisher_company: str | None = None
    authors: list[str] = Field(default_factory=list, sa_type=JSON)
    language: str
    published: date | None = None
    published_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    access: str = "open"
    relevance: str
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    source_key: str | None = Field(default=None, foreign_key="source.key")
    tier: str = "unknown"
    revision: int = 1
    reader: str | None = None
    first_recorded_at: datetime = Field(sa_type=UtcMoment)
    story_key: str | None = Field(default=None, index=True)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    withdrawn_reason: str | None = None


class RevisionRow(SQLModel, table=True):
    """One version of an article's text: what the spans of its claims point into."""

    __tablename__ = "article_revision"
    article_key: str = Field(primary_key=True, foreign_key="article.key", ondelete="CASCADE")
    number: int = Field(primary_key=True)
    title: str
    text: str
    capture_id: int | None = Field(default=None, foreign_key="capture.id")
    recorded_at: datetime = Field(sa_type=UtcMoment)


class ClaimRow(SQLModel, table=True):
    """One claim. Only ever added; a later reading that differs supersedes it."""

    __tablename__ = "claim"
    __table_args__ = (
        *_money_checks(),
        *_date_checks(),
        one_of("type", get_args(ClaimType)),
        one_of("status", get_args(Status)),
        one_of("said_by", get_args(SaidBy)),
        one_of("evidence_class", get_args(EvidenceClass)),
        _index_where("superseded_at IS NULL", "claim_current", "key", unique=True),
        Index("claim_of_company", "company_key", "type"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    key: str = Field(index=True)
    article_key: str = Field(foreign_key="article.key", index=True)
    revision: int
    type: str
    company_key: str = Field(foreign_key="company.key")
    company: str
    company_known: bool
    status: str
    said_by: str
    origin: str | None = None
    where: str
    start: int
    end: int
    evidence: str
    sentence: str
    sentence_zh: str | None = None
    event_date: str | None = None
    event_date_precision: str | None = None
    amount: Decimal | None = Field(default=None, sa_type=ExactNumber)
    amount_max: Decimal | None = Field(default=None, sa_type=ExactNumber)
    currency: str | None = None
    amount_op: str | None = None
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    evidence_class: str = "sentence"
    reader: str
    recorded_at: datetime = Field(sa_type=UtcMoment)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class StaleCompanyRow(SQLModel, table=True):
    """A company whose facts are not formed again yet since one of its claims ("": the rules for all) changed."""

    __tablename__ = "stale_company"
    __table_args__ = (one_of("cause", get_args(Cause)),)
    company_key: str = Field(primary_key=True, foreign_key="company.key")
    claim_key: str = Field(primary_key=True)
    cause: str


class FactRow(SQLModel, table=True):
    """What the claims about one thing add up to; rebuilt company by company."""

    __tablename__ = "fact"
    __table_args__ = (
        *_money_checks(),
        *_date_checks(),
        one_of("type", get_args(ClaimType)),
        one_of("status", get_args(Status)),
        one_of("usd_basis", get_args(UsdBasis)),
        CheckConstraint("(amount_usd IS NULL) = (usd_rate IS NULL)", name="dollars_have_rate"),
        CheckConstraint("amount IS NOT NULL OR amount_usd IS NULL", name="dollars_have_amount"),
        Index("fact_of_company", "company_key", "type"),
        Index("fact_by_type", "type", "event_first_day"),
        _index_where("status = 'rumored'", "fact_talk", "type", "first_published", "company_key"),
    )
    id: str = Field(primary_key=True)
    type: str
    company_key: str = Field(foreign_key="company.key")
    status: str
    event_date: str | None = None
    event_date_precision: str | None = None
    amount: Decimal | None = Field(default=None, sa_type=ExactNumber)
    amount_max: Decimal | None = Field(default=None, sa_type=ExactNumber)
    currency: str | None = None
    amount_op: str | None = None
    event_first_day: date | None = None
    event_last_day: date | None = None
    amount_usd: Decimal | None = Field(default=None, sa_type=ExactNumber)
    amount_max_usd: Decimal | None = Field(default=None, sa_type=ExactNumber)
    usd_rate: Decimal | None = Field(default=None, sa_type=ExactNumber)
    usd_rate_on: str | None = None
    usd_basis: str | None = None
    witnesses: int
    outlets: int
    first_published: date | None = None
    digest: str


class FactFieldRow(SQLModel, table=True):
    """One field of a fact with the rule that chose its value."""

    __tablename__ = "fact_field"
    fact_id: str = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=JSON)
    status: str
    rule: str


class SupportRow(SQLModel, table=True):
    """A claim's part in a fact: `field` "" is the fact as a whole; against: the value it says instead."""

    __tablename__ = "fact_support"
    __table_args__ = (one_of("side", ("for", "against")), Index("support_of_claim", "claim_key"))
    fact_id: str = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    field: str = Field(primary_key=True)
    claim_key: str = Field(primary_key=True)
    side: str = "for"
    place: int
    value: Any = Field(default=None, sa_type=JSON(none_as_null=True), nullable=True)


class FundingRoundRow(SQLModel, table=True):
    """What a funding round has beyond a fact, under Crunchbase's names; one row per fact of that type."""

    __tablename__ = "funding_round"
    fact_id: str = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    investment_type: str
    series_qualifier: str | None = None
    investor_count: int
    lead_investors: str | None = None


class InvestmentRow(SQLModel, table=True):
    """An investor's part in a round, as the text names the investor."""

    __tablename__ = "investment"
    fact_id: str = Field(primary_key=True, foreign_key="funding_round.fact_id", ondelete="CASCADE")
    investor_name: str = Field(primary_key=True)
    is_lead_investor: bool = False


class ValuationRow(SQLModel, table=True):
    """What a valuation has beyond a fact; one row per fact of that type that names a sum."""

    __tablename__ = "valuation"
    fact_id: str = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    valuation_kind: str


class ChangeRow(SQLModel, table=True):
    """One entry of the change log: what became of a fact, or of one of its fields, and why. Never edited."""

    __tablename__ = "change"
    __table_args__ = (
        one_of("kind", get_args(ChangeKind)),
        one_of("cause", get_args(Cause)),
        Index("change_by_time", "recorded_at", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    recorded_at: datetime = Field(sa_type=UtcMoment)
    company_key: str = Field(foreign_key="company.key", index=True)
    fact_id: str = Field(index=True)
    fact_type: str
    kind: str
    field: str
    old_value: Any = Field(default=None, sa_type=JSON(none_as_null=True), nullable=True)
    new_value: Any = Field(default=None, sa_type=JSON(none_as_null=True), nullable=True)
    cause: str
    claim_key: str | None = None


class JudgementRow(SQLModel, table=True):
    """What a person decided about claims, companies or articles. Never deleted: it holds until it is taken back."""

    __tablename__ = "judgement"
    __table_args__ = (
        one_of("kind", get_args(JudgementKind)),
        one_of("about", ("claim", "company", "article")),
        CheckConstraint("about = 'claim' OR kind IN ('same', 'different')", name="only_claims_have_values"),
        CheckConstraint("(kind IN ('same', 'different')) = (other IS NOT NULL)", name="pair_has_two"),
        CheckConstraint("(kind = 'prefer') = (field IS NOT NULL)", name="preference_has_field"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=RowNumber)
    kind: str
    about: str
    subject: str = Field(index=True)
    other: str | None = None
    field: str | None = None
    author: str
    reason: str
    made_at: datetime = Field(sa_type=UtcMoment)
    undone_by: str | None = None
    undone_reason: str | None = None
    undone_at: datetime | None = Field(default=None, sa_type=UtcMoment)
