"""When two claims of one company and one type speak of the same thing: one small rule per type.

Every rule is symmetric and looks at two claims only, so that what belongs together does not depend on the order in
which articles were read. It answers 1 or more where the two are the same (the more the surer), 0 where it is unsure,
-1 where they surely are not. A wrong merge makes a wrong number; where a rule is unsure it says so.

Two readers of one article are compared otherwise (`pipeline/language_model/two_readings.py`): by where they read it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence

from rapidfuzz import fuzz

from db.model import CLAIM_FIELDS
from pipeline.facts.compared import (
    BETWEEN_PARTIES,
    HAN,
    TOLD_EARLY_DAYS,
    Told,
    alike,
    gap,
    near,
    told_too_early,
    within,
)
from pipeline.facts.same_round import CORRECTED_DAYS, DIFFERENT, UNSURE, compare_rounds
from pipeline.facts.same_sum import ratio, sums_agree, two_currencies
from pipeline.facts.sole_posts import SAME_DAYS, sole_posts

SAME = 1
Rule = Callable[[Told, Told], int]


def _verdict(same: bool, different: bool) -> int:
    return DIFFERENT if different else SAME if same else UNSURE


def _far(one: Told, other: Told, days: int) -> bool:
    apart = gap(one, other)
    return (apart is not None and apart > days) or told_too_early(one, other)


def _same_price(one: Told, other: Told) -> bool:
    """Whether two prices are one: to 5 % in the same weeks, to 2 % over time; an open end reaches no further."""
    if one.sum is None or other.sum is None or two_currencies(one.sum, other.sum):
        return False
    factor = ratio(one.sum, other.sum)
    return factor is not None and factor <= (1.05 if near(one, other, 30) else 1.02)


def _valuation(one: Told, other: Told) -> int:
    kinds = {one.name("valuation_kind"), other.name("valuation_kind")} - {None, "unspecified"}
    talk = (one.status == "rumored") != (other.status == "rumored")
    if len(kinds) > 1 or _far(one, other, 200):
        return DIFFERENT
    if _same_price(one, other) and within(one, other, 100 if talk else 200):
        return 2 * SAME
    return SAME if _is_corrected(one, other) else UNSURE


def _is_corrected(one: Told, other: Told) -> bool:
    """Whether an outlet tells in a correction what it had printed of the same days."""
    own = one.corrects != other.corrects and one.witness == other.witness
    return own and (one.status == "denied") == (other.status == "denied") and near(one, other, CORRECTED_DAYS)


def _total(one: Told, other: Told) -> int:
    """A total grows: one of another year is another, unless it is the very same sum."""
    return _verdict(_same_price(one, other) and within(one, other, 400), _far(one, other, 400))


def _metric(one: Told, other: Told) -> int:
    other_kind = alike(one, other, "metric") is not True
    same = bool(sums_agree(one.sum, other.sum)) and within(one, other, 20)
    return _verdict(same, other_kind or _far(one, other, 20))


def _by_counterparty(field: str, days: int, unknown_days: int) -> Rule:
    """One counterparty within `days`; where one claim names none, within `unknown_days`."""

    def rule(one: Told, other: Told) -> int:
        same = alike(one, other, field)
        if same is False or _far(one, other, days):
            return DIFFERENT
        if same:
            return 2 * SAME
        return SAME if within(one, other, unknown_days) else UNSURE

    return rule


def _shutdown(one: Told, other: Told) -> int:
    unstated = one.name("product") is None and other.name("product") is None
    same = unstated or alike(one, other, "product") is True
    return _verdict(same and within(one, other, 365), not same or _far(one, other, 365))


def _layoffs(one: Told, other: Told) -> int:
    differ = alike(one, other, "headcount") is False or alike(one, other, "percent") is False
    return _verdict(not differ and within(one, other, 90), differ or _far(one, other, 90))


def _same_person(one: Told, other: Told) -> bool | None:
    """Whether two names can be one person's: one is the other with more names, such as "Mostaque".

    Two scripts are one person where in the same days one takes or leaves a post that one person holds at a time.
    """
    left, right = one.name("person"), other.name("person")
    if left is None or right is None:
        return None if left != right else alike(one, other, "role")
    if alike(one, other, "person"):
        return True
    if _two_scripts([left], [right]):
        post = sole_posts(one.name("role") or "") & sole_posts(other.name("role") or "")
        return True if post and near(one, other, SAME_DAYS) else None
    short, long = sorted((left.split(), right.split()), key=lambda words: (len(words), words))
    return len(short) < len(long) and len(short[-1]) >= _SURNAME and set(short) <= set(long)


_SURNAME = 5
"""Letters of a surname that is enough by itself; "Wang" and "Kim" are not."""


def _leadership_change(one: Told, other: Told) -> int:
    differ = alike(one, other, "direction") is False or _same_person(one, other) is False
    same = not differ and _same_person(one, other) is True and one.name("direction") == other.name("direction")
    return _verdict(same and within(one, other, 120), differ or _far(one, other, 120))


def _product_launch(one: Told, other: Told) -> int:
    differ = alike(one, other, "product") is False or alike(one, other, "stage") is False
    same = alike(one, other, "product") is True and not differ
    return _verdict(same and within(one, other, 60), differ or _far(one, other, 60))


def _founding(_one: Told, _other: Told) -> int:
    return SAME


def _lawsuit(one: Told, other: Told) -> int:
    """One step of one suit: a complaint, a ruling and an appeal are told of their own days.

    Names in two scripts that nobody resolved may be one's: that is unsure, and a person's to say.
    """
    left, right = (set((each.name("plaintiff") or "").split(BETWEEN_PARTIES)) - {""} for each in (one, other))
    if _far(one, other, _ONE_STEP_DAYS):
        return DIFFERENT
    if left and right and not left & right:
        return UNSURE if _two_scripts(left, right) else DIFFERENT
    return _verdict(within(one, other, _ONE_STEP_DAYS), False)


_ONE_STEP_DAYS = 30
"""A complaint is in the papers for days; what is dated to June and what to August are two steps, of two courts even."""


def _two_scripts(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether one side's names are all Chinese and the other's all not."""
    scripts = [{HAN.search(name) is not None for name in side} for side in (left, right)]
    return all(len(each) == 1 for each in scripts) and scripts[0] != scripts[1]


