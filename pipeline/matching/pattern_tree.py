"""What a pattern consists of, as `re` itself parses it: the one file that knows the insides of CPython's `re`.

The parser of `re` is private, so it is used only under the versions of Python it is known for; `pyproject.toml` allows
no others. What comes out is in terms of our own, of which the other files of this room read letters and words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

KNOWN_VERSIONS = ("3.11",)
"""The versions of Python under which all of tests/test_quick_patterns.py has passed."""


class UnknownPython(ImportError):
    """Patterns cannot be read under this version of Python."""


def require_known(version: tuple[int, int]) -> None:
    """Raises UnknownPython for a version of Python whose parser of patterns is not known to be as we read it."""
    if (running := f"{version[0]}.{version[1]}") not in KNOWN_VERSIONS:
        raise UnknownPython(
            f"Python {running}: rules are read with the parser inside `re`, known for Python "
            f"{', '.join(KNOWN_VERSIONS)}. Run one of these; or, where tests/test_quick_patterns.py passes under "
            f"{running}, add it to KNOWN_VERSIONS in pipeline/matching/pattern_tree.py and to pyproject.toml"
        )


require_known(sys.version_info[:2])
_parser: Any = re._parser  # type: ignore[attr-defined]
_compiler: Any = re._compiler  # type: ignore[attr-defined]
_code: Any = re._constants  # type: ignore[attr-defined]
_REPEATS = (_code.MAX_REPEAT, _code.MIN_REPEAT, _code.POSSESSIVE_REPEAT)
_CATEGORIES = {_code.CATEGORY_DIGIT: r"\d", _code.CATEGORY_SPACE: r"\s"}


class Letter(NamedTuple):
    """One letter."""

    letter: str


class OneOf(NamedTuple):
    """One letter of several, spelled as within a class: "a", "a-z", "\\d"."""

    members: tuple[str, ...]
    letters: tuple[str, ...]
    """The same where each member is one letter; empty where one is a range or a category."""


class Row(NamedTuple):
    """Parts that stand one behind the other."""

    parts: tuple[Part, ...]


class Ways(NamedTuple):
    """One row of several."""

    ways: tuple[Row, ...]


class Repeat(NamedTuple):
    """A row `least` to `most` times."""

    least: int
    most: int
    row: Row


class Ahead(NamedTuple):
    """What stands behind the match, or further on in it: (?=...)."""

    row: Row


class NoLetter(NamedTuple):
    """A place, or what must not stand there: it holds no letter."""


class Anything(NamedTuple):
    """Whatever else: a class we cannot name, a group with flags of its own, a reference to another group."""


Part: TypeAlias = Letter | OneOf | Row | Ways | Repeat | Ahead | NoLetter | Anything


def row_of(pattern: str) -> Row:
    """The parts of a pattern; one of Anything where it has flags. Raises re.error for what is no pattern."""
    parsed = _parsed(pattern)
    return _row(parsed) if parsed.state.flags == re.UNICODE else Row((Anything(),))


def skips_by_itself(pattern: str) -> bool:
    """Whether `re` goes to the letters that a pattern begins with, and does not try it at every place."""
    parsed = _parsed(pattern)
    flags = parsed.state.flags
    return bool(_compiler._get_literal_prefix(parsed, flags)[0] or _compiler._get_charset_prefix(parsed, flags))


@lru_cache(maxsize=1)  # one pattern is asked for the words it contains, then whether re skips, then for its letters
def _parsed(pattern: str) -> Any:
    return _parser.parse(pattern)


def _row(elements: Iterable[tuple[Any, Any]]) -> Row:
    return Row(tuple(_part(kind, value) for kind, value in elements))


def _part(kind: Any, value: Any) -> Part:
    if kind is _code.LITERAL:
        return Letter(chr(value))
    if kind is _code.IN:
        return _one_of(value)
    if kind is _code.SUBPATTERN:
        _, added_flags, removed_flags, inside = value
        return Anything() if added_flags or removed_flags else _row(inside)
    if kind is _code.ATOMIC_GROUP:
        return _row(value)
    if kind in _REPEATS:
        least, most, inside = value
        return Repeat(least, int(most), _row(inside))
    if kind is _code.BRANCH:
        return Ways(tuple(map(_row, value[1])))
    if kind is _code.ASSERT and value[0] > 0:
        return Ahead(_row(value[1]))
    return NoLetter() if kind in (_code.AT, _code.ASSERT, _code.ASSERT_NOT) else Anything()


def _one_of(members: list[tuple[Any, Any]]) -> Part:
    """A class of letters; Anything where one of its members cannot be named."""
    spelled = tuple(_member(kind, value) for kind, value in members)
    if any(each is None for each in spelled):
        return Anything()
    only_letters = all(kind is _code.LITERAL for kind, _ in members)
    letters = tuple(chr(value) for _, value in members) if only_letters else ()
    return OneOf(tuple(filter(None, spelled)), letters)


def _member(kind: Any, value: Any) -> str | None:
    if kind is _code.LITERAL:
        return re.escape(chr(value))
    if kind is _code.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CATEGORIES.get(value) if kind is _code.CATEGORY else None
