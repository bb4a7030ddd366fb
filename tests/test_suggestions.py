"""What is said to a person who mistyped: the nearest names, or how it is written."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from crawlers.catalogue import CatalogueError, read_source
from dailies.cli import app
from dailies.facts.naming import alike, known_value
from dailies.failures import UsageError

KNOWN = ("OpenAI", "Runway", "Kling AI", "可灵", "快手", "Stability AI", "Pika")


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Nope", []),  # OpenAI was suggested
        ("Open", ["OpenAI"]),
        ("可零", ["可灵"]),  # nothing was suggested
        ("快首", ["快手"]),
        ("Runwya", ["Runway"]),
        ("Stabilty", ["Stability AI"]),
        ("Pikka", ["Pika"]),
    ],
)
def test_a_misspelt_name_leads_to_the_nearest_and_another_to_none(typed, suggested):
    assert alike(typed, KNOWN, partly=True) == suggested


def test_a_part_of_a_columns_name_leads_to_it():
    """`--columns raised` answered with all 60 names."""
    with pytest.raises(UsageError, match=r"no such column: 'raised'; did you mean raised_our_sum\?"):
        known_value("column", "raised", ["company", "raised_our_sum", "status"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["companies", "--as-of", "2024-02-30"], "'2024-02-30' is no day; write it like 2026-03-31"),
        (["ingest", "-", "--published", "today"], "'today' is no day; write it like 2026-03-31"),
        (
            ["changes", "--since", "2024-13-01"],
            "'2024-13-01' is no day or minute; write it like 2026-03-31 or 2026-03-31T06:30",
        ),
    ],
)
def test_a_day_that_is_none_says_how_days_are_written(words, said):
    """It said "does not match the formats '%Y-%m-%d'"."""
    done = CliRunner().invoke(app, words)

    assert (done.exit_code, said in done.output, "%Y" in done.output) == (2, True, False)


def test_a_wrong_field_of_a_source_is_told_in_our_words(tmp_path):
    """It said "kind: Value error, 'blog' is none of"."""
    file = tmp_path / "reel.yml"
    file.write_text("title: Reel\nkind: blog\nurl: https://reel.example/feed\nlanguage: en\n", "utf-8")

    with pytest.raises(CatalogueError, match=r"reel\.yml: kind: 'blog' is none of rss, atom"):
        read_source(file)
