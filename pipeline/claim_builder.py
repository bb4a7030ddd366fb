"""Makes claims out of what a reader saw in a sentence: the exact span, the status, the date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from db.model import Claim, ClaimType, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.attribution import is_denied, is_rumored, status_of
from pipeline.document import CompanyName, Document, Sentence, date_at

_PAST = re.compile(
    r"\b(?:previously|had (?:previously|earlier)|earlier|last round|at the time|back then|before that|once|former)\b"
    r"|此前|曾经|当时|之前|早前|上一轮|过去"
)
_AFTERWARDS = re.compile(r"[^，,。；]{0,24}?的?(?:[一二两三四五六七八九十半\d]+(?:年|个月|天|周)|之|仅)后")
"""公司完成1亿美元融资的一年后: the sentence's date is that of what came afterwards."""
_BEFORE_TRIGGER = 110


def unrealised(sentence: Sentence, start: int, end: int) -> Status | None:
    """ "rumored" or "denied" where the words before what happens, or its clause, say so."""
    clause_start, clause_end = sentence.clause(start)
    clause = sentence.text[clause_start : max(clause_end, end)]
    if is_denied(clause, sentence.language):
        return "denied"
    before = sentence.text[max(clause_start, start - _BEFORE_TRIGGER) : end]
    return "rumored" if is_rumored(before, sentence.language) else None


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
    who = sentence.said_by
    if who == "none" and document.article.publisher_company == company.key:
        who = "company"
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


def date_of(document: Document, sentence: Sentence, position: int, *, news: bool = True) -> PartialDate | None:
    """When what a sentence tells at a position happened.

    A date of the sentence; where a vague word (近日) or the lead tells the news of the day, the day of publication;
    None for background without a date.
    """
    if _AFTERWARDS.match(sentence.text, position):
        return None
    found = date_at(sentence, position)
    if found is not None and found.date is not None:
        return found.date
    published = document.article.published
    if published is None:
        return None
    if (found is not None and found.vague) or (news and sentence.is_lead and not _PAST.search(sentence.text)):
        return PartialDate(published.isoformat())
    return None
