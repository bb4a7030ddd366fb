"""Layoffs: how many, or which share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import Document, Sentence, company_at

_TRIGGER = re.compile(
    r"\b(?:la(?:id|ys|ying|y) off|layoffs?|job cuts|cut(?:s|ting)? (?:\w+ ){0,4}?(?:jobs|staff|workforce|employees|headcount|roles|positions)|cut(?:s|ting)? (?:about |around |roughly |nearly |some )?[\w.%-]+ (?:percent |per cent |of )?(?:of )?(?:its |the )?(?:staff|workforce|employees|jobs|team)|"
    r"let(?:ting)? go|shed(?:s|ding)? (?:\w+ ){0,3}?(?:jobs|staff)|redundanc(?:y|ies)|made redundant|dismiss(?:ed|es)? (?:\w+ ){0,3}?(?:staff|employees|workers)|lost their jobs|axed|eliminat(?:e|ed|es|ing) (?:\w+ ){0,3}?(?:jobs|roles|positions))\b|裁员|裁减|裁掉|裁撤|遣散|缩减(?:人员|团队)|优化(?:人员|团队|员工)|解雇(?:了)?(?:约|近|超)?\d"
)
_PEOPLE = re.compile(
    r"people|employees|staff|workers|jobs|roles|positions|engineers|researchers|team members|员工|人|岗位|职位"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """One layoff a sentence, with headcount and percentage where told."""
    match = _TRIGGER.search(sentence.text)
    if match is None:
        return
    company = company_at(sentence, match.start(), document)
    if company is None:
        return
    fields: dict[str, FieldValue] = {}
    for count in sorted(sentence.counts, key=lambda each: abs(each.start - match.start())):
        if count.unit == "%" and "percent" not in fields:
            fields["percent"] = _plain(float(count.number.amount))
        elif (
            count.unit != "%"
            and _PEOPLE.search(count.unit)
            and "headcount" not in fields
            and abs(count.start - match.start()) < 40
        ):
            fields["headcount"] = int(count.number.amount)
    if not fields and not re.search(r"layoff|laid off|lays off|job cuts|redundan|裁员|裁撤", sentence.text):
        return
    status = unrealised(sentence, *match.span())
    if status == "rumored" and re.search(r"would be let go|will be let go|will lay off|will cut", sentence.text):
        status = None
    if status == "rumored" and not fields:
        return
    on = date_of(document, sentence, match.start())
    yield make(document, sentence, "layoffs", company, match.span(), status=status, on=on, fields=fields)


def _plain(value: float) -> int | str:
    return int(value) if value == int(value) else str(value)
