"""Which claims of one company and one type belong together: grown from the surest pairs, never across a contradiction.

Nobody "came first": the pairs are taken in an order made of the claims alone (the surest first, then those whose later
claim was published first), so any order of loading gives the same groups, and a later article that joins nothing
changes nothing. What a person judged different stays apart; what was judged the same is joined in the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace

from db.model import StoredClaim
from pipeline.facts.candidates import Candidates, each_of, first_of
from pipeline.facts.compared import Told, told
from pipeline.facts.filing import FILINGS, Filing
from pipeline.facts.groups import Groups
from pipeline.facts.judged import Judged
from pipeline.facts.label_camps import LabelCamps
from pipeline.facts.same_round import UNSURE
from pipeline.facts.same_thing import RULES, faces


def group(claims: Sequence[StoredClaim], decided: Judged) -> list[list[StoredClaim]]:
    """The groups of claims of one company and type, given in the order of a fact; each group keeps it."""
    heaps = _heaps(claims, {key for pair in (*decided.together, *decided.apart) for key in pair})
    heap_of = {claims[place].key: number for number, heap in enumerate(heaps) for place in heap.places}
    apart = [(heap_of[one], heap_of[other]) for one, other in decided.apart if one in heap_of and other in heap_of]
    camps = LabelCamps([(heap.told, [claims[place] for place in heap.places]) for heap in heaps])
    comparison = Comparison([heap.told for heap in heaps], claims[0].claim.type, apart, camps)
    for filing in FILINGS[claims[0].claim.type]:
        comparison.join_by(filing)
    groups = comparison.groups
    for here, there in decided.together:
        if here in heap_of and there in heap_of:
            groups.join_as_judged(groups.group_of(heap_of[here]), groups.group_of(heap_of[there]))
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place, heap in enumerate(heaps):
        members[groups.group_of(place)] += heap.places
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


class Comparison:
    """The heaps held against each other by the rule of their type, and what was joined of them."""

    def __init__(
        self,
        contents: Sequence[Told],
        claim_type: str,
        apart: Sequence[tuple[int, int]],
        camps: LabelCamps | None = None,
    ) -> None:
        self._contents = contents
        self._camps = camps or LabelCamps([(each, ()) for each in contents])
        self._rule = RULES[claim_type]
        self.groups = Groups(faces(contents, claim_type), lambda one, other: self._verdict(one, other) < UNSURE, apart)

    def join_by(self, filing: Filing) -> None:
        """Join what a filing brings together: the surest pairs first, then by their later and their earlier place."""
        if filing.graded:
            self._join_surest_first(filing)
        else:
            self._join_in_turn(filing)

    def _join_surest_first(self, filing: Filing) -> None:
        candidates, found = Candidates(filing), []
        for later, content in enumerate(self._contents):
            for earlier in each_of(candidates.of(content)):
                sure = self._verdict(earlier, later)
                if sure > UNSURE:
                    found.append((-sure, later, earlier))
            candidates.file(content, later)
        for _, later, earlier in sorted(found):
            here, there = self.groups.group_of(later), self.groups.group_of(earlier)
            if self.groups.decided(here, there):
                continue
            if self._camps.stand_apart(here, there):
                self.groups.keep_apart(here, there)
            elif self.groups.join(here, there):
                self._camps.unite(here, there)

    def _join_in_turn(self, filing: Filing) -> None:
        """Where all pairs are as sure there is nothing to sort, and of a group that is decided nobody else is asked."""
        candidates = Candidates(filing)
        for later, content in enumerate(self._contents):
            asked = candidates.of(content)
            while asked:
                earlier = first_of(asked)
                here, there = self.groups.group_of(later), self.groups.group_of(earlier)
                if not self.groups.decided(here, there):
                    sure = self._verdict(earlier, later)
                    if UNSURE <= sure < filing.sure:
                        asked &= asked - 1
                        continue
                    if sure > UNSURE:
                        self.groups.join(here, there)
                    else:
                        self.groups.keep_apart(here, there)
                asked &= ~self.groups.members(self.groups.group_of(earlier))
            candidates.file(content, later)

    def _verdict(self, one: int, other: int) -> int:
        return self._rule(self._contents[one], self._contents[other])
