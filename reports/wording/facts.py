"""What a fact says, in one short phrase of either language: "Series C extension, $141M", 停止Gen-1."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from db.model import ClaimType, FieldValue
from db.nouns.facts import Fact
from db.values import Money
from reports.facts.court_steps import is_later_step
from reports.wording.known_names import known_names, product_name, told_together
from reports.wording.unstated_sums import unstated_sum
from reports.wording.values import (
    ReportLanguage,
    count_text,
    listed,
    money_text,
    not_stated,
    series_text,
    word,
    word_or_text,
    words,
)

PARTIES = "; "
"""Between the parties of a suit, where several sue together."""
_WORDED = frozenset({"exchange"})
"""Other parties that have a word of ours in each language."""
_COUNTED = frozenset({"users", "paying_users", "videos", "headcount"})
"""Metrics that are numbers of things, so that no currency is missing."""


def what_happened(fact: Fact, language: ReportLanguage) -> str:
    """The fact without its company and date; plain text, not yet escaped."""
    return _PHRASES[fact.type](fact, language)


def amount_text(fact: Fact, language: ReportLanguage) -> str:
    """A deal's sum, or why it stands without one."""
    return money_text(fact.money, language) if fact.money else unstated_sum(fact, language)


def investors_of(fact: Fact, name: str = "investors", language: ReportLanguage = "en") -> list[str]:
    """Whom a list field of a fact names, under the names we know them by; nobody where it names nobody."""
    value = fact.value(name)
    return known_names(value, language) if isinstance(value, list) else []


def investors_text(fact: Fact, language: ReportLanguage) -> str:
    """Who is named in a round, the leads first and marked; empty where nobody is."""
    leads = investors_of(fact, "lead_investors", language)
    others = [name for name in investors_of(fact, language=language) if name not in leads]
    shown = told_together([*leads, *others], language)
    named = [_event(language, "lead", who=shown[lead]) for lead in leads] + [shown[name] for name in others]
    return listed(language, named)


def role_text(role: FieldValue, language: ReportLanguage) -> str:
    """A post in the report's language; one the words do not hold stays as it was told."""
    return str(words(language, "role").get(str(role).casefold(), role))


def metric_text(metric: str, value: Money | None, language: ReportLanguage) -> str:
    """A metric's value: a count for users and the like, money for the rest."""
    if value is None:
        return not_stated(language)
    return (
        count_text(value, language) if metric in _COUNTED or _is_plain(metric, value) else money_text(value, language)
    )


def _is_plain(metric: str, value: Money) -> bool:
    return metric == "other" and value.currency is None


def _event(language: ReportLanguage, key: str, **values: str) -> str:
    return word(language, "events", key).format(**values)


def _round(fact: Fact, language: ReportLanguage) -> str:
    series = series_text(fact.value("investment_type"), fact.value("series_qualifier"), language)
    return _event(language, "round", series=series, amount=amount_text(fact, language))


def valuation_text(fact: Fact, language: ReportLanguage) -> str:
    """A valuation's sum and kind: "$5.3B (post-money)"."""
    kind = word_or_text(language, "valuation_kind", fact.value("valuation_kind") or "unspecified")
    return _event(language, "price", what=money_text(fact.money, language), kind=kind)


def _valuation(fact: Fact, language: ReportLanguage) -> str:
    return _event(language, "valuation", price=valuation_text(fact, language))


def _total(fact: Fact, language: ReportLanguage) -> str:
    return _event(language, "total", what=money_text(fact.money, language))


def _acquisition(fact: Fact, language: ReportLanguage) -> str:
    return _for_money(fact, language, _with_other(fact, language, "acquisition", "acquirer"))


def _listing(fact: Fact, language: ReportLanguage) -> str:
    return _for_money(fact, language, _with_other(fact, language, "ipo", "exchange"))


def _for_money(fact: Fact, language: ReportLanguage, phrase: str) -> str:
    """A phrase with what was paid or raised, where that is told."""
    return f"{phrase}{word(language, 'events', 'comma')}{money_text(fact.money, language)}" if fact.money else phrase


def _with_other(fact: Fact, language: ReportLanguage, key: str, field: str) -> str:
    """A phrase about the company and another party, who may be unknown."""
    other = fact.value(field)
    if not other:
        return word(language, "events", f"{key}_unknown")
    named = [word_or_text(language, field, each) if field in _WORDED else each for each in str(other).split(PARTIES)]
    return _event(language, key, who=listed(language, named))


def _shutdown(fact: Fact, language: ReportLanguage) -> str:
    product = fact.value("product")
    if not product:
        return _event(language, "shutdown")
    return _event(language, "shutdown_product", what=product_name(fact.company_key, str(product), language))


def _lawsuit(fact: Fact, language: ReportLanguage) -> str:
    return _with_other(fact, language, "lawsuit_step" if is_later_step(fact) else "lawsuit", "plaintiff")


def _layoffs(fact: Fact, language: ReportLanguage) -> str:
    people, percent = fact.value("headcount"), fact.value("percent")
    if not people and not percent:
        return _event(language, "layoffs_unknown")
    key = "layoffs_people_percent" if people and percent else "layoffs_people" if people else "layoffs_percent"
    stated = word(language, "events", key).format(*filter(None, (people, percent)))
    return _event(language, "layoffs", what=stated)


def _leadership(fact: Fact, language: ReportLanguage) -> str:
    person, role, direction = fact.value("person"), fact.value("role"), fact.value("direction")
    what = word_or_text(language, "direction", direction)
    post = role_text(role, language) if role else ""
    if person and role:
        return _event(language, "leadership_person_role", who=str(person), role=post, what=what)
    who = str(person or post or word(language, "events", "leadership_unnamed"))
    return _event(language, "leadership_person", who=who, what=what)


def _launch(fact: Fact, language: ReportLanguage) -> str:
    product = fact.value("product")
    return _event(
        language,
        "launch",
        what=product_name(fact.company_key, str(product), language) if product else not_stated(language),
        stage=word_or_text(language, "stage", fact.value("stage") or "announced"),
    )


def _metric(fact: Fact, language: ReportLanguage) -> str:
    metric = str(fact.value("metric") or "other")
    name = word_or_text(language, "metric", metric)
    return _event(language, "metric", what=name, value=metric_text(metric, fact.money, language))


_PHRASES: Mapping[ClaimType, Callable[[Fact, ReportLanguage], str]] = {
    "funding_round": _round,
    "valuation": _valuation,
    "total_funding": _total,
    "acquisition": _acquisition,
    "ipo": _listing,
    "shutdown": _shutdown,
    "layoffs": _layoffs,
    "leadership_change": _leadership,
    "product_launch": _launch,
    "founding": lambda _, language: _event(language, "founding"),
    "lawsuit": _lawsuit,
    "metric": _metric,
    "partnership": lambda fact, language: _with_other(fact, language, "partnership", "partner"),
    "controversy": lambda _, language: _event(language, "controversy"),
}
