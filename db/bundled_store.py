"""Loads the bundled companies, investors and products into a database, once per version of their files."""

from __future__ import annotations

import hashlib

from sqlalchemy import Engine, delete
from sqlmodel import Session, col

from db.engine import writing
from db.knowledge import FOLDER, KnownCompany, load_knowledge
from db.tables import AliasRow, CompanyRow, DatabaseMark, InvestorRow, ProductRow


def load_bundled(engine: Engine) -> bool:
    """Bring the bundled knowledge into the database, all or nothing; False where its files have not changed since.

    What was curated once and is no longer in the files stays: facts may name it.
    """
    digest = _files_digest()
    with writing(engine) as session:
        mark = session.get_one(DatabaseMark, 1)
        if mark.knowledge_digest == digest:
            return False
        knowledge = load_knowledge()
        for company in knowledge.companies:
            session.merge(_company_row(company))
        session.flush()  # a parent may stand below its subsidiary in the file
        for company in knowledge.companies:
            session.get_one(CompanyRow, company.key).parent_key = company.parent
            _replace_names(session, company)
        for investor in knowledge.investors:
            session.merge(
                InvestorRow(
                    key=investor.key,
                    name=investor.name,
                    name_zh=investor.name_zh,
                    kind=investor.kind,
                    country=investor.country,
                )
            )
        mark.knowledge_digest = digest
        session.add(mark)
    return True


def _files_digest() -> str:
    total = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


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


def _replace_names(session: Session, company: KnownCompany) -> None:
    session.execute(delete(AliasRow).where(col(AliasRow.company_key) == company.key))
    session.execute(delete(ProductRow).where(col(ProductRow.company_key) == company.key))
    names = dict.fromkeys((*company.strong_names, *company.weak))
    session.add_all(AliasRow(company_key=company.key, alias=name, weak=name in company.weak) for name in names)
    products = {product.name: product for product in company.products}
    session.add_all(
        ProductRow(company_key=company.key, name=product.name, name_zh=product.name_zh) for product in products.values()
    )
