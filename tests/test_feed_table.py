"""A table of what feeds are made of, in place of feedparser's own suite: every element, version, encoding and fault."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.ports import CrawlSource, Entry
from crawlers.readers.feed import read_feed
from crawlers.readers.reading import NotAFeed

URL = "http://news.example/feeds/all.xml"
SOURCE = CrawlSource("one", "rss", URL, "en")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "DC": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "media": "http://search.yahoo.com/mrss/",
        "itunes": "http://www.itunes.com/DTDs/Podcast-1.0.dtd",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "georss": "http://www.georss.org/georss",
        "gml": "http://www.opengis.net/gml",
        "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "wfw": "http://wellformedweb.org/CommentAPI/",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "thr": "http://purl.org/syndication/thread/1.0",
        "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
        "cc": "http://web.resource.org/cc/",
        "psc": "http://podlove.org/simple-chapters",
        "trackback": "http://madskills.com/public/xml/rss/module/trackback/",
        "pingback": "http://madskills.com/public/xml/rss/module/pingback/",
        "admin": "http://webns.net/mvcb/",
        "ag": "http://purl.org/rss/1.0/modules/aggregation/",
        "company": "http://purl.org/rss/1.0/modules/company",
        "ev": "http://purl.org/rss/1.0/modules/event/",
        "prism": "http://prismstandard.org/namespaces/1.2/basic/",
        "atom": "http://www.w3.org/2005/Atom",
    }.items()
)
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
FRAMES = {
    "rss": f'<rss version="2.0" {NAMESPACES}><channel><title>F</title><item>%s</item></channel></rss>',
    "rss091": '<rss version="0.91"><channel><title>F</title><item>%s</item></channel></rss>',
    "rss092": '<rss version="0.92"><channel><title>F</title><item>%s</item></channel></rss>',
    "rss1": f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/" {NAMESPACES}><channel rdf:about="http://a.example/">'
    '<title>F</title></channel><item rdf:about="http://a.example/about">%s</item></rdf:RDF>',
    "rss090": f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>F</title></channel>'
    "<item>%s</item></rdf:RDF>",
    "cdf": '<channel href="http://a.example/"><title>F</title>%s</channel>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry>%s</entry></feed>',
    "atom03": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry>%s</entry></feed>',
    "whole": "%s",
}
_PLACE = re.compile(r"<unknown>:\d+:\d+: ")
LINES = Path(__file__).with_name("feed_table.txt").read_text("utf-8").splitlines()
ROWS = [line.rsplit(" |", 1) for line in LINES if not line.startswith("#")]


def told(entry: Entry) -> str:
    hints = entry.hints
    moment = hints.published.strftime("%Y-%m-%d %H:%M:%S") if hints.published else None
    values = (hints.title, entry.url, moment, ", ".join(hints.authors), hints.summary_html, hints.content_html)
    return " · ".join(value or "-" for value in values)


def read(document: bytes, content_type: str | None = "application/xml") -> str:
    """What comes of a document: its entries and problems, or what it is instead of a feed."""
    try:
        reading = read_feed(document, content_type, SOURCE, URL, NOW)
    except NotAFeed as error:
        return f"! {error}"
    return " ; ".join([*map(told, reading.entries), *(f"? {_PLACE.sub('', each)}" for each in reading.problems)])


@pytest.mark.parametrize(("feed", "expected"), ROWS, ids=[str(number) for number in range(len(ROWS))])
def test_what_a_feed_is_made_of_is_read_or_named(feed, expected):
    frame, markup = feed.split(" | ", 1)
    assert read((FRAMES[frame] % markup).encode()) == expected.strip()


ENCODINGS = {
    "a naïve café": "utf-8 utf-16 utf-16-le utf-16-be utf-32 iso-8859-1 iso-8859-15 windows-1252 macintosh",
    "zażółć gęślą": "utf-8 iso-8859-2 windows-1250",
    "новости кино": "utf-8 koi8-r koi8-u iso-8859-5 windows-1251 ibm866",
    "ειδήσεις": "iso-8859-7 windows-1253",
    "haberler ışık": "iso-8859-9 windows-1254",
    "חדשות": "iso-8859-8 windows-1255",
    "أخبار": "iso-8859-6 windows-1256",
    "生数科技完成融资": "utf-8 gb2312 gbk gb18030 hz-gb-2312 utf-16",
    "長鏡頭財訊": "big5 big5-hkscs",
    "映画の報せ": "shift_jis euc-jp iso-2022-jp",
    "영화 소식": "euc-kr cp949 iso-2022-kr",
    "ข่าวหนัง": "tis-620",
}


@pytest.mark.parametrize("said_by", ["document", "header", "both"])
@pytest.mark.parametrize(("text", "encoding"), [(text, each) for text in ENCODINGS for each in ENCODINGS[text].split()])
def test_every_encoding_that_is_declared_is_read(text, encoding, said_by):
    declared = f' encoding="{encoding}"' if said_by != "header" else ""
    document = (
        f'<?xml version="1.0"{declared}?>' + FRAMES["rss"] % f"<title>{text}</title><link>http://a.example/1</link>"
    )
    codec = {"macintosh": "mac-roman", "hz-gb-2312": "hz"}.get(encoding, encoding)
    content_type = f"text/xml; charset={encoding}" if said_by != "document" else "text/xml"
    assert read(document.encode(codec), content_type) == f"{text} · http://a.example/1 · - · - · - · -"
