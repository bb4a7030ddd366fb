"""Feeds and sitemaps of every kind, encoding and degree of malice, read from bytes."""

from __future__ import annotations

import gzip
import json
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.feed import read_feed
from crawlers.readers.first_reading import FirstReading, newest
from crawlers.readers.json_feed import read_json_feed
from crawlers.readers.listing import read_listing
from crawlers.readers.reading import MOST_ENTRIES, NotAFeed, page_address
from crawlers.readers.sitemap import read_sitemap
from crawlers.time_limit import TookTooLong, time_limit
from db.model import FeedHints

NOW = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://news.example/feed"
SOURCE = CrawlSource("one", "rss", URL, "en")
CHINESE = CrawlSource("yi", "rss", URL, "zh", full_text=True)


def read(body: bytes, content_type: str | None = "application/rss+xml", source: CrawlSource = SOURCE):
    return read_feed(body, content_type, source, URL, NOW)


def rss(items: str, before: str = '<?xml version="1.0"?>') -> bytes:
    return f'{before}<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode()


def test_an_rss_feed():
    body = rss(
        "<item><title>Runway &amp;amp; &lt;b&gt;Luma&lt;/b&gt;</title><link>/a?utm_source=rss</link>"
        '<guid isPermaLink="false">id-1</guid><pubDate>Wed, 05 Jun 2024 10:00:00 GMT</pubDate>'
        "<description>&lt;p&gt;A summary.&lt;/p&gt;</description><author>a@b.example (Ida)</author></item>"
    )

    assert read(body).entries == [
        Entry(
            url="https://news.example/a?utm_source=rss",
            guid="id-1",
            published_raw="Wed, 05 Jun 2024 10:00:00 GMT",
            hints=FeedHints(
                title="Runway & Luma",
                published=datetime(2024, 6, 5, 10, tzinfo=UTC),
                summary_html="<p>A summary.</p>",
                authors=("Ida",),
            ),
            complete=False,
        )
    ]


def test_an_atom_feed_without_published_gives_updated():
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Releases</title><entry><id>tag:1</id><title>v1</title>'
        b'<link rel="alternate" href="https://git.example/v1"/><updated>2024-06-05T10:00:00Z</updated>'
        b'<content type="html">&lt;p&gt;New&lt;/p&gt;</content></entry></feed>'
    )

    (entry,) = read(body, "application/atom+xml").entries

    assert (entry.url, entry.hints.published) == ("https://git.example/v1", datetime(2024, 6, 5, 10, tzinfo=UTC))
    assert entry.hints.content_html == "<p>New</p>"


RARE = "生数科技㛃€"
ITEM = "<item><title>{}</title><link>https://a.example/1</link></item>"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("gb18030", "gb2312", "text/xml"),
        ("gb18030", "gb2312", "text/xml; charset=utf-8"),
        ("gb18030", "gbk", "application/rss+xml"),
        ("gb18030", None, "text/xml; charset=gb18030"),
        ("utf-8", "utf-8", "text/xml; charset=gbk"),
        ("utf-8", None, "text/xml"),
        ("utf-8-sig", None, None),
        ("utf-16", "utf-16", "application/xml"),
    ],
)
def test_encodings_and_wrong_labels(encoding, declared, content_type):
    label = f' encoding="{declared}"' if declared else ""
    text = rss(ITEM.format(RARE), f'<?xml version="1.0"{label}?>').decode()

    (entry,) = read(text.encode(encoding), content_type).entries

    assert entry.hints.title == RARE


def test_a_big5_feed():
    text = rss(ITEM.format("長鏡頭財訊"), '<?xml version="1.0" encoding="big5"?>').decode()
    assert read(text.encode("big5"), "text/xml").entries[0].hints.title == "長鏡頭財訊"


def test_a_feed_packed_without_a_word_about_it():
    assert len(read(gzip.compress(rss(ITEM.format("a")))).entries) == 1


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes_and_is_not_complete():
    reading = read(rss(ITEM.format("a") + ITEM.format("b") + ITEM.format("c"))[:-80])

    assert [entry.hints.title for entry in reading.entries] == ["a", "b"]
    assert not reading.complete
    assert reading.problems[0].startswith("not well-formed")


def test_bare_ampersands_and_the_entities_of_html_are_mended():
    link = "<![CDATA[https://a.example/1?a=1&b=2]]>"
    body = rss(f"<item><title>AT&T &nbsp;&hellip; R&D; &#8364;</title><link>{link}</link></item>")

    reading = read(body)

    assert [(entry.hints.title, entry.url) for entry in reading.entries] == [
        ("AT&T … R&D; €", "https://a.example/1?a=1&b=2")
    ]
    assert (reading.complete, reading.problems) == (True, [])


