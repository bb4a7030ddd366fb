"""When two claims speak of one funding round: by sum, label, date and who put the money in."""

from __future__ import annotations

from pipeline.facts.compared import SECOND_HAND, SEVERAL, Told, gap, near, told_too_early, within
from pipeline.facts.same_sum import ratio, sums_agree, two_currencies

DIFFERENT, UNSURE = -1, 0
CORRECTED_DAYS = 15
"""How far from what it corrects a correction may date it."""
_FARTHEST_DAYS = 120
"""No rule takes two claims for one round whose dates lie farther apart."""
_FARTHEST_DAYS_OF_TWO_SUMS = 60
"""Nor two that tell sums which contradict each other, unless both are dated and no farther apart than this."""
_ONCE = frozenset({"pre_seed", "seed", "angel", *(f"series_{letter}" for letter in "abcdefghij")})
"""Labels a company uses once (with its qualifier); it may take on debt, grants or strategic money many times."""
_LETTERED = _ONCE - {"pre_seed", "seed", "angel"}
"""Those that nobody uses in passing, as "seed money" and "angel" are."""
_NO_EQUITY_ROUND = frozenset({"debt_financing", "convertible_note", "grant", "secondary_market"})
"""Other instruments than a round: the same sum of both is two deals (a round and a note)."""


def compare_rounds(one: Told, other: Told) -> int:
    """How surely two claims speak of one round: 1 and more, the more the surer; 0 unsure; -1 surely of two.

    Symmetric. Unsure claims may still meet through a third; surely different ones never do.
    """
    apart = gap(one, other)
    if (apart is not None and apart > _FARTHEST_DAYS) or told_too_early(one, other):
        return DIFFERENT
    agree = sums_agree(one.sum, other.sum)
    if agree is not True and _is_of_several(one, other):
        return DIFFERENT
    label = _same_label(one, other)
    if agree is False and (apart is None or apart > _FARTHEST_DAYS_OF_TWO_SUMS):
        return DIFFERENT if _surely_two(one, other, agree, label, apart) else UNSURE
    sure = max([rule(one, other, agree, label) for rule in _RULES])
    if sure > UNSURE:
        return 10 * sure + _closeness(one, other, apart)
    return DIFFERENT if _surely_two(one, other, agree, label, apart) else UNSURE


def _is_of_several(one: Told, other: Told) -> bool:
    """Whether one is a sum for several rounds, and the other one round by its label: "$55M over three rounds"."""
    return (one.qualifier == SEVERAL and other.series is not None) or (
        other.qualifier == SEVERAL and one.series is not None
    )


def _closeness(one: Told, other: Told, apart: int | None) -> int:
    """Between two pairs that are as sure, the one told nearer in time and of the same standing goes first."""
    in_time = 0 if apart is None else 6 if apart <= 7 else 4 if apart <= 30 else 2
    return in_time + ((one.status == "rumored") == (other.status == "rumored"))


def _same_label(one: Told, other: Told) -> bool | None:
    """Whether series and qualifier are the same; None where either is not told."""
    if one.series is None or other.series is None:
        return None
    return (one.series, one.qualifier) == (other.series, other.qualifier)


def _surely_two(one: Told, other: Told, agree: bool | None, label: bool | None, apart: int | None) -> bool:
    if _other_instrument(one, other) or _two_closes(one, other):
        return True
    if agree is None and _two_letters_of_one_article(one, other):
        return True
    return agree is False and (label is False or (apart is not None and apart > 60))


def _two_letters_of_one_article(one: Told, other: Told) -> bool:
    """Whether one article tells a B round and a C round. Of one sum it may tell that others call the C round a D."""
    return one.article == other.article != "" and one.series != other.series and {one.series, other.series} <= _LETTERED


def _other_instrument(one: Told, other: Told) -> bool:
    if one.series is None or other.series is None or one.series == other.series:
        return False
    return one.series in _NO_EQUITY_ROUND or other.series in _NO_EQUITY_ROUND


def _one_denies(one: Told, other: Told) -> bool:
    """Whether one claim denies: "we did not invest" denies a party's part; only sum or name ties it to a deal."""
    return (one.status == "denied") != (other.status == "denied")


