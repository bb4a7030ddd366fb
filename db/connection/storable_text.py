"""What no database takes in a text (NUL, lone surrogates) is stored as U+FFFD, character for character."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL in texts, UTF-8 has no lone surrogates; offsets of spans must hold, so none is dropped."""


def make_storable(
    _connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
) -> tuple[str, Any]:
    """SQLAlchemy's `before_cursor_execute` listener: the last door before the database."""
    if isinstance(parameters, list):
        return statement, [_cleaned(each) for each in parameters]
    return statement, _cleaned(parameters)


def _cleaned(parameters: Any) -> Any:
    for value in parameters.values() if isinstance(parameters, Mapping) else parameters:
        if isinstance(value, str) and _UNSTORABLE.search(value):
            break
    else:  # nearly always: a loop, since a thousand rows are written at once
        return parameters
    if isinstance(parameters, Mapping):
        return {name: _clean(value) for name, value in parameters.items()}
    return tuple(_clean(value) for value in parameters)


def _clean(value: Any) -> Any:
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value
