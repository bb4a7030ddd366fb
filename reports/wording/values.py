"""How values are written for people, in English and in Chinese: money, dates, series, statuses, counts.

Amounts are exact: a unit (M, 亿) is used only where it needs few decimals, never by rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from db.model import EvidenceClass, FieldValue, Status
from db.values import Money, PartialDate
from reports.wording.word_files import word_file

ReportLanguage = Literal["en", "zh"]
LANGUAGES: tuple[ReportLanguage, ...] = ("en", "zh")

MARKS: Mapping[Status, str] = {"confirmed": "●", "reported": "◐", "rumored": "○", "denied": "✕"}
EVIDENCE_MARKS: Mapping[EvidenceClass, str] = {"sentence": "§", "page": "¶", "cited": "†"}

_UNITS: Mapping[ReportLanguage, tuple[tuple[str, int], ...]] = {
    "en": (("T", 10**12), ("B", 10**9), ("M", 10**6), ("K", 10**3)),
    "zh": (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)),
}
_MOST_DECIMALS = 4
"""Of a unit; a sum that needs more is written out."""
_ZH_BUCKETS = {
    10**power: f"数{word}"
    for power, word in enumerate(("十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿"), start=1)
}
"""数千万 by its lower bound: what a Chinese text calls an interval from 10^n to 10^(n+1)."""


def words(language: ReportLanguage, group: str) -> Any:
    """A whole group of `values.yml`. Raises KeyError where there is none of that name."""
    return word_file("values.yml")[language][group]


def word(language: ReportLanguage, group: str, key: str) -> str:
    """One word of `values.yml`. Raises KeyError, naming group and key, where it has none."""
    found = words(language, group).get(key)
    if found is None:
        raise KeyError(f"values.yml has no {group}.{key} in {language}")
    return str(found)


def word_or_text(language: ReportLanguage, group: str, value: FieldValue) -> str:
    """The word for a value, the value itself where the table has none, "not stated" for None."""
    if value is None:
        return not_stated(language)
    return str(words(language, group).get(str(value), value))


def not_stated(language: ReportLanguage) -> str:
    """Nothing we read says it."""
    return word(language, "unknown", "not_stated")


def undisclosed(language: ReportLanguage) -> str:
    """It is known to exist and its value is not public, or not stated where we read of it."""
    return word(language, "unknown", "undisclosed")


def sample_note(language: ReportLanguage) -> str:
    """What every output of a database of samples says."""
    return str(words(language, "sample"))


def listed(language: ReportLanguage, names: Sequence[str]) -> str:
    """Names one after another."""
    return str(words(language, "list_separator")).join(names)


def number_text(amount: Decimal, language: ReportLanguage, *, scaled: bool = True) -> str:
    """An exact number: "141M" or "1.41亿", written out ("1,234,567") where a unit would need too many decimals."""
    unit, size = next(((unit, size) for unit, size in _UNITS[language] if amount >= size), ("", 1))
    parts = amount / size
    if not scaled or parts * size != amount or _decimals(parts) > _MOST_DECIMALS:
        return f"{amount.normalize():,f}"
    # No thousands separators before a Chinese unit or without one: 9500万, 9600元.
    return f"{parts.normalize():,f}{unit}" if language == "en" else f"{parts.normalize():f}{unit}"


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def money_text(money: Money | None, language: ReportLanguage) -> str:
    """A sum with its operator and currency: "over $100M", 超过1亿美元; None is "undisclosed"."""
    if money is None:
        return undisclosed(language)
    bucket = _ZH_BUCKETS.get(int(money.amount)) if language == "zh" and _is_bucket(money) else None
    if bucket:
        return _with_currency(bucket, money.currency, language)
    low = number_text(money.amount, language)
    if money.amount_max is not None:
        return _interval(low, number_text(money.amount_max, language), money.currency, language)
    return str(words(language, "operators")[money.operator]).format(_with_currency(low, money.currency, language))


def _is_bucket(money: Money) -> bool:
    return money.operator == ">=" and money.amount_max == money.amount * 10


def _interval(low: str, high: str, currency: str | None, language: ReportLanguage) -> str:
    if language == "zh" or currency is None:
        return _with_currency(f"{low}–{high}", currency, language)
    return f"{_with_currency(low, currency, language)}–{_with_currency(high, currency, language)}"


def _with_currency(number: str, currency: str | None, language: ReportLanguage) -> str:
    if currency is None:
        space = " " if language == "en" else ""
        return f"{number}{space}{word(language, 'unknown', 'currency')}"
    form = words(language, "currencies").get(currency)
    if form is not None:
        return str(form).format(number)
    return f"{currency} {number}" if language == "en" else f"{number}{currency}"


def count_text(count: Money, language: ReportLanguage) -> str:
    """A number of things with its operator: "over 500,000", 超过50万."""
    low = number_text(count.amount, language, scaled=language == "zh")
    if count.amount_max is not None:
        return f"{low}–{number_text(count.amount_max, language, scaled=language == 'zh')}"
    return str(words(language, "operators")[count.operator]).format(low)


def date_text(when: PartialDate | None, language: ReportLanguage) -> str:
    """A date at its own precision: "29 Jun 2023", "Jun 2023", 2023年第二季度; None is "not stated"."""
    if when is None:
        return not_stated(language)
    first, precision = when.first_day(), when.precision
    part = ""
    if precision == "half":
        part = words(language, "halves")[first.month // 7]
    elif precision == "quarter":
        part = words(language, "quarters")[first.month // 3]
    elif precision == "week":
        part = str(int(when.iso[6:]))
    return str(words(language, "dates")[precision]).format(
        year=when.iso[:4], month=words(language, "months")[first.month - 1], day=first.day, part=part
    )


def series_text(investment_type: FieldValue, qualifier: FieldValue, language: ReportLanguage) -> str:
    """A round's name: "Series C extension", "Pre-Series A", C轮追加, A+轮; unknown is said to be unknown."""
    kind = str(investment_type or "series_unknown")
    forms = words(language, "series")
    if not kind.startswith("series_") or kind == "series_unknown":
        if kind == "series_unknown" and qualifier in ("extension", "several"):
            return str(forms["extension_unknown" if qualifier == "extension" else "several"])
        name = word_or_text(language, "investment_type", kind)
        return str(forms["extension"]).format(name) if qualifier == "extension" else name
    letter = kind.removeprefix("series_").upper()
    if qualifier == "pre":
        return str(forms["pre"]).format(letter)
    if qualifier == "extension":
        return str(forms["extension"]).format(str(forms["plain"]).format(letter))
    suffixed = str(qualifier) if qualifier else letter
    if suffixed.startswith("Pre-"):
        return str(forms["pre"]).format(suffixed.removeprefix("Pre-"))
    return str(forms["plain"]).format(suffixed)


def status_text(status: Status, language: ReportLanguage) -> str:
    """A status with its mark: "● confirmed"."""
    return f"{MARKS[status]} {word(language, 'status', status)}"


def seen_mark(witnesses: int, outlets: int) -> str:
    """Independent origins of articles seen: "2/4"."""
    return f"{witnesses}/{outlets}"


def seen_text(witnesses: int, outlets: int, language: ReportLanguage) -> str:
    """The same in words."""
    return str(words(language, "seen")).format(independent=witnesses, seen=outlets)
