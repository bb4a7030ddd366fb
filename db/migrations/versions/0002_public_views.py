"""Public views under Crunchbase's names, for SQL clients and notebooks: what happened, never what is only rumoured.

A later migration that alters a table under them drops and makes them again: SQLite refuses to alter it otherwise.
"""

# ruff: noqa: S608  (these statements are composed of constants of this file)

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BY_CODE_POINT = "/* by code point */"
"""Stands where PostgreSQL has to be told how text is sorted: computed text has no column to take it from."""
DONE = "fact.status IN ('confirmed', 'reported')"
SURE = "(fact.status = 'confirmed' OR fact.witnesses > 1)"
MONEY_IN_USD = "fact.usd_rate, fact.usd_rate_on, fact.usd_basis"
EVIDENCE = (
    "fact.status, fact.witnesses, fact.outlets AS articles, fact.first_published AS first_reported_on, "
    "(SELECT kind = 'sample' FROM database_mark) AS is_sample"
)

ORGANIZATIONS = f"""
-- Crunchbase's status, by the same rule as the company table: one outlet alone ends no company.
CREATE VIEW organizations AS
SELECT
    company.key AS uuid, company.name, company.name_zh, company.legal_name, company.kind, company.segment,
    company.country AS country_code, company.city, company.domain, company.founded_on, company.operating_status,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM fact WHERE fact.company_key = company.key AND fact.type = 'shutdown' AND {DONE} AND {SURE}
            AND NOT EXISTS (SELECT 1 FROM fact_field WHERE fact_field.fact_id = fact.id AND fact_field.name = 'product')
        ) THEN 'closed'
        WHEN EXISTS (
            SELECT 1 FROM fact WHERE fact.company_key = company.key AND fact.type = 'acquisition' AND {DONE} AND {SURE}
        ) THEN 'was_acquired'
        WHEN EXISTS (
            SELECT 1 FROM fact WHERE fact.company_key = company.key AND fact.type = 'ipo' AND {DONE} AND {SURE}
        ) THEN 'ipo'
        WHEN company.operating_status = 'closed' THEN 'closed'
        WHEN company.operating_status = 'active' THEN 'operating'
    END {BY_CODE_POINT} AS status,
    COALESCE(raised.rounds, 0) AS num_funding_rounds,
    COALESCE(raised.in_usd, 0) AS num_funding_rounds_in_usd,
    raised.usd AS total_funding_usd,
    company.parent_key AS parent_uuid, company.candidate AS is_candidate,
    (SELECT kind = 'sample' FROM database_mark) AS is_sample
FROM company
LEFT JOIN (
    SELECT fact.company_key, COUNT(*) AS rounds, COUNT(fact.amount_usd) AS in_usd, SUM(fact.amount_usd) AS usd
    FROM fact JOIN funding_round ON funding_round.fact_id = fact.id
    WHERE {DONE} AND funding_round.investment_type <> 'secondary_market'
    GROUP BY fact.company_key
) AS raised ON raised.company_key = company.key
"""

FUNDING_ROUNDS = f"""
CREATE VIEW funding_rounds AS
SELECT
    fact.id AS uuid, company.key AS org_uuid, company.name AS org_name, company.country AS country_code,
    funding_round.investment_type, funding_round.series_qualifier,
    fact.event_date AS announced_on, fact.event_date_precision AS announced_on_precision,
    fact.event_first_day AS announced_on_earliest, fact.event_last_day AS announced_on_latest,
    fact.amount AS money_raised, fact.amount_max AS money_raised_max, fact.amount_op AS money_raised_operator,
    fact.currency AS money_raised_currency, fact.amount_usd AS money_raised_usd,
    fact.amount_max_usd AS money_raised_max_usd, {MONEY_IN_USD},
    priced.amount AS post_money_valuation, priced.currency AS post_money_valuation_currency,
    priced.amount_usd AS post_money_valuation_usd,
    funding_round.investor_count, funding_round.lead_investors, {EVIDENCE}
FROM funding_round
JOIN fact ON fact.id = funding_round.fact_id
JOIN company ON company.key = fact.company_key
LEFT JOIN fact AS priced ON priced.id = (
    SELECT MIN(valued.id) FROM fact AS valued JOIN valuation ON valuation.fact_id = valued.id
    WHERE valued.company_key = fact.company_key AND valued.status IN ('confirmed', 'reported')
    AND valuation.valuation_kind = 'post_money' AND valued.event_date = fact.event_date
    AND fact.event_date_precision = 'day'
    HAVING COUNT(*) = 1
)
WHERE {DONE}
"""

