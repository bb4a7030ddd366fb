"""A listing as an HTML page that needs nothing else: the columns people are shown, every link a reader may follow."""

from __future__ import annotations

from typing import Any

from reports.escaping import safe_url
from reports.rendering import render
from reports.tables.listing import Listing


def listing_page(listing: Listing[Any]) -> str:
    """The whole page."""
    rows = [[(cell, safe_url(cell.url)) for cell in row] for row in listing.shown_rows(listing.shown)]
    return render("listing.html.j2", listing.language, listing=listing, rows=rows, sample=listing.sample)
