"""Current claims read back; `db.claims.readings` writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy
from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, SQLModel, col, select

from db.claims.judgements import company_homes
from db.claims.stored_claim import select_claims, stored_claim
from db.connection.collecting import all_kept
from db.model import StoredClaim
from db.schema.tables import ArticleRow, ClaimRow, StaleCompanyRow, SupportRow

Kind = tuple[str, str]
"""A company's key and a type: what is told of one kind changes the facts of no other."""
_KEYS_PER_QUERY = 500
_ARTICLE, _CLAIM, _SUPPORT = (
    SQLModel.metadata.tables[str(table.__tablename__)].c for table in (ArticleRow, ClaimRow, SupportRow)
)


@all_kept()
def current_claims(
    session: Session,
    company_keys: Sequence[str] | None = None,
    *,
    types: Collection[str] | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> list[StoredClaim]:
    """The claims that hold, of all companies and types or some, in order of their keys.

    `as_of` keeps articles published by the end of that day; `known_at` asks for what was recorded, and not yet
    superseded, at that moment. Claims of a company that was judged to be part of another are that one's.
    """
    homes = company_homes(session, known_at)
    claims: list[StoredClaim] = []
    for keys in _batches(_with_parts(company_keys, homes)):
        query = select_claims()
        if keys is not None:
            query = query.where(_CLAIM.company_key.in_(keys))
        if types is not None:
            query = query.where(_CLAIM.type.in_(types))
        if known_at is None:
            query = query.where(_CLAIM.superseded_at.is_(None))
        else:
            query = query.where(
                _CLAIM.recorded_at <= known_at,
                or_(_CLAIM.superseded_at.is_(None), _CLAIM.superseded_at > known_at),
            )
        if as_of is not None:
            query = query.where(_ARTICLE.published <= as_of)
        claims.extend(_at_home(stored_claim(row), homes) for row in session.execute(query).all())
    return sorted(claims, key=lambda stored: stored.key)


def _with_parts(company_keys: Sequence[str] | None, homes: Mapping[str, str]) -> Sequence[str] | None:
    """These companies with those that are part of them, and without those that are part of others."""
    if company_keys is None or not homes:
        return company_keys
    wanted = {key for key in company_keys if key not in homes}
    return [*wanted, *(key for key, home in homes.items() if home in wanted)]


def _at_home(stored: StoredClaim, homes: Mapping[str, str]) -> StoredClaim:
    home = homes.get(stored.claim.company_key)
    return stored if home is None else replace(stored, claim=replace(stored.claim, company_key=home))


def types_and_days(session: Session, keys: Iterable[str]) -> tuple[set[str], set[date]]:
    """The types of these claims, of those held no more too, and the days their articles were published.

    A key belongs to one type for good.
    """
    types: set[str] = set()
    days: set[date] = set()
    for batch in _batches(sorted(set(keys))):
        told = select(ClaimRow.type, col(ArticleRow.published)).join(
            ArticleRow, col(ArticleRow.key) == ClaimRow.article_key
        )
        for type_, day in session.exec(told.where(col(ClaimRow.key).in_(batch or ())).distinct()):
            types.add(type_)
            if day is not None:
                days.add(day)
    return types, days


def kinds_told_later(
    session: Session, day: date, company_keys: Sequence[str] | None = None, types: Collection[str] | None = None
) -> set[Kind]:
    """The (company key, type) of which a current claim was not published by the end of that day, as far as is known.

    Facts of all others are today those of that day. A text that copies an earlier one joins stories of earlier days, so
    that what is told in a story with a later article counts as well, and so do claims that no fact holds yet.
    """
    homes, later = company_homes(session), or_(col(ArticleRow.published) > day, col(ArticleRow.published).is_(None))
    stories = session.exec(
        select(ArticleRow.story_key).where(col(ArticleRow.story_key).is_not(None), later).distinct()
    ).all()
    query = select(ClaimRow.company_key, ClaimRow.type).where(col(ClaimRow.superseded_at).is_(None)).distinct()
    if types is not None:
        query = query.where(col(ClaimRow.type).in_(types))
    told = [
        later,
        *(col(ArticleRow.story_key).in_(batch) for batch in _batches(sorted(filter(None, stories))) if batch),
    ]
    articles = [col(ClaimRow.article_key).in_(select(ArticleRow.key).where(condition)) for condition in told]
    waiting = col(ClaimRow.company_key).in_(select(StaleCompanyRow.company_key))
    found: set[Kind] = set()
    for keys in _batches(_with_parts(company_keys, homes)):
        of_keys = query if keys is None else query.where(col(ClaimRow.company_key).in_(keys))
        for condition in (*articles, waiting):
            found.update(session.exec(of_keys.where(condition)).all())
    return {(homes.get(company, company), type_) for company, type_ in found}


def kinds_talked_of(session: Session, kinds: Set[Kind], first: date, last: date) -> set[Kind]:
    """Those of these (company key, type) of which an article published within these days tells talk."""
    types = sorted({type_ for _, type_ in kinds})
    asked = col(ClaimRow.type).in_(types), col(ClaimRow.status) == "rumored", col(ArticleRow.published) >= first
    return _kinds_told_by(session, last, {company for company, _ in kinds}, asked) & kinds


def companies_told_of_rounds(session: Session, companies: Set[str], year: int, last: date) -> set[str]:
    """Those of these companies of which an article published by the end of a day tells a round of that year."""
    event = col(ClaimRow.event_date)
    asked = col(ClaimRow.type) == "funding_round", event >= f"{year:04}", event < f"{year + 1:04}"
    return {company for company, _ in _kinds_told_by(session, last, companies, asked)}


def _kinds_told_by(
    session: Session, last: date, companies: Set[str], asked: Sequence[ColumnElement[bool]]
) -> set[Kind]:
    """Of what current claims of these companies tell in articles published by the end of a day. No others are read."""
    homes, found = company_homes(session), set[Kind]()
    query = select(ClaimRow.company_key, ClaimRow.type).join(ArticleRow, col(ArticleRow.key) == ClaimRow.article_key)
    query = query.where(col(ClaimRow.superseded_at).is_(None), col(ArticleRow.published) <= last, *asked).distinct()
    for keys in _batches(_with_parts(sorted(companies), homes)):
        found.update(session.exec(query.where(col(ClaimRow.company_key).in_(keys or ()))).all())
    return {(homes.get(company, company), type_) for company, type_ in found}


def claim_keys_of(session: Session, company_key: str) -> list[str]:
    """The keys of the current claims that were read as being about this company, whatever was judged since."""
    query = select(ClaimRow.key).where(ClaimRow.company_key == company_key, col(ClaimRow.superseded_at).is_(None))
    return list(session.exec(query.order_by(ClaimRow.key)))


def example_claims(session: Session, company_keys: Sequence[str]) -> dict[str, StoredClaim]:
    """One current claim of each of these companies, as it was read: the one with the smallest key."""
    keys: dict[str, str] = {}
    for batch in _batches(sorted(set(company_keys))):
        query = select(ClaimRow.company_key, func.min(ClaimRow.key)).where(
            col(ClaimRow.company_key).in_(batch or ()), col(ClaimRow.superseded_at).is_(None)
        )
        keys.update(session.exec(query.group_by(ClaimRow.company_key)).all())
    claims = claims_by_key(session, list(keys.values()))
    return {company: claims[key] for company, key in keys.items() if key in claims}


def claims_by_key(session: Session, keys: Sequence[str]) -> dict[str, StoredClaim]:
    """The current claims with these keys."""
    found: dict[str, StoredClaim] = {}
    for batch in _batches(sorted(set(keys))):
        found.update(_by_key(session, _CLAIM.key.in_(batch or ())))
    return found


def claims_of_facts(session: Session, fact_ids: Sequence[str]) -> dict[str, StoredClaim]:
    """The current claims that these facts hold, by key. The keys stay in the database: facts are far fewer."""
    found: dict[str, StoredClaim] = {}
    for batch in _batches(fact_ids):
        held = sqlalchemy.select(_SUPPORT.claim_key).where(_SUPPORT.fact_id.in_(batch or ()), _SUPPORT.field == "")
        found.update(_by_key(session, _CLAIM.key.in_(held)))
    return found


def _by_key(session: Session, condition: ColumnElement[bool]) -> Iterator[tuple[str, StoredClaim]]:
    homes = company_homes(session)
    for row in session.execute(select_claims().where(condition, _CLAIM.superseded_at.is_(None))).all():
        claim = stored_claim(row)
        yield claim.key, _at_home(claim, homes) if homes else claim


def _batches(keys: Sequence[str] | None) -> Iterable[Sequence[str] | None]:
    if keys is None:
        return [None]
    return [keys[start : start + _KEYS_PER_QUERY] for start in range(0, len(keys), _KEYS_PER_QUERY)]