INVESTMENTS = f"""
CREATE VIEW investments AS
SELECT
    fact.id AS funding_round_uuid, investment.investor_name, investment.is_lead_investor,
    company.key AS org_uuid, company.name AS org_name, funding_round.investment_type,
    fact.event_date AS announced_on, {EVIDENCE}
FROM investment
JOIN funding_round ON funding_round.fact_id = investment.fact_id
JOIN fact ON fact.id = investment.fact_id
JOIN company ON company.key = fact.company_key
WHERE {DONE}
"""

VALUATIONS = f"""
CREATE VIEW valuations AS
SELECT
    fact.id AS uuid, company.key AS org_uuid, company.name AS org_name, valuation.valuation_kind,
    fact.event_date AS valued_on, fact.event_date_precision AS valued_on_precision,
    fact.event_first_day AS valued_on_earliest, fact.event_last_day AS valued_on_latest,
    fact.amount AS valuation, fact.amount_max AS valuation_max, fact.amount_op AS valuation_operator,
    fact.currency AS valuation_currency, fact.amount_usd AS valuation_usd, fact.amount_max_usd AS valuation_max_usd,
    {MONEY_IN_USD}, {EVIDENCE}
FROM valuation
JOIN fact ON fact.id = valuation.fact_id
JOIN company ON company.key = fact.company_key
WHERE {DONE}
"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    views = (ORGANIZATIONS, FUNDING_ROUNDS, INVESTMENTS, VALUATIONS, _acquisitions(dialect), _events(dialect), RUMORS)
    for view in views:
        op.execute(view.replace(BY_CODE_POINT, 'COLLATE "C"' if dialect == "postgresql" else ""))


RUMORS = f"""
CREATE VIEW rumors AS
SELECT
    fact.id AS uuid, fact.type, company.key AS org_uuid, company.name AS org_name,
    fact.event_date AS happens_on, fact.event_date_precision AS happens_on_precision,
    fact.amount, fact.amount_max, fact.amount_op AS amount_operator, fact.currency, fact.amount_usd, {EVIDENCE}
FROM fact
JOIN company ON company.key = fact.company_key
WHERE fact.status IN ('rumored', 'denied')
"""


def _acquisitions(dialect: str) -> str:
    return f"""
CREATE VIEW acquisitions AS
SELECT
    fact.id AS uuid, company.key AS acquiree_uuid, company.name AS acquiree_name,
    {_field(dialect, "acquirer")} AS acquirer_name,
    fact.event_date AS acquired_on, fact.event_date_precision AS acquired_on_precision,
    fact.event_first_day AS acquired_on_earliest, fact.event_last_day AS acquired_on_latest,
    fact.amount AS price, fact.amount_max AS price_max, fact.amount_op AS price_operator,
    fact.currency AS price_currency, fact.amount_usd AS price_usd, fact.amount_max_usd AS price_max_usd,
    {MONEY_IN_USD}, {EVIDENCE}
FROM fact
JOIN company ON company.key = fact.company_key
WHERE fact.type = 'acquisition' AND {DONE}
"""


def _events(dialect: str) -> str:
    texts = ("product", "stage", "person", "role", "direction", "acquirer", "exchange", "plaintiff", "partner")
    columns = [f"{_field(dialect, name)} AS {name}" for name in texts]
    columns += [f"CAST({_field(dialect, name)} AS NUMERIC) AS {name}" for name in ("headcount", "percent")]
    return f"""
CREATE VIEW events AS
SELECT
    fact.id AS uuid, fact.type, company.key AS org_uuid, company.name AS org_name,
    fact.event_date AS happened_on, fact.event_date_precision AS happened_on_precision,
    fact.event_first_day AS happened_on_earliest, fact.event_last_day AS happened_on_latest,
    {", ".join(columns)},
    fact.amount, fact.amount_max, fact.amount_op AS amount_operator, fact.currency, fact.amount_usd, {EVIDENCE}
FROM fact
JOIN company ON company.key = fact.company_key
WHERE fact.type NOT IN ('funding_round', 'valuation', 'total_funding', 'metric') AND {DONE}
"""


def _field(dialect: str, name: str) -> str:
    """A fact's field as text: JSON is taken apart differently by each."""
    value = f"(value #>> '{{}}') {BY_CODE_POINT}" if dialect == "postgresql" else "json_extract(value, '$')"
    return f"(SELECT {value} FROM fact_field WHERE fact_field.fact_id = fact.id AND fact_field.name = '{name}')"
