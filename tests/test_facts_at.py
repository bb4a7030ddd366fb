"""The facts of an earlier day: those stored that nothing later touched, the others formed; together as if all were formed."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from dailies.facts.facts_at import Clock, facts_at
from dailies.facts.forming import form_stale_facts
from db.claims.judgements import add_judgement, claim_judgements
from db.claims.readings import ReadArticle, store_readings
from db.claims.store import current_claims
from db.claims.stories import Seen, stories_around
from db.connection.engine import open_database, writing
from db.facts.stale import mark_stale
from db.model import PageText, Reading
from db.schema.tables import JudgementRow
from pipeline import near_copies
from pipeline.facts.forming import form_facts
from pipeline.near_copies import sketch
from tests.claims import claim
from tests.test_near_copies import edited, english

TEXTS = [english(1), edited(english(1), 0.02), english(1)[:1600], english(2)]
PIKA = {"company": "Pika", "company_key": "pika"}
CLAIMS = [
    claim(amount=141_000_000, on="2023-06-29", sentence="It raised $141M."),
    claim(amount=140_000_000, on="2023-06", sentence="It raised some $140M."),
    claim(amount=50_000_000, on="2022-12-05", sentence="It had raised $50M."),
    claim("valuation", amount=1_500_000_000, on="2023-06-29", sentence="It is worth $1.5B."),
    claim("layoffs", sentence="It lets people go."),
    claim(amount=80_000_000, on="2023-06-30", sentence="Pika raised $80M.", **PIKA),
    claim("layoffs", sentence="Pika lets people go.", **PIKA),
]
DAYS = ["2023-06-29", "2023-06-30", "2023-07-10", "2024-01-02", None]
ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(["Reel", "Lens", "Wire", "Own", "Gazette"]),
        st.sampled_from(DAYS),
        st.sampled_from(TEXTS),
        st.lists(st.sampled_from(CLAIMS), max_size=3, unique_by=lambda each: each.sentence),
    ),
    max_size=6,
)


def store(engine, outlet, published, text, claims):
    day = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    url = f"https://{outlet.lower()}.example/1"
    page = PageText("A title", text, "en", url, outlet, None, (), day, "day" if day else None)
    read = ReadArticle(f"a{outlet}", url, page, Reading("core", (), tuple(claims)), "test", sketch=sketch(text))
    with writing(engine) as session:
        store_readings(session, [read], datetime(2026, 1, 1, tzinfo=UTC))


def judge(engine, kind, subject, other, about):
    row = {"author": "me", "reason": "I know", "made_at": datetime(2026, 1, 2, tzinfo=UTC)}
    with writing(engine) as session:
        before = {told.claim.company_key for told in current_claims(session)}
        add_judgement(session, JudgementRow(kind=kind, about=about, subject=subject, other=other, **row))
        touched = [(told.claim.company_key, told.key) for told in current_claims(session)]
        companies = sorted(before | {company for company, _ in touched})
        mark_stale(session, [*touched, *((company, "") for company in companies)], "judgement")
    form_stale_facts(engine)


def all_formed(session, day):
    claims = current_claims(session, as_of=day)
    groups = stories_around(session, {told.article_key for told in claims}, near_copies, Seen(day))
    story = {key: group[0] for group in groups if len(group) > 1 for key in group}
    told = [replace_story(each, story.get(each.article_key)) for each in claims]
    return form_facts(told, claim_judgements(session))


def replace_story(stored, story):
    return type(stored)(**{name: getattr(stored, name) for name in stored.__slots__} | {"story": story})


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A database to copy: creating one takes longer than all that is done with it."""
    file = tmp_path_factory.mktemp("empty") / "news.db"
    engine = open_database(f"sqlite:///{file}")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.mark.check
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES, st.sampled_from(DAYS[:4]), st.data())
def test_the_facts_of_any_day_are_those_of_its_claims(empty, articles, day, data):
    file = empty.with_name("copy.db")
    for old in empty.parent.glob("copy.db*"):
        old.unlink()
    shutil.copy(empty, file)
    engine = open_database(f"sqlite:///{file}")
    for article in articles:
        store(engine, *article)
    form_stale_facts(engine)
    with Session(engine) as session:
        alike: dict[tuple[str, str], list[str]] = {}
        for told in current_claims(session):
            alike.setdefault((told.claim.company_key, told.claim.type), []).append(told.key)
        companies = {told.claim.company_key for told in current_claims(session)}
    pairs = [keys for _, keys in sorted(alike.items()) if len(keys) > 1]
    if pairs and data.draw(st.booleans()):  # a person judges claims of one company and type: `judge` refuses others
        keys = data.draw(st.sampled_from(pairs))
        one, other = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
        judge(engine, data.draw(st.sampled_from(["same", "different"])), one, other, "claim")
    if companies == {"runway", "pika"} and data.draw(st.booleans()):
        judge(engine, "same", "pika", "runway", "company")

    with Session(engine) as session:
        moment = date.fromisoformat(day)
        assert facts_at(session, Clock(as_of=moment)) == all_formed(session, moment)
        runway = [fact for fact in all_formed(session, moment) if fact.company_key == "runway"]
        assert facts_at(session, Clock(as_of=moment), ["runway"]) == runway
        begun = date(2023, 6, 1), date(2023, 6, 29)
        assert facts_at(session, Clock(as_of=moment), ["runway"], begun=begun) == [
            fact for fact in runway if not fact.event_date or begun[0] <= fact.event_date.first_day() <= begun[1]
        ]
    engine.dispose()


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url)
    store(engine, "Reel", "2023-06-29", TEXTS[0], [CLAIMS[0], CLAIMS[3]])
    store(engine, "Lens", "2023-07-10", TEXTS[3], [CLAIMS[3], CLAIMS[5]])
    form_stale_facts(engine)
    return engine


def test_facts_that_nothing_later_touched_are_not_formed_again(engine, monkeypatch):
    formed = []
    monkeypatch.setattr("dailies.facts.facts_at.form_facts", lambda claims, _: formed.extend(claims) or [])

    with Session(engine) as session:
        facts_at(session, Clock(as_of=date(2023, 7, 1)))

    assert [told.claim.type for told in formed] == ["valuation"]
