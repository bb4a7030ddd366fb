"""Valuations, totals, prices of companies and figures of their business: every other claim that begins with a sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from db.model import Claim, FieldValue, Status
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.patterns import any_of
from pipeline.chinese.rounds import Round
from pipeline.chinese.sums import METRICS, end_of, role_of, without_dates
from pipeline.chinese.subjects import owner_of_figure
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import PAST, as_of, standing_at, when
from pipeline.document import CompanyName
from pipeline.found import FoundMoney

_FROM = ("从", "由")
_RISES = ("升", "涨", "增", "跌", "降", "缩", "调", "提", "翻", "飙", "到", "至", "攀")
_NEAR_ROUND = 400
_NEWS = timedelta(days=20)


def read(page: Page, rounds: Sequence[Round]) -> Iterator[Claim]:
    """Prices, totals and metrics in the order of the text."""
    last: str | None = None
    for sentence in page.sentences:
        for clause in sentence.clauses:
            for sum_ in clause.money:
                role = role_of(clause, sum_)
                if role == "same":
                    role = last
                if role is None or sum_.restates:
                    continue
                last = role
                company = _company(clause, sum_)
                if company is None or (sentence.is_question and clause.standing != "denied"):
                    continue
                yield from _claim(page, clause, sum_, role, company, rounds)


def _company(clause: Clause, sum_: FoundMoney) -> CompanyName | None:
    """Whose figure: the subject; an investor's clause speaks of the company talked about."""
    if clause.is_foreign:
        return clause.topic if any_of("chinese_rounds", "invests").search(clause.text) else None
    opening = clause.sentence.text[clause.head : sum_.start]
    if not clause.named and any_of("chinese_sums", "strangers").match(opening):
        return None
    return owner_of_figure(clause, sum_.start)


def _round_of(rounds: Sequence[Round], clause: Clause, company: CompanyName) -> Round | None:
    """The round a price belongs to: of the same sentence, or the last one where the clause says 本轮."""
    place = clause.sentence.place
    own = [
        each
        for each in rounds
        if each.company.key == company.key and each.clause.sentence.where == clause.sentence.where
    ]
    before = [each for each in own if each.clause.sentence is clause.sentence and each.clause.start <= clause.start]
    if before:
        return before[-1]
    if any(each.clause.sentence is clause.sentence for each in own):
        return next(each for each in own if each.clause.sentence is clause.sentence)
    if any_of("chinese_sums", "this_round").search(clause.text) or not clause.dates:
        near = [each for each in own if 0 <= place - each.clause.sentence.place <= _NEAR_ROUND]
        same = [each for each in near if each.clause.sentence.paragraph == clause.sentence.paragraph]
        if any_of("chinese_sums", "this_round").search(clause.text):
            return (near or own or [None])[-1]
        return same[-1] if same and _begins_alike(clause) else None
    return None


def _begins_alike(clause: Clause) -> bool:
    """A price told without a date right behind its round."""
    return clause.date is None and any_of("chinese_sums", "beside_round").search(clause.text) is not None


def _claim(
    page: Page, clause: Clause, sum_: FoundMoney, role: str, company: CompanyName, rounds: Sequence[Round]
) -> Iterator[Claim]:
    told = _round_of(rounds, clause, company)
    status = standing_at(clause, sum_.start, max(sum_.end, end_of(clause, sum_)))
    if role in METRICS:
        fields: dict[str, FieldValue] = {"metric": METRICS[role]}
        on = as_of(page, clause, sum_.start)
        yield tell(page, clause, "metric", company, status=status, money=sum_.money, on=on, fields=fields)
    elif role == "valuation" and not _is_market_value(clause, sum_):
        kind: dict[str, FieldValue] = {"valuation_kind": _kind(clause)}
        on = _of_price(page, clause, sum_, told)
        if on is None and not _is_old(clause, sum_):
            on = _of_news(page, clause, company, rounds)
        yield tell(page, clause, "valuation", company, status=_tied(status, told), money=sum_.money, on=on, fields=kind)
    elif role == "total_funding" and not any_of("chinese_sums", "jointly").search(clause.text):
        own = [each for each in clause.dates if each.date is not None]
        tied = _dated(page, clause, sum_, told) if own or told is not None or clause.date is not None else None
        on = tied or _of_news(page, clause, company, rounds) or as_of(page, clause, sum_.start)
        yield tell(page, clause, "total_funding", company, status=status, money=sum_.money, on=on)


def _of_news(page: Page, clause: Clause, company: CompanyName, rounds: Sequence[Round]) -> PartialDate | None:
    """The day of the round that is the article's news: a price or total told now, without a date, is of that day."""
    published = page.article.published
    if published is None or PAST.search(clause.text) or clause.sentence.is_about:
        return None
    for each in rounds:
        if each.company.key == company.key and each.on is not None and each.status is None:
            if timedelta(0) <= published - each.on.last_day() <= _NEWS:
                return each.on
    return None


def _tied(status: Status | None, told: Round | None) -> Status | None:
    """A price is no more done than its round."""
    return status or (told.status if told is not None and told.status in ("rumored", "denied") else None)


def _dated(page: Page, clause: Clause, sum_: FoundMoney, told: Round | None) -> PartialDate | None:
    own = [each for each in clause.dates if each.date is not None]
    if told is not None and not own:
        return told.on
    return when(page, clause, sum_.start)


def _is_market_value(clause: Clause, sum_: FoundMoney) -> bool:
    """What the exchange says a share is worth is no valuation, except on the first day."""
    near = clause.sentence.text[max(clause.start, sum_.start - 12) : end_of(clause, sum_) + 4]
    return "市值" in near and not any_of("chinese_sums", "first_day").search(clause.sentence.text)


def _of_price(page: Page, clause: Clause, sum_: FoundMoney, told: Round | None) -> PartialDate | None:
    """The date of a price; of two, 「从2023年的15亿美元升至30亿美元」, the date before the first is the first's alone."""
    old = next((each for each in clause.money if _is_old(clause, each)), None)
    if old is None:
        return _dated(page, clause, sum_, told)
    own = [each.date for each in clause.dates if each.date is not None]
    if sum_ is old:
        return own[0] if own and clause.dates[0].start < old.start else None
    later = [each.date for each in clause.dates if each.date is not None and each.start > old.start]
    return later[0] if later else (told.on if told is not None else None)


def _is_old(clause: Clause, sum_: FoundMoney) -> bool:
    """The first sum of 「从21亿美元升至40亿美元」."""
    text = clause.sentence.text
    before = without_dates(clause, clause.start, sum_.start).rstrip("约近超逾的 ")
    return before.endswith(_FROM) and text[sum_.end : sum_.end + 6].lstrip("一路大幅迅速").startswith(_RISES)


def _kind(clause: Clause) -> str:
    if any_of("chinese_sums", "post_money").search(clause.text):
        return "post_money"
    return "pre_money" if any_of("chinese_sums", "pre_money").search(clause.text) else "unspecified"
