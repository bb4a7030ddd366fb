"""What a person should look at: facts that may be one, and names that may be one company's. Nothing is merged by it.

A rule here only proposes, with its reason. Look-alike vehicles ("WU Anthropic LP") and names that differ in a number
are never proposed: they are others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import OSA

from db.model import StoredClaim
from db.nouns.facts import Fact
from db.nouns.identity import fold
from pipeline.facts.compared import Told, gap, told
from pipeline.facts.same_round import UNSURE
from pipeline.facts.same_sum import sums_agree
from pipeline.facts.same_thing import RULES
from pipeline.fold import fold_text
from pipeline.lexicon_files import lexicon

PAIRED_TYPES = ("funding_round", "ipo", "acquisition", "lawsuit")
"""Types of which a missed pair makes a wrong number: a deal counted twice, a suit told under two scripts' names."""
PairReason = Literal["same_sum", "same_label", "same_weeks"]
NameReason = Literal["spelling", "suffix", "typo"]
_DAYS_OF_ONE_NEWS = 45
_MOST_CONTENTS = 40
_LETTERS_FOR_A_TYPO = 6
_NOT_LETTERS = re.compile(r"[\W_]+")
_POINTS = re.compile(r"(?<=\w)\.(?=\w|\W|$)")
"""L.P. is LP, and Inc. is Inc."""
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class UnclearPair:
    """Two facts of one company that may be one, the two claims that say so best, and why they were not joined."""

    one: Fact
    other: Fact
    claim: StoredClaim
    other_claim: StoredClaim
    reason: PairReason


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A name found in the news that may be another company's, and why."""

    key: str
    other_key: str
    name: str
    other_name: str
    reason: NameReason


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a company. `candidate`: nobody curated it yet."""

    key: str
    name: str
    candidate: bool


def unclear_pairs(facts: Sequence[Fact], apart: Set[tuple[str, str]]) -> list[UnclearPair]:
    """The pairs of facts of these companies that may be one, sorted by their ids; those judged apart are left out.

    `apart`: the pairs of claims, by key in order, that a person judged different.
    """
    kinds: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact.id):
        if fact.type in PAIRED_TYPES and fact.status != "denied":
            kinds[fact.company_key, fact.type].append(fact)
    found: list[UnclearPair] = []
    for of in kinds.values():
        contents = {fact.id: _contents(fact) for fact in of}
        for one, other in combinations(of, 2):
            if not (apart and _judged_apart(one, other, apart)):
                found.extend(_pair(one, other, contents))
    return sorted(found, key=lambda pair: (pair.one.company_key, pair.one.id, pair.other.id))


def _judged_apart(one: Fact, other: Fact, apart: Set[tuple[str, str]]) -> bool:
    keys, other_keys = ({stored.key for stored in fact.claims} for fact in (one, other))
    return any(
        (left in keys and right in other_keys) or (left in other_keys and right in keys) for left, right in apart
    )


def _pair(one: Fact, other: Fact, contents: Mapping[str, Sequence[tuple[StoredClaim, Told]]]) -> Iterator[UnclearPair]:
    """The pair by its best reason, where there is one."""
    rule, best = RULES[one.type], len(_ORDER)
    found: UnclearPair | None = None
    for left, here in contents[one.id]:
        for right, there in contents[other.id]:
            reason = _reason(here, there)
            if reason is not None and _ORDER.index(reason) < best and rule(here, there) >= UNSURE:
                best, found = _ORDER.index(reason), UnclearPair(one, other, left, right, reason)
    if found is not None:
        yield found


def _contents(fact: Fact) -> list[tuple[StoredClaim, Told]]:
    """The first claim of everything different that is told of a fact, in their order, up to a bound."""
    contents: dict[Told, StoredClaim] = {}
    for stored in fact.claims:
        contents.setdefault(replace(told(stored), article=""), stored)
    return [(stored, content) for content, stored in list(contents.items())[:_MOST_CONTENTS]]


_ORDER: Sequence[PairReason] = ("same_sum", "same_label", "same_weeks")


def _reason(one: Told, other: Told) -> PairReason | None:
    apart = gap(one, other)
    if sums_agree(one.sum, other.sum):
        return "same_sum"
    if one.series is not None and one.series == other.series:
        return "same_label"
    two_labels = one.series is not None and other.series is not None
    near = apart is not None and apart <= _DAYS_OF_ONE_NEWS and one.fine and other.fine
    return "same_weeks" if near and not two_labels else None


def look_alikes(names: Iterable[Named], apart: Set[frozenset[str]]) -> list[LookAlike]:
    """The candidates whose name may be another company's, sorted; those judged apart are left out.

    In one pass over all names, each filed under its spellings with a letter left out: what differs in one meets.
    """
    filed: defaultdict[str, list[Named]] = defaultdict(list)
    for named in sorted(set(names), key=lambda named: (named.key, named.name)):
        for place in _places(named.name):
            filed[place].append(named)
    found: dict[tuple[str, str], LookAlike] = {}
    for together in filed.values():
        for one, other in combinations(together, 2):
            pair = (one, other) if one.candidate else (other, one)
            keys = (pair[0].key, pair[1].key)
            if not pair[0].candidate or keys[0] == keys[1] or frozenset(keys) in apart or keys in found:
                continue
            reason = name_reason(pair[0].name, pair[1].name)
            if reason is not None and keys[::-1] not in found:
                found[keys] = LookAlike(*keys, pair[0].name, pair[1].name, reason)
    return [found[keys] for keys in sorted(found)]


def _places(name: str) -> Iterator[str]:
    plain = _plain(name)
    yield from {plain, _without_suffix(name)} - {""}
    if len(plain) >= _LETTERS_FOR_A_TYPO and not _HAN.search(plain):
        yield from {plain[:place] + plain[place + 1 :] for place in range(len(plain))}


def name_reason(one: str, other: str) -> NameReason | None:
    """Why two names may be one company's; None where nothing says so, or one is a vehicle or a numbered one."""
    if _is_vehicle(one) != _is_vehicle(other) or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return None
    left, right = _plain(one), _plain(other)
    if not left or not right:
        return None
    if left == right:
        return "spelling"
    if _is_vehicle(one):
        return None
    if _without_suffix(one) == _without_suffix(other) != "":
        return "suffix"
    near = min(len(left), len(right)) >= _LETTERS_FOR_A_TYPO and not _HAN.search(left + right)
    return "typo" if near and left[0] == right[0] and OSA.distance(left, right) == 1 else None


def _plain(name: str) -> str:
    return _NOT_LETTERS.sub("", fold(fold_text(name)))


def _words(name: str) -> list[str]:
    plain = _POINTS.sub("", fold(fold_text(name)))
    return [word for word in _NOT_LETTERS.split(plain) if word]


def _is_vehicle(name: str) -> bool:
    return any(word in lexicon("pipeline.lexicon", "company_suffixes")["vehicles"] for word in _words(name)) or any(
        name.endswith(word) for word in lexicon("pipeline.lexicon", "company_suffixes")["vehicles_zh"]
    )


def _without_suffix(name: str) -> str:
    """The name without the words behind it that say what kind of company it is; "" where nothing would be left."""
    known = lexicon("pipeline.lexicon", "company_suffixes")
    words = _words(name)
    while len(words) > 1 and words[-1] in known["suffixes"]:
        words.pop()
    plain = "".join(words)
    for ending in known["suffixes_zh"]:
        if plain.endswith(ending) and len(plain) > len(ending) + 1:
            return plain.removesuffix(ending)
    return plain
