"""Settles for every clause of a Chinese article when it happened and whether it did."""

from __future__ import annotations

import re
from itertools import pairwise

from db.model import Article, Status
from db.values import PartialDate
from pipeline.attribution import origin, said_by
from pipeline.chinese.bare_sums import settle_bare_sums, settle_plain_yuan
from pipeline.chinese.clauses import Clause, Page, Sentence, cut
from pipeline.chinese.hearsay import settle_hearsay
from pipeline.chinese.misspelt import add_misspelt
from pipeline.chinese.names_of_people import without_people
from pipeline.chinese.patterns import any_of, gated
from pipeline.chinese.running_dates import AFTERWARDS, AT_THAT_TIME, LATER, THEN, only_begins, settle_dates
from pipeline.chinese.subject_places import blanked
from pipeline.chinese.subjects import settle_subjects
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName
from pipeline.names.find_names import Names
from pipeline.values.found import FoundDate

_BY_NOW = re.compile(r"已(?!于|在)|眼下|服务过|至今(?!年|[日天晚])|迄今")
_UP_TO = re.compile(r"截至|截止|到[^，。；]{2,10}(?:为止|底|末|初)|财报|季报|年报|业绩")
PAST = re.compile(
    r"距(?=[^，。；]{2,40}(?:不足|不到|仅|才|只|过去了?)[^，。；]{0,6}(?:年|月|天|周))|此前|曾(?!被(?:视为|称为|誉为)|是)|之前|早前|上一轮|前一轮|过去|以前"
)
_BEHIND = 4
"""Characters behind a sum that still belong to what is told: 「正在进行1亿美元的融资」."""
_SOME_TIME_AFTER = re.compile(rf"(?:\A|[的，。]){LATER.pattern}")
_EARLIER = re.compile(r"\s*(?:在?此之?前|早前|更早|稍早|过去|以前)")
_ACCOUNTS = re.compile(r"财报|年报|季报|业绩")
_ITEM = re.compile(r"\s*(?:[·•●▪■◆*【]|\d{1,2}(?:、|[.．)）](?!\d))|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}、)")
"""An item of a list is news as much as the first one."""
_IN_TALKS = re.compile(
    r"(?:正|就|围绕)[^，。；]{0,40}?(?:谈判|洽谈|磋商|商谈|接触|讨论|沟通)|(?:仍在|还在|正在)(?:谈判|洽谈|磋商|商谈)"
)
"""「正就4.5亿美元融资进行谈判」: talks that are told behind what they are about."""
_CORRECTS = GatedPattern(r"有误|误(?:将|把|称|报)|误(?:写|作|植)[为成]?|(?<![反对相响供适])应为|更正为")
_SPEAKS = re.compile(r"(?:\A|[，,。：:])[^，,。：:]{0,16}(?:否认|回应|辟谣|澄清)")


def read_page(article: Article, title: str, text: str, names: Names, owners: dict[str, CompanyName]) -> Page:
    """A folded article with everything settled that readers lean on."""
    page = Page(article, cut(article, title, text, without_people(names, title, text)), owners)
    add_misspelt(page.sentences)
    settle_plain_yuan(page.sentences)
    settle_bare_sums(page.sentences)
    settle_dates(page)
    settle_subjects(page)
    for sentence in page.sentences:
        sentence.said_by = said_by(sentence.text, "zh")
        sentence.origin = origin(sentence.text, "zh")
        for clause in sentence.clauses:
            clause.standing = _standing(clause)
        _settle_agreed(sentence)
        _go_on_planning(sentence)
    settle_hearsay(page)
    return page


def when(page: Page, clause: Clause, place: int, *, news: bool = True, carried: bool = True) -> PartialDate | None:
    """When what a clause tells at a place happened.

    Its own date (the nearest), "then", a date carried on from before, and for news of the day without any the day of
    publication; None for background without a date.
    """
    if clause.denied_on is not None:
        return clause.denied_on
    own = [each for each in clause.dates if each.date is not None and not only_begins(clause, each)]
    if own:
        return min(own, key=lambda each: _gap(each, place)).date
    if any(each.vague for each in clause.dates):
        return _published(page)
    if not clause.place and clause.following is not None and clause.text.startswith("【"):
        behind = [each.date for each in clause.following.dates if each.date is not None]
        if behind:
            return behind[0]  # 「【MiniMax发布海螺2.6】3月5日，…」: a heading tells what stands behind it
    if AT_THAT_TIME.search(clause.text) and (clause.date or clause.told) is not None:
        return clause.date or clause.told
    if THEN.search(clause.text) and clause.then is not None:
        return clause.then
    if carried and clause.date is not None:
        return None if _is_anothers_date(clause) else clause.date
    if clause.after_vague:
        return _published(page)
    leads = clause.sentence.is_lead or _ITEM.match(clause.sentence.text) is not None
    if news and leads and not clause.sentence.is_about:
        told = clause.sentence.text[: clause.end]
        older = PAST.search(clause.text) or _EARLIER.match(told) or _SOME_TIME_AFTER.search(told)
        older = older or AFTERWARDS.search(clause.text)
        return None if older else _published(page)
    return None


