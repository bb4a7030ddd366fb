"""Chinese rounds told without their sum: by their name, by who gave to this round, or by who gave at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.entries import company_of
from pipeline.chinese.gathered_round import Round
from pipeline.chinese.investors import backers_in
from pipeline.chinese.patterns import any_of
from pipeline.chinese.sums import role_of
from pipeline.chinese.walk import PAST, in_talks, standing_at, when
from pipeline.chinese.whose_round import company_of_round, getter, is_named_investor, stake
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundSeries

_CLAUSES_BEHIND = 6
_GIVEN = re.compile(
    r"获(?:得|得了|了)?[^，。；\d]{2,60}?(?:投资|注资|入股|参股|增资)(?![方人者额]|机构|的|意向|过|组合|标的|价值|建议|协议|评级|者)"
)
_PUT_ONCE = re.compile(r"(?:入过(?:[一两二三]次)?股|入了股|投过(?:[一两二三][次笔轮])?)(?=[，。；]|$)")
"""「同月Adobe Ventures以战略身份入过一次股」: into whom one talks about."""
_PUT_INTO = re.compile(r"(?:投资了|投了|入股了?|注资了?|领投了|战略投资了?)(?=[^，。；]{2,})")
_OF_DATE = re.compile(r"(?:那|的|那一|的那|完成的|宣布的){0,2}(?:轮|次|笔)?")
_FINISHED_BEFORE = re.compile(r"(?:融资)?[之以]?后")
_BROKEN_OFF = re.compile(r"终止|告吹|搁浅|流产|取消|破裂|黄了")
_TALKS_OF = re.compile(r"(?:入股|融资|投资|注资)的?(?:谈判|洽谈|磋商|商谈)")
_WHEN = re.compile(r"(?:融资)?时(?=[，。；]|$)")
"""「2022年完成A轮时，它的投后估值是5亿元」"""
_OF_MONEY = re.compile("融资|募资|再融|入股|投资人|投资方|注资")
"""What talks with nobody are about."""
_NEAR = 15
_LISTS = re.compile(r"包括|例如|比如|[、和与及等多]|\d")


def by_name(page: Page, clause: Clause) -> Iterator[Round]:
    """A round told by its name alone, where it closes, is dated, is talked of or has investors: 「完成C轮融资」."""
    if any(role_of(clause, sum_) == "funding_round" for sum_ in clause.money):
        return
    if not clause.named and any(sum_.money.currency is None for sum_ in clause.money):
        return  # neither whose nor in what: twice in doubt
    text = clause.sentence.text
    for series in clause.series:
        before = text[clause.start : series.start]
        done_then = before.endswith("完成") and clause.dates and _WHEN.match(text, series.end) is not None
        behind = any_of("chinese_rounds", "not_behind").match(text, series.end) is not None
        if any_of("chinese_rounds", "aside").search(before) or (behind and not done_then):
            continue
        status = standing_at(clause, series.start, series.end)
        if any_of("chinese_rounds", "talks_behind").match(text, series.end):
            status = status or clause.standing
        vague = series.investment_type == "series_unknown" or any_of("chinese_rounds", "vague").fullmatch(
            text[series.start : series.end]
        )
        backers = has_backers(clause)
        closes = any_of("chinese_rounds", "closes").search(before) or (
            status is None and any_of("chinese_rounds", "closed_behind").match(text, series.end)
        )
        talked = status is not None and (
            any_of("chinese_rounds", "talks").search(before)
            or in_talks(clause)
            or any_of("chinese_rounds", "talks_behind").match(text, series.end)
            or _BROKEN_OFF.search(text, series.end, clause.end)
        )
        dated = status is None and not vague and _is_dated(clause, series)
        if not (backers or talked or dated or (closes and (not vague or _names_backers_behind(clause)))):
            continue
        company = _named_right_before(page, clause, series) or company_of_round(page, clause, series.start)
        if company is not None:
            undated = not clause.dates and _FINISHED_BEFORE.match(text, series.end) is not None
            on = None if undated else when(page, clause, series.start)
            told = Round(company, clause, None, series, status, on, clause)
            told.nominal = dated and not (backers or talked or closes)
            yield told
            return


def _named_right_before(page: Page, clause: Clause, series: FoundSeries) -> CompanyName | None:
    """「原定4月完成的Pika C轮融资…」: whose name stands right before the round's."""
    if series.investment_type == "series_unknown":
        return None
    text = clause.sentence.text
    near = (each for each in clause.mentions if each.kind != "investor" and each.end <= series.start)
    return next((company_of(each, page) for each in near if not text[each.end : series.start].strip(" 的")), None)


