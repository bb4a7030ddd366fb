"""Companies that go public, and those that plan to, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, Status
from db.values import Money, PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence
from pipeline.chinese.entries import ENTRY, company_of
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.subject_places import company_at
from pipeline.chinese.sums import role_of
from pipeline.chinese.tell import tell
from pipeline.chinese.walk import when
from pipeline.lexicon_files import lexicon
from pipeline.names.company_name import CompanyName

_MARKET = re.compile(r"市场|外界|业内|分析|坊间")
_TO_RAISE = re.compile(r"(?:募资|集资|筹资|募集|融资)[^，。；]{0,6}(?:目标|规模|金额|额)?|目标(?:是|为)")
"""What a filing is to bring in, told by a sentence behind it."""
_REACH = 2
_SURE = ("登陆", "招股", "敲钟")
"""What is done only on an exchange, named or not."""
_LABEL = 6
"""Characters."""
_BY_WHEN = re.compile(r"(?:最快|最早|预计|计划|有望|拟|将|或|目标)(?:在|于)?\Z")
_SAME_PLACE = re.compile(r"同一(?:市场|交易所|板块)")


def read(page: Page) -> Iterator[Claim]:
    """A listing for each company of a clause that lists; a filing or a plan is not done yet."""
    place: str | None = None
    for sentence in page.sentences:
        if gated("chinese_events", "ipo", "lists").search(sentence.text) is None:
            continue
        exchange = _exchange(sentence.text)
        if exchange is None and _SAME_PLACE.search(sentence.text):
            exchange = place
        place = exchange or place
        for clause in sentence.clauses:
            if _is_label(clause) or any_of("chinese_events", "ipo", "not").search(clause.text):
                continue
            match = gated("chinese_events", "ipo", "lists").search(sentence.text, clause.start, clause.end)
            if match is None or (sentence.is_question and clause.standing != "denied"):
                continue
            if not _says_so(clause):
                continue
            status = _status(clause)
            money = _raised(page, clause, alone=status is not None)
            sure = exchange is not None or money is not None or any(word in match[0] for word in _SURE)
            if status is None and not sure:
                continue
            for company, on in _listed(page, clause, match.start()):
                fields = {"exchange": exchange}
                on = (_planned(clause) or on) if status == "rumored" else on
                if status == "denied" and on is None and page.article.published is not None:
                    on = PartialDate(page.article.published.isoformat())
                yield tell(page, clause, "ipo", company, status=status, money=money, on=on, fields=fields)
            break


def _exchange(text: str) -> str | None:
    table = lexicon("pipeline.lexicon", "chinese_events")["ipo"]["exchanges"]
    return next((code for code, words in table.items() if re.search(words, text)), None)


def _lists(sentence: Sentence) -> bool:
    return any_of("chinese_events", "ipo", "lists").search(sentence.text) is not None


def of_filing(page: Page, clause: Clause) -> bool:
    """Whether one of the two sentences before tells of a listing planned, of which this one says what it brings in."""
    number, here = clause.sentence.number, clause.sentence
    return any(
        (before.paragraph, before.where) == (here.paragraph, here.where)
        and any_of("chinese_events", "ipo", "lists").search(before.text) is not None
        and any_of("chinese_events", "ipo", "plans").search(before.text) is not None
        for before in page.sentences[max(0, number - _REACH) : number]
    )


def _says_so(clause: Clause) -> bool:
    """Whether a listing is told at all, as done, planned or denied, and not only named."""
    lists = ("plans", "done")
    return clause.standing == "denied" or any(
        any_of("chinese_events", "ipo", name).search(clause.sentence.text if name == "done" else clause.text)
        for name in lists
    )


def _status(clause: Clause) -> Status | None:
    if clause.standing == "denied":
        return "denied"
    if clause.standing == "rumored" or any_of("chinese_events", "ipo", "plans").search(clause.text):
        return "rumored"
    return None if any_of("chinese_events", "ipo", "done").search(clause.sentence.text) else "rumored"


def _listed(page: Page, clause: Clause, place: int) -> Iterator[tuple[CompanyName, PartialDate | None]]:
    """「智谱1月8日、MiniMax 1月9日先后登陆港交所」: each with its day; 「前一日…挂牌的智谱」: the one behind."""
    named = [(each, company) for each in clause.mentions if each.end <= place and (company := company_of(each, page))]
    several = [company for _, company in named]
    if len(several) > 1 and re.search("[、和与]", clause.sentence.text[named[0][0].end : named[1][0].start]):
        for mention, company in named:
            own = next((each.date for each in clause.dates if each.date and each.start >= mention.end), None)
            yield company, own or when(page, clause, place)
        return
    behind = next((each for each in clause.mentions if each.start >= place), None)
    if not named and behind is not None and clause.sentence.text[: behind.start].rstrip().endswith("的"):
        company = company_of(behind, page)
    else:
        company = company_at(clause, place)
    if company is None and _MARKET.search(clause.sentence.text, clause.head, place):
        company = clause.topic
    if company is not None:
        yield company, when(page, clause, place)


def _planned(clause: Clause) -> PartialDate | None:
    """The day a plan names, in its clause or the next one: 「…拟赴港上市，最快今年内递表」."""
    for each in (clause, clause.following):
        for date in each.dates if each is not None else []:
            if each is not None and _BY_WHEN.search(each.sentence.text, each.start, date.start):
                return date.date
    return None


def _is_label(clause: Clause) -> bool:
    """「上市方面：」"""
    entry = ENTRY.match(clause.text)
    length = len(clause.text) - (entry.end() if entry is not None else 0)
    return length <= _LABEL and clause.sentence.text[clause.end : clause.end + 1] in ("：", ":")


def _raised(page: Page, clause: Clause, *, alone: bool) -> Money | None:
    """The sum raised, told in this sentence or the next one of the paragraph."""
    place = clause.sentence.number
    following = page.sentences[place + 1 : place + 2]
    if alone:
        near = page.sentences[place + 1 : place + 1 + _REACH]
        following = [each for each in near if _TO_RAISE.search(each.text) and not _lists(each)]
    for sentence in (clause.sentence, *(each for each in following if each.paragraph == clause.sentence.paragraph)):
        for each in sentence.clauses:
            for sum_ in each.money:
                roles = ("ipo",) if sentence is clause.sentence else ("ipo", "funding_round", "sum_of_round")
                if role_of(each, sum_) in roles and not sum_.restates and not each.series:
                    return sum_.money
                if sentence is not clause.sentence and _TO_RAISE.search(each.text) and not each.series:
                    return sum_.money
    return None
