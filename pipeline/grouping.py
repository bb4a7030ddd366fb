"""Which claims of one company and one type belong together: grown from the surest pairs, never across a contradiction.

Nobody "came first": the pairs are taken in an order made of the claims alone (the surest first, then those whose later
claim was published first), so any order of loading gives the same groups, and a later article that joins nothing
changes nothing. What a person judged different stays apart; what was judged the same is joined in the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace

from db.model import StoredClaim
from pipeline.filing import keys_of
from pipeline.judged import Judged
from pipeline.same_round import DIFFERENT, UNSURE
from pipeline.same_thing import RULES
from pipeline.told import Told, told


def group(claims: Sequence[StoredClaim], decided: Judged) -> list[list[StoredClaim]]:
    """The groups of claims of one company and type, given in the order of a fact; each group keeps it."""
    heaps = _heaps(claims, {key for pair in (*decided.together, *decided.apart) for key in pair})
    heap_of = {claims[place].key: number for number, heap in enumerate(heaps) for place in heap.places}
    apart = [(heap_of[one], heap_of[other]) for one, other in decided.apart if one in heap_of and other in heap_of]
    groups = _Groups([heap.told for heap in heaps], claims[0].claim.type, apart)
    for one, other in groups.pairs():
        groups.join(one, other)
    for here, there in decided.together:
        if here in heap_of and there in heap_of:
            groups.join_as_judged(heap_of[here], heap_of[there])
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place, heap in enumerate(heaps):
        members[groups.root(place)] += heap.places
    return [[claims[place] for place in sorted(places)] for _, places in sorted(members.items())]


class _Heap:
    """Claims that say the very same: they are compared as one."""

    def __init__(self, first: Told, place: int) -> None:
        self.told = first
        self.places = [place]


def _heaps(claims: Sequence[StoredClaim], judged: Set[str]) -> list[_Heap]:
    rule = RULES[claims[0].claim.type]
    heaps: list[_Heap] = []
    by_content: dict[Told, _Heap] = {}
    for place, stored in enumerate(claims):
        summary = told(stored)
        if stored.key in judged:  # what a person spoke about stands for itself
            heaps.append(_Heap(summary, place))
            continue
        content = replace(summary, article="")
        heap = by_content.get(content)
        if heap is None or rule(content, content) <= UNSURE:
            heap = _Heap(summary, place)
            by_content[content] = heap
            heaps.append(heap)
        else:
            heap.places.append(place)
            if heap.told.article != summary.article:
                heap.told = content
    return heaps


class _Groups:
    """The groups so far, as a forest over the heaps."""

    def __init__(self, contents: Sequence[Told], claim_type: str, apart: Sequence[tuple[int, int]]) -> None:
        self._contents = contents
        self._rule = RULES[claim_type]
        self._type = claim_type
        self._apart = {(min(pair), max(pair)) for pair in apart}
        self._verdicts = dict.fromkeys(self._apart, DIFFERENT)
        self._parent = list(range(len(contents)))
        self._members = [[place] for place in self._parent]

    def root(self, place: int) -> int:
        """The earliest heap of the group this one is in."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def pairs(self) -> list[tuple[int, int]]:
        """The pairs that speak of the same thing, the surest first, then by their later and their earlier place."""
        found = [(self._verdict(one, other), other, one) for one, other in self._candidates()]
        kept = sorted((-sure, later, earlier) for sure, later, earlier in found if sure > UNSURE)
        return [(earlier, later) for _, later, earlier in kept]

    def join(self, one: int, other: int) -> None:
        """Make one group of theirs, unless a claim of one surely contradicts a claim of the other."""
        self._join(one, other, lambda here, there: self._verdict(here, there) < UNSURE)

    def join_as_judged(self, one: int, other: int) -> None:
        """Make one group of theirs, whatever their claims say, unless a person judged two of them different."""
        self._join(one, other, lambda here, there: (min(here, there), max(here, there)) in self._apart)

    def _join(self, one: int, other: int, forbids: Callable[[int, int], bool]) -> None:
        left, right = sorted((self.root(one), self.root(other)))
        if left == right or any(forbids(here, there) for here in self._members[left] for there in self._members[right]):
            return
        self._parent[right] = left
        self._members[left] += self._members[right]
        self._members[right] = []

    def _verdict(self, one: int, other: int) -> int:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._verdicts:
            self._verdicts[pair] = self._rule(self._contents[pair[0]], self._contents[pair[1]])
        return self._verdicts[pair]

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """The pairs that may speak of the same thing, each once, the earlier place first."""
        filed: defaultdict[str, list[int]] = defaultdict(list)
        looks: list[frozenset[str]] = []
        for place, content in enumerate(self._contents):
            under, looking = keys_of(self._type, content)
            looks.append(looking)
            for key in under:
                filed[key].append(place)
        seen: set[tuple[int, int]] = set()
        for place, keys in enumerate(looks):
            for key in keys:
                for other in filed[key]:
                    pair = (place, other) if place < other else (other, place)
                    if place != other and pair not in seen:
                        seen.add(pair)
                        yield pair
