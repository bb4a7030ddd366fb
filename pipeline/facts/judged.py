"""What persons decided about claims, as the forming of facts takes it: it cuts, joins, prefers, deletes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from db.nouns.facts import Judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims by key: those that are wrong, pairs that are of one fact, pairs that are not, and who wins a field."""

    wrong: frozenset[str] = frozenset()
    together: tuple[tuple[str, str], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()
    preferred: Mapping[str, frozenset[str]] = field(default_factory=dict)


def judged(judgements: Iterable[Judgement]) -> Judged:
    """The judgements sorted out; their order does not matter."""
    wrong: set[str] = set()
    together: set[tuple[str, str]] = set()
    apart: set[tuple[str, str]] = set()
    preferred: defaultdict[str, set[str]] = defaultdict(set)
    for each in judgements:
        pair = (min(each.claim, each.other or each.claim), max(each.claim, each.other or each.claim))
        if each.kind == "wrong":
            wrong.add(each.claim)
        elif each.kind == "prefer":
            preferred[each.field or ""].add(each.claim)
        else:
            (together if each.kind == "same" else apart).add(pair)
    return Judged(
        frozenset(wrong),
        tuple(sorted(together)),
        frozenset(apart),
        {name: frozenset(keys) for name, keys in preferred.items()},
    )
