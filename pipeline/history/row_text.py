"""A row as a line that people read: the evidence of its claims, in our words."""

from __future__ import annotations

from decimal import Decimal

from pipeline.history.table import Row

_EXACTNESS = {"=": "", "~": "about ", ">": "over ", ">=": "at least ", "<": "under ", "<=": "up to "}
_UNSETTLED = {"talks": "talks about a ", "cancelled_plan": "a plan that was given up: "}
_LONGEST_NOTE = 300
_SIZES = ((Decimal(10**9), "B"), (Decimal(10**6), "M"))


def round_text(row: Row, what: str | None = None) -> str:
    """A deal, such as "Runway: Series C, USD 50M, 2022-12; led by Felicis Ventures."."""
    parts = [what or _round_name(row), _sum(row, "amount"), row.text("announced_on")]
    leads = row.names("lead_investors")
    others = [name for name in row.names("investors") if name not in leads]
    clauses = [", ".join(part for part in parts if part)]
    clauses += [f"led by {', '.join(leads)}"] if leads else []
    clauses += [f"with {', '.join(others)}"] if others else []
    return _line(row, "; ".join(clauses))


def valuation_text(row: Row) -> str:
    """A price, such as "Runway: valued at USD 3B, 2025-04-03."."""
    kind = row.text("valuation_kind") or "unspecified"
    parts = [
        f"valued at {_sum(row, 'valuation')}",
        "" if kind == "unspecified" else kind.replace("_", "-"),
        row.text("announced_on"),
    ]
    return _line(row, ", ".join(part for part in parts if part))


def event_text(row: Row) -> str:
    """The row's headline, which is our own wording of what the page says."""
    return row.needed("headline")[:_LONGEST_NOTE]


def chinese_note(row: Row) -> str | None:
    """The row's own words in Chinese, "" where it has none but its fields; None where nobody put them in Chinese."""
    told = next((name for name in ("headline", "note") if row.text(name)), None)
    if told is None:
        return ""
    chinese = row.text(f"{told}_zh")
    return chinese[:_LONGEST_NOTE] if chinese else None


def _round_name(row: Row) -> str:
    kind = (row.text("investment_type") or "series_unknown").replace("series_unknown", "funding round")
    name = kind.replace("_", " ").capitalize() if kind.startswith("series") else kind.replace("_", " ")
    name = f"Series {name[-1].upper()}" if name.startswith("Series ") else name
    qualifier = row.text("series_qualifier") or ("extension" if row.text("extension") == "True" else None)
    return f"{_UNSETTLED.get(row.text('claim_kind') or '', '')}{name}" + (f" ({qualifier})" if qualifier else "")


def _sum(row: Row, column: str) -> str:
    amount, upper = row.number(column), row.number(f"{column}_max")
    if amount is None:
        return ""
    exactness = _EXACTNESS[row.operator(f"{column}_op")]
    until = f" to {_digits(upper)}" if upper is not None else ""
    return f"{exactness}{row.currency() or '?'} {_digits(amount)}{until}"


def _digits(number: Decimal) -> str:
    """As people write a sum, to the digit: 141M, 2.98B, 19,500."""
    for size, letter in _SIZES:
        if number >= size and number % (size / 10_000) == 0:
            return f"{number / size:,.4f}".rstrip("0").rstrip(".") + letter
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def _line(row: Row, said: str) -> str:
    """What the line itself cannot say goes first: a note is cut where there is little room."""
    note = (row.text("note") or "")[:_LONGEST_NOTE]
    company = row.needed("company")
    return f"{note[0].upper()}{note[1:].rstrip('.')}. Told of {company}: {said}." if note else f"{company}: {said}."
