"""What a robots.txt allows us, and how long a site may ask us to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.manners.challenges import is_challenge
from crawlers.manners.host_pause import pause_for
from crawlers.manners.robots_rules import robots_rules

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = "https://press.example/news/a?id=1"


def allows(text: str, url: str = PAGE, *, is_page: bool = True, encoding: str = "utf-8") -> bool:
    return robots_rules(200, text.encode(encoding)).allow(url, is_page=is_page)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("user-agent: *\ndisallow: /news/", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/a", True),
        ("User-agent: *\nDisallow: /*?id=", False),
        ("User-agent: *\nDisallow: /news/a$", True),
        ("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /", True),
        ("User-agent: DailiesBot\nAllow: /news/\nDisallow: /\n\nUser-agent: *\nDisallow: /news/", True),
        ("User-agent: dailiesbot\nDisallow: /news/\n\nUser-agent: *\nAllow: /", False),
        # Two groups for us are one (RFC 9309 2.2.1).
        ("User-agent: DailiesBot\nDisallow: /x\n\nUser-agent: *\n\nUser-agent: DailiesBot\nDisallow: /news", False),
        # Groups named by a part of our name are not ours, and do not hide those for everybody.
        ("User-agent: bot\nAllow: /\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: Dailies\nDisallow: /\n\nUser-agent: *\nAllow: /", True),
        ("User-agent: Scrapy\nDisallow: /", False),
        ("<html><body>Disallow: /</body></html>", True),
        ("\x00\x01 nonsense \ufffd\nDisallow: /", True),
    ],
)
def test_what_a_robots_txt_allows(text, expected):
    assert allows(text) is expected


def test_a_byte_order_mark_hides_no_group():
    assert not allows("User-agent: *\nDisallow: /", encoding="utf-8-sig")


def test_feeds_are_for_readers_even_where_the_library_is_not_wanted():
    assert allows("User-agent: Scrapy\nDisallow: /", is_page=False)


@pytest.mark.parametrize(("status", "refused"), [(200, False), (404, False), (410, False), (301, False)])
@pytest.mark.parametrize("body", [b"", b"\xff\xfe"])
def test_no_rules_no_limits(status, refused, body):
    assert (robots_rules(status, body).refusal is not None) is refused


@pytest.mark.parametrize("status", [401, 403, 429, 500, 502, 503, 599])
def test_answers_that_forbid_everything(status):
    assert str(status) in robots_rules(status, b"User-agent: *\nAllow: /").refusal


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10.0),
        ("User-agent: *\nRequest-rate: 1/20", 20.0),
        ("User-agent: *\nCrawl-delay: 5\nRequest-rate: 1/8", 8.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        # A group for us does not inherit from the one for everybody.
        ("User-agent: DailiesBot\nAllow: /\n\nUser-agent: *\nCrawl-delay: 10", 0.0),
    ],
)
def test_how_far_apart_requests_have_to_be(text, delay):
    assert robots_rules(200, text.encode()).delay == delay


def test_a_robots_txt_is_read_to_half_a_mebibyte():
    filler = b"# " + b"x" * 100 + b"\n"
    rules = robots_rules(200, filler * 4000 + b"User-agent: *\nDisallow: /\n" + filler * 100_000)
    assert not rules.allow(PAGE, is_page=True)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_robots_txt(body):
    robots_rules(200, body).allow(PAGE, is_page=True)


QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, QUARTER),
        ("", QUARTER),
        ("0", QUARTER),
        ("3", QUARTER),
        ("3600", timedelta(hours=1)),
        (" 3600 ", timedelta(hours=1)),
        ("999999", timedelta(hours=24)),
        ("9" * 400, timedelta(hours=24)),
        ("-5", QUARTER),
        ("Sun, 22 Nov 2026 14:00:00 GMT", timedelta(hours=2)),
        ("Sun, 22 Nov 2026 14:00:00", timedelta(hours=2)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", QUARTER),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=24)),
        ("soon", QUARTER),
    ],
)
def test_how_long_a_host_is_left_alone(header, wait):
    assert pause_for(header, NOW, timedelta()) == wait


@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_within_bounds(header):
    assert QUARTER <= pause_for(header, NOW, timedelta()) <= timedelta(hours=24)


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({}, b"<title>Just a moment...</title>", True),
        ({"cf-mitigated": b"challenge"}, b"", True),
        ({}, "<p>当前环境异常，完成验证后即可继续访问。</p>".encode(), True),
        ({}, b'<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><p>An article.</p>', False),
        ({}, b"<p>" + b"x" * 50_000 + b"captcha-delivery.com", False),
    ],
)
def test_pages_that_want_to_see_a_person(headers, body, expected):
    assert is_challenge(403, headers, body) is expected


def test_a_pause_without_a_word_doubles_up_to_a_day():
    steps = [timedelta()]
    for _ in range(9):
        steps.append(pause_for(None, NOW, steps[-1]))
    assert [step / QUARTER for step in steps] == [0, 1, 2, 4, 8, 16, 32, 64, 96, 96]
    assert pause_for("3600", NOW, timedelta(hours=8)) == timedelta(hours=1)
