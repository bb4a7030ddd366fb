"""Where a listing goes: data to standard output or whole into a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from dailies.failures import UsageError
from reports.tables.listing import SAMPLE_NOTE, Listing

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for its own code page: Chinese names become noise."""
_SUFFIXES = {
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "md",
    ".html": "html",
}


class UnwritableOutput(Exception):
    """The file a person named cannot be written; the text says why and what to do."""


def emit(listing: Listing[Any], format: str, output: Path | None) -> None:
    """Print a listing in a format of `dailies.command_line.options`, or write it to a file whose suffix decides.

    Raises UsageError for a suffix we do not write, UnwritableOutput where the file cannot be written.
    """
    if listing.sample:
        say(SAMPLE_NOTE)
    if output is None:
        utf8 = as_utf8(sys.stdout)
        for part in _text_parts(listing, format, utf8):
            utf8.write(part)
        utf8.flush()
        return
    chosen = _SUFFIXES.get(output.suffix.lower())
    if chosen is None:
        raise UsageError(f"cannot tell the format of {output}; its name must end in {', '.join(_SUFFIXES)}")
    if chosen == "csv" and format == "csv-bom":
        chosen = format
    write_whole(output, _bytes_of(listing, chosen))
    say(f"{len(listing.records)} rows written to {output}.")


def say(message: str) -> None:
    """A line on standard error."""
    print(message, file=sys.stderr)


def as_utf8(stream: TextIO) -> TextIO:
    """The stream, made to write UTF-8 whatever the locale says: the data are the same bytes everywhere."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return stream


def _text_parts(listing: Listing[Any], format: str, stream: TextIO) -> Iterable[str]:
    from reports.tables.data import csv_lines, json_lines, json_text
    from reports.tables.page import listing_page
    from reports.tables.text import markdown_table, table_text

    forms: Mapping[str, Callable[[], Iterable[str]]] = {
        "table": lambda: [table_text(listing, stream)],
        "md": lambda: [markdown_table(listing)],
        "html": lambda: [listing_page(listing)],
        "json": lambda: [json_text(listing)],
        "jsonl": lambda: json_lines(listing),
        "csv": lambda: csv_lines(listing),
        "csv-bom": lambda: chain([BYTE_ORDER_MARK], csv_lines(listing)),
    }
    return forms[format]()


def _bytes_of(listing: Listing[Any], format: str) -> bytes:
    if format == "xlsx":
        from reports.tables.workbook import workbook_bytes

        return workbook_bytes(listing)
    if format == "parquet":
        from reports.frames import parquet_bytes

        return parquet_bytes(listing)
    return "".join(_text_parts(listing, format, StringIO())).encode()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it. Raises UnwritableOutput."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UnwritableOutput(f"cannot write {path}: {error.strerror}; choose another place with -o") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
