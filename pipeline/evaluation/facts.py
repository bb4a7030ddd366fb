"""When a fact found is a labelled one (its key agrees), and how right the rest of its fields is.

A fact is a JSON object in the vocabulary of the evaluation's schema: `type`, `company`, `status`, `date` and the fields
of its type. Nothing here trusts a value's type: what is no number equals nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.evaluation.names import organisations, same_exchange, same_name, same_role
from pipeline.evaluation.pairing import best_pairing

Fact = Mapping[str, Any]
CORE_TYPES = frozenset(
    {
        "funding_round",
        "valuation",
        "total_funding",
        "acquisition",
        "ipo",
        "shutdown",
        "layoffs",
        "leadership_change",
        "lawsuit",
    }
)
"""Deals, closures, layoffs, leadership and lawsuits."""
AMOUNT_FIELDS = {
    "funding_round": "amount",
    "valuation": "amount",
    "total_funding": "amount",
    "acquisition": "amount",
    "ipo": "amount",
    "metric": "value",
}
"""The field that holds the sum, of the types that have one."""
SAME_WITHIN = 0.01
"""How far two sums may lie apart, as a share of the labelled one, and still be the same."""
_HAPPENED_IS_KEY = frozenset({"funding_round", "valuation", "acquisition", "ipo", "shutdown"})
_METRIC_FAMILIES = {"revenue_monthly": "revenue_m", "revenue_annual": "revenue_a", "arr": "revenue_a"}
_NOTHING_SAID = (None, "unspecified", "series_unknown")


def pair(labelled: list[Fact], found: list[Fact]) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Pair an article's facts one to one: (pairs, those missed, those found that are none)."""
    weights = {
        (left, right): sum(field_scores(wanted, got).values())
        for left, wanted in enumerate(labelled)
        for right, got in enumerate(found)
        if same_fact(wanted, got) and (wanted["type"] not in _HAPPENED_IS_KEY or happened(wanted) == happened(got))
    }
    pairs = best_pairing(weights)
    taken = set(pairs.values())
    return (
        [(wanted, found[pairs[left]]) for left, wanted in enumerate(labelled) if left in pairs],
        [wanted for left, wanted in enumerate(labelled) if left not in pairs],
        [got for right, got in enumerate(found) if right not in taken],
    )


def same_fact(labelled: Fact, found: Fact) -> bool:
    """Whether type, company and key fields agree; whether it happened is left open."""
    if labelled["type"] != found.get("type"):
        return False
    if labelled["type"] != "partnership" and not same_company(labelled, found):
        return False
    return same_key(labelled, found)


def same_company(labelled: Fact, found: Fact) -> bool:
    """Whether the company found is one the label accepts; other names the finder offers do not count."""
    return bool(_accepted(labelled) & organisations(found.get("company")))


def same_key(labelled: Fact, found: Fact) -> bool:
    """Whether the fields that make a fact of its type this fact agree."""
    key = _KEYS.get(labelled["type"])
    return key is None or key(labelled, found)


def same_amount(labelled: Fact, found: Fact, field: str = "amount") -> bool:
    """Whether two sums agree within `SAME_WITHIN`, the currency too where the label names one."""
    if labelled.get(field) is not None and labelled.get("currency") and found.get("currency") != labelled["currency"]:
        return False
    return near(labelled.get(field), found.get(field))


def near(labelled: object, found: object, tolerance: float = SAME_WITHIN) -> bool:
    """Whether two numbers agree; nothing agrees with nothing only."""
    wanted, got = number(labelled), number(found)
    if wanted is None or got is None:
        return wanted is None and got is None
    return abs(wanted - got) <= tolerance * max(abs(wanted), 1e-9)


def number(value: object) -> float | None:
    """A number, None for nothing, and NaN for what is none."""
    if value is None:
        return None
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan


def happened(fact: Fact) -> bool:
    """Whether a fact is told as done: talks, plans, rumours and denials are not."""
    return fact.get("status") not in ("rumored", "denied")


def field_scores(labelled: Fact, found: Fact) -> dict[str, float]:
    """Each attribute of the fact's type with its score from 0 to 1; lists of names score by their F1."""
    names = ("status", *_ATTRIBUTES.get(labelled["type"], ()))
    return {name: float(_FIELDS.get(name, _plain(name))(labelled, found)) for name in names}


def _accepted(labelled: Fact) -> frozenset[int | str]:
    names = [labelled.get("company"), *(labelled.get("company_names") or [])]
    return frozenset().union(*(organisations(name) for name in names))


def _named(field: str) -> Callable[[Fact, Fact], bool]:
    return lambda wanted, got: not wanted.get(field) or same_name(wanted[field], got.get(field))


def _same_person(wanted: Fact, got: Fact) -> bool:
    names = [name for name in [wanted.get("person"), *(wanted.get("person_names") or [])] if name]
    return not names or any(same_name(name, got.get("person")) for name in names)


def _same_partner(wanted: Fact, got: Fact) -> bool:
    """The partners of an agreement, in either order; a label without a named partner takes any."""
    partner = wanted.get("partner")
    if same_company(wanted, got):
        return not partner or same_name(partner, got.get("partner"))
    swapped = bool(_accepted(wanted) & organisations(got.get("partner")))
    return swapped and (not partner or same_name(partner, got.get("company")))


