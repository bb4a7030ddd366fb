"""Allegations and scandals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import Document, Sentence, company_at

_TRIGGER = re.compile(
    r"\b(?:accused (?:of|it|the|him|her)|accuses|alleg(?:ed|es|ations?|edly)|scraped|without (?:permission|consent|a licen[cs]e)|misled|exaggerat\w+|fabricat\w+|plagiari\w+|backlash|scandal|under investigation|is being investigated|underpaid|"
    r"unpaid (?:bills|wages)|pirated|nonconsensual|copyright (?:infringement|complaint)|data breach)\b"
    r"|指控|爆料|曝光|质疑|丑闻|造假|夸大|抄袭|剽窃|盗用|未经(?:授权|许可|同意)|侵权|涉嫌|翻车|争议|举报|拖欠(?:工资|货款)"
)
_COURT = re.compile(r"\b(?:sued|sues|lawsuit|suit|court|class action)\b|起诉|诉讼|法院|状告")
_STRONG = re.compile(
    r"accus|alleg|misled|exaggerat|fabricat|plagiari|scandal|pirat|nonconsensual|underpaid|指控|爆料|造假|夸大|抄袭|剽窃|盗用|举报|丑闻|拖欠"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """An allegation against a named company; a suit is told as a suit."""
    match = _TRIGGER.search(sentence.text)
    if match is None or _COURT.search(sentence.text) or not _STRONG.search(sentence.text):
        return
    company = next((named for _, named in sentence.companies()), None) or company_at(sentence, match.start(), document)
    if company is None:
        return
    status = "denied" if unrealised(sentence, *match.span()) == "denied" else None
    on = date_of(document, sentence, match.start())
    yield make(document, sentence, "controversy", company, match.span(), status=status, on=on)
