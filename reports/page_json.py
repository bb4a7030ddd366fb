"""Reports as JSON: the values the pages show, under the names of their dataclasses, and the fields of each fact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.nouns.facts import Fact
from db.values import PartialDate

SHOWN = "shown"
"""A field of a report whose metadata says that it is not is for the program only."""


def page_json(report: Any) -> str:
    """A report's dataclass as one JSON object; dates in ISO at their precision, amounts as decimal text."""
    return json.dumps(_plain(report), ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Fact):
        return {name: _plain(field) for name, field in value.fields.items()}
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name)) for field in fields(value) if field.metadata.get(SHOWN, True)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value
