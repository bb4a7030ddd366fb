"""Where a weak name is somebody's first name: "Rui" of Rui Costa, who has a post or is told again as Costa."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pipeline.english.unknown_names import people_among

_SURNAME = re.compile(r" ([A-Z][a-z’'-]+)(?![\w-])")
_DOES = r"(?:said|says|wants|told|added|founded|left|joined)\b"


def in_persons_names(whole: str, weak: Iterable[tuple[int, int]], no_surnames: Collection[str]) -> set[int]:
    """Of the spans of weak Latin names in a text, where those begin that are part of a person's name."""
    asked = {
        start: following[1]
        for start, end in weak
        if (following := _SURNAME.match(whole, end)) is not None and following[1] not in no_surnames
    }
    if not asked:
        return set()
    people = people_among(whole, ())
    return {start for start, last in asked.items() if last in people or _acts_alone(whole, last)}


def _acts_alone(whole: str, last: str) -> bool:
    return re.search(rf"(?:\A|[.\n] ?|[a-z,] ){re.escape(last)} {_DOES}", whole) is not None
