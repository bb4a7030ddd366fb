"""What a folder's pages were made of: by it the next run knows which of them tell what the database still holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import distributions
from importlib.resources import files
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.name_key import name_key
from db.renewals import Renewal, changed_after, last_renewal
from db.tables import ArticleRow, DatabaseMark

_PROGRAM = ("dailies", "db", "pipeline", "reports")


@dataclass(frozen=True, slots=True)
class SiteState:
    """`by` is a digest over all that makes pages beside the facts; `renewal` the last that was made of facts.

    `linked` are the name keys of the investors that have pages, which others link to.
    """

    by: str
    renewal: Renewal | None
    linked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Renewed:
    """The companies of which a page may tell something else now, and the name keys of such investors."""

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
    return Renewed(frozenset(changed.companies), frozenset(name_key(name) for name in changed.investors))


@cache
def _program() -> str:
    """A digest over the program's files and the versions of what it uses."""
    total = hashlib.sha256(repr(sorted((each.name, each.version) for each in distributions())).encode())
    for package in _PROGRAM:
        folder = Path(str(files(package)))
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def read_state(path: Path) -> SiteState | None:
    """The state kept in a file; None where there is none, or none that can be read."""
    try:
        held = json.loads(path.read_bytes())
        renewal = Renewal(**held["renewal"]) if held["renewal"] else None
        return SiteState(str(held["by"]), renewal, frozenset(held["linked"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def state_bytes(state: SiteState) -> bytes:
    """The state as `read_state` reads it."""
    return json.dumps(asdict(state) | {"linked": sorted(state.linked)}).encode()
