"""What is archived comes back unchanged, by pointer or in order, after a kill and while another process writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.crawl.archive import Archive, ArchivedResponse, ArchiveError, CapturePointer, read_warc
from db.model import Capture

WHEN = datetime(2024, 2, 26, 9, 28, 19, 123456, tzinfo=UTC)
PAGE = "<p>追不上的同行</p>".encode("gb18030")
HEADERS = [("Content-Type", "text/html; charset=gbk"), ("ETag", '"x"'), ("Content-Encoding", "gzip")]
KEPT = (("Content-Type", "text/html; charset=gbk"), ("ETag", '"x"'))


def test_a_response_comes_back(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        pointer = archive.append("https://example.com/a?b=1", 200, HEADERS, PAGE, WHEN)
        kept = archive.read(pointer)
    assert kept == ArchivedResponse("https://example.com/a?b=1", 200, KEPT, PAGE, WHEN)
    assert kept.capture == Capture("https://example.com/a?b=1", PAGE, "text/html; charset=gbk", WHEN)


def test_a_document_without_http_comes_back(tmp_path: Path) -> None:
    with Archive(tmp_path, sync=True) as archive:
        pointer = archive.append("file:///notes.txt", None, [("Content-Type", "text/plain")], b"", WHEN)
        kept = archive.read(pointer)
    assert kept == ArchivedResponse("file:///notes.txt", None, (("Content-Type", "text/plain"),), b"", WHEN)


def test_the_time_zone_is_kept_as_an_instant(tmp_path: Path) -> None:
    shanghai = datetime(2024, 2, 26, 17, 28, 19, tzinfo=timezone(timedelta(hours=8)))
    with Archive(tmp_path) as archive:
        assert archive.read(archive.append("https://example.com/", 200, [], b"x", shanghai)).fetched_at == shanghai


def test_each_writer_has_its_own_file_and_reads_the_others(tmp_path: Path) -> None:
    with Archive(tmp_path) as first, Archive(tmp_path) as second:
        pointers = [
            writer.append(f"https://example.com/{n}", 200, [], b"%d" % n, WHEN)
            for n, writer in enumerate([first, second, first, second])
        ]
        bodies = [second.read(pointer).body for pointer in pointers]
    assert bodies == [b"0", b"1", b"2", b"3"]
    assert len({pointer.file for pointer in pointers}) == len(list(tmp_path.iterdir())) == 2


def test_a_torn_file_reads_up_to_the_tear(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        pointers = [archive.append(f"https://example.com/{n}", 200, HEADERS, PAGE * 99, WHEN) for n in range(3)]
    path = tmp_path / pointers[0].file
    whole = path.read_bytes()
    after_the_body = 30  # blank lines and the gzip trailer: without them a body is still whole, its digest says so
    for length in range(pointers[2].offset, len(whole) - after_the_body, 7):
        path.write_bytes(whole[:length])
        assert [offset for offset, _ in read_warc(path)] == [pointers[0].offset, pointers[1].offset]
        assert archive.read(pointers[1]).body == PAGE * 99
        with pytest.raises(ArchiveError, match="cannot read the record at byte"):
            archive.read(pointers[2])


def test_a_damaged_record_or_a_missing_file_is_named(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        pointer = archive.append("https://example.com/", 200, HEADERS, os.urandom(4000), WHEN)
    path = tmp_path / pointer.file
    damaged = bytearray(path.read_bytes())
    damaged[2500] ^= 0xFF
    path.write_bytes(damaged)
    for wrong in (pointer, CapturePointer("nowhere.warc.gz", 0), CapturePointer(pointer.file, 10**9)):
        with pytest.raises(ArchiveError, match=r"restore the file from a backup"):
            archive.read(wrong)


def test_a_status_needs_an_http_url(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive, pytest.raises(ValueError, match="archive it with status None"):
        archive.append("file:///a", 200, [], b"", WHEN)


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from db.crawl.archive import Archive
archive = Archive(Path(sys.argv[1]))
for n in range(10**6):
    pointer = archive.append(f"https://example.com/{n}", 200, [], b"%d" % n, datetime.now(UTC))
    print(pointer.file, pointer.offset, flush=True)
"""


def test_after_a_kill_everything_that_was_promised_is_there(tmp_path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    promised = [writer.stdout.readline().split() for _ in range(50)]
    writer.send_signal(signal.SIGKILL)
    promised += [line.split() for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    archive = Archive(tmp_path)
    bodies = [archive.read(CapturePointer(name, int(offset))).body for name, offset in promised]
    assert bodies == [b"%d" % n for n in range(len(promised))]


@given(
    url=st.text().map("https://".__add__),
    status=st.integers(100, 599),
    header=st.tuples(st.text(), st.text()),
    body=st.binary(max_size=400),
)
def test_any_url_and_body_come_back(url: str, status: int, header: tuple[str, str], body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder)) as archive:
        pointer = archive.append(url, status, [header], body, WHEN)
        kept = archive.read(pointer)
        listed = list(read_warc(Path(folder) / pointer.file))
    assert (kept.url, kept.status, kept.body) == (url, status, body)
    assert listed == [(pointer.offset, kept)]
