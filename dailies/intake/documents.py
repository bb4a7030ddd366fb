"""Documents given by hand: which captures a path, a folder, a WARC, a JSON Lines file or standard input holds."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from dailies.intake.saved_page import NoPage, address_of, read_mhtml
from dailies.reading.reader_child import ARTICLE_JSON
from db.crawl.archive import Archive, ArchiveError, read_whole_warc
from db.crawl.crawl_queue import Archived

LARGEST_DOCUMENT = 20 * 1024 * 1024
"""Bytes; what is larger is no article."""
_CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".csv": "text/csv",
}
_MHTML = (".mht", ".mhtml")


NAME = "name"
"""Under what a capture keeps what its document is called; beside what was said of it, and no part of its identity."""


class UnusableDocument(Exception):
    """A document that cannot be taken: which one, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to be archived and read. `url` is None where nobody said where they are from."""

    name: str
    url: str | None
    content_type: str | None
    body: bytes
    fetched_at: datetime
    status: int | None = None
    given: dict[str, str] = field(default_factory=dict)


def documents_in(
    path: str, *, url: str | None = None, publisher: str | None = None, published: date | None = None
) -> Iterator[Document | UnusableDocument]:
    """The documents of a path (or "-"), in order of name; those that cannot be taken as errors, the rest goes on.

    `url`, `publisher` and `published` describe a single document, or hold for all of several.
    """
    given = {
        name: value
        for name, value in (("publisher", publisher), ("published", published.isoformat() if published else None))
        if value
    }
    now = datetime.now(UTC)
    if path == "-":
        body = sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
        content_type = _sniffed_type(body)
        url = url or (address_of(body) if content_type == "text/html" else None)
        yield from _checked(Document("standard input", url, content_type, body, now, given=given))
        return
    for file in _files(Path(path)):
        if isinstance(file, UnusableDocument):
            yield file
        elif file.suffix == ".jsonl":
            yield from _articles(file, now, given)
        elif file.suffix.lower() in _MHTML:
            yield from _saved_page(file, url, now, given)
        elif file.name.endswith((".warc", ".warc.gz")):
            yield from _responses(file, given)
        else:
            yield from _plain_file(file, url, now, given)


def _files(path: Path) -> Sequence[Path | UnusableDocument]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    if path.is_file():
        return [path]
    return [UnusableDocument(f"{path}: no such file or folder; check the path")]


def _plain_file(
    file: Path, url: str | None, now: datetime, given: dict[str, str]
) -> Iterator[Document | UnusableDocument]:
    content_type = _CONTENT_TYPES.get(file.suffix.lower())
    if content_type is None:
        yield UnusableDocument(f"{file}: not a kind we read; give .html, .txt, .mht, .jsonl, .csv or .warc.gz")
        return
    body = _bytes_of(file)
    if isinstance(body, UnusableDocument):
        yield body
        return
    url = url or (address_of(body) if content_type == "text/html" else None)
    yield from _checked(Document(str(file), url, content_type, body, now, given=given))


def _saved_page(
    file: Path, url: str | None, now: datetime, given: dict[str, str]
) -> Iterator[Document | UnusableDocument]:
    """The page of an MHTML file, which a browser saved as one file."""
    body = _bytes_of(file)
    if isinstance(body, UnusableDocument):
        yield body
    elif len(body) > LARGEST_DOCUMENT:
        yield from _checked(Document(str(file), url, None, body, now, given=given))
    else:
        try:
            page = read_mhtml(body)
        except NoPage as error:
            yield UnusableDocument(f"{file}: {error}; save the page again, as HTML only")
            return
        yield from _checked(Document(str(file), url or page.url, page.content_type, page.body, now, given=given))


def _bytes_of(file: Path) -> bytes | UnusableDocument:
    """What a file holds, up to a byte more than we take."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_DOCUMENT + 1)
    except OSError as error:
        return UnusableDocument(f"{file}: {error.strerror}; check its rights")


def _checked(document: Document) -> Iterator[Document | UnusableDocument]:
    if len(document.body) > LARGEST_DOCUMENT:
        yield UnusableDocument(f"{document.name}: larger than {LARGEST_DOCUMENT >> 20} MB; cut it into articles")
    elif not document.body.strip():
        yield UnusableDocument(f"{document.name}: empty; nothing to read")
    else:
        yield document


def _sniffed_type(body: bytes) -> str:
    return "text/html" if b"<" in body[:200] and b">" in body[:2000] else "text/plain"


def _articles(file: Path, now: datetime, given: dict[str, str]) -> Iterator[Document | UnusableDocument]:
    """The articles of a JSON Lines file: objects with at least a title or a text."""
    try:
        lines = file.open("rb")
    except OSError as error:
        yield UnusableDocument(f"{file}: {error.strerror}; check its rights")
        return
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            name = f"{file}:{number}"
            try:
                article = json.loads(line)
            except ValueError as error:
                yield UnusableDocument(f"{name}: not JSON ({error}); one object per line")
                continue
            if not isinstance(article, dict) or not (article.get("text") or article.get("title")):
                yield UnusableDocument(f"{name}: no title and no text; give an object with both")
                continue
            kept = {
                key: article[key]
                for key in ("title", "text", "published", "lang", "url", "publisher")
                if key in article
            }
            body = json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass")
            yield from _checked(Document(name, None, ARTICLE_JSON, body, now, given=given))


def _responses(file: Path, given: dict[str, str]) -> Iterator[Document | UnusableDocument]:
    """The pages of a WARC file, up to what cannot be read in it, which is named."""
    pages = 0
    try:
        for offset, response in read_whole_warc(file):
            if response.status not in (None, 200):
                continue
            pages += 1
            yield from _checked(
                Document(
                    f"{file}@{offset}",
                    response.url,
                    response.content_type,
                    response.body,
                    response.fetched_at,
                    response.status,
                    given,
                )
            )
    except ArchiveError as error:
        yield UnusableDocument(str(error))
        return
    except OSError as error:
        yield UnusableDocument(f"{file}: {error.strerror}; check its rights")
        return
    if not pages:
        yield UnusableDocument(f"{file}: no page in it that was answered with 200; give one that holds articles")


def body_digest(document: Document) -> str:
    """The SHA-256 of a document's bytes and of what was said about it."""
    said = json.dumps(document.given, sort_keys=True).encode()
    return hashlib.sha256(document.body + b"\0" + said).hexdigest()


def archive_document(archive: Archive, document: Document) -> Archived:
    """Put a document into the archive, as the queue takes it."""
    headers = (("Content-Type", document.content_type),) if document.content_type else ()
    pointer = archive.append(
        document.url or f"urn:sha256:{hashlib.sha256(document.body).hexdigest()}",
        document.status,
        headers,
        document.body,
        document.fetched_at,
    )
    return Archived(
        kind="document",
        url=document.url,
        source_key=None,
        content_type=document.content_type,
        fetched_at=document.fetched_at,
        archive_file=pointer.file,
        archive_offset=pointer.offset,
        body_digest=body_digest(document),
        given={**document.given, NAME: document.name},
    )
