"""A listing for people: a table in the terminal or on a pipe, and a Markdown table."""

from __future__ import annotations

from io import StringIO
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.escaping import markdown_link, markdown_text, terminal_text
from reports.tables.listing import SAMPLE_NOTE, Listing, Shown

_PIPE_WIDTH = 100_000
"""On a pipe no row is ever wrapped or cut, whatever the terminal's width."""
_WIDE = 160
"""Columns a terminal must have to be shown every column."""


def table_text(listing: Listing[Any], stream: TextIO) -> str:
    """The listing as a table for this stream: wrapped to a terminal's width, one line a record on a pipe."""
    console = stream_console(stream)
    table = Table(box=SIMPLE_HEAD, title=_title(listing), title_justify="left", show_edge=False, pad_edge=False)
    columns = [column for column in listing.shown if not column.wide or console.width >= _WIDE]
    for column in columns:
        table.add_column(listing.heading(column), justify="right" if column.right else "left", overflow="fold")
    for row in listing.shown_rows(columns):
        table.add_row(*(terminal_cell(cell) for cell in row))
    with console.capture() as capture:
        console.print(table)
    # Rich pads every line to the table's width; nobody wants to diff or grep blanks.
    lines = [line.rstrip() for line in capture.get().split("\n")[:-1]]
    return "".join(f"{line}\n" for line in [*lines, *_notes(listing, "")])


def stream_console(stream: TextIO) -> Console:
    """A Rich console that formats for this stream, without markup or highlighting of what comes from outside."""
    terminal = stream.isatty()
    return Console(
        file=stream,
        width=None if terminal else _PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


def terminal_cell(cell: Shown) -> Text:
    """A cell's text, harmless; in italics where it is derived."""
    return Text(terminal_text(cell.text), style="italic" if cell.derived else "")


def _title(listing: Listing[Any]) -> Text | None:
    return Text(f"{listing.title}: {SAMPLE_NOTE}", style="bold") if listing.sample else None


def markdown_table(listing: Listing[Any]) -> str:
    """The listing as a table of GitHub's Markdown; links where a cell has one, italics for derived numbers."""
    out = StringIO()
    if listing.sample:
        out.write(f"**{SAMPLE_NOTE}**\n\n")
    out.write(f"| {' | '.join(listing.heading(column) for column in listing.shown)} |\n")
    out.write(f"| {' | '.join('--:' if column.right else ':--' for column in listing.shown)} |\n")
    for row in listing.shown_rows(listing.shown):
        out.write(f"| {' | '.join(markdown_cell(cell) for cell in row)} |\n")
    out.writelines(f"{line}\n" for line in _notes(listing, "\\"))
    return out.getvalue()


def _notes(listing: Listing[Any], line_break: str) -> list[str]:
    """The notes as lines below a table; in Markdown each but the last must say that its line ends."""
    if not listing.notes:
        return []
    return ["", *(f"{note}{line_break}" for note in listing.notes[:-1]), listing.notes[-1]]


def markdown_cell(cell: Shown) -> str:
    """A cell in Markdown."""
    text = markdown_link(cell.text, cell.url) if cell.url else markdown_text(cell.text)
    return f"*{text}*" if cell.derived and text else text
