"""The catalogue: every bundled file is a source, and a bad file is an error that names itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest
from parsel.csstranslator import css2xpath as css_to_xpath

from crawlers.bot import UnusableContact, user_agent
from crawlers.catalogue import SOURCES, CatalogueError, load_catalogue
from crawlers.crawl import CrawlSettings
from crawlers.readers.by_kind import READERS
from crawlers.shown_store import UnknownSource
from crawlers.spiders.of_kinds import FeedSpider, SitemapSpider
from crawlers.spiders.source import SourceSpider
from db.nouns.source import SourceKind
from tests.small_web import Answer, item, rss

ROOT = Path(__file__).parents[1]
GOOD = """title: A source
kind: rss
url: https://news.example/feed
language: en
"""


def test_the_bundled_sources():
    sources = load_catalogue()
    enabled = [source for source in sources if source.enabled]

    assert [source.key for source in sources] == sorted(path.stem for path in SOURCES.glob("*.yml"))
    assert Counter(source.url for source in sources).most_common(1)[0][1] == 1
    assert len(sources) >= 80
    assert len(enabled) >= 12
    assert sum(source.language == "zh" for source in enabled) >= 5
    assert [source.url for source in sources if urlsplit(source.url).scheme != "https"] == []


def test_a_bundled_source_takes_a_dozen_lines():
    lengths = {path.stem: len(path.read_text("utf-8").splitlines()) for path in SOURCES.glob("*.yml")}
    assert {key: length for key, length in lengths.items() if length > 12} == {}


def test_every_listings_selector_is_one():
    for source in load_catalogue():
        if source.kind == "listing":
            css_to_xpath(source.links)


def test_every_kind_of_source_has_a_reader():
    assert {*READERS, "page"} == set(get_args(SourceKind))  # a page asked for by hand lists no others


def scrapy(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


@pytest.mark.check
def test_scrapys_own_commands_work(web, tmp_path):
    for name in ("mine", "page"):
        text = f"title: M\nkind: rss\nurl: {web.base}/{name}\nlanguage: en\n"
        (tmp_path / f"{name}.yml").write_text(text, "utf-8")
    web.routes |= {
        "/mine": rss(item(f"{web.base}/a", "Northlight raises")),
        "/page": Answer(b"<html><body>No feed</body></html>"),
    }
    given = ("-s", f"ALLOWED_LOOPBACK={web.address}", "-s", "SECONDS_BETWEEN_REQUESTS=0")

    def run(*arguments):
        return scrapy(*arguments, *given, DAILIES_SOURCES=str(tmp_path))

    kinds = ["companies_house", "edgar", "feed", "gdelt", "hacker_news", "listing", "sitemap", "source", "wikidata"]
    assert run("list").stdout.split() == kinds
    shown = run("crawl", "feed", "-a", "source=mine")
    assert f"{web.base}/mine: 1 entries" in shown.stdout
    assert "Northlight raises" in shown.stdout
    assert web.paths() == ["/robots.txt", "/mine"]
    kept, broken = (run("check", "feed", "-a", f"source={key}") for key in ("mine", "page"))
    assert (kept.returncode, "Ran 1 contract" in kept.stderr) == (0, True)
    assert (broken.returncode, "page: not_a_feed" in broken.stderr) == (1, True)


def test_every_kind_of_source_has_a_spider_of_its_own():
    kinds = [kind for spider in SourceSpider.__subclasses__() for kind in spider.kinds]
    assert sorted(kinds) == sorted(set(READERS) - {"any"})  # what an address is that nobody described, a crawl finds


def test_a_spider_without_a_source_takes_all_of_its_kinds_that_are_on():
    on = [source.key for source in load_catalogue() if source.enabled and source.kind in ("rss", "atom", "json")]
    assert [source.key for source in FeedSpider().sources] == on


def test_a_spider_that_cannot_read_a_source_says_what_it_needs():
    with pytest.raises(UnknownSource, match="-a source=KEY"):
        FeedSpider(source="no-such-source")
    with pytest.raises(UnknownSource, match="is of kind gdelt; this spider reads sitemap"):
        SitemapSpider(source="gdelt")


def test_a_source_file(tmp_path):
    (tmp_path / "b.yml").write_text(GOOD, "utf-8")
    (tmp_path / "a.yml").write_text(GOOD.replace("en", "zh") + "full_text: true\nenabled: false\n", "utf-8")

    assert [(source.key, source.language, source.enabled) for source in load_catalogue(tmp_path)] == [
        ("a", "zh", False),
        ("b", "en", True),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD.replace("kind: rss", "kind: carrier-pigeon"), "kind"),
        (GOOD.replace("https://news.example/feed", "ftp://news.example/feed"), "url"),
        (GOOD.replace("language: en", "language: fr"), "language"),
        (GOOD.replace("title: A source\n", ""), "title"),
        (GOOD + "expected_yield: -1\n", "expected_yield"),
        (GOOD + "links: a\n", "links"),
        (GOOD.replace("kind: rss", "kind: listing"), "links"),
        (GOOD + "titel: A source\n", "titel"),
        (GOOD + "key: another\n", "key"),
        ("- a list", "no fields"),
        ("", "no fields"),
        ("title: [", "not a YAML file"),
    ],
)
def test_a_bad_source_file_is_named_with_what_is_wrong(tmp_path, text, named):
    (tmp_path / "bad.yml").write_text(text, "utf-8")

    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)

    assert "bad.yml" in str(caught.value)
    assert named in str(caught.value)


def test_a_source_file_that_is_not_utf8_is_named(tmp_path):
    (tmp_path / "bad.yml").write_bytes("title: 量子位\n".encode("gbk"))
    with pytest.raises(CatalogueError, match=r"bad\.yml"):
        load_catalogue(tmp_path)


def test_the_contact_comes_from_the_environment_and_has_to_be_an_address(monkeypatch):
    monkeypatch.setenv("DAILIES_CONTACT", "me@example.org")
    assert CrawlSettings().contact == "me@example.org"
    assert user_agent("me@example.org").endswith("; me@example.org)")

    monkeypatch.setenv("DAILIES_CONTACT", "")
    assert CrawlSettings().contact is None

    for wrong in ("me", "me@example.org\r\nX-Evil: 1", "me@example.org (you)", "Me <me@example.org>"):
        monkeypatch.setenv("DAILIES_CONTACT", wrong)
        with pytest.raises(UnusableContact, match="DAILIES_CONTACT"):
            CrawlSettings()
