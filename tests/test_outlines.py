"""The company table is read from outlines kept beside the facts: what it shows is what all the facts would give."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from dailies.commands.companies import CompanyFilters, companies
from dailies.facts.forming import form_stale_facts
from db.claims.readings import ReadArticle, store_readings
from db.claims.withdrawal import articles_of, withdraw
from db.connection.engine import open_database, writing
from db.facts.stale import adopt_rules
from db.model import Company, PageText, Reading
from db.nouns.facts import Fact
from db.schema.outline_tables import OutlineRow
from pipeline.facts.forming import form_facts
from reports.sheets.company_line import company_outline, line_of
from reports.sheets.company_table import company_table
from reports.sheets.kept_outline import outline_text, read_outline
from tests.claims import claim, stored
from tests.history_claims import history_facts
from tests.test_merging_properties import a_claim

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
PIKA = Company("runway", "Pika", founded_on=None, operating_status="active")


def table(outline):
    listing = company_table([line_of(PIKA, outline, date(2026, 1, 1))], sample=False)
    return (
        list(listing.rows()),
        [list(cells) for cells in listing.shown_rows(listing.shown)],
        listing.records[0].statuses,
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(a_claim(), max_size=12, unique_by=lambda each: each.key))
def test_a_line_of_a_kept_outline_is_that_of_the_facts(claims):
    outline = company_outline(form_facts(claims))

    assert table(read_outline(outline_text(outline))) == table(outline)


def test_the_lines_of_the_history_are_those_of_its_facts():
    by_company: dict[str, list[Fact]] = {}
    for fact in history_facts():
        by_company.setdefault(fact.company_key, []).append(fact)
    outlines = {key: company_outline(facts) for key, facts in by_company.items()}

    kept = {key: table(read_outline(outline_text(each))) for key, each in outlines.items()}

    assert kept == {key: table(each) for key, each in outlines.items()}


def test_a_ruling_is_no_second_suit_in_a_kept_outline_either():
    suit = a_suit("A court dismissed the suit."), a_suit("Getty sued the company.")
    for claims in (suit, suit[:1]):
        outline = company_outline(form_facts(claims))
        assert table(read_outline(outline_text(outline))) == table(outline)


def a_suit(sentence):
    return stored(claim("lawsuit", on="2023-06-29", sentence=sentence, fields={"plaintiff": "Getty Images"}))


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url, "sample")  # which takes no history
    tell(engine, "a1", claim(amount=141_000_000, on="2023-06-29", sentence="It raised $141M."), claim("layoffs"))
    form_stale_facts(engine)
    return engine


def tell(engine, key, *claims):
    text = "\n\n".join(each.sentence for each in claims)
    page = PageText("A title", text, "en", None, "Reel", None, (), NOON, "day")
    with writing(engine) as session:
        store_readings(
            session, [ReadArticle(key, f"https://{key}.example/", page, Reading("core", (), claims), "r")], NOON
        )


def printed(engine, tmp_path):
    file = tmp_path / "table.csv"
    companies(engine.url.render_as_string(hide_password=False), "csv", file, CompanyFilters())
    return file.read_text("utf-8")


def kept(engine):
    with Session(engine) as session:
        return set(session.exec(select(OutlineRow.company_key)))


def test_the_table_reads_no_facts_where_outlines_are_kept(engine, tmp_path, monkeypatch):
    printed(engine, tmp_path)  # forms what is bundled
    with_outlines = printed(engine, tmp_path)
    read = []
    monkeypatch.setattr("dailies.facts.facts_at.load_facts", lambda _, keys, *__, **___: read.extend(keys) or [])

    assert printed(engine, tmp_path) == with_outlines
    assert kept(engine).isdisjoint(read)


@pytest.mark.parametrize("part", ["news", "rules", "purge"])
def test_whatever_changes_takes_the_outline_away_until_facts_are_formed_again(engine, part, tmp_path):
    assert kept(engine) == {"runway"}

    if part == "news":
        tell(engine, "a2", claim(amount=308_000_000, on="2025-04-03", sentence="It raised $308M."))
    with writing(engine) as session:
        if part == "rules":
            adopt_rules(session, "others")
        if part == "purge":
            withdraw(session, tmp_path, articles_of(session, "a1")[0], "asked for", NOON)

    assert kept(engine) == set()
    form_stale_facts(engine)
    assert kept(engine) == {"runway"}


def test_an_outline_of_other_code_is_not_believed(engine, tmp_path):
    before = printed(engine, tmp_path)
    with writing(engine) as session:
        for row in session.exec(select(OutlineRow)):
            row.made_by, row.outline = "other code", "{}"

    assert printed(engine, tmp_path) == before
