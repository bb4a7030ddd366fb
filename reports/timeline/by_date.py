"""A timeline by months whatever its threads: what lies between two days, what may, and a table to jump from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.values import PartialDate
from reports.facts.entries import Entry
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text

PERHAPS, UNDATED = "perhaps", "undated"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `since` to `until`, both included; None is open."""

    since: date | None = None
    until: date | None = None

    @property
    def open(self) -> bool:
        """Whether it holds every day."""
        return self.since is None and self.until is None

    def holds(self, first: date, last: date) -> bool:
        """Whether a period lies wholly in it."""
        return (self.since is None or self.since <= first) and (self.until is None or last <= self.until)

    def touches(self, first: date, last: date) -> bool:
        """Whether a day of a period lies in it."""
        return (self.since is None or self.since <= last) and (self.until is None or first <= self.until)


WHOLE = Span()
"""Every day."""


def by_month(lines: Sequence[Entry], span: Span) -> dict[str, list[Entry]]:
    """The lines that lie in a span, by the month of their date, or the period told where that is longer.

    What may lie in a span, dated less exactly or not at all but first told in it, stands apart. Of a span that holds
    every day nothing is missing; otherwise lines that surely or probably lie outside it are.
    """
    dated: defaultdict[str, list[Entry]] = defaultdict(list)
    perhaps, undated = [], []
    for line in lines:
        if line.when is None:
            told = line.first_reported
            if span.open:
                undated.append(line)
            elif told is not None and span.holds(told, told):
                perhaps.append(line)
        elif span.holds(line.when.first_day(), line.when.last_day()):
            dated[period_of(line.when)].append(line)
        elif span.touches(line.when.first_day(), line.when.last_day()):
            perhaps.append(line)
    return {**dated, PERHAPS: perhaps, UNDATED: undated}


def period_of(when: PartialDate) -> str:
    """The month a date lies in, such as 2023-11; its own period where that is no part of one month."""
    month = when.first_day().isoformat()[:7]
    return month if month == when.last_day().isoformat()[:7] else when.iso


def period_title(period: str, language: ReportLanguage) -> str:
    """A period's heading: "Nov 2023", or "2023, month not stated"."""
    when = PartialDate(period)
    named = date_text(when, language)
    return named if when.precision == "month" else label(language, "by_date", "inexact").format(named)


def span_text(span: Span, outside: int, language: ReportLanguage) -> str:
    """Which days are told, and how many facts lie outside them."""
    ends = [
        label(language, "by_date", key).format(date_text(PartialDate(day.isoformat()), language))
        for key, day in (("since", span.since), ("until", span.until))
        if day is not None
    ]
    return label(language, "by_date", "span").format("".join(ends).strip(), outside)


@dataclass(frozen=True, slots=True)
class MonthCell:
    """How many facts a heading holds, and the heading's anchor and words."""

    period: str
    title: str
    facts: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the table of months: January to December, then what is dated less exactly; None where nothing is."""

    year: str
    months: tuple[MonthCell | None, ...]
    inexact: MonthCell | None
    """All that is dated to no month of this year; its anchor is that of the first heading of it."""


def month_table(sections: Mapping[str, Sequence[Entry]], language: ReportLanguage) -> tuple[YearRow, ...]:
    """The years from the first to the last in which anything happened, by the sections of a timeline by months."""
    periods = [period for period in sections if period not in (PERHAPS, UNDATED)]
    years = [int(period[:4]) for period in periods]
    return tuple(
        _row(f"{year:04}", {each: len(sections[each]) for each in periods if each[:4] == f"{year:04}"}, language)
        for year in (range(min(years), max(years) + 1) if years else ())
    )


def _row(year: str, counts: Mapping[str, int], language: ReportLanguage) -> YearRow:
    months = [f"{year}-{month:02}" for month in range(1, _MONTHS + 1)]
    inexact = sorted((period for period in counts if period not in months), key=_place)
    cell = None
    if inexact:
        title = label(language, "by_date", "inexact").format(date_text(PartialDate(year), language))
        cell = MonthCell(inexact[0], title, sum(counts[period] for period in inexact))
    return YearRow(
        year,
        tuple(
            MonthCell(month, date_text(PartialDate(month), language), counts[month]) if month in counts else None
            for month in months
        ),
        cell,
    )


def _place(period: str) -> tuple[date, int]:
    """In the order of a timeline: of one first day the longer period first."""
    when = PartialDate(period)
    return when.first_day(), -when.last_day().toordinal()
