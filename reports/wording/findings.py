"""What a company's facts say about each other, in words: candidates are marked □, conflicts ≠, derived prices ∴."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from db.nouns.facts import Finding, FindingKind
from db.values import Money, PartialDate
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, money_text

FINDING_MARKS: Mapping[FindingKind, str] = {
    "undisclosed": "□",
    "total_below_sum": "≠",
    "price_mismatch": "≠",
    "derived_price": "∴",
}
CONTRADICTIONS = frozenset({"total_below_sum", "price_mismatch"})


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in one language; `derived`: all of it is computed by us."""

    kind: FindingKind | Literal["same_label"]
    mark: str
    when: PartialDate | None
    text: str
    fact_id: str
    derived: bool


def finding_lines(findings: Iterable[Finding], language: ReportLanguage) -> tuple[FindingLine, ...]:
    """The findings as lines, in order of their dates, the undated last."""
    made = [
        FindingLine(
            kind=each.kind,
            mark=FINDING_MARKS[each.kind],
            when=each.on,
            text=finding_text(each, language),
            fact_id=each.fact_id,
            derived=each.kind in ("undisclosed", "derived_price"),
        )
        for each in findings
    ]
    return tuple(sorted(made, key=_place))


def _place(line: FindingLine) -> tuple[date, str, str]:
    return (line.when.first_day() if line.when else date.max, line.fact_id, line.kind)


def _plain(money: Money) -> Money:
    """A sum that is only about right to three digits: more would say more than anybody knows."""
    if money.operator != "~" or money.amount == 0:
        return money
    digit = Decimal(1).scaleb(money.amount.adjusted() - 2)
    return replace(money, amount=money.amount.quantize(digit, ROUND_HALF_UP))


def finding_text(finding: Finding, language: ReportLanguage) -> str:
    """One finding as a sentence, with the sums it rests on."""
    sums = [money_text(_plain(money), language) for money in finding.values]
    text = label(language, "finding", finding.derived or finding.kind).format(*sums, rounds=len(finding.others))
    return text + (label(language, "finding", "unsized").format(finding.unsized) if finding.unsized else "")
