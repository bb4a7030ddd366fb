"""The date or the period a figure of a Chinese report is of."""

from __future__ import annotations

import re

from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.older_sums import dates_of_old, is_old
from pipeline.chinese.running_dates import COMPARED
from pipeline.chinese.sums import of_whole_year
from pipeline.chinese.walk import as_of
from pipeline.values.found import FoundMoney

_QUARTER = re.compile(r"(?<!\d)(?:Q(?P<digit>[1-4])|第?(?P<han>[一二三四])季(?:报|度))")
_QUARTERS = "一二三四"
_HEAD = 4
"""Sentences in which a report says what time it is of."""
REPORTS = re.compile(r"业绩|财报|季报|年报|中报|中期")
_MONTHS_TO = re.compile(
    r"截至(?P<month>\d{1,2})月[^，。；\d]{0,2}(?:\d{1,2}日)?(?:止|(?=的))(?:的)?(?P<count>[三六九]|十二)个月"
)
_WHOLE_YEAR = re.compile(r"12月31日[^，。；\d]{0,3}(?:财年|财政年度|会计年度|年度|一年|十二个月|12个月)")


def date_of_figure(page: Page, clause: Clause, sum_: FoundMoney) -> PartialDate | None:
    """The date a figure is of: not that of the older one it grew from, and for a whole year not its quarter."""
    old = next((each for each in clause.money if is_old(clause, each)), None)
    if old is sum_:
        return _of_older(page, clause, sum_)
    if old is not None and (later := [each.date for each in clause.dates if each.date and each.start > old.start]):
        return later[0]
    if old is not None and clause.dates:
        told_of_old = dates_of_old(clause, old)
        first = [each.date for each in clause.dates if each.date and each not in told_of_old]
        return first[-1] if first else clause.date
    on = as_of(page, clause, sum_.start)
    if on is not None and on.iso.endswith("-12-31") and _is_of_whole_year(page, clause):
        return PartialDate(on.iso[:4])
    months = _MONTHS_TO.search(clause.sentence.text)
    if months is not None and on is not None:
        return _stretch(months, int(on.iso[:4]))
    if on is None or clause.dates or not of_whole_year(clause, sum_):
        return on
    period = reported_period(page) if clause.date_from is None or REPORTS.search(clause.date_from.text) else None
    return PartialDate((period or on).iso[:4])


def _is_of_whole_year(page: Page, clause: Clause) -> bool:
    """Whether a date carried on is the end of a year whose figures are told: 「截至2024年12月31日的财年」."""
    number = clause.sentence.number
    near = page.sentences[max(0, number - (not clause.dates)) : number + 1]
    return any(_WHOLE_YEAR.search(each.text) for each in near)


def _of_older(page: Page, clause: Clause, old: FoundMoney) -> PartialDate | None:
    """When the older of two figures was: as 从 says, else the year before that the figure told last is held against."""
    own = dates_of_old(clause, old)
    if own:
        return own[-1].date
    here = clause.sentence
    near = page.sentences[max(0, here.number - 1) : here.number + 1]
    compared = [
        date.date
        for each in near
        for date in each.dates
        if each.paragraph == here.paragraph
        and (each is not here or date.end <= clause.start)
        and COMPARED.fullmatch(each.text, date.start, date.end)
    ]
    return compared[-1] if compared else None


def _stretch(months: re.Match[str], year: int) -> PartialDate:
    """The half or the quarter of 「截至6月底止六个月」; the year where it is neither."""
    month, count = int(months["month"]), months["count"]
    if count == "六" and month in (6, 12):
        return PartialDate(f"{year}-H{month // 6}")
    if count == "三" and month % 3 == 0:
        return PartialDate(f"{year}-Q{month // 3}")
    return PartialDate(str(year))


def is_published(page: Page, on: PartialDate | None) -> bool:
    """Whether a date is that of the article itself."""
    published = page.article.published
    return on is not None and published is not None and on.iso == published.isoformat()


def reported_period(page: Page) -> PartialDate | None:
    """The quarter whose results an article reports, told at its beginning."""
    published = page.article.published
    head = page.sentences[:_HEAD]
    reports = any(REPORTS.search(each.text) for each in head)
    for sentence in head if reports else ():
        told = [each.date for each in sentence.dates if each.date and each.date.precision in ("quarter", "half")]
        if told:
            return told[0]
        written = _QUARTER.search(sentence.text)
        if written is not None and published is not None:
            number = int(written["digit"] or _QUARTERS.index(written["han"]) + 1)
            year = published.year - (number * 3 > published.month)
            return PartialDate(f"{year}-Q{number}")
    return None
