"""Two rounds told under one label that a company uses once: a label is wrong, or one is a part of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE
from reports.sheets.company_line import happened
from reports.wording.findings import FindingLine
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text, listed, money_text, series_text


def same_label_lines(facts: Sequence[Fact], language: ReportLanguage) -> tuple[FindingLine, ...]:
    """A line for each label that several done rounds of a company carry, at the day of the latest, in order of it."""
    labelled: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        kind = str(fact.value("investment_type") or "")
        lettered = kind.startswith("series_") and kind != "series_unknown"
        if fact.type == "funding_round" and fact.status in DONE and lettered and not fact.value("series_qualifier"):
            labelled[fact.company_key, kind].append(fact)
    several = [(kind, sorted(rounds, key=happened)) for (_, kind), rounds in labelled.items() if len(rounds) > 1]
    found = [_line(kind, rounds, language) for kind, rounds in several]
    return tuple(sorted(found, key=lambda line: (line.when.iso if line.when else "9999", line.fact_id)))


def _line(kind: str, rounds: Sequence[Fact], language: ReportLanguage) -> FindingLine:
    form = label(language, "finding", "sum_on")
    told = [form.format(money_text(each.money, language), date_text(each.event_date, language)) for each in rounds]
    text = label(language, "finding", "same_label").format(series_text(kind, None, language), listed(language, told))
    return FindingLine("same_label", "≠", rounds[-1].event_date, text, rounds[-1].id, derived=False)
