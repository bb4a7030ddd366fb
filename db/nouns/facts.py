"""What claims add up to: facts with their fields, what persons decided about them, what they say about each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from db.model import ClaimType, FieldValue, Status, StoredClaim
from db.nouns.us_dollars import us_dollars
from db.nouns.witnesses import independent
from db.values import OPERATORS, Money, PartialDate

JudgementKind = Literal["same", "different", "wrong", "prefer"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision about claims, by key: two are of one fact, two are not, one is wrong, one wins its field.

    `other` is the second claim of `same` and `different`, `field` the field of `prefer` ("amount" is the whole sum).
    """

    kind: JudgementKind
    claim: str
    other: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Losing:
    """A value that contradicts the chosen one, and the claims that say it."""

    value: FieldValue
    claim_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactField:
    """One field of a fact: the chosen value, who supports it, who contradicts it, and the rule that chose.

    Money is spread over `amount` (decimal text in full units), `amount_max`, `currency`, `amount_op`.
    """

    value: FieldValue
    status: Status
    rule: str
    claim_keys: tuple[str, ...]
    losing: tuple[Losing, ...] = ()


@dataclass(frozen=True)
class Fact:
    """What the claims about one thing add up to.

    `fields` holds `event_date` (ISO text at its precision), the money fields and the type's own fields. `claims` are
    all its claims in the order (published, article key, claim key). `status` is that of the fact as a whole:
    denied < rumored < reported < confirmed as its best current evidence allows.
    """

    id: str
    type: ClaimType
    company_key: str
    status: Status
    fields: Mapping[str, FactField]
    claims: tuple[StoredClaim, ...]

    @property
    def witnesses(self) -> int:
        """Independent origins."""
        return len(independent(self.claims))

    @property
    def outlets(self) -> int:
        """Articles seen."""
        return len({stored.article_key for stored in self.claims})

    def value(self, name: str) -> FieldValue:
        """The chosen value of a field, or None where nothing states it."""
        chosen = self.fields.get(name)
        return chosen.value if chosen else None

    @cached_property
    def event_date(self) -> PartialDate | None:
        """When it happened, as precisely as the claims support."""
        iso = self.value("event_date")
        return PartialDate(iso) if isinstance(iso, str) else None

    @cached_property
    def money(self) -> Money | None:
        """The chosen sum, or None where nothing states one. Whoever adds up a year asks for it a dozen times."""
        amount, operator = self.value("amount"), self.value("amount_op")
        if not isinstance(amount, str) or operator not in OPERATORS:
            return None
        currency, upper = self.value("currency"), self.value("amount_max")
        return Money(
            Decimal(amount),
            currency if isinstance(currency, str) else None,
            operator,
            Decimal(upper) if isinstance(upper, str) else None,
        )

    @cached_property
    def dollars(self) -> Money | None:
        """The sum in US dollars by the rate of its day, bound and range kept; None where there is no sum or no rate."""
        if self.money is None:
            return None
        found = us_dollars(self.money, self.event_date)
        return None if found.amount is None else Money(found.amount, "USD", self.money.operator, found.amount_max)


FindingKind = Literal["undisclosed", "total_below_sum", "price_mismatch", "derived_price"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What facts of one company say about each other, told by nobody: it never counts, sums or stands as a fact.

    `fact_id` is the total or the round it is about, `others` the facts it was held against. `values` by kind:
    undisclosed (total, sum of the known rounds, gap) · total_below_sum (total, sum) · price_mismatch (pre-money,
    raised, post-money) · derived_price the same, one of them derived, which `derived` names (pre_money, raised or
    post_money). `unsized` rounds state no sum.
    """

    kind: FindingKind
    company_key: str
    fact_id: str
    others: tuple[str, ...]
    on: PartialDate | None
    values: tuple[Money, ...]
    unsized: int = 0
    derived: str | None = None
