"""The currency of sums a Chinese text writes without one: what the sums around them are in, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from db.values import Money
from pipeline.chinese.clauses import Sentence
from pipeline.values.found import FoundMoney

_SAYS_CURRENCY = re.compile(
    r"[元圆$¥€£₩₹₽₪฿块刀円币镑]|美金|法郎|克朗|卢比|卢布|谢克尔|泰铢|林吉特|[A-Z]{3}|独角兽|小目标"
)


def settle_bare_sums(sentences: Sequence[Sentence]) -> None:
    """「账上还有5600万」 is in the one currency of its sentence, else of its paragraph, else of the whole article.

    Where those differ the sum has no currency.
    """
    whole: set[str] = set()
    of_paragraph: dict[tuple[str, int], set[str]] = {}
    waiting: list[tuple[Sentence, set[str]]] = []
    for sentence in sentences:
        told = _told(sentence, sentence.money)
        whole |= told
        of_paragraph.setdefault((sentence.where, sentence.paragraph), set()).update(told)
        if any(_is_bare(sentence, each) for each in sentence.money):
            waiting.append((sentence, told))
    for sentence, told in waiting:
        near = (told, of_paragraph[(sentence.where, sentence.paragraph)], whole)
        currency = next((next(iter(each)) if len(each) == 1 else None for each in near if each), None)
        for clause in sentence.clauses:
            clause.money = [_in(each, currency) if _is_bare(sentence, each) else each for each in clause.money]


def settle_plain_yuan(sentences: Sequence[Sentence]) -> None:
    """「天使轮500万元」 in a text that tells sums in 新台币 and none in 人民币 is in 新台币 as well."""
    told = {each.money.currency for sentence in sentences for each in sentence.money}
    if "TWD" not in told or any("人民币" in sentence.text for sentence in sentences):
        return
    for sentence in sentences:
        for clause in sentence.clauses:
            clause.money = [_in(each, "TWD") if each.money.currency == "CNY" else each for each in clause.money]


def _told(sentence: Sentence, sums: Iterable[FoundMoney]) -> set[str]:
    return {each.money.currency for each in sums if each.money.currency and not _is_bare(sentence, each)}


def _is_bare(sentence: Sentence, sum_: FoundMoney) -> bool:
    return _SAYS_CURRENCY.search(sentence.text, sum_.start, sum_.end) is None


def _in(sum_: FoundMoney, currency: str | None) -> FoundMoney:
    money = sum_.money
    return sum_._replace(money=Money(money.amount, currency, money.operator, money.amount_max))
