"""Valuations, totals, prices of companies and figures of their business: every other claim that begins with a sum."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from db.model import Claim, FieldValue, Status
from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.figure_dates import REPORTS, date_of_figure, is_published, reported_period
from pipeline.chinese.figure_rows import rows_of_figures
from pipeline.chinese.figures import owner_of_figure
from pipeline.chinese.gathered_round import Round
from pipeline.chinese.older_sums import dates_of_old, is_old
from pipeline.chinese.patterns import any_of
from pipeline.chinese.sums import HELD_AGAINST, METRICS, end_of, of_whole_year, role_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import PAST, as_of, corrects, in_talks, standing_at, when
from pipeline.chinese.whose_round import named_for
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney

Rounds = dict[tuple[str, int], list[Round]]
"""The rounds told, by company and sentence."""

_OF_GROUP = re.compile(r"(?:公司|集团)?(?:经调整|净利|总营收|总收入|毛利|净亏损|经营利润|期内)")
"""In a report of results these are the reporting company's, whatever product was named in between."""
_PRICE_OF = re.compile(r"[”」]?的?(?:最新|整体|投后|投前|目前|公司|总)?(?:估值|身价)")
"""「这轮融资让爱诗科技的估值突破10亿美元」"""
_FIGURE_OF = re.compile(
    r"[”」]?(?:AI)?(?:视频|影片)?(?:业务|平台|产品|板块)?的?(?:累计|全球|海外|年化|年度|营业|总|单季|当季|月度|全年|经常性)*"
    r"(?:收入|营收|ARR|流水|净亏损|亏损|净利润)"
)
"""「快手2025年第一季度可灵AI营业收入」"""
_ONLY_REACHES = re.compile(r"\s*(?:将|会)?(?:达到?|超过?|突破|约|增至|升至|接近|高达)")
"""「全年收入预计将翻一番，达到约1.25亿美元」: as little done as the clause before."""
_AFTER_ROUND = re.compile(r"(?:[本此该这]|最近一|最新一|上一)轮(?:融资|投资)?(?:完成)?之?后\Z")
_ONLY_THEN = re.compile(
    r"[，,]?(?:的)?(?:同期|时|底|初)?[，,]?(?:这个数字|这一数字|它|公司|则)?(?:还|才|刚刚?|只|仅|则|为|是|有|就|已|不到|不足|超过?|近|约|逾|达|过|了|接近)*"
)
_EXPECTED = re.compile(r"指引|目标|预测|预期|展望|有信心|力争|争取")
"""「把全年收入指引提高到30亿元」: what is expected is not yet earned."""
_PERIOD = re.compile(r"当季|同期|本季度?|季内|期内|集团层面|报告期")
_WARNING = re.compile(r"盈警|盈利预警|盈喜|业绩预告|业绩预警")
_TALKED_BEFORE = 3
_OF_ROUND = re.compile(r"融资|募资|集资|投资者|投资人|资本|轮|筹")
_CLOSED = re.compile(r"完成|获|拿到|敲定|宣布|公布|目前|现")
_PROMISED = re.compile(r"(?:承诺|对赌)[^。；]{0,40}\Z|^[^。；]{0,12}(?:若|如果|一旦|假如)|[，,](?:若|如果|一旦|假如)")
"""What a seller promises, and what would have to be, is no figure."""
_UNTIL_NOW = re.compile(r"至此|迄今|截至目前|截至今|到目前为止|[算加]上[本这此]")
"""「至此，公司累计融资约2.37亿美元」"""
_NEAR_ROUND = 8
"""Sentences."""
_OF_PERIOD = frozenset({"revenue_annual", "quarterly", "other_metric"})
_NEWS = timedelta(days=20)


def read(page: Page, rounds: Sequence[Round]) -> Iterator[Claim]:
    """Prices, totals and metrics in the order of the text."""
    last: str | None = None
    told_last = -1
    told: Rounds = {}
    days: dict[str, set[PartialDate | None]] = {}
    for each in rounds:
        told.setdefault((each.company.key, each.clause.sentence.number), []).append(each)
        days.setdefault(each.company.key, set()).add(each.on)
    news = _news_days(page, rounds)
    rows = rows_of_figures(page)
    for sentence in page.sentences:
        for clause in [] if corrects(sentence) else sentence.clauses:
            for sum_ in clause.money:
                first, of_row = rows.get((sentence.number, sum_.start), (sum_, None))
                role = role_of(clause, first)
                if role in METRICS and of_row is None and _shares_out_unsaid(clause, sum_):
                    continue
                if role == "same" or (role is None and told_last == sentence.number - 1 and _only_dated(clause, sum_)):
                    role = last
                if role is None or sum_.restates:
                    continue
                last, told_last = role, sentence.number
                company = _company(page, clause, sum_)
                if company is None or (sentence.is_question and clause.standing != "denied"):
                    continue
                for claim in _claim(page, clause, sum_, role, company, _round_of(told, clause, company), news):
                    claim = replace(claim, event_date=of_row) if of_row and claim.type == "metric" else claim
                    yield _of_now(claim, clause, days.get(company.key, ()), news.get(company.key))


