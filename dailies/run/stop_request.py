"""A wish to stop, by signal or by the loss of the database's lock: what is in hand is finished, saved and reported."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class StopRequest:
    """Ctrl-C and SIGTERM as a wish: finish what is in hand, save, report. The second one is not a wish any more."""

    def __init__(self) -> None:
        self.made = False
        self._on_request: list[Callable[[], None]] = []

    def then(self, action: Callable[[], None]) -> None:
        """What to do at once when the wish is made, or now if it was."""
        self._on_request.append(action)
        if self.made:
            action()

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        if self.made:
            raise KeyboardInterrupt
        self.make()

    def make(self) -> None:
        """Wish it: what a signal does, or the loss of the database's lock."""
        self.made = True
        for action in self._on_request:
            action()

    @contextmanager
    def listening(self) -> Iterator[StopRequest]:
        """Take SIGINT and SIGTERM while inside."""
        before = {number: signal.signal(number, self._receive) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
