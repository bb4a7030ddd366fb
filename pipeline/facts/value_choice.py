"""Which of the values that claims give a field is shown: criteria in order, the first that differs decides."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from db.model import Status, StoredClaim
from db.nouns.witnesses import independent
from pipeline.facts.fact_status import PARTIES, STATUS_ORDER
from pipeline.facts.own_corrections import taken_back

TIER_ORDER = ("unknown", "aggregator", "press", "trade", "company", "primary")
"""From weakest to strongest (`db.nouns.source` says what each means)."""
Value = TypeVar("Value", bound=Hashable)
Rank = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Said(Generic[Value]):
    """A value, the claims that say exactly this, in the order of the fact, and those that agree with it."""

    value: Value
    claims: list[StoredClaim]
    supporters: list[StoredClaim]

    @property
    def published(self) -> int:
        """The day of its latest report."""
        return max(each.published.toordinal() if each.published else 0 for each in self.claims)


@dataclass(frozen=True, slots=True)
class Agreement(Generic[Value]):
    """Whether two values can both be right, whichever comes first; `compared_as` is worked out once a value."""

    compared_as: Callable[[Value], Any]
    fit: Callable[[Any, Any], bool]

    def __call__(self, one: Value, other: Value) -> bool:
        """Whether these two can both be right."""
        return self.fit(self.compared_as(one), self.compared_as(other))


@dataclass(frozen=True, slots=True)
class Criterion(Generic[Value]):
    """A rule by its name, and how well a value does by it: more is better."""

    name: str
    measure: Callable[[Said[Value]], Any]


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """A chosen value, its supporters, the losing values with those who say them, and the rule that chose."""

    value: Value
    supporters: list[StoredClaim]
    losing: list[tuple[Value, list[StoredClaim]]]
    rule: str


def _voice(stored: StoredClaim, statuses: Sequence[Status]) -> tuple[int, int, int]:
    tier = TIER_ORDER.index(stored.tier) if stored.tier in TIER_ORDER else 0
    return statuses.index(stored.claim.status), int(stored.claim.said_by in PARTIES), tier


def by_voice(status: Status) -> tuple[Criterion[Any], ...]:
    """Whose word it is, by the best claim that says it, and how many independent ones say it or agree.

    `status` is that of the fact: where it is denied, the denial's own words go first.
    """
    statuses = (*STATUS_ORDER[1:], "denied") if status == "denied" else STATUS_ORDER

    def best(said: Said[Any], place: int) -> int:
        return max(_voice(stored, statuses) for stored in said.claims)[place]

    return (
        Criterion("better status", lambda said: best(said, 0)),
        Criterion("party before press", lambda said: best(said, 1)),
        Criterion("better source", lambda said: best(said, 2)),
        Criterion("more witnesses", lambda said: len(independent(said.supporters))),
        Criterion("most told", lambda said: len(independent(said.claims))),
    )


LATER_REPORT: Criterion[Any] = Criterion("later report", lambda said: said.published)
ORDER_OF_TEXT = "order of text"
_UNDISPUTED = ("only value", "all agree")
"""Said once, and said more often."""
JUDGED = "judged"
"""A person's decision goes before every rule, an outlet's correction included."""
OWN_CORRECTION = "own correction"
"""Its outlet took the other value back: no criterion is asked."""


def choose(
    claims: Sequence[StoredClaim],
    read: Callable[[StoredClaim], Value | None],
    agree: Agreement[Value],
    criteria: Sequence[Criterion[Value]],
    finer: Callable[[Value], int] | None = None,
    corrections: Sequence[StoredClaim] = (),
) -> Choice[Value] | None:
    """The value that does best by the criteria; None where no claim states one.

    `agree` says whether two values can both be right. `finer` says how much a value tells: of
    those that agree with the best one, the one that tells most is shown (2023-06-29 for 2023-06). What an outlet
    took back in one of the `corrections` is not chosen on its word; it is among the losing values.
    """
    judged = any(criterion.name == JUDGED for criterion in criteria)
    gone = frozenset[str]() if judged else taken_back(claims, corrections, read, agree)
    values = _gather([stored for stored in claims if stored.key not in gone], read, agree)
    if not values:
        return None
    if len(values) == 1 and not gone:  # nearly always
        (only,) = values
        return Choice(only.value, only.supporters, [], _UNDISPUTED[len(only.supporters) > 1])
    ranks = [tuple(criterion.measure(said) for criterion in criteria) for said in values]
    best = max(range(len(values)), key=lambda place: (ranks[place], -place))
    shown = best
    if finer is not None:
        agreeing = [place for place, said in enumerate(values) if agree(values[best].value, said.value)]
        shown = max(agreeing, key=lambda place: (finer(values[place].value), ranks[place], -place))
    against = [place for place, said in enumerate(values) if not agree(values[shown].value, said.value)]
    losing = {values[place].value: values[place].claims for place in against}
    for stored in claims:
        value = read(stored) if stored.key in gone else None
        if value is not None and not agree(values[shown].value, value):
            losing[value] = [*losing.get(value, ()), stored]
    by_correction = bool(losing) and not against
    rivals = against or _apart(values, best, agree)
    rule = OWN_CORRECTION if by_correction else _rule(criteria, ranks, best, rivals, len(values[shown].supporters))
    return Choice(values[shown].value, values[shown].supporters, list(losing.items()), rule)


def _gather(
    claims: Sequence[StoredClaim],
    read: Callable[[StoredClaim], Value | None],
    agree: Agreement[Value],
) -> list[Said[Value]]:
    told: dict[Value, list[tuple[int, StoredClaim]]] = {}
    for place, stored in enumerate(claims):
        value = read(stored)
        if value is not None:
            told.setdefault(value, []).append((place, stored))
    compared, agreeing = [(value, agree.compared_as(value)) for value in told], {value: [value] for value in told}
    for place, (value, ours) in enumerate(compared):
        for other, theirs in compared[:place]:
            if agree.fit(ours, theirs):
                agreeing[value].append(other)
                agreeing[other].append(value)
    gathered = []
    for value, own in told.items():
        supporting = sorted((entry for other in agreeing[value] for entry in told[other]), key=lambda entry: entry[0])
        gathered.append(Said(value, [stored for _, stored in own], [stored for _, stored in supporting]))
    return gathered


def _apart(values: Sequence[Said[Value]], best: int, agree: Agreement[Value]) -> list[int]:
    """Where nothing speaks against the shown value: what speaks against the best one, or else against another.

    A range that holds $2B as well as $3B has nothing against it, but those who say the two do not all agree.
    """
    pairs = [
        (one, other)
        for other in range(len(values))
        for one in range(other)
        if not agree(values[one].value, values[other].value)
    ]
    with_best = [place for pair in pairs if best in pair for place in pair if place != best]
    return with_best or [place for pair in pairs for place in pair]


def _rule(
    criteria: Sequence[Criterion[Value]], ranks: Sequence[Rank], best: int, rivals: Sequence[int], supporters: int
) -> str:
    """The first criterion by which the best value beats the best of its rivals."""
    if not rivals:
        return _UNDISPUTED[supporters > 1]
    rival = max(ranks[place] for place in rivals)
    pairs = zip(criteria, ranks[best], rival, strict=True)
    return next((criterion.name for criterion, ours, theirs in pairs if ours != theirs), ORDER_OF_TEXT)
