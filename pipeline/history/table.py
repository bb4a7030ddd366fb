"""Reads a table's rows cell by cell; what cannot be read becomes a problem that names file, line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

import yaml

from db.model import SaidBy, Status
from db.values import OPERATORS, Money, Operator, PartialDate

Shape = Literal["rounds", "events"]
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,4})?\Z")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a table that could not be taken: where, and what to do."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


class UnreadableCell(ValueError):
    """A cell that says nothing we know: its column and the remedy."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(f"{column}: {message}")
        self.column = column
        self.message = message


@cache
def words() -> Mapping[str, Any]:
    """The columns and the words their cells take."""
    text = (files("pipeline.history") / "columns.yml").read_text(encoding="utf-8")
    return cast(Mapping[str, Any], yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by our name of the column. Every reader raises UnreadableCell."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str | None:
        """The cell, or None where it is empty or the table has no such column."""
        return self.cells.get(column, "").strip() or None

    def needed(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self.text(column)
        if value is None:
            raise UnreadableCell(column, "is empty; every row needs it")
        return value

    def names(self, column: str) -> list[str]:
        """The names of a list, which `|` separates."""
        return [name for part in self.cells.get(column, "").split("|") if (name := part.strip())]

    def word(self, column: str, default: str | None = None, allowed: str | None = None) -> str | None:
        """One of the words in columns.yml under `allowed` (the column's name), other sheets' words translated."""
        value = self.text(column)
        if value is None:
            return default
        value = str(words().get(f"{allowed or column}_also", {}).get(value, value))
        known = words()[allowed or column]
        if value not in known:
            raise UnreadableCell(column, f"{value!r} is none of {', '.join(known)}")
        return value

    def number(self, column: str) -> Decimal | None:
        """Plain digits in full units."""
        value = self.text(column)
        if value is None:
            return None
        if not _NUMBER.match(value):
            raise UnreadableCell(column, f"{value!r} is not a number; write digits in full units, such as 141000000")
        return Decimal(value)

    def count(self, column: str, largest: int) -> int | None:
        """A whole number up to `largest`."""
        value = self.number(column)
        if value is not None and (value != int(value) or value > largest):
            raise UnreadableCell(column, f"{value} is no whole number up to {largest}")
        return None if value is None else int(value)

    def operator(self, column: str) -> Operator:
        """How exact a sum is; an empty cell is "="."""
        value = self.text(column) or "="
        if value not in OPERATORS:
            raise UnreadableCell(column, f"{value!r} is none of {' '.join(OPERATORS)}")
        return value

    def currency(self) -> str | None:
        """An ISO 4217 code."""
        value = self.text("currency")
        if value is not None and not _CURRENCY.match(value):
            raise UnreadableCell("currency", f"{value!r} is no code of ISO 4217, such as USD")
        return value

    def money(self, column: str = "amount") -> Money | None:
        """A sum with its operator and the row's currency; no currency is invented."""
        amount, upper = self.number(column), self.number(f"{column}_max")
        if amount is None:
            return None
        if upper is not None and upper < amount:
            raise UnreadableCell(f"{column}_max", f"{upper} is less than the amount {amount}")
        return Money(amount, self.currency(), self.operator(f"{column}_op"), upper)

    def partial_date(self, column: str) -> PartialDate | None:
        """YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD, at the precision its source supports."""
        value = self.text(column)
        try:
            return PartialDate(value) if value else None
        except ValueError as error:
            raise UnreadableCell(column, str(error)) from error

    def event_date(self, column: str) -> PartialDate | None:
        """When it happened; a sheet that states the precision too must mean the same."""
        value, said = self.partial_date(column), self.text("date_precision")
        if value is not None and said not in (None, value.precision):
            raise UnreadableCell("date_precision", f"says {said}, but {value.iso} is a {value.precision}")
        return value

    def day(self, column: str) -> date | None:
        """YYYY-MM-DD."""
        value = self.partial_date(column)
        if value is not None and value.precision != "day":
            raise UnreadableCell(column, f"{value.iso} is no day; leave it empty where the day is not known")
        return None if value is None else value.first_day()

    def status_and_voice(self, status: str = "status", said_by: str = "said_by") -> tuple[Status, SaidBy]:
        """Whether it happened, and who says so. Confirmed is only what a party to the fact says."""
        voice = cast(SaidBy, _among(self.text(said_by) or "none", get_args(SaidBy), said_by))
        told = cast(Status, _among(self.text(status) or "reported", get_args(Status), status))
        if told == "confirmed" and voice not in ("company", "investor", "filing", "court"):
            if said_by in self.cells:
                raise UnreadableCell(said_by, "confirmed needs company, investor, filing or court; else it is reported")
            told = "reported"  # another sheet's "confirmed", which says only that it is done
        return told, voice


def _among(value: str, allowed: Sequence[str], column: str) -> str:
    if value not in allowed:
        raise UnreadableCell(column, f"{value!r} is none of {', '.join(allowed)}")
    return value


def shape_of(header: Sequence[str]) -> Shape | None:
    """What a table's header says that its rows are; None where it is no table of ours."""
    if "claim_kind" in header:
        return "rounds"
    return "events" if "type" in header and "headline" in header else None


def read_rows(file: str, content: bytes) -> Iterator[tuple[Shape, Row] | Problem]:
    """The rows of a CSV file in UTF-8, in order. `file` is the name that problems show."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        yield Problem(file, line, "encoding", "not UTF-8; save the table as CSV in UTF-8")
        return
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [words()["also_called"].get(name.strip(), name.strip()) for name in next(lines, [])]
        wrong = _wrong_header(file, header)
        if wrong is not None:
            yield wrong
            return
        shape = cast(Shape, shape_of(header))
        line = lines.line_num + 1
        for cells in lines:
            if len(cells) > len(header):
                message = f"{len(cells)} cells under {len(header)} columns; quote cells with commas"
                yield Problem(file, line, "row", message)
            elif any(cell.strip() for cell in cells):
                yield shape, Row(file, line, dict(zip(header, cells, strict=False)))
            line = lines.line_num + 1
    except csv.Error as error:
        yield Problem(file, lines.line_num, "row", f"not CSV ({error}); the rest of the file is not read")


def _wrong_header(file: str, header: Sequence[str]) -> Problem | None:
    shape = shape_of(header)
    if shape is None:
        return Problem(file, 1, "header", "no table of rounds (claim_kind) or of events (type, headline)")
    known = {*words()[shape], *words()["understood"], *words()["passed_over"]}
    for name in header:
        if name not in known or header.count(name) > 1:
            return Problem(file, 1, name or "header", f"unknown or repeated column; known: {', '.join(words()[shape])}")
    for name in words()["needed"]:
        if name not in header:
            return Problem(file, 1, name, "this column is missing")
    return None
