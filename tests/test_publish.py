"""What a run leaves in out/: pages that need nothing else, whose links lead somewhere, rewritten only if changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

import feedparser
import pytest

from dailies.commands.output import UnwritableOutput
from dailies.notices.issues import make_issue
from dailies.site.publish import publish
from db.connection.engine import open_database
from db.knowledge.bundled import load_bundled
from db.values import PartialDate
from tests.claims import claim
from tests.stored_news import store_article

TODAY = date(2024, 6, 20)
PIKA = {"company": "Pika", "company_key": "pika"}
HOSTILE = "</td><script>alert(1)</script>\x1b[31m|`[x](javascript:alert(2))\u202e"
LONG = '=HYPERLINK("https://evil.example")' + "长" * 10_000
ARTICLES = (
    {
        "claims": [
            claim(amount=80_000_000, on="2024-06-04", status="confirmed", said_by="company", **PIKA,
                  fields={"investment_type": "series_b", "lead_investors": ["Spark Capital"]}),
            claim("valuation", amount=470_000_000, on="2024-06-04", **PIKA),
            claim("total_funding", amount=135_000_000, **PIKA),
        ],
        "key": "a1", "published": "2024-06-05", "outlet": "Daily Reel", "url": "https://dailyreel.example/1",
    },
    {
        "claims": [claim(amount=141_000_000, on="2023-06-29"), claim("lawsuit", fields={"plaintiff": HOSTILE})],
        "key": "a2", "published": "2024-06-13", "outlet": HOSTILE, "url": "javascript:alert(3)", "title": HOSTILE + LONG,
    },
    {
        "claims": [claim("shutdown", on="2024-06-01", company=HOSTILE, company_key="~x", sentence=HOSTILE)],
        "key": "a3", "published": "2024-06-12", "outlet": "Wire", "url": "https://wire.example/3",
    },
    {"claims": [], "key": "a4", "published": "2024-06-06", "url": "https://dailyreel.example/4"},
    {"claims": [], "key": "a5", "published": "2024-06-07", "url": "https://dailyreel.example/5"},
)  # fmt: skip


def filled(path, articles=ARTICLES, kind="sample"):
    engine = open_database(f"sqlite:///{path}", kind)
    load_bundled(engine)
    for article in articles:
        store_article(engine, *article["claims"], **{key: value for key, value in article.items() if key != "claims"})
    return engine


def read_all(out):
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


@pytest.fixture
def out(tmp_path):
    publish(filled(tmp_path / "news.db"), tmp_path / "out", TODAY)
    return tmp_path / "out" / "site"


def test_the_files_of_a_database(out):
    names = {re.sub(r"c[0-9a-f]{16}", "c…", name) for name in read_all(out)}
    assert sorted(name for name in names if ".zh." not in name) == [
        "briefs/2024-W23.en.html",
        "briefs/2024-W23.en.md",
        "briefs/2024-W24.en.html",
        "briefs/2024-W24.en.md",
        "companies.csv",
        "companies.en.html",
        "companies/pika.en.html",
        "companies/runway.en.html",
        "companies/x-52fa2173.en.html",
        "conflicts.en.html",
        "coverage.en.html",
        "facts/lawsuit-c….en.html",
        "facts/round-c….en.html",
        "facts/shutdown-c….en.html",
        "facts/total-c….en.html",
        "facts/valuation-c….en.html",
        "feeds/briefs.en.atom",
        "feeds/pika.en.atom",
        "feeds/runway.en.atom",
        "feeds/x-52fa2173.en.atom",
        "find.en.html",
        "index.html",
        "investors.en.html",
        "investors/sparkcapital.en.html",
        "method.en.html",
        "rounds.en.html",
        "talk.en.html",
    ]
    english = {name.replace(".en.", ".zh.").replace("index.html", "index.zh.html") for name in names}
    assert {name for name in names if ".zh." in name} == {name for name in english if ".zh." in name}


class Page(HTMLParser):
    """The links, anchors and loaded resources of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors, self.loaded = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.links += (
            [values["href"]]
            if tag in ("a", "link")
            else [values["action"]]
            if tag == "form" and "action" in values
            else []
        )
        self.anchors |= {values["id"]} if "id" in values else set()
        if tag in ("img", "iframe", "object", "embed") or any(
            name.startswith("on") or name in ("src", "srcset") for name in values
        ):
            self.loaded.append((tag, values))