def _by_sum(one: Told, other: Told, agree: bool | None, label: bool | None) -> int:
    """The same sum: of one deal that is told twice, under one label, none, or two at the same time."""
    if not agree or one.sum is None or other.sum is None:
        return UNSURE
    if label is True and one.series in _ONCE:
        return 5 if within(one, other, 120) else UNSURE
    if label is False:
        return 2 if _one_deal_with_two_labels(one, other) else UNSURE
    if two_currencies(one.sum, other.sum):
        return 3 if near(one, other, 60) else UNSURE
    if label is True and one.investors and other.investors and not one.investors & other.investors:
        return UNSURE  # equal cheques of two strategic investors
    announced_twice = one.status == other.status == "confirmed"
    return 4 if within(one, other, 60 if announced_twice else 120) else UNSURE


def _one_deal_with_two_labels(one: Told, other: Told) -> bool:
    """Whether the same sum under two labels is told of the same time ("D轮" and "Series C extension").

    B1 and B2 are two closes whatever their sums, and what somebody else led is another deal; of other people's money it
    is one but on the very same days, when one outlet names the lead and one a partner.
    """
    if not near(one, other, 45) or _other_instrument(one, other) or _two_closes(one, other):
        return False
    if one.leads and other.leads and not one.leads & other.leads:
        return False
    others_money = one.investors and other.investors and not one.investors & other.investors
    return not others_money or (one.first == one.last and other.first == other.last and within(one, other, 3))


def _two_closes(one: Told, other: Told) -> bool:
    if one.series != other.series or one.qualifier is None or other.qualifier is None:
        return False
    return one.qualifier != other.qualifier and one.qualifier.isdigit() and other.qualifier.isdigit()


def _by_label(one: Told, other: Told, agree: bool | None, label: bool | None) -> int:
    """The same label that is used once: one deal, also where the sums contradict each other at the same time."""
    if label is not True or one.series not in _ONCE:
        return UNSURE
    if agree is False:
        apart = gap(one, other)
        return 2 if apart is not None and apart <= 45 and not _one_denies(one, other) else UNSURE
    return 3 if within(one, other, 120) else UNSURE


def _by_investor(one: Told, other: Told, agree: bool | None, label: bool | None) -> int:
    """The same money at the same time: a strategic stake by its investor, two sums of one deal by their lead."""
    if label is False or not one.investors or not other.investors or _one_denies(one, other):
        return UNSURE
    apart = gap(one, other)
    if label is True and agree is None and one.investors & other.investors:
        return 3 if apart is not None and apart <= 60 else UNSURE
    if label is True and one.leads & other.leads and apart == 0:
        return 2  # Intel's note of "under $50M", of which $20M were paid
    two_articles = one.article != other.article or not one.article
    if agree is False and two_articles and one.leads & other.leads and near(one, other, 15):
        return 2
    return UNSURE


def _by_time(one: Told, other: Told, agree: bool | None, label: bool | None) -> int:
    """No sum or no label to hold against each other, told of the same weeks."""
    unlabelled = label is None and not _one_denies(one, other)
    return 1 if unlabelled and agree is None and near(one, other, 30) else UNSURE


def _by_early_report(one: Told, other: Told, agree: bool | None, label: bool | None) -> int:
    """A sum from unnamed people, corrected within weeks by the announcement; or one without label that grew a bit."""
    if agree is not False or label is not None or one.sum is None or other.sum is None:
        return UNSURE
    factor = ratio(one.sum, other.sum)
    if factor is None or one.article == other.article != "" or {one.status, other.status} & {"denied", "rumored"}:
        return UNSURE
    if one.said_by in SECOND_HAND or other.said_by in SECOND_HAND:
        return 1 if factor <= 1.6 and near(one, other, 60) else UNSURE
    return 1 if one.series is other.series is None and factor <= 1.15 and near(one, other, 45) else UNSURE


def _by_correction(one: Told, other: Told, agree: bool | None, label: bool | None) -> int:
    """A correction tells the sum of a deal that was printed with another one in the same days."""
    corrected = one.corrects != other.corrects and agree is False and label is not False
    return 2 if corrected and near(one, other, CORRECTED_DAYS) and not _one_denies(one, other) else UNSURE


_RULES = (_by_sum, _by_label, _by_investor, _by_time, _by_early_report, _by_correction)
