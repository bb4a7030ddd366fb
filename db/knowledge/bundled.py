"""Loads the bundled companies, investors, products and history into a database, once per version of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from db.connection.engine import writing
from db.knowledge.curated import FOLDER, Knowledge, KnownCompany, load_knowledge
from db.knowledge.history import BUNDLED_READER, store_history
from db.model import CuratedPage
from db.schema.tables import AliasRow, CompanyRow, DatabaseMark, InvestorRow, ProductRow

HISTORY_VERSION = "2"
"""Counted up when the same tables are to be read in another way."""


def load_bundled(engine: Engine, history: Callable[[], Sequence[CuratedPage]] | None = None) -> bool:
    """Bring what is bundled into the database, all or nothing; False where it holds this version already.

    Names alone, or with `history` (called only when needed) the curated rounds and events too, whose companies are then
    stale. A company that left the files stays: facts may name it; a row that left them is superseded.
    """
    digest = _digest(with_history=history is not None)
    with Session(engine) as session:
        if session.get_one(DatabaseMark, 1).knowledge_digest == digest:
            return False
    with writing(engine) as session:
        mark = session.get_one(DatabaseMark, 1)
        if mark.knowledge_digest == digest:
            return False
        _load_names(session)
        if history is not None:
            store_history(session, history(), BUNDLED_READER, datetime.now(UTC), whole=True)
        mark.knowledge_digest = digest
        session.add(mark)
    return True


def _digest(*, with_history: bool) -> str:
    """Of the bytes of the files: reading them takes a millisecond, understanding them a second."""
    total = hashlib.sha256(HISTORY_VERSION.encode() if with_history else b"")
    for path in sorted(FOLDER.iterdir()):
        if path.suffix == ".yml" or (with_history and path.suffix == ".csv"):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _load_names(session: Session) -> None:
    knowledge = load_knowledge()
    keys = [company.key for company in knowledge.companies]
    for names in (AliasRow, ProductRow):
        session.execute(delete(names).where(col(names.company_key).in_(keys)))
    held = {row.key: row for row in session.exec(select(CompanyRow).where(col(CompanyRow.key).in_(keys)))}
    for company in knowledge.companies:
        row = _company_row(company)
        if company.key in held:
            session.merge(row)
        else:
            session.add(row)
            held[company.key] = row
    session.flush()  # a parent may stand below its subsidiary in the file
    for company in knowledge.companies:
        held[company.key].parent_key = company.parent
        session.add_all(_names(company))
    _load_investors(session, knowledge)


def _load_investors(session: Session, knowledge: Knowledge) -> None:
    held = {row.key: row for row in session.exec(select(InvestorRow))}
    for investor in knowledge.investors:
        row = InvestorRow(
            key=investor.key,
            name=investor.name,
            name_zh=investor.name_zh,
            kind=investor.kind,
            country=investor.country,
        )
        if investor.key in held:
            session.merge(row)
        else:
            session.add(row)


def _company_row(company: KnownCompany) -> CompanyRow:
    return CompanyRow(
        key=company.key,
        name=company.name,
        name_zh=company.name_zh,
        legal_name=company.legal_name,
        kind=company.kind,
        segment=company.segment,
        country=company.country,
        city=company.city,
        founded_on=company.founded_on,
        founders=list(company.founders),
        domain=company.domain,
        operating_status=company.operating_status,
        candidate=False,
    )


def _names(company: KnownCompany) -> Iterator[AliasRow | ProductRow]:
    for name in dict.fromkeys((*company.strong_names, *company.weak)):
        yield AliasRow(company_key=company.key, alias=name, weak=name in company.weak)
    for product in {product.name: product for product in company.products}.values():
        yield ProductRow(company_key=company.key, name=product.name, name_zh=product.name_zh)
