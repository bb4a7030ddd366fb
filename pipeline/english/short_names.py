"""Short forms of companies' names in an English text: Dovetail for Dovetail Frames, where the text uses it so."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.english.recurring_names import capitalised, speaks_of_company

_NO_SHORT = 4
"""A shorter word is too often another."""


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