def pages(out):
    return {path: Page(path.read_text("utf-8")) for path in sorted(out.rglob("*.html"))}


def test_every_link_leads_somewhere_and_nothing_is_loaded(out):
    found = pages(out)
    dead, outside = [], set()
    for path, page in found.items():
        assert page.loaded == []
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                outside.add(link)
                continue
            target = (path.parent / parts.path).resolve() if parts.path else path
            if not target.is_file() or (parts.fragment and parts.fragment not in found[target].anchors):
                dead.append((path.name, link))
    assert dead == []
    assert outside == {"https://dailyreel.example/1", "https://wire.example/3"}


def test_the_company_table_leads_to_the_page_of_the_number(out):
    links = [link for link in pages(out)[out / "companies.en.html"].links if "facts/round-" in link]
    assert [re.sub(r"c[0-9a-f]{16}", "c…", link) for link in links] == ["facts/round-c….en.html"] * 2


def test_feeds_are_read_by_a_feed_reader_and_lead_to_pages(out):
    briefs = feedparser.parse((out / "feeds/briefs.zh.atom").read_bytes())
    assert not briefs.bozo and briefs.version == "atom10"
    assert [(entry.title, entry.link, entry.updated) for entry in briefs.entries] == [
        ("AI视频周报 · 2024年第24周", "../briefs/2024-W24.zh.html", "2024-06-17T00:00:00Z"),
        ("AI视频周报 · 2024年第23周", "../briefs/2024-W23.zh.html", "2024-06-10T00:00:00Z"),
    ]
    facts = feedparser.parse((out / "feeds/pika.en.atom").read_bytes())
    assert not facts.bozo
    for entry in facts.entries:
        path, anchor = entry.links[0].href.split("#")
        assert f'id="{anchor}"' in (out / "feeds" / path).read_text("utf-8")
        assert entry.content[0].value and entry.id.startswith("tag:dailies.invalid,2024:fact/")


def test_the_feed_tells_the_issues_that_were_kept(tmp_path):
    engine = filled(tmp_path / "news.db")
    make_issue(engine, PartialDate("2024-W23"), datetime(2024, 6, 10, 6, 30, tzinfo=UTC))
    publish(engine, tmp_path / "out", TODAY)
    found = feedparser.parse((tmp_path / "out/site/feeds/briefs.en.atom").read_bytes()).entries
    assert [(entry.id.rsplit(":", 1)[1], entry.updated) for entry in found] == [
        ("brief/2024-W24/en", "2024-06-17T00:00:00Z"),
        ("brief/2024-W23/1/en", "2024-06-10T06:30:00Z"),
    ]


def test_every_page_of_samples_says_so(out):
    for name, content in read_all(out).items():
        assert "样例数据，不可引用" in content.decode() or "sample data, not for citation" in content.decode(), name


def test_real_pages_do_not(tmp_path):
    publish(filled(tmp_path / "news.db", kind="real"), tmp_path / "out", TODAY)
    assert not [name for name, content in read_all(tmp_path / "out/site").items() if b"not for citation" in content]


def test_a_second_time_nothing_is_written(tmp_path):
    engine = filled(tmp_path / "news.db")
    first = publish(engine, tmp_path / "out", TODAY)
    before = {path: path.stat().st_mtime_ns for path in first.written}
    second = publish(engine, tmp_path / "out", TODAY)
    assert (second.index, second.written) == (tmp_path / "out/site/index.html", [])
    assert {path: path.stat().st_mtime_ns for path in first.written} == before
    assert len(first.written) == len(read_all(tmp_path / "out"))