def _of_now(claim: Claim, clause: Clause, rounds: Collection[PartialDate | None], news: PartialDate | None) -> Claim:
    """A total "until now" is of the day of the news, unless the day told last is a round's of the company."""
    told = claim.event_date
    if claim.type != "total_funding" or news is None or told is None or told in rounds:
        return claim
    until_now = _UNTIL_NOW.search(clause.sentence.text, 0, clause.end)
    return replace(claim, event_date=news) if until_now and told.last_day() < news.last_day() else claim


def _shares_out_unsaid(clause: Clause, sum_: FoundMoney) -> bool:
    """「收入分别为1.2亿元及3.6亿元」 without years: which is of when is not told."""
    shares = clause.sentence.text.rfind("分别", clause.start, sum_.start)
    if shares < 0 or clause.dates or clause.date is not None or len(_own_sums(clause)) < _SEVERAL:
        return False
    return _TWO_FIGURES.search(clause.sentence.text, clause.start, shares) is None


_SEVERAL = 2
_TWO_FIGURES = re.compile(r"[和与及、](?=[^，。；]{0,6}(?:利润|亏损|收入|营收|溢利|现金))")


def _only_dated(clause: Clause, sum_: FoundMoney) -> bool:
    """Whether a clause gives the figure told last for another time: 「去年同期还不到800万元」."""
    before = [each for each in clause.dates if each.end <= sum_.start]
    if not before or clause.place > 1 or sum_ is not clause.money[0]:
        return False
    words = clause.sentence.text[before[-1].end : sum_.start]
    return _ONLY_THEN.fullmatch(words) is not None


def _own_sums(clause: Clause) -> list[FoundMoney]:
    return [each for each in clause.money if not each.restates]


def _company(page: Page, clause: Clause, sum_: FoundMoney) -> CompanyName | None:
    """Whose figure: the subject; an investor's clause speaks of the company talked about."""
    for mention in reversed(clause.mentions):
        of_it = _PRICE_OF.match(clause.sentence.text, mention.end, sum_.start) or (
            mention.kind != "investor" and _FIGURE_OF.match(clause.sentence.text, mention.end, sum_.start)
        )
        if mention.end <= sum_.start and of_it:
            return company_of(mention, page)
    for_whom = named_for(page, clause)
    if for_whom is not None:
        return for_whom
    if clause.is_foreign:
        return clause.topic if any_of("chinese_rounds", "invests").search(clause.text) else None
    opening = clause.sentence.text[clause.head : sum_.start]
    first = clause.sentence.clauses[0]
    if not clause.named and first.named and REPORTS.search(first.text) and _OF_GROUP.match(opening):
        return first.subject
    if not clause.named and any_of("chinese_sums", "strangers").match(opening):
        return None
    return owner_of_figure(page, clause, sum_.start, _own_sums(clause))


def _round_of(rounds: Rounds, clause: Clause, company: CompanyName) -> Round | None:
    """The round a price belongs to: of the same sentence, or the last one where the clause says 本轮."""
    here = rounds.get((company.key, clause.sentence.number), [])
    before = [each for each in here if each.clause.start <= clause.start]
    if before or here:
        return before[-1] if before else here[0]
    this = any_of("chinese_sums", "this_round").search(clause.text) is not None
    if not this and (clause.dates or not _begins_alike(clause)):
        return None
    for number in range(clause.sentence.number - 1, max(-1, clause.sentence.number - _NEAR_ROUND), -1):
        near = [
            each
            for each in rounds.get((company.key, number), [])
            if each.clause.sentence.where == clause.sentence.where
        ]
        if near and (this or near[-1].clause.sentence.paragraph == clause.sentence.paragraph):
            return near[-1]
    return None


def _begins_alike(clause: Clause) -> bool:
    """A price told without a date right behind its round."""
    return clause.date is None and any_of("chinese_sums", "beside_round").search(clause.text) is not None


