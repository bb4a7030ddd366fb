"""Two readers of one article made one: what a language model answers completes the rules' claims, or adds to them.

A claim of the model that tells what a claim of the rules tells is no second one: it gives what the other lacks, and
dates and names of investors, which it reads better. Where one says otherwise than the other, the model is believed
about whose a fact is, the rules about what a sum is, and the more doubtful about whether it happened. What the rules
alone tell stays only where the model told less than they: so measured on articles that nobody had written rules for
(docs/model.md).

Whether two claims tell one thing is not asked as between articles (`pipeline/facts/same_thing.py`): here the same
sentence says more than any field, and the days, which decide there, are what the two readers may disagree about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from db.model import Claim, FieldValue, Reading
from db.nouns.identity import fold
from db.values import PartialDate
from pipeline.facts.compared import BETWEEN_PARTIES
from pipeline.language_model.checked_answer import CheckedAnswer

_DOUBT = {"denied": 2, "rumored": 1}
_OF_THE_MODEL = ("investors", "lead_investors")
_UNSAID: tuple[FieldValue, ...] = (None, "", "series_unknown", "unspecified", [])
_AS_MUCH = 0.8
"""The rules tell some of their facts twice, and some wrongly."""
Names = tuple[str, ...]


def joined(reading: Reading, answer: CheckedAnswer, published: date | None = None) -> Reading:
    """A reading by the rules together with the model's claims: both are one article, one witness.

    An article about no company of AI, as the model judges it, has no claims.
    """
    if not answer.of_ai:
        return Reading("none", (*reading.reasons, "model: no company of AI"), ())
    answered = _under_one_name(reading.claims, answer.claims)
    rules, day = list(reading.claims), PartialDate(published.isoformat()) if published else None
    alone = set(range(len(rules)))
    new: list[Claim] = []
    for claim in answered:
        places = [at for at, other in enumerate(reading.claims) if _tells_again(other, claim)]
        for place in places:
            rules[place] = _completed(rules[place], claim, day)
        alone.difference_update(places)
        if not places and not any(_tells_again(other, claim) for other in new):
            new.append(claim)
    lone = [reading.claims[at] for at in alone]
    new = [claim for claim in new if not any(_is_another_thing(other, claim) for other in lone)]
    told_less = len(answered) < _AS_MUCH * len(rules)
    told = (
        claim
        for at, claim in enumerate(rules)
        if at not in alone or (told_less and not any(_is_of_another(claim, other) for other in new))
    )
    return replace(reading, claims=(*told, *new))


def _under_one_name(rules: Sequence[Claim], answered: Sequence[Claim]) -> list[Claim]:
    """The model's claims with the rules' name for a company that it calls by a longer or shorter one, Plotline Labs."""
    known = {claim.company_key: claim for claim in rules}
    renamed: dict[str, Claim] = {}
    for claim in answered:
        if claim.company_known or claim.company_key in known:
            continue
        alike = [each for each in known.values() if _begins(each.company, claim.company)]
        if len(alike) == 1:
            renamed[claim.company_key] = alike[0]
    return [
        claim
        if (other := renamed.get(claim.company_key)) is None
        else replace(claim, company=other.company, company_key=other.company_key, company_known=other.company_known)
        for claim in answered
    ]


def _begins(one: str, other: str) -> bool:
    left, right = sorted((fold(one).split(), fold(other).split()), key=len)
    return 0 < len(left) < len(right) and right[: len(left)] == left


def _is_another_thing(own: Claim, answer: Claim) -> bool:
    """Whether one sum of one company is told as two things, a price and a round."""
    same_sum = own.money is not None and own.money == answer.money
    return same_sum and own.type != answer.type and own.company_key == answer.company_key and _near(own, answer)


def _is_of_another(own: Claim, answer: Claim) -> bool:
    """Whether one statement, or one sum, is told of two companies."""
    if own.company_key == answer.company_key or not _near(own, answer):
        return False
    if own.type == answer.type:
        return _same(own, answer)
    return own.money is not None and own.money == answer.money


def _tells_again(one: Claim, other: Claim) -> bool:
    """Whether two claims are one statement: of a company, with the same sum, person, product or other party."""
    if one.type != other.type:
        return False
    if one.type == "partnership":
        return _alike_sides(one, other)
    if one.company_key != other.company_key:
        return False
    return _same(one, other) and (_near(one, other) or _doubt(one) == _doubt(other))


def _near(one: Claim, other: Claim) -> bool:
    return one.where == other.where and (one.sentence in other.sentence or other.sentence in one.sentence)


def _doubt(claim: Claim) -> int:
    return _DOUBT.get(claim.status, 0)


def _same(one: Claim, other: Claim) -> bool:
    near = _near(one, other)
    if one.money is not None and other.money is not None and one.type != "acquisition":
        equal = (one.money.amount, one.money.currency) == (other.money.amount, other.money.currency)
        return equal and (one.type != "metric" or near or one.fields.get("metric") == other.fields.get("metric"))
    if (one.money is None) != (other.money is None) and one.type not in ("acquisition", "ipo"):
        return one.type == "funding_round" and (near or _one_round(one, other))
    rule = _RULES.get(one.type)
    return rule(one, other, near) if rule else True


def _by(field: str) -> Callable[[Claim, Claim, bool], bool]:
    """Whether a field is the same; in one sentence it may be left out by one."""

    def rule(one: Claim, other: Claim, near: bool) -> bool:
        left, right = _names(one.fields, field), _names(other.fields, field)
        if not left or not right:
            return near or left == right
        return any(_alike(each, name) for each in left for name in right)

    return rule


def _names(fields: Mapping[str, FieldValue], field: str) -> Names:
    value = fields.get(field)
    return tuple(fold(each) for each in value.split(BETWEEN_PARTIES)) if isinstance(value, str) else ()


def _alike(one: str, other: str) -> bool:
    """Whether a folded name is the other, or a part of it: Tan and Hao Tan, 可灵 and 可灵3.0."""
    short, long = sorted((one, other), key=len)
    return set(short.split()) <= set(long.split()) or (not long.isascii() and short in long)


def _alike_sides(one: Claim, other: Claim) -> bool:
    """Two partners, in either order."""
    left = (fold(one.company), *_names(one.fields, "partner"))
    right = (fold(other.company), *_names(other.fields, "partner"))
    if len(left) == 1 or len(right) == 1:
        return _near(one, other) and any(_alike(each, name) for each in left for name in right)
    straight = one.company_key == other.company_key or _alike(left[0], right[0])
    return (straight and _alike(left[1], right[1])) or (_alike(left[0], right[1]) and _alike(left[1], right[0]))


def _same_person(one: Claim, other: Claim, near: bool) -> bool:
    return one.fields.get("direction") == other.fields.get("direction") and _by("person")(one, other, near)


def _same_layoffs(one: Claim, other: Claim, near: bool) -> bool:
    both = [(one.fields.get(name), other.fields.get(name)) for name in ("headcount", "percent")]
    told = [left == right for left, right in both if left is not None and right is not None]
    return all(told) and (near or bool(told))


def _same_deal(one: Claim, other: Claim, near: bool) -> bool:
    if one.money is not None and other.money is not None and one.money.amount != other.money.amount:
        return False
    return _by("acquirer")(one, other, near)


def _same_round(one: Claim, other: Claim, near: bool) -> bool:
    return near or _one_round(one, other)


def _one_round(one: Claim, other: Claim) -> bool:
    left, right = one.fields.get("investment_type"), other.fields.get("investment_type")
    return left == right and left not in _UNSAID


def _same_product(one: Claim, other: Claim, near: bool) -> bool:
    """Sora is not Sora 2: a part of a name is the product only in one sentence."""
    return _by("product")(one, other, near) and (near or one.fields.get("product") == other.fields.get("product"))


_RULES: Mapping[str, Callable[[Claim, Claim, bool], bool]] = {
    "funding_round": _same_round,
    "acquisition": _same_deal,
    "shutdown": _same_product,
    "layoffs": _same_layoffs,
    "leadership_change": _same_person,
    "product_launch": _same_product,
    "lawsuit": _by("plaintiff"),
}
"""Of the types that no sum tells apart; a company is founded once, and has one scandal in an article."""


def _completed(claim: Claim, answer: Claim, day: PartialDate | None) -> Claim:
    """The rules' claim with what the model read better; of two statuses in one sentence the more doubtful."""
    fields = dict(claim.fields)
    for name, value in answer.fields.items():
        if name in _OF_THE_MODEL or fields.get(name) in _UNSAID:
            fields[name] = value
    near = _near(claim, answer)
    return replace(
        claim,
        status=max(claim, answer, key=_doubt).status if near else claim.status,
        event_date=_date(claim.event_date, answer.event_date, day),
        money=claim.money or (answer.money if near else None),
        fields=fields,
    )


def _date(own: PartialDate | None, answered: PartialDate | None, day: PartialDate | None) -> PartialDate | None:
    """The model's date, unless it is the rules' at a coarser precision, or the day of publication against another."""
    if own is None or answered is None:
        return own or answered
    return own if answered == day or answered.contains(own) else answered
