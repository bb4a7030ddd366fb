"""A table of the site: its first 200 rows whole without JavaScript; a script sorts, searches and filters them all."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from db.model import Status
from reports.facts.evidence import Quote
from reports.rendering import FOLDER, render
from reports.site.links import SiteLinks
from reports.wording.values import ReportLanguage

Key = str | int | Decimal | None
"""What rows are sorted by: texts from A, numbers and ISO dates from the largest; None stands last either way."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, plain text not yet escaped. `small` stands below it; `quote` opens from a mark beside it.

    `facet` is what a filter of the column finds it by; `links` are names with addresses shown instead of `text`.
    `repeats`: it says what the cell before says, and is left out where cells stand below each other.
    """

    text: str
    key: Key = None
    status: Status | None = None
    href: str | None = None
    small: str = ""
    tag: str = ""
    derived: bool = False
    facet: str = ""
    quote: Quote | None = None
    links: tuple[tuple[str, str | None], ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: `filtered` offers its facets to choose from, and `choices` that stand for several of them, each with
    the words it is shown by.

    `largest_first`: the first click on its heading. `asked` heads the filter, where the heading itself does not.
    `short`: a sign shown in the heading's place, where the column is narrow. `whole`: its cells are one line each.
    `is_quarter`: its facets are quarters in ISO (2024-Q2), shown as dates are.
    """

    key: str
    heading: str
    number: bool = False
    filtered: bool = False
    largest_first: bool = False
    short: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    whole: bool = False
    is_quarter: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """The first cell names the row; `words` are further words a search finds it by."""

    id: str
    cells: tuple[GridCell, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in one language without its rows; `stem` is the name of its page, `count` how many rows it has in all."""

    stem: str
    language: ReportLanguage
    sample: bool
    title: str
    note: str
    columns: tuple[GridColumn, ...]
    count: int
    beside: tuple[tuple[str, str], ...] = ()


def row_html(grid: Grid, row: GridRow, links: SiteLinks) -> str:
    """A row as it stands on the table's page."""
    return render("grid_row.html.j2", grid.language, grid=grid, row=row, site=links).strip()


def row_entry(grid: Grid, row: GridRow, file: str) -> str:
    """What the index holds of a row, as JSON: the file with its text, its id, what a search finds it by, facets, keys.

    Facets are those of the filtered columns, in order; keys those of all columns.
    """
    words = (
        part for cell in row.cells for part in (cell.text, cell.small, cell.tag, *(name for name, _ in cell.links))
    )
    found = " ".join(dict.fromkeys(filter(None, (*words, row.words))))
    facets = [cell.facet for column, cell in zip(grid.columns, row.cells, strict=True) if column.filtered]
    keys = [cell.key if cell.key is None or isinstance(cell.key, int) else str(cell.key) for cell in row.cells]
    return json.dumps([file, row.id, found, facets, keys], ensure_ascii=False, separators=(",", ":"))


def grid_page(
    grid: Grid,
    rows: Sequence[str],
    facets: Mapping[str, Sequence[str]],
    links: SiteLinks,
    letters: Sequence[tuple[str, str]] = (),
    sections: Sequence[str] = (),
) -> str:
    """The table's page with its first rows.

    `facets` are what each filtered column can be asked for, by its key; `letters` pages with every company's name;
    `sections` those of the index of a table that its page cannot hold.
    """
    script = site_script()
    return render(
        "grid.html.j2",
        grid.language,
        grid=grid,
        rows=rows,
        facets=facets,
        sample=grid.sample,
        site=links,
        letters=letters,
        index=index_folder(grid.stem) if sections else "",
        sections=" ".join(sections),
        script=script,
        script_hash=script_hash(script),
    )


def index_folder(stem: str) -> str:
    """Where the files with what a table's rows are found by lie, one for each section.

    A page loads them when it is first searched, sorted or filtered.
    """
    return f"indexes/{stem}"


def section_text(file: str, entries: Sequence[str]) -> str:
    """The text of a section's file, which names itself without language and suffix."""
    return f"dailiesIndex({json.dumps(file)}, [" + ",\n".join(entries) + "]);\n"


def rows_text(file: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    """The rows of a company or an investor, by table and id: a file of their own, loaded where one of them is shown."""
    return f"dailiesRows({json.dumps(file)}, {json.dumps(rows, ensure_ascii=False)});\n"


@cache
def site_script() -> str:
    """The one script there is: ours, inlined."""
    return (FOLDER / "site.js").read_text("utf-8")


def script_hash(script: str) -> str:
    """What the page's Content-Security-Policy allows to run: this text and nothing else."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
