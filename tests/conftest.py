"""Fixtures shared by the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.postgresql import NEEDED, postgresql_server

POSTGRESQL_VARIABLE = "DAILIES_TEST_POSTGRESQL_URL"


def missing(component: str, remedy: str) -> None:
    """Skip a test for want of a component; under CI=true its absence is a failure instead."""
    message = f"{component} is missing: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the evaluation sets and the research, beside the checkout."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        missing("../shared", "place the evaluation folder beside the checkout")
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server: the one of DAILIES_TEST_POSTGRESQL_URL, else one started for these tests."""
    given = os.environ.get(POSTGRESQL_VARIABLE)
    if given:
        yield given
        return
    if any(shutil.which(program) is None for program in NEEDED):
        missing("PostgreSQL", f"put {' and '.join(NEEDED)} on the PATH, or name a server in {POSTGRESQL_VARIABLE}")
    with postgresql_server() as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """The URL of a new and empty database on that server."""
    server = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    name = f"dailies_test_{uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgresql).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new and empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/dailies.db"
    url: str = request.getfixturevalue("postgresql_url")
    return url