def test_a_number_of_no_character_is_mended_where_the_feed_parser_fails_on_it():
    body = rss("<item><title>A&#xD800; B & C &#65;</title><link>https://a.example/1</link></item>")
    [entry] = read(body).entries
    assert entry.hints.title == "A\ufffd B & C A"


def test_what_the_feed_parser_fails_on_is_named():
    with pytest.raises(NotAFeed, match=r"a document on which the feed parser fails \(TypeError: .*"):
        read(b"<rss version='2.0'><channel><image></width></image><item><title>A</title></item>")


def test_an_empty_feed_is_a_feed_and_says_so():
    reading = read(rss(""))
    assert (reading.entries, reading.complete, reading.problems) == ([], True, ["a feed without entries"])


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "an empty answer"),
        (b"<!DOCTYPE html><html><body>36kr</body></html>", "a web page"),
        (b'{"error": "no"}', "JSON"),
        (b"<?xml version='1.0'?><urlset/>", "an XML document <urlset>"),
        (b"hello", "neither XML nor a web page"),
        (
            gzip.compress(b"x" * 20_000_000, mtime=0),
            "a gzip file that is cut off, or larger than we take when unpacked",
        ),
        (gzip.compress(rss(""), mtime=0)[:20], "a gzip file that is cut off, or larger than we take when unpacked"),
        (b"\x1f\x8bnonsense", "a damaged gzip file"),
    ],
)
def test_what_is_no_feed_is_named(body, what):
    with pytest.raises(NotAFeed, match=what):
        read(body, "text/html")


def test_links_that_lead_to_no_page_are_left_out_and_counted():
    links = ["javascript:alert(1)", "", "file:///etc/hosts", "mailto:a@b.example", "https://", "http://u:p@a.example/"]
    links += ["http://[::1", "http://a.example:99999999/", "https://a.example/" + "x" * 3000]
    reading = read(rss("".join(f"<item><title>t</title><link>{link}</link></item>" for link in links) + ITEM))

    assert [entry.url for entry in reading.entries] == ["https://a.example/1"]
    assert reading.problems == ["9 of 10 entries without a link to a page"]


def test_a_guid_that_is_an_address_stands_in_for_a_missing_link():
    (entry,) = read(rss("<item><title>t</title><guid>https://a.example/9</guid></item>")).entries
    assert entry.url == "https://a.example/9"


def test_no_entity_is_ever_declared():
    laughs = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for doctype in (laughs, '<!DOCTYPE rss SYSTEM "file:///etc/hosts">', laughs + laughs):
        reading = read(rss(ITEM.format("x &a; &b;"), f'<?xml version="1.0"?>{doctype}'))
        assert "ha" not in (reading.entries[0].hints.title or "")
    with pytest.raises(NotAFeed):
        read(rss(ITEM.format("&a;"), laughs.replace("]>", "")))


def test_a_billion_laughs_cost_nothing():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = rss(ITEM.format("&l9;"), f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]>')
    began = time.monotonic()

    for encoding in ("utf-8", "utf-16"):
        read(body.decode().encode(encoding))

    assert time.monotonic() - began < 2


def test_a_quadratic_blow_up_costs_nothing():
    body = rss(ITEM.format("&a;" * 20_000), f'<!DOCTYPE rss [<!ENTITY a "{"A" * 100_000}">]>')
    began = time.monotonic()
    read(body)
    assert time.monotonic() - began < 5


def test_a_local_file_named_by_a_body_is_not_opened(tmp_path):
    (tmp_path / "feed.xml").write_bytes(rss(ITEM.format("secret")))
    with pytest.raises(NotAFeed):
        read(str(tmp_path / "feed.xml").encode())


def test_nothing_is_fetched_while_reading(monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    with pytest.raises(NotAFeed):
        read(b"http://news.example/other-feed")


def test_a_feed_of_a_hundred_thousand_items_is_cut():
    items = "".join(f"<item><title>t</title><link>https://a.example/{n}</link></item>" for n in range(100_000))
    began = time.monotonic()

    reading = read(rss(items))

    assert [len(reading.entries), reading.complete] == [MOST_ENTRIES, False]
    assert reading.problems == [f"looked at the first {MOST_ENTRIES} entries only"]
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item>" + b"<a>" * 400_000,
        b"<rss><channel><item>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</item></channel></rss>",
        b"<rss><channel><item><title>" + b"<" * 1_000_000,
        b"<rss><channel><item " + b"a='b' " * 200_000 + b"></item></channel></rss>",
        b"<rss><channel><item><title>" + b"</title><title>" * 400_000,
    ],
)
def test_markup_made_to_cost_memory_is_refused(body):
    began = time.monotonic()
    with pytest.raises(NotAFeed, match="than any feed"):
        read(body)
    assert time.monotonic() - began < 5


