"""Registers and searches crawled from a loopback server: what is asked, what is taken, and what is left alone."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawlers.asking import addresses, headers
from crawlers.crawl import CrawlSettings
from crawlers.manners.redirects import Redirects
from crawlers.ports import CrawlSource
from crawlers.readers.edgar import read_form_d_search
from crawlers.readers.gdelt import read_gdelt
from crawlers.readers.hacker_news import read_hacker_news
from crawlers.readers.reading import NotAFeed
from crawlers.readers.wikidata import read_wikidata
from dailies.commands import listings
from dailies.run.daily_run import perform
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.nouns.source import SourceFields
from tests.crawling import QUICK, source
from tests.filings import ALLOTMENT, amendment, as_json, filing, form_d, latest_filings, listed
from tests.new_databases import new_sqlite
from tests.small_web import Answer, item, page, rss

NOW = datetime(2025, 4, 12, 6, tzinfo=UTC)
HN = CrawlSource("hn", "hacker_news", "https://hn.algolia.com/api/v1/search_by_date", "en", terms="Pika, AI video")
GDELT = CrawlSource("gdelt", "gdelt", "https://api.gdeltproject.org/api/v2/doc/doc", "en", terms="AI video, 可灵")
LIST = "/cgi-bin/browse-edgar"
FILED = "/Archives/edgar/data/9999001/000999900125000001/primary_doc.xml"
AMENDED = "/Archives/edgar/data/9999001/000999900125000002/primary_doc.xml"


@pytest.fixture(autouse=True)
def contact(monkeypatch):
    monkeypatch.setenv("DAILIES_CONTACT", "operator@example.org")


def edgar(web, **fields):
    return source(web, f"{LIST}?action=getcurrent&type=D&count=100&start=0", "edgar", kind="form_d_list", **fields)


def test_only_filings_of_companies_we_know_are_fetched(web, crawling):
    web.routes[LIST] = latest_filings(
        listed("Runway AI, Inc.", 9999001, "0009999001-25-000001", "2025-04-11T17:05:31-04:00"),
        listed("Runway AI, Inc.", 9999001, "0009999001-25-000001", "2025-04-11T17:05:31-04:00"),
        listed("WU Anthropic LP", 9999004, "0009999004-25-000001", "2025-04-11T17:05:32-04:00"),
        listed("Runway Fund 1, LP", 9999003, "0009999003-24-000001", "2025-04-11T17:05:33-04:00"),
        listed("Sample Avatar Labs, Inc.", 9999002, "0009999002-25-000001", "2025-04-11T17:05:34-04:00"),
    )
    web.routes[FILED] = Answer(form_d(), headers={"Content-Type": "text/xml"})

    assert crawling.run(edgar(web)) == {"edgar": ("new", "1")}
    assert web.paths()[1:] == [f"{LIST}?action=getcurrent&type=D&count=100&start=0", FILED]


def test_the_sec_is_told_product_and_e_mail_and_nothing_else(web, crawling):
    web.routes[LIST] = latest_filings()
    crawling.run(edgar(web, needs="DAILIES_CONTACT"))

    assert {asked.headers["user-agent"] for asked in web.asked} == {"DailiesBot/0.1.0 operator@example.org"}


def test_without_an_e_mail_the_sec_is_not_asked(web, crawling, monkeypatch):
    monkeypatch.delenv("DAILIES_CONTACT")

    assert crawling.run(edgar(web, needs="DAILIES_CONTACT")) == {
        "edgar": ("skipped", "set DAILIES_CONTACT to your e-mail address, which this source demands of whoever asks it")
    }
    assert web.asked == []


def test_the_list_of_filings_is_read_back_a_day_and_no_further(web, crawling):
    """Behind its end the SEC answers 503, which would pause the host."""

    def answer(asked):
        start = int(parse_qs(urlsplit(asked.path).query)["start"][0])
        age = {0: 1, 100: 20, 200: 40}[start]
        moment = (datetime.now(UTC) - timedelta(hours=age)).isoformat()
        return latest_filings(
            *(listed(f"Stranger {n}, Inc.", n, f"{n:010}-25-{start:06}", moment) for n in range(1, 101))
        )

    web.routes[LIST] = answer
    crawling.run(edgar(web))

    assert [parse_qs(urlsplit(path).query)["start"] for path in web.paths()[1:]] == [["0"], ["100"], ["200"]]


def test_the_full_text_search_finds_the_same_filings():
    def hit(name, adsh, form="D"):
        return {"_source": {"display_names": [name], "adsh": adsh, "form": form, "file_date": "2025-04-11"}}

    found = {
        "hits": {
            "hits": [
                hit("Runway AI, Inc.  (CIK 0009999001)", "0009999001-25-000001"),
                hit("Runway AI, Inc.  (CIK 0009999001)", "0009999001-25-000001"),
                hit("Runway Growth Finance Corp.  (RWAY)  (CIK 0001653384)", "0009999077-25-000031", "8-K"),
                hit("WU Anthropic LP  (CIK 0009999004)", "0009999004-25-000001"),
                {"_source": {"form": "D", "adsh": 5, "display_names": "no list"}},
            ]
        }
    }
    search = CrawlSource("efts", "form_d_search", "https://efts.sec.gov/LATEST/search-index", "en")
    (address,) = addresses(search, NOW)
    reading = read_form_d_search(json.dumps(found).encode(), "application/json", search, address, NOW)

    assert address == (
        "https://efts.sec.gov/LATEST/search-index?q=&forms=D%2CD%2FA&dateRange=custom"
        "&startdt=2025-04-08&enddt=2025-04-12&from=0"
    )
    assert [(entry.url, entry.hints.title) for entry in reading.entries] == [
        (f"https://www.sec.gov{FILED}", "D - Runway AI, Inc. (0009999001)")
    ]
    assert reading.more == []


@pytest.mark.check
def test_a_filing_and_its_amendment_are_one_round_with_the_press(web, tmp_path, capsys):
    """The filing is a floor, the press's sum within it no contradiction, the amendment the exact sum: never two."""
    original = listed("Runway AI, Inc.", 9999001, "0009999001-25-000001", "2025-04-11T17:05:31-04:00")
    amended = listed("Runway AI, Inc.", 9999001, "0009999001-25-000002", "2025-07-02T16:41:07-04:00", "D/A")
    web.routes[LIST] = latest_filings(original)
    web.routes[FILED] = Answer(form_d(), headers={"Content-Type": "text/xml"})
    web.routes["/feed"] = rss(item("/story", "Runway raises $308 million", "Thu, 03 Apr 2025 14:00:00 GMT"))
    story = "AI video company Runway has raised $308 million in a Series D round led by General Atlantic, Runway said."
    web.routes["/story"] = Answer(
        f"<html><head><title>Runway raises $308 million</title></head><body><h1>Runway raises $308 million</h1>"
        f"<p>{story}</p><p>Runway makes video generation models.</p></body></html>".encode(),
        headers={"Content-Type": "text/html"},
    )
    database = new_sqlite(tmp_path / "dailies.db", up_to_date=True)
    engine = open_database(database)
    sources = [
        SourceFields(
            key="edgar", title="SEC", kind="form_d_list", url=f"{web.base}{LIST}?start=0", language="en", tier="primary"
        ),
        SourceFields(key="press", title="A paper", kind="rss", url=f"{web.base}/feed", language="en", tier="press"),
    ]
    settings = CrawlSettings(**{**QUICK, "allowed_loopback": web.address})

    def rounds():
        perform(engine, settings_for(database), command="run", sources=sources, crawl_settings=settings)
        capsys.readouterr()
        listings.facts(listings.Asked(database, "jsonl", company="Runway"), "rounds")
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return [each for each in told if (each["announced_on"] or "").startswith("2025-0")]

    listings.facts(listings.Asked(database, "jsonl", company="Runway"), "rounds")
    curated = len(capsys.readouterr().out.splitlines())
    before = rounds()
    web.routes[LIST] = latest_filings(amended, original)
    web.routes[AMENDED] = Answer(amendment(), headers={"Content-Type": "text/xml"})
    after = rounds()

    for told in (before, after):
        series_d, talks = sorted(told, key=lambda each: each["announced_on"])
        assert talks["status"] == "rumored"
        assert (series_d["money_raised"], series_d["money_raised_operator"]) == (308000000, "exactly")
        assert (series_d["status"], series_d["announced_on"]) == ("confirmed", "2025-04-03")
    listings.claims(listings.Asked(database, "jsonl", company="Runway"))
    claims = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    filed = [claim for claim in claims if claim["said_by"] == "filing" and claim["evidence_class"] == "sentence"]
    assert {(claim["evidence"], claim["fact_id"]) for claim in filed} == {
        ("Total amount sold: $292,000,000", series_d["id"]),
        ("Total amount sold: $308,000,000", series_d["id"]),
    }
    listings.facts(listings.Asked(database, "jsonl", company="Runway"), "rounds")
    assert len(capsys.readouterr().out.splitlines()) == curated


