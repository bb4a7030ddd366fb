"""Where things lie and how much the machine may do: the few settings a run needs, with their defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATABASE_URL = "sqlite:///data/dailies.db"
DATABASE_VARIABLE = "DAILIES_DATABASE_URL"
SOURCES_VARIABLE = "DAILIES_SOURCES"
"""The folder of the user's own sources, one YAML file each as in `crawlers/sources`."""
INBOX_VARIABLE = "DAILIES_INBOX"
"""The folder that each run looks into for files to read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`database_url` is SQLAlchemy's; `archive` holds raw bytes, `out` what is made, `logs` the children's words,
    `sources` the user's own part of the catalogue, and `inbox` what a person drops to be read.
    """

    database_url: str = DEFAULT_DATABASE_URL
    archive: Path = Path("data/archive")
    out: Path = Path("out")
    logs: Path = Path("data/logs")
    sources: Path = Path("data/sources")
    inbox: Path = Path("data/inbox")
    readers: int = 1
    seconds_per_page: float = 60.0


def settings_for(database_url: str | None = None, out: Path | None = None, readers: int | None = None) -> Settings:
    """The settings for a database: the given one, else that of `DAILIES_DATABASE_URL`, else SQLite under `./data`.

    Archive, logs, inbox and the user's own sources lie beside an SQLite file, under `./data` otherwise.
    """
    url = database_url or os.environ.get(DATABASE_VARIABLE) or DEFAULT_DATABASE_URL
    if "://" not in url:
        url = f"sqlite:///{url}"
    beside = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else Path("data/dailies.db")
    folder = beside.parent
    prefix = "" if beside.name == "dailies.db" else f"{beside.stem}-"
    default = Settings()
    return Settings(
        database_url=url,
        archive=folder / f"{prefix}archive",
        out=out or default.out,
        logs=folder / f"{prefix}logs",
        sources=Path(os.environ.get(SOURCES_VARIABLE) or folder / "sources"),
        inbox=Path(os.environ.get(INBOX_VARIABLE) or folder / f"{prefix}inbox"),
        readers=readers or default.readers,
    )
