"""Users, paying customers, videos and employees, told in English: figures without a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import make
from pipeline.document import Document, Sentence
from pipeline.english.parties import party_at
from pipeline.english.telling import date_of, unrealised

_KINDS = (
    ("paying_users", re.compile(r"subscriber|paying|paid|enterprise customers|business customers|corporate customers|customers|businesses|companies")),
    ("users", re.compile(r"\busers|members|creators|accounts")),
    ("videos", re.compile(r"videos|clips")),
    ("headcount", re.compile(r"employees|staff|people|workers")),
    ("other", re.compile(r"downloads|visitors|visits|installs")),
)
_EMPLOYS = re.compile(r"\b(?:employs?|employed|employees|staff of|staff|team of|headcount|workforce of|people work|work(?:ed|s)? (?:at|for|there)|work(?:ed)?\b)")
_CUT = re.compile(r"\b(?:hire|hired|laid off|lays off|let go|cut|fired|hiring|recruit|layoffs?|jobs|dismissed|affected|left|leave|made redundant|shed)\b")
_HAS = re.compile(
    r"\b(?:has|have|had|counts?|claims?|claimed|reached|reaches|passed|passes|topped|tops|hit|hits|serves?|served|crossed|crosses|surpassed|surpasses|with|says|more than|over|grew|grown|made|generated|generates|attracted|attracts|drew|draws|used by|use|using|signed up|counted|boasts|boasted|now)\b"
)
_SMALLEST = 100


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A metric for each count whose thing we track."""
    for count in sentence.counts:
        kind = next((name for name, pattern in _KINDS if pattern.search(count.unit)), None)
        if kind is None:
            continue
        near = sentence.text[max(0, count.start - 50) : count.end + 30]
        if kind == "headcount":
            if not _EMPLOYS.search(near) or _CUT.search(near):
                continue
        elif count.number.amount < _SMALLEST or not _HAS.search(near):
            continue
        company = party_at(sentence, count.start, document)
        if company is None:
            continue
        status = unrealised(sentence, count.start, count.end)
        on = date_of(document, sentence, count.start)
        fields = {"metric": kind}
        span = (count.start, count.end)
        yield make(document, sentence, "metric", company, span, status=status, money=count.number, on=on, fields=fields)
