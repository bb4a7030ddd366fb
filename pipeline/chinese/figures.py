"""Whose a figure in a Chinese clause is: the subject's, one of several companies', or nobody's we follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.chinese.clauses import Clause, Found, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.patterns import alternation
from pipeline.chinese.subject_places import BRACKET, adverbs, blanked
from pipeline.names.company_name import CompanyName


@cache
def _figures() -> re.Pattern[str]:
    return re.compile(alternation("chinese_clauses", "figures"))


_ANOTHER = re.compile(r"[A-Z][A-Za-z]{2,}|类|同类|赛道|行业")
_OURS = re.compile(r"公司|该|其|它|我们")


def shared_out(page: Page, clause: Clause, place: int) -> list[CompanyName] | None:
    """The companies among which 分别 shares out what stands at a place, in order; None where nothing is shared out."""
    each_of = clause.text.find("分别")
    if not 0 <= each_of < place - clause.start:
        return None
    before = [each for each in clause.mentions if each.end <= clause.start + each_of]
    companies = dict.fromkeys(company for each in before if (company := company_of(each, page)) is not None)
    return list(companies) if len(companies) > 1 else None


def share_of(page: Page, clause: Clause, place: int, figures: Sequence[Found]) -> tuple[bool, CompanyName | None]:
    """(whether a figure is one of several shared out, whose it is): 「Pika、Runway分别获得8000万和3亿美元融资」."""
    companies = shared_out(page, clause, place)
    if companies is None:
        return False, None
    behind = [each.start for each in figures if each.start > clause.start + clause.text.find("分别")]
    paired = len(behind) == len(companies) and place in behind
    return True, companies[behind.index(place)] if paired else None


def owner_of_figure(page: Page, clause: Clause, place: int, figures: Sequence[Found]) -> CompanyName | None:
    """Whose figure stands at a place; None where the words before it speak of somebody else: 「AIGC类APP的月活…」."""
    shared, whose = share_of(page, clause, place, figures)
    if shared:
        return whose
    if clause.is_foreign or clause.named:
        return clause.subject
    before = blanked(clause, clause.head, max(clause.head, place))
    if _OURS.search(before):
        return clause.subject
    left = _figures().sub(" ", adverbs().sub(" ", BRACKET.sub("", before)))
    return None if _ANOTHER.search(left) else clause.subject
