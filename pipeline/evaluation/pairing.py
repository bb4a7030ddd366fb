"""One-to-one pairing of labelled and found items."""

from __future__ import annotations

from collections.abc import Mapping

_LEAST_GAIN = 1e-9


def best_pairing(weights: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """The pairs {labelled: found} out of {(labelled, found): weight}: as many as can be, and of such the heaviest.

    Grows by the best augmenting path, so each round is the heaviest pairing of its size.
    """
    partner: dict[int, int] = {}
    owner: dict[int, int] = {}
    while True:
        reached = _reachable(weights, partner, owner)
        free = [right for right in reached if right not in owner]
        if not free:
            return partner
        right: int | None = max(free, key=lambda each: reached[each][0])
        while right is not None:
            left = reached[right][1]
            before = partner.get(left)
            partner[left], owner[right] = right, left
            right = before


def _reachable(
    weights: Mapping[tuple[int, int], float], partner: Mapping[int, int], owner: Mapping[int, int]
) -> dict[int, tuple[float, int]]:
    """Every right item on an augmenting path: the best change of weight up to it, and the left item before it."""
    gain = {left: 0.0 for left, _ in weights if left not in partner}
    reached: dict[int, tuple[float, int]] = {}
    changed = True
    while changed:
        changed = False
        for (left, right), weight in weights.items():
            if left not in gain or partner.get(left) == right:
                continue
            if right in reached and gain[left] + weight <= reached[right][0] + _LEAST_GAIN:
                continue
            reached[right] = (gain[left] + weight, left)
            changed = True
            if right in owner:
                gain[owner[right]] = reached[right][0] - weights[owner[right], right]
    return reached
