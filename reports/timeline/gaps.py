"""What a company's timeline does not hold and a reader would expect: said, so that silence is not taken for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE
from reports.sheets.valuation_moves import price_path
from reports.wording.ages import months_between
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text, listed, series_text

_LONG_SILENCE = timedelta(days=548)
"""A year and a half between two rounds: longer than startups usually live on one."""
_OLD_PRICE_MONTHS = 12


def gaps(facts: Sequence[Fact], told_by: date | None, language: ReportLanguage) -> tuple[str, ...]:
    """One sentence for each gap: series missing below the latest, long silence, an old price, sums and sentences."""
    rounds = [fact for fact in facts if fact.type == "funding_round" and fact.status in DONE]
    return tuple(
        filter(
            None,
            (
                _missing_series(rounds, language),
                *_silence(rounds, language),
                _old_price(facts, told_by, language),
                _without_sum(rounds, language),
                _held(facts, language),
            ),
        )
    )


def _missing_series(rounds: Sequence[Fact], language: ReportLanguage) -> str:
    """Letters below the latest one of which we know no round: B of A and C."""
    letters = {str(kind)[-1] for fact in rounds if str(kind := fact.value("investment_type"))[:-1] == "series_"}
    missing = [letter for letter in "abcdefghij" if letters and letter < max(letters) and letter not in letters]
    names = listed(language, [series_text(f"series_{letter}", None, language) for letter in missing])
    return label(language, "gaps", "series").format(names) if missing else ""


def _silence(rounds: Sequence[Fact], language: ReportLanguage) -> list[str]:
    dated = sorted((when for fact in rounds if (when := fact.event_date)), key=lambda when: when.last_day())
    return [
        label(language, "gaps", "silence").format(
            date_text(one, language), date_text(other, language), months_between(one, other.first_day())
        )
        for one, other in pairwise(dated)
        if other.first_day() - one.last_day() > _LONG_SILENCE
    ]


def _old_price(facts: Sequence[Fact], told_by: date | None, language: ReportLanguage) -> str:
    path = price_path(facts)
    when = path[-1].event_date if path else None
    if when is None or told_by is None or (months := months_between(when, told_by)) < _OLD_PRICE_MONTHS:
        return ""
    return label(language, "gaps", "price").format(date_text(when, language), months)


def _without_sum(rounds: Sequence[Fact], language: ReportLanguage) -> str:
    silent = sum(fact.money is None for fact in rounds)
    return label(language, "gaps", "sums").format(silent, len(rounds)) if silent else ""


def _held(facts: Sequence[Fact], language: ReportLanguage) -> str:
    held = sum(any(stored.evidence_class == "sentence" for stored in fact.claims) for fact in facts)
    return label(language, "gaps", "held").format(held, len(facts)) if held < len(facts) else ""
