"""The database, on SQLite and on PostgreSQL: migrations make the code's tables, and it keeps what it is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, text
from sqlmodel import Session, SQLModel, select

from db.claims.judgements import add_judgement, judgements
from db.connection.engine import MIGRATIONS, SCHEMA_VERSION, database_kind, open_database, writing
from db.connection.errors import DatabaseTooNew, WrongKindOfDatabase
from db.schema.columns import ExactNumber, UtcMoment
from db.schema.tables import CompanyRow, JudgementRow


def test_migrations_make_the_tables_of_the_code(no_database_url):
    engine = open_database(no_database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_the_known_version_is_the_newest_migration():
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == SCHEMA_VERSION


def test_sample_and_real_never_meet(no_database_url):
    assert database_kind(open_database(no_database_url, "sample")) == "sample"
    with pytest.raises(WrongKindOfDatabase, match=r"holds sample data and cannot take real data; choose another"):
        open_database(no_database_url, "real")
    assert database_kind(open_database(no_database_url)) == "sample"


def test_a_database_of_a_newer_version_is_left_alone(no_database_url):
    with open_database(no_database_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="update Dailies"):
        open_database(no_database_url)


AMOUNTS = Table("amounts", MetaData(), Column("amount", ExactNumber()), Column("moment", UtcMoment()))
EXACT = st.one_of(
    st.integers(-(2**62), 2**62).map(Decimal),
    st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False),
)


@given(EXACT)
def test_amounts_come_back_exactly(amount):
    engine = create_engine("sqlite://")
    AMOUNTS.create(engine)
    with engine.begin() as connection:
        connection.execute(AMOUNTS.insert().values(amount=amount))
        assert connection.execute(AMOUNTS.select()).scalar_one() == amount


def test_amounts_are_written_alike_by_both_databases(no_database_url):
    amounts = [Decimal(written) for written in ("0", "141000000", "4611686018427387904", "0.000001", "12.50", "1E+9")]
    with open_database(no_database_url).begin() as connection:
        AMOUNTS.create(connection)
        connection.execute(AMOUNTS.insert(), [{"amount": amount} for amount in amounts])
        found = [str(amount) for (amount,) in connection.execute(text_of_amounts())]
    assert found == ["0", "0.000001", "12.5", "141000000", "1000000000", "4611686018427387904"]


def text_of_amounts():
    return AMOUNTS.select().with_only_columns(AMOUNTS.c.amount).order_by(AMOUNTS.c.amount)


def test_an_amount_that_cannot_be_kept_exactly_is_refused(no_database_url):
    with open_database(no_database_url).begin() as connection:
        AMOUNTS.create(connection)
        with pytest.raises(Exception, match="more digits than the database keeps"):
            connection.execute(AMOUNTS.insert().values(amount=Decimal("1234567890123456.789")))


def test_a_moment_comes_back_in_utc(no_database_url):
    in_china = datetime(2026, 1, 1, 8, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with open_database(no_database_url).begin() as connection:
        AMOUNTS.create(connection)
        connection.execute(AMOUNTS.insert().values(moment=in_china))
        found = connection.execute(AMOUNTS.select()).one().moment
    assert found.isoformat() == "2026-01-01T00:30:00.123456+00:00"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        UtcMoment().process_bind_param(datetime(2026, 1, 1), create_engine("sqlite://").dialect)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert UtcMoment().process_result_value(datetime(2026, 1, 1), create_engine("sqlite://").dialect) == moment


def test_text_is_sorted_by_code_point(no_database_url):
    names = ["a b", "ab", "A", "Z", "_", "~x", "É", "é", "中", "阿", "\N{GRINNING FACE}", "e\u0301"]
    engine = open_database(no_database_url)
    with writing(engine) as session:
        session.add_all(CompanyRow(key=name, name=name) for name in names)
    with Session(engine) as session:
        assert list(session.exec(select(CompanyRow.key).order_by(CompanyRow.name))) == sorted(names)


def test_every_text_column_of_postgresql_is_sorted_by_code_point(postgresql_url):
    unsorted = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C' "
        "AND table_name <> 'alembic_version'"
    )
    with open_database(postgresql_url).connect() as connection:
        assert connection.execute(unsorted).all() == []


def test_judgements_and_articles_survive_the_upgrade_to_stories(no_database_url):
    """SQLite makes the table of judgements anew: its rows, numbers and index come along."""
    location = create_engine(no_database_url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with location.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        connection.execute(text("INSERT INTO database_mark (id, kind, created_at) VALUES (1, 'sample', '2026-01-01')"))
        for number in (4, 7):
            connection.execute(
                text(
                    "INSERT INTO judgement (id, kind, about, subject, other, author, reason, made_at) "
                    "VALUES (:id, 'same', 'claim', 'c1', 'c2', 'Ada', 'Because.', '2026-01-01')"
                ),
                {"id": number},
            )
    location.dispose()

    engine = open_database(no_database_url)

    with Session(engine) as session:
        assert [(each.id, each.subject, each.other, each.author) for each in judgements(session)] == [
            (4, "c1", "c2", "Ada"),
            (7, "c1", "c2", "Ada"),
        ]
    with writing(engine) as session:
        made = datetime(2026, 1, 2, tzinfo=UTC)
        row = JudgementRow(
            kind="different", about="article", subject="a1", other="a2", author="A", reason="B", made_at=made
        )
        assert add_judgement(session, row) not in (4, 7)
