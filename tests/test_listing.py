"""Listings: the same rows in every format, samples marked in each, and nothing in a cell that acts."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dailies.commands import listings
from dailies.commands.companies import CompanyFilters
from dailies.commands.companies import companies as table
from dailies.commands.output import UnwritableOutput, emit
from dailies.failures import UsageError, known_failures
from db.connection.engine import open_database
from db.values import Money, PartialDate
from reports.frames import frame, parquet_bytes
from reports.listings.claims import claim_lines, claim_listing
from reports.tables.choice import sorted_by
from reports.tables.data import csv_lines, json_lines, json_text
from reports.tables.listing import STATUSES, Column, Listing, Shown, ShownColumn, date_columns, money_columns
from reports.tables.text import markdown_table, table_text
from reports.tables.workbook import workbook_bytes
from tests.claims import claim, stored
from tests.stored_news import store_article

NOTE = "sample data, not for citation · 样例数据，不可引用"
ROWS = [
    {
        "name": "Runway",
        "money": Money(Decimal(141_000_000), "USD", ">"),
        "on": PartialDate("2023-06"),
        "day": date(2023, 6, 29),
        "at": datetime(2023, 6, 29, 12, 30, tzinfo=UTC),
        "names": ["Google", "Nvidia"],
        "url": "https://a.example/1",
        "count": 3,
        "flag": False,
        "fields": {"stage": "beta"},
    },
    {
        "name": '=HYPERLINK("http://evil.example")',
        "money": None,
        "on": PartialDate("2024-02-26"),
        "day": None,
        "at": None,
        "names": None,
        "url": "javascript:alert(1)",
        "count": None,
        "flag": True,
        "fields": None,
    },
]


def listing(rows=ROWS, *, sample=False):
    def read(name):
        return lambda row: row[name]

    return Listing(
        "rounds",
        [
            Column("name", "text", read("name")),
            *money_columns("money_raised", read("money")),
            *date_columns("announced_on", read("on")),
            Column("first_reported_on", "day", read("day")),
            Column("recorded_at", "moment", read("at")),
            Column("investors", "texts", read("names")),
            Column("articles", "count", read("count")),
            Column("candidate", "flag", read("flag")),
            Column("fields", "values", read("fields")),
            Column("source_url", "link", read("url")),
        ],
        [
            ShownColumn("company", lambda row: Shown(row["name"], url=row["url"])),
            ShownColumn(
                "sum", lambda row: Shown("" if row["money"] is None else "over $141M", derived=True), right=True
            ),
            ShownColumn("with", lambda row: ", ".join(row["names"] or ()), wide=True),
        ],
        rows,
        sample,
    )


def text(formed):
    return "".join(formed).splitlines()


def test_table_on_a_pipe():
    assert text(table_text(listing(), StringIO())) == [
        "company                                    sum   with",
        "─" * 63,
        "Runway                              over $141M   Google, Nvidia",
        '=HYPERLINK("http://evil.example")',
    ]


def test_markdown():
    assert text(markdown_table(listing(sample=True))) == [
        f"**{NOTE}**",
        "",
        "| company | sum | with |",
        "| :-- | --: | :-- |",
        "| [Runway](https://a.example/1) | *over $141M* | Google, Nvidia |",
        '| \\=HYPERLINK("http://evil.example") |  |  |',
    ]


def test_csv():
    assert text(csv_lines(listing())) == [
        "name,money_raised,money_raised_max,money_raised_currency,money_raised_operator,announced_on,"
        "announced_on_precision,first_reported_on,recorded_at,investors,articles,candidate,fields,source_url,sample",
        "Runway,141000000,,USD,more_than,2023-06,month,2023-06-29,2023-06-29T12:30:00+00:00,Google; Nvidia,3,false,"
        '"{""stage"": ""beta""}",https://a.example/1,',
        '"\'=HYPERLINK(""http://evil.example"")",,,,,2024-02-26,day,,,,,true,,javascript:alert(1),',
    ]


def test_json_lines():
    first, second = [json.loads(line) for line in json_lines(listing())]
    assert first == {
        "name": "Runway",
        "money_raised": 141000000,
        "money_raised_max": None,
        "money_raised_currency": "USD",
        "money_raised_operator": "more_than",
        "announced_on": "2023-06",
        "announced_on_precision": "month",
        "first_reported_on": "2023-06-29",
        "recorded_at": "2023-06-29T12:30:00+00:00",
        "investors": ["Google", "Nvidia"],
        "articles": 3,
        "candidate": False,
        "fields": {"stage": "beta"},
        "source_url": "https://a.example/1",
        "sample": None,
    }
    assert second["money_raised"] is None


def test_json_is_one_object_with_the_same_rows():
    assert json.loads(json_text(listing())) == {
        "listing": "rounds",
        "sample": None,
        "rows": [json.loads(line) for line in json_lines(listing())],
    }


def sheet_of(formed):
    return openpyxl.load_workbook(BytesIO(workbook_bytes(formed))).active


def test_excel_has_real_numbers_dates_and_links_and_no_formula():
    sheet = sheet_of(listing())
    header, first, second = ([cell.value for cell in row] for row in sheet.iter_rows())
    by_name = dict(zip(header, first, strict=True))
    assert (by_name["money_raised"], by_name["announced_on"]) == (141000000, "2023-06")
    assert (by_name["first_reported_on"], by_name["recorded_at"]) == (
        datetime(2023, 6, 29),
        datetime(2023, 6, 29, 12, 30),
    )
    assert dict(zip(header, second, strict=True))["announced_on"] == datetime(2024, 2, 26)
    assert [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink] == [
        "https://a.example/1"
    ]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert sheet["A3"].quotePrefix


def test_parquet_with_lists_is_read_back_by_plain_pandas():
    """pandas could not read its own name for a column of lists again."""
    back = pd.read_parquet(BytesIO(parquet_bytes(listing())))
    lists = [column.name for column in listing().columns if column.kind == "texts"]
    assert lists and list(back.columns) == [column.name for column in listing().columns_of_data]


def test_parquet_keeps_types_exactly():
    back = pd.read_parquet(BytesIO(parquet_bytes(listing())), dtype_backend="pyarrow")
    assert {name: str(kind) for name, kind in back.dtypes.items()} == {
        "name": "string[pyarrow]",
        "money_raised": "decimal128(38, 6)[pyarrow]",
        "money_raised_max": "decimal128(38, 6)[pyarrow]",
        "money_raised_currency": "string[pyarrow]",
        "money_raised_operator": "string[pyarrow]",
        "announced_on": "string[pyarrow]",
        "announced_on_precision": "dictionary<values=string, indices=int8, ordered=1>[pyarrow]",
        "first_reported_on": "date32[day][pyarrow]",
        "recorded_at": "timestamp[us, tz=UTC][pyarrow]",
        "investors": "list<element: string>[pyarrow]",
        "articles": "int64[pyarrow]",
        "candidate": "bool[pyarrow]",
        "fields": "string[pyarrow]",
        "source_url": "string[pyarrow]",
        "sample": "string[pyarrow]",
    }
    assert back["money_raised"][0] == Decimal(141_000_000)
    assert back["articles"].isna().tolist() == [False, True]


def test_a_sample_says_so_in_every_format():
    sample = listing(sample=True)
    assert NOTE in text(table_text(sample, StringIO()))[0]
    assert NOTE in text(markdown_table(sample))[0]
    assert json.loads(json_text(sample))["sample"] == NOTE
    assert {json.loads(line)["sample"] for line in json_lines(sample)} == {NOTE}
    assert {row["sample"] for row in csv.DictReader(csv_lines(sample))} == {NOTE}
    assert sheet_of(sample)["A1"].value == NOTE
    assert frame(sample)["sample"].tolist() == [NOTE, NOTE]


def test_an_empty_listing_still_has_its_columns():
    assert text(csv_lines(listing([])))[0].startswith("name,money_raised")
    assert list(frame(listing([])).columns) == text(csv_lines(listing([])))[0].split(",")
    assert text(table_text(listing([]), StringIO()))[0] == "company   sum   with"


@given(st.text())
def test_any_text_is_one_row_of_every_format(name):
    row = {**ROWS[0], "name": name}
    formed = listing([row])
    (csv_row,) = csv.DictReader(csv_lines(formed))
    (json_row,) = (json.loads(line) for line in json_lines(formed))
    assert csv_row["name"] in ("=", "+", "-", "@") or not csv_row["name"].startswith(("=", "+", "-", "@"))
    assert json_row["name"] == name
    assert len(text(markdown_table(formed))) == 3


def test_ten_thousand_characters_and_an_escape_pass_every_format():
    formed = listing([{**ROWS[0], "name": "\x1b[2J<script>\u202e" + "x" * 40_000}])
    table = table_text(formed, StringIO())
    assert "\x1b" not in table and "\u202e" not in table and len(table.splitlines()) == 3
    assert len(sheet_of(formed)["A2"].value) == 32_767
    assert parquet_bytes(formed)


class Terminal(StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self):
        return True


def test_a_narrow_terminal_leaves_wide_columns_out(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    assert "with" not in table_text(listing(), Terminal())
    monkeypatch.setenv("COLUMNS", "200")
    assert "with" in table_text(listing(), Terminal())


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A database (of samples: it holds no bundled news) with an article of a round, a valuation and a shutdown."""
    url = f"sqlite:///{tmp_path_factory.mktemp('listing') / 'news.db'}"
    store_article(
        open_database(url, "sample"),
        claim(
            amount=141_000_000,
            on="2023-05",
            fields={"investment_type": "series_d", "investors": ["谷歌"]},
            sentence="Runway完成1.41亿美元D轮融资。",
        ),
        claim("valuation", amount=1_500_000_000, on="2023-05", sentence="估值达15亿美元。"),
        claim("shutdown", on="2023-06-01", fields={"product": "Gen-1"}, sentence="Runway drops Gen-1."),
    )
    return url


