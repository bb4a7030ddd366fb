"""What can be wrong with a database, each with what to do about it."""

from __future__ import annotations


class DatabaseError(Exception):
    """Something about the database that a person has to know; the text says what, which one, and the remedy."""


class NoDatabase(DatabaseError):
    """There is none where one is to be read: a misspelt name must not become a new database that then answers."""


class WrongKindOfDatabase(DatabaseError):
    """Samples and news in one database, which must never happen."""


class DatabaseTooNew(DatabaseError):
    """A database written by a later version of Dailies."""


class AlreadyRunning(DatabaseError):
    """Another live process holds the database's run lock."""
