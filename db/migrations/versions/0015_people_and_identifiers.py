"""The public views of people, as founders and as those who came and went, and of companies' identifiers."""

# ruff: noqa: S608  (these statements are composed of constants of this file)

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SAMPLE = "(SELECT kind = 'sample' FROM database_mark) AS is_sample"
REGISTERS = {
    "sec_cik": "https://www.sec.gov/Archives/edgar/data/",
    "companies_house": "https://find-and-update.company-information.service.gov.uk/company/",
}
"""Where a register's documents stand: the number the register knows the company by comes next."""


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for view in (_people(postgresql), _identifiers(postgresql)):
        op.execute(view)


def _people(postgresql: bool) -> str:
    founders, name = "json_each(company.founders) AS founder", "founder.value"
    if postgresql:
        founders, name = "json_array_elements_text(company.founders) AS founder(name)", 'founder.name COLLATE "C"'
    return f"""
CREATE VIEW people AS
SELECT
    company.key || ':' || {name} AS uuid, {name} AS name, company.key AS org_uuid, company.name AS org_name,
    {_word("founder", postgresql)} AS title, {_word("founder", postgresql)} AS relation, CAST(NULL AS VARCHAR) AS happened_on,
    CAST(NULL AS VARCHAR) AS happened_on_precision, CAST(NULL AS VARCHAR) AS status,
    CAST(NULL AS INTEGER) AS witnesses, {SAMPLE}
FROM company, {founders}
UNION ALL
SELECT
    fact.id, {_field(postgresql, "person")}, company.key, company.name, {_field(postgresql, "role")},
    {_field(postgresql, "direction")}, fact.event_date, fact.event_date_precision, fact.status, fact.witnesses,
    {SAMPLE}
FROM fact
JOIN company ON company.key = fact.company_key
WHERE fact.type = 'leadership_change' AND fact.status IN ('confirmed', 'reported')
    AND EXISTS (SELECT 1 FROM fact_field WHERE fact_field.fact_id = fact.id AND fact_field.name = 'person')
"""


def _identifiers(postgresql: bool) -> str:
    registers = "".join(_of_register(kind, address, postgresql) for kind, address in REGISTERS.items())
    return f"""
CREATE VIEW identifiers AS
SELECT
    company.key AS org_uuid, {_word("domain", postgresql)} AS kind, company.domain AS identifier, company.name AS org_name, {SAMPLE}
FROM company
WHERE company.domain IS NOT NULL{registers}
"""


def _of_register(kind: str, address: str, postgresql: bool) -> str:
    rest = f"SUBSTR(article.url, {len(address) + 1})"
    number = f"SPLIT_PART({rest}, '/', 1)" if postgresql else f"SUBSTR({rest}, 1, INSTR({rest} || '/', '/') - 1)"
    return f"""
UNION
SELECT company.key, {_word(kind, postgresql)}, {number}, company.name, {SAMPLE}
FROM article
JOIN claim ON claim.article_key = article.key AND claim.superseded_at IS NULL AND claim.said_by = 'filing'
JOIN company ON company.key = claim.company_key
WHERE article.url LIKE '{address}%'"""


def _word(word: str, postgresql: bool) -> str:
    """A text of ours, sorted by code point as every other."""
    return f"CAST('{word}' AS VARCHAR) COLLATE \"C\"" if postgresql else f"'{word}'"


def _field(postgresql: bool, name: str) -> str:
    """A fact's field as text: JSON is taken apart differently by each."""
    value = "(value #>> '{}') COLLATE \"C\"" if postgresql else "json_extract(value, '$')"
    return f"(SELECT {value} FROM fact_field WHERE fact_field.fact_id = fact.id AND fact_field.name = '{name}')"