def csv_of(capsys):
    return list(csv.DictReader(StringIO(capsys.readouterr().out)))


def test_rounds_of_a_database(news, capsys):
    listings.facts(listings.Asked(news, "table", company="runway"), "rounds")
    note, head, rule, row = capsys.readouterr().out.splitlines()
    assert (note, set(rule)) == (f"rounds: {NOTE}", {"─"})
    assert re.split(" {2,}", head) == ["date", "company", "round", "amount", "investors", "seen", "≠", "sentence", "id"]
    *cells, fact_id = re.split(" {2,}", row)
    assert cells == [
        *("May 2023", "◐ Runway", "Series D", "$141M", "Google", "1/1", "Runway完成1.41亿美元D轮融资。"),
    ]
    assert re.fullmatch("round-c[0-9a-f]{16}", fact_id)


def test_claims_show_source_evidence_and_fact(news, capsys):
    listings.claims(listings.Asked(news, "csv"))
    rows = csv_of(capsys)
    assert sorted((row["type"], row["source_url"], row["evidence"]) for row in rows) == [
        ("funding_round", "https://dailyreel.example/1", "Runway完成1.41亿美元D轮融资。"),
        ("shutdown", "https://dailyreel.example/1", "Runway drops Gen-1."),
        ("valuation", "https://dailyreel.example/1", "估值达15亿美元。"),
    ]
    assert [row["fact_id"].split("-")[-1] for row in rows] == [row["id"] for row in rows]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


