"""Companies with all their names, and who goes by a name: traditional as simplified, whatever the spacing and case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy
from sqlalchemy import Row, Select
from sqlmodel import Session, col, select

from db.knowledge.name_key import name_key
from db.model import Company
from db.schema.tables import AliasRow, CompanyRow, ProductRow

_KEYS_PER_QUERY = 500
_COMPANIES: Select[Any] = sqlalchemy.select(CompanyRow.__table__).order_by(CompanyRow.key)  # type: ignore[attr-defined]
"""Plain rows: the company table looks at all companies, and objects of tables cost several times as much."""


def load_companies(session: Session, keys: Sequence[str] | None = None) -> dict[str, Company]:
    """All companies, or those with these keys, by key and in order of their keys."""
    found: dict[str, Company] = {}
    for batch in _batches(keys):
        aliases, products = _names(session, AliasRow, batch), _names(session, ProductRow, batch)
        query = _COMPANIES
        if batch is not None:
            query = query.where(col(CompanyRow.key).in_(batch))
        found.update((row.key, _company(row, aliases[row.key], products[row.key])) for row in session.execute(query))
    return found


def companies_where(session: Session, country: str | None, segment: str | None) -> dict[str, Company]:
    """The companies of this country and segment (None: any), by key and in order of their keys."""
    query = select(CompanyRow.key)
    for column, wanted in ((CompanyRow.country, country), (CompanyRow.segment, segment)):
        if wanted is not None:
            query = query.where(column == wanted)
    return load_companies(session, session.exec(query).all())


def known_countries(session: Session) -> set[str]:
    """The ISO codes of all countries of which a company is."""
    return {country for country in session.exec(select(CompanyRow.country).distinct()) if country}


def _batches(keys: Sequence[str] | None) -> Iterator[Sequence[str] | None]:
    if keys is None:
        yield None
        return
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _KEYS_PER_QUERY):
        yield wanted[start : start + _KEYS_PER_QUERY]


def _names(
    session: Session, table: type[AliasRow] | type[ProductRow], keys: Sequence[str] | None
) -> defaultdict[str, list[str]]:
    name = col(AliasRow.alias) if table is AliasRow else col(ProductRow.name)
    query = select(col(table.company_key), name).order_by(col(table.company_key), name)
    if keys is not None:
        query = query.where(col(table.company_key).in_(keys))
    named: defaultdict[str, list[str]] = defaultdict(list)
    for key, each in session.exec(query):
        named[key].append(each)
    return named


def _company(row: Row[Any], aliases: Sequence[str], products: Sequence[str]) -> Company:
    return Company(
        key=row.key,
        name=row.name,
        name_zh=row.name_zh,
        legal_name=row.legal_name,
        kind=row.kind,
        segment=row.segment,
        country=row.country,
        city=row.city,
        founded_on=row.founded_on,
        founders=tuple(row.founders),
        domain=row.domain,
        operating_status=row.operating_status,
        parent_key=row.parent_key,
        products=tuple(products),
        aliases=tuple(aliases),
        candidate=row.candidate,
    )


def companies_named(session: Session, name: str) -> list[str]:
    """The keys of the companies that go by this name or key; a key written out is itself alone."""
    wanted = name_key(name)
    if not wanted:
        return []
    if session.get(CompanyRow, name) is not None:
        return [name]
    return sorted({key for each, key in all_names(session) if name_key(each) == wanted})


def product_owners(session: Session, name: str) -> list[str]:
    """The keys of the companies that have a product of this name."""
    wanted = name_key(name)
    rows = session.exec(select(ProductRow)) if wanted else ()
    return sorted({row.company_key for row in rows if wanted in (name_key(row.name), name_key(row.name_zh or ""))})


def all_names(session: Session) -> Iterator[tuple[str, str]]:
    """Every name of every company, with the company's key."""
    for key, *names in session.exec(select(CompanyRow.key, CompanyRow.name, CompanyRow.name_zh, CompanyRow.legal_name)):
        yield from ((name, key) for name in names if name)
    for key, alias in session.exec(select(AliasRow.company_key, AliasRow.alias)):
        yield alias, key
