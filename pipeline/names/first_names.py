"""What a given name tells: "Rui" of Rui Costa is no company's weak name, and Joaquim Serra is nobody's company."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from pipeline.english.organisations import ends_as_organisation
from pipeline.english.unknown_names import any_word, people_among
from pipeline.lexicon_files import lexicon

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


@cache
def given_names() -> frozenset[str]:
    """The given names of people, as written."""
    return frozenset(lexicon("pipeline.lexicon", "english_leadership")["given_names"])


def is_persons(name: str) -> bool:
    """Whether a name of two words is a given name and a surname, and not a company's: Anna Films, Ada Ventures."""
    first, _, last = name.partition(" ")
    organisation = ends_as_organisation(name) or last in any_word("tails")
    return first in given_names() and last.isalpha() and not organisation