@pytest.mark.parametrize("evidence_class", ["sentence", "page", "cited"])
def test_our_note_of_a_page_is_no_quotation(evidence_class):
    told = stored(claim(amount=8_500_000, sentence="Raised $8.5M."), evidence_class=evidence_class)
    formed = claim_listing(claim_lines([told], {}), sample=False)
    (row,), (cells,) = (
        formed.rows(),
        formed.shown_rows([column for column in formed.shown if column.heading == "sentence"]),
    )
    held = evidence_class == "sentence"
    assert (row["sentence"], row["note"]) == (("Raised $8.5M.", None) if held else (None, "Raised $8.5M."))
    assert cells[0].text == ("Raised $8.5M." if held else "(our note) Raised $8.5M.")


def test_metrics_are_listed_as_counts_and_as_money(tmp_path, capsys):
    url = f"sqlite:///{tmp_path / 'metrics.db'}"
    store_article(
        open_database(url, "sample"),
        claim("metric", amount=84_000_000, on="2023", fields={"metric": "arr"}, sentence="Its ARR is $84 million."),
    )

    listings.facts(listings.Asked(url, "csv"), "metrics")

    (row,) = csv_of(capsys)
    assert {
        name: row[name] for name in ("company", "metric", "value", "value_currency", "measured_on", "sentence")
    } == {
        "company": "runway",
        "metric": "arr",
        "value": "84000000",
        "value_currency": "USD",
        "measured_on": "2023",
        "sentence": "Its ARR is $84 million.",
    }


