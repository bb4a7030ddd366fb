"""Our note of a page in the language of the report: of a table's row its Chinese words, and what its fields say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from db.model import Claim, FieldValue, StoredClaim
from db.nouns.facts import Fact, FactField
from db.values import Money
from reports.facts.denial import ending_of
from reports.wording.facts import investors_text, what_happened
from reports.wording.known_names import known_names
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, date_text, money_text, series_text

_CHINESE, _ENGLISH = re.compile(r"[㐀-鿿、。，：；（）]"), re.compile(r"[A-Za-z]+")
_MOSTLY = 2
"""So many times the other's words: a Chinese sentence may name ten Western investors, an English one Chinese firms."""
_SUMS = frozenset({"funding_round", "valuation", "total_funding", "ipo"})
"""What a table of rounds tells: its note stands beside the deal, where an event's headline tells all of it."""


def note_in(stored: StoredClaim, language: ReportLanguage) -> str:
    """The claim's sentence; in Chinese the Chinese of a table's row, where somebody wrote it.

    A note in words goes before the deal that the row tells; a row without words is put together from its fields.
    """
    claim = stored.claim
    if language == "en" or claim.sentence_zh is None:
        return claim.sentence
    if not claim.sentence_zh:
        return label(language, "row", "ends").format(_deal(stored, language))
    if claim.type not in _SUMS:
        return claim.sentence_zh
    return label(language, "row", "told_of").format(claim.sentence_zh, _deal(stored, language))


def foreign(text: str, language: ReportLanguage) -> str | None:
    """The language tag of a text that is not in the page's language; None where it is."""
    chinese, english = len(_CHINESE.findall(text)), len(_ENGLISH.findall(text))
    if language == "zh":
        return "en" if english > chinese * _MOSTLY else None
    return "zh" if chinese > english * _MOSTLY else None


def _deal(stored: StoredClaim, language: ReportLanguage) -> str:
    claim, fact = stored.claim, _as_fact(stored)
    what = _round(claim, language) if claim.type == "funding_round" else what_happened(fact, language)
    if claim.status in ("rumored", "denied"):
        what = label(language, "not_done", ending_of(fact) if claim.status == "denied" else claim.status).format(what)
    parts = [what, date_text(claim.event_date, language) if claim.event_date else "", investors_text(fact, language)]
    (company,) = known_names([claim.company], language)
    return label(language, "row", "of").format(company, label(language, "row", "join").join(filter(None, parts)))


def _round(claim: Claim, language: ReportLanguage) -> str:
    """A round by its name, and its sum where the row has one: an empty cell is no undisclosed sum."""
    series = series_text(claim.fields.get("investment_type"), claim.fields.get("series_qualifier"), language)
    amount = money_text(claim.money, language) if claim.money else ""
    return label(language, "row", "join").join(filter(None, (series, amount)))


def _as_fact(stored: StoredClaim) -> Fact:
    """What one claim says, for those who put facts into words."""
    claim = stored.claim
    values = {**claim.fields, **_money(claim.money)}
    fields = {name: FactField(value, claim.status, "only value", (stored.key,)) for name, value in values.items()}
    return Fact(stored.key, claim.type, claim.company_key, claim.status, fields, (stored,))


def _money(money: Money | None) -> Mapping[str, FieldValue]:
    if money is None:
        return {}
    upper = None if money.amount_max is None else format(money.amount_max, "f")
    return {
        "amount": format(money.amount, "f"),
        "amount_max": upper,
        "currency": money.currency,
        "amount_op": money.operator,
    }
