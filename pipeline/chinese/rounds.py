"""Funding rounds in Chinese: the sum or the name that tells one, and the clauses that say who put money in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from db.model import Claim, FieldValue
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.figures import share_of, shared_out
from pipeline.chinese.gathered_round import Round
from pipeline.chinese.investors import backers_in
from pipeline.chinese.listings import of_filing
from pipeline.chinese.names_of_rounds import (
    WAYS,
    go_on_from_name,
    only_series,
    placing_before,
    qualifier_of,
    same_round,
    series_before,
    series_behind,
    series_near,
    take_series,
)
from pipeline.chinese.older_sums import is_old
from pipeline.chinese.patterns import any_of
from pipeline.chinese.rounds_by_name import by_backers, by_denial, by_gift, by_name, has_backers
from pipeline.chinese.subject_places import blanked
from pipeline.chinese.sums import begun_in, end_of, role_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import PAST, corrects, standing_at, when
from pipeline.chinese.whose_round import company_of_round, stake
from pipeline.values.found import FoundMoney, FoundSeries

_HINT = re.compile(r"[融投轮募注购贷债借资]|股东|入股|金额|规模|Series")
_RAISED = re.compile(
    r"(?:上一?次|最近一次|最后一次|上一?轮|此前)[^，。；]{0,8}(?:融资|募资|集资)|(?:融资|募资)(?:还|要|则)?(?:是|发生|追溯到?)?在?(?=[^，。；]{0,2}[12]\d{3}年)|(?:融资|募资)是在|(?:投资|投|入股|注资|领投)了(?=[^，。；]{2,})"
)
_MANY = WAYS | {"series_unknown", "corporate_round", "private_equity"}
"""What a company may do more than once."""
_GOT_ONLY = re.compile(r"(?:拿到|拿下|融到|获得|筹得|揽下|进账|入账)了?(?:近|约|超|超过|逾)?\Z")
_TIME_IS = re.compile(r"(?:时间|日期)(?:是|为|在|则)")
_ARRIVED = re.compile(
    r"(?:就|才|便|已|已经|正式|全部|在|于|的|是|\s)*(?:到账|交割|落袋|落定|到手|官宣|公布|宣布|敲定|完成|入账)(?:的)?"
)
"""「A轮同为2000万美元，2022年6月到账」"""
_REACH = 3
"""Clauses."""
_GIVER = re.compile(
    r"(?:后者|前者|对方|它|其)(?:将|拟|共|一共|为此|为其)*(?:出资|投资|投入|注资|认购)[^，。；\d]{0,6}\Z"
    r"|\A(?:全部|均|这次|此次)*由[^，。；]{2,40}?(?:独家|单独|共同|联合|全额)?(?:出资|投资|投入|注资|认购|提供|包揽)[^，。；\d]{0,4}\Z"
)
_BETWEEN = 60
_ONLY_GIVES = re.compile(r"(?:领投|跟投|参投|参与投资|参与|加注|加码)\Z")
"""「红杉、启明等参与投资，…」 right behind a round says who gave to it."""
_AFTERWARDS = re.compile(r"[^，。；、]{0,12}的?(?:[一二两三四五六七八九十半\d]+(?:年|个月|天|周)|之)后")
"""「拿到融资的一年后」: the date told is that of what came afterwards."""


def read(page: Page) -> list[Round]:
    """Every round of a page, in order."""
    told: list[Round] = []
    for sentence in page.sentences:
        if corrects(sentence) or (not sentence.money and _HINT.search(sentence.text) is None):
            continue
        found = _in_sentence(page, sentence)
        if found:
            if told:
                take_series(found[0], told[-1])
                go_on_from_name(found[0], told)
            told += found
        elif told and _goes_on(sentence, told[-1]):
            _go_on(page, sentence, told[-1])
        else:
            told += [*by_backers(page, sentence)] or by_gift(page, sentence) or by_denial(page, sentence)
    _date_by_label(told)
    return told


def _date_by_label(rounds: Sequence[Round]) -> None:
    """Give a round that has no date of its own the one its label has elsewhere: 「在2023年3月的A+轮」."""
    dates: dict[tuple[str, str, str | None], set[PartialDate]] = {}
    for each in rounds:
        if each.series is not None and each.on is not None and any(one.date == each.on for one in each.clause.dates):
            dates.setdefault((each.company.key, *_label(each.series)), set()).add(each.on)
    for each in rounds:
        if each.series is None or each.clause.dates or each.series.investment_type in _MANY:
            continue
        told = dates.get((each.company.key, *_label(each.series)), set())
        if len(told) == 1 and each.status is None:
            each.on = next(iter(told))


def _label(series: FoundSeries) -> tuple[str, str | None]:
    return series.investment_type, series.qualifier


def claims(page: Page, rounds: Sequence[Round]) -> Iterator[Claim]:
    """The claims of these rounds."""
    for each in rounds:
        series = each.series
        fields: dict[str, FieldValue] = {
            "investment_type": series.investment_type if series else "series_unknown",
            "series_qualifier": qualifier_of(each),
            "investors": list(dict.fromkeys(each.every)),
            "lead_investors": list(dict.fromkeys(each.led)),
        }
        if each.advisers:
            fields["financial_advisers"] = list(dict.fromkeys(each.advisers))
        yield tell(
            page, each.clause, "funding_round", each.company,
            status=each.status, money=each.money, on=each.on, fields=fields, until=each.until,
        )  # fmt: skip


def _in_sentence(page: Page, sentence: Sentence) -> list[Round]:
    found: list[Round] = []
    waiting: list[Clause] = []
    for clause in sentence.clauses:
        begun = [*_by_sum(page, clause, found), *by_name(page, clause)]
        if found and len(begun) == 1 and _is_its_sum(found[-1], begun[0]):
            found[-1].money, found[-1].until = begun[0].money, clause
            begun = []
        for each in begun:
            each.join(page, clause)
        if begun:
            if not found and not begun[0].nominal:
                for earlier in waiting:
                    begun[0].join(page, earlier)
            found += begun
        elif found:
            if found[-1].join(page, clause):
                found[-1].until = clause
        else:
            waiting.append(clause)
    return [] if sentence.is_question and not any(each.status == "denied" for each in found) else found


def _is_its_sum(told: Round, behind: Round) -> bool:
    """「完成C轮融资，筹得3亿美元」: a sum right behind a round's name, of nothing told before."""
    clause = behind.until
    return (
        told.money is None
        and behind.money is not None
        and behind.series in (None, told.series)
        and told.until.place + 1 == clause.place
        and told.company == behind.company
        and (told.status == behind.status or (told.status == "rumored" and behind.status is None))
        and not ((clause.named and clause.subject is not None) or clause.dates or PAST.search(clause.text))
    )


