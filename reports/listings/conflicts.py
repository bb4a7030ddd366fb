"""Every open conflict as a listing: fact, field, the chosen and the losing value, who says each, and the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.model import Claim, Company, StoredClaim
from db.nouns.facts import Fact, Finding
from reports.facts.entries import display_name, what_is_told
from reports.facts.evidence import open_conflicts, quote_of
from reports.tables.listing import NOT_LOOKED, Column, Listing, Shown, ShownColumn
from reports.wording.findings import CONTRADICTIONS, finding_text
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, word_or_text


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A value that lost against another, or (without claims) facts that contradict each other.

    `field` is its name for `dailies judge prefer`; "" where whole facts contradict each other.
    """

    company_key: str
    company: str
    fact_id: str
    fact_type: str
    what: str
    field: str
    chosen: str
    losing: str
    rule: str
    supporter: StoredClaim | None = None
    opponent: StoredClaim | None = None
    opponents: int = 0


def conflict_lines(
    facts: Sequence[Fact],
    findings: Sequence[Finding],
    companies: Mapping[str, Company],
    language: ReportLanguage = "en",
) -> list[ConflictLine]:
    """The open conflicts of these facts and findings, by company, fact and field; what a person decided is settled."""
    lines = [line for fact in facts for line in _of_fact(fact, companies, language)]
    told = {fact.id: fact for fact in facts}
    against = [each for each in findings if each.kind in CONTRADICTIONS]
    lines += [_of_finding(each, told.get(each.fact_id), companies, language) for each in against]
    return sorted(lines, key=lambda line: (line.company_key, line.fact_type, line.fact_id, line.field, line.losing))


def _of_fact(fact: Fact, companies: Mapping[str, Company], language: ReportLanguage) -> list[ConflictLine]:
    claims = {stored.key: stored for stored in fact.claims}
    return [
        ConflictLine(
            company_key=fact.company_key,
            company=_name(fact.company_key, companies, language),
            fact_id=fact.id,
            fact_type=fact.type,
            what=what_is_told(fact, language),
            field=each.name,
            chosen=each.chosen,
            losing=each.losing,
            rule=each.rule,
            supporter=_supporter(fact, each.name, claims),
            opponent=_first(each.claim_keys, claims),
            opponents=len({claims[key].article_key for key in each.claim_keys if key in claims}),
        )
        for each in open_conflicts(fact, language)
    ]


def _of_finding(
    finding: Finding, fact: Fact | None, companies: Mapping[str, Company], language: ReportLanguage
) -> ConflictLine:
    return ConflictLine(
        company_key=finding.company_key,
        company=_name(finding.company_key, companies, language),
        fact_id=finding.fact_id,
        fact_type=fact.type if fact else "",
        what=finding_text(finding, language),
        field="",
        chosen="",
        losing="",
        rule=label(language, "finding", "title"),
    )


def _supporter(fact: Fact, name: str, claims: Mapping[str, StoredClaim]) -> StoredClaim | None:
    """The first claim that says exactly the chosen value, else the first that agrees with it."""
    keys = [key for key in fact.fields[name].claim_keys if key in claims]
    exact = [key for key in keys if _says(claims[key].claim, fact, name)]
    return _first(exact or keys, claims)


def _says(claim: Claim, fact: Fact, name: str) -> bool:
    if name == "amount":
        return claim.money == fact.money
    if name == "event_date":
        return claim.event_date == fact.event_date
    return claim.fields.get(name) == fact.value(name)


def _first(keys: Sequence[str], claims: Mapping[str, StoredClaim]) -> StoredClaim | None:
    return next((claims[key] for key in keys if key in claims), None)


def _name(key: str, companies: Mapping[str, Company], language: ReportLanguage) -> str:
    return display_name(companies[key], language) if key in companies else key


def conflict_listing(
    lines: Sequence[ConflictLine], *, sample: bool, language: ReportLanguage = "en"
) -> Listing[ConflictLine]:
    """The lines as a listing, in the language in which they were made."""
    return Listing("conflicts", _COLUMNS, _shown(language), lines, sample, language=language)


def _sentence(stored: StoredClaim | None) -> str | None:
    return stored.claim.sentence if stored is not None else None


def _url(stored: StoredClaim | None) -> str | None:
    return stored.article_url if stored is not None else None


def _outlet(stored: StoredClaim | None) -> str:
    return (quote_of(stored, "en").outlet or NOT_LOOKED) if stored is not None else ""


_COLUMNS: tuple[Column[ConflictLine], ...] = (
    Column("company", "text", lambda line: line.company_key),
    Column("company_name", "text", lambda line: line.company),
    Column("fact_id", "text", lambda line: line.fact_id),
    Column("type", "text", lambda line: line.fact_type),
    Column("what", "text", lambda line: line.what),
    Column("field", "text", lambda line: line.field or None),
    Column("chosen", "text", lambda line: line.chosen or None),
    Column("losing", "text", lambda line: line.losing or None),
    Column("rule", "text", lambda line: line.rule),
    Column("chosen_claim", "text", lambda line: line.supporter.key if line.supporter else None),
    Column("chosen_sentence", "text", lambda line: _sentence(line.supporter)),
    Column("chosen_url", "link", lambda line: _url(line.supporter)),
    Column("losing_claim", "text", lambda line: line.opponent.key if line.opponent else None),
    Column("losing_sentence", "text", lambda line: _sentence(line.opponent)),
    Column("losing_url", "link", lambda line: _url(line.opponent)),
    Column("losing_articles", "count", lambda line: line.opponents),
)


def _shown(language: ReportLanguage) -> list[ShownColumn[ConflictLine]]:
    return [
        ShownColumn("company", lambda line: line.company),
        ShownColumn("fact", lambda line: line.what),
        ShownColumn("field", lambda line: word_or_text(language, "fields", line.field) if line.field else ""),
        ShownColumn("chosen", lambda line: Shown(line.chosen, url=_url(line.supporter))),
        ShownColumn("not chosen", lambda line: Shown(line.losing, url=_url(line.opponent))),
        ShownColumn("says", lambda line: _outlet(line.opponent)),
        ShownColumn("why", lambda line: line.rule, wide=True),
        ShownColumn("id", lambda line: line.fact_id, wide=True),
    ]
