"""The raw bytes of every response, kept for good in compressed WARC files, so that any page can be read again."""

from __future__ import annotations

import os
import re
import secrets
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from db.model import Capture

_DROPPED_HEADERS = frozenset(
    ("connection", "content-encoding", "content-length", "keep-alive", "set-cookie", "transfer-encoding")
)
"""Bodies come already decoded, so these would contradict them; cookies are nobody's business."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110 5.6.2: what a header may be called."""
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_URL_SAFE = ":/?#[]@!$&'()*+,;=~%"
_WRITTEN_URL = "Dailies-Target-URI"
"""Holds the URL, percent-encoded once more, where WARC-Target-URI (which allows fewer characters) would change it."""
_UNREADABLE = (ArchiveLoadFailed, StopIteration, EOFError, ValueError, TypeError, AttributeError, zlib.error)
"""What warcio raises on torn or damaged records; it stumbles over missing headers (TypeError, AttributeError)."""


class ArchiveError(Exception):
    """A record cannot be read: the message names the file, the place, and what to do."""


@dataclass(frozen=True, slots=True)
class CapturePointer:
    """Where a record lies: the file's name within the archive's folder, and the byte offset in it."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """One archived response. `status` is None for documents that did not come over HTTP."""

    url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    @property
    def content_type(self) -> str | None:
        """The Content-Type as sent."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), None)

    @property
    def capture(self) -> Capture:
        """What the readers of pages are handed."""
        return Capture(self.url, self.body, self.content_type, self.fetched_at)


class Archive:
    """A folder of gzip WARC files. Every Archive object that appends writes a file of its own, opened on first use.

    So a file torn by a kill is never written to again: its whole records stay readable, pointers to them stay valid.
    Any number of processes may read while one writes.
    """

    def __init__(self, folder: Path, *, sync: bool = False) -> None:
        """`sync`: also wait for the disk (fsync) at each append, to survive a power cut and not only a kill."""
        self._folder = folder
        self._sync = sync
        self._file: BinaryIO | None = None
        self._name = ""

    def append(
        self,
        url: str,
        status: int | None,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        fetched_at: datetime,
    ) -> CapturePointer:
        """Archive one response (`status` None: a document that did not come over HTTP); where it lies.

        When this returns, the record is with the operating system: killing the process loses nothing. Raises OSError
        where the folder cannot be written, ValueError for a status with a URL that is not http(s).
        """
        if status is not None and not url.lower().startswith(("http://", "https://")):
            raise ValueError(f"not an http(s) URL: {url!r}; archive it with status None")
        file = self._writable()
        offset = file.tell()
        buffer = BytesIO()
        WARCWriter(buffer, gzip=True).write_record(_record(url, status, headers, body, fetched_at))
        file.write(buffer.getbuffer())
        file.flush()
        if self._sync:
            os.fsync(file.fileno())
        return CapturePointer(self._name, offset)

    def read(self, pointer: CapturePointer) -> ArchivedResponse:
        """The record at a pointer. Raises ArchiveError where the file is gone, torn at this place, or damaged."""
        path = self._folder / pointer.file
        try:
            with path.open("rb") as file:
                file.seek(pointer.offset)
                return _response(next(iter(ArchiveIterator(file, check_digests="raise"))))
        except (OSError, *_UNREADABLE) as error:
            raise ArchiveError(
                f"cannot read the record at byte {pointer.offset} of {path}: {error!r}; restore the file from a backup"
            ) from error

    def close(self) -> None:
        """Close the file this object writes, if any; the next append opens a new one."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _writable(self) -> BinaryIO:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.warc.gz"
            self._file = (self._folder / self._name).open("xb")
        return self._file


def read_warc(path: Path) -> Iterator[tuple[int, ArchivedResponse]]:
    """As `read_whole_warc`, up to a tear: of a file of ours that a kill cut off, the whole records are good."""
    with suppress(ArchiveError):
        yield from read_whole_warc(path)


def read_whole_warc(path: Path) -> Iterator[tuple[int, ArchivedResponse]]:
    """Every response and resource of a WARC file, ours or another's, with its offset.

    Transfer and content encodings are undone. Raises OSError where the file cannot be opened, ArchiveError at what is
    no whole record; what came before is good.
    """
    with path.open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        for number in count(1):
            try:
                record = next(records, None)
                if record is None:
                    return
                response = _response(record) if record.rec_type in ("response", "resource") else None
                offset = int(records.get_record_offset())
            except _UNREADABLE as error:
                raise ArchiveError(
                    f"{path}: its record {number} is torn, or no WARC record; get the file again, as .warc or .warc.gz"
                ) from error
            if response is not None:
                yield offset, response


def _record(url: str, status: int | None, headers: Sequence[tuple[str, str]], body: bytes, fetched_at: datetime) -> Any:
    kept = [(name, _printable(value)) for name, value in headers if _TOKEN.fullmatch(name)]
    kept = [header for header in kept if header[0].lower() not in _DROPPED_HEADERS]
    target = quote(url, safe=_URL_SAFE, errors="surrogatepass")
    warc_headers = {"WARC-Date": fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    if target != url:
        warc_headers[_WRITTEN_URL] = quote(url, safe="", errors="surrogatepass")
    builder = WARCWriter(BytesIO(), warc_version="1.1")
    if status is None:
        content_type = next((value for name, value in kept if name.lower() == "content-type"), "")
        return builder.create_warc_record(
            target, "resource", BytesIO(body), len(body), content_type, warc_headers_dict=warc_headers
        )
    line = f"{status} {_reason(status)}".strip()
    http_headers = StatusAndHeaders(line, [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
    return builder.create_warc_record(
        target, "response", BytesIO(body), len(body), http_headers=http_headers, warc_headers_dict=warc_headers
    )


def _reason(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""


def _printable(value: str) -> str:
    """A header's value on one line of printable ASCII; anything else percent-encoded."""
    return quote(" ".join(value.split()), safe=_PRINTABLE, errors="surrogatepass")


def _response(record: Any) -> ArchivedResponse:
    """Raises ValueError or ArchiveLoadFailed where the record is torn, damaged or lacks what WARC requires."""
    body = record.content_stream().read()
    if getattr(record.raw_stream, "limit", True):  # bytes that the header promises and the file does not have
        raise ValueError("the record is torn")
    written = record.rec_headers.get_header(_WRITTEN_URL)
    url = unquote(written, errors="surrogatepass") if written else record.rec_headers.get_header("WARC-Target-URI")
    fetched_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date", ""))
    if record.http_headers is None:
        content_type = record.rec_headers.get_header("Content-Type")
        sent = (("Content-Type", content_type),) if content_type else ()
        return ArchivedResponse(url or "", None, sent, body, fetched_at)
    headers = tuple((name, value) for name, value in record.http_headers.headers if name.lower() != "content-length")
    return ArchivedResponse(url or "", int(record.http_headers.get_statuscode()), headers, body, fetched_at)
