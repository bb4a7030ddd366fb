"""Companies nobody has listed yet, found by the way a text introduces them. Precision first: they become candidates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from db.model import Language
from db.nouns.identity import candidate_key
from pipeline.chinese.unknown_names import products_made, short_forms
from pipeline.chinese.unknown_names import unknown_names as chinese_names
from pipeline.english.list_items import labels
from pipeline.english.recurring_names import speaks_against
from pipeline.english.short_names import short_names, told_first
from pipeline.english.unknown_names import people_among, things_among, versions_among
from pipeline.english.unknown_names import unknown_names as english_names
from pipeline.learned import chinese_names as learned_chinese
from pipeline.learned import english_names as learned_english
from pipeline.matching.occurrences import occurrences
from pipeline.names.first_names import is_persons
from pipeline.values.found import NameMention

_LONGEST = 40
_ACRONYM = 4
"""Letters: a longer name in capitals heads an entry: "KAGAMI WORKS. The Tokyo company", written small elsewhere."""
_QUOTES = ("“", "「", "《")
_HAN = re.compile("[\u4e00-\u9fff]")


def discover(
    whole: str, taken: Sequence[tuple[int, int]], language: Language, refused: Collection[str] = ()
) -> Iterator[NameMention]:
    """Every mention of companies the text itself introduces as such, outside the spans already taken.

    `refused` are spellings of known names that mean something else here: nor are they anybody new.
    """
    known = {whole[start:end] for start, end in taken}
    told = {*english_names(whole, known), *(chinese_names(whole) if _HAN.search(whole) else ())}
    learned = _learned(whole, taken, {*told, *refused}, language)
    names = {name for name in (*told, *learned) if _plausible(name) and not is_persons(name) and name not in refused}
    names -= _people_of(whole, taken, names)
    if not names:
        return
    first = {name.partition(" ")[0] for name in names if " " in name}
    people = people_among(whole, first) if first else frozenset()
    for product, company in told_first(whole, names, people).items():
        names = names - {product} | {company}
    labelled = {name: name.title() for name in labels(whole) & names if name.isupper() and len(name) > _ACRONYM}
    names |= {title for title in labelled.values() if title in whole}
    short = {
        **{name: full for name, full in learned.items() if name != full and {name, full} <= names},
        **dict(short_names(whole, names, people)),
        **short_forms(whole, names),
        **labelled,
    }
    made = products_made(whole, names) if _HAN.search(whole) else {}
    occupied = iter(sorted(taken))
    current = next(occupied, None)
    for start, end, written in occurrences(whole, {*names, *short, *made}):
        while current is not None and current[1] <= start:
            current = next(occupied, None)
        if current is not None and current[0] < end:
            continue
        if written in made:
            if whole[start - 1 : start] in _QUOTES:
                owner = candidate_key(short.get(made[written], made[written]))
                yield NameMention(start, end, "product", f"{owner}/{written}", written, False, owner)
            continue
        name = short.get(written, written)
        yield NameMention(start, end, "company", candidate_key(name), name, False)


def _people_of(whole: str, taken: Sequence[tuple[int, int]], names: Collection[str]) -> set[str]:
    """Of some names of two words those told of as people of a company we know: "Amit Jain of Luma AI"."""
    found = set()
    for start, _ in taken:
        before = _PERSON_OF.search(whole, max(0, start - 40), start)
        if before is not None and before["name"] in names:
            found.add(before["name"])
    return found


_PERSON_OF = re.compile(r"(?<![\w’'-])(?P<name>[A-Z][a-z’'-]+ [A-Z][\w’'-]+) (?:of|at|from) \Z")


def _learned(whole: str, taken: Sequence[tuple[int, int]], told: Collection[str], language: Language) -> dict[str, str]:
    """The companies no rule finds, as written -> their full names."""
    if language == "zh":
        return learned_chinese.learned_names(whole, taken, told)
    names = learned_english.learned_names(whole, taken, told)
    if not names:
        return {}
    others = people_among(whole, {name for name in names if " " not in name}) | things_among(whole)
    others |= versions_among(whole, names)
    return {name: name for name in names - others if not speaks_against(whole, name)}


def _plausible(name: str) -> bool:
    key = candidate_key(name)
    return 3 <= len(key) <= _LONGEST and not name.isdigit()
