"""The groups of claims so far: which are joined, and which never may be."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from pipeline.facts.candidates import Places, each_of


class Groups:
    """Claims by their places 0, 1, 2 ..., each in one group, which is known by its earliest place.

    `contradict` says of two places whether their claims surely speak of two things; no group holds two such claims.
    `faces` has of each place all that it looks at: of those that are alike one speaks for all.
    """

    def __init__(
        self,
        faces: Sequence[Hashable],
        contradict: Callable[[int, int], bool],
        judged_apart: Iterable[tuple[int, int]],
    ) -> None:
        size = len(faces)
        self._contradict = contradict
        self._group = list(range(size))
        self._members: list[Places] = [1 << place for place in range(size)]
        self._speakers: list[dict[Hashable, int]] = [{face: place} for place, face in enumerate(faces)]
        self._judged: list[Places] = [0] * size
        for one, other in judged_apart:
            self._judged[one] |= 1 << other
            self._judged[other] |= 1 << one
        self._apart = list(self._judged)

    def group_of(self, place: int) -> int:
        """The group of a place."""
        return self._group[place]

    def members(self, group: int) -> Places:
        """Who is in a group."""
        return self._members[group]

    def decided(self, one: int, other: int) -> bool:
        """Whether two groups are the same one already, or are known never to be."""
        return one == other or bool(self._apart[one] & self._members[other])

    def keep_apart(self, one: int, other: int) -> None:
        """Note that two groups are never to be one."""
        self._apart[one] |= self._members[other]
        self._apart[other] |= self._members[one]

    def join(self, one: int, other: int) -> bool:
        """Make one group of two undecided ones, unless a claim of one contradicts a claim of the other."""
        ours, theirs = self._speakers[one].values(), self._speakers[other].values()
        if any(self._contradict(here, there) for here in ours for there in theirs):
            self.keep_apart(one, other)
            return False
        self._unite(one, other)
        return True

    def join_as_judged(self, one: int, other: int) -> None:
        """Make one group of two, whatever their claims say, unless a person judged two of them different."""
        if one != other and not self._judged[one] & self._members[other]:
            self._unite(one, other)

    def _unite(self, one: int, other: int) -> None:
        first, second = sorted((one, other))
        for place in each_of(self._members[second]):
            self._group[place] = first
        self._speakers[first].update(self._speakers[second])
        self._speakers[second] = {}
        for sets in (self._members, self._judged, self._apart):
            sets[first] |= sets[second]
            sets[second] = 0
