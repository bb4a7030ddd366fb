"""Claims of what a text says at a place: evidence and sentence are exact slices of the title or the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from db.model import Article, Claim, ClaimType, FieldValue, SaidBy, Status
from db.values import Money, PartialDate
from pipeline.attribution import status_of, word_of
from pipeline.names.company_name import CompanyName


class Said(NamedTuple):
    """What a text says at a place, and on whose word; both spans count from the beginning of the title or the text."""

    where: Literal["title", "text"]
    evidence: tuple[int, int]
    sentence: tuple[int, int]
    by: SaidBy
    origin: str | None
    """The outlet that the sentence names as its source."""


def evident_claim(
    article: Article,
    said: Said,
    type_: ClaimType,
    company: CompanyName,
    *,
    status: Status | None,
    money: Money | None = None,
    on: PartialDate | None = None,
    fields: Mapping[str, FieldValue] | None = None,
) -> Claim:
    """The claim that something said makes about a company; `status` None: it is told as done."""
    source = article.title if said.where == "title" else article.text
    who = word_of(said.by, article, company.key)
    return Claim(
        type=type_,
        company=company.name,
        company_key=company.key,
        company_known=company.known,
        status=status_of(status, who),
        said_by=who,
        origin=said.origin,
        where=said.where,
        start=said.evidence[0],
        end=said.evidence[1],
        evidence=source[slice(*said.evidence)],
        sentence=source[slice(*said.sentence)],
        event_date=on,
        money=money,
        fields={name: value for name, value in (fields or {}).items() if value not in (None, [], "")},
    )
