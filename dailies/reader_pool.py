"""The readers at work: jobs out, results in, and what happens when one hangs or dies."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dailies.child_process import Child, start_child
from dailies.reader_child import ReadJob, ReadResult


@dataclass(slots=True)
class _Busy:
    child: Child
    job: ReadJob
    deadline: float


class ReaderPool:
    """At most `size` reader processes, started when there is work for them and ended by `close`."""

    def __init__(self, size: int, seconds_per_page: float, log: Path) -> None:
        self._size = size
        self._seconds = seconds_per_page
        self._log = log
        self._idle: list[Child] = []
        self._busy: dict[Connection[Any, Any], _Busy] = {}

    @property
    def room(self) -> int:
        """How many more jobs can be taken right now."""
        return self._size - len(self._busy)

    @property
    def channels(self) -> list[Connection[Any, Any]]:
        """The channels on which results will arrive."""
        return list(self._busy)

    def submit(self, job: ReadJob) -> None:
        """Hand a job to a free reader; there must be room."""
        child = self._idle.pop() if self._idle else start_child("dailies.reader_child", self._log)
        with suppress(BrokenPipeError):  # it died while idle; its end shows as end of file in `collect`
            child.channel.send(job)
        self._busy[child.channel] = _Busy(child, job, time.monotonic() + self._seconds)

    def collect(self, channel: Connection[Any, Any]) -> ReadResult:
        """The result that waits on a channel; a reader that died of its page has that as its result's problem."""
        busy = self._busy.pop(channel)
        try:
            result: ReadResult = channel.recv()
        except (EOFError, OSError):
            busy.child.end()
            return ReadResult(busy.job.capture_id, problem="the reader process died of this page")
        self._idle.append(busy.child)
        return result

    def overdue(self) -> list[ReadResult]:
        """Kill the readers that have been at one page for too long; their pages' problems."""
        late = [channel for channel, busy in self._busy.items() if busy.deadline < time.monotonic()]
        results = []
        for channel in late:
            busy = self._busy.pop(channel)
            busy.child.end()
            results.append(ReadResult(busy.job.capture_id, problem=f"not read within {self._seconds:.0f} seconds"))
        return results

    def close(self) -> None:
        """End all readers."""
        for child in [*self._idle, *(busy.child for busy in self._busy.values())]:
            child.end()
        self._idle.clear()
        self._busy.clear()
