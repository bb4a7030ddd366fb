"""The readers of money, dates and rounds as the evaluation's own programs call them. From the checkout:

python ../shared/eval/run_phrasings.py money tests.readers:money
python ../shared/eval/run_phrasings.py dates tests.readers:dates
python ../shared/eval/run_phrasings.py rounds tests.readers:rounds
python ../shared/eval/run_specs.py money tests.readers:currencies
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.evaluation.vocabulary import series_in_vocabulary
from pipeline.fold import fold_text
from pipeline.values.dates import find_dates
from pipeline.values.money import find_money
from pipeline.values.series import find_series


def money(text: str, lang: str) -> list[tuple[int, int, Decimal, str | None, str]]:
    """(start, end, amount, currency, operator) of every sum."""
    return [
        (each.start, each.end, each.money.amount, each.money.currency, each.money.operator)
        for each in find_money(fold_text(text), lang)
    ]


def currencies(text: str, lang: str) -> list[tuple[int, int, Decimal, str | None]]:
    """(start, end, amount, currency) of every sum."""
    return [found[:4] for found in money(text, lang)]


def dates(text: str, reference: date, lang: str) -> list[tuple[int, int, str | None]]:
    """(start, end, ISO period) of every date; a stretch is written START/END, a vague word is None."""
    found = find_dates(fold_text(text), reference, lang)
    return [
        (each.start, each.end, each.date.iso if each.date else each.stretch and "/".join(map(str, each.stretch)))
        for each in found
    ]


def rounds(text: str, lang: str) -> list[tuple[int, int, str, bool]]:
    """(start, end, series, extension) of every round's name, in the evaluation's vocabulary."""
    return [
        (each.start, each.end, *series_in_vocabulary(each.investment_type, each.qualifier))
        for each in find_series(fold_text(text), lang)
    ]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
