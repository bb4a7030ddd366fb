"""Readers that hang or die cost the page they were at; what else they were handed is read by the next one."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from multiprocessing.connection import wait
from types import SimpleNamespace

import psutil
import pytest

from dailies.reading import reader_pool
from dailies.reading.reader_child import ReadJob
from dailies.reading.reader_pool import ReaderPool
from db.crawl.archive import Archive
from db.model import FeedHints

pytestmark = pytest.mark.check
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HANGS = "hangs.warc.gz"


@pytest.fixture
def jobs(tmp_path):
    """Makes jobs by their names: pages of a line each; "hang" is a file whose reading never ends."""
    with Archive(tmp_path) as archive:
        pointer = archive.append("https://a.example/", 200, (("Content-Type", "text/plain"),), b"A title\n\nText.", NOW)
    os.mkfifo(tmp_path / HANGS)

    def made(*names: str) -> list[ReadJob]:
        hanging = type(pointer)(HANGS, 0)
        return [
            ReadJob(number, tmp_path, hanging if name == "hang" else pointer, None, "text/plain", NOW, FeedHints(), {})
            for number, name in enumerate(names)
        ]

    return made


def read_all(pool: ReaderPool, jobs: list[ReadJob], until: int) -> dict[int, str | None]:
    """The problems of the first `until` jobs that are through, by job; None where it was read."""
    found = {}
    pool.submit(jobs)
    while len(found) < until:
        arrived = [pool.collect(channel) for channel in wait(pool.channels, 0.1)]
        for done in [*arrived, *pool.overdue()]:
            assert done.job.capture_id == done.result.capture_id not in found
            found[done.job.capture_id] = done.result.problem
        if pool.free:
            pool.submit([])
    return found


def test_a_page_that_hangs_is_given_up_and_those_handed_out_with_it_are_read(jobs, tmp_path, monkeypatch):
    pool = ReaderPool(2, 60.0, tmp_path / "log", jobs_at_once=3)
    pool.start()
    assert pool.room == 6
    read = read_all(pool, jobs("page", "hang", "page", "page", "page", "page"), until=3)
    monkeypatch.setattr(reader_pool, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + 61.0))
    late = pool.overdue()
    monkeypatch.undo()
    assert [(done.job.capture_id, done.result.problem) for done in late] == [(1, "not read within 60 seconds")]
    assert read == dict.fromkeys((0, 2, 4))
    assert read_all(pool, [], until=2) == dict.fromkeys((3, 5))
    pool.close()


def test_a_reader_that_dies_takes_one_page_with_it(jobs, tmp_path):
    pool = ReaderPool(1, 60.0, tmp_path / "log", jobs_at_once=3)
    pool.submit(jobs("hang", "page", "page"))
    [reader] = [
        each for each in psutil.Process().children() if "dailies.reading.reader_child" in " ".join(each.cmdline())
    ]
    reader.kill()
    assert pool.collect(wait(pool.channels)[0]).result.problem == "the reader process died of this page"
    assert pool.room == 1
    assert read_all(pool, [], until=2) == {1: None, 2: None}
    pool.close()


def test_who_is_asked_to_finish_begins_no_other_page(jobs, tmp_path):
    others = set(psutil.Process().children())
    pool = ReaderPool(1, 60.0, tmp_path / "log", jobs_at_once=3)
    pool.submit(jobs("page", "hang", "page"))
    pool.finish()
    assert read_all(pool, [], until=1) == {0: None}
    assert not pool.channels
    pool.close()
    assert not set(psutil.Process().children()) - others
