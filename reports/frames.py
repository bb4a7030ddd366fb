"""A listing as a pandas DataFrame with nullable types, and as the Parquet file and the Excel sheet made from it.

pandas costs 135 MB and half a second: import this module only where a frame is asked for.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from reports.tables.listing import Cell, Column, Kind, Listing

_ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "link": pa.string(),
    "partial_date": pa.string(),
    "values": pa.string(),
    "texts": pa.list_(pa.string()),
    "count": pa.int64(),
    "amount": pa.decimal128(38, 6),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
}
"""Arrow's types hold each kind exactly, and null in all of them; amounts as decimals, as PostgreSQL keeps them."""


def frame(listing: Listing[Any]) -> pd.DataFrame:
    """The listing's columns for machines, in order. Raises pyarrow.ArrowInvalid where a value exceeds its type."""
    rows = list(listing.rows())
    return pd.DataFrame(
        {column.name: _array(column, [row[column.name] for row in rows]) for column in listing.columns_of_data}
    )


def _array(column: Column[Any], values: list[Cell]) -> Any:
    """Values that have an order are ordered categories, so that "at least reported" can be asked; unknown is null."""
    if column.order:
        known = [*column.order, *sorted({str(value) for value in values if value is not None} - set(column.order))]
        return pd.Categorical(values, categories=known, ordered=True)
    return pd.arrays.ArrowExtensionArray(pa.array(map(_arrow_value, values), type=_ARROW[column.kind]))


def _arrow_value(value: Cell) -> Any:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return list(value) if isinstance(value, tuple) else value


def parquet_bytes(listing: Listing[Any]) -> bytes:
    """The listing as a Parquet file, which every reader takes by Arrow's own types.

    pandas would note its names of them beside, and then fail on the one for lists when it reads the file again.
    """
    buffer = BytesIO()
    table = pa.Table.from_pandas(frame(listing), preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), buffer)
    return buffer.getvalue()
