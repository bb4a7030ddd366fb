"""The logs of child processes, kept from growing without end: the last few megabytes, in a few files."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

LARGEST = 5_000_000
KEPT = 3
"""Older files beside the one that is written, crawl.log.1 the newest of them."""


def open_log(path: Path) -> BinaryIO:
    """The log, to be appended to; first put aside where it has grown too large. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.stat().st_size > LARGEST:
        for number in range(KEPT - 1, 0, -1):
            older = path.with_name(f"{path.name}.{number}")
            if older.exists():
                older.replace(path.with_name(f"{path.name}.{number + 1}"))
        path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")
