"""Fixtures shared by the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import make_url

from tests.postgresql import NEEDED, new_database, postgresql_server

if TYPE_CHECKING:
    from tests.crawling import Crawling
    from tests.small_web import SmallWeb

POSTGRESQL_VARIABLE = "DAILIES_TEST_POSTGRESQL_URL"

settings.register_profile("dailies", deadline=None)  # a busy machine is no bug
settings.load_profile("dailies")
EXAMPLES_VARIABLE = "DAILIES_EXAMPLES"
"""How many times as many examples every property test tries: 10 before a rule of merging goes in."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Multiply the examples of the property tests, whose own numbers no profile can raise; no clock stops these."""
    times, raised = int(os.environ.get(EXAMPLES_VARIABLE, "1")), set()
    for item in items if times > 1 else ():
        test = getattr(item, "function", None)
        own = getattr(test, "_hypothesis_internal_use_settings", None)  # where Hypothesis's own plugin reads them
        if own is None:
            continue
        item.add_marker(pytest.mark.timeout(0))
        if test not in raised:  # one function is several items
            raised.add(test)
            test._hypothesis_internal_use_settings = settings(own, max_examples=own.max_examples * times)


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
    with new_database(postgresql) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def no_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that is still to be made, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/dailies.db"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> Iterator[str]:
    """The name of a database on that server, at today's version, of which others can be made."""
    from tests.new_databases import make_empty

    with new_database(postgresql) as url:
        make_empty(url)
        yield str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database at today's version with nothing in it, of each kind in turn."""
    from tests.new_databases import new_sqlite

    if request.param == "sqlite":
        yield new_sqlite(tmp_path / "dailies.db")
        return
    server, template = (request.getfixturevalue(name) for name in ("postgresql", "postgresql_template"))
    with new_database(server, template) as url:
        yield url


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    """A small web on loopback that answers as the test says."""
    from tests.small_web import small_web

    with small_web() as served:
        yield served


@pytest.fixture
def crawling(tmp_path: Path, web: SmallWeb) -> Crawling:
    """A fresh database and archive, to be crawled from the small web."""
    from tests.crawling import Crawling

    return Crawling(tmp_path, web)
