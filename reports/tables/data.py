"""A listing for machines: JSON, JSON Lines and CSV. The same columns in each; unknown is null, or an empty cell."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from reports.escaping import spreadsheet_text
from reports.tables.listing import SAMPLE_NOTE, Cell, Listing


def json_text(listing: Listing[Any]) -> str:
    """One JSON object: name, `sample` (the note, or null for news), and the rows."""
    value = {
        "listing": listing.name,
        "sample": SAMPLE_NOTE if listing.sample else None,
        **({"notes": list(listing.notes)} if listing.notes else {}),
        "rows": [json_row(row) for row in listing.rows()],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def json_lines(listing: Listing[Any]) -> Iterator[str]:
    """One JSON object a line."""
    for row in listing.rows():
        yield json.dumps(json_row(row), ensure_ascii=False) + "\n"


def json_row(row: dict[str, Cell]) -> dict[str, Any]:
    """The row with values JSON knows."""
    return {name: json_value(value) for name, value in row.items()}


def json_value(value: Any) -> Any:
    """A cell for JSON: whole amounts as integers, others as decimal text (a float could not hold them); ISO dates."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def csv_lines(listing: Listing[Any]) -> Iterator[str]:
    """A header and a line a record, RFC 4180 with line feeds; text a spreadsheet would calculate is disarmed."""
    columns = listing.columns_of_data
    yield _csv_line([column.name for column in columns])
    for row in listing.rows():
        yield _csv_line([csv_value(row[column.name]) for column in columns])


def _csv_line(values: list[str]) -> str:
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(values)
    return buffer.getvalue()


def csv_value(value: Cell) -> str:
    """A cell as CSV text: several names joined by "; ", objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return spreadsheet_text(value)
    if isinstance(value, tuple | list):
        return spreadsheet_text("; ".join(value))
    if isinstance(value, dict):
        return spreadsheet_text(json.dumps(value, ensure_ascii=False))
    return str(json_value(value))
