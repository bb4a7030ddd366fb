"""`dailies export`: every public view as CSV and Parquet that pandas reads back whole, and a manifest that vouches."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pandas as pd
import pytest
from sqlmodel import Session, select

from dailies.commands.output import UnwritableOutput
from dailies.upkeep import export
from dailies.upkeep.export import write_export
from db.connection.engine import SCHEMA_VERSION, open_database
from db.publishing.public_views import public_views, view_rows
from db.schema.meanings import Meanings
from db.schema.tables import CompanyRow
from reports.tables.data import csv_value
from reports.tables.listing import SAMPLE_NOTE
from reports.tables.view_files import write_view
from tests.claims import claim
from tests.stored_news import store_article

NOW = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
EVIDENCE = "raised 1.05亿元 in its A+ round"
CLAIMS = (
    claim(
        amount=105_000_000,
        currency="CNY",
        operator="~",
        on="2026-02-11",
        fields={"investment_type": "series_a", "series_qualifier": "A+", "investors": ["=1+1", "红杉中国"]},
        sentence="a" * 400 + EVIDENCE + "b" * 400,
        evidence=EVIDENCE,
    ),
    claim("valuation", amount="1500000000.5", on="2026", fields={"valuation_kind": "pre_money"}),
    claim("metric", amount=12, on="2026-Q1", fields={"metric": "users"}, sentence='=HYPERLINK("http://evil.example")'),
    claim("layoffs", on="2026-01", fields={"headcount": 40, "percent": 12.5}, sentence="<script>alert(1)</script>"),
    claim("acquisition", fields={"acquirer": "@SUM\u202eBuyer"}, sentence="\x1b[31mBought\x1b[0m\r\ntoday"),
    claim("leadership_change", fields={"person": "=Ada", "direction": "departure"}, sentence="She goes."),
    claim(amount=9_000_000, status="rumored", said_by="unnamed_people", sentence="Talks."),
)


def filled(url, kind="real"):
    engine = open_database(url, kind)
    store_article(engine, *CLAIMS, title="+cmd|' /C calc'!A0 " + "长" * 10_000)
    with Session(engine) as session:
        session.exec(select(CompanyRow)).one().domain = "runway.example"
        session.commit()
    return engine


def stored(engine):
    """What the views hold, by name."""
    with engine.connect() as connection:
        return {
            view: [row for batch in view_rows(connection, view) for row in batch]
            for view in public_views(connection, Meanings())
        }


def test_pandas_reads_back_every_row_of_both_forms(database_url, tmp_path):
    engine = filled(database_url)

    files = write_export(engine, tmp_path / "out", NOW)

    for view, rows in stored(engine).items():
        assert rows, view.name
        names = [column.name for column in view.columns]
        frame = pd.read_parquet(tmp_path / f"out/{view.name}.parquet", dtype_backend="pyarrow")
        told = [
            [json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict) else cell for cell in row] for row in rows
        ]
        assert list(frame.columns) == names
        assert frame.astype(object).where(frame.notna(), None).to_numpy().tolist() == told
        text = pd.read_csv(tmp_path / f"out/{view.name}.csv", dtype=str, keep_default_na=False)
        assert list(text.columns) == names
        assert text.to_numpy().tolist() == [[csv_value(cell) for cell in row] for row in rows]
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == sorted(["manifest.json", *(file.name for file in files)])


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """An export of samples."""
    folder = tmp_path_factory.mktemp("samples")
    write_export(filled(f"sqlite:///{folder}/samples.db", "sample"), folder / "out", NOW)
    return folder / "out"


def test_no_cell_calculates_and_every_row_is_one_line(samples):
    for file in samples.glob("*.csv"):
        text = file.read_text("utf-8")
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        assert len(text.splitlines()) == len(frame) + 1
        assert "\x1b" not in text and "\u202e" not in text
        assert [cell for cell in frame.to_numpy().ravel() if len(cell) > 1 and cell[0] in "=+-@"] == []


def test_a_quote_is_short_and_holds_its_evidence_and_no_text_leaves(samples):
    claims = pd.read_csv(samples / "claims.csv", dtype=str, keep_default_na=False)
    quote = claims[claims.type == "funding_round"].quote.loc[lambda quotes: quotes.str.startswith("…")].item()
    assert len(quote) == 300 and EVIDENCE in quote
    assert set(claims.source_url) == {"https://dailyreel.example/1"}
    assert [file.name for file in samples.iterdir() if b"a" * 300 in file.read_bytes()] == []


def test_the_manifest_vouches_for_every_file(samples):
    manifest = json.loads((samples / "manifest.json").read_text("utf-8"))
    told = {file.pop("name"): file for file in manifest.pop("files")}
    assert manifest == {
        "schema_version": SCHEMA_VERSION,
        "exported_at": "2026-03-01T06:30:00+00:00",
        "sample": SAMPLE_NOTE,
    }
    for name, file in told.items():
        content = (samples / name).read_bytes()
        table = samples / f"{name.split('.')[0]}.csv"
        assert file.pop("rows") == (None if name == "README.md" else len(pd.read_csv(table)))
        assert file == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    readme = (samples / "README.md").read_text("utf-8")
    assert SAMPLE_NOTE in readme
    assert [name for name in told if name.endswith(".csv") and f"### {name[:-4]}" not in readme] == []


def test_an_export_that_fails_leaves_the_one_before(tmp_path, monkeypatch):
    engine = filled(f"sqlite:///{tmp_path}/dailies.db")
    first = write_export(engine, tmp_path / "out", NOW)
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    (tmp_path / "out/.export-killed").mkdir()  # what a kill left behind
    written = []

    def full(view, *rest):
        if written:
            raise OSError(28, "No space left on device")
        written.append(view.name)
        return write_view(view, *rest)

    monkeypatch.setattr(export, "write_view", full)
    with pytest.raises(UnwritableOutput, match=r"cannot write into .*out: No space left on device"):
        write_export(engine, tmp_path / "out", NOW)

    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    monkeypatch.undo()
    assert write_export(engine, tmp_path / "out", NOW) == first, "the same database gives the same files"