def _by_sum(page: Page, clause: Clause, found: Sequence[Round]) -> Iterator[Round]:
    used: set[int] = set()
    if clause.money and shared_out(page, clause, clause.money[-1].start) is not None:
        yield from _shared(page, clause)
        return
    for sum_ in clause.money:
        role = role_of(clause, sum_)
        told = found[-1] if found else None
        if told is not None and told.money is None and (role == "sum_of_round" or _of_giver(clause, sum_)):
            if not sum_.restates and not _is_raised(clause, sum_):
                told.money, told.until = sum_.money, clause
            continue
        begun = begun_in(clause, sum_)
        goes_on = told is not None and told.money is None and begun is not clause and told.until is begun
        if told is not None and goes_on and role == "funding_round" and not sum_.restates:
            told.money, told.until, told.nominal = sum_.money, clause, False
            continue
        before = _last_raised(clause)
        if role == "sum_of_round" and told is None and before is not None:
            company = company_of_round(page, before, before.end)
            if company is not None:
                yield Round(company, before, sum_.money, None, before.standing, when(page, before, before.end), clause)
        begins = role == "funding_round" or (role == "sum_of_round" and placing_before(clause, found) is not None)
        begins = begins or (role is None and _is_of_list(page, clause, sum_))
        if (
            sum_.restates
            or not begins
            or _is_raised(clause, sum_)
            or (not _of_named_round(clause) and of_filing(page, clause))
        ):
            continue
        company = company_of_round(page, begun, sum_.start if begun is clause else begun.end)
        if company is None or any_of("chinese_rounds", "only_meant").search(clause.text):
            continue
        series = series_near(clause, sum_, used) or stake(clause) or placing_before(clause, found)
        series = series or series_before(clause, found) or (only_series(begun) if begun is not clause else None)
        series = series or same_round(clause, sum_, found) or series_behind(clause)
        status = standing_at(clause, sum_.start, _status_end(clause, sum_, series))
        status = status or (begun.standing if begun is not clause else None)
        told_after = clause.text.strip().startswith("继")
        afterwards = not told_after and _AFTERWARDS.match(clause.sentence.text, end_of(clause, sum_)) is not None
        on = None if afterwards else _told_behind(clause) or when(page, begun, min(sum_.start, begun.end))
        yield Round(company, begun, sum_.money, series, status, on, clause)


