"""Column types that keep what SQLite would lose: exact amounts and moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Dialect, Integer, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

LARGEST_AMOUNT = Decimal(2**63 - 1)
_EXACT_DIGITS = 15


class ExactNumber(TypeDecorator[Decimal]):
    """A Decimal that comes back as it went in, and sorts and sums as a number in SQL.

    SQLite keeps whole numbers below 2^63 and decimals of up to 15 digits exactly under NUMERIC affinity; anything
    beyond is refused with ValueError instead of being rounded, on PostgreSQL too, so that both hold the same.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL has exact decimals of its own; SQLite is handed numbers and text."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(asdecimal=True))
        return dialect.type_descriptor(_SqliteNumeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Whole numbers as integers, others as decimal text; PostgreSQL takes a Decimal as it is."""
        if value is None:
            return value
        whole = value == value.to_integral_value() and abs(value) <= LARGEST_AMOUNT
        if not whole and len(value.as_tuple().digits) > _EXACT_DIGITS:
            raise ValueError(f"amount {value} has more digits than the database keeps exactly; leave it out")
        if dialect.name == "postgresql":
            return value
        return int(value) if whole else format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Back to a Decimal without trailing zeros."""
        if value is None or type(value) is int:  # as SQLite holds nearly all of them
            return None if value is None else Decimal(value)
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


class _SqliteNumeric(Integer):
    """Declared NUMERIC, handled by nobody in between."""

    __visit_name__ = "NUMERIC"
    precision = None
    scale = None

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class UtcMoment(TypeDecorator[datetime]):
    """An aware datetime, stored and returned in UTC. A naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite has no zones and gets the naive UTC time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; say which one it is in")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


RowNumber = BigInteger().with_variant(Integer, "sqlite")
"""An automatic row number: SQLite counts only INTEGER primary keys by itself."""

SortedText = String().with_variant(String(collation="C"), "postgresql")
"""Text that sorts by code point, as SQLite does by itself: PostgreSQL would sort by the language of its server.

Migrations make every text column of it; the classes in `db.schema.tables` need not know, it matters to the server only.
"""


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A check that a column holds one of these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")
