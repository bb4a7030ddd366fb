"""What a sum in a Chinese sentence is, by all the words of the sentence, as labelled articles taught."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from pipeline.learned.chinese_marked_words import Word
from pipeline.learned.weights import Features, weights
from pipeline.values.found import FoundMoney

TABLE = "chinese_sums"
NOTHING = "nothing"
_BEFORE, _BEHIND = 12, 10
_PLACED = 3
"""Words next to the sum whose place counts."""
_FADES = 0.15
"""How much less a word counts with each word between it and the sum."""
_SURE = 0.6
"""Left out of the learning, a role that is so likely is right nine times in ten."""


def learned_role(words: Sequence[Word], sum_: FoundMoney) -> str | None:
    """A claim type, or the kind of a metric ("revenue_annual", "other"), or None where that is not sure."""
    role, likely = weights(TABLE).likeliest(features_of(words, sum_))
    return role if role != NOTHING and likely >= _SURE else None


def features_of(words: Sequence[Word], sum_: FoundMoney) -> Features:
    """What is weighed of a sum: the words of its sentence, those before (<) and behind (>) by nearness, its size."""
    grams = _grams(tuple(each.text for each in words))
    before = [each.text for each in reversed(words) if each.end <= sum_.start]
    behind = [each.text for each in words if each.start >= sum_.end]
    own = [f"size {_size(sum_)}", f"operator {sum_.money.operator}"]
    if sum_.money.currency is None:
        own.append("no currency")
    return {
        **dict.fromkeys([*grams, *own], 1.0),
        **_side("<", before[:_BEFORE]),
        **_side(">", behind[:_BEHIND]),
    }


def _side(sign: str, near: Sequence[str]) -> Features:
    if not near:
        return {sign: 1.0}
    features: Features = {f"{sign}{place}{word}": 1.0 for place, word in enumerate(near[:_PLACED])}
    for size in (1, 2, 3):
        for place, gram in enumerate(_runs(near, size)):
            features.setdefault(f"{sign}{gram}", 1 / (1 + _FADES * place))
    return features


@lru_cache(maxsize=1)
def _grams(words: tuple[str, ...]) -> list[str]:
    """Of a sentence full of sums all ask in a row."""
    return [gram for size in (1, 2, 3) for gram in _runs(words, size)]


def _runs(words: Sequence[str], size: int) -> list[str]:
    """Each `size` neighbours, joined."""
    return [" ".join(run) for run in zip(*(islice(words, start, None) for start in range(size)), strict=False)]


def _size(sum_: FoundMoney) -> int:
    """The power of ten of an amount."""
    amount = sum_.money.amount
    return amount.adjusted() if amount >= 1 else 0
