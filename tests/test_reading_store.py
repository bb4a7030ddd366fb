"""Readings written together hold what they hold one by one: new articles, known ones, and one that comes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from db.claims.readings import ReadArticle, Stored, store_readings
from db.connection.engine import open_database, writing
from db.facts.stale import stale_companies
from db.model import PageText, Reading
from db.schema.story_tables import SketchRow
from db.schema.tables import ArticleRow, ClaimRow, CompanyRow, RevisionRow
from tests.claims import claim

MORNING, NOON = (datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in (6, 12))
ROUND = claim(amount=141_000_000, fields={"investment_type": "series_c"}, sentence="It raised $141M.")
STRANGER = claim("shutdown", company="Reel", company_key="c-reel", company_known=False, sentence="Reel shut down.")


def article(number, *claims, text="A text", **values):
    page = PageText("A title", text, "en", None, "Wire", None, ("Ann",), NOON, "day")
    read = ReadArticle(
        f"a{number:016}", f"https://wire.example/{number}", page, Reading("core", ("a",), claims), "rules"
    )
    return replace(read, **values)


KNOWN = article(1, ROUND)
READ = [
    article(2, ROUND, STRANGER, sketch=(1, 2, 3)),
    article(1, ROUND, STRANGER, text="A longer text"),
    article(3),
    article(2, STRANGER, text="Another text", sketch=(4, 5, 6)),
]


def rows(engine):
    with Session(engine) as session:
        tables = (ArticleRow, RevisionRow, ClaimRow, SketchRow, CompanyRow)
        found = [row.model_dump(exclude={"id"}) for table in tables for row in session.exec(select(table))]
        return sorted(map(repr, found)), stale_companies(session)


def test_readings_written_together_are_as_if_written_one_by_one(database_url, tmp_path):
    together, one_by_one = open_database(database_url), open_database(f"sqlite:///{tmp_path}/other.db")
    for engine in (together, one_by_one):
        with writing(engine) as session:
            session.add(CompanyRow(key="runway", name="Runway"))
            store_readings(session, [KNOWN], MORNING)

    with writing(together) as session:
        stored = store_readings(session, READ, NOON)
    with writing(one_by_one) as session:
        expected = [stored for each in READ for stored in store_readings(session, [each], NOON)]

    assert stored == expected
    assert stored == [Stored(True, False, 2), Stored(False, True, 1), Stored(True, False, 0), Stored(False, True, 0)]
    assert rows(together) == rows(one_by_one)


def test_nothing_is_written_of_readings_that_break_off(database_url):
    engine = open_database(database_url)
    broken = article(4, replace(ROUND, status="no status"))
    with pytest.raises(Exception, match="status"), writing(engine) as session:
        store_readings(session, [article(3), broken], NOON)
    assert rows(engine) == ([], [])