def test_only_pages_whose_content_changed_are_written(tmp_path):
    engine = filled(tmp_path / "news.db", [*ARTICLES[:2], *ARTICLES[3:]])
    publish(engine, tmp_path / "out", TODAY)
    filled(tmp_path / "news.db", ARTICLES[2:3])
    written = publish(engine, tmp_path / "out", TODAY).written
    names = {path.relative_to(tmp_path / "out/site").as_posix() for path in written}
    assert {
        name.split("-c")[0].split(".")[0] for name in names if name.startswith(("companies/", "facts/", "investors/"))
    } == {
        "companies/x-52fa2173",
        "facts/shutdown",
    }
    assert not {name for name in names if name.startswith("briefs/2024-W23")}
    assert {"index.html", "companies.csv", "briefs/2024-W24.en.md"} <= names


def test_a_page_of_what_is_gone_is_deleted_and_nothing_else(tmp_path):
    publish(filled(tmp_path / "all.db"), tmp_path / "out", TODAY)
    (tmp_path / "out" / "site" / "notes.txt").write_text("mine")
    (tmp_path / "out" / "site" / ".written").open("a").write("../../mine.txt\n")
    (tmp_path / "mine.txt").write_text("mine as well")

    publish(filled(tmp_path / "fewer.db", ARTICLES[1:]), tmp_path / "out", TODAY)
    publish(filled(tmp_path / "again.db", ARTICLES[1:]), tmp_path / "fresh", TODAY)

    left = read_all(tmp_path / "out" / "site")
    assert (left.pop("notes.txt"), (tmp_path / "mine.txt").read_text()) == (b"mine", "mine as well")
    assert left == read_all(tmp_path / "fresh" / "site")


def test_the_order_of_loading_changes_no_byte(tmp_path, out):
    publish(filled(tmp_path / "other.db", ARTICLES[::-1]), tmp_path / "other", TODAY)
    assert read_all(tmp_path / "other/site") == read_all(out)


def test_hostile_text_is_harmless_on_every_page(out):
    for name, content in read_all(out).items():
        text = content.decode()
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text), name
        if name.endswith(".html"):
            assert "<script>alert" not in text and "javascript:" not in "".join(Page(text).links), name


def test_the_first_page_counts_what_it_leaves_out_and_offers_the_newest_brief_first(tmp_path, monkeypatch):
    monkeypatch.setattr("dailies.site.publish.TALK_SHOWN", 1)
    denied = [
        claim("acquisition", status="denied", company=name, company_key=name.lower(), fields={"acquirer": "Meta"})
        for name in ("Pika", "Runway", "Synthesia")
    ]
    talk = {"claims": denied, "key": "a6", "published": "2024-06-05", "url": "https://dailyreel.example/6"}
    undated = {
        "claims": [claim(sentence="It raised money.")],
        "key": "a7",
        "published": None,
        "url": "https://reel.example/7",
    }
    engine = filled(tmp_path / "news.db", (ARTICLES[0], talk, undated), kind="real")
    text = publish(engine, tmp_path / "out", date(2024, 6, 27)).index.read_text("utf-8")
    died = "talk.en.html?outcome=denied%20by%20a%20party%20%2B%20taken%20back%20by%20the%20outlet%20%2B%20fell%20through%20%2B%20faded"
    assert re.findall('<a href="([^"]*)">(… and .*?)</a>', text) == [(died, "… and 2 more")]
    briefs = re.search('<p class="meta">Briefs · (.*)</p>', text)[1]
    assert re.sub("<[^>]*>", "", briefs) == (
        "AI video, week 23 of 2024 · AI video, week 25 of 2024 (no article of that week was read)"
    )
    assert "Nothing since: no article of “AI video, week 25 of 2024”, the last whole week, was read." in text
    assert "rounds that no text dates stand in no period: 1" in text


