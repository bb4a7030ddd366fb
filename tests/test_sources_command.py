"""`dailies sources`: the catalogue with its states, and what an address or a source would yield."""

from __future__ import annotations

import json

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner

from crawlers.asking import instance_on_this_machine, on_instance, what_is_missing
from crawlers.crawl import CrawlSettings
from crawlers.ports import CrawlSource
from dailies.cli import app
from dailies.commands import sources as command
from dailies.crawl.sources import all_sources
from dailies.failures import UsageError
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.crawl import run_log
from db.schema.crawl_tables import CaptureRow, PageRow
from tests.crawling import QUICK
from tests.new_databases import new_sqlite
from tests.small_web import Answer, item, rss


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("DAILIES_SOURCES", str(tmp_path / "mine"))
    (tmp_path / "mine").mkdir()
    for name in ("DAILIES_CONTACT", "DAILIES_RSSHUB"):
        monkeypatch.delenv(name, raising=False)
    return new_sqlite(tmp_path / "dailies.db")


def own(tmp_path, key, text):
    (tmp_path / "mine" / f"{key}.yml").write_text(text, "utf-8")


def html(*links: str) -> Answer:
    return Answer(
        f"<html><head>{''.join(links)}</head><body>Hello</body></html>".encode(), headers={"Content-Type": "text/html"}
    )


def tried(web, database, asked, capsys):
    code = command.test(database, asked, CrawlSettings(**{**QUICK, "allowed_loopback": web.address}))
    said = capsys.readouterr()
    return code, said.out.replace(web.base, "http://web").splitlines(), said.err.replace(web.base, "http://web")


def test_the_list_says_in_which_state_each_source_is(tmp_path, database, capsys):
    own(tmp_path, "mine-new", "title: New\nkind: rss\nurl: https://new.example/feed\nlanguage: en\n")
    own(tmp_path, "mine-off", "title: Not on\nkind: rss\nurl: https://off.example/feed\nlanguage: en\nenabled: false\n")
    own(
        tmp_path,
        "mine-waiting",
        "title: Key\nkind: rss\nurl: https://key.example/feed\nlanguage: en\nneeds: A_KEY_FOR_TESTS\n",
    )
    own(tmp_path, "mine-known", "title: Known\nkind: rss\nurl: https://known.example/feed\nlanguage: zh\n")
    with Session(open_database(database, "real")) as session, session.begin():
        run_log.put_outcome(session, run_log.start_run(session, "run"), "mine-known", "new", "3")
        run_log.put_outcome(session, run_log.start_run(session, "run"), "mine-known", "unreachable", "no answer")

    command.list_sources(database, "jsonl", None)
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    rows = {row["key"]: row for row in listed if row["key"].startswith("mine-")}

    assert {
        key: (row["state"], row["last_outcome"], row["last_answered_at"] is not None) for key, row in rows.items()
    } == {
        "mine-new": ("unverified", None, False),
        "mine-off": ("off", None, False),
        "mine-waiting": ("waiting", None, False),
        "mine-known": ("on", "unreachable", True),
    }
    assert rows["mine-waiting"]["needs"] == "set A_KEY_FOR_TESTS to the key that this source gives you"


def test_one_source_is_shown_with_its_file(database, capsys):
    command.show(database, "qbitai", "table")
    shown = capsys.readouterr().out

    assert shown.startswith("# qbitai.yml\ntitle: 量子位\nkind: rss\nurl: https://www.qbitai.com/feed\n")
    assert shown.endswith("state: unverified\n")


def test_a_source_nobody_knows_is_named_with_suggestions(database):
    with pytest.raises(UsageError, match="did you mean qbitai"):
        command.show(database, "qbita", "table")


def test_what_a_feed_would_yield(web, database, capsys):
    web.routes["/feed"] = rss(
        item("/a", "Northlight raises $5 million", "Tue, 06 Aug 2024 10:00:00 GMT"), item("/b", "B", None)
    )
    code, out, err = tried(web, database, f"{web.base}/feed", capsys)

    assert out == [
        "http://web/feed: rss, 2 articles, 1 dated, newest 2024-08-06, 0 with their text in the feed",
        "  2024-08-06  Northlight raises $5 million  http://web/a",
        "  no date     B  http://web/b",
    ]
    assert (code, err) == (0, "")
    assert web.paths() == ["/robots.txt", "/feed"]


def test_a_page_leads_to_the_feeds_it_names(web, database, capsys):
    web.routes["/"] = html(
        '<link rel="alternate" type="application/rss+xml" href="/feed">',
        '<link rel="stylesheet" type="text/css" href="/a.css">',
        '<link rel="Alternate" type="application/feed+json; charset=utf-8" href="/feed.json">',
        '<link rel="alternate" type="application/atom+xml" href="javascript:alert(1)">',
        '<link rel="alternate" hreflang="zh" href="/zh">',
    )
    web.routes["/feed"] = rss(item("/a", "A"))
    web.routes["/feed.json"] = Answer(b"<html>moved</html>", headers={"Content-Type": "text/html"})
    code, out, err = tried(web, database, f"{web.base}/", capsys)

    assert out == [
        "http://web/: a web page that names 2 feeds",
        "http://web/feed: rss, 1 articles, 0 dated, 0 with their text in the feed",
        "  no date     A  http://web/a",
    ]
    assert err.startswith("http://web/feed.json: not_a_feed: a web page that names no feed")
    assert code == 0
    assert web.paths() == ["/robots.txt", "/", "/feed", "/feed.json"]


