"""When a company was founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence, company_at, date_at

_TRIGGER = re.compile(
    r"\b(?:(?:co-)?founded|established|set up|incorporated|(?:was|were) started|was born|started (?:the company|it|in)|began life|since its founding|created (?:the company|it) in|launched (?:the company|in \d{4} by))\b"
    r"|成立|创立|创办|创建(?!于中国)|诞生于|组建"
)
_NOT = re.compile(
    r"基金|工作组|委员会|子公司|合资|\bfund\b|\bsubsidiar|\boffice\b|\bdivision\b|\bunit\b|部门|实验室成立|事业部|成立以来"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A founding with its date: without one the sentence says nothing we keep."""
    for match in _TRIGGER.finditer(sentence.text):
        start, end = sentence.clause(match.start())
        dated = date_at(sentence, match.start())
        if (
            dated is None
            or dated.date is None
            or abs(dated.start - match.start()) > 60
            or _NOT.search(sentence.text[start:end])
        ):
            continue
        company = _company(sentence, match.start(), match.end(), document)
        if company is not None:
            span = (min(match.start(), dated.start), max(match.end(), dated.end))
            yield make(document, sentence, "founding", company, span, status=None, on=dated.date)
            return


def _company(sentence: Sentence, start: int, end: int, document: Document) -> CompanyName | None:
    """Whose founding: the name before, or, where the sentence begins "Founded in 2021, Luma ...", the first behind."""
    before = [company for mention, company in sentence.companies() if mention.end <= start]
    if not before and sentence.text[start : start + 1].isupper():
        after = next((company for mention, company in sentence.companies() if mention.start >= end), None)
        if after is not None:
            return after
    return company_at(sentence, start, document)