def _same_plaintiff(wanted: Fact, got: Fact) -> bool:
    return not wanted.get("plaintiff") or any(
        same_name(one, other) for one in _listed(wanted["plaintiff"]) for other in _listed(got.get("plaintiff"))
    )


def _same_layoffs(wanted: Fact, got: Fact) -> bool:
    return all(
        wanted.get(field) is None or got.get(field) is None or near(wanted[field], got[field], 0)
        for field in ("headcount", "percent")
    )


def _same_metric(wanted: Fact, got: Fact) -> bool:
    return _family(wanted) == _family(got) and same_amount(wanted, got, "value")


def _family(fact: Fact) -> str:
    name = str(fact.get("metric"))
    return _METRIC_FAMILIES.get(name, str(fact.get("metric") or "other"))


_KEYS: Mapping[str, Callable[[Fact, Fact], bool]] = {
    "funding_round": same_amount,
    "valuation": same_amount,
    "total_funding": same_amount,
    "acquisition": _named("acquirer"),
    "shutdown": _named("product"),
    "layoffs": _same_layoffs,
    "leadership_change": lambda wanted, got: (
        wanted.get("direction") == got.get("direction") and _same_person(wanted, got)
    ),
    "product_launch": _named("product"),
    "founding": lambda wanted, got: str(wanted.get("date"))[:4] == str(got.get("date"))[:4],
    "lawsuit": _same_plaintiff,
    "metric": _same_metric,
    "partnership": _same_partner,
}


def _same_status(wanted: Fact, got: Fact) -> bool:
    if got.get("status") is None:
        return wanted.get("status") is None
    return happened(wanted) == happened(got) and (happened(wanted) or wanted["status"] == got["status"])


def _same_date(wanted: Fact, got: Fact) -> bool:
    """Equal, or one the other at a finer precision (from a month on); an undated label takes the article's date."""
    expected, said = wanted.get("date"), got.get("date")
    if expected is None and said is not None:
        return str(wanted.get("published") or "-").startswith(str(said))
    if expected is None or said is None:
        return expected is None and said is None
    expected, said = str(expected), str(said)
    return said.startswith(expected) or (7 <= len(said) < len(expected) and expected.startswith(said))


def _overlap(field: str) -> Callable[[Fact, Fact], float]:
    """The F1 of two lists of names."""

    def score(wanted: Fact, got: Fact) -> float:
        left, right = _listed(wanted.get(field)), _listed(got.get(field))
        if not left and not right:
            return 1.0
        weights = {
            (i, j): float(bool(organisations(one) & organisations(other)))
            for i, one in enumerate(left)
            for j, other in enumerate(right)
            if same_name(one, other)
        }
        return 2 * len(best_pairing(weights)) / (len(left) + len(right))

    return score


def _listed(value: object) -> list[Any]:
    """A list of names; text is split on semicolons, as plaintiffs are written."""
    if isinstance(value, str):
        return [name.strip() for name in re.split("[;；]", value) if name.strip()]
    return list(value) if isinstance(value, list | tuple) else []


def _operator(fact: Fact) -> str:
    """The operator; > and >= are one, and so are < and <=."""
    return str(fact.get("amount_op") or "=").rstrip("=")


def _plain(field: str) -> Callable[[Fact, Fact], bool]:
    def score(wanted: Fact, got: Fact) -> bool:
        one, other = wanted.get(field), got.get(field)
        return one == other or (one in _NOTHING_SAID and other in _NOTHING_SAID)

    return score


_FIELDS: Mapping[str, Callable[[Fact, Fact], float]] = {
    "status": _same_status,
    "date": _same_date,
    "amount": same_amount,
    "amount_op": lambda wanted, got: _operator(wanted) == _operator(got),
    "extension": lambda wanted, got: bool(wanted.get("extension")) == bool(got.get("extension")),
    "investors": _overlap("investors"),
    "lead_investors": _overlap("lead_investors"),
    "plaintiff": _overlap("plaintiff"),
    "role": lambda wanted, got: same_role(wanted.get("role"), got.get("role")),
    "exchange": lambda wanted, got: same_exchange(wanted.get("exchange"), got.get("exchange")),
    "headcount": lambda wanted, got: near(wanted.get("headcount"), got.get("headcount"), 0),
    "percent": lambda wanted, got: near(wanted.get("percent"), got.get("percent"), 0),
}
_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "funding_round": ("series", "extension", "amount_op", "date", "investors", "lead_investors"),
    "valuation": ("amount_op", "date", "valuation_kind"),
    "total_funding": ("amount_op", "date"),
    "acquisition": ("amount", "amount_op", "date"),
    "ipo": ("amount", "exchange", "date"),
    "shutdown": ("date",),
    "layoffs": ("headcount", "percent", "date"),
    "leadership_change": ("role", "date"),
    "product_launch": ("stage", "date"),
    "founding": ("date",),
    "lawsuit": ("plaintiff", "date"),
    "metric": ("amount_op", "date"),
    "partnership": ("date",),
    "controversy": ("date",),
}
"""What is scored beside the key, by type."""
TYPES = frozenset(_ATTRIBUTES)