def _is_dated(clause: Clause, series: FoundSeries) -> bool:
    """Whether a round is only named, but with its date: 「4月那轮B轮融资之后」, 「去年的A轮里」."""
    text = clause.sentence.text
    return any(
        each.date is not None and _OF_DATE.fullmatch(text, each.end, series.start) is not None for each in clause.dates
    )


def by_backers(page: Page, sentence: Sentence) -> Iterator[Round]:
    """A round without sum or name that says who gave: 「Synthesia的这轮融资由Accel领投」."""
    for place, clause in enumerate(sentence.clauses):
        match = any_of("chinese_rounds", "this_round").search(sentence.text, clause.start, clause.end)
        if match is None or sentence.is_question or not backers_in(clause).every:
            continue
        company = company_of_round(page, clause, match.start())
        if company is None:
            return
        status = standing_at(clause, match.start(), clause.end)
        found = Round(company, clause, None, None, status, when(page, clause, match.start()), clause)
        for each in sentence.clauses[place:]:
            if found.join(page, each):
                found.until = each
        yield found
        return


def by_gift(page: Page, sentence: Sentence) -> list[Round]:
    """A round of which only is told who gave and when: 「昨日，生数科技获得启明创投投资」, 「五源资本日前投了Pika」."""
    if sentence.is_question or sentence.is_about:
        return []
    for clause in sentence.clauses:
        given = _GIVEN.search(sentence.text, clause.start, clause.end)
        put = _PUT_INTO.search(sentence.text, clause.start, clause.end) if given is None else None
        once = None if given or put else _PUT_ONCE.search(sentence.text, clause.start, clause.end)
        verb = given or put or once
        if verb is None or clause.money or clause.series or not (clause.dates or clause.date):
            continue
        on = when(page, clause, verb.start())
        if on is None or PAST.search(clause.text) or not backers_in(clause).every:
            continue
        near = [each for each in clause.mentions if verb.end() <= each.start]
        if once is not None:
            company = clause.topic if clause.topic != clause.subject else None
        elif given is not None:
            company = getter(page, clause, verb.start()) or (clause.subject if clause.named else None)
        else:
            gap = sentence.text[verb.end() : near[0].start] if near else "、"
            company = company_of(near[0], page) if len(gap) <= _NEAR and _LISTS.search(gap) is None else None
        if company is None:
            continue
        found = Round(company, clause, None, stake(clause), standing_at(clause, verb.start(), verb.end()), on, clause)
        if found.join(page, clause):
            return [found]
    return []


def by_denial(page: Page, sentence: Sentence) -> list[Round]:
    """A round that a company says it is not raising: 「目前没有融资计划」, 「否认正在融资的传闻」."""
    for clause in sentence.clauses:
        match = any_of("chinese_rounds", "no_plans").search(sentence.text, clause.start, clause.end)
        if match is not None and "任何" in match[0] and _OF_MONEY.search(sentence.text) is None:
            match = None
        company = company_of_round(page, clause, match.start()) if match is not None else None
        broken = _broken_off(clause) if match is None else None
        if broken is not None and clause.named and not clause.is_foreign:
            match, company = broken, clause.subject
        if match is None or company is None or any(each.money for each in sentence.clauses if each.standing is None):
            continue
        series = clause.series[0] if clause.series else None
        on = when(page, clause, match.start(), carried=False) or clause.date
        return [Round(company, clause, None, series, "denied", on, clause)]
    return []


def _broken_off(clause: Clause) -> re.Match[str] | None:
    """「与一家游戏公司的入股谈判，上月底破裂」"""
    match = _TALKS_OF.search(clause.sentence.text, clause.start, clause.end)
    behind = clause.following
    told = clause.text if behind is None else clause.text + behind.text
    return match if match is not None and _BROKEN_OFF.search(told) is not None else None


def _names_backers_behind(clause: Clause) -> bool:
    """Whether the clauses behind this one say who gave: 「完成首轮融资，由五源资本独家投资」."""
    clauses = clause.sentence.clauses
    return any(backers_in(each).every for each in clauses[clause.place + 1 : clause.place + _CLAUSES_BEHIND])


def has_backers(clause: Clause) -> bool:
    """Whether a clause names somebody who puts money in."""
    return bool(backers_in(clause).every) or is_named_investor(clause)
