"""Dates in a sentence, resolved against the day of publication and the dates told before, as precise as the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from db.model import Language
from db.values import PartialDate
from pipeline.values.date_rules import Context, Rule
from pipeline.values.date_tables import date_rules, date_signs, date_table
from pipeline.values.found import FoundDate

_COUNTED = re.compile(r"\d{4}\s?[\u4e00-\u9fff](?<!年)")
"""2000 万: a number that counts something in Chinese is no year."""


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
    signs = date_signs(text, "en") | date_signs(text, "zh") if language == "zh" else date_signs(text, "en")
    matches = [(match, rule) for rule in _rules(language, signs) for match in rule.pattern.finditer(text)]
    if not matches:
        return []
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    context = Context(published or date.min, anchor, told_here=leaning, then=then)
    found: list[FoundDate] = []
    end = 0
    for match, rule in matches:
        if match.start() < end:
            continue
        if language == "zh" and _COUNTED.match(text, match.start()):
            continue
        context.future = _is_ahead(text, match.start(), match.end(), language)
        try:
            resolved = None if rule.vague else rule.resolve(match, context)
            if isinstance(resolved, PartialDate) and _takes_effect(text, match.end(), resolved, context.published):
                context.future = True
                resolved = rule.resolve(match, context)
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
        if resolved is not None and not (resolved.precision == "year" and _aside(text, match, language)):
            context.last, context.told_here = resolved, True
            if published is None or resolved.first_day() <= published:
                context.then = resolved
    return _joined(text, found)


def _aside(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a year stands in an insertion, as in ", which was founded in 2020,": no date behind leans on it."""
    if language == "zh":
        return text.startswith("的", match.end()) and text.endswith(_BEGAN_IN, 0, match.start())
    return text[match.end() : match.end() + 1] == "," and bool(
        _OPENS_ASIDE.search(text, max(0, match.start() - 80), match.start())
    )


_BEGAN_IN = ("成立于", "创立于", "创办于", "创建于")
"""「这家成立于2021年的公司3月7日上线」"""
_OPENS_ASIDE = re.compile(
    r", (?:which|who|whose|founded|started|set up|spun (?:out|off)|established|created|born|a|an|the|once|formerly"
    r"|now)\b[^,.;]*\Z"
)
_TOLD = (
    r"\b(?:was|were|had|has|have|said|told|since|from|which|who|that)\b|\bafter (?:the|its|his|her|a|an|\w+ing)\b"
    r"|(?<!be )(?<!being )(?<!been )(?<!ly )\b(?:brought|filed|signed|announced|launched|released|founded|unveiled"
    r"|introduced|struck|agreed|published|bought|raised)\b"
)
"""Behind these words a sentence that told of what is to come may be back in the past."""
_OPENS = re.compile(
    r"(?:\A|[.,;:—(] ?|\b(?:and|but) )(?:(?:[Aa]nd|[Bb]ut|[Ff]rom|[Oo]n|[Ii]n|[Bb]y|[Uu]ntil|[Aa]t|[Aa]s of|[Ss]tarting"
    r"|[Ee]ffective|[Bb]eginning|the|start|end|of|early|late|mid) )*\Z"
)
_AHEAD = re.compile(r"(?:,? [\w'’-]+){0,7}?,? (?:will|is to|are to|is set to|are set to|is due to)\b")
"""As in "On April 1 the app will go": the date stands before what is still to come."""


_LONG_PAST = timedelta(days=120)
_FROM_THEN_ON = re.compile(
    "起(?:正式)?(?:[卸离出接继转改就上]任|不再担任|担任|任|执掌|生效|执行|实施|停止|关闭|收费|开放)"
)
"""「自7月1日起生效」"""


def _takes_effect(text: str, end: int, resolved: PartialDate, published: date) -> bool:
    """Whether what is told to take effect on a day without a year is of next year rather than long past."""
    return published - resolved.last_day() > _LONG_PAST and _FROM_THEN_ON.match(text, end) is not None


def _is_ahead(text: str, start: int, end: int, language: str) -> bool:
    """Whether the words around a date tell of what is to come."""
    if language == "zh":
        compared = text[max(0, start - 1) : start] in ("较", "比")
        return not compared and bool(_future("zh").search(text, max(0, start - 40), start))
    if _future("en").search(text, max(0, start - 110), start):
        return True
    return bool(_OPENS.search(text, max(0, start - 40), start)) and _AHEAD.match(text, end) is not None


@lru_cache(maxsize=4096)
def _rules(language: str, signs: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that can match a text with these signs."""
    rules = (*date_rules("zh"), *date_rules("en")) if language == "zh" else date_rules("en")
    return tuple(rule for rule in rules if rule.signs <= signs)


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
    joined = "|".join(map(re.escape, date_table(language)["future"]))
    if language == "zh":
        return re.compile(rf"(?<![虚模比草])(?:{joined})")
    return re.compile(
        rf"\b(?:{joined}|(?:is|are) (?:\w+ly )?(?!being\b)\w+ing|goes|comes|arrives|lands|debuts|takes effect|starts"
        rf"|begins|closes|ends|shuts"
        rf"|stops|ceases|leaves|joins|takes over|steps down|departs|retires|expires)\b"
        rf"(?![^.;]*(?:{_TOLD}))[^.;]{{0,90}}\Z",
        re.IGNORECASE,
    )
