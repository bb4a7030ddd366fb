"""A listing before it has a format: typed columns for machines, and beside them the cells a person is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from db.model import StoredClaim
from db.values import Money, Operator, PartialDate
from reports.escaping import shortened
from reports.wording.labels import label, labels
from reports.wording.row_notes import note_in
from reports.wording.values import ReportLanguage, sample_note, word

Record = TypeVar("Record")
Kind = Literal["text", "link", "texts", "count", "amount", "flag", "partial_date", "day", "moment", "values"]
Cell = str | int | bool | Decimal | date | datetime | Sequence[str] | Mapping[str, Any] | None
"""What a machine gets, by kind: text and link a str, texts a sequence, count an int, amount a Decimal, flag a bool,
partial_date ISO text at its precision, day a date, moment an aware datetime, values a JSON object. None: unknown."""

SAMPLE_NOTE = f"{sample_note('en')} · {sample_note('zh')}"
"""In both languages: listings have headings in English and readers of both."""


NOT_LOOKED = word("en", "unknown", "not_looked")
"""A cell of which nobody looked up what belongs there: neither "not stated" nor "undisclosed"."""
_OPERATOR_NAMES: Mapping[Operator, str] = {
    "=": "exactly",
    "~": "about",
    ">": "more_than",
    ">=": "at_least",
    "<": "less_than",
    "<=": "at_most",
}
"""Spelled out for machines: a spreadsheet takes a bare "=" for a formula."""


PRECISIONS = ("year", "half", "quarter", "month", "week", "day")
STATUSES = ("denied", "rumored", "reported", "confirmed")
ROUND_ORDER = (
    *("pre_seed", "angel", "seed", *(f"series_{letter}" for letter in "abcdefghij"), "private_equity"),
    *("post_ipo_equity", "secondary_market", "corporate_round", "convertible_note", "debt_financing", "post_ipo_debt"),
    *("grant", "non_equity_assistance", "equity_crowdfunding", "product_crowdfunding", "initial_coin_offering"),
    *("series_unknown", "undisclosed"),
)
"""Orders of values: the least precise, the least sure, the earliest round first; other money stands behind equity."""
_LONGEST_SENTENCE = 120
"""Characters of a sentence in a table's row; the machine formats have all of it."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """One column for machines, under Crunchbase's name where it has one."""

    name: str
    kind: Kind
    value: Callable[[Record], Cell]
    order: Sequence[str] = ()
    """All values it can have, lowest first, where they have an order: a frame makes them categories."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell for people, plain text not yet escaped. `derived`: computed by us, told by nobody (shown in italics)."""

    text: str
    derived: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ShownColumn(Generic[Record]):
    """One column for people. `wide`: left out of a narrow terminal, where it would leave no room for the others.

    `sorted_by` is the machine's column that orders rows where a person asks for this one.
    """

    heading: str
    value: Callable[[Record], Shown | str]
    right: bool = False
    wide: bool = False
    sorted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Listing(Generic[Record]):
    """Records in their final order, and both ways to show them. `sample`: the database holds samples, not news."""

    name: str
    columns: Sequence[Column[Record]]
    shown: Sequence[ShownColumn[Record]]
    records: Sequence[Record]
    sample: bool
    notes: Sequence[str] = ()
    """What a reader must know to read the numbers: definitions, said below a table and in JSON."""
    language: ReportLanguage = "en"
    """In which people are shown it; names of columns, which one types, are English in either."""

    def heading(self, column: ShownColumn[Record]) -> str:
        """A column's heading in the listing's language."""
        return str(labels(self.language)["headings"].get(column.heading, column.heading))

    @property
    def title(self) -> str:
        """The listing's name in its language."""
        return str(labels(self.language)["headings"].get(self.name, self.name))

    @property
    def columns_of_data(self) -> list[Column[Record]]:
        """All columns for machines: the last one, `sample`, says in every row that a sample is no news."""
        note = SAMPLE_NOTE if self.sample else None
        return [*self.columns, Column("sample", "text", lambda _: note)]

    def rows(self) -> Iterator[dict[str, Cell]]:
        """Each record as its columns for machines."""
        columns = self.columns_of_data
        for record in self.records:
            yield {column.name: column.value(record) for column in columns}

    def shown_rows(self, columns: Sequence[ShownColumn[Record]]) -> Iterator[list[Shown]]:
        """Each record as its cells for people, in these of its columns."""
        for record in self.records:
            cells = (column.value(record) for column in columns)
            yield [Shown(cell) if isinstance(cell, str) else cell for cell in cells]


def money_columns(name: str, value: Callable[[Record], Money | None]) -> list[Column[Record]]:
    """A sum over four columns, so that no amount stands without its currency and operator."""
    amount, upper, operator = dollar_columns(name, value)

    def currency(record: Record) -> Cell:
        return None if (money := value(record)) is None else money.currency

    return [amount, upper, Column(f"{name}_currency", "text", currency), operator]


def dollar_columns(name: str, value: Callable[[Record], Money | None]) -> list[Column[Record]]:
    """A sum in the currency its name says, over three columns: never the lower end of a range as if it were all."""

    def part(read: Callable[[Money], Cell]) -> Callable[[Record], Cell]:
        return lambda record: None if (money := value(record)) is None else read(money)

    return [
        Column(name, "amount", part(lambda money: money.amount)),
        Column(f"{name}_max", "amount", part(lambda money: money.amount_max)),
        Column(f"{name}_operator", "text", part(lambda money: _OPERATOR_NAMES[money.operator])),
    ]


def date_columns(name: str, value: Callable[[Record], PartialDate | None]) -> list[Column[Record]]:
    """A date as ISO text at its precision, and that precision."""

    def iso(record: Record) -> Cell:
        return None if (when := value(record)) is None else when.iso

    def precision(record: Record) -> Cell:
        return None if (when := value(record)) is None else when.precision

    return [Column(name, "partial_date", iso), Column(f"{name}_precision", "text", precision, PRECISIONS)]


def sentence_columns(told: Callable[[Record], StoredClaim]) -> list[Column[Record]]:
    """The sentence held and the words in it that are the evidence; for a page nobody quotes, our note of it instead."""

    def held(record: Record) -> bool:
        return told(record).evidence_class == "sentence"

    return [
        Column("sentence", "text", lambda record: told(record).claim.sentence if held(record) else None),
        Column("evidence", "text", lambda record: told(record).claim.evidence if held(record) else None),
        Column("note", "text", lambda record: None if held(record) else told(record).claim.sentence),
    ]


def sentence_shown(
    told: Callable[[Record], StoredClaim], language: ReportLanguage = "en", *, wide: bool = False
) -> ShownColumn[Record]:
    """The sentence, linked to its article; our note of a page is no quotation and says so."""

    def shown(record: Record) -> Shown:
        stored = told(record)
        text = shortened(note_in(stored, language), _LONGEST_SENTENCE)
        if stored.evidence_class != "sentence":
            text = f"{label(language, 'listing', 'our_note')} {text}"
        return Shown(text, url=stored.article_url)

    return ShownColumn("sentence", shown, wide=wide)
