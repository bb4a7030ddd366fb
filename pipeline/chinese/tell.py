"""Makes a claim out of what a Chinese reader saw: the exact span, who says it, the status."""

from __future__ import annotations

from collections.abc import Mapping

from db.model import Claim, ClaimType, FieldValue, Status
from db.values import Money, PartialDate
from pipeline.attribution import status_of, word_of
from pipeline.chinese.clauses import Clause, Page, Sentence
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
    source = page.article.title if first.where == "title" else page.article.text
    who = word_of(first.said_by, page.article, company.key)
    return Claim(
        type=type_,
        company=company.name,
        company_key=company.key,
        company_known=company.known,
        status=status_of(status, who),
        said_by=who,
        origin=first.origin,
        where=first.where,
        start=start,
        end=end,
        evidence=source[start:end],
        sentence=source[first.place : max(_end(first), _end(last))],
        event_date=on,
        money=money,
        fields={name: value for name, value in (fields or {}).items() if value not in (None, [], "")},
    )


def _without_space(clause: Clause) -> int:
    return clause.start + len(clause.text) - len(clause.text.lstrip())


def _end(sentence: Sentence) -> int:
    return sentence.place + len(sentence.text)
