"""Makes a claim out of what a Chinese reader saw: a clause of a sentence, or a run of clauses."""

from __future__ import annotations

from collections.abc import Mapping

from db.model import Claim, ClaimType, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.evident_claim import Said, evident_claim
from pipeline.names.company_name import CompanyName


def tell(
    page: Page,
    clause: Clause,
    type_: ClaimType,
    company: CompanyName,
    *,
    status: Status | None,
    money: Money | None = None,
    on: PartialDate | None = None,
    fields: Mapping[str, FieldValue] | None = None,
    until: Clause | None = None,
) -> Claim:
    """A claim whose evidence is a clause, or the run from it to `until`; `status` None: it is told as done."""
    first, last = clause.sentence, (until or clause).sentence
    start = first.place + _without_space(clause)
    end = max(first.place + clause.end, last.place + (until or clause).end)
    said = Said(first.where, (start, end), (first.place, max(_end(first), _end(last))), first.said_by, first.origin)
    return evident_claim(page.article, said, type_, company, status=status, money=money, on=on, fields=fields)


def _without_space(clause: Clause) -> int:
    return clause.start + len(clause.text) - len(clause.text.lstrip())


def _end(sentence: Sentence) -> int:
    return sentence.place + len(sentence.text)