def _partnership(one: Told, other: Told) -> int:
    same = alike(one, other, "partner")
    return _verdict(same is True and within(one, other, 365), same is False or _far(one, other, 365))


def _controversy(one: Told, other: Told) -> int:
    """One scandal in an article; in two articles only where they say nearly the same of the same days."""
    if not near(one, other, 30):
        return DIFFERENT if _far(one, other, 30) else UNSURE
    told_once = one.article == other.article != ""
    return SAME if told_once or fuzz.token_set_ratio(one.text, other.text) >= _NEARLY else UNSURE


_NEARLY = 70
"""Of 100: rapidfuzz's token_set_ratio, which does not mind order and additions."""

RULES: dict[str, Rule] = {
    "funding_round": compare_rounds,
    "valuation": _valuation,
    "total_funding": _total,
    "acquisition": _by_counterparty("acquirer", 365, 90),
    "ipo": _by_counterparty("exchange", 365, 365),
    "shutdown": _shutdown,
    "layoffs": _layoffs,
    "leadership_change": _leadership_change,
    "product_launch": _product_launch,
    "founding": _founding,
    "lawsuit": _lawsuit,
    "metric": _metric,
    "partnership": _partnership,
    "controversy": _controversy,
}


def faces(contents: Sequence[Told], claim_type: str) -> list[Hashable]:
    """Of each of these claims of one type all by which it can contradict another of them: its own fields, and time.

    A round contradicts by all it tells, so each speaks for itself. Of the day of an undated report counts only which of
    the dated claims had begun by then.
    """
    if claim_type == "funding_round":
        return list(range(len(contents)))
    begun = sorted({each.first for each in contents if each.first is not None})

    def face(each: Told) -> Hashable:
        by_then = None if each.not_after is None else bisect_right(begun, each.not_after + TOLD_EARLY_DAYS)
        return (each.first, each.last, by_then, *map(each.name, CLAIM_FIELDS[claim_type]))

    return [face(each) for each in contents]
