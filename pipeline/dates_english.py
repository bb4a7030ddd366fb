"""Dates as English writes them."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

from pipeline import date_meanings_english as meaning
from pipeline.date_rules import Resolver, Rule, alternatives, months_before, weekday_before, year
from pipeline.lexicon_files import lexicon

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
    not_fund = rf"(?! (?:{alternatives(table['not_after_month'])}))"
    not_name = rf"(?! (?:{alternatives(table['not_after_month'])}|[A-Z][a-z]+ (?:said|spoke|and)))"
    weekday = rf"(?P<weekday>{alternatives([each.capitalize() for each in table['weekdays']])})"
    number = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%])"
    full_year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    season = r"(?:spring|summer|autumn|fall|winter)"
    part = rf"(?:{_PART}[ -])?"
    after_number = alternatives(table["not_after_year"])
    patterns: list[tuple[str, str, Resolver]] = [
        ("month year", rf"(?<!\w){name} {number},? {full_year}", meaning.exact_day),
        ("month year", rf"(?<!\w){number}(?: of)? {name},? {full_year}", meaning.exact_day),
        ("year dash", rf"(?<![\d-]){full_year}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)", meaning.exact_day),
        ("year slash", rf"(?<![\d/])(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/{full_year}", meaning.exact_day),
        ("month year", rf"(?<!\w){part}{name},? (?:of )?{full_year}", meaning.exact_month),
        ("month unit", rf"(?<!\w){name} (?:of )?(?P<which>last|this) year", meaning.month_of_year),
        ("month unit that", rf"(?<!\w){part}{name} (?:of )?(?:that|the same) year", meaning.month_of_that_year),
        (
            "month",
            rf"(?=[A-Z])(?:{weekday}, )?(?<!\w){name} {number}(?! ?(?:million|billion|percent|employees))",
            meaning.day_alone,
        ),
        ("month", rf"(?=\d)(?<![\w$.]){number}(?: of)? {name}(?! \d)", meaning.day_alone),
        (
            "ordinal",
            r"(?<=\bon )the (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b(?! (?:of|floor|street|anniversary))",
            meaning.day_of_month,
        ),
        ("month which", rf"(?<!\w)(?:[Ll]ast|[Tt]his past) {name}", meaning.last_month_of_name),
        (
            "month",
            rf"\b[Bb]etween {name} and {name.replace('<month>', '<until>')}(?!,? (?:\d|of (?:last|that)))",
            meaning.between_months,
        ),
        (
            "month",
            r"(?=[A-Zelmt])"
            r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\bthis )|(?<=\buntil )|(?<=as early as )|(?<=as soon as )"
            r"|(?<=[Ee]arlier in )"
            r"|(?<=months to )|(?<=quarter to )|(?<=year to ))"
            rf"{part}{name}{not_fund}(?! \d)",
            meaning.month_alone,
        ),
        ("month", rf"(?=[A-Zelmt])(?:(?<=\bby )|(?<=\bof )){part}{name}{not_name}(?! \d)", meaning.month_alone),
        ("month", rf"(?:early|late|mid)[ -]{name}(?! \d)", meaning.month_alone),
        (
            "month",
            rf"(?=[A-Z])(?:(?<=\bits )|(?<=\bthe )|(?<=\ba )|(?<=\btheir )){name}"
            r"(?= (?:round|IPO|float|flotation|listing|raise|deal|funding|financing|launch|debut|Series)\b)",
            meaning.month_alone,
        ),
        (
            "year",
            r"(?=[tfsQ])(?:the )?(?P<q>first|second|third|fourth|Q[1-4])(?: quarter| half)?"
            rf"(?:-| of | )(?:fiscal )?{full_year}",
            meaning.exact_quarter,
        ),
        ("year code", r"(?<!\w)(?P<year>20\d\d) ?(?P<q>Q[1-4]|H[12])(?!\w)", meaning.exact_quarter),
        ("year code", r"(?<!\w)(?P<q>H[12]) (?P<year>20\d\d)", meaning.exact_quarter),
        (
            "quarter",
            r"(?P<which>last|this) year's (?P<q>first|second|third|fourth) (?P<unit>quarter|half)",
            meaning.quarter_of_year,
        ),
        (
            "quarter",
            r"the (?P<q>first|second|third|fourth) (?P<unit>quarter|half)(?! of (?:the |20|[A-Z]))",
            meaning.quarter_alone,
        ),
        ("year season", rf"(?<!\w){part}(?:the )?{season}(?: of)? {full_year}", meaning.exact_year),
        (
            "year",
            rf"(?=[fFelmt12])(?<!\w)(?:fiscal(?: year)? |FY ?|{_PART}[ -])?(?<![\d$.#/])(?<!\d-){full_year}"
            rf"(?![\d%+x]|-\d|[.,]\d| (?:{after_number})\b)",
            meaning.exact_year,
        ),
        ("short", r"(?<!\w)'(?P<year>[12]\d)(?!\w)", meaning.short_year),
        ("fiscal", r"(?<!\w)FY ?['’]?(?P<year>[12]\d)(?!\w)", meaning.short_year),
        ("which quarter", r"\b(?P<which>[Ll]ast|[Tt]his) quarter\b", meaning.relative_quarter),
        (
            "which unit",
            rf"(?:{_PART} )?\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>year|month|week|{season})(?!'s)",
            meaning.relative,
        ),
        ("unit", r"the(?<=\bthe) (?:previous|prior|preceding) (?:fiscal |financial )?year\b", meaning.year_before),
        ("unit", r"the(?<=\bthe) year before last\b", lambda _, context: year(context.published.year - 2)),
        ("unit", r"the(?<=\bthe) month before last\b", lambda _, context: months_before(context.published, 2)),
        ("unit", r"the(?<=\bthe) (?:start|beginning) of the year\b", lambda _, context: year(context.published.year)),
        (
            "season",
            r"the(?:(?<=\b[Ii]n the)|(?<=\b[Oo]ver the)|(?<=\b[Dd]uring the)|(?<=\bsince the)|(?<=\bby the)) "
            rf"(?P<season>{'|'.join(meaning.SEASONS)})\b(?! (?:of|before|term|semester|season|edition|collection))",
            meaning.season_alone,
        ),
        ("unit", r"(?=[bt])\b(?:by |before )?the end of the year\b", meaning.end_of_year),
        ("unit back", rf"\b{_COUNT} (?P<unit>days?|weeks?|months?|years?) (?:ago|earlier|before)\b", meaning.ago),
        ("unit which", rf"\b(?:past|last) {_COUNT} (?P<unit>days?|weeks?|months?|years?)\b", meaning.past),
        ("unit later", rf"\b{_COUNT} (?P<unit>months?|years?) (?:later|after that)\b", meaning.later),
        (
            "unit that",
            r"\b(?:[Tt]hat|[Tt]he|[Tt]hat very) same (?P<unit>month|year|day)\b|\b[Tt]hat (?P<unit2>month|year|day)\b",
            meaning.same,
        ),
        ("unit that", r"\b(?:[Ll]ater|[Ee]arlier) that (?P<unit>month|year)\b", meaning.same),
        ("month that", rf"\b(?:[Tt]hat|[Tt]he same) {name}", meaning.that_month),
        ("season that", r"\b(?:[Tt]hat|[Tt]he same) (?:spring|summer|autumn|fall|winter)\b", meaning.same_year),
        ("unit", r"[Tt](?<=\b[Tt])he (?:following|next) (?P<unit>month|year)\b", meaning.following),
        ("weekday which", rf"\b[Tt]he {weekday} before last\b", meaning.weekday_before_last),
        ("weekday", rf"\b(?:[Oo]n |[Ll]ast |[Ee]arlier )?(?<!\w){weekday}(?!,? {name})(?!s)", meaning.weekday),
        (
            "word",
            r"\bthe day before yesterday\b",
            lambda _, context: meaning.days_from(context, -2),
        ),
        (
            "word",
            r"\b(?:[Yy]esterday|[Ll]ast night)\b",
            lambda _, context: meaning.days_from(context, -1),
        ),
        ("word", r"\b(?:[Tt]oday\b(?!')|[Tt]his (?:morning|afternoon|evening)\b|[Tt]onight\b)", meaning.today),
        ("word", r"\b[Tt]omorrow\b", lambda _, context: meaning.days_from(context, 1)),
        ("word back", r"\b[Aa] fortnight ago\b", lambda _, context: meaning.days_from(context, -14, month=True)),
        ("word", r"\b(?:at|around|before|over|since|until) Christmas\b(?! (?:film|ad|card|20))", meaning.christmas),
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