def test_the_first_page_dates_things_by_the_data_and_not_by_the_clock(tmp_path):
    engine = filled(tmp_path / "news.db", (ARTICLES[0],), kind="real")
    pages = [
        publish(engine, tmp_path / name, today).index.read_text("utf-8")
        for name, today in (("then", date(2024, 6, 10)), ("later", date(2024, 6, 15)))
    ]
    assert pages[0] == pages[1]
    assert "This week" not in pages[0] and '<th scope="col">Newest week with news</th>' in pages[0]
    assert "<small>newest quarter with a round, as of 5 Jun 2024</small>" in pages[0]


def test_the_latest_news_of_a_company_is_that_of_its_undated_pages_too(tmp_path):
    """HeyGen's facts were told "to 29 Nov 2023" above a round of June 2024."""
    told = claim(amount=60_000_000, on="2024-06", **PIKA)
    old = {"claims": [claim("valuation", amount=75_000_000, on="2023-11-29", **PIKA)], "key": "a1",
           "published": "2023-11-29", "url": "https://wire.example/1"}  # fmt: skip
    undated = {"claims": [told], "key": "a2", "published": None, "url": "https://reel.example/2"}
    other = {
        "claims": [claim(on="2024-06-12")],
        "key": "a3",
        "published": "2024-06-13",
        "url": "https://wire.example/3",
    }
    engine = filled(tmp_path / "news.db", (old, undated, other), kind="real")
    text = publish(engine, tmp_path / "out", TODAY).index.read_text("utf-8")
    assert re.findall("<small>(facts: [^<]*)</small>", text) == [
        "facts: 2 · latest news: Jun 2024",
        "facts: 1 · latest news: Jun 2024",
    ]


def test_a_page_of_a_week_that_is_not_over_says_so_by_its_newest_article_and_not_by_the_clock(tmp_path):
    engine = filled(tmp_path / "news.db", (ARTICLES[0],), kind="real")
    publish(engine, tmp_path / "out", date(2024, 6, 7))
    page = (tmp_path / "out/site/briefs/2024-W23.en.html").read_text("utf-8")
    assert ARTICLES[0]["published"] == "2024-06-05"
    assert "not over yet: told as known on 5 Jun 2024 (UTC)" in page


def test_an_empty_database_still_has_a_first_page(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'news.db'}")
    published = publish(engine, tmp_path / "out", TODAY)
    text = published.index.read_text("utf-8")
    assert "Nothing has been read yet. `dailies run` fetches the news." in text
    assert "No article of this week was read." in (tmp_path / "out/site/briefs/2024-W24.en.html").read_text("utf-8")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UnwritableOutput, match=re.escape(str(tmp_path / "out"))):
        publish(filled(tmp_path / "news.db"), tmp_path / "out", TODAY)


def test_ids_are_in_addresses_and_read_only_where_they_are_of_use(out):
    """Every line of a company's page ended in "round-c5e49bf1ad6309f19"."""
    shown = {
        path: re.sub(r"<style>.*?</style>|<[^>]*>", "", path.read_text("utf-8"), flags=re.S) for path in pages(out)
    }
    ids = {path: re.findall(r"\b(?:[a-z]+-)?c[0-9a-f]{16}\b", text) for path, text in shown.items()}
    assert {path.parent.name for path, found in ids.items() if found} == {"facts"}
    fact = next(path for path in sorted(ids) if path.name.startswith("round-") and path.name.endswith(".zh.html"))
    below = shown[fact][shown[fact].index("本条事实及各条说法的固定编号") :]
    assert set(ids[fact]) == set(re.findall(r"\b(?:[a-z]+-)?c[0-9a-f]{16}\b", below)) and fact.name[:-8] in below
