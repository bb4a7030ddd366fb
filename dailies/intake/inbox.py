"""A folder that is looked into before every run: what a person drops there is read, then moved to done/ or failed/.

A file stays where it is until its capture was read, so that a kill loses nothing and nothing is taken twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.intake.documents import Document, UnusableDocument, archive_document, body_digest, documents_in
from dailies.intake.given_tables import TABLE
from db.connection.engine import writing
from db.crawl.archive import Archive
from db.crawl.crawl_queue import document_state, enter_document
from db.crawl.run_log import issues

DONE, FAILED = "done", "failed"
SECONDS_AT_REST = 5.0
"""A file changed more recently may still be being written; the next run takes it."""
_MARK_OF_REASON = ".reason.txt"


@dataclass(slots=True)
class Taken:
    """A file of the inbox: its documents as they are queued (digest, URL, name), and why others could not be."""

    file: Path
    queued: list[tuple[str, str | None, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PutAway:
    """What became of the inbox in a run: files moved to done/, and to failed/ with the first reason of each."""

    done: int
    failed: tuple[tuple[str, str], ...]


def take_in(engine: Engine, archive: Archive, inbox: Path) -> list[Taken]:
    """Queue what lies in the inbox itself, in order of name; its folders, links and hidden files are left alone."""
    return [_taken(engine, archive, file) for file in _files(inbox)]


def _files(inbox: Path) -> Iterator[Path]:
    if not inbox.is_dir():
        return
    latest = time.time() - SECONDS_AT_REST
    for file in sorted(inbox.iterdir()):
        is_ours = file.is_file() and not file.is_symlink() and not file.name.startswith(".")
        if is_ours and file.stat().st_mtime <= latest:
            yield file


def _taken(engine: Engine, archive: Archive, file: Path) -> Taken:
    taken = Taken(file)
    for document in documents_in(str(file)):
        if isinstance(document, UnusableDocument):
            taken.reasons.append(str(document))
        elif document.content_type == TABLE:
            taken.reasons.append(f"{document.name}: a table of rounds or events; give it to `dailies ingest`")
        else:
            taken.queued.append(_queued(engine, archive, document))
    return taken


def _queued(engine: Engine, archive: Archive, document: Document) -> tuple[str, str | None, str]:
    digest = body_digest(document)
    with writing(engine) as session:
        enter_document(session, digest, document.url, lambda: archive_document(archive, document))
    return digest, document.url, document.name


def put_away(engine: Engine, run_id: int, inbox: Path, taken: list[Taken]) -> PutAway:
    """After the reading: move each file that is through; one that still waits stays for the next run."""
    done, failed = 0, []
    for each in taken:
        states = _states(engine, run_id, each)
        if any(state == "waiting" for _, state, _ in states):
            continue
        reasons = [*each.reasons, *(f"{name}: {why}" for name, state, why in states if state != "read")]
        _move(each.file, inbox / (FAILED if reasons else DONE), reasons)
        if reasons:
            failed.append((each.file.name, reasons[0]))
        else:
            done += 1
    return PutAway(done, tuple(failed))


def _states(engine: Engine, run_id: int, taken: Taken) -> list[tuple[str, str, str]]:
    """Each document's name, the state of its capture, and why it could not be read."""
    with Session(engine) as session:
        why = {issue.url: issue.detail for issue in issues(session, run_id) if issue.kind == "unreadable"}
        states = []
        for digest, url, name in taken.queued:
            reason = why.get(name, "could not be read")
            states.append((name, document_state(session, digest, url) or "waiting", reason))
        return states


def _move(file: Path, folder: Path, reasons: list[str]) -> None:
    """Move a file beside those of its name that were moved before, and write the reasons beside it, if any."""
    folder.mkdir(exist_ok=True)
    target, number = folder / file.name, 1
    while target.exists():
        number += 1
        target = folder / f"{file.stem}-{number}{file.suffix}"
    if reasons:
        target.with_name(target.name + _MARK_OF_REASON).write_text("\n".join(reasons) + "\n", "utf-8")
    file.rename(target)
