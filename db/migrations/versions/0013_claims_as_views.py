"""The public views that an export needs beside those of 0002: metrics, claims with a quote, articles without text."""

# ruff: noqa: S608  (these statements are composed of constants of this file)

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SAMPLE = "(SELECT kind = 'sample' FROM database_mark) AS is_sample"
BY_CODE_POINT = "/* by code point */"
"""Stands where PostgreSQL has to be told how text is sorted: computed text has no column to take it from."""
LONGEST_QUOTE = 300
"""Characters of somebody else's sentence that leave the machine; `reports.facts.evidence` holds pages to the same."""

FINDS = "/* finds */"
"""Stands for the function that says where a text begins in another: INSTR or STRPOS."""
WORDS = f"""CASE WHEN LENGTH(claim.sentence) <= {LONGEST_QUOTE} THEN claim.sentence
        WHEN {FINDS}(claim.sentence, claim.evidence) + LENGTH(claim.evidence) <= {LONGEST_QUOTE}
        THEN SUBSTR(claim.sentence, 1, {LONGEST_QUOTE - 1}) || '…'
        ELSE '…' || SUBSTR(claim.sentence, {FINDS}(claim.sentence, claim.evidence), {LONGEST_QUOTE - 2}) || '…'
    END"""
"""The sentence, or of a long one the part around what is the evidence."""

CLAIMS = f"""
CREATE VIEW claims AS
SELECT
    claim.key AS uuid, fact_support.fact_id AS fact_uuid, claim.article_key AS article_uuid, claim.type,
    company.key AS org_uuid, company.name AS org_name, claim.company AS org_name_as_written,
    claim.status, claim.said_by, claim.origin, claim.event_date, claim.event_date_precision,
    claim.amount, claim.amount_max, claim.amount_op AS amount_operator, claim.currency,
    CAST(claim.fields AS TEXT) {BY_CODE_POINT} AS fields,
    CASE WHEN claim.evidence_class = 'sentence' THEN {WORDS} END {BY_CODE_POINT} AS quote,
    CASE WHEN claim.evidence_class <> 'sentence' THEN {WORDS} END {BY_CODE_POINT} AS note,
    claim.evidence_class, article.title, article.publisher, article.tier, article.language,
    article.published AS published_on, article.url AS source_url, claim.recorded_at, {SAMPLE}
FROM claim
JOIN article ON article.key = claim.article_key
JOIN company ON company.key = claim.company_key
LEFT JOIN fact_support ON fact_support.claim_key = claim.key AND fact_support.field = ''
WHERE claim.superseded_at IS NULL
"""

ARTICLES = f"""
CREATE VIEW articles AS
SELECT
    article.key AS uuid, article.title, article.publisher, article.original_publisher, article.language,
    article.published AS published_on, article.relevance, article.access, article.source_key AS source_uuid,
    article.tier, article.revision, article.story_key AS story_uuid,
    (SELECT COUNT(*) FROM claim WHERE claim.article_key = article.key AND claim.superseded_at IS NULL) AS claims,
    article.first_recorded_at, article.withdrawn_at, article.url AS source_url, {SAMPLE}
FROM article
"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for view in (CLAIMS, ARTICLES, _metrics(dialect)):
        made = view.replace(BY_CODE_POINT, 'COLLATE "C"' if dialect == "postgresql" else "")
        op.execute(made.replace(FINDS, "STRPOS" if dialect == "postgresql" else "INSTR"))


def _metrics(dialect: str) -> str:
    value = f"(value #>> '{{}}') {BY_CODE_POINT}" if dialect == "postgresql" else "json_extract(value, '$')"
    return f"""
CREATE VIEW metrics AS
SELECT
    fact.id AS uuid, company.key AS org_uuid, company.name AS org_name,
    (SELECT {value} FROM fact_field WHERE fact_field.fact_id = fact.id AND fact_field.name = 'metric') AS metric,
    fact.event_date AS measured_on, fact.event_date_precision AS measured_on_precision,
    fact.event_first_day AS measured_on_earliest, fact.event_last_day AS measured_on_latest,
    fact.amount AS value, fact.amount_max AS value_max, fact.amount_op AS value_operator,
    fact.currency AS value_currency, fact.amount_usd AS value_usd, fact.amount_max_usd AS value_max_usd,
    fact.usd_rate, fact.usd_rate_on, fact.usd_basis,
    fact.status, fact.witnesses, fact.outlets AS articles, fact.first_published AS first_reported_on, {SAMPLE}
FROM fact
JOIN company ON company.key = fact.company_key
WHERE fact.type = 'metric' AND fact.status IN ('confirmed', 'reported')
"""
