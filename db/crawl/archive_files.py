"""The archive's files as a whole: which there are, what they should hold, and copies without some of their records."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from db.crawl.archive import read_warc
from db.schema.crawl_tables import CaptureRow

SUFFIX = ".warc.gz"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileTrouble:
    """A file of the archive that is missing, or shorter than the records that are said to lie in it."""

    file: str
    records: int
    problem: str


def file_digest(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def archive_files(folder: Path) -> list[Path]:
    """The files of an archive, in order of their names; none where there is no folder."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def troubles(session: Session, folder: Path) -> list[FileTrouble]:
    """What the database counts on and the disk does not hold."""
    found = []
    rows = session.exec(
        select(CaptureRow.archive_file, func.count(), func.max(CaptureRow.archive_offset))
        .where(col(CaptureRow.dropped_at).is_(None))
        .group_by(CaptureRow.archive_file)
        .order_by(CaptureRow.archive_file)
    )
    for file, records, last in rows:
        path = folder / file
        if not path.is_file():
            found.append(FileTrouble(file, records, "is missing"))
        elif path.stat().st_size <= last:
            found.append(FileTrouble(file, records, f"ends before its last record, at byte {last}"))
    return found


def unused_files(session: Session, folder: Path) -> list[Path]:
    """Files that no capture needs: left over by a kill, or all their records were dropped."""
    used = set(session.exec(select(CaptureRow.archive_file).where(col(CaptureRow.dropped_at).is_(None)).distinct()))
    return [path for path in archive_files(folder) if path.name not in used]


def drop_old(session: Session, before: datetime, now: datetime) -> list[str]:
    """Mark the records of files whose every record is older, and read; the files' names. The caller commits.

    The files may be deleted after that: claims, texts and links stay.
    """
    youngest = func.max(CaptureRow.fetched_at)
    waiting = func.count().filter(col(CaptureRow.state) == "waiting")
    rows = session.exec(
        select(CaptureRow.archive_file)
        .where(col(CaptureRow.dropped_at).is_(None))
        .group_by(CaptureRow.archive_file)
        .having(youngest < before, waiting == 0)
        .order_by(CaptureRow.archive_file)
    )
    files = list(rows)
    for file in files:
        session.execute(update(CaptureRow).where(col(CaptureRow.archive_file) == file).values(dropped_at=now))
    return files


def copy_without(folder: Path, file: str, kept: Collection[int]) -> tuple[str, Mapping[int, int]] | None:
    """A copy of a file with the records at these offsets only: its name, and where each of them lies now.

    None where nothing would be left. Records are gzip members of their own, so they are copied as they are. The old
    file is the caller's to delete, once nothing points to it. Raises OSError.
    """
    if not kept:
        return None
    old = folder / file
    begins = sorted({*kept, *(offset for offset, _ in read_warc(old))})
    ends = [*begins[1:], old.stat().st_size]
    name = f"{file.removesuffix(SUFFIX)}-p{SUFFIX}"
    places: dict[int, int] = {}
    unfinished = folder / f"{name}.unfinished"
    with old.open("rb") as source, unfinished.open("wb") as target:
        for begin, end in zip(begins, ends, strict=True):
            if begin in kept:
                places[begin] = target.tell()
                source.seek(begin)
                _copy(source, target, end - begin)
        target.flush()
        os.fsync(target.fileno())
    unfinished.rename(folder / name)
    return name, places


def _copy(source: BinaryIO, target: BinaryIO, count: int) -> None:
    while count > 0 and (part := source.read(min(count, _CHUNK))):
        target.write(part)
        count -= len(part)


def drop_records(session: Session, folder: Path, captures: Sequence[CaptureRow], now: datetime) -> list[Path]:
    """Take these captures' bytes out of the archive: the files to be deleted once the caller has committed.

    Raises OSError.
    """
    of_file: defaultdict[str, list[CaptureRow]] = defaultdict(list)
    for row in captures:
        if row.dropped_at is None:
            of_file[row.archive_file].append(row)
    old = []
    for file, dropped in of_file.items():
        for row in dropped:
            row.dropped_at = now
        session.flush()
        if not (folder / file).is_file():
            continue
        left = session.exec(
            select(CaptureRow).where(CaptureRow.archive_file == file, col(CaptureRow.dropped_at).is_(None))
        ).all()
        moved = copy_without(folder, file, {row.archive_offset for row in left})
        if moved is not None:
            name, places = moved
            for row in left:
                row.archive_file, row.archive_offset = name, places[row.archive_offset]
        old.append(folder / file)
    return old
