"""A listing as an Excel workbook: real numbers, dates and links, and no cell that calculates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from db.values import PartialDate
from reports.escaping import safe_url, shortened, terminal_text
from reports.tables.listing import SAMPLE_NOTE, Cell, Kind, Listing

_LONGEST_TEXT = 32_767
"""Characters a cell may hold: Excel's own limit."""
_WIDTHS: Mapping[Kind, int] = {"text": 18, "link": 40, "texts": 30, "amount": 16, "moment": 20, "values": 30}
_DEFAULT_WIDTH = 12


def workbook_bytes(listing: Listing[Any]) -> bytes:
    """The listing as .xlsx. Its header row stays in view and filters; a sample says so in the first cell."""
    book = Workbook()
    sheet = book.active
    sheet.title = listing.name[:31]
    if listing.sample:
        sheet.append([SAMPLE_NOTE])
        sheet["A1"].font = Font(bold=True, color="C00000")
    columns = listing.columns_of_data
    sheet.append([column.name for column in columns])
    header = sheet.max_row
    for number, column in enumerate(columns, 1):
        sheet.cell(header, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column.kind, _DEFAULT_WIDTH)
    for place, row in enumerate(listing.rows(), header + 1):
        for number, column in enumerate(columns, 1):
            _fill(sheet.cell(place, number), column.kind, row[column.name])
    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(columns))}{sheet.max_row}"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(cell: SheetCell, kind: Kind, value: Cell) -> None:
    if value is None:
        return
    if kind == "partial_date" and isinstance(value, str):
        _fill_date(cell, PartialDate(value))
    elif isinstance(value, datetime):
        cell.value = value.astimezone(UTC).replace(tzinfo=None)
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif isinstance(value, bool):
        cell.value = value
    elif isinstance(value, int | Decimal):
        cell.value, cell.number_format = value, "#,##0.######" if value % 1 else "#,##0"
    else:
        _fill_text(cell, _as_text(value), link=kind == "link")


def _fill_date(cell: SheetCell, when: PartialDate) -> None:
    """A day is a real date; a month or a year stays text, since a date cell would make a day of it."""
    if when.precision == "day":
        cell.value, cell.number_format = when.first_day(), "yyyy-mm-dd"
    else:
        _fill_text(cell, when.iso)


def _as_text(value: Cell) -> str:
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return "; ".join(value) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)


def _fill_text(cell: SheetCell, text: str, *, link: bool = False) -> None:
    """Text that stays text: typed as a string and marked as quoted, so that editing the cell does not arm it either."""
    cell.value = shortened(terminal_text(text), _LONGEST_TEXT)
    cell.data_type = "s"
    cell.quotePrefix = True
    address = safe_url(text) if link else None
    if address:
        cell.hyperlink = address
        cell.font = Font(color="0563C1", underline="single")
