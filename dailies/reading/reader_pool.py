"""The readers at work: jobs out, results in, and what happens when one hangs or dies."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dailies.reading.reader_child import ReadJob, ReadResult
from dailies.run.child_process import Child, start_child


@dataclass(frozen=True, slots=True)
class Done:
    """A job that is through, and what came of it."""

    job: ReadJob
    result: ReadResult


@dataclass(slots=True)
class _Busy:
    """A reader and what it was handed; the first is the one it reads."""

    child: Child
    jobs: deque[ReadJob]
    deadline: float


class ReaderPool:
    """At most `size` reader processes, started by `start` or when there is work for them, ended by `close`.

    A reader is handed up to `jobs_at_once`, and answers one by one: it need not wait for us between two pages. It is
    never written to while it reads, so that neither side can wait for the other's full channel.
    """

    def __init__(self, size: int, seconds_per_page: float, log: Path, jobs_at_once: int = 1) -> None:
        self._size = size
        self._seconds = seconds_per_page
        self._log = log
        self._jobs_at_once = jobs_at_once
        self._idle: list[Child] = []
        self._busy: dict[Connection[Any, Any], _Busy] = {}
        self._left: list[ReadJob] = []
        self._finishing = False

    @property
    def room(self) -> int:
        """How many more jobs can be taken right now."""
        return max(0, self.free * self._jobs_at_once - len(self._left))

    @property
    def free(self) -> int:
        """How many readers have nothing to do."""
        return self._size - len(self._busy)

    @property
    def channels(self) -> list[Connection[Any, Any]]:
        """The channels on which results will arrive."""
        return list(self._busy)

    def start(self) -> None:
        """Start all readers, who get ready while there is no work yet: a crawl takes its time to begin as well."""
        while self.free > len(self._idle):
            self._idle.append(start_child("dailies.reading.reader_child", self._log))

    def submit(self, jobs: Sequence[ReadJob]) -> None:
        """Deal jobs to the free readers, first those that a dead one left behind; there must be room."""
        waiting, self._left = [*self._left, *jobs], []
        readers = min(self.free, len(waiting))
        for number in range(readers):
            self._start(waiting[number::readers])

    def collect(self, channel: Connection[Any, Any]) -> Done:
        """The result that waits on a channel; a reader that died of its page has that as its result's problem."""
        busy = self._busy[channel]
        try:
            result: ReadResult = channel.recv()
        except (EOFError, OSError):
            return self._lost(channel, "the reader process died of this page")
        job = busy.jobs.popleft()
        busy.deadline = time.monotonic() + self._seconds
        if not busy.jobs:
            self._idle.append(self._busy.pop(channel).child)
        elif self._finishing:
            self._busy.pop(channel).child.end()
        return Done(job, result)

    def overdue(self) -> list[Done]:
        """Kill the readers that have been at one page for too long; their pages' problems."""
        late = [channel for channel, busy in self._busy.items() if busy.deadline < time.monotonic()]
        return [self._lost(channel, f"not read within {self._seconds:.0f} seconds") for channel in late]

    def finish(self) -> None:
        """From now on no page is begun: each reader ends with the one it reads, the others stay in the queue."""
        self._finishing = True
        self._left.clear()

    def close(self) -> None:
        """End all readers."""
        for child in [*self._idle, *(busy.child for busy in self._busy.values())]:
            child.end()
        self._idle.clear()
        self._busy.clear()

    def _start(self, jobs: Sequence[ReadJob]) -> None:
        child = self._idle.pop() if self._idle else start_child("dailies.reading.reader_child", self._log)
        with suppress(BrokenPipeError):  # it died while idle; its end shows as end of file in `collect`
            child.channel.send(jobs)
        self._busy[child.channel] = _Busy(child, deque(jobs), time.monotonic() + self._seconds)

    def _lost(self, channel: Connection[Any, Any], problem: str) -> Done:
        """End a reader with the page it was at; what else it was handed goes to the next one."""
        busy = self._busy.pop(channel)
        busy.child.end()
        job = busy.jobs.popleft()
        if not self._finishing:
            self._left.extend(busy.jobs)
        return Done(job, ReadResult(job.capture_id, problem=problem))
