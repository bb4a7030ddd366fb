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
_PRICE_WORD = re.compile("unicorn|decacorn|独角兽")


def role_of(sentence: Sentence, sum_: FoundMoney) -> str | None:
    """The role whose words stand nearest: funding_round, valuation, total_funding, acquisition, ipo, a metric, or None.

    "other" words (prices, budgets, market sizes, funds) silence a sum.
    """
    if not any(character.isdigit() for character in sentence.text[sum_.start : sum_.end]) and _PRICE_WORD.search(
        sentence.text[sum_.start : sum_.end]
    ):
        return "valuation"
    before = sentence.text[max(0, sum_.start - _REACH) : sum_.start]
    earlier = [other.end for other in sentence.money if other.end <= sum_.start]
    if earlier:
        before = sentence.text[max(0, sum_.start - _REACH, earlier[-1]) : sum_.start]
    end = _end(sentence, sum_)
    best: tuple[float, str] | None = None
    for place, (role, ends, begins) in enumerate(_roles(sentence.language)):
        distance = _nearest(before, sentence.text, end, ends, begins)
        if distance is not None and (best is None or (distance + place * 0.01) < best[0]):
            best = (distance + place * 0.01, role)
    if best is None or best[1] == "other":
        return None
    if best[1] == "funding_round":
        if _LISTS.search(sentence.text) and not sentence.series:
            return "ipo"
        if _ALLEGED.search(sentence.text[: sum_.start]):
            return None
    return best[1]


_LISTS = re.compile(
    r"\b(?:initial public offering|IPO|went public|goes public|listed in|listed on|debut(?:ed)? on|began trading)\b|上市首日|挂牌|公开发售|招股"
)
_ALLEGED = re.compile(
    r"\b(?:alleg\w+|accus\w+|falsely|fraudulently|claims of)\b|指控|罪证|窃取|骗取|涉嫌|造假|谎称"
)


def _end(sentence: Sentence, sum_: FoundMoney) -> int:
    """Where a sum ends, with the bracket that says it again in another currency."""
    again = next((each for each in sentence.money if each.restates and 0 <= each.start - sum_.end <= 12), None)
    if again is None:
        return sum_.end
    return again.end + 1 if sentence.text[again.end : again.end + 1] in (")", "）") else again.end


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
        distances.append(0.2 + 0.01 * (behind.end() - end))
    last = None
    for match in ends.finditer(before):
        last = match
    if last is not None:
        gap = before[last.end() :]
        distances.append(len(gap) + _COMMA * len(_COMMAS.findall(gap)))
    nearest = min(distances, default=None)
    return nearest if nearest is not None and nearest <= _FARTHEST else None
