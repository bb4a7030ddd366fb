"""Databases of 10k to 1M composed claims, and days of news about them, for measuring.

Companies grow with claims, 50 claims a company: median 20, largest 2,000. Every fourth claim tells of an event of its
own, the others of one that was told before. Seeded: the same arguments give the same claims.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any

from sqlalchemy import Engine
from sqlmodel import SQLModel

from dailies.facts.forming import rules_digest
from dailies.facts.outlines import made_by
from db.claims.readings import ReadArticle
from db.claims.rows import claim_columns
from db.connection.bulk import insert_rows
from db.connection.engine import writing
from db.facts.rows import fact_rows
from db.model import Claim, PageText, Reading, StoredClaim
from db.schema.outline_tables import OutlineRow
from db.schema.tables import ArticleRow, ClaimRow, CompanyRow, DatabaseMark, RevisionRow
from pipeline.facts.forming import form_facts
from reports.sheets.company_line import company_outline
from reports.sheets.kept_outline import outline_text
from tests.claims import claim, stored

CLAIMS_A_COMPANY, LARGEST, MEDIAN = 50, 2_000, 20
CLAIMS_AN_ARTICLE = 5
NOW = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = ("US", "CN", "GB", "IL", "FR", "JP", "KR", "DE")
SEGMENTS = ("video_generation", "avatar", "video_editing", "audio", "image")
TYPES = ("funding_round", "valuation", "metric", "product_launch", "product_launch", "layoffs", "partnership")


def sizes(claims: int) -> list[int]:
    """How many claims each company has, the largest first: `claims` in all.

    The others are a lognormal's quantiles around the median rather than draws, so that every size of database has the
    same distribution; what is too many or too few then is spread over the larger ones.
    """
    chance, companies = random.Random(claims), claims // CLAIMS_A_COMPANY
    spread = sqrt(2 * log((claims - LARGEST) / (companies - 1) / MEDIAN))  # which gives the mean
    bell = NormalDist(log(MEDIAN), spread)
    quantiles = [bell.inv_cdf((place + 0.5) / (companies - 1)) for place in range(companies - 1)]
    drawn = [min(max(round(exp(each)), 1), LARGEST) for each in quantiles]
    above = [place for place, size in enumerate(drawn) if 2 * MEDIAN < size < LARGEST - MEDIAN]
    while (excess := sum(drawn) + LARGEST - claims) != 0:
        for place in chance.sample(above, min(abs(excess), len(above))):
            drawn[place] -= 1 if excess > 0 else -1
    chance.shuffle(drawn)
    return [LARGEST, *drawn]


def company_key(number: int) -> str:
    """The key of a company, the largest being number 0."""
    return f"company-{number:05}"


def composed(chance: random.Random, key: str, number: int, events: int) -> Claim:
    """One more claim about one of a company's events: what kind, when and how much follow from the event."""
    event = random.Random(f"{key} {chance.randrange(max(events, 1))}")
    kind = event.choice(TYPES)
    day = date(2015, 1, 1) + timedelta(days=event.randrange(4000))
    amount = event.randrange(1, 900) * 1_000_000 if kind in ("funding_round", "valuation", "metric") else None
    fields = {
        "funding_round": {"investment_type": event.choice(("seed", "series_a", "series_b", "series_c"))},
        "metric": {"metric": "arr"},
        "product_launch": {"product": f"Model {event.randrange(50)}", "stage": "release"},
        "partnership": {"partner": f"Partner {event.randrange(50)}"},
    }.get(kind, {})
    return claim(
        kind,
        company=f"Company {key}",
        company_key=key,
        amount=amount,
        currency=event.choice(("USD", "USD", "CNY")),
        on=chance.choice((day.isoformat(), day.isoformat()[:7])),
        status=chance.choice(("confirmed", "reported", "reported", "rumored")),
        fields=fields,
        sentence=f"Sentence {number} of what is said about {key} and its {kind}.",
    )


