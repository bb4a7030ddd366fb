"""Dates in a sentence, resolved against the day of publication and the dates told before, as precise as the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from db.model import Language
from db.values import PartialDate
from pipeline.found import FoundDate
from pipeline.lexicon_files import lexicon

_COUNTED = re.compile(r"\d{4}\s?[\u4e00-\u9fff](?<!年)")
"""2000 万: a number that counts something in Chinese is no year."""


@dataclass(slots=True)
class Context:
    """What a date may lean on: the day of publication, the last date told, and whether the sentence looks ahead."""

    published: date
    last: PartialDate | None
    future: bool = False
    told_here: bool = False
    then: PartialDate | None = None


Stretch = tuple[date, date]
"""The first day of a time and the day after its last."""
Resolver = Callable[[re.Match[str], Context], PartialDate | Stretch | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means. Where not all of its `signs` are in a text, it cannot match there."""

    signs: frozenset[str]
    pattern: re.Pattern[str]
    resolve: Resolver
    vague: bool = False


def find_dates(
    text: str,
    published: date | None,
    language: Language,
    anchor: PartialDate | None = None,
    *,
    leaning: bool = False,
    then: PartialDate | None = None,
) -> list[FoundDate]:
    """Every date in a folded text, in order, none overlapping.

    `published` None: only dates that name their year are found. `anchor` is the date the document told last: "in
    October" after "in 2022" is 2022-10 (`leaning`: the anchor stands in the same sentence). `then` is the last date
    told that has passed, which 同日 means. A vague word (近日, recently) has date None. No such day: left out.
    """
    from pipeline.dates_chinese import chinese_rules, chinese_signs
    from pipeline.dates_english import english_rules, english_signs

    signs, rules = english_signs(text), english_rules()
    if language == "zh":
        signs, rules = signs | chinese_signs(text), (*chinese_rules(), *rules)
    matches = [(match, rule) for rule in rules if rule.signs <= signs for match in rule.pattern.finditer(text)]
    if not matches:
        return []
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    future = _future(language)
    context = Context(published or date.min, anchor, told_here=leaning, then=then)
    found: list[FoundDate] = []
    end = 0
    for match, rule in matches:
        if match.start() < end:
            continue
        if language == "zh" and _COUNTED.match(text, match.start()):
            continue
        context.future = bool(future.search(text, max(0, match.start() - 40), match.start()))
        try:
            resolved = None if rule.vague else rule.resolve(match, context)
        except (ValueError, OverflowError):  # no such day: nor does the month in 2月30日 tell anything
            end = match.end()
            continue
        if resolved is None and not rule.vague:
            continue
        if published is None and not re.search(r"\d{4}", match[0]):
            continue
        end = match.end()
        if isinstance(resolved, tuple):
            found.append(FoundDate(match.start(), end, None, stretch=resolved))
            continue
        found.append(FoundDate(match.start(), end, resolved, rule.vague))
        if resolved is not None:
            context.last, context.told_here = resolved, True
            if published is None or resolved.first_day() <= published:
                context.then = resolved
    return _joined(text, found)


_FROM = re.compile(r"(?:\b[Ff]rom|\b[Bb]etween|[从自在于]) ?\Z")
_TO = re.compile(r" ?(?:to|and|until|through|-|–|—|~|至|到|和) ?")


def _joined(text: str, found: Sequence[FoundDate]) -> list[FoundDate]:
    """Two dates that are the ends of one stretch, as one: between 2019 and 2021 nothing happened *in* 2019."""
    joined: list[FoundDate] = []
    for each in found:
        before = joined[-1] if joined else None
        if before is not None and before.date is not None and each.date is not None:
            first, last = before.date.first_day(), each.date.last_day()
            between = text[before.end : each.start]
            opened = bool(_FROM.search(text, max(0, before.start - 8), before.start))
            dash = between.strip() in ("-", "–", "—", "~", "至", "到")
            if first < last and _TO.fullmatch(between) and (opened or dash):
                stretch = (first, last + timedelta(days=1))
                joined[-1] = FoundDate(before.start, each.end, None, stretch=stretch)
                continue
        joined.append(each)
    return joined


@cache
def _future(language: str) -> re.Pattern[str]:
    words = lexicon("pipeline.lexicon", "dates")["future_zh" if language == "zh" else "future_en"]
    joined = "|".join(map(re.escape, words))
    return re.compile(joined if language == "zh" else rf"\b(?:{joined})\b", re.IGNORECASE)


