"""The change log as a listing: what a fact or a field was, what it is now, and why, with the sentence behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from db.facts.change_log import LoggedChange
from db.model import Company, Status, StoredClaim
from db.nouns.change import Change, ChangeKind
from db.nouns.facts import Fact, FactField
from reports.facts.entries import display_name, what_is_told
from reports.facts.evidence import chosen_text
from reports.tables.listing import Cell, Column, Listing, Shown, ShownColumn
from reports.wording.labels import label
from reports.wording.values import ReportLanguage, status_text, word_or_text

_MONEY_FIELDS = {"amount": "amount", "amount_max": "amount_max", "currency": "currency", "operator": "amount_op"}
_UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An entry of the log and whose fact it is about."""

    logged: LoggedChange
    company: Company

    @property
    def change(self) -> Change:
        """The entry itself."""
        return self.logged.change


def change_lines(logged: Sequence[LoggedChange], companies: Mapping[str, Company]) -> list[ChangeLine]:
    """The entries as lines, in the order of the log."""
    return [ChangeLine(each, companies[each.change.company_key]) for each in logged]


def change_listing(
    lines: Sequence[ChangeLine], *, sample: bool, language: ReportLanguage = "en"
) -> Listing[ChangeLine]:
    """The lines as a listing."""
    return Listing("changes", _COLUMNS, _shown(language), lines, sample, language=language)


def _values(change: Change, value: Any) -> dict[str, Any] | None:
    """A value as an object that names its field: the whole fact's as it is."""
    if value is None or (isinstance(value, dict) and not change.field):
        return value
    return {change.field or "id": value}


def _told(read: Callable[[StoredClaim], Cell]) -> Callable[[ChangeLine], Cell]:
    return lambda line: None if line.logged.told is None else read(line.logged.told)


_COLUMNS: tuple[Column[ChangeLine], ...] = (
    Column("recorded_at", "moment", lambda line: line.logged.recorded_at),
    Column("change", "text", lambda line: line.change.kind),
    Column("cause", "text", lambda line: line.change.cause),
    Column("company", "text", lambda line: line.company.key),
    Column("company_name", "text", lambda line: line.company.name),
    Column("company_name_zh", "text", lambda line: line.company.name_zh),
    Column("type", "text", lambda line: line.change.fact_type),
    Column("fact_id", "text", lambda line: line.change.fact_id),
    Column("field", "text", lambda line: line.change.field or None),
    Column("old_value", "values", lambda line: _values(line.change, line.change.old_value)),
    Column("new_value", "values", lambda line: _values(line.change, line.change.new_value)),
    Column("claim_id", "text", lambda line: line.change.claim_key),
    Column("sentence", "text", _told(lambda told: told.claim.sentence)),
    Column("publisher", "text", _told(lambda told: told.publisher)),
    Column("source_url", "link", _told(lambda told: told.article_url)),
)


def what_changed(change: Change, language: ReportLanguage = "en") -> str:
    """The entry as one phrase: "amount: $140M → $141M", "new: Series C, $141M"."""
    if change.field == "id":
        return _whole(change.kind, language).format(change.new_value)
    if not change.field:
        values = change.new_value if isinstance(change.new_value, dict) else change.old_value
        return _whole(change.kind, language).format(what_is_told(_as_fact(change, values), language))
    name = word_or_text(language, "fields", "amount" if change.field == "money" else change.field)
    return f"{name}: {_text(change, change.old_value, language)} → {_text(change, change.new_value, language)}"


def _whole(kind: ChangeKind, language: ReportLanguage) -> str:
    """What became of a whole fact, with a place for it or for another id."""
    return label(language, "listing", kind)


def _text(change: Change, value: Any, language: ReportLanguage) -> str:
    if value is None:
        return _UNKNOWN
    if change.field == "status":
        return status_text(cast(Status, value), language)
    fact = _as_fact(change, {change.field: value})
    return chosen_text(fact, "amount" if change.field == "money" else change.field, language)


def _as_fact(change: Change, values: Mapping[str, Any]) -> Fact:
    """The fact as the log remembers it, for those who put facts into words; nobody holds its claims any more."""
    status = cast(Status, values.get("status", "reported"))
    fields = {name: value for name, value in values.items() if name not in ("status", "company", "money")}
    fields |= {_MONEY_FIELDS[part]: value for part, value in values.get("money", {}).items()}
    told = {name: FactField(value, status, "only value", ()) for name, value in fields.items()}
    return Fact(change.fact_id, cast(Any, change.fact_type), change.company_key, status, told, ())


def _shown(language: ReportLanguage) -> list[ShownColumn[ChangeLine]]:
    return [
        ShownColumn("recorded (UTC)", lambda line: f"{line.logged.recorded_at:%Y-%m-%d %H:%M}"),
        ShownColumn("cause", lambda line: word_or_text(language, "cause", line.change.cause)),
        ShownColumn("company", lambda line: display_name(line.company, language)),
        ShownColumn("fact", lambda line: word_or_text(language, "fact_type", line.change.fact_type)),
        ShownColumn("change", lambda line: Shown(what_changed(line.change, language), url=_url(line))),
        ShownColumn("id", lambda line: line.change.fact_id),
    ]


def _url(line: ChangeLine) -> str | None:
    return line.logged.told.article_url if line.logged.told else None
