"""From the bytes of a register to a page and its claims: the door for the reader processes."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from pipeline.registers.companies_house import read_companies_house
from pipeline.registers.form_d import read_form_d
from pipeline.registers.record import Record
from pipeline.registers.wikidata import read_wikidata

_BY_KIND: dict[str, Callable[[bytes], Record]] = {
    "form_d_list": read_form_d,
    "form_d_search": read_form_d,
    "companies_house": read_companies_house,
    "wikidata": read_wikidata,
}
"""By the kind of the source that a record came from: only the catalogue makes a page a register's."""
_FILINGS = ("www.sec.gov", "/Archives/edgar/", "/primary_doc.xml")


def read_register(kind: str | None, url: str | None, body: bytes) -> Record | None:
    """The record, where the source is a register or the address is a filing's; None for every other page.

    Raises NoRecord.
    """
    read = _BY_KIND.get(kind or "") or (read_form_d if _is_filing(url) else None)
    return read(body) if read is not None else None


def _is_filing(url: str | None) -> bool:
    """Whether a person asked for a filing by its address."""
    parts = urlsplit(url or "")
    host, begins, ends = _FILINGS
    is_there = parts.scheme == "https" and parts.netloc == host
    return is_there and parts.path.startswith(begins) and parts.path.endswith(ends)
