"""The database: its migrations make exactly the tables the code knows, and it keeps what it is given."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, text
from sqlmodel import SQLModel

from db.columns import ExactNumber, UtcMoment
from db.engine import MIGRATIONS, SCHEMA_VERSION, database_kind, open_database
from db.errors import DatabaseTooNew, WrongKindOfDatabase


def test_migrations_make_the_tables_of_the_code(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/new.db")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_the_known_version_is_the_newest_migration():
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == SCHEMA_VERSION


def test_sample_and_real_never_meet(tmp_path):
    url = f"sqlite:///{tmp_path}/some.db"
    assert database_kind(open_database(url, "sample")) == "sample"
    with pytest.raises(WrongKindOfDatabase, match=r"holds sample data and cannot take real data; choose another"):
        open_database(url, "real")
    assert database_kind(open_database(url)) == "sample"


def test_a_database_of_a_newer_version_is_left_alone(tmp_path):
    url = f"sqlite:///{tmp_path}/newer.db"
    with open_database(url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="update Dailies"):
        open_database(url)


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


def test_an_amount_that_cannot_be_kept_exactly_is_refused():
    engine = create_engine("sqlite://")
    AMOUNTS.create(engine)
    with engine.begin() as connection, pytest.raises(Exception, match="more digits than the database keeps"):
        connection.execute(AMOUNTS.insert().values(amount=Decimal("1234567890123456.789")))


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        UtcMoment().process_bind_param(datetime(2026, 1, 1), create_engine("sqlite://").dialect)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert UtcMoment().process_result_value(datetime(2026, 1, 1), create_engine("sqlite://").dialect) == moment
