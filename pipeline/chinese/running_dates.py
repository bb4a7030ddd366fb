"""The dates of a Chinese article: what each leans on, and how they are carried from clause to clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page, Sentence, within
from pipeline.chinese.entries import LISTED
from pipeline.chinese.patterns import any_of
from pipeline.chinese.subject_places import blanked
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.dates import find_dates
from pipeline.values.found import FoundDate

AT_THAT_TIME = re.compile(r"当时|彼时|届时|此时")
THEN = re.compile(r"同日|同一[天日]|当天|当日|同月|当月|同年")
_THAT_MONTH = re.compile(r"同月|当月")
"""These lean on the month told last, and not on a day told before it."""
COMPARED = re.compile(r"(?:前|上)一?(?:个?财)?年度?(?:的?同期)?|(?:去|上)年度?(?:的?同期|同季|同一季度)")
"""The time of what a figure is held against; nothing that follows is of it: 「前一年是2560万英镑；亏损…」."""
_UNREAD = re.compile(r"\d\s?月(?![活之])")
"""A month that could not be resolved (no day of publication): the date before is not its."""
LATER = re.compile(r"[一二两三四五六七八九十半\d]{1,3}多?(?:年|个月|天|周)(?:之|以)?后")
_LEANS_FAR = GatedPattern(
    r"第[二三四]年|(?:又|再)过了?一年|转过?年来?|隔年|次年|翌年|当年(?=[\d一二三四五六七八九十春夏秋冬年])|[那同](?:一)?年"
)
"""These mean the year told last, in whatever paragraph."""
_FROM_TODAY = re.compile(r"上个?月|本月|这个月|上上?周|本周|这周|[昨今前]日|[昨今前]天|近日|日前|周[一二三四五六日]")
"""Counted from the day of publication: 同年 behind it leans on what was told before."""
_NOW = re.compile(
    r"目前|现有|现在|如今|至今(?!年|[日天晚])|迄今|截至发稿|眼下|现已|现任|截稿|[两三四几][次轮笔]相加|加在一起"
)
AFTERWARDS = re.compile(r"(?:在那|[那此这])之?后(?!端)|后来|多年后")
_SINCE = re.compile(r"[^，。；]{0,8}?(?:以来|至今)")
"""「自2021年12月成立以来」: where a time begins, not when what is told happened."""
_FOUNDED_THEN = re.compile(r"[^，。；]{0,6}?(?:成立|创立|创办|创建|诞生)的")
"""「这家2019年成立的公司目前有50名员工」"""
_ONLY_AFTER = re.compile(r"继[^，。；]{4,60}(?:之|以)?后")
"""「继去年5500万美元的A轮之后，」: that time is over."""
_OF_FIGURE = re.compile(r"(?:全年|一?整年)?(?:[A-K]\+?轮(?:融资)?时?)?的?[约近超逾]?\d")
_COMPARED = re.compile(
    r"(?:(?:较|相较|相比|比)(?:于|起)?|(?:超过|超出|高于|低于|接近|赶上|追平|不及|逼近|相当于)了?)\Z"
)
_LATEST = re.compile(r"最近的?(?:一|这)(?:轮|次|笔)")
"""「最近一轮」 says which round, not when."""
_BEGINS = re.compile(r"(?:从|自|始于)[^，。；]{2,12}(?:开始|起|至今)?。?$")
_SOURCE = re.compile(r"显示|表示|透露|披露|说|称|报道|写道|回忆|指出|据悉|据了解")


def _segments(sentence: Sentence) -> Iterator[list[Clause]]:
    """Runs of clauses, those that tell a founding by themselves: its year is no anchor for what follows."""
    run: list[Clause] = []
    for clause in sentence.clauses:
        if any_of("chinese_clauses", "founding").search(clause.text):
            if run:
                yield run
            yield [clause]
            run = []
        else:
            run.append(clause)
    if run:
        yield run


def settle_dates(page: Page) -> None:
    """Find the dates of every clause of a page, with those it is told by from before."""
    published = page.article.published
    paragraph, anchor, then, then_day, opening, week = -1, None, None, None, None, None
    latest: PartialDate | None = None
    goes_on = False
    for sentence in page.sentences:
        if sentence.paragraph != paragraph or sentence.where == "title":
            paragraph, anchor, opening = sentence.paragraph, None, None
        here, goes_on = goes_on and anchor is not None, sentence.text.endswith(("；", ";"))
        for run in _segments(sentence):
            words = sentence.text[run[0].start : run[-1].end]
            leans = latest if LATER.match(words) or _LEANS_FAR.search(words) else anchor
            near = then if _THAT_MONTH.search(words) else _then(then, then_day)
            found = find_dates(words, published, "zh", leans, leaning=here, then=near)
            shift = run[0].start
            sentence.dates += [each._replace(start=each.start + shift, end=each.end + shift) for each in found]
            founding = len(run) == 1 and any_of("chinese_clauses", "founding").search(run[0].text)
            for told in found:
                latest = latest if _FROM_TODAY.match(words, told.start) else told.date or latest
                if told.date is None or founding or words.endswith("同期", told.start, told.end):
                    continue
                anchor, here = told.date, True
                if published is None or told.date.first_day() <= published:
                    then = told.date
                    then_day = told.date if told.date.precision == "day" else then_day
            for clause in run:
                clause.then, clause.told = _then(then, then_day), then
        for clause in sentence.clauses:
            clause.dates = [
                each
                for each in within(sentence.dates, clause.start, clause.end)
                if not (each.vague and (_LATEST.match(sentence.text, each.start) or _is_closest(sentence, each)))
            ]
        opening = _carry(sentence, opening)
        week = week or _week_of(sentence)
        if week is not None and not sentence.dates and LISTED.match(sentence.text):
            for clause in sentence.clauses:
                clause.date = clause.date or week


def _is_closest(sentence: Sentence, date: FoundDate) -> bool:
    """「与它关系最近的」 says how close, not when."""
    if sentence.text.startswith("最近的是", date.start):
        return True
    return sentence.text.endswith(("关系", "距离", "离", "离现在", "离今天", "距今", "离眼下"), 0, date.start)


def _week_of(sentence: Sentence) -> PartialDate | None:
    """The week or month whose news a list tells, where the words before it say so."""
    if not sentence.is_lead or LISTED.match(sentence.text):
        return None
    return next((each.date for each in sentence.dates if each.date is not None and each.date.precision == "week"), None)


def _then(last: PartialDate | None, last_day: PartialDate | None) -> PartialDate | None:
    """What 同日 and 当时 lean on: the last day told, unless something later was told less exactly."""
    if last is None or last_day is None or last.first_day() > last_day.last_day():
        return last
    return last_day


def _carry(sentence: Sentence, opening: PartialDate | None) -> PartialDate | None:
    """Carry dates from clause to clause; give back the date that opens what the paragraph goes on to tell."""
    carried = None if sentence.dates or _NOW.search(sentence.text) or AFTERWARDS.search(sentence.text) else opening
    source: Clause | None = None
    vague = False
    for clause in sentence.clauses:
        clause.date, clause.date_from, clause.after_vague = carried, source, vague
        vague = vague or any(each.vague for each in clause.dates)
        own = [
            each.date
            for each in clause.dates
            if not (
                each.date is None
                or only_begins(clause, each)
                or COMPARED.fullmatch(sentence.text, each.start, each.end)
            )
        ]
        if not clause.dates and _UNREAD.search(clause.text):
            clause.date = None
        if _NOW.search(clause.text):
            carried = clause.date = None
        elif not own and AT_THAT_TIME.search(clause.text):
            carried = clause.date or clause.told
        elif not own and THEN.search(clause.text) and clause.then is not None:
            carried = clause.then
        elif own and _ONLY_AFTER.fullmatch(clause.text.strip()):
            pass
        elif own and not any_of("chinese_clauses", "founding").search(clause.text):
            carried, source = own[-1], clause
    opened = _opening(sentence)
    return opened.date if opened is not None and opened.date is not None else (None if sentence.dates else opening)


def _opening(sentence: Sentence) -> FoundDate | None:
    """A date that stands at the very beginning of a sentence."""
    first = sentence.dates[0] if sentence.dates else None
    if first is not None and first.date is not None and _opens_behind_source(sentence, first):
        return first
    if first is None or any_of("chinese_clauses", "founding").search(sentence.clauses[0].text):
        return None
    begins = first.start <= 2 or (sentence.is_lead and first.end <= sentence.clauses[0].end)
    alone = len(sentence.clauses) == 1 and len(sentence.dates) == 1 and _BEGINS.search(sentence.text)
    return first if begins or alone else None


def _opens_behind_source(sentence: Sentence, first: FoundDate) -> bool:
    """「材料显示，今年4月，…」: a date alone in the clause behind who says so."""
    clauses = sentence.clauses
    if len(clauses) < 3 or not clauses[1].start <= first.start < clauses[1].end:
        return False
    alone = not blanked(clauses[1], clauses[1].start, clauses[1].end).strip(" 的在于里内中截至到")
    return alone and _SOURCE.search(clauses[0].text) is not None


_BEGAN_IN = ("成立于", "创立于", "创办于", "始于", "成立", "创立")
"""「成立于2023年的逐云完成…」"""


def only_begins(clause: Clause, date: FoundDate) -> bool:
    """Whether a date is where a time begins, or what something is compared with: 「较上周五收市价」."""
    text = clause.sentence.text
    if _COMPARED.search(text, clause.start, date.start) and not _OF_FIGURE.match(text, date.end):
        return True
    if text.startswith("的", date.end) and text.endswith(_BEGAN_IN, clause.start, date.start):
        return True
    return any(each.match(text, date.end, clause.end) is not None for each in (_SINCE, _FOUNDED_THEN))
