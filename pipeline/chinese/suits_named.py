"""Suits a Chinese clause only names, with both sides: 「X对Y的集体诉讼」, 「Y成了X的诉讼对象」, 「向Y索赔的X」."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.parties import names_in
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName

_FRAMES = (
    GatedPattern(
        r"(?P<by>[^，。；]{2,30}?)(?:对|针对)(?P<to>[^，。；]{2,24}?)(?:提起的|发起的|提出的|的)"
        r"(?:[^，。；、]{0,6})(?:诉讼|官司)(?!对象|请求)"
    ),
    GatedPattern(
        r"(?P<to>[^，。；]{2,20}?)(?:也|又|已|随后)*(?:成了|成为|沦为)(?P<by>[^，。；]{2,30}?)的(?:诉讼对象|被告)"
    ),
    GatedPattern(r"向(?P<to>[^，。；]{2,16}?)索赔的(?P<by>[^，。；]{2,24})(?=[，。；]|$)"),
    GatedPattern(
        r"(?P<to>[^，。；]{2,20}?)(?:吃了|接到了?|收到了?|遭遇|面临)(?P<by>[^，。；]{2,20}?)(?:的)?(?:一纸)?(?:诉状|起诉状|起诉|提告)(?=[，。；]|$)"
    ),
    GatedPattern(r"(?P<by>[^，。；]{2,20}?)(?:与|和)(?P<to>[^，。；]{2,20}?)(?:已|正|在[^，。；]{2,12})*对簿公堂"),
    GatedPattern(
        r"(?P<to>[^，。；]{2,20}?)(?:与|和)(?P<by>[^，。；]{2,20}?)(?:之间)?的[^，。；]{0,10}(?:纠纷|官司|诉讼)"
        r"(?=[^，。；]{0,4}(?:，(?:已?由|已经?)[^，。；]{2,20})?(?:立案|受理|开庭))"
    ),
)
_NOMINAL = re.compile(r"诉(?=[A-Z\u4e00-\u9fff])(?!讼|求|状|诸|至|称|苦|请|说|前|后|方|权)")
"""「爱奇艺诉MiniMax著作权案」"""
_OF_CASE = re.compile(r"[^，。；]{0,14}?(?:案|纠纷|一审|二审|侵权|官司)")
_COURT = re.compile(r"法院|法庭|仲裁|检察|监管|委员会|联邦贸易")
_COUNTED = re.compile(r"[一两二三四五六七八九十几数多\d]+(?:百|千|余)?[家位名个间][^，。；的]{2,12}")


class Named(NamedTuple):
    """A suit with its sides; `place` is where what names it begins."""

    defendant: CompanyName
    plaintiffs: list[str]
    place: int


def suit_named(page: Page, clause: Clause) -> Named | None:
    """The suit a clause names, where the one sued is a company it names and the other side has a name."""
    case = _case(page, clause)
    if case is not None:
        return case
    text = clause.sentence.text
    for frame in _FRAMES:
        for match in frame.finditer(text, clause.head, clause.end):
            sued = [each for each in clause.mentions if match.start("to") <= each.start < match.end("to")]
            defendant = company_of(sued[0], page) if len(sued) == 1 else None
            if defendant is None or _COURT.search(match["by"]):
                continue
            start = max([match.start("by"), *(each.end for each in clause.dates if each.end <= match.end("by"))])
            plaintiffs = names_in(page, clause, start, match.end("by")) or counted(page, clause, start, match.end("by"))
            if plaintiffs and defendant.name not in plaintiffs:
                return Named(defendant, plaintiffs, match.start())
    return None


def counted(page: Page, clause: Clause, start: int, end: int) -> list[str]:
    """Parties who are only counted: 「三家音乐出版社」."""
    match = _COUNTED.search(clause.sentence.text, start, end)
    return [page.original(clause.sentence, *match.span())] if match is not None else []


def _case(page: Page, clause: Clause) -> Named | None:
    """「盖蒂诉Stability AI案三年终局」"""
    text = clause.sentence.text
    match = _NOMINAL.search(text, clause.start, clause.end)
    accused = next((each for each in clause.mentions if match and each.start == match.end()), None)
    defendant = company_of(accused, page) if accused is not None else None
    if match is None or accused is None or defendant is None or not _OF_CASE.match(text, accused.end, clause.end):
        return None
    plaintiffs = names_in(page, clause, clause.head, match.start())
    return Named(defendant, plaintiffs, match.start()) if plaintiffs else None
