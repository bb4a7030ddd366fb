"""The mark of a sum that is less sure than its deal: it stands wherever the deal's mark stands before the sum."""

from __future__ import annotations

from db.nouns.facts import Fact
from db.nouns.round_kinds import DONE
from reports.wording.facts import amount_text, what_happened
from reports.wording.values import MARKS, ReportLanguage

_DEALS = frozenset({"funding_round", "acquisition", "ipo"})


def weaker_sum_mark(fact: Fact) -> str:
    """The mark of the sum, to stand behind it: of a confirmed round whose sum an outlet reports " ◐", else nothing."""
    amount = fact.fields.get("amount")
    weaker = fact.type in _DEALS and fact.status in DONE and amount is not None and amount.status != fact.status
    return f" {MARKS[amount.status]}" if amount and weaker else ""


def marked(fact: Fact, language: ReportLanguage) -> str:
    """What happened, as it stands behind the fact's mark: "Seed, $1.03B ◐"."""
    return what_happened(fact, language) + weaker_sum_mark(fact)


def marked_amount(fact: Fact, language: ReportLanguage) -> str:
    """The sum alone, as it stands behind the fact's mark: "$1.03B ◐"."""
    return amount_text(fact, language) + weaker_sum_mark(fact)
