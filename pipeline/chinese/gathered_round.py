"""A Chinese round while the clauses that tell it are gathered, and who puts money in."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.model import Status
from db.values import Money, PartialDate
from pipeline.chinese.clauses import Clause, Page
from pipeline.chinese.entries import company_of
from pipeline.chinese.investors import advisers_in, backers_in
from pipeline.chinese.whose_round import INTO, invested_in, is_named_investor
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundSeries


@dataclass(slots=True)
class Round:
    """A round while its clauses are gathered."""

    company: CompanyName
    clause: Clause
    money: Money | None
    series: FoundSeries | None
    status: Status | None
    on: PartialDate | None
    until: Clause
    every: list[str] = field(default_factory=list)
    led: list[str] = field(default_factory=list)
    advisers: list[str] = field(default_factory=list)
    nominal: bool = False
    """Whether it is only named with its date: what was told before it is not of it."""

    def join(self, page: Page, clause: Clause) -> bool:
        """Add a clause's investors and advisers; whether it had any."""
        advisers = [name for span in advisers_in(clause) if (name := _named(page, clause, span)) is not None]
        self.advisers += advisers
        backers = backers_in(clause)
        into = invested_in(page, clause) == self.company
        puts = is_named_investor(clause) or into or INTO.search(clause.text) is not None
        if not backers.every and puts and clause.subject is not None and clause.subject != self.company:
            written = _as_written(page, clause, clause.subject)
            self.every.append(written)
            self.led += [written] if into and "领投" in clause.text else []
            return True
        for span in backers.every:
            name = _named(page, clause, span)
            if name is not None and not _is_own(clause, span, self.company, page):
                self.every.append(name)
                if span in backers.led:
                    self.led.append(name)
        return bool(backers.every or advisers)


def _named(page: Page, clause: Clause, span: tuple[int, int]) -> str | None:
    return page.original(clause.sentence, *span).strip().removesuffix("'s") or None


def _as_written(page: Page, clause: Clause, company: CompanyName) -> str:
    """A company's name as its sentence writes it."""
    for each in clause.sentence.mentions:
        if company_of(each, page) == company:
            return page.original(clause.sentence, each.start, each.end)
    return company.name


def _is_own(clause: Clause, span: tuple[int, int], company: CompanyName, page: Page) -> bool:
    return any(
        span[0] <= each.start < span[1] and (named := company_of(each, page)) is not None and named.key == company.key
        for each in clause.mentions
    )
