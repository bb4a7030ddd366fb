"""A public view as CSV and Parquet, batch by batch: what a view holds need not fit into memory.

pyarrow costs 40 MB and a fifth of a second: import this module only where it is asked for.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from db.publishing.public_views import View
from db.schema.meanings import ViewKind
from reports.tables.data import csv_value

_ARROW: Mapping[ViewKind, pa.DataType] = {
    "text": pa.string(),
    "decimal": pa.decimal128(38, 6),
    "rate": pa.decimal128(38, 14),
    "integer": pa.int64(),
    "true or false": pa.bool_(),
    "day": pa.date32(),
    "moment (UTC)": pa.timestamp("us", tz="UTC"),
    "JSON": pa.string(),
}


def write_view(view: View, batches: Iterable[Sequence[Sequence[Any]]], csv_file: Path, parquet_file: Path) -> int:
    """Write both files and answer how many rows they have; the same rows give the same bytes.

    Parquet holds the values as they are. CSV is UTF-8 without a byte order mark, RFC 4180 with line feeds, an empty
    cell for unknown; text on one line, and disarmed where a spreadsheet would calculate it. Raises OSError.
    """
    schema = pa.schema([pa.field(column.name, _ARROW[column.kind]) for column in view.columns])
    count = 0
    with csv_file.open("w", encoding="utf-8", newline="") as text, pq.ParquetWriter(parquet_file, schema) as frames:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([column.name for column in view.columns])
        for rows in batches:
            writer.writerows([csv_value(value) for value in row] for row in rows)
            frames.write_table(_table(schema, rows))
            count += len(rows)
    return count


def _table(schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [
        pa.array([_text(value) if isinstance(value, dict) else value for value in values], type=field.type)
        for field, values in zip(schema, columns, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
