"""What a sum of money in a sentence is: a round, a price, a total, a revenue, or nothing we track."""

from __future__ import annotations

import re
from functools import cache

from pipeline.document import Sentence
from pipeline.found import FoundMoney
from pipeline.lexicon_files import lexicon

METRICS = ("arr", "revenue_monthly", "revenue_annual", "burn_monthly", "cash")
_REACH = 90
_COMMA = 12
"""What a comma between a word and a sum counts, in characters."""
_FARTHEST = 70
_COMMAS = re.compile("[,，]")


def role_of(sentence: Sentence, sum_: FoundMoney) -> str | None:
    """The role whose words stand nearest: funding_round, valuation, total_funding, acquisition, ipo, a metric, or None.

    "other" words (prices, budgets, market sizes, funds) silence a sum.
    """
    before = sentence.text[max(0, sum_.start - _REACH) : sum_.start]
    earlier = [other.end for other in sentence.money if other.end <= sum_.start]
    if earlier:
        before = sentence.text[max(0, sum_.start - _REACH, earlier[-1]) : sum_.start]
    best: tuple[float, str] | None = None
    for place, (role, ends, begins) in enumerate(_roles(sentence.language)):
        distance = _nearest(before, sentence.text, sum_.end, ends, begins)
        if distance is not None and (best is None or (distance + place * 0.01) < best[0]):
            best = (distance + place * 0.01, role)
    return best[1] if best is not None and best[1] != "other" else None


@cache
def _roles(language: str) -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """(role, what ends at the sum, what begins behind it), in the order that decides between equals."""
    table = lexicon("pipeline.lexicon", "money_roles")["zh" if language == "zh" else "en"]
    return [
        (
            role,
            re.compile("|".join(rf"(?:{pattern})" for pattern in words["before"])),
            re.compile("|".join(rf"(?:{pattern})" for pattern in words["after"])),
        )
        for role, words in table.items()
    ]


def _nearest(before: str, text: str, end: int, ends: re.Pattern[str], begins: re.Pattern[str]) -> float | None:
    """How far the role's nearest word is from the sum, in characters; None where it is out of reach."""
    distances: list[float] = []
    behind = begins.match(text, end)
    if behind is not None:
        distances.append(0.5 + 0.1 * (behind.end() - end))
    last = None
    for match in ends.finditer(before):
        last = match
    if last is not None:
        gap = before[last.end() :]
        distances.append(len(gap) + _COMMA * len(_COMMAS.findall(gap)))
    nearest = min(distances, default=None)
    return nearest if nearest is not None and nearest <= _FARTHEST else None