def _claim(
    page: Page,
    clause: Clause,
    sum_: FoundMoney,
    role: str,
    company: CompanyName,
    told: Round | None,
    news: Mapping[str, PartialDate],
) -> Iterator[Claim]:
    status = standing_at(clause, sum_.start, max(sum_.end, end_of(clause, sum_)))
    before = clause.previous
    if status is None and before is not None and before.standing == "rumored" and not before.money:
        status = "rumored" if _ONLY_REACHES.match(clause.text) else None
    if role == "valuation" and status is None and not clause.named and _is_talked_of(clause):
        status = "rumored" if HELD_AGAINST.match(clause.text) is None else None
    if role in METRICS:
        if _PROMISED.search(clause.sentence.text, 0, sum_.start):
            return
        warned = _WARNING.search(clause.sentence.text) is not None
        begins = before.start if before is not None and not before.money and not clause.named else clause.start
        if status is None and (warned or _EXPECTED.search(clause.sentence.text, begins, sum_.start)):
            status = "rumored"
        fields: dict[str, FieldValue] = {"metric": METRICS[role]}
        on = date_of_figure(page, clause, sum_)
        if on is None and is_old(clause, sum_):
            return
        if role in _OF_PERIOD and not clause.dates and (_PERIOD.search(clause.sentence.text) or is_published(page, on)):
            period = None if of_whole_year(clause, sum_) else reported_period(page)
            if period is not None:
                on, fields = period, {"metric": "other"}
        yield tell(page, clause, "metric", company, status=status, money=sum_.money, on=on, fields=fields)
    elif role == "valuation" and not _is_market_value(clause, sum_):
        kind: dict[str, FieldValue] = {"valuation_kind": _kind(clause)}
        on = _of_price(page, clause, sum_, told)
        if on is None and not is_old(clause, sum_):
            on = _of_news(clause, company, news)
        yield tell(
            page,
            clause,
            "valuation",
            company,
            status=_tied(status, None if HELD_AGAINST.match(clause.text) else told),
            money=sum_.money,
            on=on,
            fields=kind,
        )
    elif role == "total_funding" and not any_of("chinese_sums", "jointly").search(clause.text):
        own = any(each.date is not None for each in clause.dates)
        here = told is not None and told.clause.sentence is clause.sentence and told.clause.start <= clause.start
        carried = clause.date is not None and not (clause.date_from is not None and clause.date_from.money)
        tied = _dated(page, clause, sum_, told if here else None) if own or here or carried else None
        of_figure = clause.date is not None and not carried and not own
        on = tied or _of_news(clause, company, news) or (None if of_figure else as_of(page, clause, sum_.start))
        yield tell(page, clause, "total_funding", company, status=status, money=sum_.money, on=on)


def _is_talked_of(clause: Clause) -> bool:
    """Whether the clauses before only tell of talks or plans: the price they are about is no more done."""
    for before in reversed(clause.sentence.clauses[max(0, clause.place - _TALKED_BEFORE) : clause.place]):
        if before.standing == "rumored":
            return in_talks(before) or not before.money or _OF_ROUND.search(before.text) is not None
        if before.standing == "denied" or _CLOSED.search(before.text):
            return False
    return False


def _news_days(page: Page, rounds: Sequence[Round]) -> dict[str, PartialDate]:
    """The day of each company's round that is the article's news."""
    published = page.article.published
    days: dict[str, PartialDate] = {}
    for each in sorted(rounds, key=lambda told: told.clause.sentence.where == "title"):
        done = each.on if each.status is None else None
        if published is not None and done is not None and timedelta(0) <= published - done.last_day() <= _NEWS:
            days.setdefault(each.company.key, done)
    return days


def _of_news(clause: Clause, company: CompanyName, news: Mapping[str, PartialDate]) -> PartialDate | None:
    """A price or total told now, without a date, is of the day of the news."""
    return None if PAST.search(clause.text) or clause.sentence.is_about else news.get(company.key)


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
    """The date of a price; in 「从2023年的15亿美元升至30亿美元」 the date before the first is the first's alone."""
    old = next((each for each in clause.money if is_old(clause, each)), None)
    if old is None:
        return _dated(page, clause, sum_, told)
    before = dates_of_old(clause, old)
    if sum_ is old:
        return before[-1].date if before else None
    own = [each.date for each in clause.dates if each.date is not None and each not in before]
    return own[-1] if own else (told.on if told is not None else None)


def _kind(clause: Clause) -> str:
    before = clause.previous
    after_round = before is not None and _AFTER_ROUND.search(before.text) is not None
    if after_round or any_of("chinese_sums", "post_money").search(clause.text):
        return "post_money"
    return "pre_money" if any_of("chinese_sums", "pre_money").search(clause.text) else "unspecified"