def test_a_hundred_thousand_doctypes_cost_nothing():
    began = time.monotonic()
    for doctype in (b"<!DOCTYPE x [", b"<!DOCTYPE x [ ] ", b"<!DOCTYPE html>"):
        with pytest.raises(NotAFeed):
            read(doctype * 100_000)
    assert time.monotonic() - began < 5


def test_pictures_within_the_text_are_no_tags():
    picture = f"<![CDATA[<img src='data:image/png;base64,{'A' * 600_000}'>]]>"
    assert len(read(rss(f"<item><link>/a</link><description>{picture}</description></item>")).entries) == 1


def test_control_characters_and_endless_texts_are_made_storable():
    body = rss(f"<item><title>{'t' * 50_000}</title><link>https://a.example/1</link><guid>{'g' * 9000}</guid></item>")
    (entry,) = read(body.replace(b"<link>", b"<category>\x00</category><link>")).entries
    assert len(entry.hints.title) == len(entry.guid) == 1000
    assert "\x00" not in repr(entry)


def test_a_description_is_the_whole_text_only_where_the_source_is_known_for_it():
    text = "全文" * 300
    item = f"<item><title>t</title><link>https://a.example/1</link><description>{text}</description></item>"

    assert read(rss(item), source=CHINESE).entries[0].complete
    assert not read(rss(item), source=SOURCE).entries[0].complete
    assert not read(rss(item.replace("全文<", "阅读全文<")), source=CHINESE).entries[0].complete


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_not(body):
    for reader in (read_feed, read_json_feed, read_sitemap, read_listing):
        try:
            reader(body, "text/xml", SOURCE, URL, NOW)
        except NotAFeed as error:
            assert str(error)


FRAGMENTS = ["<rss>", "</rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "https://a.example/", "<title>"]
FRAGMENTS += [
    "<![CDATA[",
    "]]>",
    "&",
    "&lt;",
    "<!DOCTYPE rss [",
    '<!ENTITY a "b">',
    "]>",
    "<!--",
    "-->",
    "\x00",
    "é",
    "<",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_any_torn_markup_is_a_feed_or_not(fragments):
    for reader in (read_feed, read_json_feed, read_sitemap, read_listing):
        try:
            reader("".join(fragments).encode(), "text/xml", SOURCE, URL, NOW)
        except NotAFeed as error:
            assert str(error)


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "F",
    "items": [
        {
            "id": 1,
            "url": "/a",
            "title": "One",
            "summary": "S",
            "content_html": "<p>Text</p>",
            "date_published": "2025-04-04T00:58:12.000Z",
            "authors": [{"name": "Ida"}, {"url": "x"}, "nobody"],
        },
        {"id": "https://a.example/2", "content_text": "Only text", "author": {"name": "Old"}},
        {"id": "3", "external_url": "https://press.example/3", "url": "https://blog.example/3"},
        {"id": "4", "title": "leads nowhere"},
        "no item",
    ],
}


def read_json(feed: object, **source):
    body = feed if isinstance(feed, bytes) else json.dumps(feed).encode()
    return read_json_feed(body, "application/feed+json", replace(SOURCE, **source), URL, NOW)


def test_a_json_feed():
    reading = read_json(JSON_FEED, full_text=True)

    first, second, third = reading.entries
    assert first == Entry(
        url="https://news.example/a",
        guid="1",
        published_raw="2025-04-04T00:58:12.000Z",
        hints=FeedHints("One", datetime(2025, 4, 4, 0, 58, 12, tzinfo=UTC), "S", "<p>Text</p>", ("Ida",)),
        complete=True,
    )
    assert (second.url, second.hints) == (
        "https://a.example/2",
        FeedHints(content_html="Only text", authors=("Old",)),
    )
    assert (third.url, third.complete) == ("https://press.example/3", False)
    assert reading.problems == ["2 of 5 entries without a link to a page"]


@pytest.mark.parametrize("feed", [b"", b"<rss/>", b"[" * 100_000, [], {"items": {}}, {"error": 404}, "text", b"\xff"])
def test_what_is_no_json_feed_is_named(feed):
    with pytest.raises(NotAFeed, match="JSON"):
        read_json(feed)


def read_page(html: str, links: str = 'a[href*="/news/"]'):
    source = replace(SOURCE, kind="listing", links=links)
    return read_listing(html.encode(), "text/html", source, "https://lab.example/news/", NOW)


def test_a_listing():
    html = (
        '<a href="/about">About</a><a href="/news/b#top"><img></a><a href="/news/b">B, 2 days ago</a>'
        '<a href="https://other.example/news/a">A</a><a href="javascript:news()">C</a><a href="/news/">News</a>'
    )
    assert [entry.url for entry in read_page(html).entries] == [
        "https://lab.example/news/b",
        "https://other.example/news/a",
    ]
    assert {entry.hints for entry in read_page(html).entries} == {FeedHints()}


@pytest.mark.parametrize(
    ("html", "links", "what"),
    [
        ("<p>Loading ...</p>", "a", "no link fits"),
        ("<a href=/news/1>", "a[[", "its selector"),
        ("<a href=/news/1>", "a:has-more", "its selector"),
        ("<div>" * 200_000, "a", "no link fits"),
        ("", "a", "no link fits"),
    ],
)
def test_a_page_that_lists_nothing_is_named(html, links, what):
    with pytest.raises(NotAFeed, match=what):
        read_page(html, links)


SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{}</urlset>'
)
URL_OF_NEWS = (
    "<url><loc>https://a.example/{}</loc><news:news><news:publication><news:name>A</news:name></news:publication>"
    "<news:publication_date>2025-04-03T10:00:00+02:00</news:publication_date><news:title>T {}</news:title></news:news>"
    "<image:image><image:title>a picture</image:title></image:image></url>"
)