def load(engine: Engine, claims: int) -> None:
    """Write so many claims and their facts into an empty database, a hundred companies a transaction."""
    chance, number = random.Random(claims), 0
    each = sizes(claims)
    for first in range(0, len(each), _COMPANIES_AT_ONCE):
        rows: defaultdict[type[SQLModel], list[dict[str, Any]]] = defaultdict(list)
        for place, size in enumerate(each[first : first + _COMPANIES_AT_ONCE], first):
            key, told = company_key(place), []
            for ordinal in range(size):
                said = composed(chance, key, number, size // 4)
                told.append(_told(said, f"a{place:05}-{ordinal // CLAIMS_AN_ARTICLE:04}"))
                number += 1
            for table, of_company in _rows_of_company(key, chance, told):
                rows[table].extend(of_company)
        with writing(engine) as session:
            for table, of_table in rows.items():
                if of_table:
                    insert_rows(session, table, of_table)
    with writing(engine) as session:
        session.get_one(DatabaseMark, 1).rules_digest = rules_digest()


_COMPANIES_AT_ONCE = 100


def _told(each: Claim, article: str) -> StoredClaim:
    """That claim in its article, whose outlet and day follow from its key."""
    chance = random.Random(article)
    published = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
    return stored(each, f"Outlet {chance.randrange(300)}", published.isoformat(), article=article)


def _rows_of_company(
    key: str, chance: random.Random, told: Sequence[StoredClaim]
) -> Iterator[tuple[type[SQLModel], Sequence[dict[str, Any]]]]:
    """All rows of a company, table by table, in an order in which they can be inserted."""
    company = {"key": key, "name": f"Company {key}", "country": chance.choice(COUNTRIES), "founders": []}
    yield CompanyRow, [{**company, "segment": chance.choice(SEGMENTS), "candidate": False}]
    article = {"title": "A title", "authors": [], "language": "en", "relevance": "core", "reasons": [], "tier": "press"}
    article |= {"access": "open", "revision": 1, "reader": "bench", "first_recorded_at": NOW}
    places = {each.article_key: {"publisher": each.publisher, "published": each.published} for each in told}
    urls = {each.article_key: each.article_url for each in told}
    yield ArticleRow, [{"key": each, "url": urls[each], **place, **article} for each, place in places.items()]
    revision = {"number": 1, "title": "A title", "text": "The text.", "recorded_at": NOW}
    yield RevisionRow, [{"article_key": each, **revision} for each in places]
    yield ClaimRow, [claim_row(each.claim, each.key, each.article_key) for each in told]
    facts = form_facts(told)
    for fact in facts:
        yield from fact_rows(fact).tables.items()
    yield OutlineRow, [{"company_key": key, "made_by": made_by(), "outline": outline_text(company_outline(facts))}]


def claim_row(told: Claim, key: str, article: str) -> dict[str, object]:
    """A claim's columns, of one of these articles."""
    held = {"key": key, "article_key": article, "revision": 1, "reader": "bench", "evidence_class": "sentence"}
    return {**held, "recorded_at": NOW, **claim_columns(told)}


def days_articles(companies: int, day: int, articles: int, in_the_news: int) -> Iterator[ReadArticle]:
    """A day's articles, each about one of so many companies that are drawn whatever their size."""
    chance = random.Random(f"day {day}")
    keys = [company_key(number) for number in chance.sample(range(companies), min(in_the_news, companies))]
    for number in range(articles):
        key = chance.choice(keys)
        first = day * 100_000 + number * CLAIMS_AN_ARTICLE
        yield article_of(
            [composed(chance, key, first + ordinal, 10) for ordinal in range(CLAIMS_AN_ARTICLE)], f"{first}"
        )


def article_of(claims: Sequence[Claim], name: str) -> ReadArticle:
    """An article that was just read and says these claims."""
    text = "\n\n".join(each.sentence for each in claims)
    page = PageText("A title", text, "en", None, f"Outlet {len(name)}", None, (), NOW, "day")
    return ReadArticle(f"day-{name}", f"https://x.example/{name}", page, Reading("core", (), tuple(claims)), "bench")