def test_a_page_without_feeds_leads_to_the_sitemaps_of_its_robots_txt(web, database, capsys):
    web.routes["/robots.txt"] = Answer(
        b"User-agent: *\nAllow: /\nSitemap: https://news.example/sitemap.xml\nsitemap: javascript:alert(1)\n"
    )
    web.routes["/"] = html()
    code, _, err = tried(web, database, f"{web.base}/", capsys)

    assert code == 1
    assert err.splitlines()[1:] == ["Its robots.txt names a sitemap: https://news.example/sitemap.xml"]


def test_a_trial_stores_no_article_and_keeps_what_hosts_ask_for(web, database, capsys):
    web.routes["/feed"] = Answer(b"busy", 429, {"Retry-After": "3600"})
    code, out, err = tried(web, database, f"{web.base}/feed", capsys)
    again, _, said = tried(web, database, f"{web.base}/feed", capsys)

    assert (code, out, again) == (1, [], 1)
    assert "paused" in err
    assert "paused" in said
    assert web.paths() == ["/robots.txt", "/feed"]
    with Session(open_database(database)) as session:
        assert [session.exec(select(table)).first() for table in (PageRow, CaptureRow)] == [None, None]


def test_a_trial_obeys_robots_txt(web, database, capsys):
    web.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
    web.routes["/feed"] = rss(item("/a"))
    code, out, err = tried(web, database, f"{web.base}/feed", capsys)

    assert (code, out, web.paths()) == (1, [], ["/robots.txt"])
    assert "robots" in err


def test_a_source_is_tried_by_its_key(web, tmp_path, database, capsys):
    own(tmp_path, "mine-new", f"title: New\nkind: rss\nurl: {web.base}/feed\nlanguage: en\n")
    web.routes["/feed"] = rss(item("/a", "A"))

    assert tried(web, database, "mine-new", capsys)[0] == 0


@pytest.mark.parametrize("asked", ["ftp://a.example/feed", "https://", "http://["])
def test_an_address_of_no_web_is_named(database, asked):
    with pytest.raises(UsageError, match="no address of the web"):
        command.test(database, asked)


def test_a_source_that_lacks_its_key_is_skipped_with_the_remedy(web, crawling):
    web.routes["/feed"] = rss(item("/a"))
    source = CrawlSource("one", "rss", f"{web.base}/feed", "en", needs="A_KEY_FOR_TESTS")

    assert crawling.run(source) == {
        "one": ("skipped", "set A_KEY_FOR_TESTS to the key that this source gives you"),
    }
    assert web.asked == []


def test_a_route_of_rsshub_is_read_on_the_configured_instance(web, tmp_path, database, crawling, monkeypatch):
    own(tmp_path, "mine-route", "title: R\nkind: rss\nurl: rsshub://36kr/newsflashes\nlanguage: zh\n")
    sources = {source.key: source for source in all_sources(settings_for(database))}
    assert "DAILIES_RSSHUB" in what_is_missing(CrawlSource("one", "rss", sources["mine-route"].url, "zh"))

    monkeypatch.setenv("DAILIES_RSSHUB", f"{web.base}/")
    web.routes["/36kr/newsflashes"] = rss(item("/a"))
    web.routes["/a"] = html()
    url = on_instance(sources["mine-route"].url)

    assert url == f"{web.base}/36kr/newsflashes"
    assert CrawlSettings().allowed_loopback == web.address
    assert crawling.run(CrawlSource("one", "rss", url, "zh"))["one"] == ("new", "1")


def test_only_an_instance_on_this_machine_opens_this_machine():
    assert instance_on_this_machine({"DAILIES_RSSHUB": "http://localhost:1200"}) == "localhost:1200"
    assert instance_on_this_machine({"DAILIES_RSSHUB": "https://rsshub.example"}) is None
    assert instance_on_this_machine({"DAILIES_RSSHUB": "http://192.168.1.4:1200"}) is None
    assert instance_on_this_machine({}) is None


def test_a_folder_of_sources_that_is_not_there_is_named(tmp_path, monkeypatch):
    """DAILIES_SOURCES=/nowhere was ignored without a word: the user's own sources were just not asked."""
    nowhere = tmp_path / "nowhere"
    monkeypatch.setenv("DAILIES_SOURCES", str(nowhere))
    for words in (["sources", "list"], ["crawl"], ["run"]):
        done = CliRunner().invoke(app, [*words, "--db", str(tmp_path / "new.db")])

        assert isinstance(done.exception, UsageError)
        assert str(done.exception) == (
            f"DAILIES_SOURCES is '{nowhere}', which is no folder; make it, or unset the variable"
        )
    assert list(tmp_path.iterdir()) == []
