"""The data dictionary as Markdown, from the database itself and the meanings beside this file: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Float, Integer, LargeBinary, Numeric, String, Table
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine
from sqlmodel import SQLModel

import db.schema.finding_tables
import db.schema.issue_tables
import db.schema.notice_tables
import db.schema.outline_tables
import db.schema.run_tables
import db.schema.story_tables  # noqa: F401  (they register their tables)
from db.connection.engine import open_database
from db.publishing.public_views import View, public_views
from db.schema.meanings import Meanings

_TYPES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (String, "text"),
    (Boolean, "true or false"),
    (Integer, "integer"),
    (Float, "number"),
    (Numeric, "decimal"),
    (DateTime, "moment (UTC)"),
    (Date, "day"),
    (JSON, "JSON"),
    (LargeBinary, "bytes"),
)
_HEAD = """\
# Data dictionary
Made by `make docs` from the database's tables and views; don't edit it. The **views** are stable and made for SQL
clients and notebooks, on SQLite and PostgreSQL alike:

```python
import pandas as pd
from sqlalchemy import create_engine
rounds = pd.read_sql("select * from funding_rounds", create_engine("sqlite:///data/dailies.db"))
```

They hold what happened (confirmed or reported). What is only rumoured, or was denied, stands in `rumors` alone. Sums
are never compared across currencies: add up the columns in US dollars, and count the rows whose `usd_basis` says that
they have none. The **tables** below them are how Dailies keeps its work; they may change with any version.
"""


def markdown() -> str:
    """The whole dictionary. Raises MissingMeaning where meanings and columns don't fit each other."""
    meanings = Meanings(Path(__file__).with_suffix(".yml"))
    with open_database("sqlite://").connect() as connection:
        parts = [_HEAD, *view_sections(public_views(connection, meanings)), *_tables(meanings)]
    meanings.check_that_all_were_used()
    return "\n".join(parts)


def view_sections(views: Sequence[View]) -> Iterator[str]:
    """The views' part of it, which an export has beside its files."""
    yield "## Views\n"
    for view in views:
        rows = [(column.name, column.kind, column.meaning) for column in view.columns]
        yield _section(view.name, view.about, ("column", "holds", "meaning"), rows)


def _tables(meanings: Meanings) -> Iterator[str]:
    yield "## Tables\n"
    about = {str(each.__tablename__): str(each.__doc__) for each in _classes(SQLModel) if hasattr(each, "__table__")}
    for table in sorted(SQLModel.metadata.tables.values(), key=lambda table: table.name):
        rows = [
            (column.name, _type(column.type), _keys(table, column.name), meanings.of(table.name, column.name))
            for column in table.columns
        ]
        indexes = sorted((str(index.name), ", ".join(index.columns.keys())) for index in table.indexes)
        listed = f"\nIndexes: {'; '.join(f'`{name}` ({columns})' for name, columns in indexes)}.\n" if indexes else ""
        yield _section(table.name, about[table.name], ("column", "type", "key", "meaning"), rows) + listed


def _classes(base: type[SQLModel]) -> Iterator[type[SQLModel]]:
    for each in base.__subclasses__():
        yield each
        yield from _classes(each)


def _type(column: TypeEngine[Any]) -> str:
    plain = column.impl if isinstance(column, TypeDecorator) else column
    return next(name for each, name in _TYPES if isinstance(plain, each))


def _keys(table: Table, name: str) -> str:
    column = table.columns[name]
    leads = sorted(f"→ {key.target_fullname}" for key in column.foreign_keys)
    return ", ".join((["primary"] if column.primary_key else []) + leads)


def _section(name: str, about: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [f"### {name}", about.strip(), "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| `{row[0]}` | {' | '.join(row[1:])} |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
