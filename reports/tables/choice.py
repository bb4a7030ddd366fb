"""Which columns of a listing are shown, and in which order its rows stand: as a person asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from db.nouns.identity import fold
from db.values import PartialDate
from reports.tables.data import csv_value
from reports.tables.listing import Cell, Column, Listing, Shown, ShownColumn

Record = TypeVar("Record")
_PARTS = ("_max", "_currency", "_operator", "_precision")
"""What a sum or a date has in columns of its own: no amount is chosen without its currency."""


def column_names(listing: Listing[Any]) -> list[str]:
    """What a person may choose or sort by: columns for machines, and the headings people see."""
    return [column.name for column in listing.columns] + [_name(column) for column in listing.shown]


def with_columns(listing: Listing[Record], names: Sequence[str]) -> Listing[Record]:
    """The listing with these of its columns, in this order; every name is one of `column_names`.

    For people a heading is its cell, and a machine's column its bare value; for machines a heading is nothing.
    """
    columns = {column.name: column for column in listing.columns}
    headings = {_name(column): column for column in listing.shown}
    chosen = [columns[part] for name in names for part in _with_parts(name, columns)]
    shown = [headings[name] if name in headings else _plain(columns[name]) for name in names]
    return replace(listing, columns=chosen, shown=[replace(column, wide=False) for column in shown])


def sorted_by(listing: Listing[Record], name: str, *, turned: bool = False) -> Listing[Record]:
    """The rows by a column: text from A to Z, numbers and dates from the largest; `turned` the other way round.

    Unknown comes last either way. Sums are compared in US dollars where the listing has them.
    """
    columns = {column.name: column for column in listing.columns}
    column = columns.get(f"{name}_usd") or columns.get(name)
    if column is None:
        heading = next(each for each in listing.shown if _name(each) == name)
        column = _sortable(heading, columns)
    known = [(column.value(record), record) for record in listing.records]
    stated = [(_key(column, value), record) for value, record in known if value not in (None, "", [], ())]
    descending = (column.kind not in ("text", "texts", "link")) != turned
    stated.sort(key=lambda pair: pair[0], reverse=descending)
    unknown = [record for value, record in known if value in (None, "", [], ())]
    return replace(listing, records=[record for _, record in stated] + unknown)


def _name(column: ShownColumn[Any]) -> str:
    """A heading as one types it: "last round" is last_round."""
    return column.heading.replace(", ", "_").replace(" ", "_")


def _with_parts(name: str, columns: dict[str, Column[Record]]) -> list[str]:
    return [part for part in (name, *(name + end for end in _PARTS)) if part in columns]


def _plain(column: Column[Record]) -> ShownColumn[Record]:
    def shown(record: Record) -> Shown:
        value = column.value(record)
        return Shown(_text(value), url=str(value) if column.kind == "link" and value else None)

    return ShownColumn(column.name, shown, right=column.kind in ("amount", "count"))


def _sortable(heading: ShownColumn[Record], columns: dict[str, Column[Record]]) -> Column[Record]:
    """The machine's column behind a heading that says more than one thing; else its text."""
    if heading.sorted_by is not None:
        return columns[heading.sorted_by]

    def text(record: Record) -> Cell:
        value = heading.value(record)
        return value.text if isinstance(value, Shown) else value

    return Column(heading.heading, "text", text)


def _key(column: Column[Any], value: Cell) -> Any:
    if column.order and isinstance(value, str):
        return column.order.index(value)
    if column.kind == "partial_date" and isinstance(value, str):
        return PartialDate(value).first_day()
    if isinstance(value, int | Decimal | date | datetime):
        return value
    return fold(_text(value))


def _text(value: Cell) -> str:
    return value if isinstance(value, str) else csv_value(value)