def _is_of_list(page: Page, clause: Clause, sum_: FoundMoney) -> bool:
    """Whether a list of the rounds of a time tells one by its sum alone: 「同月，Moonvalley拿到4300万美元」."""
    if not page.is_round_up or "融资" not in page.article.title or not clause.named or clause.is_foreign:
        return False
    ends = not clause.sentence.text[end_of(clause, sum_) : clause.end].strip("。 ")
    return ends and _GOT_ONLY.search(clause.sentence.text, clause.head, sum_.start) is not None


def _of_named_round(clause: Clause) -> bool:
    """Whether a sum in a filing is a round's, named in its clause or the one before, or with who gave it."""
    before = clause.previous
    return bool(clause.series or has_backers(clause) or (before is not None and before.series))


def _of_giver(clause: Clause, sum_: FoundMoney) -> bool:
    """「引入战略投资者华策影视，后者出资8000万元」: what the one just named as a giver gives."""
    return _GIVER.search(clause.sentence.text[clause.head : sum_.start]) is not None


def _last_raised(clause: Clause) -> Clause | None:
    """The clause before that tells when money was raised last: 「最近一轮融资是在2025年11月，由…领投，金额1亿美元」."""
    before = clause.sentence.clauses[max(0, clause.place - _REACH) : clause.place]
    return next((each for each in reversed(before) if _RAISED.search(each.text)), None)


def _shared(page: Page, clause: Clause) -> Iterator[Round]:
    """「Pika、Runway分别获得8000万美元、3.08亿美元融资」: a round each."""
    sums = [each for each in clause.money if not each.restates]
    if role_of(clause, sums[-1]) != "funding_round":
        return
    for sum_ in sums:
        company = share_of(page, clause, sum_.start, sums)[1]
        if company is not None:
            status = standing_at(clause, sum_.start, sum_.end)
            yield Round(company, clause, sum_.money, None, status, when(page, clause, sum_.start), clause)


def _status_end(clause: Clause, sum_: FoundMoney, series: FoundSeries | None) -> int:
    return max(end_of(clause, sum_), series.end if series else 0)


def _is_raised(clause: Clause, sum_: FoundMoney) -> bool:
    """「规模从2亿元扩大到3亿元」: whether a sum is what another behind it replaces."""
    return sum_ is not clause.money[-1] and is_old(clause, sum_)


def _told_behind(clause: Clause) -> PartialDate | None:
    """「第一笔投资来自真格基金，500万元，时间是2023年3月」"""
    behind = clause.following
    if behind is None or behind.money or behind.series:
        return None
    arrived = not clause.dates and _ARRIVED.fullmatch(blanked(behind, behind.start, behind.end).strip(" 。"))
    if _TIME_IS.match(behind.text.strip()) is None and not arrived:
        return None
    return next((each.date for each in behind.dates if each.date is not None), None)


def _goes_on(sentence: Sentence, told: Round) -> bool:
    """Whether a sentence right behind a round's says more about it."""
    last = told.until.sentence
    near = sentence.where == last.where and 0 <= sentence.place - (last.place + len(last.text)) <= _BETWEEN
    first = sentence.clauses[0] if sentence.clauses else None
    if not near or first is None:
        return False
    if any_of("chinese_rounds", "goes_on").match(sentence.text, first.head) is not None:
        return True
    only_gives = _ONLY_GIVES.search(sentence.text, first.start, first.end) is not None
    return only_gives and not (sentence.money or first.series or first.dates) and bool(backers_in(first).every)


def _go_on(page: Page, sentence: Sentence, told: Round) -> None:
    for clause in sentence.clauses:
        for sum_ in clause.money:
            if told.money is None and not sum_.restates and role_of(clause, sum_) == "sum_of_round":
                told.money, told.until = sum_.money, clause
        if told.join(page, clause):
            told.until = clause
