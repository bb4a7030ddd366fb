"""Reads filings of the UK's Companies House: share allotments, and what ends a company or begins to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from db.knowledge.curated import load_knowledge
from db.values import Money, PartialDate
from pipeline.lexicon_files import lexicon
from pipeline.registers.record import NoRecord, Record, Statement

REGISTER = "Companies House"
_LONGEST = 300
_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_companies_house(body: bytes) -> Record:
    """The filing in {"company_name", "company_number", "filing"}, as the crawl keeps it. Raises NoRecord."""
    values = _object(body)
    name, number, filing = values.get("company_name"), values.get("company_number"), values.get("filing")
    if not isinstance(name, str) or not isinstance(number, str) or not isinstance(filing, dict):
        raise NoRecord("no filing of a company")
    rule = rule_for(str(filing.get("description") or ""))
    if rule is None:
        raise NoRecord(f"a filing we do not read: {str(filing.get('description'))[:60]!r}")
    filed = _day(filing.get("date"))
    acted = _acted_on(filing) or filed
    head = f"{_line(rule['says'])}: {_line(name)}"
    on = f", {acted.iso}" if acted else ""
    event = f"{head}{on}"
    capital = _capital(filing)
    amounts = [f"Statement of capital after the allotment: {each.currency} {each.amount}" for each in capital]
    lines = [event, *amounts]
    statements: Sequence[Statement]
    if rule["claim"] == "metric":
        statements = [
            Statement(line, "metric", "confirmed", "filing", acted, money, {"metric": "share_capital"})
            for line, money in zip(amounts, capital, strict=True)
        ]
    else:
        statements = [Statement(event, rule["claim"], rule["status"], "filing", acted)]
    return Record(
        title=head,
        paragraphs=[
            [
                f"Company: {_line(name)} (company number {_line(number)})",
                f"Filing {_line(str(filing.get('type') or ''))} of {filed.iso if filed else 'an unknown day'}",
            ],
            lines,
        ],
        register=REGISTER,
        published=filed.first_day() if filed else None,
        company=load_knowledge().company_of_legal_name(name),
        statements=statements,
    )


def rule_for(description: str) -> Mapping[str, Any] | None:
    """What a filing with this key of the register's enumeration tells; None for those that tell nothing of ours."""
    rules: list[Mapping[str, Any]] = lexicon("pipeline.registers", "companies_house")["filings"]
    return next((rule for rule in rules if description.startswith(rule["begins"])), None)


def _acted_on(filing: Mapping[str, Any]) -> PartialDate | None:
    values = filing.get("description_values")
    stated = values.get("date") if isinstance(values, dict) else None
    return _day(stated) or _day(filing.get("action_date"))


def _capital(filing: Mapping[str, Any]) -> list[Money]:
    """The nominal capital after an allotment, one sum a currency: not what the shares were sold for."""
    values = filing.get("description_values")
    stated = values.get("capital") if isinstance(values, dict) else None
    found: dict[str, Money] = {}
    for each in stated if isinstance(stated, list) else []:
        values = each if isinstance(each, dict) else {}
        figure, currency = str(values.get("figure", "")).replace(",", ""), str(values.get("currency", ""))
        if _FIGURE.fullmatch(figure) and _CURRENCY.fullmatch(currency):
            found.setdefault(currency, Money(Decimal(figure), currency))
    return list(found.values())


def _day(written: object) -> PartialDate | None:
    try:
        return PartialDate(written[:10]) if isinstance(written, str) and written else None
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:_LONGEST]


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoRecord(f"no JSON: {error}") from error
    if not isinstance(values, dict):
        raise NoRecord("JSON without fields")
    return values
