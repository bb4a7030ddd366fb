"""The first tables: sources and the crawl's memory, articles and claims, facts, runs."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import ExactNumber, RowNumber, SortedText, UtcMoment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("key", SortedText, nullable=False),
        sa.Column("name", SortedText, nullable=False),
        sa.Column("name_zh", SortedText, nullable=True),
        sa.Column("legal_name", SortedText, nullable=True),
        sa.Column("kind", SortedText, nullable=True),
        sa.Column("segment", SortedText, nullable=True),
        sa.Column("country", SortedText, nullable=True),
        sa.Column("city", SortedText, nullable=True),
        sa.Column("founded_on", SortedText, nullable=True),
        sa.Column("founders", sa.JSON(), nullable=False),
        sa.Column("domain", SortedText, nullable=True),
        sa.Column("operating_status", SortedText, nullable=True),
        sa.Column("parent_key", SortedText, nullable=True),
        sa.Column("candidate", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_key"], ["company.key"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_company_name"), "company", ["name"], unique=False)
    op.create_table(
        "database_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("knowledge_digest", SortedText, nullable=True),
        sa.Column("rules_digest", SortedText, nullable=True),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.CheckConstraint("kind IN ('real', 'sample')", name="kind_is_known"),
        sa.CheckConstraint("id = 1", name="only_one"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "host_pause",
        sa.Column("host", SortedText, nullable=False),
        sa.Column("until", UtcMoment(), nullable=False),
        sa.PrimaryKeyConstraint("host"),
    )
    op.create_table(
        "host_robots",
        sa.Column("origin", SortedText, nullable=False),
        sa.Column("fetched_at", UtcMoment(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("origin"),
    )
    op.create_table(
        "investor",
        sa.Column("key", SortedText, nullable=False),
        sa.Column("name", SortedText, nullable=False),
        sa.Column("name_zh", SortedText, nullable=True),
        sa.Column("kind", SortedText, nullable=True),
        sa.Column("country", SortedText, nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_investor_name"), "investor", ["name"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("command", SortedText, nullable=False),
        sa.Column("started_at", UtcMoment(), nullable=False),
        sa.Column("finished_at", UtcMoment(), nullable=True),
        sa.Column("outcome", SortedText, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "run_lock",
        sa.Column("name", SortedText, nullable=False),
        sa.Column("host", SortedText, nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("process_started", SortedText, nullable=False),
        sa.Column("taken_at", UtcMoment(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "source",
        sa.Column("key", SortedText, nullable=False),
        sa.Column("title", SortedText, nullable=False),
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("url", SortedText, nullable=False),
        sa.Column("language", SortedText, nullable=False),
        sa.Column("country", SortedText, nullable=True),
        sa.Column("tier", SortedText, nullable=False),
        sa.Column("expected_yield", sa.Float(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("full_text", sa.Boolean(), nullable=False),
        sa.Column("links", SortedText, nullable=True),
        sa.Column("evidence_url", SortedText, nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "source_past",
        sa.Column("source_key", SortedText, nullable=False),
        sa.Column("url", SortedText, nullable=False),
        sa.Column("moved_to", SortedText, nullable=True),
        sa.Column("moved_since", UtcMoment(), nullable=True),
        sa.Column("moved_runs", sa.Integer(), nullable=False),
        sa.Column("gone_since", UtcMoment(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("read_at", UtcMoment(), nullable=True),
        sa.Column("rhythm", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source_key"),
    )
    op.create_table(
        "stale_company",
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("claim_key", SortedText, nullable=False),
        sa.Column("cause", SortedText, nullable=False),
        sa.CheckConstraint(
            "cause IN ('news', 'revision', 'judgement', 'rules', 'purge', 'history')", name="cause_is_known"
        ),
        sa.ForeignKeyConstraint(["company_key"], ["company.key"]),
        sa.PrimaryKeyConstraint("company_key", "claim_key"),
    )
    op.create_table(
        "change",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("fact_type", SortedText, nullable=False),
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("field", SortedText, nullable=False),
        sa.Column("old_value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("new_value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cause", SortedText, nullable=False),
        sa.Column("claim_key", SortedText, nullable=True),
        sa.CheckConstraint(
            "kind IN ('added', 'withdrawn', 'merged', 'split', 'renamed', 'completed', 'corrected', 'confirmed', 'denied')",
            name="kind_is_known",
        ),
        sa.CheckConstraint(
            "cause IN ('news', 'revision', 'judgement', 'rules', 'purge', 'history')", name="cause_is_known"
        ),
        sa.ForeignKeyConstraint(["company_key"], ["company.key"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("change_by_time", "change", ["recorded_at", "id"], unique=False)
    op.create_index(op.f("ix_change_company_key"), "change", ["company_key"], unique=False)
    op.create_index(op.f("ix_change_fact_id"), "change", ["fact_id"], unique=False)
    op.create_table(
        "validator",
        sa.Column("url", SortedText, nullable=False),
        sa.Column("etag", SortedText, nullable=True),
        sa.Column("last_modified", SortedText, nullable=True),
        sa.Column("body_digest", SortedText, nullable=True),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_table(
        "alias",
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("alias", SortedText, nullable=False),
        sa.Column("weak", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["company_key"], ["company.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("company_key", "alias"),
    )
    op.create_table(
        "article",
        sa.Column("key", SortedText, nullable=False),
        sa.Column("url", SortedText, nullable=True),
        sa.Column("title", SortedText, nullable=False),
        sa.Column("publisher", SortedText, nullable=True),
        sa.Column("original_publisher", SortedText, nullable=True),
        sa.Column("publisher_company", SortedText, nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("language", SortedText, nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_at", UtcMoment(), nullable=True),
        sa.Column("access", SortedText, nullable=False),
        sa.Column("relevance", SortedText, nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("source_key", SortedText, nullable=True),
        sa.Column("tier", SortedText, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reader", SortedText, nullable=True),
        sa.Column("first_recorded_at", UtcMoment(), nullable=False),
        sa.CheckConstraint("language IN ('en', 'zh', 'other')", name="language_is_known"),
        sa.CheckConstraint("relevance IN ('core', 'adjacent', 'none')", name="relevance_is_known"),
        sa.ForeignKeyConstraint(
            ["source_key"],
            ["source.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("article_published", "article", ["published", "key"], unique=False)
    op.create_table(
        "capture",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("url", SortedText, nullable=True),
        sa.Column("source_key", SortedText, nullable=True),
        sa.Column("content_type", SortedText, nullable=True),
        sa.Column("fetched_at", UtcMoment(), nullable=False),
        sa.Column("archive_file", SortedText, nullable=False),
        sa.Column("archive_offset", RowNumber, nullable=False),
        sa.Column("body_digest", SortedText, nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("state", SortedText, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'read', 'unreadable', 'kept')", name="state_is_known"),
        sa.ForeignKeyConstraint(
            ["source_key"],
            ["source.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "capture_waiting",
        "capture",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(op.f("ix_capture_body_digest"), "capture", ["body_digest"], unique=False)
    op.create_table(
        "fact",
        sa.Column("id", SortedText, nullable=False),
        sa.Column("type", SortedText, nullable=False),
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("status", SortedText, nullable=False),
        sa.Column("event_date", SortedText, nullable=True),
        sa.Column("event_date_precision", SortedText, nullable=True),
        sa.Column("amount", ExactNumber(), nullable=True),
        sa.Column("amount_max", ExactNumber(), nullable=True),
        sa.Column("currency", SortedText, nullable=True),
        sa.Column("amount_op", SortedText, nullable=True),
        sa.Column("event_first_day", sa.Date(), nullable=True),
        sa.Column("event_last_day", sa.Date(), nullable=True),
        sa.Column("amount_usd", ExactNumber(), nullable=True),
        sa.Column("amount_max_usd", ExactNumber(), nullable=True),
        sa.Column("usd_rate", ExactNumber(), nullable=True),
        sa.Column("usd_rate_on", SortedText, nullable=True),
        sa.Column("usd_basis", SortedText, nullable=True),
        sa.Column("witnesses", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("first_published", sa.Date(), nullable=True),
        sa.Column("digest", SortedText, nullable=False),
        sa.CheckConstraint(
            "usd_basis IN ('us_dollars', 'day_rate', 'period_average', 'provisional', 'fixed_peg', 'no_currency', 'no_date', 'no_rate')",
            name="usd_basis_is_known",
        ),
        sa.CheckConstraint("(amount_usd IS NULL) = (usd_rate IS NULL)", name="dollars_have_rate"),
        sa.CheckConstraint("amount IS NOT NULL OR amount_usd IS NULL", name="dollars_have_amount"),
        sa.CheckConstraint("amount_op IN ('=', '~', '>', '>=', '<', '<=')", name="amount_op_is_known"),
        sa.CheckConstraint(
            "event_date_precision IN ('year', 'half', 'quarter', 'month', 'week', 'day')",
            name="event_date_precision_is_known",
        ),
        sa.CheckConstraint("status IN ('confirmed', 'reported', 'rumored', 'denied')", name="status_is_known"),
        sa.CheckConstraint(
            "type IN ('funding_round', 'valuation', 'total_funding', 'acquisition', 'ipo', 'shutdown', 'layoffs', 'leadership_change', 'product_launch', 'founding', 'lawsuit', 'metric', 'partnership', 'controversy')",
            name="type_is_known",
        ),
        sa.CheckConstraint("(event_date IS NULL) = (event_date_precision IS NULL)", name="date_has_precision"),
        sa.CheckConstraint("amount IS NOT NULL OR currency IS NULL", name="currency_has_amount"),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name="amount_is_not_negative"),
        sa.CheckConstraint("amount IS NULL OR amount_op IS NOT NULL", name="amount_has_operator"),
        sa.ForeignKeyConstraint(
            ["company_key"],
            ["company.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("fact_by_type", "fact", ["type", "event_first_day"], unique=False)
    op.create_index("fact_of_company", "fact", ["company_key", "type"], unique=False)
    op.create_table(
        "page",
        sa.Column("key", SortedText, nullable=False),
        sa.Column("url", SortedText, nullable=False),
        sa.Column("source_key", SortedText, nullable=False),
        sa.Column("state", SortedText, nullable=False),
        sa.Column("entry_digest", SortedText, nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("published", UtcMoment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("outcome", SortedText, nullable=True),
        sa.Column("detail", SortedText, nullable=True),
        sa.Column("queued_at", UtcMoment(), nullable=False),
        sa.CheckConstraint("state IN ('wanted', 'fetched', 'failed', 'skipped')", name="state_is_known"),
        sa.ForeignKeyConstraint(
            ["source_key"],
            ["source.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("page_wanted", "page", ["source_key", "state"], unique=False)
    op.create_table(
        "product",
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("name", SortedText, nullable=False),
        sa.Column("name_zh", SortedText, nullable=True),
        sa.ForeignKeyConstraint(["company_key"], ["company.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("company_key", "name"),
    )
    op.create_table(
        "run_issue",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind", SortedText, nullable=False),
        sa.Column("url", SortedText, nullable=False),
        sa.Column("detail", SortedText, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_run_issue_run_id"), "run_issue", ["run_id"], unique=False)
    op.create_table(
        "run_source",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_key", SortedText, nullable=False),
        sa.Column("outcome", SortedText, nullable=False),
        sa.Column("detail", SortedText, nullable=False),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "source_key"),
    )
    op.create_table(
        "article_revision",
        sa.Column("article_key", SortedText, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", SortedText, nullable=False),
        sa.Column("text", SortedText, nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["capture_id"],
            ["capture.id"],
        ),
        sa.PrimaryKeyConstraint("article_key", "number"),
    )
    op.create_table(
        "claim",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("key", SortedText, nullable=False),
        sa.Column("article_key", SortedText, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("type", SortedText, nullable=False),
        sa.Column("company_key", SortedText, nullable=False),
        sa.Column("company", SortedText, nullable=False),
        sa.Column("company_known", sa.Boolean(), nullable=False),
        sa.Column("status", SortedText, nullable=False),
        sa.Column("said_by", SortedText, nullable=False),
        sa.Column("origin", SortedText, nullable=True),
        sa.Column("where", SortedText, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("evidence", SortedText, nullable=False),
        sa.Column("sentence", SortedText, nullable=False),
        sa.Column("event_date", SortedText, nullable=True),
        sa.Column("event_date_precision", SortedText, nullable=True),
        sa.Column("amount", ExactNumber(), nullable=True),
        sa.Column("amount_max", ExactNumber(), nullable=True),
        sa.Column("currency", SortedText, nullable=True),
        sa.Column("amount_op", SortedText, nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("evidence_class", SortedText, nullable=False),
        sa.Column("reader", SortedText, nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.Column("superseded_at", UtcMoment(), nullable=True),
        sa.CheckConstraint("amount_op IN ('=', '~', '>', '>=', '<', '<=')", name="amount_op_is_known"),
        sa.CheckConstraint(
            "event_date_precision IN ('year', 'half', 'quarter', 'month', 'week', 'day')",
            name="event_date_precision_is_known",
        ),
        sa.CheckConstraint("evidence_class IN ('sentence', 'page', 'cited')", name="evidence_class_is_known"),
        sa.CheckConstraint(
            "said_by IN ('company', 'investor', 'filing', 'court', 'named_person', 'unnamed_people', 'document', 'other_outlet', 'none')",
            name="said_by_is_known",
        ),
        sa.CheckConstraint("status IN ('confirmed', 'reported', 'rumored', 'denied')", name="status_is_known"),
        sa.CheckConstraint(
            "type IN ('funding_round', 'valuation', 'total_funding', 'acquisition', 'ipo', 'shutdown', 'layoffs', 'leadership_change', 'product_launch', 'founding', 'lawsuit', 'metric', 'partnership', 'controversy')",
            name="type_is_known",
        ),
        sa.CheckConstraint("(event_date IS NULL) = (event_date_precision IS NULL)", name="date_has_precision"),
        sa.CheckConstraint("amount IS NOT NULL OR currency IS NULL", name="currency_has_amount"),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name="amount_is_not_negative"),
        sa.CheckConstraint("amount IS NULL OR amount_op IS NOT NULL", name="amount_has_operator"),
        sa.ForeignKeyConstraint(
            ["article_key"],
            ["article.key"],
        ),
        sa.ForeignKeyConstraint(
            ["company_key"],
            ["company.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "claim_current",
        "claim",
        ["key"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index("claim_of_company", "claim", ["company_key", "type"], unique=False)
    op.create_index(op.f("ix_claim_article_key"), "claim", ["article_key"], unique=False)
    op.create_index(op.f("ix_claim_key"), "claim", ["key"], unique=False)
    op.create_table(
        "fact_field",
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("name", SortedText, nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("status", SortedText, nullable=False),
        sa.Column("rule", SortedText, nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "name"),
    )
    op.create_table(
        "fact_support",
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("field", SortedText, nullable=False),
        sa.Column("claim_key", SortedText, nullable=False),
        sa.Column("side", SortedText, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("side IN ('for', 'against')", name="side_is_known"),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "field", "claim_key"),
    )
    op.create_index("support_of_claim", "fact_support", ["claim_key"], unique=False)
    op.create_table(
        "funding_round",
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("investment_type", SortedText, nullable=False),
        sa.Column("series_qualifier", SortedText, nullable=True),
        sa.Column("investor_count", sa.Integer(), nullable=False),
        sa.Column("lead_investors", SortedText, nullable=True),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id"),
    )
    op.create_table(
        "valuation",
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("valuation_kind", SortedText, nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id"),
    )
    op.create_table(
        "investment",
        sa.Column("fact_id", SortedText, nullable=False),
        sa.Column("investor_name", SortedText, nullable=False),
        sa.Column("is_lead_investor", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["funding_round.fact_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "investor_name"),
    )
