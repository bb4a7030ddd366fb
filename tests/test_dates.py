"""Dates: silent wrong values that other readers give, and what a date leans on. Published on a Wednesday."""

from __future__ import annotations

from datetime import date

import pytest

from db.values import PartialDate
from pipeline.fold import fold_text
from pipeline.values.dates import find_dates

WEDNESDAY = date(2024, 6, 5)


def dates(text, language, anchor=None):
    found = find_dates(fold_text(text), WEDNESDAY, language, anchor)
    return [each.date.iso if each.date else None for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in early 2024", "2024"),
        ("in late 2023", "2023"),
        ("in mid-2022", "2022"),
        ("said on Wednesday", "2024-06-05"),
        ("said on Thursday", "2024-05-30"),
        ("raised it in May", "2024-05"),
        ("raised it in July", "2023-07"),
        ("will launch in July", "2024-07"),
        ("two years ago", "2022"),
        ("on June 5, 2023", "2023-06-05"),
        ("in the first quarter of 2023", "2023-Q1"),
        ("the year before last", "2022"),
    ],
)
def test_english_dates(text, expected):
    assert dates(text, "en") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二零二四年成立", "2024"),
        ("2023年", "2023"),
        ("去年11月", "2023-11"),
        ("11月5日", "2023-11-05"),
        ("4月完成", "2024-04"),
        ("上个月", "2024-05"),
        ("大年初七", "2024-02-16"),
        ("民國113年", "2024"),
        ("昨日宣布", "2024-06-04"),
        ("两年前", "2022"),
    ],
)
def test_chinese_dates(text, expected):
    assert dates(text, "zh") == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("it may raise more, May Habib said", "en"),
        ("March Capital and 1789 Capital led", "en"),
        ("support 24/7, in version 2023.1", "en"),
        ("with 2024 employees and 2000 users", "en"),
        ("on June 31", "en"),
        ("今日头条与今日资本", "zh"),
        ("月之暗面的月活", "zh"),
        ("2月30日", "zh"),
    ],
)
def test_what_is_no_date(text, language):
    assert dates(text, language) == []


def test_neighbours_stay_apart():
    assert dates("last week, two years ago, in 2022", "en") == ["2024-W22", "2022", "2022"]


def test_a_date_leans_on_the_one_before():
    assert dates("In 2022 it raised a seed round; in October it launched.", "en") == ["2022", "2022-10"]
    assert dates("founded in 2018 and, later that year, funded", "en") == ["2018", "2018"]
    assert dates("2022年完成种子轮，次年3月发布产品", "zh") == ["2022", "2023-03"]
    assert dates("同年9月", "zh", PartialDate("2021-04")) == ["2021-09"]


def test_a_stretch_of_time_is_no_year():
    """Between 2019 and 2021 nothing happened *in* 2019."""
    [found] = find_dates("It raised four rounds between 2019 and 2021.", WEDNESDAY, "en")
    assert (found.date, found.stretch) == (None, (date(2019, 1, 1), date(2022, 1, 1)))
    [found] = find_dates("公司过去一年融资三次", WEDNESDAY, "zh")
    assert (found.date, found.stretch) == (None, (date(2023, 6, 5), WEDNESDAY))


def test_without_a_day_of_publication_only_dates_that_name_their_year_are_found():
    found = find_dates("on Wednesday, in May, in 2022 and on June 5, 2023", None, "en")
    assert [each.date.iso for each in found if each.date] == ["2022", "2023-06-05"]
