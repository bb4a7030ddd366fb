"""Short forms of companies' names in an English text: Dovetail for Dovetail Frames, where the text uses it so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.english.recurring_names import capitalised, speaks_of_company

_NO_SHORT = 4
"""A shorter word is too often another."""


def told_first(whole: str, names: Collection[str], people: Collection[str]) -> dict[str, str]:
    """Longer name -> its first word, where the text calls its company so before: "Placard Studio" is Placard's product.

    News tells a full name first and shortens it later; titles shorten at once and are passed over.
    """
    body = max(whole.find("\n\n"), 0)
    first: dict[str, str] = {}
    for name in names:
        short = name.partition(" ")[0]
        if short == name or len(short) < _NO_SHORT or short in people:
            continue
        alone = [match.start() for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-]| [A-Z&])", whole)]
        behind_title = [place for place in alone if place >= body]
        full = whole.find(name, body)
        if len(alone) > 1 and behind_title and behind_title[0] < full and not _is_written_small(whole, short):
            first[name] = short
    return first


def _is_written_small(whole: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", whole) is not None


def short_names(whole: str, names: Collection[str], people: Collection[str]) -> Iterator[tuple[str, str]]:
    """(short form, name) for the names of several words whose first stands alone and acts as a company somewhere.

    A word with which two names begin is nobody's.
    """
    longer: dict[str, list[str]] = {}
    for name in names:
        first = name.partition(" ")[0]
        if first != name and len(first) >= _NO_SHORT:
            longer.setdefault(first, []).append(name)
    asked = {first: names[0] for first, names in longer.items() if len(names) == 1 and first not in people}
    if not asked:
        return
    places: dict[str, list[tuple[int, int]]] = {}
    for match in capitalised().finditer(whole):
        if match[0] in asked:
            places.setdefault(match[0], []).append(match.span())
    for short, spans in places.items():
        if short in names or speaks_of_company(whole, spans):
            yield short, asked[short]
