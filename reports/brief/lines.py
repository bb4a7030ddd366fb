"""The lines of a brief: rounds, valuations, rumours, changes and plain facts, worded in its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.model import Company
from db.nouns.facts import Fact
from reports.brief.hindsight import became
from reports.brief.numbers import dollars
from reports.brief.week_selection import Change
from reports.facts.entries import Entry, both_names, entries
from reports.facts.evidence import OWN_CORRECTION, cited_text
from reports.facts.field_changes import change_text, taken_back_text
from reports.facts.scope import scope_of
from reports.facts.sum_marks import marked_amount
from reports.sheets.valuation_moves import moved, valuation_of
from reports.wording.labels import label
from reports.wording.round_parties import round_parties
from reports.wording.values import (
    ReportLanguage,
    date_text,
    money_text,
    not_stated,
    series_text,
    status_text,
    word,
    word_or_text,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact; `tag` is empty for a company of AI video, else says why it counts apart."""

    entry: Entry
    tag: str


@dataclass(frozen=True, slots=True)
class RoundLine(Line):
    """One round with the valuation told with it; `was` and `multiple` compare it with the one before."""

    names: str
    """The company in both scripts."""
    series: str
    amount: str
    valuation: str
    was: str
    multiple: str
    investors: str


@dataclass(frozen=True, slots=True)
class PriceLine(Line):
    """One valuation; `was` says so where none is known before it."""

    was: str
    multiple: str


@dataclass(frozen=True, slots=True)
class TalkLine(Line):
    """A rumour or denial: who first said it, and how many days before the week's end."""

    origin: str
    age: str


@dataclass(frozen=True, slots=True)
class ChangeLine(Line):
    """What is different from the week before."""

    change: str


@dataclass(frozen=True, slots=True)
class LineWriter:
    """Words the facts of a week: `now` are all facts known at its end, `last` is its last day."""

    now: Sequence[Fact]
    companies: Mapping[str, Company]
    language: ReportLanguage
    last: date

    def lines(self, facts: Sequence[Fact]) -> tuple[Line, ...]:
        """Plain lines, in order of their dates."""
        shown = entries(facts, self.companies, self.language, among=self.now)
        return tuple(Line(entry, self._tag(entry)) for entry in shown)

    def rounds(self, facts: Sequence[Fact]) -> tuple[RoundLine, ...]:
        """Rounds, those of AI video first, the surest and largest first."""
        lines = {line.entry.id: line for line in self.lines(facts)}
        return tuple(self._round(fact, lines[fact.id]) for fact in sorted(facts, key=self._rank))

    def prices(self, facts: Sequence[Fact]) -> tuple[PriceLine, ...]:
        """Valuations with what they were."""
        return tuple(self._price(line) for line in self.lines(facts))

    def talk(self, facts: Sequence[Fact]) -> tuple[TalkLine, ...]:
        """Rumours and denials with their origin."""
        return tuple(self._talk(line) for line in self.lines(facts))

    def changes(self, changes: Sequence[Change]) -> tuple[ChangeLine, ...]:
        """What was told before and is told otherwise now."""
        by_id = {change.fact.id: change for change in changes}
        lines = self.lines([change.fact for change in changes])
        return tuple(ChangeLine(line.entry, line.tag, self._change(by_id[line.entry.id])) for line in lines)

    def since(self, told: Sequence[Fact], later: Sequence[Fact]) -> tuple[ChangeLine, ...]:
        """What became of these facts, by the facts of a later day."""
        changes = became(told, later, self.last, self.language)
        texts = {change.fact.id: text for change, text in changes}
        lines = entries([change.fact for change, _ in changes], self.companies, self.language)
        return tuple(ChangeLine(line, self._tag(line), texts[line.id]) for line in lines)

    def _tag(self, entry: Entry) -> str:
        scope = scope_of(self.companies.get(entry.company_key))
        return "" if scope == "core" else label(self.language, "scope", scope)

    def _rank(self, fact: Fact) -> tuple[bool, bool, Decimal, str]:
        beside = scope_of(self.companies.get(fact.company_key)) != "core"
        return (beside, fact.status != "confirmed", -dollars(fact), fact.id)

    def _round(self, fact: Fact, line: Line) -> RoundLine:
        valuation = valuation_of(fact, self.now)
        priced = not_stated(self.language)
        if valuation is not None:
            kind = word_or_text(self.language, "valuation_kind", valuation.value("valuation_kind") or "unspecified")
            priced = label(self.language, "brief", "price").format(money_text(valuation.money, self.language), kind)
        was, multiple = self._moved(valuation) if valuation else ("", "")
        company = self.companies.get(fact.company_key)
        return RoundLine(
            line.entry,
            line.tag,
            names=both_names(company, self.language) if company else line.entry.company,
            series=series_text(fact.value("investment_type"), fact.value("series_qualifier"), self.language),
            amount=marked_amount(fact, self.language),
            valuation=priced,
            was=was,
            multiple=multiple,
            investors=round_parties(fact, self.now, self.language) or not_stated(self.language),
        )

    def _price(self, line: Line) -> PriceLine:
        valuation = next(fact for fact in self.now if fact.id == line.entry.id)
        was, multiple = self._moved(valuation)
        return PriceLine(line.entry, line.tag, was or label(self.language, "brief", "no_earlier"), multiple)

    def _moved(self, valuation: Fact) -> tuple[str, str]:
        """What the valuation was, and how many times that it is now; empty where not known."""
        move = moved(valuation, self.now)
        if move.earlier is None:
            return "", ""
        form = label(self.language, "brief", "was")
        was = form.format(
            money_text(move.earlier.money, self.language), date_text(move.earlier.event_date, self.language)
        )
        return was, label(self.language, "brief", "multiple").format(move.multiple) if move.multiple else ""

    def _talk(self, line: Line) -> TalkLine:
        quote = min(line.entry.quotes, key=lambda quote: quote.published or date.max)
        days = (self.last - (line.entry.first_reported or self.last)).days
        return TalkLine(
            line.entry, line.tag, cited_text(quote, self.language), label(self.language, "brief", "age").format(days)
        )

    def _change(self, change: Change) -> str:
        fact, before = change.fact, change.before
        parts = []
        if fact.status != before.status:
            parts.append(f"{status_text(before.status, self.language)} → {status_text(fact.status, self.language)}")
        if before.money and fact.money and before.money.amount != fact.money.amount:
            form = label(self.language, "brief", "amount_change")
            parts.append(form.format(money_text(before.money, self.language), money_text(fact.money, self.language)))
            if fact.fields["amount"].rule == OWN_CORRECTION:
                parts.append(word(self.language, "rule", OWN_CORRECTION))
        parts += [change_text(before, fact, name, self.language) for name in change.fields]
        parts += [taken_back_text(fact, each, self.language) for each in change.taken_back if each.field != "amount"]
        return " · ".join(parts)
