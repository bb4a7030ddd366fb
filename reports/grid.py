"""A large table as pages: 200 rows each, whole without JavaScript; a script sorts, searches and filters all of them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from db.model import Status
from reports.evidence import Quote
from reports.rendering import FOLDER, render
from reports.site_links import SiteLinks
from reports.wording import ReportLanguage

ROWS_PER_PAGE = 200
Key = str | int | Decimal | None
"""What rows are sorted by: texts from A, numbers and ISO dates from the largest; None stands last either way."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, plain text not yet escaped. `small` stands below it; `quote` opens from a mark beside it.

    `facet` is what a filter of the column finds it by; `links` are names with addresses shown instead of `text`.
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


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: `filtered` offers its facets to choose from. `largest_first`: the first click on its heading."""

    key: str
    heading: str
    number: bool = False
    filtered: bool = False
    largest_first: bool = False
    short: str = ""
    """The sign shown in the heading's place, where the column is narrow."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The first cell names the row; `words` are further words a search finds it by."""

    id: str
    cells: tuple[GridCell, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in one language, in its final order; `stem` is the name of its first page."""

    stem: str
    language: ReportLanguage
    sample: bool
    title: str
    note: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    beside: tuple[tuple[str, str], ...] = ()

    def facets(self) -> dict[str, list[str]]:
        """What each filtered column can be asked for, by its key."""
        return {
            column.key: sorted({row.cells[place].facet for row in self.rows if row.cells[place].facet})
            for place, column in enumerate(self.columns)
            if column.filtered
        }


def grid_pages(grid: Grid, links: SiteLinks, most: int = ROWS_PER_PAGE) -> Iterator[tuple[str, str]]:
    """The pages as path and text; where one does not hold all, also the rows of all for the script, as `rows_name`."""
    rows = [render("grid_row.html.j2", grid.language, grid=grid, row=row, site=links).strip() for row in grid.rows]
    pages = [rows[start : start + most] for start in range(0, len(rows), most)] or [[]]
    stems = [grid.stem if number == 0 else f"{grid.stem}-{number + 1}" for number in range(len(pages))]
    several = len(pages) > 1
    for stem, shown in zip(stems, pages, strict=True):
        here = SiteLinks(stem, grid.language, links.companies, links.investors)
        yield (
            here.path,
            render(
                "grid.html.j2",
                grid.language,
                grid=grid,
                rows=shown,
                sample=grid.sample,
                site=here,
                pages=[(str(number + 1), here.page(each), each == stem) for number, each in enumerate(stems)],
                rows_name=rows_name(grid) if several else "",
                most=most,
                script=site_script(),
                script_hash=script_hash(site_script()),
            ),
        )
    if several:
        yield rows_name(grid), f"dailiesRows({json.dumps(rows, ensure_ascii=False)});\n"


def rows_name(grid: Grid) -> str:
    """The file with every row, which a page loads when it is first searched, sorted or filtered."""
    return f"{grid.stem}.rows.{grid.language}.js"


@cache
def site_script() -> str:
    """The one script there is: ours, inlined."""
    return (FOLDER / "site.js").read_text("utf-8")


def script_hash(script: str) -> str:
    """What the page's Content-Security-Policy allows to run: this text and nothing else."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
