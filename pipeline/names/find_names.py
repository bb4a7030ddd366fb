"""Names in a document: the companies, products and investors we know, weak ones only with a second sign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from db.model import Language
from pipeline.matching.occurrences import occurrences
from pipeline.names.field_companies import OPENING, core_companies, media_companies
from pipeline.names.first_names import in_persons_names
from pipeline.names.guards import is_another_things
from pipeline.names.new_companies import discover
from pipeline.names.renamed import renamed
from pipeline.names.spellings import Spelled, spellings_known, stands_alone
from pipeline.names.weak_names import is_meant, proofs_in
from pipeline.topic import may_be_ours
from pipeline.values.found import NameMention, moved

_MOST_NAMES = 20_000
"""So many names no article has, even one of a megabyte; a text that is nothing but names is not read to its end."""
_NEXT_LATIN = re.compile(r" ([A-Z][A-Za-z0-9]*)")
_OF_NAMES = frozenset({"AI", "Labs", "Lab", "Inc", "ML", "Studio", "Studios", "CEO", "CTO", "CFO", "COO", "Pro", "API"})
"""Words behind a company's name that are part of it, or of none."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a document, in order, none overlapping: those of its title and those of its text."""

    in_title: list[NameMention]
    in_text: list[NameMention]


def find_names(title: str, text: str, language: Language) -> Names:
    """Every name in a folded title and text. Signs are looked for in both: a name proven once is proven throughout.

    Companies nobody has listed are looked for only where the text is of the field, by its words or by whom it names.
    """
    whole, spelled = _bounded(f"{title}\n\n{text}")
    known, refused = _known(whole, spelled)
    mentions = known
    early = (each for each in known if each.start < len(title) + 2 + OPENING)
    if may_be_ours(title, text, language) or core_companies(known) or media_companies(early):
        taken = [(mention.start, mention.end) for mention in known]
        new = islice(discover(whole, taken, language, refused), _MOST_NAMES)
        mentions = sorted([*known, *new], key=lambda mention: mention.start)
    shift = len(title) + 2
    return Names(
        [each for each in mentions if each.end <= len(title)],
        [moved(each, -shift) for each in mentions if each.start >= shift],
    )


def _bounded(whole: str) -> tuple[str, list[tuple[int, int, int]]]:
    """A document up to its last name that is looked at, and what it spells there: (index, start, end)."""
    automaton, _ = spellings_known()
    spelled = automaton.find_matches_as_indexes(whole)
    if len(spelled) <= _MOST_NAMES:
        return whole, spelled
    return whole[: spelled[_MOST_NAMES][1]], spelled[:_MOST_NAMES]


def _known(whole: str, spelled: Iterable[tuple[int, int, int]]) -> tuple[list[NameMention], set[str]]:
    """The mentions of names we know, and the spellings refused: of a known name, but meant as something else here."""
    _, meanings = spellings_known()
    hits: list[Spelled] = []
    refused: set[str] = set()
    for index, start, end in spelled:
        if is_another_things(whole, start, end):
            refused.add(whole[start:end])
        elif stands_alone(whole, start, end):
            hits.append(Spelled(start, end, meanings[index]))
    weak = [(hit.start, hit.end) for hit in hits if hit.meaning.weak and whole[hit.start].isascii()]
    persons = in_persons_names(whole, weak, _OF_NAMES)
    hits = _with_new_names(whole, [hit for hit in hits if hit.start not in persons])
    others = _parts_of_others(whole, hits)
    if others:
        refused |= others
        hits = [hit for hit in hits if whole[hit.start : hit.end] not in others]
    proofs = proofs_in(whole, hits, refused)
    mentions: list[NameMention] = []
    for hit in hits:
        start, end, meaning = hit
        if is_meant(whole, hit, proofs):
            mentions.append(NameMention(start, end, meaning.kind, meaning.key, meaning.name, True, meaning.owner_key))
        else:
            refused.add(whole[start:end])
    return mentions, refused


def _with_new_names(whole: str, hits: list[Spelled]) -> list[Spelled]:
    """The hits with those of names the text gives to companies we know: Mirage, once Captions."""
    for new, old in renamed(whole).items():
        meant = next((each for start, end, each in hits if whole[start:end] == old and each.kind == "company"), None)
        if meant is None or any(whole[a:b] == new and not each.weak for a, b, each in hits):
            continue
        sure = replace(meant, weak=False)
        spans = [(start, end) for start, end, _ in occurrences(whole, {new})]
        kept = [hit for hit in hits if not any(hit.start < end and start < hit.end for start, end in spans)]
        hits = sorted([*kept, *(Spelled(start, end, sure) for start, end in spans)], key=lambda hit: hit[:2])
    return hits


def _parts_of_others(whole: str, hits: Iterable[Spelled]) -> set[str]:
    """The weak Latin names that go on, wherever a text writes them, with one and the same word: Pika Home."""
    behind: dict[str, str] = {}
    alone: set[str] = set()
    often: set[str] = set()
    for start, end, meaning in hits:
        name = whole[start:end]
        if not meaning.weak or meaning.kind != "company" or name in alone or not whole[start].isascii():
            continue
        following = _NEXT_LATIN.match(whole, end)
        if following is None or following[1] in _OF_NAMES or any(each.isdigit() for each in following[1]):
            alone.add(name)
        elif name not in behind:
            behind[name] = following[1]
        elif behind[name] != following[1]:
            alone.add(name)
        else:
            often.add(name)
    return often - alone