def read_news(body: bytes):
    return read_sitemap(body, "application/xml", SOURCE, URL, NOW)


def test_a_news_sitemap():
    old = "<url><loc>https://a.example/about</loc></url>"

    reading = read_news(SITEMAP.format(URL_OF_NEWS.format(1, 1) + old).encode())

    (entry,) = reading.entries
    assert (entry.url, entry.hints.title, entry.hints.published, reading.complete) == (
        "https://a.example/1",
        "T 1",
        datetime(2025, 4, 3, 8, tzinfo=UTC),
        True,
    )


def test_a_news_sitemap_in_gbk_and_packed():
    text = '<?xml version="1.0" encoding="gbk"?>' + SITEMAP.format(URL_OF_NEWS.format(1, "生数科技"))
    (entry,) = read_news(gzip.compress(text.encode("gbk"))).entries
    assert entry.hints.title == "T 生数科技"


def test_a_news_sitemap_that_is_cut_off_is_read_as_far_as_it_goes():
    body = SITEMAP.format("".join(URL_OF_NEWS.format(n, n) for n in range(3))).encode()
    reading = read_news(body[:-100])
    assert (len(reading.entries), reading.complete) == (2, False)


def test_a_news_sitemap_of_too_many_articles_is_cut():
    reading = read_news(SITEMAP.format("".join(URL_OF_NEWS.format(n, n) for n in range(1200))).encode())
    assert (len(reading.entries), reading.complete) == (MOST_ENTRIES, False)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + SITEMAP.format(""), "declarations that no sitemap needs"),
        ('<!DOCTYPE x SYSTEM "file:///etc/hosts">' + SITEMAP.format(""), "declarations that no sitemap needs"),
        (SITEMAP.format("<a>" * 1_000_000), "nested deeper or wider"),
        (SITEMAP.format("<url>" + "<a/>" * 100_000 + "</url>"), "nested deeper or wider"),
        ("<rss/>", "an XML document <rss>"),
        ("<!DOCTYPE html><html></html>", "declarations"),
        ("", "no sitemap"),
    ],
)
def test_what_is_no_news_sitemap_is_named(body, what):
    with pytest.raises(NotAFeed, match=what):
        read_news(body.encode())


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a", "https://news.example/a"),
        (" https://a.example/1 ", "https://a.example/1"),
        ("//b.example/1", "https://b.example/1"),
        ("http://a.example:8080/1", "http://a.example:8080/1"),
        ("JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        (None, None),
        (7, None),
    ],
)
def test_where_a_link_leads(link, expected):
    assert page_address(link, URL) == expected


def test_the_newest_entries_come_first_and_the_others_are_skipped():
    dates = {
        "old": datetime(2026, 1, 1, tzinfo=UTC),
        "new": NOW,
        "mid": datetime(2026, 11, 20, tzinfo=UTC),
        "none": None,
    }
    entries = [Entry(name, None, None, FeedHints(published=date), False) for name, date in dates.items()]

    assert [(entry.url, entry.skipped) for entry in newest(entries, FirstReading(2, None), NOW)] == [
        ("new", False),
        ("mid", False),
        ("old", True),
        ("none", True),
    ]
    assert [(entry.url, entry.skipped) for entry in newest(entries, FirstReading(9, 14), NOW)] == [
        ("new", False),
        ("mid", False),
        ("old", True),
        ("none", False),
    ]


def test_a_time_limit_ends_what_swallows_exceptions():
    with pytest.raises(TookTooLong), time_limit(0.05):
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue
