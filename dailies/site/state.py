"""What a folder's pages were made of: by it the next run knows which of them tell what the database still holds."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.publishing.renewals import Renewal, changed_after, last_renewal
from db.schema.tables import ArticleRow, DatabaseMark

_PROGRAM = ("dailies", "db", "pipeline", "reports")


@dataclass(frozen=True, slots=True)
class SiteState:
    """`by` is a digest over all that makes pages beside the facts; `renewal` the last that was made of facts."""

    by: str
    renewal: Renewal | None


@dataclass(frozen=True, slots=True)
class Renewed:
    """The companies of which a page may tell something else now, and such investors, as texts name them."""

    companies: frozenset[str]
    investors: frozenset[str]


def state_of(session: Session) -> SiteState:
    """What pages made of this database now are made of.

    Program, wordings, templates and libraries; which database it is, what is curated in it, by which rules its facts
    were formed, and what was withdrawn: an article nobody rests on any more renews no fact, and is still quoted.
    """
    mark = session.get_one(DatabaseMark, 1)
    withdrawn = session.exec(
        select(func.count(), func.max(ArticleRow.withdrawn_at)).where(col(ArticleRow.withdrawn_at).is_not(None))
    ).one()
    parts = (_program(), mark.kind, mark.created_at, mark.knowledge_digest, mark.rules_digest, *withdrawn)
    return SiteState(hashlib.sha256(repr(parts).encode()).hexdigest(), last_renewal(session))


def renewed_since(session: Session, before: SiteState | None, now: SiteState) -> Renewed | None:
    """What changed between two states; None where all may have."""
    if before is None or before.by != now.by or before.renewal is None:
        return None
    changed = changed_after(session, before.renewal)
    if changed is None:
        return None
    return Renewed(frozenset(changed.companies), frozenset(changed.investors))


@cache
def _program() -> str:
    """A digest over the program's files, by size and time of writing, and the names and versions of what is installed.

    Neither their bytes nor what packages say of themselves is read at each build, which takes ten times as long: a file
    written anew as it was only makes the pages once more.
    """
    total = hashlib.sha256(repr(_installed()).encode())
    for package in _PROGRAM:
        folder = Path(str(files(package)))
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            held = path.stat()
            total.update(f"{path.relative_to(folder).as_posix()}\0{held.st_size}\0{held.st_mtime_ns}\0".encode())
    return total.hexdigest()


def _installed() -> list[str]:
    """What is installed, each as the folder beside it is called: "jinja2-3.1.6.dist-info"."""
    return sorted({found.name for place in sys.path if place for found in Path(place).glob("*.dist-info")})