def _is_anothers_date(clause: Clause) -> bool:
    """Whether the date carried on stood behind another company's name: 「甲11月18日发布…，乙则推出…」."""
    source = clause.date_from
    if source is None or not clause.named or source.subject == clause.subject or _ACCOUNTS.search(source.text):
        return False
    if clause.is_foreign and source.subject == clause.topic:
        return False
    return source.is_foreign or any(each.end <= date.start for each in source.mentions for date in source.dates)


def as_of(page: Page, clause: Clause, place: int) -> PartialDate | None:
    """The date a figure is of: told, carried within the sentence, or the day of publication, as it is told now."""
    source = clause.date_from
    of_event = not clause.dates and clause.date is not None and (source is None or not _dates_figures(source))
    if of_event and _BY_NOW.search(clause.text):
        return _published(page)
    found = when(page, clause, place, news=False)
    if found is not None:
        return found
    if PAST.search(clause.text) or clause.sentence.is_about:
        return None
    return _published(page)


def _dates_figures(clause: Clause) -> bool:
    """Whether a clause only says of when the figures behind it are: 「截至3月底，」, 「2024年，」."""
    return _UP_TO.search(clause.text) is not None or not blanked(clause, clause.head, clause.end).strip(" 的在于里内中")


def _published(page: Page) -> PartialDate | None:
    published = page.article.published
    return PartialDate(published.isoformat()) if published else None


def _gap(date: FoundDate, place: int) -> int:
    return min(abs(date.start - place), abs(date.end - place))


def corrects(sentence: Sentence) -> bool:
    """Whether a sentence tells what was wrongly reported: which of its figures holds is not ours to guess."""
    return _CORRECTS.search(sentence.text) is not None


def _standing(clause: Clause) -> Status | None:
    if gated("chinese_standing", "denied", "own").search(clause.text):
        return "denied"
    return "rumored" if gated("chinese_standing", "rumored", "before").search(clause.text) else None


_AGREED = re.compile(r"达成|签署|签订|同意")
_DEFINITIVE = re.compile(
    r"(?:签署|签订|签下|签了|达成)了?(?:一份|一项)?(?:最终|正式|确定性|具有?约束力的?|收购|并购|合并|股权转让|股权收购|买卖)+(?:的)?协议"
)
"""「已签署最终协议，将以5亿美元现金收购…」"""
_ONLY_WILL = re.compile(r"将(?!会|来)")


def _settle_agreed(sentence: Sentence) -> None:
    """「双方达成合作：华纳将以2000万美元认购新股」: what is agreed upon is settled, though still to come."""
    agreed = False
    for clause in sentence.clauses:
        if agreed and clause.standing == "rumored":
            without = _ONLY_WILL.sub("", clause.text)
            if any_of("chinese_standing", "rumored", "before").search(without) is None:
                clause.standing = None
        opens = clause.sentence.text[clause.end : clause.end + 1] in ("：", ":") and clause.standing is None
        agreed = agreed or (clause.standing is None and _DEFINITIVE.search(clause.text) is not None)
        agreed = agreed or (opens and _AGREED.search(clause.text) is not None)


_AND = re.compile(r"(?:并|且|以及|同时|再|然后|随后)(?!未|非|购|不|没|已)")
_DONE = re.compile(r"已|了|完成|此前|近日|日前|曾")


def _go_on_planning(sentence: Sentence) -> None:
    """「正计划关闭办公室，并裁去50个岗位」: what 并 joins to a plan is planned as well."""
    for before, clause in pairwise(sentence.clauses):
        if before.standing == "rumored" and clause.standing is None and _AND.match(clause.text.strip()):
            clause.standing = None if _DONE.search(clause.text) else "rumored"


def in_talks(clause: Clause) -> bool:
    """Whether a clause tells of talks, wherever in it: 「正就引入外部资本与多家机构商谈」."""
    return _IN_TALKS.search(clause.text) is not None


_QUOTED_RUMOUR = re.compile(r"[”」](?:的|这一|一类)?(?:传闻|传言|说法|网传|截图|谣言|消息)")
"""「针对“裁员三成”的传闻」: what is in the quotes was only heard."""


def standing_at(clause: Clause, start: int, end: int) -> Status | None:
    """The standing of what a span of the clause tells: a word of planning behind it does not make it a plan."""
    if clause.standing != "rumored":
        return clause.standing
    if _QUOTED_RUMOUR.search(clause.text):
        return "rumored"
    before = clause.sentence.text[clause.start : min(clause.end, end + _BEHIND)]
    planned = any_of("chinese_standing", "rumored", "before")
    inherited = planned.search(clause.text) is None
    return "rumored" if inherited or planned.search(before) or _IN_TALKS.search(clause.text) else None
