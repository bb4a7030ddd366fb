"""The public views as one reads them: their columns with meaning and kind, their rows in an order of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, Text, column, inspect, select, table
from sqlalchemy.types import TypeEngine

from db.schema.columns import ExactNumber, UtcMoment
from db.schema.meanings import Meanings, MissingMeaning, ViewKind

_ROWS_AT_ONCE = 5_000
_TYPES: Mapping[ViewKind, type[TypeEngine[Any]]] = {
    "text": Text,
    "decimal": ExactNumber,
    "rate": ExactNumber,
    "integer": Integer,
    "true or false": Boolean,
    "day": Date,
    "moment (UTC)": UtcMoment,
    "JSON": Text,
}
"""SQLite's views have no types of their own."""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """One column of a view."""

    name: str
    kind: ViewKind
    meaning: str


@dataclass(frozen=True, slots=True)
class View:
    """A public view; its first columns name a row."""

    name: str
    about: str
    columns: tuple[ViewColumn, ...]


def public_views(connection: Connection, meanings: Meanings) -> list[View]:
    """Every view, in the dictionary's order. Raises MissingMeaning where the database and the dictionary disagree."""
    inspector = inspect(connection)
    if unnamed := set(inspector.get_view_names()) ^ set(meanings.views):
        raise MissingMeaning(
            f"db/schema/data_dictionary.yml and the database don't both know {', '.join(sorted(unnamed))}"
        )
    found = []
    for name, told in meanings.views.items():
        names = [str(each["name"]) for each in inspector.get_columns(name)]
        columns = tuple(ViewColumn(each, meanings.kind(each), meanings.of(name, each)) for each in names)
        found.append(View(name, str(told["about"]).strip(), columns))
    return found


def view_rows(connection: Connection, view: View) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows in batches, so that no view need fit into memory; by their first two columns, on both databases alike.

    Text, Decimal, int, bool, date and aware datetime, by kind; JSON as an object; unknown is None.
    """
    columns = [column(each.name, _TYPES[each.kind]()) for each in view.columns]
    query = select(*columns).select_from(table(view.name)).order_by(*columns[:2])
    objects = [place for place, each in enumerate(view.columns) if each.kind == "JSON"]
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)
    for batch in result.partitions():
        rows = [list(row) for row in batch]
        for row in rows:
            for place in objects:
                row[place] = json.loads(row[place]) if row[place] else None
        yield rows