def test_companies_house_is_searched_and_its_filings_are_whole_in_the_list(web, crawling, monkeypatch):
    monkeypatch.setenv("COMPANIES_HOUSE_KEY", "a-key")

    def search(asked):
        found = {"Stability AI Ltd": ("STABILITY AI LTD", "99999999"), "Synthesia": ("SYNTHESIA GALLERY LLP", "1")}
        title, number = found.get(parse_qs(urlsplit(asked.path).query)["q"][0], ("SOMEBODY LTD", "2"))
        return as_json({"items": [{"title": title, "company_number": number}]})

    web.routes["/search/companies"] = search
    web.routes["/company/99999999/filing-history"] = as_json(
        {
            "items": [
                ALLOTMENT,
                filing("gazette-notice-compulsory"),
                filing("termination-director-company-with-name-termination-date", officer="Sample Person"),
            ]
        }
    )
    register = source(web, "", "register", kind="companies_house", full_text=True, needs="COMPANIES_HOUSE_KEY")

    assert crawling.run(register) == {"register": ("new", "2")}
    expected = f"Basic {b64encode(b'a-key:').decode()}"
    assert {asked.headers["authorization"] for asked in web.asked if asked.path != "/robots.txt"} == {expected}
    assert web.count("/company/99999999/filing-history?items_per_page=100") == 1
    assert [path for path in web.paths() if path.startswith("/company/1/")] == []
    kept = [json.loads(body) for body in crawling.bodies() if b"company_number" in body and b"company_name" in body]
    assert {each["company_name"] for each in kept} == {"STABILITY AI LTD"}
    assert "Sample Person" not in json.dumps(kept)
    assert crawling.run(register) == {"register": ("unchanged", "")}


