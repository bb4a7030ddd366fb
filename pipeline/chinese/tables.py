"""Rounds told as a table: 「公司：镜游科技；融资轮次：A+轮；融资金额：数千万元；投资方：红杉中国（领投）」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.nouns.identity import candidate_key
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.entries import company_of
from pipeline.chinese.gathered_round import Round
from pipeline.chinese.subject_places import BRACKET
from pipeline.chinese.walk import when
from pipeline.names.company_name import CompanyName

_LABELS = {
    "company": re.compile(r"(?:公司|企业|项目|品牌|融资方|被投企业)(?:名称|简称|名)?"),
    "series": re.compile(r"(?:融资|投资)?轮次|(?:融资|投资)阶段"),
    "sum": re.compile(r"(?:融资|投资|交易)?(?:金额|规模|额度?|总额)"),
    "led": re.compile(r"领投方?|领投机构"),
    "investors": re.compile(r"(?:投资|参投|跟投)(?:方|机构|人)|投资者"),
    "date": re.compile(r"(?:融资|投资|公布|披露)?(?:时间|日期)"),
    "other": re.compile(r"赛道|行业|主营业务|业务|简介|公司简介|成立时间|所在地|地区|财务顾问|亮点|官网|备注"),
}
_SPLIT = re.compile(r"[、，,/]|\s(?:和|与)\s")
_LED = re.compile(r"[（(](?:独家)?领投[^）)]*[）)]")
_NOBODY = re.compile(r"^(?:未披露|未公布|未公开|未透露|不详|保密|暂无|无|-+|等)?$")
_NAME = re.compile(r"[\w\u4e00-\u9fff .·&-]{2,24}")
_LONGEST_NAME = 24


@dataclass(slots=True)
class Record:
    """The rows of one round while they are gathered: by label, the clauses of the value."""

    rows: dict[str, list[Clause]] = field(default_factory=dict)
    company: CompanyName | None = None


def read(page: Page) -> Iterator[Round]:
    """A round for each record that names what was raised or which round it was."""
    record = Record()
    for sentence in page.sentences:
        row = _row(sentence) if sentence.where == "text" else None
        if row is None:
            yield from _round(page, record)
            record = Record()
            continue
        label, place = row
        if label in record.rows:
            yield from _round(page, record)
            record = Record()
        values = sentence.clauses[place + 1 :]
        record.rows[label] = values
        heading = _named(page, sentence.clauses[:place])
        record.company = heading or record.company
        if label == "company":
            record.company = _named(page, values) or _written(page, values)
    yield from _round(page, record)


def _row(sentence: Sentence) -> tuple[str, int] | None:
    """The label of a row and which clause it is: the first one, or the one behind the company's name."""
    for place, clause in enumerate(sentence.clauses[:2]):
        behind = sentence.text[clause.end : clause.end + 1]
        if behind not in ("：", ":") or place + 1 >= len(sentence.clauses):
            return None
        label = next((name for name, words in _LABELS.items() if words.fullmatch(clause.text.strip(" ·•-"))), None)
        if label is not None:
            return label, place
    return None


def _named(page: Page, clauses: list[Clause]) -> CompanyName | None:
    named = (company_of(each, page) for clause in clauses for each in clause.mentions)
    return next((company for company in named if company is not None), None)


def _written(page: Page, values: list[Clause]) -> CompanyName | None:
    if not values:
        return None
    name = BRACKET.sub("", page.original(values[0].sentence, values[0].start, values[0].end)).strip(" “”「」。")
    if len(name) > _LONGEST_NAME or _NAME.fullmatch(name) is None:
        return None
    return CompanyName(candidate_key(name), name, False)


def _round(page: Page, record: Record) -> Iterator[Round]:
    rows = record.rows
    company = record.company or page.main
    series = next((each for clause in rows.get("series", ()) for each in clause.series), None)
    money = next((each.money for clause in rows.get("sum", ()) for each in clause.money), None)
    if company is None or (series is None and money is None) or not {"series", "sum"} <= rows.keys():
        return
    told = [clause for label in ("series", "sum", "led", "investors") for clause in rows.get(label, ())]
    told.sort(key=lambda clause: (clause.sentence.number, clause.start))
    dates = [each.date for clause in rows.get("date", ()) for each in clause.dates if each.date is not None]
    on = dates[0] if dates else when(page, told[0], told[0].start)
    found = Round(company, told[0], money, series, None, on, told[-1])
    for label in ("led", "investors"):
        for clause in rows.get(label, ()):
            _add_investors(page, clause, found, leads=label == "led")
    yield found


def _add_investors(page: Page, clause: Clause, found: Round, *, leads: bool) -> None:
    for written in _SPLIT.split(page.original(clause.sentence, clause.start, clause.end)):
        led = leads or _LED.search(written) is not None
        name = BRACKET.sub("", written).strip(" 。等“”「」")
        if _NOBODY.match(name) or len(name) > _LONGEST_NAME:
            continue
        found.every.append(name)
        found.led += [name] if led else []
