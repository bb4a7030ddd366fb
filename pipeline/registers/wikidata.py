"""Reads what Wikidata says of a company: identifiers as text, founding and dissolution as claims that prove nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from db.knowledge.curated import KnownCompany, load_knowledge
from db.model import ClaimType
from db.values import PartialDate
from pipeline.registers.record import NoRecord, Record, Statement

REGISTER = "Wikidata"
_LONGEST = 300
_MOST_VALUES = 20
_LENGTHS = {"9": 4, "10": 7, "11": 10}
"""How much of a date counts, by Wikidata's precision: year, month, day. Anything rougher is no date of a company."""
_TOLD: tuple[tuple[str, str, ClaimType], ...] = (
    ("inception", "Inception", "founding"),
    ("dissolved", "Dissolved, abolished or demolished", "shutdown"),
)


def read_wikidata(body: bytes) -> Record:
    """The rows about one item in {"item", "rows"}, as the crawl keeps them. Raises NoRecord."""
    try:
        values = json.loads(body)
        item, rows = values["item"], [row for row in values["rows"] if isinstance(row, dict)]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise NoRecord(f"no item of Wikidata: {error}") from error
    label = next(iter(_all(rows, "itemLabel")), item)
    websites = _all(rows, "website")
    company = company_of(websites)
    lines = [f"Official website: {website}" for website in websites]
    lines += [f"Also known as: {name}" for name in _all(rows, "alias")]
    statements = []
    for name, words, claim in _TOLD:
        dates = {date.iso: date for row in rows if (date := _date(row, name)) is not None}
        lines += (said := [f"{words}: {iso}" for iso in dates])
        if len(dates) == 1:  # two dates are a disagreement of others, not ours to settle
            statements.append(Statement(said[0], claim, "reported", "none", next(iter(dates.values()))))
    return Record(
        title=f"{label} ({item}) on Wikidata",
        paragraphs=[[f"Wikidata item: {item}", f"Label: {label}"], lines],
        register=REGISTER,
        published=None,
        company=company,
        statements=statements,
    )


def company_of(websites: Sequence[str]) -> KnownCompany | None:
    """The company whose official website this is: a name alone could be another's."""
    knowledge = load_knowledge()
    keys = {key for each in websites if (key := knowledge.company_of_domain(urlsplit(each).hostname or ""))}
    return next((each for each in knowledge.companies if keys == {each.key}), None)


def _all(rows: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    found = (_value(row, name) for row in rows)
    return list(dict.fromkeys(value for value in found if value))[:_MOST_VALUES]


def _value(row: Mapping[str, Any], name: str) -> str:
    """A cell's text; a blank node, which stands for an unknown value, is none."""
    cell = row.get(name)
    if not isinstance(cell, dict) or cell.get("type") == "bnode" or not isinstance(cell.get("value"), str):
        return ""
    return " ".join(cell["value"].replace("\0", "").split())[:_LONGEST]


def _date(row: Mapping[str, Any], name: str) -> PartialDate | None:
    """A date at its precision; without one it is no date: Wikidata writes a year as its first of January."""
    length = _LENGTHS.get(_value(row, f"{name}Precision"))
    try:
        return PartialDate(_value(row, name).lstrip("+")[:length]) if length else None
    except ValueError:
        return None