def test_events_are_no_rounds_and_one_type_is_listed_alone(news, capsys):
    listings.facts(listings.Asked(news, "csv"), "events")
    assert [row["description"] for row in csv_of(capsys)] == ["discontinues Gen-1"]
    listings.facts(listings.Asked(news, "csv"), "events", "lawsuit")
    assert csv_of(capsys) == []


@pytest.mark.parametrize(
    ("as_of", "known_at", "rounds"),
    [
        (None, None, 1),
        (datetime(2023, 7, 1), None, 1),
        (datetime(2023, 6, 30), None, 0),
        (None, datetime(2026, 1, 1), 1),
        (None, datetime(2025, 12, 31), 0),
    ],
)
def test_a_listing_as_of_a_day_and_as_known_at_a_moment(news, capsys, as_of, known_at, rounds):
    listings.facts(listings.Asked(news, "jsonl", as_of=as_of, known_at=known_at), "rounds")
    assert len(capsys.readouterr().out.splitlines()) == rounds


def companies(news, **filters):
    table(news, "csv", None, CompanyFilters(**filters))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 1),
        ({"country": "us"}, 1),
        ({"country": "CN"}, 0),
        ({"segment": "video_generation", "funded_since": "2023"}, 1),
        ({"funded_since": "2024-01"}, 0),
        ({"country": "United States", "status": "reported"}, 1),
        ({"country": "美国"}, 1),
        ({"status": "rumored"}, 0),
        ({"investor": "谷歌"}, 1),
        ({"investor": "google"}, 1),
        ({"investor": "Felicis"}, 0),
        ({"investor": "Nvidia", "country": "CN"}, 0),
        ({"min_valuation": "1.5e9"}, 1),
        ({"min_valuation": "1,500,000,001"}, 0),
        ({"min_valuation": "1b"}, 1),
        ({"min_valuation": "$1.5 bn"}, 1),
        ({"min_valuation": "1501m"}, 0),
    ],
)
def test_filters_of_the_company_table(news, capsys, filters, found):
    companies(news, **filters)
    assert len(csv_of(capsys)) == found


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"country": "Chin"}, "dailies: no such country: 'Chin'; known: AU, CA, CN"),
        ({"segment": "avatars"}, "dailies: no such segment: 'avatars'; did you mean avatar?"),
        ({"status": "rumoured"}, "dailies: no such status: 'rumoured'; did you mean rumored?"),
        (
            {"investor": "Felicis Venture"},
            "dailies: no investor is called 'Felicis Venture'; did you mean Felicis Ventures",
        ),
        ({"min_valuation": "1 bln"}, "dailies: no amount in US dollars: '1 bln'; write 1bn, 1e9 or 1000000000"),
        ({"min_valuation": "NaN"}, "dailies: no amount in US dollars: 'NaN'; write 1bn, 1e9 or 1000000000"),
        ({"funded_since": "last year"}, "dailies: no date: 'last year'; write 2024, 2024-06 or 2024-06-30"),
    ],
)
def test_an_unknown_filter_value_is_a_usage_error(news, capsys, filters, message):
    with pytest.raises(SystemExit) as left, known_failures():
        companies(news, **filters)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith(message)


