"""Makes a claim out of what an English reader saw: the span, widened until it reads as a statement."""

from __future__ import annotations

from collections.abc import Mapping

from db.model import Claim, ClaimType, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.english.document import Document, Sentence
from pipeline.evident_claim import Said, evident_claim
from pipeline.names.company_name import CompanyName


def make(
    document: Document,
    sentence: Sentence,
    type_: ClaimType,
    company: CompanyName,
    span: tuple[int, int],
    *,
    status: Status | None,
    money: Money | None = None,
    on: PartialDate | None = None,
    fields: Mapping[str, FieldValue] | None = None,
) -> Claim:
    """A claim whose evidence is the span of the sentence; `status` None: it is told as done."""
    start, end = (sentence.place + place for place in _widened(sentence, *span))
    whole = (sentence.place, sentence.place + len(sentence.text))
    said = Said(sentence.where, (start, end), whole, sentence.said_by, sentence.origin)
    return evident_claim(document.article, said, type_, company, status=status, money=money, on=on, fields=fields)


def _widened(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span up to the clauses it begins and ends in, so that the evidence reads as a statement."""
    return sentence.clause(start)[0], max(end, sentence.clause(max(start, end - 1))[1])
