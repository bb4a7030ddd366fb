"""The weekly brief: what was first reported in an ISO week, told as it was known at the week's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.nouns.facts import Fact
from db.publishing.news import Coverage
from db.values import PartialDate
from reports.brief.corrections import Cause, Correction, corrections
from reports.brief.lines import ChangeLine, Line, LineWriter, PriceLine, RoundLine, TalkLine
from reports.brief.numbers import Number, headline, headline_numbers, year_number
from reports.brief.week_facts import WeekFacts
from reports.brief.week_selection import Selection, open_talk, select
from reports.facts.scope import is_core
from reports.page_json import SHOWN
from reports.sheets.valuation_moves import valuation_of
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text

SECTIONS: Mapping[str, frozenset[str]] = {
    "troubles": frozenset({"shutdown", "layoffs", "lawsuit", "controversy", "departure"}),
    "deals": frozenset({"acquisition", "ipo", "partnership", "leadership_change", "appointment"}),
    "launches": frozenset({"product_launch"}),
    "figures": frozenset({"metric", "total_funding", "founding"}),
}
"""Where news stands that is neither round nor valuation; a leadership change by its direction."""
_AUTHORITIES = frozenset({"filing", "court"})
_OLD_TALK_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Brief:
    """A week in one language. `sections` are the plain ones that have lines, by their label's key."""

    week: str
    first: date
    last: date
    language: ReportLanguage
    sample: bool
    headline: str
    numbers: tuple[Number, ...]
    rounds: tuple[RoundLine, ...]
    rounds_elsewhere: int
    """Rounds told in the week's articles that happened earlier, or on a day not stated."""
    rounds_retold: int
    """Rounds told in the week's articles that had been told before."""
    prices: tuple[PriceLine, ...]
    sections: Mapping[str, tuple[Line, ...]]
    talk: tuple[TalkLine, ...]
    open_talk: tuple[TalkLine, ...]
    """What was talked of before the week, and of which nothing came yet: the newest."""
    open_talk_in_all: int
    filings: tuple[Line, ...]
    """The lines above for which a filing or a court speaks."""
    hindsight: tuple[ChangeLine, ...] | None
    """What became of the lines above by today; None where nobody asked."""
    changed: tuple[ChangeLine, ...]
    conflicts: tuple[Line, ...]
    """The lines above of which a field has a value that lost, and older facts that the week's articles dispute."""
    corrections: tuple[Correction, ...]
    reread: tuple[Correction, ...]
    """What earlier issues told otherwise: by news since, or by our rules and persons only."""
    loose: tuple[Line, ...]
    late: tuple[Line, ...]
    coverage: Coverage
    issue: str | None = None
    """Its name and digest as an issue that is kept; None for one that is not."""
    until: date | None = None
    """The day on which it was told, of a week that was not over then."""
    told: tuple[Fact, ...] = field(default=(), repr=False, compare=False, metadata={SHOWN: False})
    """Every fact in it, the corrected ones included: what an issue of it keeps."""

    @property
    def known_by(self) -> str:
        """By when what it tells was known."""
        key = "not_over" if self.until else "known_by"
        return label(self.language, "brief", key).format(
            date_text(PartialDate((self.until or self.last).isoformat()), self.language)
        )

    @property
    def no_rounds(self) -> str:
        """What stands in the place of the rounds where the week has none: which others its articles tell."""
        told = (self.rounds_elsewhere > 0, self.rounds_retold > 0)
        key = {(True, True): "no_rounds_late", (True, False): "no_rounds_elsewhere", (False, True): "no_rounds_retold"}
        form = label(self.language, "brief", key.get(told, "no_rounds"))
        return form.format(self.rounds_elsewhere, self.rounds_retold)