def test_without_a_key_companies_house_is_not_asked(web, crawling, monkeypatch):
    monkeypatch.delenv("COMPANIES_HOUSE_KEY", raising=False)
    register = source(web, "", "register", kind="companies_house", needs="COMPANIES_HOUSE_KEY")

    assert crawling.run(register)["register"][0] == "skipped"
    assert web.asked == []


def test_a_key_is_sent_to_its_own_host_only(monkeypatch):
    monkeypatch.setenv("COMPANIES_HOUSE_KEY", "a-key")
    register = CrawlSource("ch", "companies_house", "https://api.company-information.service.gov.uk", "en")

    assert "Authorization" in headers(register, "https://api.company-information.service.gov.uk/company/1")
    assert "Authorization" not in headers(register, "https://other.service.gov.uk/company/1")
    assert "Authorization" not in headers(register, "https://evil.example/company/1")


@pytest.mark.parametrize("target", ["https://evil.example/", "http://api.company-information.service.gov.uk/company/1"])
def test_a_key_does_not_follow_a_redirect_elsewhere(monkeypatch, target):
    monkeypatch.setenv("COMPANIES_HOUSE_KEY", "a-key")
    register = CrawlSource("ch", "companies_house", "https://api.company-information.service.gov.uk", "en")
    address = "https://api.company-information.service.gov.uk/company/1"
    request = Request(address, headers=headers(register, address))
    redirects = Redirects.from_crawler(get_crawler(Spider, {"REDIRECT_MAX_TIMES": 5}))

    followed = redirects.process_response(request, Response(address, 302, {"Location": target}))

    assert (request.headers["Authorization"] is not None, followed.url) == (True, target)
    assert "Authorization" not in followed.headers


def test_wikidata_is_asked_once_a_week_and_its_items_are_whole(web, crawling):
    def row(**cells):
        return {name: {"type": "literal", "value": value} for name, value in cells.items()}

    entity = "http://www.wikidata.org/entity/Q999000001"
    web.routes["/sparql"] = as_json(
        {
            "results": {
                "bindings": [
                    row(item=entity, website="https://runwayml.com/", alias="RunwayML"),
                    row(item=entity, website="https://runwayml.com/", alias="Runway AI"),
                    row(item="http://elsewhere.example/Q1", website="https://runwayml.com/"),
                ]
            }
        }
    )
    wikidata = source(web, "/sparql", "wikidata", kind="wikidata", full_text=True)
    kind, detail = crawling.run(wikidata)["wikidata"]
    asked = [parse_qs(urlsplit(path).query)["query"][0] for path in web.paths() if path.startswith("/sparql")]

    assert (kind, detail) == ("new", "1")
    assert "<https://runwayml.com/>" in " ".join(asked)
    assert all(len(path) < 8000 for path in web.paths())
    (kept,) = [json.loads(body) for body in crawling.bodies() if b'"rows"' in body]
    assert [each["alias"]["value"] for each in kept["rows"]] == ["Runway AI", "RunwayML"]

    kind, detail = crawling.run(wikidata)["wikidata"]
    assert kind == "unchanged"
    assert "wants to be read again" in detail
    assert len([path for path in web.paths() if path.startswith("/sparql")]) == len(asked)


