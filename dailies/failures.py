"""How a failure we know reaches a person: one line on standard error and exit code 1 or 2, no traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class UsageError(Exception):
    """Something a person typed that does not exist; the text names it and suggests what does."""


@contextmanager
def known_failures() -> Iterator[None]:
    """Turn our own errors into a message and an exit code (2 for usage, 1 otherwise); others are bugs and show."""
    try:
        yield
    except UsageError as error:
        _leave(str(error), 2)
    except BrokenPipeError:
        # The reader of our output left (`| head`): nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if not _is_ours(error):
            raise
        _leave(str(error), 1)


def _is_ours(error: Exception) -> bool:
    """Errors of our own modules carry a message for a person."""
    return type(error).__module__.split(".")[0] in ("dailies", "crawlers", "pipeline", "reports", "db")


def _leave(message: str, code: int) -> None:
    print(f"dailies: {message}", file=sys.stderr)
    sys.exit(code)