def brief(
    week: PartialDate, facts: WeekFacts, language: ReportLanguage, *, sample: bool = False, until: date | None = None
) -> Brief:
    """A week's facts as its brief in a language; `until` is the day on which one that is not over is told."""
    first, last, companies = week.first_day(), week.last_day(), facts.companies
    picked = _pick(facts, first, last)
    chosen, told, writer = picked.chosen, picked.told, LineWriter(facts.now, companies, language, last)
    corrected = corrections(facts.earlier_issues, facts.now_of_issues, companies, language)
    return Brief(
        week=week.iso,
        first=first,
        last=last,
        language=language,
        sample=sample,
        headline=headline(chosen, facts.now, companies, language),
        numbers=headline_numbers(chosen, facts.now, companies, language)
        + year_number(facts.year, facts.year_undated, companies, first, last, language),
        rounds=writer.rounds(picked.rounds),
        rounds_elsewhere=picked.rounds_elsewhere,
        rounds_retold=picked.rounds_retold,
        prices=writer.prices(picked.prices),
        sections={key: writer.lines(plain) for key, plain in picked.sections.items()},
        talk=writer.talk(chosen.talk),
        open_talk=writer.talk(picked.open_talk[:_OLD_TALK_SHOWN]),
        open_talk_in_all=len(picked.open_talk),
        filings=writer.lines(picked.filed),
        hindsight=None if facts.later is None else writer.since(told, facts.later),
        changed=writer.changes(chosen.changed),
        conflicts=tuple(line for line in writer.lines([*told, *picked.disputed]) if line.entry.open_conflicts),
        corrections=corrected["correction"],
        reread=corrected["reread"],
        loose=writer.lines(chosen.loose),
        late=writer.lines(chosen.late),
        coverage=facts.coverage,
        until=until,
        told=(*told, *chosen.loose, *chosen.late, *_mended(corrected, facts.now_of_issues, told)),
    )


@dataclass(frozen=True, slots=True)
class _Picked:
    """The facts of a brief by where they stand; `told` are those told as new, talked of or changed."""

    chosen: Selection
    rounds: Sequence[Fact]
    rounds_elsewhere: int
    rounds_retold: int
    prices: Sequence[Fact]
    """Those of no round above."""
    sections: Mapping[str, Sequence[Fact]]
    """The plain ones that have any."""
    open_talk: Sequence[Fact]
    told: Sequence[Fact]
    filed: Sequence[Fact]
    disputed: Sequence[Fact]


def _pick(week: WeekFacts, first: date, last: date) -> _Picked:
    now, chosen = week.now, select(week.now, week.before, first, last)
    rounds = [fact for fact in chosen.news if fact.type == "funding_round"]
    with_rounds = {valuation.id for fact in rounds if (valuation := valuation_of(fact, now))}
    told = [*chosen.news, *chosen.talk, *(change.fact for change in chosen.changed)]
    told_ids = {fact.id for fact in told}
    plain = {key: [fact for fact in chosen.news if _kind(fact) in kinds] for key, kinds in SECTIONS.items()}
    return _Picked(
        chosen=chosen,
        rounds=rounds,
        rounds_elsewhere=sum(fact.type == "funding_round" for fact in (*chosen.loose, *chosen.late)),
        rounds_retold=sum(fact.type == "funding_round" and _retold(fact, first) for fact in now),
        prices=[fact for fact in chosen.news if fact.type == "valuation" and fact.id not in with_rounds],
        sections={key: facts for key, facts in plain.items() if facts},
        open_talk=[fact for fact in open_talk(now, first) if is_core(fact, week.companies)],
        told=told,
        filed=[fact for fact in told if _is_filed(fact, first)],
        disputed=[fact for fact in now if fact.id not in told_ids and _is_disputed(fact, first)],
    )


def _mended(
    corrected: Mapping[Cause, Sequence[Correction]], now_of_issues: Sequence[Fact], told: Sequence[Fact]
) -> list[Fact]:
    """What earlier issues told otherwise and this one tells nowhere else."""
    ids = {each.fact_id for cause in corrected.values() for each in cause} - {fact.id for fact in told}
    return [fact for fact in now_of_issues if fact.id in ids]


def _is_disputed(fact: Fact, first: date) -> bool:
    """Whether this was told before the week, and an article of the week says another value that lost."""
    published = {stored.key: stored.published for stored in fact.claims}
    losing = {key for each in fact.fields.values() for lost in each.losing for key in lost.claim_keys}
    return _retold(fact, first) and any((day := published.get(key)) is not None and day >= first for key in losing)


def _is_filed(fact: Fact, first: date) -> bool:
    """Whether a filing or a court says something of it in the week."""
    return any(
        stored.claim.said_by in _AUTHORITIES and stored.published is not None and stored.published >= first
        for stored in fact.claims
    )


def _retold(fact: Fact, first: date) -> bool:
    """Whether this was told before the week and is told in it again; what is known ends with the week."""
    days = [stored.published for stored in fact.claims if stored.published is not None]
    return bool(days) and min(days) < first <= max(days)


def _kind(fact: Fact) -> str:
    return str(fact.value("direction") or fact.type) if fact.type == "leadership_change" else fact.type
