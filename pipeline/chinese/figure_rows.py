"""Rows of figures in a Chinese report, one for each of several years: 「2023年至2025年，收入分别为A、B和C」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from db.values import PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.figures import shared_out
from pipeline.chinese.sums import end_of
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.found import FoundMoney

_YEAR = r"(?:19|20)\d\d"
_JOINS = re.compile(r"\s*(?:、|和|及|与|以及|，)\s*")
_STRETCH = GatedPattern(
    rf"(?P<first>{_YEAR})\s?年?(?:度|财年)?\s?(?:至|到|—|–|-|~|～)\s?(?P<last>{_YEAR})\s?(?:年|财年)"
)
_LISTED = GatedPattern(
    rf"(?P<years>{_YEAR}\s?年?度?(?:(?:、|和|及|与|，|以及)\s?{_YEAR}\s?年?度?)*)(?:、|和|及|与|，|以及)\s?(?P<last>{_YEAR})\s?(?:年|财年)(?P<half>上半年|[首前]六个月)?"
)
_SAME = re.compile(r"同期|期内|相应|各年|分别")
"""What says that a row without years of its own is of the years told last."""
_MOST_YEARS = 10

Rows = dict[tuple[int, int], tuple[FoundMoney, PartialDate]]
"""For each sum of a row, by sentence and place: the row's first sum, whose words say what all are, and its period."""


def rows_of_figures(page: Page) -> Rows:
    """Every sum of a page that is one of a row, where the text gives a year for each."""
    rows: Rows = {}
    told: tuple[int, list[PartialDate]] = (-1, [])
    for sentence in page.sentences:
        for clause in sentence.clauses:
            row = _row_in(clause)
            years = _years_before(clause, row)
            if years:
                told = (sentence.paragraph, years)
            if not row or shared_out(page, clause, row[0].start) is not None:
                continue
            if not years and told[0] == sentence.paragraph and _SAME.search(sentence.text, 0, row[0].start):
                years = told[1]
            if len(years) == len(row):
                rows |= {(sentence.number, each.start): (row[0], on) for each, on in zip(row, years, strict=True)}
    return rows


def _row_in(clause: Clause) -> list[FoundMoney]:
    """The sums of a clause that follow each other with nothing between but what joins them."""
    sums = [each for each in clause.money if not each.restates]
    if len(sums) < 2:
        return []
    text = clause.sentence.text
    joined = all(_JOINS.fullmatch(text, end_of(clause, one), other.start) for one, other in pairwise(sums))
    return sums if joined else []


def _years_before(clause: Clause, row: Sequence[FoundMoney]) -> list[PartialDate]:
    """The years a sentence lists before a row, or up to the end of the clause where there is none."""
    text, end = clause.sentence.text, row[0].start if row else clause.end
    stretch = next(_STRETCH.finditer(text, 0, end), None)
    if stretch is not None:
        first, last = int(stretch["first"]), int(stretch["last"])
        return [PartialDate(str(year)) for year in range(first, last + 1)] if 0 < last - first < _MOST_YEARS else []
    listed = next(_LISTED.finditer(text, 0, end), None)
    if listed is None:
        return []
    years = [PartialDate(year) for year in re.findall(_YEAR, listed["years"])]
    return [*years, PartialDate(listed["last"] + ("-H1" if listed["half"] else ""))]
