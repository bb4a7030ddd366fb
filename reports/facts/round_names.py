"""Which names a round goes by: the one we chose, and those that outlets use for it instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from db.model import FieldValue, StoredClaim
from db.nouns.facts import Fact
from reports.facts.entries import best_first
from reports.facts.evidence import NEVER, Quote, last_said, outlets_of, quote_of
from reports.wording.facts import what_happened
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text, listed, series_text, word_or_text

_MOST_QUOTES = 3
_UNSAID: frozenset[FieldValue] = frozenset({None, "series_unknown", "undisclosed"})


@dataclass(frozen=True, slots=True)
class SeriesName:
    """A series as claims hold it: `series_c` with `extension`; `qualifier` None in a question: any."""

    investment_type: str
    qualifier: str | None = None

    def fits(self, other: SeriesName) -> bool:
        """Whether a round of the other name is one a person may mean who types this one."""
        return self.investment_type == other.investment_type and self.qualifier in (None, other.qualifier)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name of a round, who calls it so, and their sentences. `name` is empty for those who name no series."""

    series: SeriesName | None
    name: str
    outlets: tuple[str, ...]
    quotes: tuple[Quote, ...]
    chosen: bool


def namings(fact: Fact, language: ReportLanguage) -> tuple[Naming, ...]:
    """Every name this round goes by: the chosen first, then by how many use it; those who name none anywhere last.

    An outlet that calls it otherwise and later what we call it has corrected itself, and is said to have.
    """
    groups: defaultdict[SeriesName | None, list[StoredClaim]] = defaultdict(list)
    for stored in best_first(fact):
        groups[_series(stored)].append(stored)
    chosen = SeriesName(str(fact.value("investment_type")), _text(fact.value("series_qualifier")))
    naming = {outlet for series, claims in groups.items() if series for outlet in outlets_of(claims, language)}
    right = last_said(groups.get(chosen, ()), language)

    def named(series: SeriesName | None, claims: Sequence[StoredClaim]) -> Naming:
        name = series_text(series.investment_type, series.qualifier, language) if series else ""
        said = last_said(claims, language) if series != chosen else {}
        corrected = {outlet for outlet, day in said.items() if NEVER < day < right.get(outlet, NEVER)}
        form = label(language, "round", "corrected")
        told = tuple(
            form.format(outlet) if outlet in corrected else outlet
            for outlet in outlets_of(claims, language)
            if series or outlet not in naming
        )
        return Naming(series, name, told, _quotes(claims, _MOST_QUOTES if said else 1, language), series == chosen)

    found = [named(series, claims) for series, claims in groups.items()]
    kept = [each for each in found if each.outlets]
    return tuple(sorted(kept, key=lambda each: (each.series is None, not each.chosen, -len(each.outlets), each.name)))


def _quotes(claims: Sequence[StoredClaim], most: int, language: ReportLanguage) -> tuple[Quote, ...]:
    """One sentence of each outlet that is no reprint, the best first; of reprints only, the first."""
    found: dict[str | None, Quote] = {}
    for stored in sorted(claims, key=lambda stored: stored.original_publisher is not None):
        quote = quote_of(stored, language)
        if quote.reprint_of is None or not found:
            found.setdefault(quote.outlet, quote)
    return tuple(found.values())[:most]


def _series(stored: StoredClaim) -> SeriesName | None:
    kind = stored.claim.fields.get("investment_type")
    return None if kind in _UNSAID else SeriesName(str(kind), _text(stored.claim.fields.get("series_qualifier")))


def _text(value: FieldValue) -> str | None:
    return value if isinstance(value, str) else None


def chosen_by(fact: Fact, language: ReportLanguage) -> str:
    """Why the chosen name is chosen."""
    field = fact.fields.get("investment_type")
    return word_or_text(language, "rule", field.rule) if field else ""


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A series that several rounds go by, as one types it, the sentence that names them, and their ids in its order."""

    typed: str
    sentence: str
    fact_ids: tuple[str, ...]


def ambiguous_names(facts: Sequence[Fact], language: ReportLanguage) -> tuple[AmbiguousName, ...]:
    """Each series that several rounds go by, at least one of them only in the mouth of some outlet."""
    meant: defaultdict[SeriesName, list[tuple[bool, str, str]]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: (fact.event_date.iso if fact.event_date else "", fact.id)):
        for naming in namings(fact, language) if fact.type == "funding_round" else ():
            if naming.series is not None:
                text = label(language, "round", "text").format(
                    what_happened(fact, language), date_text(fact.event_date, language)
                )
                if not naming.chosen:
                    outlets = listed(language, naming.outlets)
                    text = label(language, "round", "so_called").format(text, outlets, chosen_by(fact, language))
                meant[naming.series].append((not naming.chosen, text, fact.id))
    return tuple(
        AmbiguousName(
            series_text(series.investment_type, series.qualifier, "en").removeprefix("Series "),
            label(language, "round", "means").format(
                series_text(series.investment_type, series.qualifier, language),
                len(rounds),
                label(language, "gaps", "join").join(text for _, text, _ in rounds),
            ),
            tuple(fact_id for *_, fact_id in rounds),
        )
        for series, rounds in (
            (series, sorted(each, key=lambda told: told[0]))  # those that we call so before those that others do
            for series, each in sorted(meant.items(), key=lambda pair: str(pair[0]))
        )
        if len({other for other, *_ in rounds}) > 1
    )
