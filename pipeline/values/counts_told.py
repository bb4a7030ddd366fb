"""Counts of people told by the words around them: the ten-person firm, 23,000 editors use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import cast

from db.values import Money, Operator
from pipeline.matching.gated_pattern import GatedPattern, GatedTable
from pipeline.values.found import FoundCount
from pipeline.values.numbers import DIGITS, ENGLISH_WORDS, from_digits, from_english

SCALES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "b": 10**9,
    "lakh": 10**5, "crore": 10**7, "cr": 10**7, "mn": 10**6, "bn": 10**9,
}  # fmt: skip
SCALE = "thousand|million|billion|lakh|crore|(?:[MmBb]n|Cr)(?![a-z])"
"""The words of a number's scale, those of India's press among them."""
_BEFORE = re.compile(
    r"(?P<gt>more than|over|exceeding|surpassed|passed|topped|crossed|north of|upwards of|in excess of|above|beyond"
    r"|better than|cleared|clears|past|eclipsed|超过|超|逾|突破|高于|多于|破"
    r"|(?<!服务)(?<![用招做有过成])过)[了有]?(?: the)?\s?$"
    r"|(?P<ge>at least|至少|不少于|不低于)[有为]?\s?$"
    r"|(?P<about>about|around|roughly|nearly|almost|approximately|some|close to"
    r"|约|大约|大概|差不多|近|接近|将近|约莫|估计)[有为是在]?\s?$"
    r"|(?P<lt>fewer than|less than|under|below|(?:just )?(?:short|shy) of|不到|不足|低于|少于)\s?$"
    r"|(?P<le>up to|as many as|最多)\s?$",
    re.IGNORECASE,
)
OPERATORS = {"gt": ">", "ge": ">=", "about": "~", "lt": "<", "le": "<="}
_STRONG = GatedPattern(
    rf"(?<![\w$€£¥.,-])(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS})\b)-(?:strong|(?:person|people|man|head|employee|member)\b(?!-))"
    r"(?= (?:[\w-]+ ){0,3}?(?:firm|company|team|start-?up|studio|lab|outfit|business|shop|staff|workforce|agency"
    r"|maker|group|spin-?off|spin-?out|developer|venture|upstart|operation|collective|consultancy|crew))"
)
"""As in "the ten-person firm", "a 40-strong team"."""
_SO_STRONG = GatedPattern(
    r"\b(?:team|staff|workforce|company|firm|startup|studio|group)\b(?:,? (?:is|are|now|currently|which|was))* "
    rf"(?P<number>{DIGITS})[ -]strong\b"
)
_PEOPLE_STRONG = GatedPattern(
    rf"(?<![\w$€£¥.,-])(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS})\b) (?:people|employees|staff) strong\b"
)
"""As in "its team, now 75 strong"."""
_LABELLED = GatedPattern(
    rf"\b(?i:(?:number of )?(?P<unit>employees|staff|users|customers|subscribers|headcount|team size)): "
    rf"(?:about |around |over |more than |approximately )?(?P<number>{DIGITS})"
    rf"(?:[ -]?(?P<scale>{SCALE}|[kKmM]\b))?"
)
_USING = GatedPattern(
    rf"(?<![\w$€£¥.,-])(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS})\b)(?:[ -]?(?P<scale>{SCALE}))?"
    r" (?P<thing>(?:[a-z-]+ ){0,2}?(?:[a-z]{3,}s|people))"
    r"(?=(?: (?:in|across) [^.;,$]{3,30}?|, (?:including|among them|such as) [^.;$]{3,60}?,)?,? (?:(?:who|that|now"
    r"|already|currently|alone|worldwide|all) ){0,3}"
    r"(?P<verb>use|uses|are using|have used|build with|build on|rely on|work with|create with|pay for|pay"
    r"|subscribe to)"
    r" (?:it|its|us|our|the|them|[A-Z])|,? (?:(?:who|now|already|currently) ){0,2}(?P<alone>subscribe|pay)"
    r"(?= to (?:it|the)|[.,;]| (?:now|each|every|a (?:month|year))\b|$))"
)
"""Whoever uses it: "23,000 editors use it now", "2,300 teams who build with us", "9,000 families subscribe"."""
_USED_BY = GatedPattern(
    r"\b(?:used|adopted|relied on|trusted)(?: (?:each|every) (?:day|week|month)| daily| weekly| monthly| now| today)?"
    r" (?:at|by|in) (?:(?:about|around|some|nearly|over|more than|almost|at least|roughly) )?"
    rf"(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS})\b)(?:[ -]?(?P<scale>{SCALE}))?"
    r" (?P<thing>(?:(?!of\b)[a-z-]+ ){0,2}?[a-z]{3,}s)\b"
)
"""As in "used by 40,000 designers"."""
ORGANISATIONS = re.compile(
    r"\b(?:advertisers|agencies|agents|airlines|associations|banks|brands|broadcasters|businesses|carmakers"
    r"|channels|charities|clients"
    r"|clinics|colleges|companies|corporations|councils|customers|enterprises|firms|galleries|governments|hospitals"
    r"|hotels|institutions|insurers|labels|libraries|manufacturers|merchants|ministries|museums|networks|newspapers"
    r"|newsrooms"
    r"|organi[sz]ations|practices|publishers|retailers|schools|sellers|shops|startups|stations|stores|studios|suppliers"
    r"|theatres|universities)\Z"
)
"""Who pays for what it uses: not people but their houses."""
_AMONG = GatedPattern(
    r"\b(?:counts?|has|have|lists?|numbers?|claims?) (?:(?:about|around|some|over|more than|at least) )?"
    rf"(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS})\b) [a-z -]{{3,40}}? among (?:its|their|our)"
    r" (?P<unit>(?:paying |enterprise |business )?(?:customers|clients|subscribers|users))\b"
)
_EMPLOYS = GatedPattern(
    rf"\b(?:(?:has|had|with)(?= (?:about |around |some )?[\d,]+ (?:people )?on (?:its|the) payroll)|employs"
    rf"|employed|employing|head count (?:stood|stands|is|was) at) (?:about |around |some |only |just "
    rf"|nearly |over )?"
    rf"(?P<number>{DIGITS})(?=[,.;]|$| (?:at|in|of whom|across|worldwide|now|today|on (?:its|the) payroll)\b)"
)
_OF_WHOM = GatedPattern(
    rf"\bof (?:whom|them|which) (?:about |around |some |only |nearly )?(?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand"
    rf"|million))?"
    r" (?:(?:now|already|are|were) )*(?:pay(?:ing)?|paid|subscribe)\b"
)
_JOINED = GatedPattern(
    rf"(?<![\w$€£¥.,-])(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS})\b)(?:[ -]?(?P<scale>{SCALE}))?"
    r" (?P<thing>(?!people\b|users\b|accounts\b)(?:[a-z-]+ ){0,2}?[a-z]{3,}s)"
    r" (?:(?:who|that|have|had|has|already|now|since) )*(?:signed up|registered|opened (?:an )?accounts?|tried it"
    r"|joined it)\b"
)
"""As in "some 450,000 teachers have signed up"."""
_PART_PAYS = GatedPattern(
    rf"(?<![\w$€£¥.,-])(?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand|million))?(?= of (?:its|the|their|our) [\d.,]+"
    r" (?:million |thousand )?(?:[a-z]+ ){0,2}(?:users|accounts|members) (?:(?:now|already|are|were|have) )*"
    r"(?:pay(?:ing)?|paid|subscribed?)\b)"
)
"""As in "about 27,000 of its 2 million users pay"."""
_SO_MANY_PAY = GatedPattern(
    rf"(?<![\w$€£¥.,-])(?P<number>{DIGITS})(?:[ -]?(?P<scale>thousand|million))? of (?:whom|which)"
    r" (?:(?:now|already|are|were|have) )*(?:pay(?:ing)?|paid|subscribed?)\b"
)
_OF_US = GatedPattern(
    rf"\b(?:[Tt]here (?:are|were)|[Ww]e are|[Ww]e're|[Ww]e were)(?: now| just| only| still)? (?P<number>{DIGITS}"
    rf"|(?i:{ENGLISH_WORDS})\b)"
    r"(?P<us> of us| people| now)?(?=[ ,.;]|$)"
)


def told_otherwise(text: str) -> Iterator[FoundCount]:
    """Counts whose thing is told by the words around them."""
    for pattern, unit_of in _TOLD.possible(text):
        for match in pattern.finditer(text):
            unit = unit_of(match)
            if unit is not None:
                yield _plain(text, match, unit)


_NO_USERS = GatedPattern(
    r"\b(?:years|months|weeks|days|hours|minutes|times|dollars|euros|pounds|percent|films|clips|models|steps)\b"
)


def _labelled(match: re.Match[str]) -> str:
    unit = match["unit"].lower()
    return "employees" if unit in ("headcount", "team size") else unit


def _using(match: re.Match[str]) -> str | None:
    if _NO_USERS.search(match["thing"]):
        return None
    pays = match["alone"] or match["verb"].startswith(("pay", "subscribe")) or ORGANISATIONS.search(match["thing"])
    return "paying users" if pays else "users"


def _used_by(match: re.Match[str]) -> str | None:
    if _NO_USERS.search(match["thing"]):
        return None
    return "paying users" if ORGANISATIONS.search(match["thing"]) else "users"


def _among(match: re.Match[str]) -> str:
    return f"paying {match['unit']}" if "customers" in match["unit"] else match["unit"]


def _of_us(match: re.Match[str]) -> str | None:
    if match["us"] == " people" and match[0].startswith(("We", "we")):
        return "employees"
    return "employees" if match["us"] == " of us" or (match["us"] == " now" and "'re" not in match[0]) else None


_TOLD: GatedTable[Callable[[re.Match[str]], str | None]] = GatedTable(
    [
        (_STRONG, lambda _: "employees"),
        (_SO_STRONG, lambda _: "employees"),
        (_PEOPLE_STRONG, lambda _: "-strong employees"),
        (_LABELLED, _labelled),
        (_USING, _using),
        (_USED_BY, _used_by),
        (_AMONG, _among),
        (_EMPLOYS, lambda _: "employees"),
        (_OF_WHOM, lambda _: "paying users"),
        (_SO_MANY_PAY, lambda _: "paying users"),
        (_PART_PAYS, lambda _: "paying users"),
        (_JOINED, _used_by),
        (_OF_US, _of_us),
    ]
)
"""What of is told by the words around a number; None where it is nothing."""


def _plain(text: str, match: re.Match[str], unit: str) -> FoundCount:
    number, scale = match["number"], match.groupdict().get("scale")
    value = (from_digits(number) if number[0].isdigit() else in_words(number)) * (SCALES[scale.lower()] if scale else 1)
    return FoundCount(match.start("number"), match.end(), count_at(text, match.start("number"), value), unit)


def in_words(number: str) -> Decimal:
    """The number of "five hundred", or of "a" and "half a" before a scale."""
    if number.lower().endswith(" dozen"):
        return 12 * in_words(number.lower().removesuffix(" dozen"))
    if number.lower().endswith(" and a half"):
        return in_words(number[: -len(" and a half")]) + Decimal("0.5")
    simple = {"a": Decimal(1), "an": Decimal(1), "half a": Decimal("0.5")}.get(number.lower())
    return from_english(number) if simple is None else simple


def count_at(text: str, start: int, value: Decimal, operator: str = "=") -> Money:
    """A number at a place, with the operator the words before it make."""
    before = _BEFORE.search(text[max(0, start - 16) : start])
    if before and operator == "=":
        operator = OPERATORS[str(before.lastgroup)]
    return Money(value, None, cast(Operator, operator))
