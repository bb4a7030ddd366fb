"""Labels that stand against each other: two rounds of one sum, each told by several under its own label and date.

One outlet's label against many is a mistake, and of the same days a dispute: one deal, and a conflict that is shown.
But where two or more independent ones tell a B round of March as done, and two or more a C round of April, the same sum
and the same lead do not make one deal of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.model import StoredClaim
from pipeline.facts.compared import Told

Label = tuple[str, str | None]
Camp = tuple[frozenset[str], frozenset[tuple[int, int]]]
"""Who tells a label, and the first and last days of the periods in which they date it."""
_ENOUGH = 2
"""Independent witnesses: one may err."""
_APART_DAYS = 7
"""Reports of one announcement lie no farther apart."""


class LabelCamps:
    """By group, each label with those who tell it as done, and the periods in which they date it."""

    def __init__(self, heaps: Sequence[tuple[Told, Sequence[StoredClaim]]]) -> None:
        self._camps = [_camp(told, claims) for told, claims in heaps]

    def stand_apart(self, one: int, other: int) -> bool:
        """Whether two groups tell of two rounds by what those in them say."""
        return any(
            ours != theirs
            and len(self._camps[one][ours][0]) >= _ENOUGH
            and len(self._camps[other][theirs][0]) >= _ENOUGH
            and self._days_between(one, ours, other, theirs) > _APART_DAYS
            for ours in self._camps[one]
            for theirs in self._camps[other]
        )

    def _days_between(self, one: int, ours: Label, other: int, theirs: Label) -> int:
        return min(
            max(first - other_last, other_first - last, 0)
            for first, last in self._camps[one][ours][1]
            for other_first, other_last in self._camps[other][theirs][1]
        )

    def unite(self, one: int, other: int) -> None:
        """Make one group of two, known by the earlier place."""
        first, second = sorted((one, other))
        for label, (who, periods) in self._camps[second].items():
            known_who, known_periods = self._camps[first].get(label, (frozenset(), frozenset()))
            self._camps[first][label] = (known_who | who, known_periods | periods)
        self._camps[second] = {}


def _camp(told: Told, claims: Sequence[StoredClaim]) -> dict[Label, Camp]:
    """Of a lettered round told as done and dated to the month; other money goes by several names."""
    if told.series is None or not told.series.startswith("series_") or told.status not in _DONE:
        return {}
    if not told.fine or told.first is None or told.last is None:
        return {}
    who = frozenset(each.story or each.witness for each in claims)
    return {(told.series, told.qualifier): (who, frozenset({(told.first, told.last)}))}


_DONE = frozenset({"reported", "confirmed"})
