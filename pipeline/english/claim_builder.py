"""Makes claims out of what an English reader saw in a sentence: the exact span, the status, the date."""

from __future__ import annotations

from collections.abc import Mapping

from db.model import Claim, ClaimType, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.attribution import status_of, word_of
from pipeline.english.document import Document, Sentence
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
    start, end = _widened(sentence, *span)
    original = document.article.title if sentence.where == "title" else document.article.text
    who = word_of(sentence.said_by, document.article, company.key)
    return Claim(
        type=type_,
        company=company.name,
        company_key=company.key,
        company_known=company.known,
        status=status_of(status, who),
        said_by=who,
        origin=sentence.origin,
        where=sentence.where,
        start=sentence.place + start,
        end=sentence.place + end,
        evidence=original[sentence.place + start : sentence.place + end],
        sentence=original[sentence.place : sentence.place + len(sentence.text)],
        event_date=on,
        money=money,
        fields={name: value for name, value in (fields or {}).items() if value not in (None, [], "")},
    )


def _widened(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span up to the clauses it begins and ends in, so that the evidence reads as a statement."""
    return sentence.clause(start)[0], max(end, sentence.clause(max(start, end - 1))[1])
