"""One investor on one sheet: rounds with amounts and sentences, led or not, new or follow-on, and with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.knowledge.curated import KnownInvestor
from db.model import Company
from reports.facts.entries import Entry, entries
from reports.sheets.investor_line import InvestorLine, Relation
from reports.wording.known_names import arm_of, arms_of, known_names
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, listed, word_or_text

_SHOWN_BESIDE = 10


@dataclass(frozen=True, slots=True)
class InvestedRound:
    """One round; `beside` are the others named in it."""

    entry: Entry
    lead: bool
    relation: Relation
    beside: str


@dataclass(frozen=True, slots=True)
class InvestorSheet:
    """An investor in one language. `talk` are rounds it is only said to join, or that were denied."""

    name: str
    names: str
    language: ReportLanguage
    sample: bool
    profile: tuple[tuple[str, str], ...]
    rounds: tuple[InvestedRound, ...]
    led: int
    companies: int
    new: int
    follow_on: int
    beside: str
    """Whom it met most often, with the number."""
    talk: tuple[Entry, ...]


def investor_sheet(
    line: InvestorLine, companies: Mapping[str, Company], language: ReportLanguage, *, sample: bool = False
) -> InvestorSheet:
    """The sheet of an investor from its line."""
    shown = {entry.id: entry for entry in entries([each.fact for each in line.investments], companies, language)}
    return InvestorSheet(
        name=line.name,
        names=_both_names(line, language),
        language=language,
        sample=sample,
        profile=tuple(_profile(line, language)),
        rounds=tuple(
            InvestedRound(
                shown[each.fact.id],
                each.lead,
                each.relation,
                listed(language, known_names(each.beside, language)),
            )
            for each in line.investments
        ),
        led=line.led,
        companies=line.companies,
        new=line.count("new"),
        follow_on=line.count("follow_on"),
        beside=_beside(line, language),
        talk=tuple(entries(line.talk, companies, language)),
    )


def _both_names(line: InvestorLine, language: ReportLanguage) -> str:
    chinese = line.party.name_zh if line.party else None
    if not chinese or chinese == line.name:
        return line.name
    first = language == "zh" and line.party is not None and line.party.country == "CN"
    return f"{chinese} {line.name}" if first else f"{line.name} {chinese}"


def _beside(line: InvestorLine, language: ReportLanguage) -> str:
    form = label(language, "investor", "times")
    named = [(known_names([name], language)[0], count) for name, count in line.co_investors[:_SHOWN_BESIDE]]
    return listed(language, [form.format(name, count) if count > 1 else name for name, count in named])


def _profile(line: InvestorLine, language: ReportLanguage) -> list[tuple[str, str]]:
    if line.party is None:
        return [(label(language, "investor", "type"), label(language, "investor", "uncurated"))]
    kind = line.party.kind if isinstance(line.party, KnownInvestor) else "corporate"
    country = word_or_text(language, "country", line.party.country) if line.party.country else None
    stated = {"type": word_or_text(language, "investor_type", kind), "country": country}
    stated |= {"arm_of": arm_of(line.party, language), "arms": _arms(line, language)}
    return [(label(language, "investor", key), value) for key, value in stated.items() if value]


def _arms(line: InvestorLine, language: ReportLanguage) -> str:
    arms = arms_of(line.party, language)
    return label(language, "investor", "apart").format(listed(language, arms)) if arms else ""
