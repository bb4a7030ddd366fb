"""What a database's own errors mean to a person: a full disk, a lock, a lost server, each with its remedy."""

from __future__ import annotations

import sqlite3

from sqlalchemy import URL, ExceptionContext, make_url

from db.connection.errors import DatabaseError

_SQLITE = {
    "SQLITE_FULL": "is full, or its disk is: nothing of this step was kept; make room and run again",
    "SQLITE_READONLY": "is read-only: nothing was changed; give yourself the right to write to the file and its folder",
    "SQLITE_BUSY": "is being written to by another process, and has been for too long; wait for it, or stop it",
    "SQLITE_LOCKED": "is being written to by another process, and has been for too long; wait for it, or stop it",
    "SQLITE_CANTOPEN": "cannot be opened; check the path and the rights of its folder",
    "SQLITE_PERM": "cannot be opened; check the path and the rights of its folder",
    "SQLITE_NOTADB": "is no SQLite database, or damaged; choose another with --db, or restore a backup",
    "SQLITE_CORRUPT": "is damaged; restore a backup",
    "SQLITE_IOERR": "cannot be read or written: the disk fails; nothing of this step was kept; check the disk",
}
"""By the names of https://www.sqlite.org/rescode.html; an extended code falls under its first two words."""

_POSTGRESQL = {
    "08": "cannot be reached; check that the server runs, and the names and the password in the URL",
    "25006": "is read-only: nothing was changed; use an account, or a server, that may write",
    "28": "does not let this account in; check user and password in the URL",
    "3D": "does not exist on the server; create it with `createdb`",
    "42501": "does not allow this account to do that; grant it the rights on the schema",
    "53": "has no room left (disk, memory or connections): nothing of this step was kept; make room and run again",
    "55P03": "is being written to by another process, and has been for too long; wait for it, or stop it",
    "57": "stopped while we were at work: nothing of this step was kept; run again when the server is back",
}
"""By the SQLSTATE classes and codes of PostgreSQL's Appendix A, the longer code first."""
_NO_CONNECTION = "08"
_WITHOUT_CODE = frozenset({"OperationalError", "ConnectionTimeout"})
"""What the driver raises, without a SQLSTATE, where it does not get or loses its connection."""


def explain_trouble(context: ExceptionContext) -> None:
    """SQLAlchemy's `handle_error` listener: raises DatabaseError for what a person can mend, and lets the rest be."""
    error = context.original_exception
    reason = _sqlite_reason(error) if isinstance(error, sqlite3.Error) else _postgresql_reason(error)
    if reason is None or context.dialect is None:
        return
    raise DatabaseError(f"{_place(context)} {reason} ({_first_line(error)})") from error


def hidden(location: URL | str) -> str:
    """A database's URL without its password."""
    return make_url(location).render_as_string(hide_password=True)


def _place(context: ExceptionContext) -> str:
    return hidden(context.engine.url) if context.engine is not None else "the database"


def _sqlite_reason(error: sqlite3.Error) -> str | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    return _SQLITE.get("_".join(name.split("_")[:2]))


def _postgresql_reason(error: BaseException) -> str | None:
    """None for what is no trouble of PostgreSQL; its driver is not always installed, so nothing is imported here."""
    if not type(error).__module__.startswith("psycopg"):
        return None
    unreached = _NO_CONNECTION if type(error).__name__ in _WITHOUT_CODE else ""
    code = getattr(error, "sqlstate", None) or unreached
    return next((_POSTGRESQL[code[:length]] for length in (5, 2) if code[:length] in _POSTGRESQL), None)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].strip()
