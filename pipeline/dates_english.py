"""Dates as English writes them."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from ahocorasick_rs import AhoCorasick

from db.values import PartialDate
from pipeline.date_rules import (
    Context,
    Resolver,
    Rule,
    Stretch,
    after,
    alternatives,
    day,
    day_without_year,
    month,
    month_without_year,
    months_before,
    stretch_before,
    week_before,
    weekday_before,
    year,
)
from pipeline.lexicon_files import lexicon
from pipeline.numbers import from_english

_COUNT = r"(?P<count>(?i:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen))"
_PART = r"(?:early|late|mid|earlier in|later in|the (?:end|start|beginning|middle) of|end of)"


@cache
def english_rules() -> tuple[Rule, ...]:
    """The rules for English dates; those that say more win where two begin at one place.

    Each begins with its signs: the kinds of words (`english_signs`) without which it cannot match. What a match may
    begin with is asked first of all, (?=...), where a pattern begins with more than one letter or digit.
    """
    table = lexicon("pipeline.lexicon", "dates")
    full = [name.capitalize() for name in table["months"]]
    short = [name.capitalize() for name in table["month_abbreviations"]]
    name = rf"(?P<month>{alternatives(full)}|(?:{alternatives(short)})\.?)(?![a-z])"
    not_name = rf"(?! (?:{alternatives(table['not_after_month'])}|[A-Z][a-z]+ (?:said|spoke|and)))"
    weekday = rf"(?P<weekday>{alternatives([each.capitalize() for each in table['weekdays']])})"
    number = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%])"
    full_year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    season = r"(?:spring|summer|autumn|fall|winter)"
    part = rf"(?:{_PART}[ -])?"
    after_number = alternatives(table["not_after_year"])
    patterns: list[tuple[str, str, Resolver]] = [
        ("month year", rf"(?<!\w){name} {number},? {full_year}", _day),
        ("month year", rf"(?<!\w){number}(?: of)? {name},? {full_year}", _day),
        ("year dash", rf"(?<![\d-]){full_year}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)", _day),
        ("year slash", rf"(?<![\d/])(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/{full_year}", _day),
        ("month year", rf"(?<!\w){part}{name},? (?:of )?{full_year}", _month),
        ("month unit", rf"(?<!\w){name} (?:of )?(?P<which>last|this) year", _month_of_year),
        ("month unit that", rf"(?<!\w){part}{name} (?:of )?(?:that|the same) year", _month_of_that_year),
        (
            "month",
            rf"(?=[A-Z])(?:{weekday}, )?(?<!\w){name} {number}(?! ?(?:million|billion|percent|employees))",
            _day_alone,
        ),
        ("month", rf"(?=\d)(?<![\w$.]){number} {name}(?! \d)", _day_alone),
        (
            "ordinal",
            r"(?<=\bon )the (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b(?! (?:of|floor|street|anniversary))",
            _day_of_month,
        ),
        ("month which", rf"(?<!\w)[Ll]ast {name}", _last_month_name),
        (
            "month",
            r"(?=[A-Zelmt])"
            r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\bby )|(?<=\bof )|(?<=\bthis )|(?<=\buntil )|(?<=[Ee]arlier in )"
            r"|(?<=months to )|(?<=quarter to )|(?<=year to ))"
            rf"{part}{name}{not_name}(?! \d)",
            _month_alone,
        ),
        ("month", rf"(?:early|late|mid)[ -]{name}(?! \d)", _month_alone),
        (
            "year",
            r"(?=[tfsQ])(?:the )?(?P<q>first|second|third|fourth|Q[1-4])(?: quarter| half)?"
            rf"(?:-| of | )(?:fiscal )?{full_year}",
            _quarter,
        ),
        ("year code", r"(?<!\w)(?P<year>20\d\d) ?(?P<q>Q[1-4]|H[12])(?!\w)", _quarter),
        ("year code", r"(?<!\w)(?P<q>H[12]) (?P<year>20\d\d)", _quarter),
        (
            "quarter",
            r"(?P<which>last|this) year's (?P<q>first|second|third|fourth) (?P<unit>quarter|half)",
            _quarter_of_year,
        ),
        ("quarter", r"the (?P<q>first|second|third|fourth) (?P<unit>quarter|half)(?! of (?:the |20))", _quarter_alone),
        ("year season", rf"(?<!\w){part}(?:the )?{season}(?: of)? {full_year}", _year),
        (
            "year",
            rf"(?=[fFelmt12])(?<!\w)(?:fiscal(?: year)? |FY ?|{_PART}[ -])?(?<![\d$.#/])(?<!\d-){full_year}"
            rf"(?![\d%+x]|-\d|[.,]\d| (?:{after_number})\b)",
            _year,
        ),
        ("short", r"(?<!\w)'(?P<year>[12]\d)(?!\w)", _short_year),
        ("which quarter", r"\b(?P<which>[Ll]ast|[Tt]his) quarter\b", _relative_quarter),
        (
            "which unit",
            rf"(?:{_PART} )?\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>year|month|week|{season})(?!'s)",
            _relative,
        ),
        ("unit", r"the(?<=\bthe) year before last\b", lambda _, context: year(context.published.year - 2)),
        ("unit", r"(?=[bt])\b(?:by |before )?the end of the year\b", lambda _, context: year(context.published.year)),
        ("unit back", rf"\b{_COUNT} (?P<unit>days?|weeks?|months?|years?) (?:ago|earlier|before)\b", _ago),
        ("unit which", rf"\b(?:past|last) {_COUNT} (?P<unit>days?|weeks?|months?|years?)\b", _past),
        ("unit later", rf"\b{_COUNT} (?P<unit>months?|years?) (?:later|after that)\b", _later),
        (
            "unit that",
            r"\b(?:[Tt]hat|[Tt]he|[Tt]hat very) same (?P<unit>month|year|day)\b|\b[Tt]hat (?P<unit2>month|year|day)\b",
            _same,
        ),
        ("unit that", r"\b(?:[Ll]ater|[Ee]arlier) that (?P<unit>month|year)\b", _same),
        ("month that", rf"\b(?:[Tt]hat|[Tt]he same) {name}", _that_month),
        ("season that", r"\b(?:[Tt]hat|[Tt]he same) (?:spring|summer|autumn|fall|winter)\b", _same_year),
        ("unit", r"[Tt](?<=\b[Tt])he (?:following|next) (?P<unit>month|year)\b", _following),
        ("weekday", rf"\b(?:[Oo]n |[Ll]ast |[Ee]arlier )?(?<!\w){weekday}(?!,? {name})(?!s)", _weekday),
        (
            "word",
            r"\b[Yy]esterday\b",
            lambda _, context: PartialDate((context.published - timedelta(days=1)).isoformat()),
        ),
        ("word", r"\b[Tt]oday\b(?!')", lambda _, context: PartialDate(context.published.isoformat())),
        (
            "word",
            r"\b[Tt]omorrow\b",
            lambda _, context: PartialDate((context.published + timedelta(days=1)).isoformat()),
        ),
        ("word", r"\b(?:over |this |at )the weekend\b", lambda _, context: weekday_before(context.published, 5)),
    ]
    rules = [Rule(frozenset(signs.split()), re.compile(pattern), resolve) for signs, pattern, resolve in patterns]
    words = re.compile(rf"(?<!most )(?<!more )\b(?:{alternatives(table['vague_en'])})\b")
    return (*rules, Rule(frozenset({"vague"}), words, lambda _match, _context: None, vague=True))


def english_signs(text: str) -> frozenset[str]:
    """The kinds of words in a text that its dates may be made of."""
    words, kinds = _signs()
    found = {kinds[number] for number, _, _ in words.find_matches_as_indexes(text, overlapping=True)}
    if "season" in found:
        found.add("unit")
    return frozenset(found)


@cache
def _signs() -> tuple[AhoCorasick, list[str]]:
    """All words that are a sign, and of which kind each is."""
    table = lexicon("pipeline.lexicon", "dates")["signs_en"]
    signs = {str(word): kind for kind, words in table.items() for word in words}
    return AhoCorasick(list(signs)), list(signs.values())


@cache
def _months() -> dict[str, int]:
    table = lexicon("pipeline.lexicon", "dates")
    return {name: number for number, name in enumerate(table["months"], 1)} | dict(table["month_abbreviations"])


def _month_number(match: re.Match[str]) -> int:
    written = match["month"].rstrip(".").lower()
    return int(written) if written.isdigit() else _months()[written]


def _day(match: re.Match[str], _context: Context) -> PartialDate:
    return day(int(match["year"]), _month_number(match), int(match["day"]))


def _month(match: re.Match[str], _context: Context) -> PartialDate:
    return month(int(match["year"]), _month_number(match))


def _month_of_year(match: re.Match[str], context: Context) -> PartialDate:
    return month(context.published.year - (match["which"] == "last"), _month_number(match))


def _day_alone(match: re.Match[str], context: Context) -> PartialDate:
    return day_without_year(_month_number(match), int(match["day"]), context)


def _day_of_month(match: re.Match[str], context: Context) -> PartialDate:
    """As in "closed on the 11th": of the month told last, else the latest such day."""
    number = int(match["day"])
    if context.last is not None and context.last.precision in ("month", "day"):
        return day(int(context.last.iso[:4]), int(context.last.iso[5:7]), number)
    back = number > context.published.day and not context.future
    whole = months_before(context.published, int(back))
    return day(int(whole.iso[:4]), int(whole.iso[5:7]), number)


def _last_month_name(match: re.Match[str], context: Context) -> PartialDate:
    number = _month_number(match)
    return month(context.published.year - (number >= context.published.month), number)


def _month_alone(match: re.Match[str], context: Context) -> PartialDate:
    return month_without_year(_month_number(match), context)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _period(of_year: int, which: str, half: bool) -> PartialDate:
    year(of_year)
    if which[0] in "QH" and which[-1].isdigit():
        return PartialDate(f"{of_year}-{which}")
    return PartialDate(f"{of_year}-{'H' if half else 'Q'}{_ORDINALS[which]}")


def _quarter(match: re.Match[str], _context: Context) -> PartialDate | None:
    if match["q"] in _ORDINALS and "quarter" not in match[0] and "half" not in match[0]:
        return None
    return _period(int(match["year"]), match["q"], " half" in match[0])


def _quarter_of_year(match: re.Match[str], context: Context) -> PartialDate:
    return _period(context.published.year - (match["which"] == "last"), match["q"], match["unit"] == "half")


def _quarter_alone(match: re.Match[str], context: Context) -> PartialDate | None:
    """The latest such quarter or half that has begun; one told beside others ("half of what it was") is none."""
    number = _ORDINALS[match["q"]]
    half = match["unit"] == "half"
    if number > (2 if half else 4):
        return None
    if context.last is not None and context.last.precision == "year":
        return _period(int(context.last.iso), match["q"], half)
    begins = (number - 1) * (6 if half else 3) + 1
    ahead = begins > context.published.month
    return _period(context.published.year - (ahead and not context.future), match["q"], half)


def _year(match: re.Match[str], _context: Context) -> PartialDate:
    return year(int(match["year"]))


def _short_year(match: re.Match[str], context: Context) -> PartialDate | None:
    number = 2000 + int(match["year"])
    return year(number) if number <= context.published.year + 1 else None


def _relative(match: re.Match[str], context: Context) -> PartialDate:
    back = {"last": 1, "this": 0, "next": -1}[match["which"].lower()]
    if match["unit"] == "month":
        return months_before(context.published, back)
    if match["unit"] == "week":
        return week_before(context.published, back)
    return year(context.published.year - back)


def _relative_quarter(match: re.Match[str], context: Context) -> PartialDate:
    whole = context.published.year * 4 + (context.published.month - 1) // 3 - (match["which"].lower() == "last")
    return PartialDate(f"{whole // 4}-Q{whole % 4 + 1}")


def _counted(match: re.Match[str]) -> int:
    written = match["count"].lower()
    return int(written) if written.isdigit() else 18 if written == "eighteen" else int(from_english(written))


def _ago(match: re.Match[str], context: Context) -> PartialDate:
    count = _counted(match)
    unit = match["unit"].rstrip("s")
    told = context.last if context.told_here and not match[0].endswith("ago") else None
    if unit == "year" and told is not None and told.precision in ("month", "quarter", "half"):
        return PartialDate(f"{int(told.iso[:4]) - count}{told.iso[4:]}")  # "$53 million in June, $19 a year before"
    if unit == "year":
        return year(context.published.year - count)
    if unit == "month":
        return months_before(context.published, count)
    if unit == "week":
        return PartialDate((context.published - timedelta(days=7 * count)).isoformat()[:7])
    return PartialDate((context.published - timedelta(days=count)).isoformat())


def _past(match: re.Match[str], context: Context) -> Stretch:
    return stretch_before(context.published, _counted(match), match["unit"].rstrip("s"))


def _later(match: re.Match[str], context: Context) -> PartialDate | None:
    return after(context.last, _counted(match) * (12 if match["unit"].startswith("year") else 1))


def _same(match: re.Match[str], context: Context) -> PartialDate | None:
    if context.last is None:
        return None
    groups = match.groupdict()
    length = {"year": 4, "month": 7, "day": 10}[groups.get("unit") or groups["unit2"]]
    return PartialDate(context.last.iso[:length]) if len(context.last.iso) >= length else None


def _month_of_that_year(match: re.Match[str], context: Context) -> PartialDate | None:
    return month(int(context.last.iso[:4]), _month_number(match)) if context.last is not None else None


def _that_month(match: re.Match[str], context: Context) -> PartialDate | None:
    """For "that December": the one of the year told, or the next one after the month told."""
    if context.last is None:
        return None
    number, of_year = _month_number(match), int(context.last.iso[:4])
    later = context.last.precision in ("month", "day") and number < context.last.first_day().month
    return month(of_year + later, number)


def _same_year(_match: re.Match[str], context: Context) -> PartialDate | None:
    return year(int(context.last.iso[:4])) if context.last is not None else None


def _following(match: re.Match[str], context: Context) -> PartialDate | None:
    return after(context.last, 12 if match["unit"] == "year" else 1)


def _weekday(match: re.Match[str], context: Context) -> PartialDate:
    names = lexicon("pipeline.lexicon", "dates")["weekdays"]
    strictly = match[0].lower().startswith("last ")
    return weekday_before(context.published, names.index(match["weekday"].lower()), strictly=strictly)
