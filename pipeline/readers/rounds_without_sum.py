"""Rounds whose sum is not told: 完成A轮融资, "announced its Series D"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import date_of, make, unrealised  # noqa: F401
from pipeline.document import Document, Sentence, company_at
from pipeline.money_roles import role_of
from pipeline.readers.money_claims import round_claim

_TRIGGER = re.compile(
    r"\b(?:clos(?:es|ed)|complet(?:es|ed)|announc(?:es|ed)|rais(?:es|ed|ing)|secur(?:es|ed)|led|lands|landed|finish(?:es|ed)|reached)\b"
    r"|完成|获得?|宣布|拿到|领投|再获|连获|曾获"
)
_ASIDE = re.compile(r"\b(?:since|after|before|following|ahead of)\b(?: \w+){0,2} \Z|(?:自|在|距)[^，。]{0,6}\Z")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A named round with a verb that closes it, in a sentence that tells no sum for it."""
    if any(role_of(sentence, sum_) == "funding_round" for sum_ in sentence.money):
        return
    for series in sentence.series:
        start, _ = sentence.clause(series.start)
        before = sentence.text[max(start, series.start - 60) : series.start]
        if series.investment_type == "series_unknown" and series.qualifier is None and sentence.language == "en":
            continue
        if not _TRIGGER.search(before) or _ASIDE.search(before):
            continue
        company = company_at(sentence, series.start, document)
        if company is None:
            continue
        status = unrealised(sentence, series.start, series.end)
        on = date_of(document, sentence, series.start)
        yield round_claim(sentence, document, company, (series.start, series.end), None, series, status, on)
        return
