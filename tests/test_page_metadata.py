"""Title, date, authors, publisher and address as pages state them, in JSON-LD, meta tags, elements and lines."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model import Capture, FeedHints, PageText
from pipeline.pages.json_ld import names_of, read_json_ld, text_of
from pipeline.pages.page_dates import SHANGHAI, Timestamp, find_timestamp, parse_timestamp
from pipeline.pages.page_language import find_language
from pipeline.pages.read_page import read_page

FETCHED = datetime(2024, 6, 1, tzinfo=UTC)
TEXT = "<p>The studio said on Tuesday that it had raised money from two funds, without naming the sum.</p>"
ZH = "<p>视频公司昨天宣布完成新一轮融资，金额没有披露，投资方包括两家基金，资金将用于研发和招聘，产品已经上线。</p>"


def read(
    head: str, body: str = TEXT, url: str = "https://www.example.com/news/a-1", hints: FeedHints | None = None
) -> PageText:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_page(Capture(url, html.encode(), "text/html; charset=utf-8", FETCHED), hints)


def json_ld(**properties: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **properties})}</script>'


TITLES = [
    ("<title>A studio raises money - Example News</title>", "<h1>A studio raises money</h1>", "A studio raises money"),
    ("<title>A studio raises money | Example</title>", "<h1>Example</h1>", "A studio raises money"),
    ('<meta property="og:title" content="A studio raises"><title>x</title>', "", "A studio raises"),
    (json_ld(headline="A &amp; B raise <b>money</b>"), "", "A & B raise money"),
    ("<title>样例公司完成融资_产经_前瞻经济学人</title>", "", "样例公司完成融资"),
    ("<title>样例公司完成融资-虎嗅网</title>", "", "样例公司完成融资"),
    ("<title>Gen-2 arrives: text-to-video at $12 - a month later</title>", "", "Gen-2 arrives: text-to-video at $12 - a month later"),
    ('<meta property="og:site_name" content="The Wire"><title>The Wire: A studio raises</title>', "", "The Wire: A studio raises"),
    ('<meta property="og:site_name" content="The Wire"><title>The Wire | A studio raises</title>', "", "A studio raises"),
    ("", "<h1>Only here</h1>", "Only here"),
    ("", "", "From the feed"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body", "title"), TITLES)
def test_title(head: str, body: str, title: str) -> None:
    assert read(head, body + TEXT, hints=FeedHints(title="From the feed")).title == title


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


DATES = [
    (json_ld(datePublished="2024-02-26T10:30:00+01:00"), "", datetime(2024, 2, 26, 10, 30, tzinfo=timezone(timedelta(hours=1))), "second"),
    (json_ld(datePublished="2024-02-26"), "", utc(2024, 2, 26), "day"),
    (json_ld(datePublished="2024-02-26"), '<time datetime="2024-02-26T08:15Z">now</time>', utc(2024, 2, 26, 8, 15), "second"),
    ('<meta property="article:published_time" content="2024-02-26T10:30:00Z">', "", utc(2024, 2, 26, 10, 30), "second"),
    ('<meta name="pubdate" content="Mon, 26 Feb 2024 10:30:00 GMT">', "", utc(2024, 2, 26, 10, 30), "second"),
    ('<meta name="publishdate" content="1708943400">', "", utc(2024, 2, 26, 10, 30), "second"),
    ("", '<span itemprop="datePublished">February 26, 2024</span>', utc(2024, 2, 26), "day"),
    ("", '<time datetime="2024-02-26T10:30:00Z">an hour ago</time>', utc(2024, 2, 26, 10, 30), "second"),
    ("", "<p>By Jane Doe · 26 Feb 2024, 5:30 pm</p>", utc(2024, 2, 26, 17, 30), "second"),
    ("", "<p>In January 3, 2023 it had raised money from a fund, as it said in a statement at the time.</p>", None, None),
    (json_ld(datePublished="2034-02-26"), "", None, None),
    (json_ld(datePublished="soon"), "", None, None),
    ("", "", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body", "published", "precision"), DATES)
def test_published(head: str, body: str, published: datetime | None, precision: str | None) -> None:
    page = read(head, f"<h1>A headline</h1>{body}{TEXT}")
    assert (page.published, page.published_precision) == (published, precision)


CHINESE_DATES = [
    ("<span>2024-02-26 10:30</span>", datetime(2024, 2, 26, 10, 30, tzinfo=SHANGHAI), "second"),
    ("<span>2024年2月26日 下午5:30</span>", datetime(2024, 2, 26, 17, 30, tzinfo=SHANGHAI), "second"),
    ("<span>发布时间：2024年2月26日</span>", datetime(2024, 2, 26, tzinfo=SHANGHAI), "day"),
    ('<span id="pubtime_baidu">某编辑 • 2024-02-26 17:28:19</span>', datetime(2024, 2, 26, 17, 28, 19, tzinfo=SHANGHAI), "second"),
    ('<time datetime="2024-02-25T16:30:00Z">x</time>', datetime(2024, 2, 26, 0, 30, tzinfo=SHANGHAI), "second"),
    ("", datetime(2024, 2, 26, tzinfo=SHANGHAI), "day"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "published", "precision"), CHINESE_DATES)
def test_a_chinese_time_without_zone_is_chinas(body: str, published: datetime, precision: str) -> None:
    page = read(
        "", f"<h1>标题</h1><div>{body}</div>{ZH}", url="https://t.qianzhan.com/caijing/detail/240226-0a1b2c3d.html"
    )
    assert (page.published, page.published_precision, page.language) == (published, precision, "zh")


def test_the_feed_dates_a_page_that_does_not() -> None:
    hints = FeedHints(published=utc(2024, 2, 26, 9))
    assert read("", TEXT, hints=hints).published == utc(2024, 2, 26, 9)
    assert read("", TEXT, url="https://example.com/2024/02/25/a").published == utc(2024, 2, 25)
    assert read(json_ld(datePublished="2024-02-20T00:00:01Z"), hints=hints).published == utc(2024, 2, 20, 0, 0, 1)


AUTHORS = [
    (json_ld(author=[{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}]), "", ("Jane Doe", "John Roe")),
    (json_ld(author="By Jane Doe and John Roe"), "", ("Jane Doe", "John Roe")),
    ('<meta name="author" content="Jane Doe, Staff Writer">', "", ("Jane Doe",)),
    ('<meta name="author" content="https://example.com/jane">', '<a rel="author">Jane Doe</a>', ("Jane Doe",)),
    ('<meta name="author" content="Example News"><meta property="og:site_name" content="Example News">', "", ()),
    ('<meta name="author" content="某记者">', "<p>作者：余例文 来源：样例榜</p>", ("余例文",)),
    ("", "", ("From Feed",)),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body", "authors"), AUTHORS)
def test_authors(head: str, body: str, authors: tuple[str, ...]) -> None:
    hints = FeedHints(authors=("From Feed",)) if authors == ("From Feed",) else None
    assert read(head, body + TEXT, hints=hints).authors == authors


PUBLISHERS = [
    ('<meta property="og:site_name" content="Example News">', "https://example.com/a", "Example News"),
    (json_ld(publisher={"@type": "Organization", "name": "Example Org"}), "https://example.com/a", "Example Org"),
    ('<meta property="og:site_name" content="经济学人">', "https://t.qianzhan.com/a", "前瞻网"),
    ("", "https://www.example.com/a", "example.com"),
    ("", "file:///tmp/a.html", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "url", "publisher"), PUBLISHERS)
def test_publisher(head: str, url: str, publisher: str | None) -> None:
    assert read(head, url=url).publisher == publisher


ADDRESSES = [
    ('<link rel="canonical" href="/news/a-1?utm_source=x">', "https://www.example.com/news/a-1"),
    ('<link rel="canonical" href="https://www.example.com/">', "https://www.example.com/news/a-1"),
    ('<link rel="canonical" href="https://other.org/a">', "https://www.example.com/news/a-1"),
    ('<link rel="canonical" href="http://[">', "https://www.example.com/news/a-1"),
    ('<meta property="og:url" content="https://example.com/news/a-2">', "https://example.com/news/a-2"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "address"), ADDRESSES)
def test_canonical_address(head: str, address: str) -> None:
    assert read(head).canonical_url == address


def test_a_canonical_link_to_a_known_outlet_names_the_original() -> None:
    page = read('<link rel="canonical" href="https://techcrunch.com/2024/02/26/a">')
    assert (page.original_publisher, page.canonical_url) == ("TechCrunch", "https://www.example.com/news/a-1")


STAMPS = [
    ("2024-02-26", datetime(2024, 2, 26), "day"),
    ("2024/2/6 9:05", datetime(2024, 2, 6, 9, 5), "second"),
    ("2024.02.26", datetime(2024, 2, 26), "day"),
    ("Feb. 26, 2024 at 5:30 p.m. EST", datetime(2024, 2, 26, 17, 30, tzinfo=timezone(timedelta(hours=-5))), "second"),
    ("26th February 2024", datetime(2024, 2, 26), "day"),
    ("2024-02-26T10:30:00+0800", datetime(2024, 2, 26, 10, 30, tzinfo=timezone(timedelta(hours=8))), "second"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "when", "precision"), STAMPS)
def test_timestamps(text: str, when: datetime, precision: str) -> None:
    found, parsed = find_timestamp(f"on {text} it"), parse_timestamp(text)
    assert found is not None and parsed is not None
    assert (found.when, found.precision) == (parsed.when, parsed.precision) == (when, precision)


@pytest.mark.parametrize("text", ["2024-13-40", "12024-02-26", "1.2024", "at 10:30", "May 2024", "2024年2月", ""])
def test_no_timestamp(text: str) -> None:
    assert find_timestamp(text) is None


@given(st.text() | st.text(alphabet="2024-/年月日 :Tpm+0Feb,"))
def test_any_text_as_a_date(text: str) -> None:
    assert parse_timestamp(text) is None or isinstance(parse_timestamp(text), Timestamp)


LD = [
    ('{"@type":"NewsArticle","headline":"A"}', "A"),
    ('[{"@type":"Organization"},{"@type":["Article","X"],"headline":"A"}]', "A"),
    ('{"@graph":[{"@type":"WebPage","headline":"W"},{"@type":"BlogPosting","headline":"A"}]}', "A"),
    ('<!-- {"@type":"Article","headline":"A",} -->', "A"),
    ('{"@type":"Article","headline":"A\n"}', "A"),
    ('{"@type":"Article","headline":"A", "x": broken', "A"),
    ("[" * 100_000, ""),
    ("", ""),
    ("null", ""),
]  # fmt: skip


@pytest.mark.parametrize(("script", "headline"), LD)
def test_json_ld_as_sites_write_it(script: str, headline: str) -> None:
    assert text_of(read_json_ld([script]).get("headline")) == headline


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["@type", "@graph", "headline", "author", "name", "publisher", "datePublished", "hasPart"]), inner)))  # fmt: skip
def test_any_json_ld(value: Any) -> None:
    node = read_json_ld([json.dumps(value), json.dumps({"@type": "Article", "author": value, "headline": value})])
    assert all(isinstance(name, str) for name in names_of(node.get("author")))
    head = f'<script type="application/ld+json">{json.dumps({"@type": "Article", "datePublished": value, "author": value})}</script>'
    assert isinstance(read(head), PageText)


LANGUAGES = [
    ("The company said that it has raised money from investors.", "en"),
    ("Runway raises $141M", "en"),
    ("Das Unternehmen hat von den Investoren Geld für die Entwicklung erhalten und will das Produkt mit der Zeit ausbauen, "
     "das es im Frühjahr der Öffentlichkeit vorgestellt hat.", "other"),
    ("Runway Gen-2 发布：OpenAI Sora 的对手来了，文生视频 AI 进入新阶段", "zh"),
    ("人工智慧影片公司完成融資", "zh"),
    ("動画生成の会社は今日、新しい資金調達を発表しました。", "other"),
    ("영상 생성 회사는 오늘 새로운 투자를 발표했다.", "other"),
    ("", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert find_language(text) == language
