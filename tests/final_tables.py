"""What a database holds in the end, without row numbers and the moments of recording: for comparing two runs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

COMPARED = {
    "company": "*",
    "page": "key, url, source_key, state, outcome",
    "article": "key, url, title, publisher, original_publisher, published, relevance, reasons, source_key, revision, "
    "story_key",
    "article_revision": "article_key, number, title, text",
    "claim": "key, article_key, type, company_key, status, start, end, evidence, event_date, amount, currency, fields",
    "fact": "*",
    "fact_field": "*",
    "fact_support": "*",
    "funding_round": "*",
    "investment": "*",
    "valuation": "*",
    "finding": "*",
    "article_sketch": "*",
    "sketch_band": "*",
    "stale_company": "*",
}


def final_tables(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every compared table's rows, sorted."""
    with sqlite3.connect(database) as connection:
        return {
            table: sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in COMPARED.items()
        }
