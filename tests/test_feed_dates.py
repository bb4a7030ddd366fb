"""The dates of feeds in every spelling met so far, those that feedparser gets wrong among them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.ports import CrawlSource
from crawlers.readers.dates import read_date
from crawlers.readers.feed import read_feed
from dailies.sample_web.catalogue import load_sites
from dailies.sample_web.documents import _SPELLINGS, feed
from dailies.sample_web.sources import sample_sources

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))
TEN = datetime(2024, 6, 5, 10, tzinfo=CHINA)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def china(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHINA)


# The 34 spellings measured with feedparser 6.0.14, which reads 12 of them right; None: the text does not say it.
MEASURED = [
    ("Wed, 05 Jun 2024 10:00:00 +0800", TEN),
    ("Wed, 05 Jun 2024 10:00:00 GMT", utc(2024, 6, 5, 10)),
    ("Fri, 04 Apr 2025 09:30:00 +08:00", china(2025, 4, 4, 9, 30)),
    ("2024-06-05 10:00:00  +0800", TEN),
    ("2024-06-05T10:00:00+08:00", TEN),
    ("2024-06-05T02:00:00Z", TEN),
    ("2024-06-05T02:00:00.123Z", TEN),
    ("Thu, 19 Jun 2014 17:00:00 Z", utc(2014, 6, 19, 17)),
    ("Wed, 05 Jun 2024 10:00:00 EST", utc(2024, 6, 5, 15)),
    ("Wed, 05 Jun 2024 10:00:00 PDT", utc(2024, 6, 5, 17)),
    ("Mon, May 25 2020 04:45:26 +0000", utc(2020, 5, 25, 4, 45, 26)),
    ("5 Jun 2024 10:00:00 +0800", TEN),
    ("2024-06-05 10:00:00", TEN),
    ("2025-04-04T09:30:00", china(2025, 4, 4, 9, 30)),
    ("2024-06-05 10:00", TEN),
    ("Wed, 05 Jun 2024 10:00:00 CST", TEN),
    ("2025-04-04 09:30:00 CST", china(2025, 4, 4, 9, 30)),
    ("2024-06-05 周三 10:00", TEN),
    ("2024/6/29 15:07:41", china(2024, 6, 29, 15, 7, 41)),
    ("2024/06/05", china(2024, 6, 5)),
    ("2024年06月05日 10:00", TEN),
    ("2024年6月5日", china(2024, 6, 5)),
    ("2025.04.04 09:30", china(2025, 4, 4, 9, 30)),
    ("2025.04.04", china(2025, 4, 4)),
    ("1743690011", utc(2025, 4, 3, 14, 20, 11)),
    ("1717552800000", TEN),
    ("Sat, 3 Oct 2026 12:53:46", china(2026, 10, 3, 12, 53, 46)),
    ("Mo, 25 Jun 2018 11:41:36", china(2018, 6, 25, 11, 41, 36)),
    ("星期三, 05 六月 2024 10:00:00 +0800", TEN),
    ("Wed, 05 Jun 2024 10:00:00 GMT+8", TEN),
    ("04/03/2025 10:00", None),
    ("06月05日 10:00", None),
    ("3小时前", None),
    ("昨天 12:30", None),
]


@pytest.mark.parametrize(("text", "expected"), MEASURED)
def test_dates_of_a_chinese_source(text, expected):
    found = read_date(text, CHINA, NOW)
    assert (found.moment if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 05 Jun 2024 10:00:00 GMT", (utc(2024, 6, 5, 10), "second")),
        ("Wed, 05 Jun 2024 10:00 +0000", (utc(2024, 6, 5, 10), "second")),
        ("Wed, 05 Jun 24 10:00:00 GMT", (utc(2024, 6, 5, 10), "second")),
        ("Wed, 5 June 2024 10:00:00 -0000", (utc(2024, 6, 5, 10), "second")),
        ("Wed Jun  5 10:00:00 UTC 2024", (utc(2024, 6, 5, 10), "second")),
        ("Wed Jun 05 2024 10:00:00 GMT+0800 (China Standard Time)", (TEN, "second")),
        ("20240605T100000Z", (utc(2024, 6, 5, 10), "second")),
        ("Jun 5, 2024 4:45 pm GMT", (utc(2024, 6, 5, 16, 45), "second")),
        ("5-Jun-2024 12:05 am UTC", (utc(2024, 6, 5, 0, 5), "second")),
        ("2024-06-05 23:59:60 UTC", (utc(2024, 6, 5, 23, 59, 59), "second")),
        ("Sept. 5, 2024", (utc(2024, 9, 5), "day")),
        ("2024-06-05", (utc(2024, 6, 5), "day")),
        # A time in no known zone: only its day is known.
        ("Wed, 05 Jun 2024 10:00:00", (utc(2024, 6, 5), "day")),
        ("2024-06-05T10:00:00", (utc(2024, 6, 5), "day")),
        ("Wed, 05 Jun 2024 10:00:00 CST", (utc(2024, 6, 5), "day")),
        ("Wed, 05 Jun 2024 10:00:00 IST", (utc(2024, 6, 5), "day")),
    ],
)
def test_dates_of_a_source_in_no_known_zone(text, expected):
    found = read_date(text, None, NOW)
    assert (found.moment, found.precision) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "0000-00-00T00:00:00Z", "9999-12-31T00:00:00Z", "0001-01-01T00:00:00+14:00", "1999-12-31",
        "2026-11-24", "2024-02-30", "2024-13-01", "2024-06-05 25:00", "2024-06-05T10:00:00+99:00", "2024", "2024-06",
        "Wed, 05 Foo 2024 10:00:00 GMT", "yesterday", "13:00 pm", "2024-06-05 10:00:00 Asia/Shanghai", "5/6/2024",
        "9" * 500, "2024-06-05 " + "1" * 200,
    ],
)  # fmt: skip
def test_what_is_no_date_we_can_be_sure_of(text):
    assert read_date(text, CHINA, NOW) is None


def test_a_feed_may_be_a_day_ahead_of_our_clock_and_no_more():
    assert read_date("2026-11-22T23:00:00Z", None, NOW) is not None
    assert read_date("2026-11-23T00:00:01Z", None, NOW) is None


@given(st.text(max_size=60) | st.from_regex(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,2}.{0,12}", fullmatch=True))
def test_any_text_is_a_date_within_bounds_or_none(text):
    found = read_date(text, CHINA, NOW)
    assert found is None or datetime(2000, 1, 1, tzinfo=UTC) <= found.moment <= NOW + timedelta(days=1)


@given(st.datetimes(datetime(2000, 1, 2), datetime(2026, 11, 21)), st.sampled_from(sorted(_SPELLINGS)))
def test_every_spelling_of_the_sample_web_is_read_back(moment, spelling):
    moment = moment.replace(microsecond=0, second=0, tzinfo=CHINA)
    assert read_date(_SPELLINGS[spelling](moment), CHINA, NOW).moment == moment


def test_every_date_in_the_sample_webs_feeds_is_right():
    sites = load_sites()
    for source in sample_sources("http://127.0.0.1:8765"):
        if source.kind == "sitemap":
            continue
        site = sites[source.key]
        document = feed(site, "http://127.0.0.1:8765")
        plain = CrawlSource(source.key, source.kind, source.url, source.language, source.full_text)
        reading = read_feed(document.body, document.content_type, plain, source.url, NOW)

        assert [entry.hints.published for entry in reading.entries] == [post.published for post in site.posts]
