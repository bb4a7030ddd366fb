"""Choices of a table's filter that stand for several facets: "confirmed + reported" is one or the other."""

from __future__ import annotations

from collections.abc import Iterable

_JOIN = " + "
"""As the site's script takes a choice apart."""


def one_of(facets: Iterable[str]) -> str:
    """The choice that finds a row with any of these facets."""
    return _JOIN.join(facets)
