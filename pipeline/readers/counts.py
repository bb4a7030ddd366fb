"""Users, paying customers, videos and employees: figures without a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import Document, Sentence, company_at

_KINDS = (
    (
        "paying_users",
        re.compile(
            r"subscriber|paying|paid|enterprise customers|business customers|corporate customers|customers|付费|订阅|企业客户|客户|会员"
        ),
    ),
    ("users", re.compile(r"\busers|members|creators|用户|创作者")),
    ("videos", re.compile(r"videos|clips|视频")),
    ("headcount", re.compile(r"employees|staff|people|员工|人$")),
)
_EMPLOYS = re.compile(
    r"\b(?:employs?|employees|staff of|team of|headcount|workforce of|people work)\b|员工|团队(?:约|有|共|现有|规模)|人的?团队"
)
_HIRES = re.compile(r"\b(?:hire|laid off|lays off|let go|cut|fired|hiring|recruit|layoffs?|jobs)\b|裁|招聘|离职|扩招")
_HAS = re.compile(
    r"\b(?:has|have|had|counts?|claims?|reached|reaches|passed|topped|hit|serves?|crossed|surpassed|with|says|more than|over|grew|made|generated|attracted|drew|used by)\b|有|达|超|突破|破|拥有|服务|积累|累计|吸引|生成|逾"
)
_SMALLEST = 100


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A metric for each count whose thing we track."""
    for count in sentence.counts:
        kind = next((name for name, pattern in _KINDS if pattern.search(count.unit)), None)
        if kind is None:
            continue
        near = sentence.text[max(0, count.start - 50) : count.end + 20]
        if kind == "headcount":
            if not _EMPLOYS.search(near) or _HIRES.search(near):
                continue
        elif count.number.amount < _SMALLEST or not _HAS.search(near):
            continue
        company = company_at(sentence, count.start, document)
        if company is None:
            continue
        status = unrealised(sentence, count.start, count.end)
        on = date_of(document, sentence, count.start)
        yield make(
            document,
            sentence,
            "metric",
            company,
            (count.start, count.end),
            status=status,
            money=count.number,
            on=on,
            fields={"metric": kind},
        )
