"""The site made again after a day's changes: only pages of what changed are made, and all have a full build's bytes."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from dailies.facts.forming import form_stale_facts
from dailies.site.publish import publish
from db.claims.judgements import add_judgement
from db.claims.withdrawal import withdraw
from db.connection.engine import open_database, writing
from db.facts.stale import adopt_rules, mark_stale
from db.schema.tables import ArticleRow, ClaimRow, JudgementRow
from tests.claims import claim
from tests.new_databases import new_sqlite
from tests.stored_news import store_article
from tests.test_publish import PIKA, TODAY, read_all

NOW = datetime(2026, 1, 3, tzinfo=UTC)
SPARK = {"lead_investors": ["Spark Capital"], "investors": ["Spark Capital"]}
LUMA = {"company": "Luma", "company_key": "luma"}
TALK = claim(amount=200_000_000, status="rumored", fields=SPARK, sentence="Spark may put $200M into Luma.", **LUMA)
PAID = claim(amount=80_000_000, on="2024-06-04", status="confirmed", said_by="company", fields=SPARK, **PIKA)
AGAIN = claim(amount=81_000_000, on="2024-06", sentence="Pika has $81M more.", **PIKA)


@pytest.fixture
def made(monkeypatch):
    """What pages are about, in the order in which they are made: fact ids, company keys, names of investors."""
    told = []

    def spy(name, about):
        inner = getattr(__import__("dailies.site.pages", fromlist=[name]), name)
        monkeypatch.setattr(
            f"dailies.site.pages.{name}",
            lambda one, *args, **named: told.append(about(one)) or inner(one, *args, **named),
        )

    spy("explain", lambda fact: fact.type)
    spy("profile", lambda company: company.key)
    spy("investor_sheet", lambda line: line.name)
    return told


class Site:
    """A database and the folder of its site, made again after every change and held against one made anew."""

    def __init__(self, folder):
        self.folder, self.engine = folder, open_database(new_sqlite(folder / "news.db"), "real")
        self.tell("a1", claim(amount=141_000_000, on="2023-06-29"), claim("layoffs", fields={"headcount": 9}))
        self.tell("a2", TALK)

    def tell(self, key, *claims, **named):
        store_article(self.engine, *claims, **{"key": key, "url": f"https://reel.example/{key}", **named})

    def judge(self, kind, subject, other, about):
        row = {"author": "me", "reason": "I know", "made_at": NOW}
        with writing(self.engine) as session:
            add_judgement(session, JudgementRow(kind=kind, about=about, subject=subject, other=other, **row))
            mark_stale(session, session.exec(select(ClaimRow.company_key, ClaimRow.key)).all(), "judgement")
        form_stale_facts(self.engine)

    def make(self):
        publish(self.engine, self.folder / "out", TODAY)

    def is_as_made_anew(self):
        shutil.rmtree(self.folder / "new", ignore_errors=True)
        publish(self.engine, self.folder / "new", TODAY)
        return read_all(self.folder / "out") == read_all(self.folder / "new")


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    site.make()
    return site


def test_only_pages_of_what_changed_are_made(site, made):
    site.make()
    assert made == []
    site.tell("a3", claim(amount=141_000_000, on="2023-06-29", sentence="It got $141M."), published="2023-07-02")
    site.make()
    assert sorted(made) == ["funding_round"] * 2 + ["layoffs"] * 2 + ["runway"] * 2
    assert site.is_as_made_anew()


def test_an_investor_that_gets_a_page_is_linked_wherever_it_was_named(site, made):
    site.tell("a3", PAID)
    site.make()
    assert {"luma", "pika", "Spark Capital"} <= set(made) and "runway" not in made
    assert site.is_as_made_anew()
    site.tell("a3", reader="test 2")  # the round is read no more: its page says so, and the investor's is gone
    site.make()
    assert not list((site.folder / "out/site/investors").iterdir())
    assert site.is_as_made_anew()


@pytest.mark.check
@pytest.mark.parametrize("rows_on_page", [200, 1])
def test_whatever_changes_the_pages_are_those_of_a_full_build(site, monkeypatch, rows_on_page):
    monkeypatch.setattr("dailies.site.table_pages.ROWS_ON_PAGE", rows_on_page)
    monkeypatch.setattr("dailies.site.table_store._ROWS_A_SECTION", rows_on_page)
    monkeypatch.setattr("dailies.site.state._program", lambda: f"{rows_on_page} rows a page")
    site.tell("a3", PAID, published="2024-06-05")
    site.tell("a4", AGAIN, published="2024-06-06", outlet="Lens")
    site.make()
    with Session(site.engine) as session:
        one, other = session.exec(select(ClaimRow.key).where(ClaimRow.company_key == "pika").order_by("id")).all()
    site.judge("different", one, other, "claim")
    site.make()
    assert site.is_as_made_anew()
    site.judge("same", "luma", "pika", "company")
    site.make()
    assert site.is_as_made_anew()
    with writing(site.engine) as session:
        withdraw(session, site.folder / "archive", session.get_one(ArticleRow, "a4"), "asked", NOW)
    form_stale_facts(site.engine)
    site.make()
    assert site.is_as_made_anew()
    site.tell("a3", PAID, published="2024-06-05", title="Another title", reader="test 2")
    site.make()
    assert site.is_as_made_anew()


def test_a_quote_that_no_fact_rests_on_is_gone_with_its_article(site):
    site.tell("a2", reader="test 2")
    site.make()
    told = next(path for path in (site.folder / "out/site/facts").iterdir() if "Spark may put" in path.read_text())
    with writing(site.engine) as session:
        withdraw(session, site.folder / "archive", session.get_one(ArticleRow, "a2"), "asked", NOW)
    form_stale_facts(site.engine)
    site.make()
    assert "Spark may put" not in told.read_text()
    assert site.is_as_made_anew()


@pytest.mark.check
def test_a_table_that_outgrows_its_page_and_shrinks_again(site, monkeypatch):
    monkeypatch.setattr("dailies.site.table_pages.ROWS_ON_PAGE", 2)
    for module in ("dailies.site.table_pages", "dailies.site.rows"):
        monkeypatch.setattr(f"{module}.COMPANIES_IN_TABLE", 2)
    site.tell("a3", PAID)
    site.make()
    names = set(read_all(site.folder / "out/site"))
    page = (site.folder / "out/site/companies.en.html").read_text()
    assert "companies.csv" not in names and "companies.csv" not in page and "dailies companies --format csv" in page
    sections = {"indexes/companies/first.en.js", "indexes/rounds/first.zh.js"}
    assert {*sections, "letters/l.en.html", "rows/companies/luma.en.js"} <= names
    assert "indexes/talk/first.en.js" not in names and site.is_as_made_anew()
    site.tell("a3", reader="test 2")
    site.make()
    assert site.is_as_made_anew()
    names = set(read_all(site.folder / "out/site"))
    assert "companies.csv" in names
    assert not [name for name in names if name.startswith(("indexes/", "rows/", "letters/"))]


@pytest.mark.check
def test_what_time_alone_changes_is_told_of_who_is_not_in_the_news(site, made):
    made.clear()
    told = "2026-01-02"  # two years after the talk of Luma
    site.tell("a3", claim("layoffs", fields={"headcount": 5}), published=told)
    site.make()
    assert "luma" in made
    assert "faded" in (site.folder / "out/site/talk.en.html").read_text()
    assert site.is_as_made_anew()


@pytest.mark.parametrize("what", ["rules", "program", "database"])
def test_all_pages_are_made_where_all_may_differ(site, made, monkeypatch, what):
    if what == "rules":
        with writing(site.engine) as session:
            adopt_rules(session, "others")
        form_stale_facts(site.engine)
    elif what == "program":
        monkeypatch.setattr("dailies.site.state._program", lambda: "another template")
    else:
        (site.folder / "other").mkdir()
        site.engine = Site(site.folder / "other").engine
    site.make()
    assert set(made) == {"funding_round", "layoffs", "luma", "runway"}


def test_a_page_that_somebody_deleted_is_made_again(site):
    page = next((site.folder / "out/site/facts").iterdir())
    page.unlink()
    site.make()
    assert page.is_file() and site.is_as_made_anew()


def test_a_build_that_was_cut_short_is_made_up_for(site, monkeypatch):
    site.tell("a3", PAID)
    with monkeypatch.context() as cut:
        cut.setattr("dailies.site.publish._write", _failing_at("facts/"))
        with pytest.raises(KeyboardInterrupt):
            site.make()
    site.make()
    assert site.is_as_made_anew()


def _failing_at(folder):
    from dailies.site.publish import _write

    def write(path, content):
        if folder in path.as_posix():
            raise KeyboardInterrupt
        return _write(path, content)

    return write