def test_a_table_is_cut_to_columns_and_sorted_as_asked(news, capsys):
    table(news, "csv", None, CompanyFilters(everything=False), sort="-name", columns="name,valuation")
    assert csv_of(capsys) == [
        {"name": "Runway", "valuation": "1500000000", "valuation_max": "", "valuation_currency": "USD",
         "valuation_operator": "exactly", "sample": NOTE},
    ]  # fmt: skip
    table(news, "md", None, CompanyFilters(), columns="company,valuation_usd,last_round")
    assert (
        "| company | valuation_usd | last round |\n| :-- | --: | :-- |\n| Runway | 1500000000 | "
        in capsys.readouterr().out
    )
    with pytest.raises(UsageError, match="no such column: 'valuatoin'; did you mean valuation"):
        table(news, "csv", None, CompanyFilters(), columns="valuatoin")


def test_rows_are_sorted_by_money_in_dollars_and_the_unknown_come_last():
    rows = [{**ROWS[0], "name": name, "count": count} for name, count in (("b", 2), ("a", None), ("C", 11))]
    order = [
        [row["name"] for row in sorted_by(listing(rows), name, turned=turned).records]
        for name, turned in (("name", False), ("name", True), ("articles", False), ("articles", True))
    ]
    assert order == [["a", "b", "C"], ["C", "b", "a"], ["C", "b", "a"], ["b", "C", "a"]]


def test_csv_for_excel_begins_with_a_byte_order_mark(tmp_path, capsys):
    emit(listing(), "csv-bom", tmp_path / "rounds.csv")
    assert (tmp_path / "rounds.csv").read_bytes().startswith(b"\xef\xbb\xbfname,")
    emit(listing(), "csv-bom", None)
    assert capsys.readouterr().out.startswith("\ufeffname,")


def test_values_with_an_order_are_ordered_categories():
    rows = [{"status": status} for status in ("confirmed", None, "rumored", "made up")]
    formed = Listing("x", [Column("status", "text", lambda row: row["status"], STATUSES)], [], rows, False)
    column = frame(formed)["status"]
    assert column.cat.ordered and list(column.cat.categories) == [*STATUSES, "made up"]
    assert (column >= "reported").tolist() == [True, False, False, True]
    assert pd.read_parquet(BytesIO(parquet_bytes(formed)))["status"].cat.ordered


def test_notes_stand_below_a_table_and_in_json():
    formed = replace(listing(), notes=("one", "two"))
    assert text(table_text(formed, StringIO()))[-3:] == ["", "one", "two"]
    assert text(markdown_table(formed))[-3:] == ["", "one\\", "two"]
    assert json.loads(json_text(formed))["notes"] == ["one", "two"]


def test_the_file_decides_the_format_and_is_never_half_written(tmp_path, capsys):
    emit(listing(), "table", tmp_path / "rounds.csv")
    assert (tmp_path / "rounds.csv").read_text("utf-8") == "".join(csv_lines(listing()))
    assert capsys.readouterr() == ("", f"2 rows written to {tmp_path / 'rounds.csv'}.\n")
    with pytest.raises(UsageError, match=r"must end in .xlsx, .parquet"):
        emit(listing(), "table", tmp_path / "rounds.doc")
    with pytest.raises(UnwritableOutput, match="choose another place with -o"):
        emit(listing(), "table", tmp_path / "nowhere" / "rounds.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["rounds.csv"]


def test_no_listing_imports_pandas_unless_asked(news):
    code = f"from dailies.commands import listings; listings.articles({news!r}, 'csv', None, relevant=False, limit=1)"
    code += "; import sys; assert 'pandas' not in sys.modules and 'scrapy' not in sys.modules"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
