"""How much room things take: the database, the archive, and what is left on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Engine, text


def database_bytes(engine: Engine) -> int:
    """The size of the database: of SQLite, its file and the log beside it; in memory, nothing."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    file = Path(engine.url.database or "")
    return sum(path.stat().st_size for path in (file, file.with_name(f"{file.name}-wal")) if path.is_file())


def folder_bytes(folder: Path) -> int:
    """The size of all files below a folder; of none, nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def free_bytes(folder: Path) -> int:
    """What is left on the disk that holds this folder, or would."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def bytes_text(count: float) -> str:
    """A number of bytes for people: "12.3 MB", in powers of 1,000."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if abs(count) < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