def test_the_order_in_which_wikidata_tells_an_item_changes_nothing():
    """Of many rows the same ones are kept: otherwise the item would be read again each week."""
    entity = {"type": "uri", "value": "http://www.wikidata.org/entity/Q999000001"}
    rows = [{"item": entity, "alias": {"type": "literal", "value": f"Name {n}"}} for n in range(300)]
    described = CrawlSource("wd", "wikidata", "https://query.wikidata.org/sparql", "en")

    def content(told):
        body = json.dumps({"results": {"bindings": told}}).encode()
        (entry,) = read_wikidata(body, "application/json", described, described.url, NOW).entries
        return entry.hints.content_html

    assert content(rows) == content(rows[::-1])


def test_pages_that_gdelt_found_are_fetched_from_their_own_sites(web, crawling):
    web.routes["/doc"] = as_json(
        {
            "articles": [
                {"url": f"{web.base}/story", "title": "Runway closes round", "language": "English"},
                {"url": f"{web.base}/histoire", "title": "Runway", "language": "French"},
                {"url": "javascript:alert(1)", "title": "Runway", "language": "English"},
            ]
        }
    )
    web.routes["/story"] = page("Runway closes round")

    assert crawling.run(source(web, "/doc", "gdelt", kind="gdelt", terms="AI video")) == {"gdelt": ("new", "1")}
    assert crawling.pages() == {"/story": "fetched"}


def test_a_gdelt_search_is_one_request_of_all_terms():
    (address,) = addresses(GDELT, NOW)
    query = parse_qs(urlsplit(address).query)
    assert query["query"] == ['("AI video" OR "可灵") (sourcelang:english OR sourcelang:chinese)']
    assert query["timespan"] == ["1d"]


def gdelt(body: bytes, content_type: str = "application/json"):
    return read_gdelt(body, content_type, GDELT, GDELT.url, NOW)


def test_gdelts_titles_dates_and_broken_json():
    body = (
        b'{"articles": [{"url": "https://press.example/a", "title": "Sora \\ sample , with a tab\tinside", '
        b'"seendate": "20250403T141500Z", "language": "English"}]}'
    )
    (entry,) = gdelt(body).entries

    assert entry.hints.title == "Sora \\ sample, with a tab inside"
    assert (entry.published_raw, entry.hints.published) == ("20250403T141500Z", None)


def test_gdelt_found_nothing():
    reading = gdelt(b"{}")
    assert (reading.entries, reading.complete) == ([], True)


def test_gdelts_errors_are_told_in_its_own_words():
    with pytest.raises(NotAFeed, match="a keyword that was too short"):
        gdelt(b"Your search contained a keyword that was too short.", "text/html")


def test_hacker_news_is_asked_for_each_term_and_spelling_is_not_forgiven():
    first, second = addresses(HN, NOW)
    hits = [
        {"objectID": "99900001", "title": "Pika raises $80M", "url": "https://press.example/pika", "created_at": "x"},
        {"objectID": "99900002", "title": "Pikachu returns", "url": "https://games.example/pikachu"},
        {"objectID": "99900003", "title": "Ask HN: is Pika any good?"},
        {"objectID": "99900004", "title": None, "comment_text": "Pika", "url": "https://press.example/comment"},
    ]
    reading = read_hacker_news(json.dumps({"hits": hits}).encode(), "application/json", HN, first, NOW)

    assert [parse_qs(urlsplit(address).query)["query"] for address in (first, second)] == [['"Pika"'], ['"AI video"']]
    assert [(entry.url, entry.guid, entry.hints.published) for entry in reading.entries] == [
        ("https://press.example/pika", "99900001", None)
    ]


def test_one_address_of_several_that_fails_is_an_issue_and_the_others_are_read(web, crawling):
    def answer(asked):
        if "Pika" in asked.path:
            return Answer(b"broken", 404)
        return as_json({"hits": [{"title": f"AI video of {web.port}", "url": f"{web.base}/story", "objectID": "1"}]})

    web.routes["/search"] = answer
    web.routes["/story"] = page()

    assert crawling.run(source(web, "/search", "hn", kind="hacker_news", terms="AI video, Pika")) == {
        "hn": ("new", "1")
    }
    assert [(kind, detail) for kind, _, detail in crawling.issues()] == [("missing", "answered 404")]