def stretch_before(published: date, count: int, unit: str) -> Stretch:
    """So many days, weeks, months or years up to the day of publication."""
    if unit in ("day", "week"):
        return published - timedelta(days=count * (7 if unit == "week" else 1)), published
    first = months_before(published, count * (12 if unit == "year" else 1)).first_day()
    return first.replace(day=min(published.day, 28)), published


def year(number: int) -> PartialDate:
    """A year. Raises ValueError outside 1900 to 2100: a model's name or a fund's, not a year."""
    if not 1900 <= number <= 2100:
        raise ValueError(f"{number} is no year of news")
    return PartialDate(str(number))


def month(number_of_year: int, number: int) -> PartialDate:
    """A month of a year."""
    year(number_of_year)
    return PartialDate(f"{number_of_year}-{number:02}")


def day(of_year: int, of_month: int, number: int) -> PartialDate:
    """A day of a month of a year."""
    year(of_year)
    return PartialDate(f"{of_year}-{of_month:02}-{number:02}")


def months_before(published: date, count: int) -> PartialDate:
    """The month `count` months before the one of publication; negative counts look ahead."""
    whole = published.year * 12 + published.month - 1 - count
    return month(whole // 12, whole % 12 + 1)


def month_without_year(number: int, context: Context) -> PartialDate:
    """The first such month after the date told last, where that lies in an earlier year; else the latest one."""
    leaning = _leaning_year(number, context)
    if leaning is not None:
        return month(leaning, number)
    of_year = context.published.year
    if number > context.published.month and not context.future:
        of_year -= 1
    elif context.future and number < context.published.month:
        of_year += 1
    return month(of_year, number)


def day_without_year(of_month: int, number: int, context: Context) -> PartialDate:
    """As `month_without_year`, for a day."""
    leaning = _leaning_year(of_month, context)
    if leaning is not None:
        return day(leaning, of_month, number)
    of_year = context.published.year
    later = (of_month, number) > (context.published.month, context.published.day)
    if later and not context.future:
        of_year -= 1
    elif context.future and not later:
        of_year += 1
    return day(of_year, of_month, number)


def _leaning_year(number: int, context: Context) -> int | None:
    """The year a bare month takes from the date before it: from a year within one sentence, from a month always."""
    last = context.last
    if last is None or int(last.iso[:4]) >= context.published.year:
        return None
    of_year = int(last.iso[:4])
    if last.precision == "year":
        return of_year if context.told_here else None
    if last.precision not in ("month", "day"):
        return None
    following = of_year if number >= last.first_day().month else of_year + 1
    return following if (following, number) <= (context.published.year, context.published.month) else None


def weekday_before(published: date, number: int, *, strictly: bool = False) -> PartialDate:
    """The latest such weekday up to publication (0 is Monday); `strictly`: before it."""
    back = (published.weekday() - number) % 7
    if strictly and back == 0:
        back = 7
    return PartialDate((published - timedelta(days=back)).isoformat())


def weekday_of_week(published: date, weeks_ago: int, number: int) -> PartialDate:
    """Such a weekday of the week of publication or an earlier one."""
    monday = published - timedelta(days=published.weekday() + 7 * weeks_ago)
    return PartialDate((monday + timedelta(days=number)).isoformat())


def week_before(published: date, weeks_ago: int) -> PartialDate:
    """An ISO week counted back from the one of publication."""
    number = (published - timedelta(days=7 * weeks_ago)).isocalendar()
    return PartialDate(f"{number.year}-W{number.week:02}")


def lunar_day(of_year: int, number: int) -> PartialDate:
    """A day of the first lunar month (1 is new year's day). Raises ValueError for years our table does not hold."""
    table = lexicon("pipeline.lexicon", "dates")["lunar_new_year"]
    if of_year not in table:
        raise ValueError(f"no lunar new year known for {of_year}")
    first = date.fromisoformat(f"{of_year}-{table[of_year]}")
    return PartialDate((first + timedelta(days=number - 1)).isoformat())


def after(last: PartialDate | None, months: int) -> PartialDate | None:
    """So many months after the last date told, at its precision (months where it is finer)."""
    if last is None:
        return None
    if last.precision == "year":
        return year(int(last.iso) + months // 12) if months % 12 == 0 else None
    return months_before(last.first_day(), -months)


def alternatives(words: Sequence[str]) -> str:
    """Words as a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
